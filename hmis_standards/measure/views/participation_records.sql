-- For checks: one row a record of taking part in HMIS, with the last day of all records of the project that began before it.
SELECT
    h."ProjectID" AS project_id,
    cast(NULL AS VARCHAR) AS personal_id,
    cast(NULL AS VARCHAR) AS enrollment_id,
    cast(NULL AS VARCHAR) AS household_id,
    h."HMISParticipationID" AS record_id,
    p."ProjectType",
    h."HMISParticipationType",
    h."HMISParticipationStatusStartDate",
    h."HMISParticipationStatusEndDate",
    max(coalesce(h."HMISParticipationStatusEndDate", DATE '9999-12-31')) OVER (
        PARTITION BY h."ProjectID"
        ORDER BY h."HMISParticipationStatusStartDate", h."_row"
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS earlier_until
FROM "HMISParticipation" AS h
LEFT JOIN "Project" AS p ON p."ProjectID" = h."ProjectID"
