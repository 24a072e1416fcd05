-- For checks: one row an enrollment with where it lies against the time its project operated, and against the time it
-- took part in HMIS: `inside`, `after`, `before`, `crosses start`, `crosses end`, `spans`; blank where that time is not
-- known. An end that is blank, or after the day of the export, is open.
WITH records AS (
    SELECT
        h."ProjectID",
        h."HMISParticipationStatusStartDate" AS begins,
        coalesce(h."HMISParticipationStatusEndDate", DATE '9999-12-31') AS ends,
        CASE WHEN h."HMISParticipationType" IN (1, 2) THEN 1 ELSE 0 END AS takes_part
    FROM "HMISParticipation" AS h
    WHERE h."ProjectID" IS NOT NULL AND h."HMISParticipationStatusStartDate" IS NOT NULL
),
-- A project that never took part is held against what its records say all the same.
counted AS (
    SELECT r.*, max(r.takes_part) OVER (PARTITION BY r."ProjectID") AS ever
    FROM records AS r
),
-- Records that follow on one another are one period: a new one begins where there is a gap.
marked AS (
    SELECT
        c."ProjectID",
        c.begins,
        c.ends,
        CASE
            WHEN
                date_diff(
                    'day',
                    max(c.ends) OVER (
                        PARTITION BY c."ProjectID"
                        ORDER BY c.begins, c.ends
                        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
                    ),
                    c.begins
                ) <= 1
                THEN 0
            ELSE 1
        END AS opens
    FROM counted AS c
    WHERE c.takes_part = c.ever
),
numbered AS (
    SELECT
        m."ProjectID",
        m.begins,
        m.ends,
        sum(m.opens) OVER (
            PARTITION BY m."ProjectID"
            ORDER BY m.begins, m.ends
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS period
    FROM marked AS m
),
periods AS (
    SELECT n."ProjectID", n.period, min(n.begins) AS begins, max(n.ends) AS ends
    FROM numbered AS n
    GROUP BY n."ProjectID", n.period
),
stays AS (
    SELECT
        e."ProjectID" AS project_id,
        e."PersonalID" AS personal_id,
        e."EnrollmentID" AS enrollment_id,
        e."HouseholdID" AS household_id,
        e."EnrollmentID" AS record_id,
        e."ProjectType",
        e."EntryDate",
        coalesce(e."ExitDate", DATE '9999-12-31') AS "ExitDate",
        j."OperatingStartDate" AS opened,
        CASE WHEN j."OperatingEndDate" > w."ExportDate" THEN NULL ELSE j."OperatingEndDate" END AS closed,
        w."ExportDate"
    FROM "household_members" AS e
    CROSS JOIN "this_export" AS w
    LEFT JOIN "Project" AS j ON j."ProjectID" = e."ProjectID"
    WHERE
        e."EnrollmentID" IS NOT NULL AND e."EntryDate" IS NOT NULL
),
-- Of several periods the first that the stay touches, else the last before it, else the first after it.
chosen AS (
    SELECT
        s.*,
        p.begins,
        CASE WHEN p.ends > s."ExportDate" OR p.ends = DATE '9999-12-31' THEN NULL ELSE p.ends END AS ends,
        row_number() OVER (
            PARTITION BY s.enrollment_id
            ORDER BY
                CASE
                    WHEN p.begins <= s."ExitDate" AND p.ends >= s."EntryDate" THEN 0
                    WHEN p.ends < s."EntryDate" THEN 1
                    ELSE 2
                END,
                CASE WHEN p.ends < s."EntryDate" THEN date_diff('day', p.ends, s."EntryDate") ELSE 0 END,
                p.begins
        ) AS place
    FROM stays AS s
    LEFT JOIN periods AS p ON p."ProjectID" = s.project_id
)
SELECT
    c.project_id,
    c.personal_id,
    c.enrollment_id,
    c.household_id,
    c.record_id,
    c."ProjectType",
    CASE
        WHEN c.opened IS NULL AND c.closed IS NULL THEN NULL
        WHEN c."EntryDate" > c.closed THEN 'after'
        WHEN c."EntryDate" < c.opened AND c."ExitDate" <= c.opened THEN 'before'
        WHEN c."EntryDate" < c.opened AND c."ExitDate" > c.closed THEN 'spans'
        WHEN c."EntryDate" < c.opened THEN 'crosses start'
        WHEN c."ExitDate" > c.closed THEN 'crosses end'
        ELSE 'inside'
    END AS operation,
    CASE
        WHEN c.begins IS NULL THEN NULL
        WHEN c."EntryDate" > c.ends THEN 'after'
        WHEN c."EntryDate" < c.begins AND c."ExitDate" <= c.begins THEN 'before'
        WHEN c."EntryDate" < c.begins AND c."ExitDate" > c.ends THEN 'spans'
        WHEN c."EntryDate" < c.begins THEN 'crosses start'
        WHEN c."ExitDate" > c.ends THEN 'crosses end'
        ELSE 'inside'
    END AS participation
FROM chosen AS c
WHERE c.place = 1
