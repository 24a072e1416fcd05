-- For checks: one row a bed night as it was recorded, with its enrollment.
SELECT
    e."ProjectID" AS project_id,
    e."PersonalID" AS personal_id,
    s."EnrollmentID" AS enrollment_id,
    e."HouseholdID" AS household_id,
    s."ServicesID" AS record_id,
    e."ProjectType",
    e."EntryDate",
    e."ExitDate",
    s."DateProvided",
    coalesce(t.records, 0) AS same_day
FROM "Services" AS s
LEFT JOIN "household_members" AS e ON e."EnrollmentID" = s."EnrollmentID"
LEFT JOIN (
    SELECT o."EnrollmentID", o."DateProvided", count(*) AS records
    FROM "Services" AS o
    WHERE o."RecordType" = 200
    GROUP BY o."EnrollmentID", o."DateProvided"
    HAVING count(*) > 1
) AS t
    ON t."EnrollmentID" = s."EnrollmentID" AND t."DateProvided" = s."DateProvided"
WHERE s."RecordType" = 200
