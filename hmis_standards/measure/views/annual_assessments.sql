-- One row an open stay of an adult or head of household for which an annual assessment was due: the household's latest
-- anniversary by the last day of the export, thirty days to either side, and what was recorded.
WITH first_heads AS (
    SELECT m.household, e."ProjectID", min(e."EntryDate") AS head_start
    FROM "Enrollment" AS e
    JOIN "household_members" AS m ON m."EnrollmentID" = e."EnrollmentID"
    WHERE e."RelationshipToHoH" = 1
    GROUP BY m.household, e."ProjectID"
),
due AS (
    SELECT
        e."EnrollmentID",
        e."EntryDate",
        w."ExportEndDate",
        h.head_start,
        year(w."ExportEndDate") - year(h.head_start)
        - CASE
            WHEN month(w."ExportEndDate") * 100 + day(w."ExportEndDate")
                < month(h.head_start) * 100 + day(h.head_start) THEN 1
            ELSE 0
        END AS years
    FROM "Enrollment" AS e
    CROSS JOIN "this_export" AS w
    JOIN "household_members" AS m ON m."EnrollmentID" = e."EnrollmentID"
    JOIN first_heads AS h ON h.household = m.household AND h."ProjectID" = e."ProjectID"
    LEFT JOIN "Exit" AS x ON x."EnrollmentID" = e."EnrollmentID"
    WHERE
        (x."ExitDate" IS NULL OR x."ExitDate" > w."ExportEndDate")
        AND (e."RelationshipToHoH" = 1 OR m.age_at_entry >= 18)
),
anniversaries AS (
    SELECT
        d."EnrollmentID",
        d."EntryDate",
        d."ExportEndDate",
        -- February 29 has its anniversary on February 28 where there is none.
        make_date(
            year(d.head_start) + d.years,
            month(d.head_start),
            CASE WHEN month(d.head_start) = 2 AND day(d.head_start) = 29 THEN 28 ELSE day(d.head_start) END
        ) AS anniversary
    FROM due AS d
    WHERE d.years >= 1
),
recorded AS (
    SELECT
        a."EnrollmentID",
        count(*) FILTER (WHERE abs(date_diff('day', a.anniversary, i."InformationDate")) <= 30) AS in_window,
        count(*) FILTER (
            WHERE date_diff('day', a.anniversary, i."InformationDate") BETWEEN -180 AND 364
        ) AS of_this_year
    FROM anniversaries AS a
    JOIN "IncomeBenefits" AS i ON i."EnrollmentID" = a."EnrollmentID"
    WHERE i."DataCollectionStage" = 5 AND i."InformationDate" <= a."ExportEndDate"
    GROUP BY a."EnrollmentID"
)
SELECT
    a."EnrollmentID",
    -- Until thirty days after the anniversary the assessment may still come.
    date_diff('day', a.anniversary, a."ExportEndDate") > 30 AS window_over,
    coalesce(r.in_window, 0) > 0 AS assessed_in_time,
    coalesce(r.of_this_year, 0) > 0 AS assessed
FROM anniversaries AS a
LEFT JOIN recorded AS r ON r."EnrollmentID" = a."EnrollmentID"
WHERE a."EntryDate" < a.anniversary
