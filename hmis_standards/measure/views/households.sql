-- One row a household and slice, from its active stays.
SELECT
    s.slice,
    s.household,
    count(DISTINCT CASE WHEN s.head THEN s."PersonalID" END) AS heads,
    max(s.age) AS oldest,
    max(CASE WHEN s."RelationshipToHoH" = 2 AND s.child THEN 1 ELSE 0 END) AS has_child_of_head,
    max(CASE WHEN s.head AND NOT s.leaver AND s.days_stayed >= 365 THEN 1 ELSE 0 END) AS head_stayed_a_year
FROM "placed" AS s
WHERE s.active
GROUP BY s.slice, s.household
