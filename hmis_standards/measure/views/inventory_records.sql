-- For checks: one row an inventory record, with its project. `active`: it overlaps the period of the export; an end
-- that is blank is open, and the end itself still counts.
SELECT
    i."ProjectID" AS project_id,
    cast(NULL AS VARCHAR) AS personal_id,
    cast(NULL AS VARCHAR) AS enrollment_id,
    cast(NULL AS VARCHAR) AS household_id,
    i."InventoryID" AS record_id,
    i."ProjectID",
    i."CoCCode",
    p."ProjectType",
    p."RRHSubType",
    p."HousingType",
    p."OperatingStartDate",
    p."OperatingEndDate",
    i."HouseholdType",
    i."Availability",
    i."ESBedType",
    i."UnitInventory",
    i."BedInventory",
    i."InventoryStartDate",
    i."InventoryEndDate",
    coalesce(i."InventoryEndDate", DATE '9999-12-31') AS ends,
    coalesce(i."Availability" <> 3, TRUE) AS no_overflow,
    coalesce(
        i."InventoryStartDate" <= w."ExportEndDate"
        AND coalesce(i."InventoryEndDate", DATE '9999-12-31') >= w."ExportStartDate",
        FALSE
    ) AS active,
    y."ProjectID" IS NOT NULL AS bed_project,
    coalesce(i."CHVetBedInventory", 0) + coalesce(i."YouthVetBedInventory", 0) + coalesce(i."VetBedInventory", 0)
        AS veteran_beds,
    coalesce(i."CHVetBedInventory", 0) + coalesce(i."CHYouthBedInventory", 0) + coalesce(i."CHBedInventory", 0)
        AS chronic_beds,
    coalesce(i."CHVetBedInventory", 0)
    + coalesce(i."YouthVetBedInventory", 0)
    + coalesce(i."VetBedInventory", 0)
    + coalesce(i."CHYouthBedInventory", 0)
    + coalesce(i."YouthBedInventory", 0)
    + coalesce(i."CHBedInventory", 0)
    + coalesce(i."OtherBedInventory", 0) AS beds_by_group,
    coalesce(
        i."InventoryStartDate" <= coalesce(p."OperatingEndDate", DATE '9999-12-31')
        AND coalesce(i."InventoryEndDate", DATE '9999-12-31') >= p."OperatingStartDate",
        FALSE
    ) AS while_operating,
    c."ProjectID" IS NOT NULL AS in_a_coc_of_the_project
FROM "Inventory" AS i
CROSS JOIN "this_export" AS w
LEFT JOIN "Project" AS p ON p."ProjectID" = i."ProjectID"
LEFT JOIN "bed_projects" AS y ON y."ProjectID" = p."ProjectID"
LEFT JOIN (SELECT DISTINCT r."ProjectID", r."CoCCode" FROM "ProjectCoC" AS r) AS c
    ON c."ProjectID" = i."ProjectID" AND c."CoCCode" = i."CoCCode"
