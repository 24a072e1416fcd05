-- One row an enrollment: what was collected at its start and at its exit, once for checks, report and measures. Checks
-- ask whether there is a record or an answer, measures whether something is known: any code but 8, 9 and 99.
-- Of each file one number an enrollment is gathered, every digit of which (by twos) is an answer to yes or no.
WITH income AS (
    -- 1 a record at the start, 2 at the exit; known income 4, benefits 8, insurance 16 at the start, times 8 at the exit.
    SELECT t."EnrollmentID", bit_or(CASE WHEN t.stage = 1 THEN 1 + 4 * t.known ELSE 2 + 32 * t.known END) AS told
    FROM (
        SELECT
            i."EnrollmentID",
            i."DataCollectionStage" AS stage,
            CASE WHEN i."IncomeFromAnySource" NOT IN (8, 9, 99) THEN 1 ELSE 0 END
            + CASE WHEN i."BenefitsFromAnySource" NOT IN (8, 9, 99) THEN 2 ELSE 0 END
            + CASE WHEN i."InsuranceFromAnySource" NOT IN (8, 9, 99) THEN 4 ELSE 0 END AS known
        FROM "IncomeBenefits" AS i
        WHERE i."DataCollectionStage" IN (1, 3)
    ) AS t
    GROUP BY t."EnrollmentID"
),
health AS (
    -- 1 answered, 2 something else than "not collected", 4 known.
    SELECT
        h."EnrollmentID",
        bit_or(
            CASE
                WHEN h."DomesticViolenceSurvivor" IN (0, 1) THEN 7
                WHEN h."DomesticViolenceSurvivor" IN (8, 9) THEN 3
                WHEN h."DomesticViolenceSurvivor" <> 99 THEN 6
                ELSE 0
            END
        ) AS told
    FROM "HealthAndDV" AS h
    WHERE h."DataCollectionStage" = 1
    GROUP BY h."EnrollmentID"
),
work AS (
    SELECT m."EnrollmentID", bit_or(CASE WHEN m."DataCollectionStage" = 1 THEN 1 ELSE 2 END) AS told
    FROM "EmploymentEducation" AS m
    WHERE m."DataCollectionStage" IN (1, 3)
    GROUP BY m."EnrollmentID"
),
answered AS (
    SELECT
        d."EnrollmentID",
        d."InformationDate",
        d."DataCollectionStage" AS stage,
        d."DisabilityResponse" AS response,
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
    -- Kinds answered at the start 1 to 16, known at the start 32 to 512, known at the exit 1024 to 16384, and 32768 for
    -- a need at the start.
    SELECT
        a."EnrollmentID",
        bit_or(
            CASE
                WHEN a.stage = 1
                    THEN
                        CASE WHEN a.response <> 99 THEN a.kind ELSE 0 END
                        + CASE WHEN a.response NOT IN (8, 9, 99) THEN 32 * a.kind ELSE 0 END
                        + CASE WHEN a.need THEN 32768 ELSE 0 END
                WHEN a.stage = 3 AND a.response NOT IN (8, 9, 99) THEN 1024 * a.kind
                ELSE 0
            END
        ) AS told,
        CASE WHEN max(CASE WHEN a.need THEN a."InformationDate" END) = max(a."InformationDate") THEN 1 ELSE 0 END
            AS need_latest
    FROM answered AS a
    GROUP BY a."EnrollmentID"
)
SELECT
    e."EnrollmentID",
    coalesce((i.told & 1) > 0, FALSE) AS income_at_start,
    coalesce((i.told & 2) > 0, FALSE) AS income_at_exit,
    CASE WHEN (i.told & 4) > 0 THEN 1 ELSE 0 END AS income_known_at_start,
    CASE WHEN (i.told & 8) > 0 THEN 1 ELSE 0 END AS benefits_known_at_start,
    CASE WHEN (i.told & 16) > 0 THEN 1 ELSE 0 END AS insurance_known_at_start,
    CASE WHEN (i.told & 32) > 0 THEN 1 ELSE 0 END AS income_known_at_exit,
    CASE WHEN (i.told & 64) > 0 THEN 1 ELSE 0 END AS benefits_known_at_exit,
    CASE WHEN (i.told & 128) > 0 THEN 1 ELSE 0 END AS insurance_known_at_exit,
    coalesce((h.told & 1) > 0, FALSE) AS dv_answered,
    coalesce((h.told & 2) > 0, FALSE) AS dv_told,
    CASE WHEN (h.told & 4) > 0 THEN 1 ELSE 0 END AS dv_known,
    coalesce((m.told & 1) > 0, FALSE) AS employment_at_start,
    coalesce((m.told & 2) > 0, FALSE) AS employment_at_exit,
    bit_count(coalesce(d.told, 0) & 31) AS disabilities_answered,
    bit_count(coalesce(d.told, 0) & 992) AS disabilities_known_at_start,
    bit_count(coalesce(d.told, 0) & 31744) AS disabilities_known_at_exit,
    coalesce((d.told & 32768) > 0, FALSE) AS disabling_recorded,
    -- On the last day on which any disability was recorded.
    coalesce(d.need_latest, 0) = 1 AS disabling_recorded_last
FROM "Enrollment" AS e
LEFT JOIN income AS i ON i."EnrollmentID" = e."EnrollmentID"
LEFT JOIN health AS h ON h."EnrollmentID" = e."EnrollmentID"
LEFT JOIN work AS m ON m."EnrollmentID" = e."EnrollmentID"
LEFT JOIN disabilities AS d ON d."EnrollmentID" = e."EnrollmentID"
