-- One row a household, with slice '' where it is the same in all slices (see household_slices), from its active stays;
-- only who was chronically homeless at its start is asked of those too who left before the report.
WITH facts AS (
    SELECT
        coalesce(w.slice, '') AS slice,
        s.household,
        min(CASE WHEN s.active AND s.head THEN s."PersonalID" END) AS first_head,
        max(CASE WHEN s.active AND s.head THEN s."PersonalID" END) AS last_head,
        max(CASE WHEN s.active THEN s.age END) AS oldest,
        max(CASE WHEN s.active AND s."RelationshipToHoH" = 2 AND s.child THEN 1 ELSE 0 END) AS has_child_of_head,
        max(CASE WHEN s.active AND s.head AND NOT s.leaver AND s.days_stayed >= 365 THEN 1 ELSE 0 END)
            AS head_stayed_a_year,
        max(CASE WHEN s.active AND s.head THEN s."EntryDate" END) AS head_began,
        min(s."EntryDate") AS began,
        min(CASE WHEN s.chronic_alone THEN s."EntryDate" END) AS chronic_began
    FROM "stays" AS s
    LEFT JOIN "household_slices" AS w ON w.household = s.household AND w."ProjectID" = s."ProjectID"
    GROUP BY coalesce(w.slice, ''), s.household
),
lasting AS (
    SELECT
        f.*,
        year(p.report_end) - CASE
            WHEN month(p.report_end) * 100 + day(p.report_end) < month(f.head_began) * 100 + day(f.head_began) THEN 1
            ELSE 0
        END AS last_year
    FROM facts AS f
    CROSS JOIN "period" AS p
)
SELECT
    l.slice,
    l.household,
    coalesce(l.first_head = l.last_head, FALSE) AS one_head,
    l.oldest,
    l.has_child_of_head = 1 AS has_child_of_head,
    l.head_stayed_a_year = 1 AS head_stayed_a_year,
    -- The first day, if one of those who came then was chronically homeless.
    CASE WHEN l.chronic_began = l.began THEN l.began END AS chronic_from,
    -- The last anniversary of the head's start by the end of the report; 29 February becomes 28 in other years.
    CASE
        WHEN l.last_year > year(l.head_began) THEN make_date(
            l.last_year,
            month(l.head_began),
            CASE
                WHEN
                    month(l.head_began) = 2 AND day(l.head_began) = 29
                    AND NOT (l.last_year % 4 = 0 AND (l.last_year % 100 <> 0 OR l.last_year % 400 = 0))
                    THEN 28
                ELSE day(l.head_began)
            END
        )
    END AS anniversary
FROM lasting AS l
