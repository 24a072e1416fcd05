-- Stays that began while an earlier stay of the same person in the same project was still running.
SELECT DISTINCT s."EnrollmentID"
FROM "Enrollment" AS s
JOIN "Enrollment" AS e ON e."PersonalID" = s."PersonalID" AND e."ProjectID" = s."ProjectID"
JOIN "Exit" AS x ON x."EnrollmentID" = e."EnrollmentID"
WHERE e."EnrollmentID" <> s."EnrollmentID" AND e."EntryDate" < s."EntryDate" AND x."ExitDate" > s."EntryDate"
