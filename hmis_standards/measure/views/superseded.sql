-- Active stays that are not a person's latest: of two begun on one day the open one is, then the one with the later
-- exit, then the one with the smaller EnrollmentID, which no text asks for but which makes the count the same on every
-- run. For people who are not the same in all slices, by slice.
WITH several AS (
    SELECT s."PersonalID"
    FROM "stays" AS s
    WHERE s.active
    GROUP BY s."PersonalID"
    HAVING count(*) > 1
),
ranked AS (
    SELECT
        coalesce(w.slice, '') AS slice,
        s."EnrollmentID",
        row_number() OVER (
            PARTITION BY coalesce(w.slice, ''), s."PersonalID"
            ORDER BY
                s."EntryDate" DESC,
                CASE WHEN s."ExitDate" IS NULL THEN 0 ELSE 1 END,
                s."ExitDate" DESC,
                s."EnrollmentID"
        ) AS place
    FROM "stays" AS s
    JOIN several AS m ON m."PersonalID" = s."PersonalID"
    LEFT JOIN "person_slices" AS w ON w."PersonalID" = s."PersonalID" AND w."ProjectID" = s."ProjectID"
    WHERE s.active
)
SELECT r.slice, r."EnrollmentID"
FROM ranked AS r
WHERE r.place > 1
