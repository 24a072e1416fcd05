-- Nights in projects with beds, as spans from a first night up to the day after the last: one row an enrollment, or a
-- bed night of a night-by-night shelter. In permanent housing a stay begins with the move-in; whoever moved in to
-- rapid re-housing on the day of the exit was there for that night. `person_begins` and `household_begins` leave out
-- what earlier spans of the same person or household in the project cover: their sums count each night once.
WITH spans AS (
    SELECT
        s."ProjectID",
        s."PersonalID",
        s.household,
        n."DateProvided" AS begins,
        CAST(n."DateProvided" + INTERVAL 1 DAY AS DATE) AS ends
    FROM "active_stays" AS s
    JOIN "bed_nights" AS n ON n."EnrollmentID" = s."EnrollmentID"
    WHERE s."ProjectType" = 1
    UNION ALL
    SELECT
        s."ProjectID",
        s."PersonalID",
        s.household,
        CASE WHEN s."ProjectType" IN (0, 2, 8) THEN s."EntryDate" ELSE v.moved_in END AS begins,
        CASE
            WHEN s."ProjectType" = 13 AND v.moved_in = s."ExitDate" THEN CAST(s."ExitDate" + INTERVAL 1 DAY AS DATE)
            ELSE coalesce(s."ExitDate", DATE '9999-12-31')
        END AS ends
    FROM "active_stays" AS s
    LEFT JOIN "move_ins" AS v ON v."EnrollmentID" = s."EnrollmentID"
    WHERE s."ProjectType" IN (0, 2, 3, 8, 9, 10, 13)
),
ranked AS (
    SELECT
        s.*,
        max(s.ends) OVER (
            PARTITION BY s."ProjectID", s."PersonalID"
            ORDER BY s.begins, s.ends
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS person_until,
        max(s.ends) OVER (
            PARTITION BY s."ProjectID", s.household
            ORDER BY s.begins, s.ends
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS household_until
    FROM spans AS s
    WHERE s.begins < s.ends
)
SELECT
    r."ProjectID",
    h.kind = 'unknown' AS household_unknown,
    greatest(r.begins, coalesce(r.person_until, r.begins)) AS person_begins,
    greatest(r.begins, coalesce(r.household_until, r.begins)) AS household_begins,
    r.ends
FROM ranked AS r
JOIN "active_households" AS h ON h."ProjectID" = r."ProjectID" AND h.household = r.household
