-- For the measures of the system: one row a household in one project, from its members of active_stays. Its type needs
-- every age: adults and children together whatever else is unknown.
SELECT
    s."ProjectID",
    s.household,
    min(s."ProjectType") AS "ProjectType",
    count(DISTINCT s."PersonalID") AS people,
    coalesce(
        min(CASE WHEN s.head THEN s."PersonalID" END) = max(CASE WHEN s.head THEN s."PersonalID" END), FALSE
    ) AS one_head,
    max(CASE WHEN s.head AND NOT s.coc_fits THEN 1 ELSE 0 END) = 1 AS coc_wrong,
    max(CASE WHEN s."DisablingCondition" = 1 THEN 1 ELSE 0 END) = 1 AS disabled,
    coalesce(max(s.age) < 6, FALSE) AS under_six,
    CASE
        WHEN max(CASE WHEN s.adult THEN 1 ELSE 0 END) = 1 AND max(CASE WHEN s.age BETWEEN 0 AND 17 THEN 1 ELSE 0 END) = 1
            THEN 'families'
        WHEN max(CASE WHEN s.age_unknown THEN 1 ELSE 0 END) = 1 THEN 'unknown'
        WHEN max(CASE WHEN s.adult THEN 1 ELSE 0 END) = 1 THEN 'adults'
        ELSE 'children'
    END AS kind
FROM "active_stays" AS s
GROUP BY s."ProjectID", s.household
