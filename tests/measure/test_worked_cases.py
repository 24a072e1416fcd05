"""Cases worked by hand, from the data to the figures of report, measures and checks together."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hmis_standards.measure import check, hud_dq_report, measure, open_export
from hmis_standards.measure.coverage import coverage
from tests.measure.small_exports import (
    Row,
    Tables,
    client_row,
    enrollment_row,
    exit_row,
    income_row,
    inventory_row,
    participation_row,
    plain,
    project_row,
    service_row,
    texts_of,
    write_folder,
)

YEAR = {"start": "2023-10-01", "end": "2024-09-30"}
CALENDAR = {"start": "2024-01-01", "end": "2024-12-31"}


def found(tables: Tables, folder: Path, **period: str) -> tuple[dict[str, list[tuple[Any, ...]]], dict[str, Any]]:
    """The cells of HUD's tables by name, and the system's measures as numerator and denominator."""
    with open_export(write_folder(texts_of(tables), folder / "export")) as export:
        start, end = period.get("start"), period.get("end")
        report, measures = hud_dq_report(export, start=start, end=end), measure(export, start=start, end=end)
    lines = {table.name: [line.cells for line in table.lines] for table in report.tables}
    return lines, {one.measure: (one.numerator, one.denominator) for one in measures if one.slice == "system"}


def flagged(name: str, tables: Tables, folder: Path) -> int:
    with open_export(write_folder(texts_of(tables), folder / "checked")) as export:
        return next(one.count for one in check(export) if one.check.id == name)


def one_person(
    kind: str = "0", exits: list[Row] | None = None, services: list[Row] | None = None, **stay: str
) -> Tables:
    """One adult alone in one project of a type."""
    return plain(
        Client=[client_row("FY2026")],
        Enrollment=[enrollment_row(**stay)],
        Exit=exits or [],
        Services=services or [],
        Project=[project_row(kind=kind)],
    )


def test_an_approximate_date_of_birth_that_is_blank_is_missing_once(tmp_path: Path) -> None:
    tables = one_person()
    tables["Client"][0].update(DOB="", DOBDataQuality="2")
    lines, measures = found(tables, tmp_path)
    assert lines["Q6a"][2][:4] == (0, 1, 0, 1)
    assert measures["dob-error"] == measures["pii-error"] == (1, 1)
    assert flagged("dob-blank-but-reported", tables, tmp_path) == 1


@pytest.mark.parametrize(
    ("number", "quality", "cells"),
    [
        ("123456789", "1", (0, 0, 1)),
        ("987654321", "1", (0, 0, 1)),
        ("123-45-678", "1", (0, 0, 1)),
        ("", "99", (0, 1, 0)),
        ("", "8", (1, 0, 0)),
    ],
)
def test_a_number_that_cannot_be(number: str, quality: str, cells: tuple[int, ...], tmp_path: Path) -> None:
    tables = one_person()
    tables["Client"][0].update(SSN=number, SSNDataQuality=quality)
    assert found(tables, tmp_path)[0]["Q6a"][1][:3] == cells


def test_who_declined_although_a_race_is_marked(tmp_path: Path) -> None:
    tables = one_person()
    tables["Client"][0].update(RaceNone="9", White="1")
    assert found(tables, tmp_path)[0]["Q6a"][3][:2] == (1, 0)
    assert flagged("race-contradiction", tables, tmp_path) == 1


def test_an_assessment_three_days_after_the_month_is_missing_and_late(tmp_path: Path) -> None:
    """Start March 1, 2023: anniversary March 1, 2024; January 31 to March 31 is on time, April 2 is late."""
    tables = one_person("13", EntryDate="2023-03-01") | {"IncomeBenefits": [income_row("1", "5", "2024-04-02")]}
    lines, measures = found(tables, tmp_path, **YEAR)
    assert lines["Q6c"][2][1] == 1
    assert (measures["annual-on-time"], measures["annual-late"]) == ((0, 1), (1, 1))
    tables["IncomeBenefits"][0]["InformationDate"] = "2024-03-31"
    lines, measures = found(tables, tmp_path, **YEAR)
    assert lines["Q6c"][2][1] == 0
    assert (measures["annual-on-time"], measures["annual-late"]) == ((1, 1), (0, 1))


@pytest.mark.parametrize(("came", "due"), [("2024-03-01", 2), ("2024-03-02", 1)])
def test_who_came_after_the_anniversary_is_not_due(came: str, due: int, tmp_path: Path) -> None:
    tables = one_person("13", EntryDate="2023-03-01", HouseholdID="H") | {
        "IncomeBenefits": [income_row("1", "5", "2024-03-01")]
    }
    tables["Client"].append(client_row("FY2026", "2"))
    tables["Enrollment"].append(enrollment_row("2", "2", EntryDate=came, HouseholdID="H", RelationshipToHoH="3"))
    assert found(tables, tmp_path, **YEAR)[1]["annual-on-time"] == (1, due)


@pytest.mark.parametrize(("left", "odd"), [("2024-01-06", 0), ("2024-01-10", 1)])
def test_a_night_by_night_stay_ends_the_day_after_the_last_night(left: str, odd: int, tmp_path: Path) -> None:
    nights = [service_row("1", "2024-01-01"), service_row("1", "2024-01-05")]
    tables = one_person("1", [exit_row("1", left)], nights, EntryDate="2024-01-01")
    assert found(tables, tmp_path, **CALENDAR)[1]["night-stays-silent"] == (odd, 1)


def test_outreach_without_engagement_is_only_in_the_second_column(tmp_path: Path) -> None:
    lines, measures = found(one_person("4", EntryDate="2024-01-01"), tmp_path, **CALENDAR)
    assert lines["Q5a"][0] == (0, 1)
    assert lines["Q6f"][0][0] == 0
    assert measures["name-error"] == (0, 0)


def test_a_weekend_is_three_days_and_one_business_day(tmp_path: Path) -> None:
    """January 5, 2024, was a Friday."""
    tables = one_person(EntryDate="2024-01-05", DateCreated="2024-01-08 09:00:00")
    measures = found(tables, tmp_path, **CALENDAR)[1]
    assert measures["start-within-3-days"] == (1, 1)
    assert (measures["start-days-longest"], measures["start-business-days-longest"]) == ((3, 1), (1, 1))


def two_stays(first: str, second: str, **cells: Row) -> Tables:
    """One person in two projects of these types."""
    stays = [enrollment_row("1", EntryDate="2024-01-01"), enrollment_row("2", EntryDate="2024-01-01", ProjectID="Q")]
    for stay, change in zip(stays, (cells.get("one", {}), cells.get("other", {})), strict=True):
        stay.update(change)
    return plain(
        Client=[client_row("FY2026")],
        Enrollment=stays,
        Exit=[],
        Project=[project_row("P", first), project_row("Q", second)],
    )


def test_shelter_up_to_the_move_in_is_no_overlap(tmp_path: Path) -> None:
    tables = two_stays("3", "0", one={"MoveInDate": "2024-02-15"}, other={"EntryDate": "2024-01-10"})
    tables["Exit"] = [exit_row("2", "2024-02-15")]
    assert found(tables, tmp_path, **CALENDAR)[1]["overlap-pairs"] == (0, 1)
    tables["Exit"] = [exit_row("2", "2024-02-16")]
    assert found(tables, tmp_path, **CALENDAR)[1]["overlap-pairs"] == (1, 1)


@pytest.mark.parametrize(("other", "pairs"), [("0", 1), ("3", 0)])
def test_rehousing_may_bridge_to_supportive_housing_but_not_to_shelter(other: str, pairs: int, tmp_path: Path) -> None:
    housed = {"MoveInDate": "2024-01-01"}
    assert found(two_stays("13", other, one=housed, other=housed), tmp_path, **CALENDAR)[1]["overlap-pairs"] == (
        pairs,
        1,
    )


def twenty_beds() -> Tables:
    """12 in HMIS, 5 of a victim service provider in a comparable database, 3 in neither; of three organizations."""
    lots = (("P", "12", "1"), ("Q", "5", "2"), ("R", "3", "0"))
    return plain(
        Project=[project_row(key, "0", OrganizationID=key, PITCount=beds) for key, beds, _ in lots],
        Organization=[
            {"OrganizationID": key, "VictimServiceProvider": str(int(key == "Q")), "DateDeleted": ""}
            for key, *_ in lots
        ],
        Inventory=[inventory_row(key, BedInventory=beds) for key, beds, _ in lots],
        HMISParticipation=[participation_row(key, kind) for key, _, kind in lots],
    )


def test_coverage_of_twenty_beds(tmp_path: Path) -> None:
    """Seasonal and overflow beds, four nights, people and organizations beside the two classic measures."""
    tables = twenty_beds()
    tables["Inventory"] += [inventory_row("P", Availability="2", BedInventory="4")]
    tables["Inventory"] += [inventory_row("R", Availability="2", BedInventory="1")]
    tables["Project"].append(project_row("S", "0", OrganizationID="P", ContinuumProject="0"))
    tables["Inventory"].append(inventory_row("S", BedInventory="5"))
    night = date(2025, 1, 29)
    with open_export(write_folder(texts_of(tables), tmp_path / "export")) as export:
        results = coverage(export, night, None, [night, date(2025, 4, 30)])
    shares = {one.measure: (one.numerator, one.denominator) for one in results if one.project_types in {(0, 1), ()}}
    assert shares == {
        "bed-coverage": (12, 15),
        "bed-coverage-comparable": (17, 20),
        "bed-coverage-every-project": (12, 20),
        "bed-coverage-four-nights": (24, 30),
        "bed-coverage-seasonal": (4, 5),
        "bed-coverage-overflow": (0, 0),
        "point-in-time-coverage": (12, 15),
        "organization-participation": (1, 2),
    }


def test_nobody_to_count_is_no_value_and_hud_prints_zero(tmp_path: Path) -> None:
    with open_export(write_folder(texts_of(one_person()), tmp_path)) as export:
        (none,) = measure(export, start="2025-01-01", end="2025-01-31").of("destination-error", "system")
        (table,) = [
            one for one in hud_dq_report(export, start="2025-01-01", end="2025-01-31").tables if one.name == "Q6c"
        ]
    assert (none.value, none.status) == (None, "not_applicable")
    assert table.lines[0].cells[-1] == 0


def test_two_heads_are_counted_by_people_rows_enrollments_and_households(tmp_path: Path) -> None:
    home = [("1", "1"), ("2", "1"), ("3", "2")]
    tables = plain(
        Client=[client_row("FY2026", key) for key, _ in home],
        Enrollment=[enrollment_row(key, key, HouseholdID="H", RelationshipToHoH=code) for key, code in home],
        Exit=[],
    )
    lines, measures = found(tables, tmp_path)
    assert lines["Q6b"][2][3] == 3
    assert measures["lsa-stays-not-one-head"] == (3, 1)
    assert measures["households-not-one-head"] == (1, 1)
    assert flagged("several-heads", tables, tmp_path) == 1


# --- the LSA's cohort --------------------------------------------------------------------------------------


def lsa(tables: Tables, folder: Path) -> dict[str, Any]:
    measures = found(tables, folder)[1]
    return {name.removeprefix("lsa-"): share for name, share in measures.items() if name.startswith("lsa-")}


def test_a_family_in_the_cohort(tmp_path: Path) -> None:
    """A head of 44 years from the street with all answers, a partner with none and no believable birthday, who left."""
    tables = plain()
    partner = {"HouseholdID": "H1", "RelationshipToHoH": "3", "LivingSituation": "99", "LengthOfStay": ""}
    tables["Enrollment"][1].update(partner, TimesHomelessPastThreeYears="", MonthsHomelessPastThreeYears="8")
    tables["Enrollment"][0].update(DateToStreetESSH="2024-10-01")
    measures = lsa(tables, tmp_path)
    assert (measures["households"], measures["stays"], measures["people-exited"]) == ((1, 1), (2, 1), (1, 1))
    assert measures["adult-and-head-stays"] == (2, 1)
    assert measures["prior-living-unknown"] == measures["length-of-stay-unknown"] == (1, 2)
    # Neither shelter nor the street: the partner is not asked since when and how often.
    assert measures["street-date-wrong"] == measures["times-homeless-unknown"] == (0, 2)
    tables["Client"][1].update(DOBDataQuality="8")
    assert lsa(tables, tmp_path)["adult-and-head-stays"] == (1, 1)
    tables["Enrollment"][0].update(DateToStreetESSH="2024-10-02", TimesHomelessPastThreeYears="9")
    measures = lsa(tables, tmp_path)
    assert measures["street-date-wrong"] == measures["times-homeless-unknown"] == (1, 1)


@pytest.mark.parametrize(
    "change",
    [
        {"Enrollment": {"EnrollmentCoC": ""}},
        {"HMISParticipation": {"HMISParticipationStatusEndDate": "2024-10-01"}},
        {"Project": {"ProjectType": "1"}},
    ],
)
def test_who_is_not_in_the_cohort(change: dict[str, Row], tmp_path: Path) -> None:
    """No CoC code, no day of taking part, no bed night: the household is open in the period all the same."""
    tables = one_person("2")
    for name, cells in change.items():
        tables[name][0].update(cells)
    measures = lsa(tables, tmp_path)
    assert (measures["households"], measures["stays"]) == ((0, 1), (0, 1))
    assert measures["prior-living-unknown"] == (0, 0)
    assert measures["households-without-coc"] == (int("Enrollment" in change), 1)
    assert measures["night-stays-without-night"] == ((1, 1) if "Project" in change else (0, 0))


@pytest.mark.parametrize(
    "cells",
    [{"ContinuumProject": "0"}, {"ProjectType": "9"}, {"OperatingEndDate": "2024-10-01"}, {"ProjectType": "13"}],
)
def test_projects_the_lsa_does_not_report_on(cells: Row, tmp_path: Path) -> None:
    """The last is rapid re-housing that does not say which kind it is."""
    tables = one_person("2")
    tables["Project"][0].update(cells)
    assert set(lsa(tables, tmp_path).values()) == {(0, 0)}
