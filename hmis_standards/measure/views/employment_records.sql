-- For checks: one row a record of employment, with its enrollment.
SELECT
    e."ProjectID" AS project_id,
    e."PersonalID" AS personal_id,
    r."EnrollmentID" AS enrollment_id,
    e."HouseholdID" AS household_id,
    r."EmploymentEducationID" AS record_id,
    e."ProjectType",
    e."EntryDate",
    e."ExitDate",
    r."InformationDate",
    r."DataCollectionStage",
    r."Employed",
    r."EmploymentType",
    r."NotEmployedReason",
    e."RelationshipToHoH" = 1 OR e.age_at_entry >= 18 AS adult_or_head,
    coalesce(f.employment_required, FALSE) AS employment_required,
    coalesce(t.records, 0) AS same_stage_and_day
FROM "EmploymentEducation" AS r
LEFT JOIN "household_members" AS e ON e."EnrollmentID" = r."EnrollmentID"
LEFT JOIN "funding" AS f ON f."ProjectID" = e."ProjectID"
LEFT JOIN (
    SELECT o."EnrollmentID", o."DataCollectionStage", o."InformationDate", count(*) AS records
    FROM "EmploymentEducation" AS o
    GROUP BY o."EnrollmentID", o."DataCollectionStage", o."InformationDate"
    HAVING count(*) > 1
) AS t
    ON t."EnrollmentID" = r."EnrollmentID"
    AND t."DataCollectionStage" = r."DataCollectionStage"
    AND t."InformationDate" = r."InformationDate"
