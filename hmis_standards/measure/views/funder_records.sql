-- For checks: one row a funding source of a project. `active`: it overlaps the period of the export. `expects`: the
-- types of project the grant is for, as a word; blank where the grant does not say. `fits`: the project is of one.
SELECT
    f."ProjectID" AS project_id,
    cast(NULL AS VARCHAR) AS personal_id,
    cast(NULL AS VARCHAR) AS enrollment_id,
    cast(NULL AS VARCHAR) AS household_id,
    f."FunderID" AS record_id,
    f."ProjectID",
    f."Funder",
    f."StartDate",
    f."EndDate",
    p."ProjectType",
    p."ContinuumProject",
    coalesce(p."ProjectType" IN (0, 1, 2, 3, 8, 9, 10, 13), FALSE) AS housing_type_project,
    coalesce(
        f."StartDate" <= w."ExportEndDate" AND coalesce(f."EndDate", DATE '9999-12-31') >= w."ExportStartDate", FALSE
    ) AS active,
    CASE
        WHEN f."Funder" IN (8, 13, 17, 22, 27) THEN 'emergency shelter'
        WHEN f."Funder" IN (3, 10) THEN 'rapid re-housing'
        WHEN f."Funder" IN (6, 30, 38) THEN 'safe haven'
        WHEN f."Funder" IN (5, 19, 23, 24, 37, 39, 40, 41) THEN 'transitional housing'
        WHEN f."Funder" IN (2, 15, 20) THEN 'permanent supportive housing'
        WHEN f."Funder" = 42 THEN 'housing only'
        WHEN f."Funder" = 44 THEN 'transitional housing or rapid re-housing'
    END AS expects,
    CASE
        WHEN f."Funder" = 8 THEN p."ProjectType" IN (0, 1, 2)
        WHEN f."Funder" IN (13, 17, 22, 27) THEN p."ProjectType" IN (0, 1)
        WHEN f."Funder" IN (3, 10) THEN p."ProjectType" = 13
        WHEN f."Funder" IN (6, 30, 38) THEN p."ProjectType" = 8
        WHEN f."Funder" IN (5, 19, 23, 24, 37, 39, 40, 41) THEN p."ProjectType" = 2
        WHEN f."Funder" IN (2, 15, 20) THEN p."ProjectType" = 3
        WHEN f."Funder" = 42 THEN p."ProjectType" = 9
        WHEN f."Funder" = 44 THEN p."ProjectType" IN (2, 13)
        WHEN f."Funder" IN (33, 47) THEN p."ProjectType" IN (0, 1, 13)
        WHEN f."Funder" = 53 THEN p."ProjectType" IN (0, 1, 2, 13)
        WHEN f."Funder" = 54 THEN p."ProjectType" IN (2, 3, 13)
        WHEN f."Funder" = 55 THEN p."ProjectType" IN (0, 1, 2, 3, 13)
    END AS fits
FROM "Funder" AS f
CROSS JOIN "this_export" AS w
LEFT JOIN "Project" AS p ON p."ProjectID" = f."ProjectID"
