-- One row an enrollment with its project, its exit, the age at its start, and what its household says: everybody of one
-- HouseholdID in one project, whenever they came; a blank HouseholdID is a household of one. Ages are those at each
-- member's own start.
WITH aged AS (
    SELECT
        e."EnrollmentID",
        e."PersonalID",
        e."ProjectID",
        e."HouseholdID",
        coalesce(e."ProjectID", '') AS place,
        coalesce(e."HouseholdID", 'alone ' || coalesce(e."EnrollmentID", '')) AS household,
        e."RelationshipToHoH",
        e."EntryDate",
        e."MoveInDate",
        x."ExitDate",
        j."ProjectType",
        c."VeteranStatus",
        e."DisablingCondition",
        -- Whole years by the birthday; portable, since engines disagree on date differences in years.
        year(e."EntryDate") - year(c."DOB")
        - CASE
            WHEN month(e."EntryDate") * 100 + day(e."EntryDate") < month(c."DOB") * 100 + day(c."DOB") THEN 1
            ELSE 0
        END AS age_at_entry
    FROM "Enrollment" AS e
    LEFT JOIN "Client" AS c ON c."PersonalID" = e."PersonalID"
    LEFT JOIN "Exit" AS x ON x."EnrollmentID" = e."EnrollmentID"
    LEFT JOIN "Project" AS j ON j."ProjectID" = e."ProjectID"
),
households AS (
    SELECT
        a.place,
        a.household,
        count(*) AS members,
        count(CASE WHEN a."RelationshipToHoH" = 1 THEN 1 END) AS heads,
        min(a."EnrollmentID") AS first_of_household,
        -- Those of the head; of several heads the lowest, so checks that read them ask for one head.
        min(CASE WHEN a."RelationshipToHoH" = 1 THEN a.age_at_entry END) AS head_age,
        min(CASE WHEN a."RelationshipToHoH" = 1 THEN a."EntryDate" END) AS head_entry,
        min(CASE WHEN a."RelationshipToHoH" = 1 THEN a."ExitDate" END) AS head_exit,
        count(CASE WHEN a."VeteranStatus" = 1 THEN 1 END) AS veterans,
        count(
            CASE WHEN a."DisablingCondition" = 1 AND (a."RelationshipToHoH" = 1 OR a.age_at_entry >= 18) THEN 1 END
        ) AS disabled_members,
        max(a.age_at_entry) AS oldest_at_entry,
        count(CASE WHEN a.age_at_entry IS NULL THEN 1 END) AS members_of_unknown_age
    FROM aged AS a
    GROUP BY a.place, a.household
)
SELECT
    a."EnrollmentID",
    a."PersonalID",
    a."ProjectID",
    a."HouseholdID",
    a.household,
    a."ProjectType",
    a."RelationshipToHoH",
    a."EntryDate",
    a."MoveInDate",
    a."ExitDate",
    a.age_at_entry,
    h.members,
    h.heads,
    h.head_age,
    h.head_entry,
    h.head_exit,
    h.veterans,
    h.disabled_members,
    h.oldest_at_entry,
    h.members_of_unknown_age,
    -- The member at whom a finding about the whole household is shown.
    coalesce(a."EnrollmentID" = h.first_of_household, FALSE) AS first_of_household
FROM aged AS a
JOIN households AS h ON h.household = a.household AND h.place = a.place
