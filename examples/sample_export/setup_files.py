"""The eleven files that describe the export, its users and its projects."""

from __future__ import annotations

from datetime import date, datetime, time

from .community import BY_KEY, BY_ORGANIZATION, NEIGHBOR_COC, ORGANIZATIONS, PROJECTS, Beds, Project
from .tables import EXPORT_ID, EXPORTED, PERIOD_END, PERIOD_START, Tables

DEDICATED = (
    "CHVetBedInventory",
    "YouthVetBedInventory",
    "VetBedInventory",
    "CHYouthBedInventory",
    "YouthBedInventory",
    "CHBedInventory",
)
ADMIN = "900"
LOCAL_FUNDER = 46


def add_setup(tables: Tables) -> None:
    _add_export(tables)
    _add_users(tables)
    for organization in ORGANIZATIONS:
        tables.add(
            "Organization",
            OrganizationID=organization.id,
            OrganizationName=organization.name,
            VictimServiceProvider=int(organization.victim_services),
            OrganizationCommonName=organization.short,
            **_made(date(2016, 10, 3), date(2024, 9, 16)),
        )
    for project in PROJECTS:
        _add_project(tables, project)


def users_of(project: Project) -> list[str]:
    """User ids of the organization's staff: organization id, then a running number."""
    organization = BY_ORGANIZATION[project.organization]
    return [f"{organization.id}{n}" for n, _ in enumerate(organization.staff, 1)] or [ADMIN]


def _made(created: date, updated: date | None = None) -> dict[str, object]:
    stamp = datetime.combine(created, time(9, 30))
    changed = datetime.combine(updated, time(14, 5)) if updated and updated > created else stamp
    return {"DateCreated": stamp, "DateUpdated": changed, "UserID": ADMIN}


def _add_export(tables: Tables) -> None:
    tables.add(
        "Export",
        ExportID=EXPORT_ID,
        SourceType=1,
        SourceID="XX-500",
        SourceName="Elder County CoC",
        SourceContactFirst="Petra",
        SourceContactLast="Lindow",
        SourceContactPhone="5555550142",
        SourceContactEmail="hmis@example.org",
        ExportDate=EXPORTED,
        ExportStartDate=PERIOD_START,
        ExportEndDate=PERIOD_END,
        SoftwareName="Waypoint HMIS (invented)",
        SoftwareVersion="7.2",
        CSVVersion="2026 v1.0",
        ExportPeriodType=3,
        ExportDirective=2,
        HashStatus=1,
        ImplementationID="ELDER-COUNTY",
    )


def _add_users(tables: Tables) -> None:
    people = [(ADMIN, "System", "Administrator")]
    for organization in ORGANIZATIONS:
        people += [(f"{organization.id}{n}", *name) for n, name in enumerate(organization.staff, 1)]
    for user, first, last in people:
        stamp = datetime.combine(date(2016, 10, 3), time(8, 0))
        tables.add(
            "User",
            UserID=user,
            UserFirstName=first,
            UserLastName=last,
            UserEmail=f"user{user}@example.org",
            DateCreated=stamp,
            DateUpdated=stamp,
        )


def _add_project(tables: Tables, project: Project) -> None:
    made = _made(max(project.start, date(2016, 10, 3)), project.end or date(2024, 9, 20))
    affiliation = None
    if project.type == 6 or project.rrh_subtype == 1:
        affiliation = int(project.affiliated_with is not None)
    tables.add(
        "Project",
        ProjectID=project.id,
        OrganizationID=project.organization,
        ProjectName=project.name,
        OperatingStartDate=project.start,
        OperatingEndDate=project.end,
        ContinuumProject=1,
        ProjectType=project.type,
        HousingType=project.housing,
        RRHSubType=project.rrh_subtype,
        ResidentialAffiliation=affiliation,
        TargetPopulation=project.target,
        HOPWAMedAssistedLivingFac=2,
        **made,
    )
    _add_grants(tables, project, made)
    _add_places(tables, project, made)
    for beds in project.beds:
        _add_beds(tables, project, beds)
    _add_participation(tables, project, made)


def _add_grants(tables: Tables, project: Project, made: dict[str, object]) -> None:
    for number, funder in enumerate(project.funders, 1):
        tables.add(
            "Funder",
            FunderID=f"{project.id}{number}",
            ProjectID=project.id,
            Funder=funder,
            OtherFunder="Elder County general fund" if funder == LOCAL_FUNDER else None,
            GrantID=f"XX{project.id}-{funder:02d}",
            StartDate=max(project.start, date(2023, 7, 1)),
            EndDate=project.end,
            **made,
        )
    if project.affiliated_with:
        tables.add(
            "Affiliation",
            AffiliationID=f"{project.id}1",
            ProjectID=project.id,
            ResProjectID=BY_KEY[project.affiliated_with].id,
            **made,
        )


def _add_places(tables: Tables, project: Project, made: dict[str, object]) -> None:
    """Addresses nobody lives at: state XX, ZIP codes that start with 000. The refuge gives none."""
    hidden = BY_ORGANIZATION[project.organization].victim_services
    for number, coc in enumerate(project.cocs, 1):
        away = coc == NEIGHBOR_COC
        tables.add(
            "ProjectCoC",
            ProjectCoCID=f"{project.id}{number}",
            ProjectID=project.id,
            CoCCode=coc,
            Geocode="990502" if away else "990501",
            Address1=None if hidden else f"{project.id} {'East' if away else 'Main'} Street",
            City=None if hidden else ("Easterly" if away else "Elderton"),
            State=None if hidden else "XX",
            ZIP="00052" if away else "00051",
            GeographyType=3 if away else 1,
            **made,
        )


def _add_beds(tables: Tables, project: Project, beds: Beds) -> None:
    start = beds.start or project.start
    dedicated = dict(beds.dedicated)
    tables.add(
        "Inventory",
        InventoryID=f"{project.id}{len(tables['Inventory']) + 1:02d}",
        ProjectID=project.id,
        CoCCode=beds.coc,
        HouseholdType=beds.household,
        Availability=beds.availability,
        UnitInventory=beds.units or beds.beds,
        BedInventory=beds.beds,
        **{column: dedicated.get(column, 0) for column in DEDICATED},
        OtherBedInventory=beds.beds - sum(dedicated.values()),
        ESBedType=beds.es_bed_type,
        InventoryStartDate=start,
        InventoryEndDate=beds.end,
        **_made(max(start, date(2016, 10, 3)), beds.end),
    )


def _add_participation(tables: Tables, project: Project, made: dict[str, object]) -> None:
    tables.add(
        "HMISParticipation",
        HMISParticipationID=f"{project.id}1",
        ProjectID=project.id,
        HMISParticipationType=project.participation,
        HMISParticipationStatusStartDate=project.start,
        HMISParticipationStatusEndDate=project.end,
        **made,
    )
    yes = 1 if project.access_point else None
    tables.add(
        "CEParticipation",
        CEParticipationID=f"{project.id}1",
        ProjectID=project.id,
        AccessPoint=int(project.access_point),
        PreventionAssessment=yes,
        CrisisAssessment=yes,
        HousingAssessment=yes,
        DirectServices=yes and 0,
        ReceivesReferrals=int(bool(project.beds) and project.participation == 1),
        CEParticipationStatusStartDate=max(project.start, date(2018, 1, 23)),
        CEParticipationStatusEndDate=project.end,
        **made,
    )
