-- Every enrollment of the chosen projects that began by the end of the report, with what the report says of it alone:
-- who it is about, and the state of each element (1 declined, 2 missing, 3 issue, 0 in order; the first that fits).
-- Rules: HUD's data quality report (Reporting Terminology Glossary; APR question 5 and 6).
WITH heads_in_coc AS (
    SELECT DISTINCT coalesce(e."HouseholdID", 'alone ' || coalesce(e."EnrollmentID", '')) AS household
    FROM "Enrollment" AS e
    JOIN "Project" AS j ON j."ProjectID" = e."ProjectID"
    JOIN "cocs" AS w ON w."CoCCode" = e."EnrollmentCoC"
    CROSS JOIN "period" AS p
    WHERE e."RelationshipToHoH" = 1 AND e."EntryDate" <= p.report_end
),
joined AS (
    SELECT
        e.*,
        coalesce(e."HouseholdID", 'alone ' || coalesce(e."EnrollmentID", '')) AS household,
        j."ProjectType",
        j.path_funded,
        j.in_coc,
        x."ExitDate",
        x."Destination",
        x."DateCreated" AS exit_created,
        (x."ExitDate" IS NOT NULL AND x."ExitDate" <= p.report_end) AS leaver,
        -- Age counts on the later of the start of the stay and the start of the report.
        greatest(e."EntryDate", p.report_start) AS age_date,
        date_diff('day', e."EntryDate", p.report_end) >= 90 AS began_90_days_ago,
        p.edition,
        p.report_start,
        p.report_end
    FROM "Enrollment" AS e
    JOIN "projects" AS j ON j."ProjectID" = e."ProjectID"
    LEFT JOIN "Exit" AS x ON x."EnrollmentID" = e."EnrollmentID"
    CROSS JOIN "period" AS p
    WHERE e."EntryDate" <= p.report_end
),
derived AS (
    SELECT
        j.*,
        i."VeteranStatus",
        i."DOB",
        coalesce(i.name_state, 2) AS name_state,
        coalesce(i.ssn_state, 2) AS ssn_state,
        coalesce(i.dob_absent, 2) AS dob_absent,
        coalesce(i.dob_doubtful, FALSE) AS dob_doubtful,
        coalesce(i.race_state, 2) AS race_state,
        coalesce(i.ethnicity_state, CASE WHEN j.edition > 2022 THEN 0 ELSE 2 END) AS ethnicity_state,
        coalesce(i.gender_state, CASE WHEN j.edition > 2024 THEN 0 ELSE 2 END) AS gender_state,
        coalesce(i.ssn_unusable, TRUE) AS ssn_unusable,
        coalesce(i.nameless, TRUE) AS nameless,
        coalesce(i.identity_given, 0) AS identity_given,
        coalesce(k.nights, 0) AS nights,
        coalesce(k.nights_in_report, 0) AS nights_in_report,
        coalesce(k.nights_lately, 0) AS nights_lately,
        coalesce(d.disabling_recorded, FALSE) AS need_at_start,
        coalesce(d.disabling_recorded_last, FALSE) AS need_latest,
        o."EnrollmentID" IS NOT NULL AS double_start,
        c."EnrollmentID" IS NOT NULL AS contacted_lately,
        -- Whole years by the birthday; portable, since engines disagree on date differences in years.
        year(j.age_date) - year(i."DOB")
        - CASE WHEN month(j.age_date) * 100 + day(j.age_date) < month(i."DOB") * 100 + day(i."DOB") THEN 1 ELSE 0 END
            AS age,
        -- Whoever is to be asked since when, how often and how long: all in shelter and outreach, and who came from
        -- the street or, after a short stay, by way of an institution or a home.
        coalesce(
            j."ProjectType" IN (0, 1, 4, 8)
            OR j."LivingSituation" BETWEEN 100 AND 199
            OR (
                j."PreviousStreetESSH" = 1
                AND (
                    j."LengthOfStay" IN (10, 11)
                    OR (j."LengthOfStay" IN (2, 3) AND j."LivingSituation" BETWEEN 200 AND 299)
                )
                AND coalesce(j."LivingSituation", 0) BETWEEN 0 AND 499
            ),
            FALSE
        ) AS street_asked,
        j."ProjectType" NOT IN (0, 1, 4, 8)
        AND (j."LengthOfStay" IS NULL OR j."LengthOfStay" IN (8, 9, 99)) AS stay_length_unknown
    FROM joined AS j
    LEFT JOIN heads_in_coc AS h ON h.household = j.household
    LEFT JOIN "identity" AS i ON i."PersonalID" = j."PersonalID"
    LEFT JOIN "nights_counted" AS k ON k."EnrollmentID" = j."EnrollmentID"
    LEFT JOIN "collected" AS d ON d."EnrollmentID" = j."EnrollmentID"
    LEFT JOIN "double_starts" AS o ON o."EnrollmentID" = j."EnrollmentID"
    LEFT JOIN "contacts" AS c ON c."EnrollmentID" = j."EnrollmentID"
    WHERE coalesce(j.in_coc, h.household IS NOT NULL)
),
told AS (
    SELECT
        d.*,
        coalesce(d."RelationshipToHoH" = 1, FALSE) AS head,
        coalesce(d.age >= 18, FALSE) AS adult,
        coalesce(d.age < 18, FALSE) AS child,
        coalesce(d.age >= 18 OR d."RelationshipToHoH" = 1, FALSE) AS adult_or_head
    FROM derived AS d
)
SELECT
    coalesce(t."EnrollmentID", '') AS "EnrollmentID",
    coalesce(t."PersonalID", '') AS "PersonalID",
    t."ProjectID",
    t.household,
    t."ProjectType",
    t.path_funded,
    t."RelationshipToHoH",
    t."EntryDate",
    t."ExitDate",
    t."MoveInDate",
    t."DateOfEngagement",
    t."DOB",
    t."DisablingCondition",
    t."LivingSituation",
    t."RentalSubsidyType",
    t."Destination",
    t."EnrollmentCoC",
    t.ssn_unusable,
    t.nameless,
    t.identity_given,
    t.age,
    t.adult,
    t.child,
    t.head,
    t.adult_or_head,
    t.leaver,
    -- Night-by-night stays are active only with a bed night or an exit in the report.
    (t."ExitDate" IS NULL OR t."ExitDate" >= t.report_start)
    AND (
        coalesce(t."ProjectType", -1) <> 1
        OR t.nights_in_report > 0
        OR coalesce(t."ExitDate" BETWEEN t.report_start AND t.report_end, FALSE)
    ) AS active,
    NOT (
        coalesce(t."ProjectType" = 4, FALSE)
        AND (t."DateOfEngagement" IS NULL OR t."DateOfEngagement" > t.report_end)
    ) AS engaged,
    CASE
        WHEN t."ProjectType" = 1 THEN t.nights
        WHEN t.leaver THEN date_diff('day', t."EntryDate", t."ExitDate")
        ELSE date_diff('day', t."EntryDate", t.report_end) + 1
    END AS days_stayed,
    coalesce(
        (t."DisablingCondition" = 1 OR t.need_at_start)
        AND (
            t."ProjectType" IN (0, 1, 4, 8)
            OR t."LivingSituation" BETWEEN 100 AND 199
            OR (t."LivingSituation" IS NOT NULL AND t."LOSUnderThreshold" <> 0 AND t."PreviousStreetESSH" <> 0)
        )
        AND (
            year(t."DateToStreetESSH") * 10000 + month(t."DateToStreetESSH") * 100 + day(t."DateToStreetESSH")
            <= (year(t."EntryDate") - 1) * 10000 + month(t."EntryDate") * 100 + day(t."EntryDate")
            OR (t."TimesHomelessPastThreeYears" = 4 AND t."MonthsHomelessPastThreeYears" >= 112)
        ),
        FALSE
    ) AS chronic_alone,
    coalesce(t.adult AND t."VeteranStatus" = 1, FALSE) AS veteran,
    t.name_state,
    t.ssn_state,
    CASE
        WHEN t.dob_absent > 0 THEN t.dob_absent
        WHEN t.dob_doubtful OR (t.adult_or_head AND t."DOB" >= t."EntryDate") THEN 3
        ELSE 0
    END AS dob_state,
    t.race_state,
    t.ethnicity_state,
    t.gender_state,
    CASE
        WHEN t.adult AND t."VeteranStatus" IN (8, 9) THEN 1
        WHEN t.adult AND (t."VeteranStatus" IS NULL OR t."VeteranStatus" = 99) THEN 2
        WHEN t.child AND t."VeteranStatus" = 1 THEN 3
        ELSE 0
    END AS veteran_state,
    CASE WHEN t.double_start OR (t.edition > 2022 AND t."EntryDate" > t."ExitDate") THEN 3 ELSE 0 END AS start_state,
    CASE
        WHEN NOT t.head THEN 0
        WHEN t."EnrollmentCoC" IS NULL THEN 2
        WHEN NOT regexp_matches(t."EnrollmentCoC", '^[A-Z]{2}-[0-9]{3}$') THEN 3
        ELSE 0
    END AS coc_state,
    CASE
        WHEN t."DisablingCondition" IN (8, 9) THEN 1
        WHEN t."DisablingCondition" IS NULL OR t."DisablingCondition" = 99 THEN 2
        WHEN t."DisablingCondition" = 0 AND t.need_latest THEN 3
        ELSE 0
    END AS disabling_state,
    CASE
        WHEN NOT t.leaver THEN 0
        WHEN t."Destination" IN (8, 9) THEN 1
        WHEN t."Destination" IS NULL OR t."Destination" IN (30, 99) THEN 2
        ELSE 0
    END AS destination_state,
    CASE
        WHEN t."EntryDate" >= t.report_start THEN date_diff('day', t."EntryDate", t."DateCreated")
    END AS start_lag,
    CASE WHEN t.leaver THEN date_diff('day', t."ExitDate", t.exit_created) END AS exit_lag,
    -- The line of Q6d, of those who came since the questions are asked.
    CASE
        WHEN NOT t.adult_or_head OR t."EntryDate" < DATE '2016-10-01' THEN ''
        WHEN t."ProjectType" IN (0, 1, 4, 8) THEN 'shelter'
        WHEN t."ProjectType" = 2 THEN 'transitional'
        WHEN t."ProjectType" IN (3, 9, 10, 13) THEN 'permanent'
        WHEN t."ProjectType" = 14 THEN 'coordinated'
        WHEN t."ProjectType" IN (6, 11, 12) THEN 'services'
        ELSE ''
    END AS prior_line,
    coalesce(t.stay_length_unknown AND t."LivingSituation" BETWEEN 200 AND 299, FALSE) AS institution_gap,
    coalesce(
        t.stay_length_unknown
        AND (t."LivingSituation" IS NULL OR t."LivingSituation" BETWEEN 0 AND 99 OR t."LivingSituation" BETWEEN 300 AND 499),
        FALSE
    ) AS housing_gap,
    t.street_asked AND t."DateToStreetESSH" IS NULL AS date_gap,
    t.street_asked
    AND (t."TimesHomelessPastThreeYears" IS NULL OR t."TimesHomelessPastThreeYears" IN (8, 9, 99)) AS times_gap,
    t.street_asked
    AND (t."MonthsHomelessPastThreeYears" IS NULL OR t."MonthsHomelessPastThreeYears" IN (8, 9, 99)) AS months_gap,
    -- The lines of Q6f: open for 90 days at the end of the report.
    coalesce(
        t.began_90_days_ago AND NOT t.leaver AND t.adult_or_head
        AND (
            t."ProjectType" = 4
            OR (t.edition < 2026 AND t."ProjectType" = 1)
            OR (t.edition >= 2026 AND t."ProjectType" = 6 AND t.path_funded)
        ),
        FALSE
    ) AS contact_due,
    NOT t.contacted_lately AS no_contact,
    coalesce(t.began_90_days_ago AND NOT t.leaver AND t."ProjectType" = 1, FALSE) AS night_due,
    t.nights_lately = 0 AS no_night
FROM told AS t
