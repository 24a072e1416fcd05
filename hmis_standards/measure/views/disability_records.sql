-- For checks: one row an answer on one disability, with its enrollment. Answers of one stage, day and type are looked
-- for only where an enrollment has more answers than there are stages and types among them: that is quickly told from
-- one number an enrollment, with a digit (by twos) for each stage and type; of others than these it says nothing.
WITH crowded AS (
    SELECT o."EnrollmentID"
    FROM "Disabilities" AS o
    GROUP BY o."EnrollmentID"
    HAVING
        count(*) > bit_count(
            bit_or(
                CASE o."DisabilityType"
                    WHEN 5 THEN 1 WHEN 6 THEN 2 WHEN 7 THEN 4 WHEN 8 THEN 8 WHEN 9 THEN 16 WHEN 10 THEN 32 ELSE 0
                END
                * CASE o."DataCollectionStage"
                    WHEN 1 THEN 1 WHEN 2 THEN 64 WHEN 3 THEN 4096 WHEN 5 THEN 262144 ELSE 0
                END
            )
        )
),
alike AS (
    SELECT o."EnrollmentID", o."DataCollectionStage", o."InformationDate", o."DisabilityType", count(*) AS records
    FROM "Disabilities" AS o
    JOIN crowded AS c ON c."EnrollmentID" = o."EnrollmentID"
    GROUP BY o."EnrollmentID", o."DataCollectionStage", o."InformationDate", o."DisabilityType"
    HAVING count(*) > 1
)
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
LEFT JOIN alike AS t
    ON t."EnrollmentID" = r."EnrollmentID"
    AND t."DataCollectionStage" = r."DataCollectionStage"
    AND t."InformationDate" = r."InformationDate"
    AND t."DisabilityType" = r."DisabilityType"
