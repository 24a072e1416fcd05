-- Projects open on one day, with their year-round beds and whether they take part in HMIS or a comparable database.
WITH beds AS (
    SELECT
        i."ProjectID",
        sum(CASE WHEN i."Availability" IS NULL OR i."Availability" = 1 THEN i."BedInventory" ELSE 0 END) AS beds
    FROM "Inventory" AS i
    CROSS JOIN "night" AS n
    LEFT JOIN "cocs" AS w ON w."CoCCode" = i."CoCCode"
    WHERE
        i."InventoryStartDate" <= n.night
        AND (i."InventoryEndDate" IS NULL OR i."InventoryEndDate" >= n.night)
        AND (w."CoCCode" IS NOT NULL OR (SELECT count(*) FROM "cocs") = 0)
    GROUP BY i."ProjectID"
),
part AS (
    SELECT
        h."ProjectID",
        max(CASE WHEN h."HMISParticipationType" = 1 THEN 1 ELSE 0 END) AS in_hmis,
        max(CASE WHEN h."HMISParticipationType" = 2 THEN 1 ELSE 0 END) AS in_comparable
    FROM "HMISParticipation" AS h
    CROSS JOIN "night" AS n
    WHERE
        h."HMISParticipationStatusStartDate" <= n.night
        AND (h."HMISParticipationStatusEndDate" IS NULL OR h."HMISParticipationStatusEndDate" > n.night)
    GROUP BY h."ProjectID"
),
placed AS (
    SELECT DISTINCT c."ProjectID"
    FROM "ProjectCoC" AS c
    JOIN "cocs" AS w ON w."CoCCode" = c."CoCCode"
)
SELECT
    p."ProjectID",
    p."ProjectType",
    coalesce(o."VictimServiceProvider" = 1, FALSE) AS victim_service_provider,
    cast(coalesce(b.beds, 0) AS BIGINT) AS beds,
    coalesce(t.in_hmis, 0) = 1 AS in_hmis,
    coalesce(t.in_comparable, 0) = 1 AS in_comparable,
    coalesce(p."ProjectType" = 13 AND p."RRHSubType" <> 2, FALSE) AS services_only,
    l."ProjectID" IS NOT NULL OR (SELECT count(*) FROM "cocs") = 0 AS in_coc
FROM "Project" AS p
CROSS JOIN "night" AS n
LEFT JOIN "Organization" AS o ON o."OrganizationID" = p."OrganizationID"
LEFT JOIN beds AS b ON b."ProjectID" = p."ProjectID"
LEFT JOIN part AS t ON t."ProjectID" = p."ProjectID"
LEFT JOIN placed AS l ON l."ProjectID" = p."ProjectID"
WHERE
    p."ContinuumProject" = 1
    AND p."OperatingStartDate" <= n.night
    AND (p."OperatingEndDate" IS NULL OR p."OperatingEndDate" > n.night)
