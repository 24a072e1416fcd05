-- For checks: one row an enrollment, with its client, exit, project, household and the days of the export.
WITH starts AS (
    SELECT e."PersonalID", e."ProjectID", e."EntryDate", count(*) AS same_start
    FROM "Enrollment" AS e
    GROUP BY e."PersonalID", e."ProjectID", e."EntryDate"
    HAVING count(*) > 1
),
in_hmis AS (
    SELECT DISTINCT h."ProjectID"
    FROM "HMISParticipation" AS h
    WHERE h."HMISParticipationType" = 1
),
nights AS (
    SELECT
        n."EnrollmentID",
        count(*) AS bed_nights,
        max(n."DateProvided") AS last_bed_night,
        count(*) FILTER (WHERE n."DateProvided" = e."EntryDate") AS nights_on_entry,
        count(*) FILTER (WHERE n."DateProvided" = x."ExitDate") AS nights_on_exit
    FROM "bed_nights" AS n
    JOIN "Enrollment" AS e ON e."EnrollmentID" = n."EnrollmentID"
    LEFT JOIN "Exit" AS x ON x."EnrollmentID" = n."EnrollmentID"
    GROUP BY n."EnrollmentID"
),
last_contacts AS (
    SELECT
        s."EnrollmentID",
        max(s."InformationDate") AS last_contact,
        count(*) AS contacts,
        count(*) FILTER (WHERE s."InformationDate" = e."EntryDate") AS contacts_on_entry
    FROM "CurrentLivingSituation" AS s
    JOIN "Enrollment" AS e ON e."EnrollmentID" = s."EnrollmentID"
    GROUP BY s."EnrollmentID"
),
deaths AS (
    SELECT e."PersonalID", min(x."ExitDate") AS died
    FROM "Exit" AS x
    JOIN "Enrollment" AS e ON e."EnrollmentID" = x."EnrollmentID"
    WHERE x."Destination" = 24
    GROUP BY e."PersonalID"
),
cocs AS (
    SELECT DISTINCT o."ProjectID", o."CoCCode"
    FROM "ProjectCoC" AS o
)
SELECT
    e."ProjectID" AS project_id,
    e."PersonalID" AS personal_id,
    e."EnrollmentID" AS enrollment_id,
    e."HouseholdID" AS household_id,
    e."EnrollmentID" AS record_id,
    m."ProjectType",
    j."RRHSubType",
    j."OperatingStartDate",
    j."OperatingEndDate",
    c."PersonalID" IS NOT NULL AS in_client_file,
    c."NameDataQuality",
    c."SSNDataQuality",
    c."DOB",
    c."DOBDataQuality",
    c."RaceNone",
    c."VeteranStatus",
    e."EntryDate",
    e."RelationshipToHoH",
    e."EnrollmentCoC",
    e."LivingSituation",
    e."RentalSubsidyType",
    e."LengthOfStay",
    e."LOSUnderThreshold",
    e."PreviousStreetESSH",
    e."DateToStreetESSH",
    e."TimesHomelessPastThreeYears",
    e."MonthsHomelessPastThreeYears",
    e."DisablingCondition",
    e."DateOfEngagement",
    e."MoveInDate",
    e."DateCreated" AS entry_created,
    c."YearEnteredService",
    c."YearSeparated",
    year(w."ExportDate") AS export_year,
    (
        c."WorldWarII" IS NULL OR c."KoreanWar" IS NULL OR c."VietnamWar" IS NULL OR c."DesertStorm" IS NULL
        OR c."AfghanistanOEF" IS NULL OR c."IraqOIF" IS NULL OR c."IraqOND" IS NULL OR c."OtherTheater" IS NULL
    ) AS theater_blank,
    (
        coalesce(c."WorldWarII" IN (8, 9, 99), FALSE) OR coalesce(c."KoreanWar" IN (8, 9, 99), FALSE)
        OR coalesce(c."VietnamWar" IN (8, 9, 99), FALSE) OR coalesce(c."DesertStorm" IN (8, 9, 99), FALSE)
        OR coalesce(c."AfghanistanOEF" IN (8, 9, 99), FALSE) OR coalesce(c."IraqOIF" IN (8, 9, 99), FALSE)
        OR coalesce(c."IraqOND" IN (8, 9, 99), FALSE) OR coalesce(c."OtherTheater" IN (8, 9, 99), FALSE)
    ) AS theater_unknown,
    c."AfghanistanOEF",
    c."IraqOIF",
    c."IraqOND",
    c."MilitaryBranch",
    c."DischargeStatus",
    e."PercentAMI",
    e."VAMCStation",
    e."TargetScreenReqd",
    (
        e."TimeToHousingLoss" IS NULL OR e."AnnualPercentAMI" IS NULL OR e."LiteralHomelessHistory" IS NULL
        OR e."ClientLeaseholder" IS NULL OR e."HOHLeaseholder" IS NULL OR e."SubsidyAtRisk" IS NULL
        OR e."EvictionHistory" IS NULL OR e."CriminalRecord" IS NULL OR e."IncarceratedAdult" IS NULL
        OR e."PrisonDischarge" IS NULL OR e."SexOffender" IS NULL OR e."DisabledHoH" IS NULL
        OR e."CurrentPregnant" IS NULL OR e."SingleParent" IS NULL OR e."DependentUnder6" IS NULL
        OR e."HH5Plus" IS NULL OR e."CoCPrioritized" IS NULL
    ) AS targeting_blank,
    e."HPScreeningScore",
    e."ThresholdScore",
    x."EnrollmentID" IS NOT NULL AS has_exit,
    x."ExitDate",
    x."Destination",
    x."DestinationSubsidyType",
    x."DateCreated" AS exit_created,
    w."ExportDate",
    w."ExportStartDate",
    w."ExportEndDate",
    -- No exit, or one on or after the last day the export is for.
    x."ExitDate" IS NULL OR x."ExitDate" >= w."ExportEndDate" AS still_open,
    m.age_at_entry,
    coalesce(e."RelationshipToHoH" = 1, FALSE) AS head,
    coalesce(m.age_at_entry >= 18, FALSE) AS adult,
    coalesce(e."RelationshipToHoH" = 1, FALSE) OR coalesce(m.age_at_entry >= 18, FALSE) AS adult_or_head,
    m.members,
    m.heads,
    m.oldest_at_entry,
    m.members_of_unknown_age,
    m.first_of_household,
    coalesce(t.same_start, 1) AS same_start,
    v.moved_in,
    coalesce(n.bed_nights, 0) AS bed_nights,
    n.last_bed_night,
    coalesce(n.nights_on_entry, 0) > 0 AS night_on_entry,
    coalesce(n.nights_on_exit, 0) > 0 AS night_on_exit,
    (SELECT count(*) FROM "bed_nights") > 0 AS export_has_bed_nights,
    i."ProjectID" IS NOT NULL AS in_hmis,
    q.last_contact,
    coalesce(q.contacts, 0) AS contacts,
    coalesce(q.contacts_on_entry, 0) > 0 AS contact_on_entry,
    g.died,
    k."ProjectID" IS NOT NULL AS coc_of_project,
    m.head_age,
    m.head_entry,
    m.head_exit,
    m.veterans,
    m.disabled_members,
    coalesce(f.income_required, FALSE) AS income_required,
    coalesce(f.benefits_required, FALSE) AS benefits_required,
    coalesce(f.insurance_required, FALSE) AS insurance_required,
    coalesce(f.dv_required, FALSE) AS dv_required,
    coalesce(f.disabilities_required, FALSE) AS disabilities_required,
    coalesce(f.employment_required, FALSE) AS employment_required,
    coalesce(f.coc_psh_funded, FALSE) AS coc_psh_funded,
    coalesce(f.ssvf_funded, FALSE) AS ssvf_funded,
    coalesce(f.va_funded, FALSE) AS va_funded,
    coalesce(f.moves_in, FALSE) AS moves_in,
    l.income_at_start,
    l.income_at_exit,
    l.dv_answered,
    l.employment_at_start,
    l.employment_at_exit,
    l.disabilities_answered,
    l.disabling_recorded,
    u."EnrollmentID" IS NOT NULL AS annual_due,
    u.window_over,
    u.assessed_in_time,
    u.assessed,
    -- Calendar months from the first day of homelessness to the start, both included.
    (year(e."EntryDate") - year(e."DateToStreetESSH")) * 12 + month(e."EntryDate") - month(e."DateToStreetESSH") + 1
        AS months_on_street,
    year(e."DateToStreetESSH") * 10000 + month(e."DateToStreetESSH") * 100 + day(e."DateToStreetESSH")
    <= (year(e."EntryDate") - 3) * 10000 + month(e."EntryDate") * 100 + day(e."EntryDate") AS three_years_on_street
FROM "Enrollment" AS e
CROSS JOIN "this_export" AS w
JOIN "household_members" AS m ON m."EnrollmentID" = e."EnrollmentID"
LEFT JOIN "Project" AS j ON j."ProjectID" = e."ProjectID"
LEFT JOIN "Client" AS c ON c."PersonalID" = e."PersonalID"
LEFT JOIN "Exit" AS x ON x."EnrollmentID" = e."EnrollmentID"
LEFT JOIN "move_ins" AS v ON v."EnrollmentID" = e."EnrollmentID"
LEFT JOIN starts AS t
    ON t."PersonalID" = e."PersonalID" AND t."ProjectID" = e."ProjectID" AND t."EntryDate" = e."EntryDate"
LEFT JOIN in_hmis AS i ON i."ProjectID" = e."ProjectID"
LEFT JOIN nights AS n ON n."EnrollmentID" = e."EnrollmentID"
LEFT JOIN last_contacts AS q ON q."EnrollmentID" = e."EnrollmentID"
LEFT JOIN deaths AS g ON g."PersonalID" = e."PersonalID"
LEFT JOIN cocs AS k ON k."ProjectID" = e."ProjectID" AND k."CoCCode" = e."EnrollmentCoC"
LEFT JOIN "funding" AS f ON f."ProjectID" = e."ProjectID"
LEFT JOIN "collected" AS l ON l."EnrollmentID" = e."EnrollmentID"
LEFT JOIN "annual_assessments" AS u ON u."EnrollmentID" = e."EnrollmentID"
