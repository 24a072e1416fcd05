-- Income on the day a stay began and on the day it ended: the state of the latest record of that day, as in stays.
SELECT
    s."EnrollmentID",
    3 - max(CASE WHEN i."DataCollectionStage" = 1 AND i."InformationDate" = s."EntryDate" THEN i.place END) % 4
        AS start_state,
    3 - max(CASE WHEN i."DataCollectionStage" = 3 AND i."InformationDate" = s."ExitDate" THEN i.place END) % 4
        AS exit_state
FROM "income_records" AS i
JOIN "stays" AS s ON s."EnrollmentID" = i."EnrollmentID"
WHERE s.adult_or_head AND s.active AND i."DataCollectionStage" IN (1, 3)
GROUP BY s."EnrollmentID"
