-- One row an enrollment of active_stays: how many answers are due to universal and to program-specific elements, and
-- how many are given. An answer is any code but 8, 9 and 99 (and 30 for the destination), taken at its word.
WITH asked AS (
    SELECT
        s."EnrollmentID",
        s."ProjectID",
        p.edition,
        CASE WHEN s.head THEN 1 ELSE 0 END AS head,
        CASE WHEN s.adult THEN 1 ELSE 0 END AS adult,
        CASE WHEN s.adult_or_head THEN 1 ELSE 0 END AS grown,
        CASE WHEN s.leaver THEN 1 ELSE 0 END AS gone,
        s."RelationshipToHoH",
        s."DisablingCondition",
        s."LivingSituation",
        s."Destination",
        s."EnrollmentCoC",
        s.veteran_state,
        s.identity_given,
        CASE WHEN f.income_required AND s.adult_or_head THEN 1 ELSE 0 END AS income_due,
        CASE WHEN f.benefits_required AND s.adult_or_head THEN 1 ELSE 0 END AS benefits_due,
        CASE WHEN f.insurance_required THEN 1 ELSE 0 END AS insurance_due,
        CASE WHEN f.disabilities_required THEN 1 ELSE 0 END AS needs_due,
        CASE WHEN f.dv_required AND s.adult_or_head THEN 1 ELSE 0 END AS violence_due,
        l.income_known_at_start AS income_at_start,
        l.benefits_known_at_start AS benefits_at_start,
        l.insurance_known_at_start AS insurance_at_start,
        l.income_known_at_exit AS income_at_exit,
        l.benefits_known_at_exit AS benefits_at_exit,
        l.insurance_known_at_exit AS insurance_at_exit,
        l.disabilities_known_at_start AS needs_at_start,
        l.disabilities_known_at_exit AS needs_at_exit,
        l.dv_known AS violence_at_start
    FROM "active_stays" AS s
    CROSS JOIN "period" AS p
    LEFT JOIN "funding" AS f ON f."ProjectID" = s."ProjectID"
    JOIN "collected" AS l ON l."EnrollmentID" = s."EnrollmentID"
)
SELECT
    q."EnrollmentID",
    q."ProjectID",
    -- Name, SSN, date of birth, race, disabling condition, relationship; ethnicity and gender while there were any.
    6 + CASE WHEN q.edition = 2022 THEN 1 ELSE 0 END + CASE WHEN q.edition < 2026 THEN 1 ELSE 0 END
    + q.adult + q.head + q.grown + q.gone AS universal_due,
    q.identity_given
    + CASE WHEN q."DisablingCondition" NOT IN (8, 9, 99) THEN 1 ELSE 0 END
    + CASE WHEN q."RelationshipToHoH" NOT IN (8, 9, 99) THEN 1 ELSE 0 END
    + CASE WHEN q.adult = 1 AND q.veteran_state = 0 THEN 1 ELSE 0 END
    + CASE WHEN q.head = 1 AND q."EnrollmentCoC" IS NOT NULL THEN 1 ELSE 0 END
    + CASE WHEN q.grown = 1 AND q."LivingSituation" NOT IN (8, 9, 99) THEN 1 ELSE 0 END
    + CASE WHEN q.gone = 1 AND q."Destination" NOT IN (8, 9, 30, 99) THEN 1 ELSE 0 END AS universal_given,
    q.income_due + q.benefits_due + q.insurance_due + q.violence_due + 5 * q.needs_due AS start_due,
    q.income_due * q.income_at_start + q.benefits_due * q.benefits_at_start
    + q.insurance_due * q.insurance_at_start + q.violence_due * q.violence_at_start
    + q.needs_due * q.needs_at_start AS start_given,
    q.gone * (q.income_due + q.benefits_due + q.insurance_due + 5 * q.needs_due) AS exit_due,
    q.gone * (
        q.income_due * q.income_at_exit + q.benefits_due * q.benefits_at_exit
        + q.insurance_due * q.insurance_at_exit + q.needs_due * q.needs_at_exit
    ) AS exit_given
FROM asked AS q
