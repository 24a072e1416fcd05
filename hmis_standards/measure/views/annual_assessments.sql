-- One row an open stay of an adult or head of household for which an annual assessment was due: the household's latest
-- anniversary by the last day of the export, thirty days to either side, and what was recorded.
WITH due AS (
    SELECT
        m."EnrollmentID",
        m."EntryDate",
        w."ExportEndDate",
        m.head_entry AS head_start,
        year(w."ExportEndDate") - year(m.head_entry)
        - CASE
            WHEN month(w."ExportEndDate") * 100 + day(w."ExportEndDate")
                < month(m.head_entry) * 100 + day(m.head_entry) THEN 1
            ELSE 0
        END AS years
    FROM "household_members" AS m
    CROSS JOIN "this_export" AS w
    WHERE
        m."EnrollmentID" IS NOT NULL
        AND m."ProjectID" IS NOT NULL
        AND (m."ExitDate" IS NULL OR m."ExitDate" > w."ExportEndDate")
        AND (m."RelationshipToHoH" = 1 OR m.age_at_entry >= 18)
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
