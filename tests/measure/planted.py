"""A fault planted for every check: a small export that is clean but for it, and one that only looks like it.

Each ``planted_<subject>.py`` has its cases as a mapping ``CASES`` from the id of a check to a ``Case``.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from hmis_standards.measure.columns import NEEDED
from tests.measure.small_exports import (
    Tables,
    client_row,
    csv_text,
    enrollment_row,
    exit_row,
    export_row,
    inventory_row,
    participation_row,
    project_row,
    write_folder,
)

__all__ = [
    "EXPORTED",
    "Case",
    "Change",
    "Packed",
    "beds_row",
    "case_of",
    "clean",
    "funded",
    "funder_row",
    "place_row",
    "planted_groups",
    "record",
    "with_rows",
    "write",
]

EXPORTED = "2025-10-05"
"""The day on which the small exports are made."""

Change = Mapping[str, Any]
"""Table to rows: a list replaces the table, a mapping of place to cells changes single rows."""

Packed = Callable[[dict[str, str | bytes], Path], Path]
"""Writes the texts of the files, changed, and says where: for faults that no row can have."""


@dataclass(frozen=True)
class Case:
    """``fault`` makes the check count ``count`` (1 unless the fault cannot come alone); ``alike`` makes it count 0.

    Both are changes of the clean export, for a check of the files of a whole one. ``settings`` and ``edition`` are
    those of the run. What looks like it must still be looked at: the denominator is not 0.
    """

    fault: Change | Packed
    alike: Change | Packed
    count: int = 1
    settings: Mapping[str, int] = field(default_factory=dict)
    edition: str = "FY2026"


def clean(edition: str = "FY2026") -> Tables:
    """Two adults in a transitional housing project, each a household, one of whom left; nothing is wrong with it.

    Rows have what the checks read; colleagues of a group add the files and columns that theirs need.
    """
    export = export_row(edition) | {"ExportDate": f"{EXPORTED} 08:00:00"}
    stays = {
        "LengthOfStay": "10",
        "RentalSubsidyType": "",
        "MoveInDate": "",
        "DateToStreetESSH": "2024-09-01",
        "TimesHomelessPastThreeYears": "1",
        "MonthsHomelessPastThreeYears": "102",
        "DateCreated": "2024-10-02 10:00:00",
    }
    gone = {"Destination": "410", "DestinationSubsidyType": "", "DateCreated": "2025-03-01 10:00:00"}
    service, asked = _blanks("Client", SERVICE), _blanks("Enrollment", ASKED)
    return {
        "Export": [export],
        "Client": [
            client_row(edition, **service),
            client_row(edition, "2", SSN="219099999", FirstName="Bea", **service),
        ],
        "Enrollment": [enrollment_row(**stays, **asked), enrollment_row("2", "2", **stays, **asked)],
        "Exit": [exit_row("2", "2025-03-01", **gone)],
        "Services": [],
        "Disabilities": [
            record("Disabilities", stay, kind=kind, DisabilityType=kind, DisabilityResponse="0")
            for stay in "12"
            for kind in ("5", "6", "7", "9", "10")
        ],
        "IncomeBenefits": [no_income(), no_income("2"), no_income("2", "3", "2025-03-01")],
        "HealthAndDV": [record("HealthAndDV", stay, DomesticViolenceSurvivor="0") for stay in "12"],
        "EmploymentEducation": [],
        "Assessment": [],
        "CurrentLivingSituation": [],
        "Event": [],
        "Project": [project_row(HousingType="1", TargetPopulation="4", ResidentialAffiliation="0", PITCount="")],
        "Organization": [{"OrganizationID": "O", "VictimServiceProvider": "0", "DateDeleted": ""}],
        "ProjectCoC": [place_row()],
        "Inventory": [beds_row()],
        "HMISParticipation": [participation_row(HMISParticipationID="1")],
        "CEParticipation": [],
        "Funder": [funder_row()],
        "Affiliation": [],
    }


def place_row(**values: str) -> dict[str, str]:
    """Where project P is: in XX-500, with a full address."""
    return {
        "ProjectCoCID": "1", "ProjectID": "P", "CoCCode": "XX-500", "Geocode": "123456", "GeographyType": "1",
        "Address1": "1 Main Street", "City": "Anytown", "State": "XX", "ZIP": "12345", "DateDeleted": "",
    } | values  # fmt: skip


def beds_row(**values: str) -> dict[str, str]:
    """Ten beds in five units for households without children, none of them kept for a group."""
    groups = ("CHVet", "YouthVet", "Vet", "CHYouth", "Youth", "CH", "Other")
    return inventory_row(
        **{
            "InventoryID": "1",
            "HouseholdType": "1",
            "UnitInventory": "5",
            "ESBedType": "",
            **{f"{group}BedInventory": "0" for group in groups},
            "OtherBedInventory": "10",
        }
        | values
    )


def funder_row(**values: str) -> dict[str, str]:
    """A CoC grant for transitional housing."""
    return {
        "FunderID": "1", "ProjectID": "P", "Funder": "5", "StartDate": "2010-01-01", "EndDate": "", "DateDeleted": "",
    } | values  # fmt: skip


SERVICE = ("YearEnteredService", "DischargeStatus")
ASKED = ("PercentAMI", "ThresholdScore")
RECORDS = ("Assessment", "IncomeBenefits", "HealthAndDV", "EmploymentEducation")


def _blanks(table: str, rim: tuple[str, str]) -> dict[str, str]:
    """The columns of a table from one to another, all blank."""
    columns = NEEDED[table]
    return dict.fromkeys(columns[columns.index(rim[0]) : columns.index(rim[1]) + 1], "")


def funded(funder: str, kind: str = "2", **tables: Any) -> dict[str, Any]:
    """The project has a funder and is of a type, beside other changes."""
    return {"Funder": [funder_row(Funder=funder)], "Project": {0: {"ProjectType": kind}}, **tables}


def record(
    table: str, stay: str = "1", stage: str = "1", day: str = "2024-10-01", kind: str = "", **cells: str
) -> dict[str, str]:
    """A record of a stay; where nothing else is said made at start, on its day."""
    return {
        NEEDED[table][0]: f"R{stay}{stage}{kind}", "EnrollmentID": stay, "InformationDate": day,
        "DataCollectionStage": stage, "DateDeleted": "", **cells,
    }  # fmt: skip


def no_income(stay: str = "1", stage: str = "1", day: str = "2024-10-01") -> dict[str, str]:
    """A record that says no to income, benefits and insurance."""
    answers = ("IncomeFromAnySource", "BenefitsFromAnySource", "InsuranceFromAnySource")
    return record("IncomeBenefits", stay, stage, day, **dict.fromkeys(answers, "0"))


HEADERS: dict[str, list[str]] = {
    "Services": ["EnrollmentID", "DateProvided", "RecordType", "DateDeleted"],
    "Disabilities": ["EnrollmentID", "InformationDate", "DisabilityType", "DisabilityResponse",
                     "IndefiniteAndImpairs", "DataCollectionStage", "DateDeleted"],
    "CurrentLivingSituation": ["CurrentLivingSitID", "EnrollmentID", "InformationDate", "CurrentLivingSituation",
                               "CLSSubsidyType", "DateDeleted"],
    "CEParticipation": ["CEParticipationID", "ProjectID", "CEParticipationStatusStartDate",
                        "CEParticipationStatusEndDate", "DateDeleted"],
    "Affiliation": ["AffiliationID", "ProjectID", "ResProjectID", "DateDeleted"],
    "Event": ["EventID", "EnrollmentID", "EventDate", "Event", "ReferralResult", "ResultDate", "DateDeleted"],
    **{name: [*NEEDED[name], "DateDeleted"] for name in RECORDS},
}  # fmt: skip
"""The headers of tables that are empty in the clean export."""


def with_rows(tables: Tables, change: Change) -> Tables:
    """The tables with a change carried out."""
    changed = {name: [dict(row) for row in rows] for name, rows in tables.items()}
    for name, what in change.items():
        if isinstance(what, list):
            changed[name] = what
        elif isinstance(what, Mapping):
            for place, cells in what.items():
                changed[name][int(place)].update(cells)
        else:
            raise TypeError(f"{name}: rows, or a mapping of place to cells")
    return changed


def write(tables: Tables, folder: Path) -> Path:
    """The tables as a folder of CSV files; every row of a table may have columns of its own."""
    texts = {}
    usual = clean()
    for name, rows in tables.items():
        header: dict[str, None] = dict.fromkeys(HEADERS.get(name, ()))
        for row in rows or usual.get(name, []):
            header.update(dict.fromkeys(row))
        texts[name] = csv_text(rows, list(header))
    return write_folder(texts, folder)


@cache
def planted_groups() -> dict[str, Mapping[str, Case]]:
    """The cases of each subject, by the name of its file."""
    names = sorted(path.stem for path in Path(__file__).parent.glob("planted_*.py"))
    return {name: importlib.import_module(f"tests.measure.{name}").CASES for name in names}


def case_of(check: str) -> Case | None:
    """The case of a check, or None."""
    return next((cases[check] for cases in planted_groups().values() if check in cases), None)
