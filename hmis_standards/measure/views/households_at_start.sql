-- When each household began, and whether one of those who came then was chronically homeless: members who left
-- before the report pass their status on too.
WITH began AS (
    SELECT s.slice, s.household, min(s."EntryDate") AS began
    FROM "placed" AS s
    GROUP BY s.slice, s.household
)
SELECT b.slice, b.household, b.began, max(CASE WHEN s.chronic_alone THEN 1 ELSE 0 END) AS chronic
FROM began AS b
JOIN "placed" AS s ON s.slice = b.slice AND s.household = b.household AND s."EntryDate" = b.began
GROUP BY b.slice, b.household, b.began
