-- Q6a and the veteran answer, per client: 1 declined, 2 missing, 3 issue, 0 in order. The first that fits counts.
-- Ethnicity was an element of its own in FY2022, gender one until FY2024. `ssn_unusable`: not one by which a person can
-- be told from others. `identity_given`: answers to these elements, any code but 8, 9 and 99 taken at its word.
WITH shared AS (
    SELECT c."SSN"
    FROM "Client" AS c
    WHERE c."SSN" IS NOT NULL
    GROUP BY c."SSN"
    HAVING count(*) > 1
),
told AS (
    SELECT
        c."PersonalID",
        c."SSN",
        c."SSNDataQuality",
        c."FirstName" IS NULL AND c."LastName" IS NULL AS nameless,
        c."VeteranStatus",
        p.edition,
        CASE WHEN c."NameDataQuality" NOT IN (8, 9, 99) THEN 1 ELSE 0 END
        + CASE WHEN c."SSNDataQuality" NOT IN (8, 9, 99) THEN 1 ELSE 0 END
        + CASE WHEN c."DOBDataQuality" NOT IN (8, 9, 99) THEN 1 ELSE 0 END AS qualities_given,
        CASE
            WHEN c."NameDataQuality" IN (8, 9) THEN 1
            WHEN c."NameDataQuality" IS NULL OR c."NameDataQuality" = 99 OR c."FirstName" IS NULL OR c."LastName" IS NULL
                THEN 2
            WHEN c."NameDataQuality" = 2 THEN 3
            ELSE 0
        END AS name_state,
        CASE
            WHEN c."SSNDataQuality" IN (8, 9) THEN 1
            WHEN c."SSNDataQuality" IS NULL OR c."SSNDataQuality" = 99 OR c."SSN" IS NULL THEN 2
            WHEN c."SSNDataQuality" = 2 THEN 3
            WHEN NOT p.hashed AND (
                NOT regexp_matches(c."SSN", '^[0-9]{9}$')
                OR left(c."SSN", 1) = '9'
                OR left(c."SSN", 3) IN ('000', '666')
                OR substring(c."SSN", 4, 2) = '00'
                OR right(c."SSN", 4) = '0000'
                -- Nine equal digits, and nine that run up or down by one all the way, 9 and 0 adjoining.
                OR c."SSN" IN (
                    '000000000', '111111111', '222222222', '333333333', '444444444', '555555555', '666666666',
                    '777777777', '888888888', '999999999', '012345678', '123456789', '234567890', '345678901',
                    '456789012', '567890123', '678901234', '789012345', '890123456', '901234567', '876543210',
                    '987654321', '098765432', '109876543', '210987654', '321098765', '432109876', '543210987',
                    '654321098', '765432109'
                )
            ) THEN 3
            ELSE 0
        END AS ssn_state,
        CASE WHEN c."DOB" IS NULL THEN CASE WHEN c."DOBDataQuality" IN (8, 9) THEN 1 ELSE 2 END ELSE 0 END AS dob_absent,
        (
            c."DOBDataQuality" IS NULL
            OR c."DOBDataQuality" IN (2, 8, 9, 99)
            OR c."DOB" < DATE '1915-01-01'
            OR c."DOB" > c."DateCreated"
        ) AS dob_doubtful,
        c."DOB",
        CASE
            WHEN c."RaceNone" IN (8, 9) THEN 1
            WHEN c."RaceNone" = 99 OR NOT 1 IN (
                coalesce(c."AmIndAKNative", 0), coalesce(c."Asian", 0), coalesce(c."BlackAfAmerican", 0),
                coalesce(c."NativeHIPacific", 0), coalesce(c."White", 0),
                CASE WHEN p.edition > 2022 THEN coalesce(c."HispanicLatinao", 0) ELSE 0 END,
                CASE WHEN p.edition > 2022 THEN coalesce(c."MidEastNAfrican", 0) ELSE 0 END
            ) THEN 2
            ELSE 0
        END AS race_state,
        CASE
            WHEN p.edition > 2022 THEN 0
            WHEN c."Ethnicity" IN (8, 9) THEN 1
            WHEN c."Ethnicity" IS NULL OR c."Ethnicity" = 99 THEN 2
            ELSE 0
        END AS ethnicity_state,
        CASE
            WHEN p.edition > 2024 THEN 0
            WHEN c."GenderNone" IN (8, 9) THEN 1
            WHEN c."GenderNone" = 99 OR NOT 1 IN (
                coalesce(c."Woman", 0), coalesce(c."Man", 0), coalesce(c."NonBinary", 0),
                coalesce(c."CulturallySpecific", 0), coalesce(c."Transgender", 0),
                coalesce(c."Questioning", 0), coalesce(c."DifferentIdentity", 0)
            ) THEN 2
            ELSE 0
        END AS gender_state
    FROM "Client" AS c
    CROSS JOIN "period" AS p
)
SELECT
    t.*,
    coalesce(t.ssn_state IN (1, 2) OR (t.ssn_state = 3 AND t."SSNDataQuality" <> 2), FALSE)
    OR (t.ssn_state = 0 AND r."SSN" IS NOT NULL) AS ssn_unusable,
    t.qualities_given
    + CASE WHEN t.race_state = 0 THEN 1 ELSE 0 END
    + CASE WHEN t.edition = 2022 AND t.ethnicity_state = 0 THEN 1 ELSE 0 END
    + CASE WHEN t.edition < 2026 AND t.gender_state = 0 THEN 1 ELSE 0 END AS identity_given
FROM told AS t
LEFT JOIN shared AS r ON r."SSN" = t."SSN"
