-- For checks: one row an assessment of coordinated entry, with its enrollment.
WITH in_ce AS (
    SELECT DISTINCT a."AssessmentID", a."_row"
    FROM "Assessment" AS a
    JOIN "Enrollment" AS e ON e."EnrollmentID" = a."EnrollmentID"
    JOIN "CEParticipation" AS p ON p."ProjectID" = e."ProjectID"
    WHERE
        p."CEParticipationStatusStartDate" <= a."AssessmentDate"
        AND (p."CEParticipationStatusEndDate" IS NULL OR p."CEParticipationStatusEndDate" >= a."AssessmentDate")
)
SELECT
    e."ProjectID" AS project_id,
    e."PersonalID" AS personal_id,
    a."EnrollmentID" AS enrollment_id,
    e."HouseholdID" AS household_id,
    a."AssessmentID" AS record_id,
    j."ProjectType",
    a."AssessmentDate",
    p."_row" IS NOT NULL AS in_ce
FROM "Assessment" AS a
LEFT JOIN "Enrollment" AS e ON e."EnrollmentID" = a."EnrollmentID"
LEFT JOIN "Project" AS j ON j."ProjectID" = e."ProjectID"
LEFT JOIN in_ce AS p ON p."_row" = a."_row"
