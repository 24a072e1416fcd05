-- For checks: one row a record of health and domestic violence, with its enrollment.
SELECT
    e."ProjectID" AS project_id,
    e."PersonalID" AS personal_id,
    r."EnrollmentID" AS enrollment_id,
    e."HouseholdID" AS household_id,
    r."HealthAndDVID" AS record_id,
    e."ProjectType",
    e."EntryDate",
    e."ExitDate",
    r."InformationDate",
    r."DataCollectionStage",
    r."DomesticViolenceSurvivor",
    r."WhenOccurred",
    r."CurrentlyFleeing",
    coalesce(t.records, 0) AS same_stage_and_day
FROM "HealthAndDV" AS r
LEFT JOIN "household_members" AS e ON e."EnrollmentID" = r."EnrollmentID"
LEFT JOIN (
    SELECT o."EnrollmentID", o."DataCollectionStage", o."InformationDate", count(*) AS records
    FROM "HealthAndDV" AS o
    GROUP BY o."EnrollmentID", o."DataCollectionStage", o."InformationDate"
    HAVING count(*) > 1
) AS t
    ON t."EnrollmentID" = r."EnrollmentID"
    AND t."DataCollectionStage" = r."DataCollectionStage"
    AND t."InformationDate" = r."InformationDate"
