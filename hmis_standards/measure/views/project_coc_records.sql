-- For checks: one row a record of ProjectCoC.csv: where a project is, in one CoC.
WITH held AS (
    SELECT
        i."ProjectID",
        i."CoCCode",
        max(CASE WHEN i.active THEN 1 ELSE 0 END) AS active_here
    FROM "inventory_records" AS i
    GROUP BY i."ProjectID", i."CoCCode"
),
anywhere AS (
    SELECT i."ProjectID", count(*) AS inventory_records
    FROM "Inventory" AS i
    GROUP BY i."ProjectID"
)
SELECT
    c."ProjectID" AS project_id,
    cast(NULL AS VARCHAR) AS personal_id,
    cast(NULL AS VARCHAR) AS enrollment_id,
    cast(NULL AS VARCHAR) AS household_id,
    c."ProjectCoCID" AS record_id,
    p."ProjectType",
    p."HousingType",
    o."VictimServiceProvider",
    c."CoCCode",
    c."Geocode",
    c."GeographyType",
    c."Address1",
    c."City",
    c."State",
    c."ZIP",
    regexp_matches(c."ZIP", '^[0-9]{5}(-?[0-9]{4})?$') AS zip_fits,
    regexp_matches(c."Geocode", '^[0-9]{6}$')
    AND c."Geocode" NOT IN (
        '000000', '111111', '222222', '333333', '444444', '555555', '666666', '777777', '888888', '999999'
    ) AS geocode_fits,
    count(*) OVER (PARTITION BY c."ProjectID", c."CoCCode") AS same_coc,
    y."ProjectID" IS NOT NULL AS bed_project,
    coalesce(a.inventory_records, 0) AS inventory_records,
    coalesce(h.active_here, 0) = 1 AS has_inventory_here
FROM "ProjectCoC" AS c
LEFT JOIN "Project" AS p ON p."ProjectID" = c."ProjectID"
LEFT JOIN "bed_projects" AS y ON y."ProjectID" = p."ProjectID"
LEFT JOIN "Organization" AS o ON o."OrganizationID" = p."OrganizationID"
LEFT JOIN held AS h ON h."ProjectID" = c."ProjectID" AND h."CoCCode" = c."CoCCode"
LEFT JOIN anywhere AS a ON a."ProjectID" = c."ProjectID"
