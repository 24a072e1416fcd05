-- For checks: open stays with the days they have lasted, one row a stay, beside all others of the same project type.
-- Two sorts: stays under way (in permanent housing from the move-in), and heads of household in permanent housing who
-- still wait for theirs. `beyond_usual`: longer than the 98th percentile of the same type and sort, the 99th in
-- permanent housing other than rapid re-housing. Percentiles lie between two neighbors, as statisticians draw them
-- (type 7); since days are whole numbers, hundredths of a day make that exact.
WITH measured AS (
    SELECT
        e."ProjectID" AS project_id,
        e."PersonalID" AS personal_id,
        e."EnrollmentID" AS enrollment_id,
        e."HouseholdID" AS household_id,
        e."EnrollmentID" AS record_id,
        e."ProjectType",
        e."ProjectType" IN (3, 9, 10, 13) AND v.moved_in IS NULL AS waiting,
        date_diff('day', coalesce(v.moved_in, e."EntryDate"), w."ExportDate") AS days,
        CASE WHEN e."ProjectType" IN (3, 9, 10) THEN 99 ELSE 98 END AS percentile
    FROM "household_members" AS e
    CROSS JOIN "this_export" AS w
    LEFT JOIN "move_ins" AS v ON v."EnrollmentID" = e."EnrollmentID"
    WHERE
        e."EnrollmentID" IS NOT NULL
        AND (e."ExitDate" IS NULL OR e."ExitDate" >= w."ExportEndDate")
        AND (
            e."ProjectType" IN (0, 2, 8, 12)
            OR (e."ProjectType" IN (3, 9, 10, 13) AND (v.moved_in IS NOT NULL OR e."RelationshipToHoH" = 1))
        )
),
ranked AS (
    SELECT
        m.*,
        row_number() OVER (PARTITION BY m."ProjectType", m.waiting ORDER BY m.days) AS place,
        (count(*) OVER (PARTITION BY m."ProjectType", m.waiting) - 1) * m.percentile AS hundredths
    FROM measured AS m
    WHERE m.days IS NOT NULL
),
limits AS (
    SELECT
        r."ProjectType",
        r.waiting,
        max(r.hundredths % 100) AS part,
        max(CASE WHEN (r.place - 1) * 100 = r.hundredths - r.hundredths % 100 THEN r.days END) AS below,
        max(CASE WHEN (r.place - 2) * 100 = r.hundredths - r.hundredths % 100 THEN r.days END) AS above
    FROM ranked AS r
    GROUP BY r."ProjectType", r.waiting
)
SELECT
    r.project_id,
    r.personal_id,
    r.enrollment_id,
    r.household_id,
    r.record_id,
    r."ProjectType",
    r.waiting,
    r.days,
    r.days * 100 > l.below * 100 + l.part * coalesce(l.above - l.below, 0) AS beyond_usual
FROM ranked AS r
JOIN limits AS l ON l."ProjectType" = r."ProjectType" AND l.waiting = r.waiting
