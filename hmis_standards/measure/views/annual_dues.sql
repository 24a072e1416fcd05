-- Annual assessments due: adults and heads of household still there at the end of the report who came by the last
-- anniversary of the head's start. `nearest` is twice the distance in days from the anniversary to the nearest record
-- of stage 5 within half a year, plus 1 if the record comes before it.
WITH heads AS (
    SELECT s."ProjectID", s.household, max(s."EntryDate") AS began
    FROM "stays" AS s
    WHERE s.head AND s.active
    GROUP BY s."ProjectID", s.household
),
years AS (
    SELECT
        h.*,
        year(p.report_end) - CASE
            WHEN month(p.report_end) * 100 + day(p.report_end) < month(h.began) * 100 + day(h.began) THEN 1
            ELSE 0
        END AS last_year
    FROM heads AS h
    CROSS JOIN "period" AS p
),
anniversaries AS (
    SELECT
        y."ProjectID",
        y.household,
        make_date(
            y.last_year,
            month(y.began),
            CASE
                WHEN
                    month(y.began) = 2 AND day(y.began) = 29
                    AND NOT (y.last_year % 4 = 0 AND (y.last_year % 100 <> 0 OR y.last_year % 400 = 0))
                    THEN 28
                ELSE day(y.began)
            END
        ) AS anniversary
    FROM years AS y
    WHERE y.last_year > year(y.began)
),
due AS (
    SELECT s."EnrollmentID", s."ProjectID", a.anniversary, p.report_end
    FROM "stays" AS s
    JOIN anniversaries AS a ON a."ProjectID" = s."ProjectID" AND a.household = s.household
    CROSS JOIN "period" AS p
    WHERE s.adult_or_head AND s.active AND NOT s.leaver AND s."EntryDate" <= a.anniversary
),
records AS (
    SELECT d."EnrollmentID", date_diff('day', d.anniversary, i."InformationDate") AS days
    FROM due AS d
    JOIN "IncomeBenefits" AS i ON i."EnrollmentID" = d."EnrollmentID"
    WHERE i."DataCollectionStage" = 5 AND i."InformationDate" <= d.report_end
),
nearest AS (
    SELECT
        r."EnrollmentID",
        max(CASE WHEN abs(r.days) <= 30 THEN 1 ELSE 0 END) AS on_time,
        max(CASE WHEN r.days > 30 THEN 1 ELSE 0 END) AS late,
        min(CASE WHEN abs(r.days) <= 182 THEN abs(r.days) * 2 + CASE WHEN r.days < 0 THEN 1 ELSE 0 END END) AS nearest
    FROM records AS r
    GROUP BY r."EnrollmentID"
)
SELECT
    d."ProjectID",
    date_diff('day', d.anniversary, d.report_end) < 30 AS window_open,
    coalesce(n.on_time = 1, FALSE) AS on_time,
    coalesce(n.on_time = 0 AND n.late = 1, FALSE) AS late,
    n.nearest
FROM due AS d
LEFT JOIN nearest AS n ON n."EnrollmentID" = d."EnrollmentID"
