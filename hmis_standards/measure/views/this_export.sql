-- The days of Export.csv, always one row: of several rows the last is taken, and of none every day is blank.
SELECT
    max(e."ExportDate") AS "ExportDate",
    max(e."ExportStartDate") AS "ExportStartDate",
    max(e."ExportEndDate") AS "ExportEndDate"
FROM "Export" AS e
WHERE e."_row" = (SELECT max(o."_row") FROM "Export" AS o)
