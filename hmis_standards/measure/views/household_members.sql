-- One row an enrollment with what its household says: everybody of one HouseholdID in one project, whenever they came;
-- a blank HouseholdID is a household of one. Ages are those at each member's own start.
WITH aged AS (
    SELECT
        e."EnrollmentID",
        e."PersonalID",
        coalesce(e."ProjectID", '') AS "ProjectID",
        coalesce(e."HouseholdID", 'alone ' || coalesce(e."EnrollmentID", '')) AS household,
        e."RelationshipToHoH",
        -- Whole years by the birthday; portable, since engines disagree on date differences in years.
        year(e."EntryDate") - year(c."DOB")
        - CASE
            WHEN month(e."EntryDate") * 100 + day(e."EntryDate") < month(c."DOB") * 100 + day(c."DOB") THEN 1
            ELSE 0
        END AS age_at_entry
    FROM "Enrollment" AS e
    LEFT JOIN "Client" AS c ON c."PersonalID" = e."PersonalID"
),
households AS (
    SELECT
        a."ProjectID",
        a.household,
        count(*) AS members,
        count(*) FILTER (WHERE a."RelationshipToHoH" = 1) AS heads,
        max(a.age_at_entry) AS oldest_at_entry,
        count(*) FILTER (WHERE a.age_at_entry IS NULL) AS members_of_unknown_age
    FROM aged AS a
    GROUP BY a."ProjectID", a.household
)
SELECT
    a."EnrollmentID",
    a.household,
    a.age_at_entry,
    h.members,
    h.heads,
    h.oldest_at_entry,
    h.members_of_unknown_age,
    -- The member at whom a finding about the whole household is shown.
    row_number() OVER (PARTITION BY a."ProjectID", a.household ORDER BY a."PersonalID", a."EnrollmentID") = 1
        AS first_of_household
FROM aged AS a
JOIN households AS h ON h.household = a.household AND h."ProjectID" = a."ProjectID"
