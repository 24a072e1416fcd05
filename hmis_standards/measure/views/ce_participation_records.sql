-- For checks: one row a record of taking part in coordinated entry, with the last day of all records of the project that
-- began before it.
SELECT
    h."ProjectID" AS project_id,
    cast(NULL AS VARCHAR) AS personal_id,
    cast(NULL AS VARCHAR) AS enrollment_id,
    cast(NULL AS VARCHAR) AS household_id,
    h."CEParticipationID" AS record_id,
    p."ProjectType",
    h."CEParticipationStatusStartDate",
    h."CEParticipationStatusEndDate",
    max(coalesce(h."CEParticipationStatusEndDate", DATE '9999-12-31')) OVER (
        PARTITION BY h."ProjectID"
        ORDER BY h."CEParticipationStatusStartDate", h."_row"
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS earlier_until
FROM "CEParticipation" AS h
LEFT JOIN "Project" AS p ON p."ProjectID" = h."ProjectID"
