"""Checks on projects counted twice: by the library, and by plain Python that shares no code with it."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from hmis_standards.measure import check, open_export
from hmis_standards.store import load_checks
from hmis_standards.store.locate import sample_root
from hmis_standards.vocabulary import CheckKind
from tests.measure.planted import beds_row, clean, funder_row, place_row, write
from tests.measure.second_calculation import Row, Tables, load
from tests.measure.second_projects import GROUPS, counts
from tests.measure.small_exports import enrollment_row, exit_row, participation_row, project_row, service_row
from tests.shared_data import shared

NAMES = sorted(one.id for one in load_checks().select(kind=CheckKind.PROJECT))
DAYS = ["2010-01-01", "2024-09-30", "2024-10-01", "2024-10-02", "2025-03-01", "2025-03-02", "2025-09-29", "2025-09-30",
        "2025-10-01", "2025-10-06"]  # fmt: skip
KINDS = ["0", "1", "1", "2", "3", "4", "8", "9", "13", "13", ""]


def made_up(chance: Random) -> Tables:
    """Three projects, and records of every kind that hang on them or on none."""
    one = chance.choice

    def several(most: int) -> range:
        return range(chance.randint(0, most))

    def project(key: str) -> Row:
        cells = {
            "HousingType": one(["", "1", "3"]), "TargetPopulation": one("14"), "PITCount": one(["", "0"]),
            "ResidentialAffiliation": one("01"), "RRHSubType": one(["", "1", "2"]), "OrganizationID": one("OV"),
        }  # fmt: skip
        days = {"OperatingStartDate": one(DAYS), "OperatingEndDate": one(["", "", *DAYS])}
        return project_row(key, one(KINDS), ContinuumProject=one("0111"), **cells, **days)

    def beds(key: int) -> Row:
        few = ["", "0", "1", "5"]
        kept = {f"{group}BedInventory": one(few) for group in GROUPS}
        days = {"InventoryStartDate": one(DAYS), "InventoryEndDate": one(["", *DAYS])}
        size = {"UnitInventory": one(few), "BedInventory": one([*few, "10"]), "HouseholdType": one("134")}
        kind = {"Availability": one(["", "1", "2", "3"]), "ESBedType": one(["", "1", "2", "3"])}
        where = {"ProjectID": one("PQR"), "CoCCode": one(["", "XX-500", "XX-501"]), "InventoryID": str(key)}
        return beds_row(**kept, **days, **size, **kind, **where)

    def place(key: int) -> Row:
        return place_row(
            ProjectCoCID=str(key), ProjectID=one("PQR"), CoCCode=one(["", "XX-500", "XX-500", "XX-501"]),
            Geocode=one(["", "123456", "111111", "12345"]), GeographyType=one(["", "1"]),
            Address1=one(["", "1 Main Street"]), ZIP=one(["", "12345", "12345-6789", "1234"]),
        )  # fmt: skip

    def days_of(prefix: str) -> Row:
        return {f"{prefix}StatusStartDate": one(DAYS), f"{prefix}StatusEndDate": one(["", *DAYS])}

    people = [str(key) for key in several(6)]
    codes = ["5", "2", "3", "8", "20", "33", "38", "41", "42", "44", "46", "53", "54", "55"]
    asked = {"LengthOfStay": "10", "RentalSubsidyType": "", "MoveInDate": ""}
    gone = {"Destination": "410", "DestinationSubsidyType": ""}
    part = "HMISParticipation"

    def stay(key: str) -> Row:
        return enrollment_row(key, "1", ProjectID=one("PQR"), EntryDate=one(DAYS), **asked)

    def grant(key: int) -> Row:
        days = {"StartDate": one(DAYS), "EndDate": one(["", *DAYS])}
        return funder_row(FunderID=str(key), ProjectID=one("PQR"), Funder=one(codes), **days)

    def related(key: int) -> Row:
        return {"AffiliationID": str(key), "ProjectID": one("PQR"), "ResProjectID": "P", "DateDeleted": ""}

    def owner(key: str, vsp: str) -> Row:
        return {"OrganizationID": key, "VictimServiceProvider": vsp, "DateDeleted": ""}

    def entry(key: int) -> Row:
        return {"CEParticipationID": str(key), "ProjectID": one("PQR"), "DateDeleted": ""} | days_of("CEParticipation")

    return clean() | {
        "Client": clean()["Client"][:1],
        "Enrollment": [stay(key) for key in people],
        "Exit": [exit_row(key, one(DAYS), **gone) for key in people if one("01") == "1"],
        "Services": [service_row(key, one(DAYS)) for key in people if one("001") == "1"],
        "Project": [project(key) for key in "PQR"],
        "Organization": [owner("O", "0"), owner("V", "1")],
        "Inventory": [beds(key) for key in several(5)],
        "ProjectCoC": [place(key) for key in several(4)],
        "Funder": [grant(key) for key in several(5)],
        "Affiliation": [related(key) for key in several(2)],
        part: [
            participation_row(one("PQR"), one("0112"), HMISParticipationID=str(key), **days_of(part))
            for key in several(6)
        ],
        "CEParticipation": [entry(key) for key in several(4)],
    }


def differences(path: Path) -> dict[str, object]:
    with open_export(path) as export:
        found = check(export)
    tables: Tables = defaultdict(list, load(path))
    wanted = counts(tables)
    assert sorted(wanted) == NAMES
    assert {one.reason for one in found if one.check.id in wanted and one.status == "error"} == set()
    both = {name: ((found[name].count, found[name].denominator), wanted[name]) for name in wanted}
    return {name: pair for name, pair in both.items() if pair[0] != pair[1]}


def test_the_demonstration_export() -> None:
    assert differences(shared() / "exports" / "demo.zip") == {}


def test_the_sample_export() -> None:
    assert differences(Path(str(sample_root() / "hmis-export.zip"))) == {}


@settings(
    max_examples=15, deadline=None, phases=(Phase.explicit, Phase.generate), suppress_health_check=list(HealthCheck)
)
@given(seed=st.integers(0, 2**32))
def test_made_up_exports(seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = write(made_up(Random(seed)), Path(folder))
        assert differences(path) == {}


@pytest.mark.parametrize("name", NAMES)
def test_the_second_count_has_an_answer_for(name: str) -> None:
    assert name in counts(clean())
