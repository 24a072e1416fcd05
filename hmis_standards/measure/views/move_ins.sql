-- The day on which the housing of a permanent housing project began for a person: one row an enrollment that has one.
-- The head's date counts for the household; who came later moved in on their own start. The data before October 2017
-- have no move-in dates for permanent housing other than rapid re-housing: there the start stands in for it.
WITH ph AS (
    SELECT
        e."EnrollmentID",
        e."ProjectID",
        m.household,
        e."RelationshipToHoH",
        e."EntryDate",
        CASE
            WHEN
                j."ProjectType" IN (3, 9, 10)
                AND e."EntryDate" < DATE '2017-10-01'
                AND (e."MoveInDate" IS NULL OR e."MoveInDate" < e."EntryDate")
                THEN e."EntryDate"
            WHEN e."MoveInDate" < e."EntryDate" THEN NULL
            WHEN j."ProjectType" = 13 AND e."MoveInDate" > x."ExitDate" THEN NULL
            WHEN j."ProjectType" IN (3, 9, 10) AND e."MoveInDate" >= x."ExitDate" THEN NULL
            ELSE e."MoveInDate"
        END AS own_move_in
    FROM "Enrollment" AS e
    JOIN "Project" AS j ON j."ProjectID" = e."ProjectID"
    JOIN "household_members" AS m ON m."EnrollmentID" = e."EnrollmentID"
    LEFT JOIN "Exit" AS x ON x."EnrollmentID" = e."EnrollmentID"
    WHERE j."ProjectType" IN (3, 9, 10, 13)
),
heads AS (
    SELECT p."ProjectID", p.household, min(p.own_move_in) AS moved_in
    FROM ph AS p
    WHERE p."RelationshipToHoH" = 1
    GROUP BY p."ProjectID", p.household
)
SELECT
    p."EnrollmentID",
    CASE WHEN p."EntryDate" > h.moved_in THEN p."EntryDate" ELSE h.moved_in END AS moved_in
FROM ph AS p
JOIN heads AS h ON h."ProjectID" = p."ProjectID" AND h.household = p.household
WHERE h.moved_in IS NOT NULL
