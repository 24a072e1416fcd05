-- Income at annual assessment: the state of the latest record within 30 days of the anniversary and by the end of the
-- report, for each stay and each slice its household has an anniversary in.
SELECT h.slice, s."EnrollmentID", 3 - max(i.place) % 4 AS annual_state
FROM "income_records" AS i
JOIN "stays" AS s ON s."EnrollmentID" = i."EnrollmentID"
JOIN "households" AS h ON h.household = s.household
CROSS JOIN "period" AS p
WHERE
    i."DataCollectionStage" = 5
    AND i."InformationDate" <= p.report_end
    AND abs(date_diff('day', h.anniversary, i."InformationDate")) <= 30
GROUP BY h.slice, s."EnrollmentID"
