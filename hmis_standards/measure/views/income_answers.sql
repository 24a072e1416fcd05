-- For checks: one row a record of income, benefits and insurance, with its enrollment.
SELECT
    e."ProjectID" AS project_id,
    e."PersonalID" AS personal_id,
    i."EnrollmentID" AS enrollment_id,
    e."HouseholdID" AS household_id,
    i."IncomeBenefitsID" AS record_id,
    j."ProjectType",
    e."EntryDate",
    x."ExitDate",
    i."InformationDate",
    i."DataCollectionStage",
    i."IncomeFromAnySource",
    i."TotalMonthlyIncome",
    i."BenefitsFromAnySource",
    i."InsuranceFromAnySource",
    e."RelationshipToHoH" = 1 OR m.age_at_entry >= 18 OR m.age_at_entry IS NULL AS asked_for_income,
    m.age_at_entry IS NULL OR m.age_at_entry >= 18 AS adult_or_age_unknown,
    coalesce(f.income_required, FALSE) AS income_required,
    coalesce(f.benefits_required, FALSE) AS benefits_required,
    coalesce(f.insurance_required, FALSE) AS insurance_required,
    (
        coalesce(i."Earned" = 1, FALSE) OR coalesce(i."Unemployment" = 1, FALSE)
        OR coalesce(i."SSI" = 1, FALSE) OR coalesce(i."SSDI" = 1, FALSE)
        OR coalesce(i."VADisabilityService" = 1, FALSE) OR coalesce(i."VADisabilityNonService" = 1, FALSE)
        OR coalesce(i."PrivateDisability" = 1, FALSE) OR coalesce(i."WorkersComp" = 1, FALSE)
        OR coalesce(i."TANF" = 1, FALSE) OR coalesce(i."GA" = 1, FALSE)
        OR coalesce(i."SocSecRetirement" = 1, FALSE) OR coalesce(i."Pension" = 1, FALSE)
        OR coalesce(i."ChildSupport" = 1, FALSE) OR coalesce(i."Alimony" = 1, FALSE)
        OR coalesce(i."OtherIncomeSource" = 1, FALSE)
    ) AS any_income,
    (
        coalesce(i."SNAP" = 1, FALSE) OR coalesce(i."WIC" = 1, FALSE)
        OR coalesce(i."TANFChildCare" = 1, FALSE) OR coalesce(i."TANFTransportation" = 1, FALSE)
        OR coalesce(i."OtherTANF" = 1, FALSE) OR coalesce(i."OtherBenefitsSource" = 1, FALSE)
    ) AS any_benefit,
    (
        coalesce(i."Medicaid" = 1, FALSE) OR coalesce(i."Medicare" = 1, FALSE)
        OR coalesce(i."SCHIP" = 1, FALSE) OR coalesce(i."VHAServices" = 1, FALSE)
        OR coalesce(i."EmployerProvided" = 1, FALSE) OR coalesce(i."COBRA" = 1, FALSE)
        OR coalesce(i."PrivatePay" = 1, FALSE) OR coalesce(i."StateHealthIns" = 1, FALSE)
        OR coalesce(i."IndianHealthServices" = 1, FALSE) OR coalesce(i."OtherInsurance" = 1, FALSE)
    ) AS any_insurance,
    (
        coalesce(i."EarnedAmount", 0) + coalesce(i."UnemploymentAmount", 0) + coalesce(i."SSIAmount", 0)
        + coalesce(i."SSDIAmount", 0) + coalesce(i."VADisabilityServiceAmount", 0)
        + coalesce(i."VADisabilityNonServiceAmount", 0) + coalesce(i."PrivateDisabilityAmount", 0)
        + coalesce(i."WorkersCompAmount", 0) + coalesce(i."TANFAmount", 0) + coalesce(i."GAAmount", 0)
        + coalesce(i."SocSecRetirementAmount", 0) + coalesce(i."PensionAmount", 0)
        + coalesce(i."ChildSupportAmount", 0) + coalesce(i."AlimonyAmount", 0)
        + coalesce(i."OtherIncomeAmount", 0)
    ) AS amounts,
    -- A source that is ticked, and no amount above nothing; then the reverse.
    (
        (coalesce(i."Earned" = 1, FALSE) AND coalesce(i."EarnedAmount", 0) <= 0)
        OR (coalesce(i."Unemployment" = 1, FALSE) AND coalesce(i."UnemploymentAmount", 0) <= 0)
        OR (coalesce(i."SSI" = 1, FALSE) AND coalesce(i."SSIAmount", 0) <= 0)
        OR (coalesce(i."SSDI" = 1, FALSE) AND coalesce(i."SSDIAmount", 0) <= 0)
        OR (coalesce(i."VADisabilityService" = 1, FALSE) AND coalesce(i."VADisabilityServiceAmount", 0) <= 0)
        OR (coalesce(i."VADisabilityNonService" = 1, FALSE) AND coalesce(i."VADisabilityNonServiceAmount", 0) <= 0)
        OR (coalesce(i."PrivateDisability" = 1, FALSE) AND coalesce(i."PrivateDisabilityAmount", 0) <= 0)
        OR (coalesce(i."WorkersComp" = 1, FALSE) AND coalesce(i."WorkersCompAmount", 0) <= 0)
        OR (coalesce(i."TANF" = 1, FALSE) AND coalesce(i."TANFAmount", 0) <= 0)
        OR (coalesce(i."GA" = 1, FALSE) AND coalesce(i."GAAmount", 0) <= 0)
        OR (coalesce(i."SocSecRetirement" = 1, FALSE) AND coalesce(i."SocSecRetirementAmount", 0) <= 0)
        OR (coalesce(i."Pension" = 1, FALSE) AND coalesce(i."PensionAmount", 0) <= 0)
        OR (coalesce(i."ChildSupport" = 1, FALSE) AND coalesce(i."ChildSupportAmount", 0) <= 0)
        OR (coalesce(i."Alimony" = 1, FALSE) AND coalesce(i."AlimonyAmount", 0) <= 0)
        OR (coalesce(i."OtherIncomeSource" = 1, FALSE) AND coalesce(i."OtherIncomeAmount", 0) <= 0)
    ) AS source_without_amount,
    (
        (coalesce(i."Earned" = 0, FALSE) AND coalesce(i."EarnedAmount", 0) > 0)
        OR (coalesce(i."Unemployment" = 0, FALSE) AND coalesce(i."UnemploymentAmount", 0) > 0)
        OR (coalesce(i."SSI" = 0, FALSE) AND coalesce(i."SSIAmount", 0) > 0)
        OR (coalesce(i."SSDI" = 0, FALSE) AND coalesce(i."SSDIAmount", 0) > 0)
        OR (coalesce(i."VADisabilityService" = 0, FALSE) AND coalesce(i."VADisabilityServiceAmount", 0) > 0)
        OR (coalesce(i."VADisabilityNonService" = 0, FALSE) AND coalesce(i."VADisabilityNonServiceAmount", 0) > 0)
        OR (coalesce(i."PrivateDisability" = 0, FALSE) AND coalesce(i."PrivateDisabilityAmount", 0) > 0)
        OR (coalesce(i."WorkersComp" = 0, FALSE) AND coalesce(i."WorkersCompAmount", 0) > 0)
        OR (coalesce(i."TANF" = 0, FALSE) AND coalesce(i."TANFAmount", 0) > 0)
        OR (coalesce(i."GA" = 0, FALSE) AND coalesce(i."GAAmount", 0) > 0)
        OR (coalesce(i."SocSecRetirement" = 0, FALSE) AND coalesce(i."SocSecRetirementAmount", 0) > 0)
        OR (coalesce(i."Pension" = 0, FALSE) AND coalesce(i."PensionAmount", 0) > 0)
        OR (coalesce(i."ChildSupport" = 0, FALSE) AND coalesce(i."ChildSupportAmount", 0) > 0)
        OR (coalesce(i."Alimony" = 0, FALSE) AND coalesce(i."AlimonyAmount", 0) > 0)
        OR (coalesce(i."OtherIncomeSource" = 0, FALSE) AND coalesce(i."OtherIncomeAmount", 0) > 0)
    ) AS amount_without_source,
    coalesce(t.records, 0) AS same_stage_and_day
FROM "IncomeBenefits" AS i
LEFT JOIN "Enrollment" AS e ON e."EnrollmentID" = i."EnrollmentID"
LEFT JOIN "household_members" AS m ON m."EnrollmentID" = i."EnrollmentID"
LEFT JOIN "Exit" AS x ON x."EnrollmentID" = i."EnrollmentID"
LEFT JOIN "Project" AS j ON j."ProjectID" = e."ProjectID"
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
