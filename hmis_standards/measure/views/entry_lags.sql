-- Days from an event in the report to its record: how many by project, kind of event, lag, and weekday of the event
-- (0 is Monday).
WITH events AS (
    SELECT 'start' AS kind, s."ProjectID", s."EntryDate" AS happened, s.start_lag AS lag
    FROM "stays" AS s
    WHERE s.start_lag IS NOT NULL
    UNION ALL
    SELECT 'exit' AS kind, s."ProjectID", s."ExitDate" AS happened, s.exit_lag AS lag
    FROM "stays" AS s
    CROSS JOIN "period" AS p
    WHERE s.exit_lag IS NOT NULL AND s."ExitDate" >= p.report_start
    UNION ALL
    SELECT
        CASE WHEN v."RecordType" = 200 THEN 'night' ELSE 'service' END AS kind,
        s."ProjectID",
        v."DateProvided" AS happened,
        date_diff('day', v."DateProvided", v."DateCreated") AS lag
    FROM "Services" AS v
    JOIN "stays" AS s ON s."EnrollmentID" = v."EnrollmentID"
    CROSS JOIN "period" AS p
    WHERE v."DateProvided" BETWEEN p.report_start AND p.report_end
    UNION ALL
    SELECT
        'contact' AS kind,
        s."ProjectID",
        c."InformationDate" AS happened,
        date_diff('day', c."InformationDate", c."DateCreated") AS lag
    FROM "CurrentLivingSituation" AS c
    JOIN "stays" AS s ON s."EnrollmentID" = c."EnrollmentID"
    CROSS JOIN "period" AS p
    WHERE c."InformationDate" BETWEEN p.report_start AND p.report_end
)
SELECT
    e."ProjectID",
    e.kind,
    date_diff('day', DATE '0001-01-01', e.happened) % 7 AS weekday,
    e.lag,
    count(*) AS records
FROM events AS e
WHERE e.lag IS NOT NULL
GROUP BY e."ProjectID", e.kind, date_diff('day', DATE '0001-01-01', e.happened) % 7, e.lag
