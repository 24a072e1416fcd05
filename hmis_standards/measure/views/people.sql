-- One row a person: the latest active stay, with the facts of its household. `slice` is '' for people who are the same
-- in every slice that has their project (nearly all of them); the others have a row a slice. `counted` is false for
-- street outreach not engaged by the end of the report.
WITH latest AS (
    SELECT coalesce(w.slice, '') AS slice, s.*
    FROM "stays" AS s
    LEFT JOIN "person_slices" AS w ON w."PersonalID" = s."PersonalID" AND w."ProjectID" = s."ProjectID"
    LEFT JOIN "superseded" AS x ON x."EnrollmentID" = s."EnrollmentID" AND x.slice = coalesce(w.slice, '')
    WHERE s.active AND x."EnrollmentID" IS NULL
)
SELECT
    l.*,
    l.engaged AS counted,
    (l.chronic_alone OR coalesce(l."EntryDate" = h.chronic_from, FALSE)) AS chronic,
    (l.age >= 12 AND h.oldest <= 24) AS youth,
    h.has_child_of_head AS with_child_of_head,
    (l.adult_or_head AND NOT l.leaver AND (l.days_stayed >= 365 OR h.head_stayed_a_year)) AS stayed_a_year,
    CASE
        WHEN l."RelationshipToHoH" IS NULL THEN 2
        WHEN l."RelationshipToHoH" NOT BETWEEN 1 AND 5 OR NOT h.one_head THEN 3
        ELSE 0
    END AS relationship_state,
    CASE WHEN l.adult_or_head THEN coalesce(i.start_state, 2) ELSE 0 END AS start_income_state,
    CASE
        WHEN l.adult_or_head AND NOT l.leaver AND l."EntryDate" <= h.anniversary THEN coalesce(a.annual_state, 2)
        ELSE 0
    END AS annual_income_state,
    CASE WHEN l.adult_or_head AND l.leaver THEN coalesce(i.exit_state, 2) ELSE 0 END AS exit_income_state
FROM latest AS l
JOIN "households" AS h ON h.household = l.household AND (h.slice = '' OR h.slice = l.slice)
LEFT JOIN "incomes" AS i ON i."EnrollmentID" = l."EnrollmentID"
LEFT JOIN "annual_incomes" AS a ON a."EnrollmentID" = l."EnrollmentID" AND a.slice = h.slice
