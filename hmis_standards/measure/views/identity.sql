-- Q6a and the veteran answer, per client: 1 declined, 2 missing, 3 issue, 0 in order. The first that fits counts.
-- The {race} and {gender} conditions are made from the edition's columns.
SELECT
    c."PersonalID",
    c."VeteranStatus",
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
            OR c."SSN" IN ({runs})
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
        WHEN c."RaceNone" = 99 OR NOT ({race}) THEN 2
        ELSE 0
    END AS race_state,
    {gender} AS gender_state
FROM "Client" AS c
CROSS JOIN "period" AS p
