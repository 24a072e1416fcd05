-- Enrollments with a contact (a current living situation) in the last 90 days of the report.
SELECT DISTINCT c."EnrollmentID"
FROM "CurrentLivingSituation" AS c
CROSS JOIN "period" AS p
WHERE c."InformationDate" <= p.report_end AND date_diff('day', c."InformationDate", p.report_end) <= 90
