-- Disabilities that make a disabling condition, per enrollment: at project start, and at the latest date recorded.
WITH recorded AS (
    SELECT
        d."EnrollmentID",
        d."InformationDate",
        d."DataCollectionStage",
        (d."DisabilityType" IN (6, 8) AND d."DisabilityResponse" = 1)
        OR (d."DisabilityType" IN (5, 7, 9) AND d."DisabilityResponse" = 1 AND d."IndefiniteAndImpairs" = 1)
        OR (d."DisabilityType" = 10 AND d."DisabilityResponse" IN (1, 2, 3) AND d."IndefiniteAndImpairs" = 1) AS need
    FROM "Disabilities" AS d
),
latest AS (
    SELECT r."EnrollmentID", max(r."InformationDate") AS "InformationDate"
    FROM recorded AS r
    GROUP BY r."EnrollmentID"
)
SELECT
    r."EnrollmentID",
    max(CASE WHEN r.need AND r."DataCollectionStage" = 1 THEN 1 ELSE 0 END) AS need_at_start,
    max(CASE WHEN r.need AND r."InformationDate" = l."InformationDate" THEN 1 ELSE 0 END) AS need_latest
FROM recorded AS r
JOIN latest AS l ON l."EnrollmentID" = r."EnrollmentID"
GROUP BY r."EnrollmentID"
