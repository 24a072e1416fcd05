-- FY2022 records the CoC of an enrollment in a file of its own. The record at project start counts; of several the one
-- dated last, and of those the last in the file.
SELECT {columns}, c."CoCCode" AS "EnrollmentCoC"
FROM "Enrollment" AS t
LEFT JOIN (
    SELECT
        e."EnrollmentID",
        e."CoCCode",
        row_number() OVER (
            PARTITION BY e."EnrollmentID"
            ORDER BY CASE WHEN e."InformationDate" IS NULL THEN 1 ELSE 0 END, e."InformationDate" DESC, e."_row" DESC
        ) AS place
    FROM "EnrollmentCoC" AS e
    WHERE e."DataCollectionStage" = 1
) AS c ON c."EnrollmentID" = t."EnrollmentID" AND c.place = 1
