-- For checks: one row a record of taking part in HMIS, or in coordinated entry (`part`: HMIS, CE), with the last day of all
-- records of the project, of the same file, that began before it.
WITH records AS (
    SELECT
        'HMIS' AS part,
        h."HMISParticipationID" AS record_id,
        h."ProjectID",
        h."HMISParticipationStatusStartDate" AS begins,
        h."HMISParticipationStatusEndDate" AS ends,
        h."_row" AS place
    FROM "HMISParticipation" AS h
    UNION ALL
    SELECT
        'CE' AS part,
        c."CEParticipationID" AS record_id,
        c."ProjectID",
        c."CEParticipationStatusStartDate" AS begins,
        c."CEParticipationStatusEndDate" AS ends,
        c."_row" AS place
    FROM "CEParticipation" AS c
)
SELECT
    r."ProjectID" AS project_id,
    cast(NULL AS VARCHAR) AS personal_id,
    cast(NULL AS VARCHAR) AS enrollment_id,
    cast(NULL AS VARCHAR) AS household_id,
    r.record_id,
    r.part,
    p."ProjectType",
    r.begins,
    r.ends,
    max(coalesce(r.ends, DATE '9999-12-31')) OVER (
        PARTITION BY r.part, r."ProjectID"
        ORDER BY r.begins, r.place
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS earlier_until
FROM records AS r
LEFT JOIN "Project" AS p ON p."ProjectID" = r."ProjectID"
