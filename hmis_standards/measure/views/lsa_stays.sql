-- For the measures after HUD's LSA: one row an enrollment of at least a day, open on a day of the report, in a project
-- the LSA reports on. `entered`: it is in the cohort, that is, its household has exactly one head, who has a CoC code
-- and was there while the project took part in HMIS, and so was it, with a relationship that exists. In night-by-night
-- shelter being there takes a bed night in the report.
WITH nights AS (
    SELECT
        s."EnrollmentID",
        max(CASE WHEN n."DateProvided" >= p.report_start THEN 1 ELSE 0 END) AS night_in_report
    FROM "active_stays" AS s
    JOIN "bed_nights" AS n ON n."EnrollmentID" = s."EnrollmentID"
    CROSS JOIN "period" AS p
    WHERE
        n."DateProvided" >= s."EntryDate"
        AND n."DateProvided" <= p.report_end
        AND (s."ExitDate" IS NULL OR n."DateProvided" < s."ExitDate")
    GROUP BY s."EnrollmentID"
),
listed AS (
    SELECT
        s."EnrollmentID",
        s."PersonalID",
        s."ProjectID",
        s.household,
        s."ProjectType",
        s."EntryDate",
        s.head,
        s.leaver,
        s."LivingSituation",
        e."EnrollmentCoC",
        e."LengthOfStay",
        e."DateToStreetESSH",
        e."TimesHomelessPastThreeYears",
        e."MonthsHomelessPastThreeYears",
        coalesce(s."RelationshipToHoH" BETWEEN 1 AND 5, FALSE) AS related,
        n."EnrollmentID" IS NOT NULL AS has_night,
        s.days_taking_part > 0 AND (s."ProjectType" <> 1 OR coalesce(n.night_in_report, 0) = 1) AS there,
        -- A date of birth counts where its quality says it does, if it is possible and makes nobody 105 years old.
        coalesce(
            s.age BETWEEN 18 AND 104
            AND c."DOBDataQuality" IN (1, 2)
            AND (c."DOB" < s."EntryDate" OR (c."DOB" = s."EntryDate" AND NOT s.head)),
            FALSE
        ) AS adult,
        s."ProjectType" IN (0, 1, 8)
        OR coalesce(s."LivingSituation" IN (101, 116, 118), FALSE)
        OR coalesce(e."PreviousStreetESSH" = 1, FALSE) AS street_asked
    FROM "active_stays" AS s
    JOIN "Enrollment" AS e ON e."EnrollmentID" = s."EnrollmentID"
    JOIN "Project" AS j ON j."ProjectID" = s."ProjectID"
    CROSS JOIN "period" AS p
    LEFT JOIN "Organization" AS o ON o."OrganizationID" = j."OrganizationID"
    LEFT JOIN "Client" AS c ON c."PersonalID" = s."PersonalID"
    LEFT JOIN nights AS n ON n."EnrollmentID" = s."EnrollmentID"
    WHERE
        j."ContinuumProject" = 1
        AND coalesce(o."VictimServiceProvider" <> 1, TRUE)
        AND (j."ProjectType" IN (0, 1, 2, 3, 8) OR (j."ProjectType" = 13 AND j."RRHSubType" IN (1, 2)))
        AND j."OperatingStartDate" <= p.report_end
        AND (j."OperatingEndDate" IS NULL OR j."OperatingEndDate" > p.report_start)
        AND (s."ExitDate" IS NULL OR s."ExitDate" > s."EntryDate")
),
homes AS (
    SELECT
        l."ProjectID",
        l.household,
        count(*) FILTER (WHERE l.head) AS heads,
        count(*) FILTER (WHERE l.head AND l."EnrollmentCoC" IS NOT NULL) AS heads_in_a_coc,
        count(*) FILTER (WHERE l.head AND l."EnrollmentCoC" IS NOT NULL AND l.there) AS heads_there
    FROM listed AS l
    GROUP BY l."ProjectID", l.household
)
SELECT
    l.*,
    h.heads,
    h.heads_in_a_coc,
    l.there AND l.related AND h.heads = 1 AND h.heads_there = 1 AS entered
FROM listed AS l
JOIN homes AS h ON h."ProjectID" = l."ProjectID" AND h.household = l.household
