-- Projects open on a night, on each of the nights: their beds by availability, their count of people that night, and
-- whether they take part in HMIS or a comparable database.
WITH beds AS (
    SELECT
        n.night,
        i."ProjectID",
        sum(CASE WHEN i."Availability" IS NULL OR i."Availability" = 1 THEN i."BedInventory" ELSE 0 END) AS beds,
        sum(CASE WHEN i."Availability" = 2 THEN i."BedInventory" ELSE 0 END) AS seasonal_beds,
        sum(CASE WHEN i."Availability" = 3 THEN i."BedInventory" ELSE 0 END) AS overflow_beds
    FROM "Inventory" AS i
    CROSS JOIN "coverage_nights" AS n
    LEFT JOIN "cocs" AS w ON w."CoCCode" = i."CoCCode"
    WHERE
        i."InventoryStartDate" <= n.night
        AND (i."InventoryEndDate" IS NULL OR i."InventoryEndDate" >= n.night)
        AND (w."CoCCode" IS NOT NULL OR (SELECT count(*) FROM "cocs") = 0)
    GROUP BY n.night, i."ProjectID"
),
part AS (
    SELECT
        n.night,
        h."ProjectID",
        max(CASE WHEN h."HMISParticipationType" = 1 THEN 1 ELSE 0 END) AS in_hmis,
        max(CASE WHEN h."HMISParticipationType" = 2 THEN 1 ELSE 0 END) AS in_comparable
    FROM "HMISParticipation" AS h
    CROSS JOIN "coverage_nights" AS n
    WHERE
        h."HMISParticipationStatusStartDate" <= n.night
        AND (h."HMISParticipationStatusEndDate" IS NULL OR h."HMISParticipationStatusEndDate" > n.night)
    GROUP BY n.night, h."ProjectID"
),
placed AS (
    SELECT DISTINCT c."ProjectID"
    FROM "ProjectCoC" AS c
    JOIN "cocs" AS w ON w."CoCCode" = c."CoCCode"
)
SELECT
    n.night,
    p."ProjectID",
    p."OrganizationID",
    p."ProjectType",
    coalesce(p."ContinuumProject" = 1, FALSE) AS continuum,
    coalesce(o."VictimServiceProvider" = 1, FALSE) AS victim_service_provider,
    cast(coalesce(b.beds, 0) AS BIGINT) AS beds,
    cast(coalesce(b.seasonal_beds, 0) AS BIGINT) AS seasonal_beds,
    cast(coalesce(b.overflow_beds, 0) AS BIGINT) AS overflow_beds,
    coalesce(p."PITCount", 0) AS people_counted,
    coalesce(t.in_hmis, 0) = 1 AS in_hmis,
    coalesce(t.in_comparable, 0) = 1 AS in_comparable,
    coalesce(p."ProjectType" = 13 AND p."RRHSubType" <> 2, FALSE) AS services_only,
    l."ProjectID" IS NOT NULL OR (SELECT count(*) FROM "cocs") = 0 AS in_coc
FROM "Project" AS p
CROSS JOIN "coverage_nights" AS n
LEFT JOIN "Organization" AS o ON o."OrganizationID" = p."OrganizationID"
LEFT JOIN beds AS b ON b."ProjectID" = p."ProjectID" AND b.night = n.night
LEFT JOIN part AS t ON t."ProjectID" = p."ProjectID" AND t.night = n.night
LEFT JOIN placed AS l ON l."ProjectID" = p."ProjectID"
WHERE
    p."OperatingStartDate" <= n.night
    AND (p."OperatingEndDate" IS NULL OR p."OperatingEndDate" > n.night)
