-- FY2022 has one type of emergency shelter, 1, and a tracking method: 3 is night-by-night, which keeps the type 1; any
-- other answer, and none, is entry/exit, now type 0.
SELECT
    {columns},
    CASE WHEN t."ProjectType" = 1 AND coalesce(t."TrackingMethod", 0) <> 3 THEN CAST(0 AS SMALLINT) ELSE t."ProjectType" END
        AS "ProjectType"
FROM "Project" AS t
