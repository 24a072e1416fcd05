-- Enrollments with a disability that makes a disabling condition: recorded at project start, or on the latest date on
-- which any disability of the enrollment was recorded.
WITH recorded AS (
    SELECT
        d."EnrollmentID",
        d."InformationDate",
        d."DataCollectionStage",
        (d."DisabilityType" IN (6, 8) AND d."DisabilityResponse" = 1)
        OR (d."DisabilityType" IN (5, 7, 9) AND d."DisabilityResponse" = 1 AND d."IndefiniteAndImpairs" = 1)
        OR (d."DisabilityType" = 10 AND d."DisabilityResponse" IN (1, 2, 3) AND d."IndefiniteAndImpairs" = 1) AS need
    FROM "Disabilities" AS d
)
SELECT
    r."EnrollmentID",
    max(CASE WHEN r.need AND r."DataCollectionStage" = 1 THEN 1 ELSE 0 END) AS need_at_start,
    CASE WHEN max(CASE WHEN r.need THEN r."InformationDate" END) = max(r."InformationDate") THEN 1 ELSE 0 END
        AS need_latest
FROM recorded AS r
GROUP BY r."EnrollmentID"
HAVING max(CASE WHEN r.need THEN 1 ELSE 0 END) = 1
