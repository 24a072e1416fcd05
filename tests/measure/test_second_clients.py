"""Checks on income, veterans, identity, households, stays, health and records, counted here and by the library."""

from __future__ import annotations

import tempfile
from pathlib import Path
from random import Random

import pytest

from hmis_standards.measure import check, open_export
from hmis_standards.measure.columns import NEEDED
from hmis_standards.store import load_checks
from hmis_standards.store.locate import sample_root
from tests.measure.planted import HEADERS, clean, funder_row, place_row, record, write
from tests.measure.second_calculation import Row, Tables, load
from tests.measure.second_checks import Files
from tests.measure.second_clients import CHECKS, KINDS, SOURCES, TARGETING, WARS
from tests.measure.small_exports import client_row, enrollment_row, exit_row, project_row, service_row
from tests.shared_data import shared

OURS = [one for one in load_checks() if one.id in CHECKS]
EXAMPLES = 42
ENDS = ["", "", "", "2024-10-02"]
TYPES = ["", "0", "1", "3", "4", "12", "13", "6"]
DAYS = ["2024-10-01", "2024-10-01", "2024-10-01", "2024-10-02", "2025-03-01", "2025-03-01", "2025-02-28", "2025-09-05"]
STARTS = [
    *DAYS[:5],
    "2016-09-30",
    "2023-09-02",
    "2023-10-01",
    "2024-02-29",
    "2024-05-01",
    "2024-05-01",
    "2024-05-01",
    "2024-08-30",
    "2024-08-31",
]
RECORDED = [*DAYS, "2025-05-01", "2025-06-01", "2025-08-30"]
YES_NO = ["", "0", "0", "1", "1", "8", "99"]


def person(key: int, one: Random) -> Row:
    born = ["1980-01-01", "1980-01-01", "2006-10-01", "2006-10-02", "2018-10-02", "1991-10-01", "2024-10-01", "",
            "2025-10-06"]  # fmt: skip
    served = {war: one.choice(["0", "0", "0", "0", "0", "0", "", "99"]) for war in WARS}
    years = {"YearEnteredService": one.choice(["", "1995", "1996", "2026"])}
    return client_row(
        "FY2026",
        str(key),
        FirstName=one.choice(["Ann", "ANN", "Bea", ""]),
        NameDataQuality=one.choice(["1", "1", "1", "2", "8"]),
        SSN=one.choice(["078051120", "219099999", "000000000", "", "1234"]),
        SSNDataQuality=one.choice(["1", "1", "2", "8"]),
        DOB=one.choice(born),
        DOBDataQuality=one.choice(["1", "1", "2"]),
        White=one.choice(["0", "1"]),
        RaceNone=one.choice(["", "", "8", "99"]),
        Sex=one.choice(["", "0", "1", "99"]),
        VeteranStatus=one.choice(["0", "1", "1", "99"]),
        YearSeparated=one.choice(["", "1995", "2004", "2026"]),
        MilitaryBranch=one.choice(["1", "", "99"]),
        DischargeStatus=one.choice(["1", "", "8"]),
        **years,
        **served,
    )


def stay(key: int, one: Random) -> Row:
    asked = {name: one.choice(["1"] * 30 + [""]) for name in TARGETING}
    return enrollment_row(
        str(key),
        str(one.randint(1, 10)),
        ProjectID=one.choice("PQ"),
        EntryDate=one.choice(STARTS),
        HouseholdID=one.choice(["H", "J", "K", "", f"H{key}", f"H{key // 2}", f"H{key // 2}"]),
        RelationshipToHoH=one.choice(["1", "1", "1", "2", "2", "3", "5", "99"]),
        EnrollmentCoC=one.choice(["XX-500", "XX-501", ""]),
        LivingSituation=one.choice(["", "116", "101", "215", "302", "410", "99"]),
        LengthOfStay=one.choice(["", "2", "4", "10"]),
        LOSUnderThreshold=one.choice(["", "0", "1"]),
        PreviousStreetESSH=one.choice(["", "0", "1"]),
        DateToStreetESSH=one.choice(["", "2024-01-01"]),
        TimesHomelessPastThreeYears=one.choice(["", "1", "8"]),
        DisablingCondition=one.choice("0001"),
        DateOfEngagement=one.choice(["", "", "", "", *DAYS]),
        MoveInDate=one.choice(["", "2025-01-01"]),
        PercentAMI=one.choice(["", "1", "99"]),
        VAMCStation=one.choice(["", "402", "99"]),
        TargetScreenReqd=one.choice(["", "0", "1", "1", "1", "1", "1", "99"]),
        HPScreeningScore=one.choice(["", "0", "5"]),
        ThresholdScore=one.choice(["", "5", "5"]),
        **asked,
    )


def income(one: Random, stay: str, stage: str, day: str) -> Row:
    cells = {answer: one.choice(YES_NO) for answer, _ in KINDS.values()}
    for _, kinds in KINDS.values():
        ticked = one.choice(kinds)
        cells |= {kind: one.choice(["", "0", "1"]) if kind == ticked else one.choice(["", "0"]) for kind in kinds}
    for source in one.sample(SOURCES, 2):
        cells[f"{source.removesuffix('Source')}Amount"] = one.choice(["", "0", "100", "99.50"])
    total = one.choice(["", "0", "100", "100.50", "200", "101.01"])
    return record("IncomeBenefits", stay, stage, day, TotalMonthlyIncome=total, **cells)


def made_up(number: int) -> Tables:
    """Two projects of one type, or of any, with grants, people, stays, and records that may belong to none."""
    one, kind = Random(number), TYPES[number % len(TYPES)]
    stays = [stay(key, one) for key in range(1, one.randint(20, 40))]
    keys = [*(row["EnrollmentID"] for row in stays), "none"]

    def several(most: int) -> range:
        return range(one.randint(0, most))

    def staged(table: str, **choices: list[str]) -> list[Row]:
        cells = [{name: one.choice(values) for name, values in choices.items()} for _ in several(40)]
        return [record(table, one.choice(keys), one.choice("1113526"), one.choice(DAYS), **each) for each in cells]

    def project(key: str) -> Row:
        return project_row(
            key, kind or one.choice(["0", "1", "2", "3", "4", "12", "13"]), RRHSubType=one.choice(["", "1"])
        )

    funders = (
        ["2"] * 6 + ["33"] * 6 + ["5", "8", "20", "20", "20", "22", "25", "34", "35", "38", "45", "46", "53", "54"]
    )
    return clean() | {
        "Client": [person(key, one) for key in range(1, 11)],
        "Enrollment": stays,
        "Exit": [
            exit_row(key, one.choice(DAYS), Destination=one.choice(["", "17", "24", "410"]))
            for key in keys[:-1]
            if one.random() < 0.6
        ],
        "Project": [project(key) for key in "PQ"],
        "ProjectCoC": [place_row()],
        "Funder": [
            funder_row(ProjectID=one.choice("PQ"), Funder=one.choice(funders), EndDate=one.choice(ENDS))
            for _ in several(6)
        ],
        "Services": [
            service_row(one.choice(keys[:12]), one.choice(DAYS), one.choice(["200", "200", "144"])) for _ in several(30)
        ],
        "CurrentLivingSituation": [
            {"CurrentLivingSitID": str(key), "EnrollmentID": one.choice(keys[:12]), "InformationDate": one.choice(DAYS)}
            for key in several(30)
        ],
        "Event": [
            {"EventID": str(key), "EnrollmentID": one.choice(keys), "EventDate": one.choice(DAYS)}
            | {"ReferralResult": one.choice(["", "1"]), "ResultDate": one.choice(["", *DAYS])}
            for key in several(8)
        ],
        "IncomeBenefits": [
            income(one, one.choice(keys), one.choice("11133555526"), one.choice(RECORDED))
            for _ in several(60)
        ],
        "HealthAndDV": staged(
            "HealthAndDV", DomesticViolenceSurvivor=YES_NO, WhenOccurred=["", "1", "99"], CurrentlyFleeing=YES_NO
        ),
        "EmploymentEducation": staged(
            "EmploymentEducation", Employed=YES_NO, EmploymentType=["", "1"], NotEmployedReason=["", "1"]
        ),
        "Disabilities": staged(
            "Disabilities",
            DisabilityType=["5", "6", "7", "8", "9", "10"],
            DisabilityResponse=["0", "1", "1", "3", "99", ""],
            IndefiniteAndImpairs=["", "0", "1", "99"],
        )
        + [
            record("Disabilities", keys[0], kind=kind, DisabilityType=kind, DisabilityResponse="0")
            for kind in ("5", "6", "7", "9", "10")
        ],
        "Assessment": [
            {"AssessmentID": str(key), "EnrollmentID": one.choice(keys), "AssessmentDate": one.choice(["", *DAYS])}
            for key in several(6)
        ],
        "CEParticipation": [
            {"CEParticipationID": str(key), "ProjectID": one.choice("PQ"),
             "CEParticipationStatusStartDate": one.choice(["2010-01-01", *DAYS]),
             "CEParticipationStatusEndDate": one.choice(["", *DAYS])}
            for key in several(3)
        ],
    }  # fmt: skip


def differences(path: Path) -> tuple[dict[str, object], set[str]]:
    """Where the two differ, and the checks that flag some and leave others out."""
    read = load(path)
    files = Files({name: read.get(name, []) for name in {*HEADERS, *NEEDED, *read}})
    wanted = {name: twice(files) for name, twice in CHECKS.items()}
    with open_export(path) as export:
        listed = list(check(export, OURS))
    assert {one.check.id: one.reason for one in listed if one.status == "error"} == {}
    found = {one.check.id: (one.count, one.denominator) for one in listed}
    reached = {name for name, (some, among) in found.items() if 0 < some < among}
    return {name: (found[name], wanted[name]) for name in wanted if found[name] != wanted[name]}, reached


@pytest.mark.parametrize("which", ["demo", "sample"])
def test_a_whole_export(which: str) -> None:
    path = shared() / "exports" / "demo.zip" if which == "demo" else Path(str(sample_root() / "hmis-export.zip"))
    different, reached = differences(path)
    assert different == {}
    assert len(reached) > 20


def test_small_exports() -> None:
    """Both agree on every made-up export; and chance finds each fault, and leaves it out, in some of them."""
    reached: set[str] = set()
    for number in range(EXAMPLES):
        with tempfile.TemporaryDirectory() as folder:
            different, some = differences(write(made_up(number), Path(folder) / "export"))
        assert different == {}, number
        reached |= some
    assert set(CHECKS) - reached == set()
