-- For the measures of the system: one row an enrollment that was open on a day of the report by its dates, also where
-- a person has several and where a night-by-night guest has no bed night.
WITH nights AS (
    SELECT n."EnrollmentID", max(n."DateProvided") AS last_night
    FROM "bed_nights" AS n
    CROSS JOIN "period" AS p
    WHERE n."DateProvided" <= p.report_end
    GROUP BY n."EnrollmentID"
),
seen AS (
    SELECT c."EnrollmentID", max(c."InformationDate") AS last_contact
    FROM "CurrentLivingSituation" AS c
    CROSS JOIN "period" AS p
    WHERE c."InformationDate" <= p.report_end
    GROUP BY c."EnrollmentID"
),
-- Nights of an enrollment on which its project took part in HMIS, and was open besides.
held AS (
    SELECT
        s."EnrollmentID",
        sum(
            CASE
                WHEN w.kind = 'taking part' AND s."EntryDate" <= coalesce(s."ExitDate", w.ends) THEN date_diff(
                    'day', greatest(s."EntryDate", w.begins), least(coalesce(s."ExitDate", w.ends), w.ends)
                )
                ELSE 0
            END
        ) AS days_taking_part,
        sum(
            CASE
                WHEN w.kind = 'period' AND s."EntryDate" <= coalesce(s."ExitDate", w.ends) THEN date_diff(
                    'day', greatest(s."EntryDate", w.begins), least(coalesce(s."ExitDate", w.ends), w.ends)
                )
                ELSE 0
            END
        ) AS days_open
    FROM "stays" AS s
    JOIN "windows" AS w ON w."ProjectID" = s."ProjectID"
    WHERE
        w.kind IN ('period', 'taking part')
        AND s."EntryDate" < w.ends
        AND (s."ExitDate" IS NULL OR s."ExitDate" > w.begins)
    GROUP BY s."EnrollmentID"
)
SELECT
    s."EnrollmentID",
    s."PersonalID",
    s."ProjectID",
    s.household,
    s."ProjectType",
    s."EntryDate",
    s."ExitDate",
    s.age,
    s.age IS NULL OR s.age < 0 AS age_unknown,
    s.head,
    s.adult,
    s.adult_or_head,
    s.leaver,
    s."RelationshipToHoH",
    s."DisablingCondition",
    s.disabling_state,
    s.veteran_state,
    s."LivingSituation",
    s."RentalSubsidyType",
    s."Destination",
    s."EnrollmentCoC",
    o."CoCCode" IS NOT NULL AS coc_fits,
    t.dv_told,
    s.ssn_unusable,
    s.nameless,
    s.identity_given,
    coalesce(
        s."ExitDate" < s."EntryDate" OR s."EntryDate" < s."DOB" OR s."EntryDate" > q."ExportDate"
        OR s."ExitDate" > q."ExportDate", FALSE
    )
    OR coalesce(
        s."ProjectType" IN (3, 9, 10, 13) AND (s."MoveInDate" < s."EntryDate" OR s."MoveInDate" > s."ExitDate"), FALSE
    ) AS impossible,
    coalesce(
        j."OperatingEndDate" BETWEEN p.report_start AND p.report_end
        AND (s."ExitDate" IS NULL OR s."ExitDate" > j."OperatingEndDate"),
        FALSE
    ) AS after_closing,
    coalesce(
        s."ProjectType" = 1
        AND CASE
            WHEN s.leaver THEN n.last_night IS NULL OR date_diff('day', n.last_night, s."ExitDate") <> 1
            ELSE date_diff('day', greatest(coalesce(n.last_night, s."EntryDate"), s."EntryDate"), p.report_end) >= 90
        END,
        FALSE
    ) AS nights_silent,
    -- Days of the stay inside the report, its last day left out; of these, days on which the project took part or not.
    date_diff(
        'day', greatest(s."EntryDate", p.report_start), CASE WHEN s.leaver THEN s."ExitDate" ELSE p.report_end END
    ) + CASE WHEN s.leaver THEN 0 ELSE 1 END AS days_inside,
    coalesce(h.days_taking_part, 0) AS days_taking_part,
    coalesce(h.days_open, 0) AS days_open,
    CASE WHEN NOT s.leaver THEN date_diff('day', s."EntryDate", p.report_end) END AS days_begun,
    -- How long nobody has met the client: by bed nights in night-by-night shelters, by contacts in outreach,
    -- coordinated entry and services only for PATH.
    CASE
        WHEN s.leaver THEN NULL
        WHEN s."ProjectType" = 1 THEN greatest(s."EntryDate", coalesce(n.last_night, s."EntryDate"))
        WHEN s."ProjectType" IN (4, 14) OR (s."ProjectType" = 6 AND s.path_funded) THEN greatest(
            s."EntryDate",
            coalesce(k.last_contact, s."EntryDate"),
            CASE
                WHEN s."ProjectType" = 4 AND s."DateOfEngagement" <= p.report_end THEN s."DateOfEngagement"
                ELSE s."EntryDate"
            END
        )
    END AS last_met
FROM "stays" AS s
JOIN "Project" AS j ON j."ProjectID" = s."ProjectID"
CROSS JOIN "period" AS p
CROSS JOIN "this_export" AS q
JOIN "collected" AS t ON t."EnrollmentID" = s."EnrollmentID"
LEFT JOIN nights AS n ON n."EnrollmentID" = s."EnrollmentID"
LEFT JOIN seen AS k ON k."EnrollmentID" = s."EnrollmentID"
LEFT JOIN held AS h ON h."EnrollmentID" = s."EnrollmentID"
LEFT JOIN "project_cocs" AS o ON o."ProjectID" = s."ProjectID" AND o."CoCCode" = s."EnrollmentCoC"
WHERE s."EnrollmentID" <> '' AND (s."ExitDate" IS NULL OR s."ExitDate" >= p.report_start)
