-- The projects asked for. `in_coc` says whether a limit to CoCs takes the whole project: a project with
-- one CoC belongs to it; null where it has several or none, and the CoC of each household's head decides.
WITH one_coc AS (
    SELECT c."ProjectID", min(c."CoCCode") AS "CoCCode"
    FROM "ProjectCoC" AS c
    GROUP BY c."ProjectID"
    HAVING count(DISTINCT c."CoCCode") = 1
),
path AS (
    SELECT DISTINCT f."ProjectID"
    FROM "Funder" AS f
    WHERE f."Funder" = 21
)
SELECT
    j."ProjectID",
    j."ProjectType",
    f."ProjectID" IS NOT NULL AS path_funded,
    CASE
        WHEN (SELECT count(*) FROM "cocs") = 0 THEN TRUE
        WHEN o."CoCCode" IS NOT NULL THEN w."CoCCode" IS NOT NULL
    END AS in_coc
FROM "Project" AS j
JOIN "chosen" AS l ON l."ProjectID" = j."ProjectID"
LEFT JOIN one_coc AS o ON o."ProjectID" = j."ProjectID"
LEFT JOIN "cocs" AS w ON w."CoCCode" = o."CoCCode"
LEFT JOIN path AS f ON f."ProjectID" = j."ProjectID"
