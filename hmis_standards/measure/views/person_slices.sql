-- People with active stays in several projects, or in a household that has: which stay is their latest, and in which
-- household, depends on the slice. One row for each slice and project, as in household_slices.
WITH unsteady AS (
    SELECT DISTINCT h.household
    FROM "household_slices" AS h
),
several AS (
    SELECT s."PersonalID"
    FROM "stays" AS s
    LEFT JOIN unsteady AS u ON u.household = s.household
    WHERE s.active
    GROUP BY s."PersonalID"
    HAVING min(s."ProjectID") <> max(s."ProjectID") OR count(u.household) > 0
)
SELECT DISTINCT s."PersonalID", s."ProjectID", l.slice
FROM "stays" AS s
JOIN several AS m ON m."PersonalID" = s."PersonalID"
JOIN "slices" AS l ON l."ProjectID" = s."ProjectID"
WHERE s.active
