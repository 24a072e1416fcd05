-- One row an enrollment: what was collected at its start and at its exit.
WITH income AS (
    SELECT i."EnrollmentID", min(i."DataCollectionStage") AS first_stage, max(i."DataCollectionStage") AS last_stage
    FROM "IncomeBenefits" AS i
    WHERE i."DataCollectionStage" IN (1, 3)
    GROUP BY i."EnrollmentID"
),
health AS (
    SELECT DISTINCT h."EnrollmentID"
    FROM "HealthAndDV" AS h
    WHERE h."DataCollectionStage" = 1 AND h."DomesticViolenceSurvivor" IN (0, 1, 8, 9)
),
work AS (
    SELECT m."EnrollmentID", min(m."DataCollectionStage") AS first_stage, max(m."DataCollectionStage") AS last_stage
    FROM "EmploymentEducation" AS m
    WHERE m."DataCollectionStage" IN (1, 3)
    GROUP BY m."EnrollmentID"
),
disabilities AS (
    SELECT
        d."EnrollmentID",
        max(CASE WHEN d."DisabilityType" = 5 AND d."DisabilityResponse" <> 99 THEN 1 ELSE 0 END)
        + max(CASE WHEN d."DisabilityType" = 6 AND d."DisabilityResponse" <> 99 THEN 1 ELSE 0 END)
        + max(CASE WHEN d."DisabilityType" = 7 AND d."DisabilityResponse" <> 99 THEN 1 ELSE 0 END)
        + max(CASE WHEN d."DisabilityType" = 9 AND d."DisabilityResponse" <> 99 THEN 1 ELSE 0 END)
        + max(CASE WHEN d."DisabilityType" = 10 AND d."DisabilityResponse" <> 99 THEN 1 ELSE 0 END)
            AS disabilities_answered,
        -- Developmental disability and HIV are disabling by themselves, the others if long and severe.
        max(
            CASE
                WHEN
                    (d."DisabilityType" IN (6, 8) AND d."DisabilityResponse" = 1)
                    OR (d."DisabilityType" IN (5, 7, 9) AND d."DisabilityResponse" = 1 AND d."IndefiniteAndImpairs" = 1)
                    OR (
                        d."DisabilityType" = 10
                        AND d."DisabilityResponse" IN (1, 2, 3)
                        AND d."IndefiniteAndImpairs" = 1
                    )
                    THEN 1
                ELSE 0
            END
        ) AS disabling
    FROM "Disabilities" AS d
    WHERE d."DataCollectionStage" = 1
    GROUP BY d."EnrollmentID"
)
SELECT
    e."EnrollmentID",
    coalesce(i.first_stage = 1, FALSE) AS income_at_start,
    coalesce(i.last_stage = 3, FALSE) AS income_at_exit,
    h."EnrollmentID" IS NOT NULL AS dv_answered,
    coalesce(m.first_stage = 1, FALSE) AS employment_at_start,
    coalesce(m.last_stage = 3, FALSE) AS employment_at_exit,
    coalesce(d.disabilities_answered, 0) AS disabilities_answered,
    coalesce(d.disabling, 0) = 1 AS disabling_recorded
FROM "Enrollment" AS e
LEFT JOIN income AS i ON i."EnrollmentID" = e."EnrollmentID"
LEFT JOIN health AS h ON h."EnrollmentID" = e."EnrollmentID"
LEFT JOIN work AS m ON m."EnrollmentID" = e."EnrollmentID"
LEFT JOIN disabilities AS d ON d."EnrollmentID" = e."EnrollmentID"
