-- Projects with a day, in the period of the export and while they operated, on which no record says whether they took
-- part in HMIS.
WITH wanted AS (
    SELECT
        p."ProjectID",
        greatest(p."OperatingStartDate", w."ExportStartDate") AS begins,
        least(coalesce(p."OperatingEndDate", DATE '9999-12-31'), w."ExportEndDate") AS ends
    FROM "Project" AS p
    CROSS JOIN "this_export" AS w
    WHERE p."OperatingStartDate" IS NOT NULL AND w."ExportStartDate" IS NOT NULL AND w."ExportEndDate" IS NOT NULL
),
records AS (
    SELECT
        t."ProjectID",
        t.begins AS first_day,
        t.ends AS last_day,
        h."HMISParticipationStatusStartDate" AS begins,
        coalesce(h."HMISParticipationStatusEndDate", DATE '9999-12-31') AS ends,
        h."_row" AS place
    FROM wanted AS t
    LEFT JOIN "HMISParticipation" AS h
        ON
            h."ProjectID" = t."ProjectID"
            AND h."HMISParticipationStatusStartDate" <= t.ends
            AND coalesce(h."HMISParticipationStatusEndDate", DATE '9999-12-31') >= t.begins
    WHERE t.begins <= t.ends
),
reached AS (
    SELECT
        r.*,
        max(r.ends) OVER (
            PARTITION BY r."ProjectID"
            ORDER BY r.begins, r.ends, r.place
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS covered_to,
        max(r.ends) OVER (PARTITION BY r."ProjectID") AS covered_at_last
    FROM records AS r
)
SELECT DISTINCT r."ProjectID"
FROM reached AS r
WHERE
    r.begins IS NULL
    OR (r.covered_to IS NULL AND r.begins > r.first_day)
    OR date_diff('day', r.covered_to, r.begins) > 1
    OR r.covered_at_last < r.last_day
