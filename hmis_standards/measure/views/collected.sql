-- One row an enrollment: what was collected at its start and at its exit, once for checks, report and measures. Checks
-- ask whether there is a record or an answer, measures whether something is known: any code but 8, 9 and 99.
WITH income AS (
    SELECT
        i."EnrollmentID",
        min(i."DataCollectionStage") AS first_stage,
        max(i."DataCollectionStage") AS last_stage,
        max(CASE WHEN i."DataCollectionStage" = 1 AND i."IncomeFromAnySource" NOT IN (8, 9, 99) THEN 1 ELSE 0 END)
            AS income_known_at_start,
        max(CASE WHEN i."DataCollectionStage" = 1 AND i."BenefitsFromAnySource" NOT IN (8, 9, 99) THEN 1 ELSE 0 END)
            AS benefits_known_at_start,
        max(CASE WHEN i."DataCollectionStage" = 1 AND i."InsuranceFromAnySource" NOT IN (8, 9, 99) THEN 1 ELSE 0 END)
            AS insurance_known_at_start,
        max(CASE WHEN i."DataCollectionStage" = 3 AND i."IncomeFromAnySource" NOT IN (8, 9, 99) THEN 1 ELSE 0 END)
            AS income_known_at_exit,
        max(CASE WHEN i."DataCollectionStage" = 3 AND i."BenefitsFromAnySource" NOT IN (8, 9, 99) THEN 1 ELSE 0 END)
            AS benefits_known_at_exit,
        max(CASE WHEN i."DataCollectionStage" = 3 AND i."InsuranceFromAnySource" NOT IN (8, 9, 99) THEN 1 ELSE 0 END)
            AS insurance_known_at_exit
    FROM "IncomeBenefits" AS i
    WHERE i."DataCollectionStage" IN (1, 3)
    GROUP BY i."EnrollmentID"
),
health AS (
    SELECT
        h."EnrollmentID",
        max(CASE WHEN h."DomesticViolenceSurvivor" IN (0, 1, 8, 9) THEN 1 ELSE 0 END) AS answered,
        max(CASE WHEN h."DomesticViolenceSurvivor" <> 99 THEN 1 ELSE 0 END) AS told,
        max(CASE WHEN h."DomesticViolenceSurvivor" NOT IN (8, 9, 99) THEN 1 ELSE 0 END) AS known
    FROM "HealthAndDV" AS h
    WHERE h."DataCollectionStage" = 1
    GROUP BY h."EnrollmentID"
),
work AS (
    SELECT m."EnrollmentID", min(m."DataCollectionStage") AS first_stage, max(m."DataCollectionStage") AS last_stage
    FROM "EmploymentEducation" AS m
    WHERE m."DataCollectionStage" IN (1, 3)
    GROUP BY m."EnrollmentID"
),
answered AS (
    SELECT
        d."EnrollmentID",
        d."InformationDate",
        d."DataCollectionStage",
        d."DisabilityResponse",
        -- A place of its own for each kind that everybody is asked for.
        CASE d."DisabilityType" WHEN 5 THEN 1 WHEN 6 THEN 2 WHEN 7 THEN 4 WHEN 9 THEN 8 WHEN 10 THEN 16 ELSE 0 END
            AS kind,
        -- Developmental disability and HIV are disabling by themselves, the others if long and severe.
        (d."DisabilityType" IN (6, 8) AND d."DisabilityResponse" = 1)
        OR (d."DisabilityType" IN (5, 7, 9) AND d."DisabilityResponse" = 1 AND d."IndefiniteAndImpairs" = 1)
        OR (d."DisabilityType" = 10 AND d."DisabilityResponse" IN (1, 2, 3) AND d."IndefiniteAndImpairs" = 1) AS need
    FROM "Disabilities" AS d
),
disabilities AS (
    SELECT
        a."EnrollmentID",
        bit_or(CASE WHEN a."DataCollectionStage" = 1 AND a."DisabilityResponse" <> 99 THEN a.kind ELSE 0 END) AS kinds,
        bit_or(
            CASE WHEN a."DataCollectionStage" = 1 AND a."DisabilityResponse" NOT IN (8, 9, 99) THEN a.kind ELSE 0 END
        ) AS known_at_start,
        bit_or(
            CASE WHEN a."DataCollectionStage" = 3 AND a."DisabilityResponse" NOT IN (8, 9, 99) THEN a.kind ELSE 0 END
        ) AS known_at_exit,
        max(CASE WHEN a.need AND a."DataCollectionStage" = 1 THEN 1 ELSE 0 END) AS need_at_start,
        CASE WHEN max(CASE WHEN a.need THEN a."InformationDate" END) = max(a."InformationDate") THEN 1 ELSE 0 END
            AS need_latest
    FROM answered AS a
    GROUP BY a."EnrollmentID"
)
SELECT
    e."EnrollmentID",
    coalesce(i.first_stage = 1, FALSE) AS income_at_start,
    coalesce(i.last_stage = 3, FALSE) AS income_at_exit,
    coalesce(i.income_known_at_start, 0) AS income_known_at_start,
    coalesce(i.benefits_known_at_start, 0) AS benefits_known_at_start,
    coalesce(i.insurance_known_at_start, 0) AS insurance_known_at_start,
    coalesce(i.income_known_at_exit, 0) AS income_known_at_exit,
    coalesce(i.benefits_known_at_exit, 0) AS benefits_known_at_exit,
    coalesce(i.insurance_known_at_exit, 0) AS insurance_known_at_exit,
    coalesce(h.answered, 0) = 1 AS dv_answered,
    coalesce(h.told, 0) = 1 AS dv_told,
    coalesce(h.known, 0) AS dv_known,
    coalesce(m.first_stage = 1, FALSE) AS employment_at_start,
    coalesce(m.last_stage = 3, FALSE) AS employment_at_exit,
    bit_count(coalesce(d.kinds, 0)) AS disabilities_answered,
    bit_count(coalesce(d.known_at_start, 0)) AS disabilities_known_at_start,
    bit_count(coalesce(d.known_at_exit, 0)) AS disabilities_known_at_exit,
    coalesce(d.need_at_start, 0) = 1 AS disabling_recorded,
    -- On the last day on which any disability was recorded.
    coalesce(d.need_latest, 0) = 1 AS disabling_recorded_last
FROM "Enrollment" AS e
LEFT JOIN income AS i ON i."EnrollmentID" = e."EnrollmentID"
LEFT JOIN health AS h ON h."EnrollmentID" = e."EnrollmentID"
LEFT JOIN work AS m ON m."EnrollmentID" = e."EnrollmentID"
LEFT JOIN disabilities AS d ON d."EnrollmentID" = e."EnrollmentID"
