-- One row a project with funders that counted in the period of the export: what they ask for. Of several the union.
-- Which funder asks for which element is read from the data dictionary's lists of funders; ESG-CV and HOPWA-CV are not
-- among them.
WITH funders AS (
    SELECT DISTINCT f."ProjectID", f."Funder", j."ProjectType"
    FROM "Funder" AS f
    CROSS JOIN "this_export" AS w
    JOIN "Project" AS j ON j."ProjectID" = f."ProjectID"
    WHERE f."EndDate" IS NULL OR f."EndDate" > w."ExportStartDate"
),
asked AS (
    SELECT
        f."ProjectID",
        f."Funder",
        f."ProjectType",
        -- CoC, HOPWA, HUD-VASH, PATH, homes of RHY, VA programs, and from FY2026 CoC Builds (56), which the dictionary
        -- names beside CoC for each of these elements: everything, in every project.
        coalesce(
            f."Funder" IN (
                1, 2, 3, 5, 6, 7, 13, 14, 15, 16, 17, 18, 19, 20, 21, 27, 30, 33, 37, 38, 39, 40, 41, 42, 45, 56
            )
            OR (f."Funder" IN (4, 54, 55) AND f."ProjectType" <> 14)
            OR (f."Funder" = 35 AND f."ProjectType" IN (3, 9, 10, 13))
            OR (f."Funder" = 53 AND f."ProjectType" NOT IN (0, 1, 4)),
            FALSE
        ) AS everything,
        coalesce(f."Funder" IN (8, 9, 10, 11), FALSE) AS esg,
        coalesce(f."Funder" IN (8, 9, 10, 11) AND f."ProjectType" <> 1, FALSE) AS esg_but_nights
    FROM funders AS f
)
SELECT
    a."ProjectID",
    count(*) FILTER (WHERE a.everything OR a.esg_but_nights OR a."Funder" IN (23, 24, 26)) > 0 AS income_required,
    count(*) FILTER (WHERE a.everything OR a.esg_but_nights OR a."Funder" IN (22, 23, 24, 26)) > 0
        AS benefits_required,
    count(*) FILTER (WHERE a.everything OR a.esg_but_nights OR a."Funder" IN (22, 23, 24, 25, 26)) > 0
        AS insurance_required,
    count(*) FILTER (WHERE a.everything OR a.esg) > 0 AS dv_required,
    count(*) FILTER (
        WHERE (a.everything AND a."Funder" <> 33) OR a.esg OR a."Funder" IN (22, 23, 24, 25, 26)
    ) > 0 AS disabilities_required,
    count(*) FILTER (WHERE a."Funder" IN (20, 22, 23, 24, 26, 33, 37, 38, 39, 40, 41, 42, 45)) > 0
        AS employment_required,
    count(*) FILTER (WHERE a."Funder" = 2) > 0 AS coc_psh_funded,
    count(*) FILTER (WHERE a."Funder" = 33) > 0 AS ssvf_funded,
    count(*) FILTER (WHERE a."Funder" IN (20, 27, 30, 33, 37, 38, 39, 40, 41, 42, 45)) > 0 AS va_funded,
    -- Services that lead to a home of one's own, though the project type is not permanent housing.
    count(*) FILTER (
        WHERE (a."Funder" = 45 AND a."ProjectType" = 6) OR (a."Funder" = 35 AND a."ProjectType" = 7)
    ) > 0 AS moves_in
FROM asked AS a
GROUP BY a."ProjectID"
