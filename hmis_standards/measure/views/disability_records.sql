-- For checks: one row an answer on one disability, with its enrollment.
SELECT
    e."ProjectID" AS project_id,
    e."PersonalID" AS personal_id,
    r."EnrollmentID" AS enrollment_id,
    e."HouseholdID" AS household_id,
    r."DisabilitiesID" AS record_id,
    e."ProjectType",
    e."EntryDate",
    e."ExitDate",
    r."InformationDate",
    r."DataCollectionStage",
    r."DisabilityType",
    r."DisabilityResponse",
    r."IndefiniteAndImpairs",
    coalesce(t.records, 0) AS same_stage_and_day
FROM "Disabilities" AS r
LEFT JOIN "household_members" AS e ON e."EnrollmentID" = r."EnrollmentID"
LEFT JOIN (
    SELECT o."EnrollmentID", o."DataCollectionStage", o."InformationDate", o."DisabilityType", count(*) AS records
    FROM "Disabilities" AS o
    GROUP BY o."EnrollmentID", o."DataCollectionStage", o."InformationDate", o."DisabilityType"
    HAVING count(*) > 1
) AS t
    ON t."EnrollmentID" = r."EnrollmentID"
    AND t."DataCollectionStage" = r."DataCollectionStage"
    AND t."InformationDate" = r."InformationDate"
    AND t."DisabilityType" = r."DisabilityType"
