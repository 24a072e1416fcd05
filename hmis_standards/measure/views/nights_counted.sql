-- Bed nights of night-by-night stays: up to the end of the report, inside it, and in its last 90 days.
SELECT
    n."EnrollmentID",
    count(*) FILTER (WHERE n."DateProvided" BETWEEN e."EntryDate" AND p.report_end) AS nights,
    count(*) FILTER (
        WHERE n."DateProvided" BETWEEN p.report_start AND p.report_end AND n."DateProvided" >= e."EntryDate"
    ) AS nights_in_report,
    count(*) FILTER (
        WHERE n."DateProvided" BETWEEN e."EntryDate" AND p.report_end
        AND date_diff('day', n."DateProvided", p.report_end) <= 90
    ) AS nights_lately
FROM "bed_nights" AS n
JOIN "Enrollment" AS e ON e."EnrollmentID" = n."EnrollmentID"
CROSS JOIN "period" AS p
GROUP BY n."EnrollmentID"
