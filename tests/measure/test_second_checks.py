"""Checks counted twice: by the library, and by plain Python that shares no code with it."""

from __future__ import annotations

import tempfile
from itertools import count
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from hmis_standards.measure import FindingSet, check, open_export
from hmis_standards.store import load_checks
from hmis_standards.store.locate import sample_root
from hmis_standards.vocabulary import CheckKind
from tests.measure import second_clients
from tests.measure.planted import HEADERS, write
from tests.measure.second_calculation import load
from tests.measure.second_checks import CHECKS, Files
from tests.measure.small_exports import END, START, Row, Tables, exports, participation_row, service_row
from tests.shared_data import shared

NAMES = list(CHECKS)
OURS = [one for one in load_checks() if one.id in CHECKS]
DAYS = ["", "", START.isoformat(), END.isoformat(), "2024-10-02", "2025-01-29", "2025-09-29", "2025-10-01",
        "2025-10-07", "2016-09-30", "2016-10-01", "2017-09-30", "2017-10-01", "2021-10-01",
        "2021-10-02"]  # fmt: skip
# Without shrinking: an export of a few hundred cells takes minutes to make small, and the check that differs is told.
PHASES = (Phase.explicit, Phase.generate)
PERIODS = ["2010-01-01", "2024-09-30", "2024-10-01", "2024-10-02", "2025-01-29", "2025-03-01", "2025-10-07"]
CODES = {
    "LivingSituation": ["", "8", "99", "116", "215", "215", "225", "302", "410", "435", "435"],
    "RentalSubsidyType": ["", "428", "999"],
    "LengthOfStay": ["", "2", "3", "4", "8", "10", "11", "99"],
    "MoveInDate": DAYS,
    "DateToStreetESSH": DAYS,
    "TimesHomelessPastThreeYears": ["", "1", "1", "1", "4", "8"],
    "MonthsHomelessPastThreeYears": ["", "8", "101", "102", "112", "113"],
    "LOSUnderThreshold": ["", "0", "1", "1"],
    "PreviousStreetESSH": ["", "0", "1", "1"],
    "Destination": ["", "8", "17", "30", "410", "435", "435"],
    "DestinationSubsidyType": ["", "428", "999"],
    "CurrentLivingSituation": ["116", "435", ""],
    "CLSSubsidyType": ["", "428", "999"],
    "InformationDate": [*DAYS, "2025-07-06", "2025-07-07"],
    "Event": ["", "1", "10", "14", "15", "16", "17", "18"],
    "EventDate": ["", "2025-09-20", "2025-09-21", "2025-09-22"],
    "ResultDate": ["", "", "2025-09-30"],
}


def cells(chance: Random, *columns: str) -> Row:
    return {column: chance.choice(CODES[column]) for column in columns}


def dressed(tables: Tables, chance: Random) -> Tables:
    """The export with the columns and files that these checks read."""
    prior = ("RentalSubsidyType", "LengthOfStay", "MoveInDate", "DateToStreetESSH", "LivingSituation",
             "TimesHomelessPastThreeYears", "MonthsHomelessPastThreeYears", "LOSUnderThreshold",
             "PreviousStreetESSH")  # fmt: skip
    stays = [row["EnrollmentID"] for row in tables["Enrollment"]] + ["none"]
    early = ["2016-09-30", "2016-10-01", "2017-09-30", "2024-09-01"]
    for row in tables["Enrollment"]:
        row.update(cells(chance, *prior))
        if chance.random() < 0.2:
            row["EntryDate"] = chance.choice(early)
    for row in tables["Client"][4::5]:
        row.update(DOB="", DOBDataQuality="1")
    for row in tables["Exit"]:
        row.update(cells(chance, "Destination", "DestinationSubsidyType"))
    kind = chance.choice(["", "", "1", "1", "3", "4", "7", "13", "13"])  # all projects of one type, or as they are
    for row in tables["Project"]:
        row["ProjectType"] = kind or row["ProjectType"]
    tables["Export"][0]["ExportDate"] = chance.choice(["2025-10-05 08:00:00", "2025-09-30", "2025-03-01"])
    contact = ("InformationDate", "CurrentLivingSituation", "CLSSubsidyType")
    event = ("EventDate", "Event", "ResultDate")
    days = {row["EnrollmentID"]: row["ExitDate"] for row in tables["Exit"]}
    nights = [
        service_row(row["EnrollmentID"], day)
        for row in tables["Enrollment"]
        for day in (row["EntryDate"], days.get(row["EnrollmentID"], ""))
        if chance.random() < 0.4
    ]
    return tables | {
        "Services": tables["Services"] + nights,
        "HMISParticipation": tables["HMISParticipation"]
        + [
            participation_row(
                row["ProjectID"],
                chance.choice("0112"),
                HMISParticipationStatusStartDate=chance.choice(PERIODS),
                HMISParticipationStatusEndDate=chance.choice(["", *PERIODS]),
            )
            for row in tables["Project"] * 2
            if chance.random() < 0.4
        ],
        "CurrentLivingSituation": [
            {"CurrentLivingSitID": str(place), "EnrollmentID": chance.choice(stays)} | cells(chance, *contact)
            for place in range(chance.randint(0, 12))
        ],
        "Event": [
            {"EventID": str(place), "EnrollmentID": chance.choice(stays)} | cells(chance, *event)
            for place in range(chance.randint(0, 12))
        ],
    }


def expected(path: Path) -> dict[str, tuple[int, int]]:
    files = Files({**{name: [] for name in HEADERS}, **load(path)})
    return {name: twice(files) for name, twice in CHECKS.items()}


def counted(found: FindingSet) -> dict[str, tuple[int, int]]:
    listed = [one for one in found if one.check.id in CHECKS]
    assert {one.status for one in listed} <= {"ok", "not_applicable"}
    return {one.check.id: (one.count, one.denominator) for one in listed}


def differences(found: dict[str, tuple[int, int]], wanted: dict[str, tuple[int, int]]) -> dict[str, object]:
    return {name: (found[name], wanted[name]) for name in wanted if found[name] != wanted[name]}


def test_every_check_of_clients_is_counted_twice() -> None:
    clients = [one.id for one in load_checks().select(kind=CheckKind.CLIENT)]
    assert sorted([*CHECKS, *second_clients.CHECKS]) == sorted(clients)


@pytest.mark.parametrize("which", ["demo", "sample"])
def test_a_whole_export(which: str) -> None:
    path = shared() / "exports" / "demo.zip" if which == "demo" else Path(str(sample_root() / "hmis-export.zip"))
    with open_export(path) as export:
        found = counted(check(export))
    assert differences(found, expected(path)) == {}
    assert sum(some > 0 for some, _ in found.values()) > 20


def test_small_exports() -> None:
    """Both agree on every made-up export; and chance finds each fault, and leaves it out, in some of them."""
    reached: set[str] = set()
    numbers = count()

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, phases=PHASES)
    @given(exports())
    def agree(tables: Tables) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = write(dressed(tables, Random(next(numbers))), Path(folder) / "export")
            with open_export(path) as export:
                found = counted(check(export, OURS))
            assert differences(found, expected(path)) == {}
            reached.update(name for name, (some, among) in found.items() if 0 < some < among)

    agree()
    assert set(NAMES) - reached == set()
