-- Stays in each slice asked for (the whole system, a project type, a project), limited to the CoCs asked for.
-- A project with one CoC belongs to it; otherwise the CoC of a head of the household decides.
WITH one_coc AS (
    SELECT c."ProjectID", min(c."CoCCode") AS "CoCCode"
    FROM "ProjectCoC" AS c
    GROUP BY c."ProjectID"
    HAVING count(DISTINCT c."CoCCode") = 1
),
household_coc AS (
    SELECT DISTINCT s.household
    FROM "stays" AS s
    JOIN "cocs" AS w ON w."CoCCode" = s."EnrollmentCoC"
    WHERE s.head
)
SELECT l.slice, s.*
FROM "stays" AS s
JOIN "slices" AS l ON l."ProjectID" = s."ProjectID"
LEFT JOIN one_coc AS o ON o."ProjectID" = s."ProjectID"
LEFT JOIN household_coc AS h ON h.household = s.household
LEFT JOIN "cocs" AS w ON w."CoCCode" = o."CoCCode"
WHERE
    (SELECT count(*) FROM "cocs") = 0
    OR w."CoCCode" IS NOT NULL
    OR (o."CoCCode" IS NULL AND h.household IS NOT NULL)
