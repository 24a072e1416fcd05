-- Income at project start (stage 1), exit (3) and annual assessment (5): the state of each record, and a number by
-- which the latest record is the greatest: its date, the day and second of its last change, then the better state
-- (3 in order, 2 declined, 1 missing, 0 a contradiction), which is the remainder by 4. Where date and change are the
-- same no text says which record counts.
WITH told AS (
    SELECT
        i."EnrollmentID",
        i."DataCollectionStage",
        i."InformationDate",
        i."DateUpdated",
        i."DateUpdatedAt",
        i."IncomeFromAnySource" AS answer,
        coalesce(
            1 IN (
                i."Earned", i."Unemployment", i."SSI", i."SSDI", i."VADisabilityService", i."VADisabilityNonService",
                i."PrivateDisability", i."WorkersComp", i."TANF", i."GA", i."SocSecRetirement", i."Pension",
                i."ChildSupport", i."Alimony", i."OtherIncomeSource"
            ),
            FALSE
        ) AS has_source
    FROM "IncomeBenefits" AS i
    WHERE i."DataCollectionStage" IN (1, 3, 5) AND i."InformationDate" IS NOT NULL
)
SELECT
    t."EnrollmentID",
    t."DataCollectionStage",
    t."InformationDate",
    (
        (
            cast(date_diff('day', DATE '0001-01-01', t."InformationDate") AS BIGINT) * 4000000
            + coalesce(date_diff('day', DATE '0001-01-01', t."DateUpdated") + 1, 0)
        ) * 86400
        + coalesce(
            hour(t."DateUpdatedAt") * 3600 + minute(t."DateUpdatedAt") * 60 + second(t."DateUpdatedAt"), 0
        )
    ) * 4
    + CASE
        WHEN t.answer IN (8, 9) THEN 2
        WHEN t.answer IS NULL OR t.answer = 99 THEN 1
        WHEN (t.answer = 0 AND t.has_source) OR (t.answer = 1 AND NOT t.has_source) THEN 0
        ELSE 3
    END AS place
FROM told AS t
