-- For checks: one row a current living situation, with its enrollment.
SELECT
    e."ProjectID" AS project_id,
    e."PersonalID" AS personal_id,
    s."EnrollmentID" AS enrollment_id,
    e."HouseholdID" AS household_id,
    s."CurrentLivingSitID" AS record_id,
    e."ProjectType",
    e."EntryDate",
    e."ExitDate",
    s."InformationDate",
    s."CurrentLivingSituation",
    s."CLSSubsidyType"
FROM "CurrentLivingSituation" AS s
LEFT JOIN "household_members" AS e ON e."EnrollmentID" = s."EnrollmentID"
