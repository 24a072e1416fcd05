"""Which tables and columns of an export the measures read, and under which names editions write them."""

from __future__ import annotations

__all__ = ["ALIASES", "EXPORT", "KEYS", "NEEDED", "OPTIONAL", "gender_columns", "race_columns"]

_RACES = ("AmIndAKNative", "Asian", "BlackAfAmerican", "HispanicLatinao", "MidEastNAfrican", "NativeHIPacific", "White")
_GENDERS_2024 = ("Woman", "Man", "NonBinary", "CulturallySpecific", "Transgender", "Questioning", "DifferentIdentity")

# A column of an older edition or a spelling met in real exports -> the name the views use.
ALIASES = {("Client", "HispanicLatinao"): ("HispanicLatinaeo",)}

NEEDED: dict[str, tuple[str, ...]] = {
    "Client": (
        "PersonalID",
        "FirstName",
        "LastName",
        "NameDataQuality",
        "SSN",
        "SSNDataQuality",
        "DOB",
        "DOBDataQuality",
        *_RACES,
        "RaceNone",
        "VeteranStatus",
        "DateCreated",
    ),
    "Enrollment": (
        "EnrollmentID",
        "PersonalID",
        "ProjectID",
        "EntryDate",
        "HouseholdID",
        "RelationshipToHoH",
        "EnrollmentCoC",
        "LivingSituation",
        "LOSUnderThreshold",
        "PreviousStreetESSH",
        "DateToStreetESSH",
        "TimesHomelessPastThreeYears",
        "MonthsHomelessPastThreeYears",
        "DisablingCondition",
        "DateOfEngagement",
        "DateCreated",
    ),
    "Exit": ("EnrollmentID", "ExitDate", "DateCreated"),
    "Services": ("EnrollmentID", "DateProvided", "RecordType"),
    "Disabilities": (
        "EnrollmentID",
        "InformationDate",
        "DisabilityType",
        "DisabilityResponse",
        "IndefiniteAndImpairs",
        "DataCollectionStage",
    ),
    "Project": (
        "ProjectID",
        "OrganizationID",
        "ProjectName",
        "OperatingStartDate",
        "OperatingEndDate",
        "ContinuumProject",
        "ProjectType",
        "RRHSubType",
    ),
    "Organization": ("OrganizationID", "VictimServiceProvider"),
    "ProjectCoC": ("ProjectID", "CoCCode"),
    "Inventory": (
        "ProjectID",
        "CoCCode",
        "Availability",
        "BedInventory",
        "InventoryStartDate",
        "InventoryEndDate",
    ),
    "HMISParticipation": (
        "ProjectID",
        "HMISParticipationType",
        "HMISParticipationStatusStartDate",
        "HMISParticipationStatusEndDate",
    ),
}

# Of Export.csv; each may be absent.
EXPORT = ("ExportID", "ExportDate", "ExportStartDate", "ExportEndDate", "CSVVersion", "HashStatus")

# Read where it is there; absent from exports that leave deleted rows out.
OPTIONAL = ("DateDeleted",)

# What makes a row of these tables one and the same: the last row in the file is taken.
KEYS = {
    "Client": "PersonalID",
    "Enrollment": "EnrollmentID",
    "Exit": "EnrollmentID",
    "Project": "ProjectID",
    "Organization": "OrganizationID",
}


def race_columns() -> tuple[str, ...]:
    """The race and ethnicity columns, in FY2026 spelling."""
    return _RACES


def gender_columns(edition: str) -> tuple[str, ...]:
    """The gender columns of an edition; none from FY2026 on."""
    return _GENDERS_2024 if edition == "FY2024" else ()
