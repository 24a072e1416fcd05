-- For checks: one row a project, with what stands under it in the other files.
WITH cocs AS (
    SELECT c."ProjectID", count(*) AS coc_records
    FROM "ProjectCoC" AS c
    GROUP BY c."ProjectID"
),
inventory AS (
    SELECT
        i."ProjectID",
        count(*) AS inventory_records,
        coalesce(sum(CASE WHEN i.active THEN i."BedInventory" ELSE 0 END), 0) AS active_beds,
        coalesce(sum(CASE WHEN i.active AND i.no_overflow THEN i."BedInventory" ELSE 0 END), 0) AS active_own_beds,
        max(CASE WHEN i.active AND i.veteran_beds > 0 THEN 1 ELSE 0 END) AS has_veteran_beds
    FROM "inventory_records" AS i
    GROUP BY i."ProjectID"
),
part AS (
    SELECT
        h."ProjectID",
        count(*) AS participation_records,
        max(CASE WHEN h."HMISParticipationType" = 1 THEN 1 ELSE 0 END) AS in_hmis,
        max(
            CASE
                WHEN
                    h."HMISParticipationType" = 1
                    AND h."HMISParticipationStatusStartDate" <= w."ExportEndDate"
                    AND coalesce(h."HMISParticipationStatusEndDate", DATE '9999-12-31') >= w."ExportStartDate"
                    THEN 1
                ELSE 0
            END
        ) AS in_hmis_now
    FROM "HMISParticipation" AS h
    CROSS JOIN "this_export" AS w
    GROUP BY h."ProjectID"
),
stays AS (
    SELECT
        e."ProjectID",
        count(*) AS enrollments,
        count(*) FILTER (WHERE x."ExitDate" IS NULL) AS open_enrollments,
        max(x."ExitDate") AS latest_exit,
        count(*) FILTER (
            WHERE e."EntryDate" <= w."ExportEndDate"
            AND coalesce(x."ExitDate", DATE '9999-12-31') >= w."ExportStartDate"
        ) AS enrollments_in_period,
        count(n."EnrollmentID") AS enrollments_with_a_night
    FROM "Enrollment" AS e
    CROSS JOIN "this_export" AS w
    LEFT JOIN "Exit" AS x ON x."EnrollmentID" = e."EnrollmentID"
    LEFT JOIN (SELECT DISTINCT b."EnrollmentID" FROM "bed_nights" AS b) AS n ON n."EnrollmentID" = e."EnrollmentID"
    GROUP BY e."ProjectID"
),
-- Stays that overlap an inventory record with beds of their own (a day between two records is in none), and stays that
-- overlap a time of participation.
within AS (
    SELECT e."ProjectID", count(DISTINCT e."EnrollmentID") AS stays_within_inventory
    FROM "Enrollment" AS e
    LEFT JOIN "Exit" AS x ON x."EnrollmentID" = e."EnrollmentID"
    JOIN "inventory_records" AS i
        ON
            i."ProjectID" = e."ProjectID"
            AND i."InventoryStartDate" <= coalesce(x."ExitDate", DATE '9999-12-31')
            AND i.ends >= e."EntryDate"
    WHERE i.active AND i.no_overflow AND i."BedInventory" > 0
    GROUP BY e."ProjectID"
),
idle AS (
    SELECT s."ProjectID", max(CASE WHEN s.stays = 0 THEN 1 ELSE 0 END) AS has_idle_span
    FROM (
        SELECT
            h."ProjectID",
            h."_row",
            count(e."EnrollmentID") AS stays
        FROM "HMISParticipation" AS h
        CROSS JOIN "this_export" AS w
        LEFT JOIN "household_members" AS e
            ON
                e."ProjectID" = h."ProjectID"
                AND e."EntryDate" <= coalesce(h."HMISParticipationStatusEndDate", DATE '9999-12-31')
                AND coalesce(e."ExitDate", DATE '9999-12-31') >= h."HMISParticipationStatusStartDate"
        WHERE
            h."HMISParticipationType" = 1
            AND h."HMISParticipationStatusStartDate" <= w."ExportEndDate"
            AND coalesce(h."HMISParticipationStatusEndDate", DATE '9999-12-31') >= w."ExportStartDate"
        GROUP BY h."ProjectID", h."_row"
    ) AS s
    GROUP BY s."ProjectID"
),
money AS (
    SELECT
        f."ProjectID",
        max(CASE WHEN f.active THEN 1 ELSE 0 END) AS funded,
        max(CASE WHEN f.active AND f."Funder" IN (20, 27, 30, 33, 37, 38, 39, 40, 41, 42, 45) THEN 1 ELSE 0 END)
            AS va_funded,
        count(DISTINCT CASE WHEN f.active THEN f.expects END) AS expected_types
    FROM "funder_records" AS f
    GROUP BY f."ProjectID"
),
related AS (
    SELECT a."ProjectID", count(*) AS affiliations
    FROM "Affiliation" AS a
    GROUP BY a."ProjectID"
)
SELECT
    p."ProjectID" AS project_id,
    cast(NULL AS VARCHAR) AS personal_id,
    cast(NULL AS VARCHAR) AS enrollment_id,
    cast(NULL AS VARCHAR) AS household_id,
    p."ProjectID" AS record_id,
    p."ProjectType",
    p."HousingType",
    p."RRHSubType",
    p."ContinuumProject",
    p."ResidentialAffiliation",
    p."TargetPopulation",
    p."PITCount",
    p."OperatingStartDate",
    p."OperatingEndDate",
    o."VictimServiceProvider",
    w."ExportDate",
    w."ExportStartDate",
    w."ExportEndDate",
    y."ProjectID" IS NOT NULL AS bed_project,
    coalesce(p."OperatingStartDate" <= w."ExportEndDate", FALSE)
    AND coalesce(p."OperatingEndDate", DATE '9999-12-31') >= w."ExportStartDate" AS operating,
    coalesce(c.coc_records, 0) AS coc_records,
    coalesce(i.inventory_records, 0) AS inventory_records,
    coalesce(i.active_beds, 0) AS active_beds,
    coalesce(i.active_own_beds, 0) AS active_own_beds,
    coalesce(i.has_veteran_beds, 0) = 1 AS has_veteran_beds,
    coalesce(t.participation_records, 0) AS participation_records,
    coalesce(t.in_hmis, 0) = 1 AS in_hmis,
    coalesce(t.in_hmis_now, 0) = 1 AS in_hmis_now,
    coalesce(s.enrollments, 0) AS enrollments,
    coalesce(s.open_enrollments, 0) AS open_enrollments,
    s.latest_exit,
    coalesce(s.enrollments_in_period, 0) AS enrollments_in_period,
    coalesce(s.enrollments_with_a_night, 0) AS enrollments_with_a_night,
    coalesce(n.stays_within_inventory, 0) AS stays_within_inventory,
    coalesce(d.has_idle_span, 0) = 1 AS has_idle_span,
    coalesce(m.funded, 0) = 1 AS funded,
    coalesce(m.va_funded, 0) = 1 AS va_funded,
    coalesce(m.expected_types, 0) AS expected_types,
    coalesce(r.affiliations, 0) AS affiliations,
    g."ProjectID" IS NOT NULL AS participation_gap
FROM "Project" AS p
CROSS JOIN "this_export" AS w
LEFT JOIN "Organization" AS o ON o."OrganizationID" = p."OrganizationID"
LEFT JOIN cocs AS c ON c."ProjectID" = p."ProjectID"
LEFT JOIN inventory AS i ON i."ProjectID" = p."ProjectID"
LEFT JOIN part AS t ON t."ProjectID" = p."ProjectID"
LEFT JOIN stays AS s ON s."ProjectID" = p."ProjectID"
LEFT JOIN within AS n ON n."ProjectID" = p."ProjectID"
LEFT JOIN idle AS d ON d."ProjectID" = p."ProjectID"
LEFT JOIN money AS m ON m."ProjectID" = p."ProjectID"
LEFT JOIN related AS r ON r."ProjectID" = p."ProjectID"
LEFT JOIN "participation_gaps" AS g ON g."ProjectID" = p."ProjectID"
LEFT JOIN "bed_projects" AS y ON y."ProjectID" = p."ProjectID"
