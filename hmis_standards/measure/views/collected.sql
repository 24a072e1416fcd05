-- One row an enrollment that has any of these records: what was collected at start, year by year and at exit.
WITH income AS (
    SELECT
        i."EnrollmentID",
        count(*) FILTER (WHERE i."DataCollectionStage" = 1) AS incomes_at_start,
        count(*) FILTER (WHERE i."DataCollectionStage" = 3) AS incomes_at_exit
    FROM "IncomeBenefits" AS i
    GROUP BY i."EnrollmentID"
),
health AS (
    SELECT h."EnrollmentID", count(*) AS dv_answers
    FROM "HealthAndDV" AS h
    WHERE h."DataCollectionStage" = 1 AND h."DomesticViolenceSurvivor" IN (0, 1, 8, 9)
    GROUP BY h."EnrollmentID"
),
work AS (
    SELECT
        m."EnrollmentID",
        count(*) FILTER (WHERE m."DataCollectionStage" = 1) AS employments_at_start,
        count(*) FILTER (WHERE m."DataCollectionStage" = 3) AS employments_at_exit
    FROM "EmploymentEducation" AS m
    GROUP BY m."EnrollmentID"
),
disabilities AS (
    SELECT
        d."EnrollmentID",
        count(DISTINCT d."DisabilityType") FILTER (
            WHERE d."DisabilityType" IN (5, 6, 7, 9, 10) AND d."DisabilityResponse" <> 99
        ) AS disabilities_answered,
        -- Developmental disability and HIV are disabling by themselves, the others if long and severe.
        count(*) FILTER (
            WHERE (d."DisabilityType" IN (6, 8) AND d."DisabilityResponse" = 1)
            OR (d."DisabilityType" IN (5, 7, 9) AND d."DisabilityResponse" = 1 AND d."IndefiniteAndImpairs" = 1)
            OR (d."DisabilityType" = 10 AND d."DisabilityResponse" IN (1, 2, 3) AND d."IndefiniteAndImpairs" = 1)
        ) AS disabling
    FROM "Disabilities" AS d
    WHERE d."DataCollectionStage" = 1
    GROUP BY d."EnrollmentID"
)
SELECT
    e."EnrollmentID",
    coalesce(i.incomes_at_start, 0) > 0 AS income_at_start,
    coalesce(i.incomes_at_exit, 0) > 0 AS income_at_exit,
    coalesce(h.dv_answers, 0) > 0 AS dv_answered,
    coalesce(m.employments_at_start, 0) > 0 AS employment_at_start,
    coalesce(m.employments_at_exit, 0) > 0 AS employment_at_exit,
    coalesce(d.disabilities_answered, 0) AS disabilities_answered,
    coalesce(d.disabling, 0) > 0 AS disabling_recorded
FROM "Enrollment" AS e
LEFT JOIN income AS i ON i."EnrollmentID" = e."EnrollmentID"
LEFT JOIN health AS h ON h."EnrollmentID" = e."EnrollmentID"
LEFT JOIN work AS m ON m."EnrollmentID" = e."EnrollmentID"
LEFT JOIN disabilities AS d ON d."EnrollmentID" = e."EnrollmentID"
