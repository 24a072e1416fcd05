-- Nights a guest slept in a night-by-night shelter: one row an enrollment and date.
SELECT DISTINCT s."EnrollmentID", s."DateProvided"
FROM "Services" AS s
WHERE s."RecordType" = 200 AND s."DateProvided" IS NOT NULL
