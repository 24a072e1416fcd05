-- The day on which the housing of a permanent housing project began for a person: one row an enrollment that has one.
-- The head's date counts for the household; who came later moved in on their own start. The data before October 2017
-- have no move-in dates for permanent housing other than rapid re-housing: there the start stands in for it.
WITH ph AS (
    SELECT
        m."EnrollmentID",
        m."ProjectID",
        m.household,
        m."RelationshipToHoH",
        m."EntryDate",
        CASE
            WHEN
                m."ProjectType" IN (3, 9, 10)
                AND m."EntryDate" < DATE '2017-10-01'
                AND (m."MoveInDate" IS NULL OR m."MoveInDate" < m."EntryDate")
                THEN m."EntryDate"
            WHEN m."MoveInDate" < m."EntryDate" THEN NULL
            WHEN m."ProjectType" = 13 AND m."MoveInDate" > m."ExitDate" THEN NULL
            WHEN m."ProjectType" IN (3, 9, 10) AND m."MoveInDate" >= m."ExitDate" THEN NULL
            ELSE m."MoveInDate"
        END AS own_move_in
    FROM "household_members" AS m
    WHERE m."ProjectType" IN (3, 9, 10, 13) AND m."EnrollmentID" IS NOT NULL
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
