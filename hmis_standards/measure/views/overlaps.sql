-- Pairs of stays that cannot both be true: nights of one person in two beds, both stays open on a day of the report.
-- One row a pair and stay; the other stay may be in any project of the export. Open stays count up
-- to the end of the report.
WITH found AS (
    SELECT
        t.enrollment_id,
        t.record_id,
        t.personal_id,
        t.nights_tolerated,
        CASE
            WHEN t."ProjectType" = 1 OR t.other_type = 1 THEN t.shared_nights
            ELSE least(
                t.shared_nights,
                date_diff(
                    'day',
                    greatest(coalesce(v.moved_in, e."EntryDate"), coalesce(w.moved_in, o."EntryDate")),
                    p.report_end
                ) + 1
            )
        END AS shared_nights
    FROM "stay_pairs" AS t
    JOIN "Enrollment" AS e ON e."EnrollmentID" = t.enrollment_id
    JOIN "Enrollment" AS o ON o."EnrollmentID" = t.record_id
    LEFT JOIN "Exit" AS x ON x."EnrollmentID" = t.enrollment_id
    LEFT JOIN "Exit" AS y ON y."EnrollmentID" = t.record_id
    LEFT JOIN "move_ins" AS v ON v."EnrollmentID" = t.enrollment_id
    LEFT JOIN "move_ins" AS w ON w."EnrollmentID" = t.record_id
    CROSS JOIN "period" AS p
    WHERE
        e."EntryDate" <= p.report_end
        AND o."EntryDate" <= p.report_end
        AND (x."ExitDate" IS NULL OR x."ExitDate" >= p.report_start)
        AND (y."ExitDate" IS NULL OR y."ExitDate" >= p.report_start)
),
pairs AS (
    SELECT f.enrollment_id || ' and ' || f.record_id AS pair, f.*
    FROM found AS f
    WHERE f.shared_nights > f.nights_tolerated
),
sides AS (
    SELECT p.pair, p.personal_id, p.shared_nights, p.enrollment_id AS "EnrollmentID"
    FROM pairs AS p
    UNION ALL
    SELECT p.pair, p.personal_id, p.shared_nights, p.record_id AS "EnrollmentID"
    FROM pairs AS p
)
SELECT b.pair, b.personal_id, b.shared_nights, b."EnrollmentID", s."ProjectID"
FROM sides AS b
JOIN "active_stays" AS s ON s."EnrollmentID" = b."EnrollmentID"
