-- The CoCs of each project, each once.
SELECT DISTINCT c."ProjectID", c."CoCCode"
FROM "ProjectCoC" AS c
WHERE c."CoCCode" IS NOT NULL
