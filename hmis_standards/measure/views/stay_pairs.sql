-- For checks: two stays of one person in projects with beds, one row a pair, shown at the later one; record_id is the
-- other enrollment. `shared_nights` are nights that belong to both: a stay lasts from its start (in permanent housing
-- from the move-in) up to the exit, a night-by-night stay consists of its bed nights. Rapid re-housing beside other
-- permanent housing may be, so these pairs are not here.
WITH bounds AS (
    SELECT n."EnrollmentID", min(n."DateProvided") AS first_night, max(n."DateProvided") AS last_night
    FROM "bed_nights" AS n
    GROUP BY n."EnrollmentID"
),
housed AS (
    SELECT
        e."EnrollmentID",
        e."PersonalID",
        e."ProjectID",
        e."HouseholdID",
        j."ProjectType",
        CASE
            WHEN j."ProjectType" = 1 THEN b.first_night
            WHEN j."ProjectType" IN (3, 9, 10, 13) THEN v.moved_in
            ELSE e."EntryDate"
        END AS begins,
        -- The first night that is no longer part of the stay; the far future for a stay without an exit.
        CASE
            WHEN j."ProjectType" = 1 THEN b.last_night
            ELSE coalesce(x."ExitDate", DATE '9999-12-31')
        END AS ends
    FROM "Enrollment" AS e
    JOIN "Project" AS j ON j."ProjectID" = e."ProjectID"
    LEFT JOIN "Exit" AS x ON x."EnrollmentID" = e."EnrollmentID"
    LEFT JOIN "move_ins" AS v ON v."EnrollmentID" = e."EnrollmentID"
    LEFT JOIN bounds AS b ON b."EnrollmentID" = e."EnrollmentID"
    WHERE j."ProjectType" IN (0, 1, 2, 3, 8, 9, 10, 13)
),
beds AS (
    SELECT h.*
    FROM housed AS h
    WHERE h.begins < h.ends OR (h."ProjectType" = 1 AND h.begins = h.ends)
),
pairs AS (
    SELECT
        l."ProjectID" AS project_id,
        l."PersonalID" AS personal_id,
        l."EnrollmentID" AS enrollment_id,
        l."HouseholdID" AS household_id,
        o."EnrollmentID" AS record_id,
        l."ProjectType",
        o."ProjectType" AS other_type,
        l."ProjectID" = o."ProjectID" AS same_project,
        CASE WHEN l.begins > o.begins THEN l.begins ELSE o.begins END AS begins,
        CASE WHEN l.ends < o.ends THEN l.ends ELSE o.ends END AS ends,
        -- Of a pair with one night-by-night stay, the end of the other.
        CASE WHEN l."ProjectType" = 1 THEN o.ends ELSE l.ends END AS other_ends
    FROM beds AS l
    JOIN beds AS o
        ON o."PersonalID" = l."PersonalID"
        AND (o.begins < l.begins OR (o.begins = l.begins AND o."EnrollmentID" < l."EnrollmentID"))
    WHERE
        NOT (l."ProjectType" = 13 AND o."ProjectType" IN (3, 9, 10))
        AND NOT (o."ProjectType" = 13 AND l."ProjectType" IN (3, 9, 10))
),
-- Bed nights of a night-by-night stay that lie in the other stay, or are bed nights of it too.
nights AS (
    SELECT p.enrollment_id, p.record_id, count(*) AS nights
    FROM pairs AS p
    JOIN "bed_nights" AS n
        ON n."EnrollmentID" = CASE WHEN p."ProjectType" = 1 THEN p.enrollment_id ELSE p.record_id END
    LEFT JOIN "bed_nights" AS m ON m."EnrollmentID" = p.record_id AND m."DateProvided" = n."DateProvided"
    WHERE
        (p."ProjectType" = 1 OR p.other_type = 1)
        AND n."DateProvided" >= p.begins
        AND CASE
            WHEN p."ProjectType" = 1 AND p.other_type = 1 THEN m."EnrollmentID" IS NOT NULL
            ELSE n."DateProvided" < p.other_ends
        END
    GROUP BY p.enrollment_id, p.record_id
)
SELECT
    p.project_id,
    p.personal_id,
    p.enrollment_id,
    p.household_id,
    p.record_id,
    p."ProjectType",
    p.other_type,
    p.same_project,
    CASE
        WHEN p."ProjectType" = 1 OR p.other_type = 1 THEN coalesce(n.nights, 0)
        WHEN p.begins < p.ends THEN date_diff('day', p.begins, p.ends)
        ELSE 0
    END AS shared_nights,
    CASE WHEN (p."ProjectType" = 1 AND p.other_type = 0) OR (p."ProjectType" = 0 AND p.other_type = 1) THEN 2 ELSE 0 END
        AS nights_tolerated
FROM pairs AS p
LEFT JOIN nights AS n ON n.enrollment_id = p.enrollment_id AND n.record_id = p.record_id
