-- Households whose stays lie in several projects: what they are depends on the slice. One row for each slice they are
-- in and each project of theirs that belongs to it. All other households are the same in every slice.
WITH several AS (
    SELECT s.household
    FROM "stays" AS s
    GROUP BY s.household
    HAVING min(s."ProjectID") <> max(s."ProjectID")
)
SELECT DISTINCT s.household, s."ProjectID", l.slice
FROM "stays" AS s
JOIN several AS m ON m.household = s.household
JOIN "slices" AS l ON l."ProjectID" = s."ProjectID"
