-- For checks: one row a client, beside nobody's enrollment, with those who look like the same person counted.
WITH same_ssn AS (
    SELECT o."SSN", count(DISTINCT o."PersonalID") AS people
    FROM "Client" AS o
    WHERE o."SSNDataQuality" = 1 AND length(o."SSN") >= 9 AND o."SSN" <> '000000000'
    GROUP BY o."SSN"
    HAVING count(DISTINCT o."PersonalID") > 1
),
same_name AS (
    SELECT lower(o."FirstName") AS first_name, lower(o."LastName") AS last_name, o."DOB", count(*) AS people
    FROM "Client" AS o
    WHERE o."NameDataQuality" = 1 AND o."DOBDataQuality" = 1 AND o."DOB" IS NOT NULL
    GROUP BY lower(o."FirstName"), lower(o."LastName"), o."DOB"
    HAVING count(*) > 1
)
SELECT
    '' AS project_id,
    c."PersonalID" AS personal_id,
    '' AS enrollment_id,
    '' AS household_id,
    c."PersonalID" AS record_id,
    c."NameDataQuality",
    c."FirstName" IS NOT NULL AS first_name_given,
    c."LastName" IS NOT NULL AS last_name_given,
    c."SSNDataQuality",
    c."SSN" IS NOT NULL AS ssn_given,
    coalesce(c."SSN" = '000000000', FALSE) AS ssn_of_zeros,
    c."DOB",
    c."Sex",
    c."RaceNone",
    (
        coalesce(c."AmIndAKNative" = 1, FALSE) OR coalesce(c."Asian" = 1, FALSE)
        OR coalesce(c."BlackAfAmerican" = 1, FALSE) OR coalesce(c."HispanicLatinao" = 1, FALSE)
        OR coalesce(c."MidEastNAfrican" = 1, FALSE) OR coalesce(c."NativeHIPacific" = 1, FALSE)
        OR coalesce(c."White" = 1, FALSE)
    ) AS any_race,
    c."VeteranStatus",
    c."YearEnteredService",
    c."YearSeparated",
    c."YearEnteredService" - year(c."DOB") AS age_entered_service,
    w."ExportDate",
    coalesce(s.people, 1) AS people_with_ssn,
    coalesce(n.people, 1) AS people_with_name_and_dob
FROM "Client" AS c
CROSS JOIN "this_export" AS w
LEFT JOIN same_ssn AS s ON s."SSN" = c."SSN" AND c."SSNDataQuality" = 1
LEFT JOIN same_name AS n
    ON n.first_name = lower(c."FirstName")
    AND n.last_name = lower(c."LastName")
    AND n."DOB" = c."DOB"
    AND c."NameDataQuality" = 1
    AND c."DOBDataQuality" = 1
