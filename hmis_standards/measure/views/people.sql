-- One row a person and slice: the latest active stay (of two begun on one day the open one, then the later exit, then
-- the smaller EnrollmentID, which no text asks for but which makes the count the same on every run), with the state of
-- each element on it. `counted` is false for street outreach not engaged by the end of the report.
WITH ranked AS (
    SELECT
        s.*,
        row_number() OVER (
            PARTITION BY s.slice, s."PersonalID"
            ORDER BY
                s."EntryDate" DESC,
                CASE WHEN s."ExitDate" IS NULL THEN 0 ELSE 1 END,
                s."ExitDate" DESC,
                s."EnrollmentID"
        ) AS place
    FROM "placed" AS s
    WHERE s.active
),
latest AS (
    SELECT
        r.*,
        r.adult OR r.head AS adult_or_head,
        h.heads,
        h.oldest,
        h.has_child_of_head,
        h.head_stayed_a_year,
        r.chronic_alone OR (b.began IS NOT NULL AND b.chronic = 1) AS chronic,
        d."EnrollmentID" IS NOT NULL AS double_start
    FROM ranked AS r
    JOIN "households" AS h ON h.slice = r.slice AND h.household = r.household
    LEFT JOIN "households_at_start" AS b
        ON b.slice = r.slice AND b.household = r.household AND b.began = r."EntryDate"
    LEFT JOIN "double_starts" AS d ON d."EnrollmentID" = r."EnrollmentID"
    WHERE r.place = 1
)
SELECT
    l.slice,
    l."PersonalID",
    l.age,
    l.adult,
    l.child,
    l.head,
    l.adult_or_head,
    l.leaver,
    l.chronic,
    NOT (
        coalesce(l."ProjectType" = 4, FALSE)
        AND (l."DateOfEngagement" IS NULL OR l."DateOfEngagement" > l.report_end)
    ) AS counted,
    (l.age >= 12 AND l.oldest <= 24) AS youth,
    l.has_child_of_head = 1 AS with_child_of_head,
    (l.adult_or_head AND NOT l.leaver AND (l.days_stayed >= 365 OR l.head_stayed_a_year = 1)) AS stayed_a_year,
    coalesce(l.adult AND i."VeteranStatus" = 1, FALSE) AS veteran,
    coalesce(i.name_state, 2) AS name_state,
    coalesce(i.ssn_state, 2) AS ssn_state,
    CASE
        WHEN coalesce(i.dob_absent, 2) > 0 THEN coalesce(i.dob_absent, 2)
        WHEN coalesce(i.dob_doubtful, FALSE) OR (l.adult_or_head AND i."DOB" >= l."EntryDate") THEN 3
        ELSE 0
    END AS dob_state,
    coalesce(i.race_state, 2) AS race_state,
    coalesce(i.gender_state, 2) AS gender_state,
    CASE
        WHEN l.adult AND i."VeteranStatus" IN (8, 9) THEN 1
        WHEN l.adult AND (i."VeteranStatus" IS NULL OR i."VeteranStatus" = 99) THEN 2
        WHEN l.child AND i."VeteranStatus" = 1 THEN 3
        ELSE 0
    END AS veteran_state,
    CASE WHEN l.double_start OR coalesce(l."EntryDate" > l."ExitDate", FALSE) THEN 3 ELSE 0 END AS start_state,
    CASE
        WHEN l."RelationshipToHoH" IS NULL THEN 2
        WHEN l."RelationshipToHoH" NOT BETWEEN 1 AND 5 OR l.heads <> 1 THEN 3
        ELSE 0
    END AS relationship_state,
    CASE
        WHEN NOT l.head THEN 0
        WHEN l."EnrollmentCoC" IS NULL THEN 2
        WHEN NOT regexp_matches(l."EnrollmentCoC", '^[A-Z]{2}-[0-9]{3}$') THEN 3
        ELSE 0
    END AS coc_state,
    CASE
        WHEN l."DisablingCondition" IN (8, 9) THEN 1
        WHEN l."DisablingCondition" IS NULL OR l."DisablingCondition" = 99 THEN 2
        WHEN l."DisablingCondition" = 0 AND l.need_latest = 1 THEN 3
        ELSE 0
    END AS disabling_state,
    CASE
        WHEN l."EntryDate" >= l.report_start THEN date_diff('day', l."EntryDate", l.start_created)
    END AS start_lag,
    CASE WHEN l.leaver THEN date_diff('day', l."ExitDate", l.exit_created) END AS exit_lag
FROM latest AS l
LEFT JOIN "identity" AS i ON i."PersonalID" = l."PersonalID"
