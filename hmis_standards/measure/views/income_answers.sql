-- For checks: one row a record of income, benefits and insurance, with its enrollment. CASE stops at what is known;
-- coalesce would work out every column, which is twice the work.
SELECT
    e."ProjectID" AS project_id,
    e."PersonalID" AS personal_id,
    i."EnrollmentID" AS enrollment_id,
    e."HouseholdID" AS household_id,
    i."IncomeBenefitsID" AS record_id,
    e."ProjectType",
    e."EntryDate",
    e."ExitDate",
    i."InformationDate",
    i."DataCollectionStage",
    i."IncomeFromAnySource",
    i."TotalMonthlyIncome",
    i."BenefitsFromAnySource",
    i."InsuranceFromAnySource",
    e."RelationshipToHoH" = 1 OR e.age_at_entry >= 18 OR e.age_at_entry IS NULL AS asked_for_income,
    e.age_at_entry IS NULL OR e.age_at_entry >= 18 AS adult_or_age_unknown,
    coalesce(f.income_required, FALSE) AS income_required,
    coalesce(f.benefits_required, FALSE) AS benefits_required,
    coalesce(f.insurance_required, FALSE) AS insurance_required,
    CASE
        WHEN
            1 IN (
                i."Earned", i."Unemployment", i."SSI", i."SSDI", i."VADisabilityService", i."VADisabilityNonService",
                i."PrivateDisability", i."WorkersComp", i."TANF", i."GA", i."SocSecRetirement", i."Pension",
                i."ChildSupport", i."Alimony", i."OtherIncomeSource"
            )
            THEN TRUE
        ELSE FALSE
    END AS any_income,
    CASE
        WHEN
            1 IN (
                i."SNAP", i."WIC", i."TANFChildCare", i."TANFTransportation", i."OtherTANF", i."OtherBenefitsSource"
            )
            THEN TRUE
        ELSE FALSE
    END AS any_benefit,
    CASE
        WHEN
            1 IN (
                i."Medicaid", i."Medicare", i."SCHIP", i."VHAServices", i."EmployerProvided", i."COBRA", i."PrivatePay",
                i."StateHealthIns", i."IndianHealthServices", i."OtherInsurance"
            )
            THEN TRUE
        ELSE FALSE
    END AS any_insurance,
    -- By fives, so that no sum has more figures than a number of 64 bits holds.
    (
        (
            coalesce(i."EarnedAmount", 0.00) + coalesce(i."UnemploymentAmount", 0.00)
            + coalesce(i."SSIAmount", 0.00) + coalesce(i."SSDIAmount", 0.00)
            + coalesce(i."VADisabilityServiceAmount", 0.00)
        )
        + (
            coalesce(i."VADisabilityNonServiceAmount", 0.00) + coalesce(i."PrivateDisabilityAmount", 0.00)
            + coalesce(i."WorkersCompAmount", 0.00) + coalesce(i."TANFAmount", 0.00)
            + coalesce(i."GAAmount", 0.00)
        )
        + (
            coalesce(i."SocSecRetirementAmount", 0.00) + coalesce(i."PensionAmount", 0.00)
            + coalesce(i."ChildSupportAmount", 0.00) + coalesce(i."AlimonyAmount", 0.00)
            + coalesce(i."OtherIncomeAmount", 0.00)
        )
    ) AS amounts,
    -- A source that is ticked, and no amount above nothing; then the reverse.
    CASE
        WHEN
            (i."Earned" = 1 AND coalesce(i."EarnedAmount", 0.00) <= 0)
            OR (i."Unemployment" = 1 AND coalesce(i."UnemploymentAmount", 0.00) <= 0)
            OR (i."SSI" = 1 AND coalesce(i."SSIAmount", 0.00) <= 0)
            OR (i."SSDI" = 1 AND coalesce(i."SSDIAmount", 0.00) <= 0)
            OR (i."VADisabilityService" = 1 AND coalesce(i."VADisabilityServiceAmount", 0.00) <= 0)
            OR (i."VADisabilityNonService" = 1 AND coalesce(i."VADisabilityNonServiceAmount", 0.00) <= 0)
            OR (i."PrivateDisability" = 1 AND coalesce(i."PrivateDisabilityAmount", 0.00) <= 0)
            OR (i."WorkersComp" = 1 AND coalesce(i."WorkersCompAmount", 0.00) <= 0)
            OR (i."TANF" = 1 AND coalesce(i."TANFAmount", 0.00) <= 0)
            OR (i."GA" = 1 AND coalesce(i."GAAmount", 0.00) <= 0)
            OR (i."SocSecRetirement" = 1 AND coalesce(i."SocSecRetirementAmount", 0.00) <= 0)
            OR (i."Pension" = 1 AND coalesce(i."PensionAmount", 0.00) <= 0)
            OR (i."ChildSupport" = 1 AND coalesce(i."ChildSupportAmount", 0.00) <= 0)
            OR (i."Alimony" = 1 AND coalesce(i."AlimonyAmount", 0.00) <= 0)
            OR (i."OtherIncomeSource" = 1 AND coalesce(i."OtherIncomeAmount", 0.00) <= 0)
            THEN TRUE
        ELSE FALSE
    END AS source_without_amount,
    CASE
        WHEN
            (i."Earned" = 0 AND i."EarnedAmount" > 0)
            OR (i."Unemployment" = 0 AND i."UnemploymentAmount" > 0)
            OR (i."SSI" = 0 AND i."SSIAmount" > 0)
            OR (i."SSDI" = 0 AND i."SSDIAmount" > 0)
            OR (i."VADisabilityService" = 0 AND i."VADisabilityServiceAmount" > 0)
            OR (i."VADisabilityNonService" = 0 AND i."VADisabilityNonServiceAmount" > 0)
            OR (i."PrivateDisability" = 0 AND i."PrivateDisabilityAmount" > 0)
            OR (i."WorkersComp" = 0 AND i."WorkersCompAmount" > 0)
            OR (i."TANF" = 0 AND i."TANFAmount" > 0)
            OR (i."GA" = 0 AND i."GAAmount" > 0)
            OR (i."SocSecRetirement" = 0 AND i."SocSecRetirementAmount" > 0)
            OR (i."Pension" = 0 AND i."PensionAmount" > 0)
            OR (i."ChildSupport" = 0 AND i."ChildSupportAmount" > 0)
            OR (i."Alimony" = 0 AND i."AlimonyAmount" > 0)
            OR (i."OtherIncomeSource" = 0 AND i."OtherIncomeAmount" > 0)
            THEN TRUE
        ELSE FALSE
    END AS amount_without_source,
    coalesce(t.records, 0) AS same_stage_and_day
FROM "IncomeBenefits" AS i
LEFT JOIN "household_members" AS e ON e."EnrollmentID" = i."EnrollmentID"
LEFT JOIN "funding" AS f ON f."ProjectID" = e."ProjectID"
LEFT JOIN (
    SELECT o."EnrollmentID", o."DataCollectionStage", o."InformationDate", count(*) AS records
    FROM "IncomeBenefits" AS o
    GROUP BY o."EnrollmentID", o."DataCollectionStage", o."InformationDate"
    HAVING count(*) > 1
) AS t
    ON t."EnrollmentID" = i."EnrollmentID"
    AND t."DataCollectionStage" = i."DataCollectionStage"
    AND t."InformationDate" = i."InformationDate"
