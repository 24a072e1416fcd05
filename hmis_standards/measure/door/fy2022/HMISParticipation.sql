-- FY2022 has one answer a project and no dates: it holds as long as the project operates. Whether a project uses a
-- comparable database could not be said.
SELECT
    p."ProjectID" AS "HMISParticipationID",
    p."ProjectID",
    CASE WHEN p."HMISParticipatingProject" IN (0, 1) THEN p."HMISParticipatingProject" END AS "HMISParticipationType",
    p."OperatingStartDate" AS "HMISParticipationStatusStartDate",
    p."OperatingEndDate" AS "HMISParticipationStatusEndDate",
    p."_row"
FROM "Project" AS p
