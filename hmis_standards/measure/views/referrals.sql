-- For checks: one row an event of coordinated entry, with its enrollment and the day of the export.
SELECT
    e."ProjectID" AS project_id,
    e."PersonalID" AS personal_id,
    v."EnrollmentID" AS enrollment_id,
    e."HouseholdID" AS household_id,
    v."EventID" AS record_id,
    j."ProjectType",
    v."EventDate",
    v."Event",
    v."ReferralResult",
    v."ResultDate",
    w."ExportDate"
FROM "Event" AS v
CROSS JOIN "this_export" AS w
LEFT JOIN "Enrollment" AS e ON e."EnrollmentID" = v."EnrollmentID"
LEFT JOIN "Project" AS j ON j."ProjectID" = e."ProjectID"
