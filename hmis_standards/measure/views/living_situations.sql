-- For checks: one row a current living situation, with its enrollment.
SELECT
    e."ProjectID" AS project_id,
    e."PersonalID" AS personal_id,
    s."EnrollmentID" AS enrollment_id,
    e."HouseholdID" AS household_id,
    s."CurrentLivingSitID" AS record_id,
    j."ProjectType",
    e."EntryDate",
    x."ExitDate",
    s."InformationDate",
    s."CurrentLivingSituation",
    s."CLSSubsidyType"
FROM "CurrentLivingSituation" AS s
LEFT JOIN "Enrollment" AS e ON e."EnrollmentID" = s."EnrollmentID"
LEFT JOIN "Exit" AS x ON x."EnrollmentID" = s."EnrollmentID"
LEFT JOIN "Project" AS j ON j."ProjectID" = e."ProjectID"
