-- Every enrollment that began by the end of the report, with what the report derives from it. Rules: HUD's data
-- quality report (Reporting Terminology Glossary; APR question 5 and 6).
WITH joined AS (
    SELECT
        e."EnrollmentID",
        e."PersonalID",
        e."ProjectID",
        j."ProjectType",
        e."EntryDate",
        x."ExitDate",
        coalesce(e."HouseholdID", 'alone ' || coalesce(e."EnrollmentID", '')) AS household,
        e."RelationshipToHoH",
        e."EnrollmentCoC",
        e."DisablingCondition",
        e."DateOfEngagement",
        e."DateCreated" AS start_created,
        x."DateCreated" AS exit_created,
        c."DOB",
        -- Age counts on the later of the start of the stay and the start of the report.
        greatest(e."EntryDate", p.report_start) AS age_date,
        coalesce(k.nights, 0) AS nights,
        coalesce(k.nights_in_report, 0) AS nights_in_report,
        coalesce(d.need_at_start, 0) AS need_at_start,
        coalesce(d.need_latest, 0) AS need_latest,
        e."LivingSituation",
        e."LOSUnderThreshold",
        e."PreviousStreetESSH",
        e."DateToStreetESSH",
        e."TimesHomelessPastThreeYears",
        e."MonthsHomelessPastThreeYears",
        p.report_start,
        p.report_end
    FROM "Enrollment" AS e
    JOIN "Project" AS j ON j."ProjectID" = e."ProjectID"
    LEFT JOIN "Exit" AS x ON x."EnrollmentID" = e."EnrollmentID"
    LEFT JOIN "Client" AS c ON c."PersonalID" = e."PersonalID"
    LEFT JOIN "nights_counted" AS k ON k."EnrollmentID" = e."EnrollmentID"
    LEFT JOIN "needs" AS d ON d."EnrollmentID" = e."EnrollmentID"
    CROSS JOIN "period" AS p
    WHERE e."EntryDate" <= p.report_end
),
derived AS (
    SELECT
        j.*,
        -- Whole years by the birthday; portable, since engines disagree on date differences in years.
        year(j.age_date) - year(j."DOB")
        - CASE WHEN month(j.age_date) * 100 + day(j.age_date) < month(j."DOB") * 100 + day(j."DOB") THEN 1 ELSE 0 END
            AS age,
        (j."ExitDate" IS NOT NULL AND j."ExitDate" <= j.report_end) AS leaver,
        -- Night-by-night stays are active only with a bed night or an exit in the report.
        (j."ExitDate" IS NULL OR j."ExitDate" >= j.report_start)
        AND (
            coalesce(j."ProjectType", -1) <> 1
            OR j.nights_in_report > 0
            OR coalesce(j."ExitDate" BETWEEN j.report_start AND j.report_end, FALSE)
        ) AS active,
        CASE
            WHEN j."ProjectType" = 1 THEN j.nights
            WHEN j."ExitDate" <= j.report_end THEN date_diff('day', j."EntryDate", j."ExitDate")
            ELSE date_diff('day', j."EntryDate", j.report_end) + 1
        END AS days_stayed,
        (j."DisablingCondition" = 1 OR j.need_at_start = 1)
        AND (
            j."ProjectType" IN (0, 1, 4, 8)
            OR j."LivingSituation" BETWEEN 100 AND 199
            OR (j."LivingSituation" IS NOT NULL AND j."LOSUnderThreshold" <> 0 AND j."PreviousStreetESSH" <> 0)
        )
        AND (
            year(j."DateToStreetESSH") * 10000 + month(j."DateToStreetESSH") * 100 + day(j."DateToStreetESSH")
            <= (year(j."EntryDate") - 1) * 10000 + month(j."EntryDate") * 100 + day(j."EntryDate")
            OR (j."TimesHomelessPastThreeYears" = 4 AND j."MonthsHomelessPastThreeYears" >= 112)
        ) AS chronic_alone
    FROM joined AS j
)
SELECT
    d."EnrollmentID",
    d."PersonalID",
    d."ProjectID",
    d."ProjectType",
    d."EntryDate",
    d."ExitDate",
    d.household,
    d."RelationshipToHoH",
    d."EnrollmentCoC",
    d."DisablingCondition",
    d."DateOfEngagement",
    d.start_created,
    d.exit_created,
    d.need_latest,
    d.report_start,
    d.report_end,
    d.age,
    d.leaver,
    d.active,
    d.days_stayed,
    coalesce(d."RelationshipToHoH" = 1, FALSE) AS head,
    coalesce(d.age >= 18, FALSE) AS adult,
    coalesce(d.age < 18, FALSE) AS child,
    coalesce(d.chronic_alone, FALSE) AS chronic_alone
FROM derived AS d
