-- People and households present, added up over the nights of each window (see `windows`), by project.
SELECT
    w.kind,
    n."ProjectID",
    sum(greatest(0, date_diff('day', greatest(n.person_begins, w.begins), least(n.ends, w.ends)))) AS people,
    sum(greatest(0, date_diff('day', greatest(n.household_begins, w.begins), least(n.ends, w.ends)))) AS households,
    sum(
        CASE
            WHEN n.household_unknown
                THEN greatest(0, date_diff('day', greatest(n.person_begins, w.begins), least(n.ends, w.ends)))
            ELSE 0
        END
    ) AS people_unknown
FROM "nights_in_beds" AS n
JOIN "windows" AS w ON w."ProjectID" = n."ProjectID"
WHERE w.kind <> 'taking part' AND n.ends > w.begins
GROUP BY w.kind, n."ProjectID"
