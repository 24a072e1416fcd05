-- Projects whose type has beds of its own; a rapid re-housing project unless it only gives services.
SELECT p."ProjectID"
FROM "Project" AS p
WHERE
    p."ProjectType" IN (0, 1, 2, 3, 8, 9, 10)
    OR (p."ProjectType" = 13 AND (p."RRHSubType" IS NULL OR p."RRHSubType" = 2))
