"""The library's figures against the second calculation: on whole exports, part by part, and on small odd ones."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from hmis_standards.measure import Export, HudReport, Measures, hud_dq_report, measure, open_export
from hmis_standards.measure.coverage import coverage
from hmis_standards.measure.hud_report import COUNTS, tables_from
from hmis_standards.measure.prepare import Slice, people_by_slice
from tests.measure import second_calculation as second
from tests.measure.small_exports import (
    COCS,
    END,
    START,
    Tables,
    client_row,
    enrollment_row,
    exit_row,
    exports,
    need_row,
    plain,
    project_row,
    service_row,
    texts_of,
    worlds,
    write_folder,
)
from tests.shared_data import shared

SAMPLE = Path(__file__).resolve().parents[2] / "examples" / "sample" / "hmis-export.zip"
PERIODS = {
    "demo": ((date(2019, 10, 1), date(2022, 9, 30)), (date(2021, 1, 1), date(2021, 3, 31))),
    "sample": ((date(2024, 10, 1), date(2025, 9, 30)), (date(2025, 1, 15), date(2025, 2, 15))),
}
GROUPS = {"ES": (0, 1), "SH": (8,), "TH": (2,), "RRH": (13,), "PSH": (3,), "OPH": (9, 10)}
Cells = dict[str, list[list[int | Fraction]]]


def ours(report: HudReport) -> Cells:
    """The tables as numbers; HUD prints 0 for a rate of nobody, and a blank is compared as 0."""
    return {table.name: [[cell or 0 for cell in line.cells] for line in table.lines] for table in report.tables}


def theirs(tables: dict[str, second.Table]) -> Cells:
    return {name: [[cell or 0 for cell in row] for row in table] for name, table in tables.items()}


# --- whole exports -----------------------------------------------------------------------------------------


class Opened:
    """An export read by both calculations."""

    def __init__(self, name: str, path: Path) -> None:
        self.name, self.export, self.tables = name, open_export(path), second.load(path)

    def part(self, project: str) -> second.Tables:
        """The export as if it had one project: a report on it alone cannot tell, and this one is fast."""
        stays = [row for row in self.tables["Enrollment"] if row["ProjectID"] == project]
        keys = {row["EnrollmentID"] for row in stays}
        linked = {
            name: [row for row in self.tables[name] if row["EnrollmentID"] in keys]
            for name in ("Exit", "Services", "Disabilities")
        }
        return {**self.tables, "Enrollment": stays, **linked}


@pytest.fixture(scope="module", params=["demo", "sample"])
def opened(request: pytest.FixtureRequest) -> Iterator[Opened]:
    both = Opened(request.param, SAMPLE if request.param == "sample" else shared() / "exports" / "demo.zip")
    with both.export:
        yield both


@pytest.mark.parametrize("which", [0, 1])
def test_all_projects_and_each_coc(opened: Opened, which: int) -> None:
    start, end = PERIODS[opened.name][which]
    codes = sorted({row["CoCCode"] for row in opened.tables["ProjectCoC"]})
    assert len(codes) > 1
    for coc in (None, *codes):
        report = hud_dq_report(opened.export, start=start, end=end, coc=coc and [coc])
        expected = second.hud_tables(opened.tables, start, end, None, coc and {coc})
        assert ours(report) == theirs(expected), coc
        assert expected["Q5a"][0][1] > 0  # type: ignore[operator]


@pytest.mark.parametrize("which", [0, 1])
def test_each_project_alone(opened: Opened, which: int) -> None:
    start, end = PERIODS[opened.name][which]
    by_project = measure(opened.export, start=start, end=end, by="project")
    for project in (row["ProjectID"] for row in opened.tables["Project"]):
        expected = theirs(second.hud_tables(opened.part(project), start, end, {project}, None))
        assert ours(hud_dq_report(opened.export, start=start, end=end, projects=[project])) == expected, project
        assert rates(by_project, project) == rates_of(expected, opened.export.edition), project


def rates(measures: Measures, project: str) -> dict[str, tuple[int, int]]:
    return {one.measure: (one.numerator, one.denominator) for one in measures if one.project_id == project}


def rates_of(tables: Cells, edition: str) -> dict[str, tuple[int | Fraction, int | Fraction]]:
    """The measures of a project, read from its tables."""
    everybody, adults, children = (tables["Q5a"][row][0] for row in (0, 1, 2))
    heads = tables["Q5a"][13][0] + tables["Q5a"][14][0]
    gender = ["gender-error"] if edition == "FY2024" else []
    identity = ["name-error", "ssn-error", "dob-error", "race-error", *gender, "pii-error"]
    found = {name: (tables["Q6a"][row][3], everybody) for row, name in enumerate(identity)}
    found["race-missing"] = (tables["Q6a"][3][1], everybody)
    names = ("veteran-error", "start-date-issue", "relationship-error", "coc-error", "disabling-error")
    among = (adults + children, everybody, everybody, heads, everybody)
    found |= {name: (tables["Q6b"][row][3], among[row]) for row, name in enumerate(names)}
    for column, name in enumerate(("start-within-3-days", "exit-within-3-days")):
        lags = [line[column] for line in tables["Q6e"]]
        found[name] = (lags[1] + lags[2], sum(lags[1:], start=Fraction(0)))
    lines = tables["Q6e"]
    found["entered-before-event"] = (sum(lines[0]), sum(map(sum, lines)))
    return found


def test_bed_coverage(opened: Opened) -> None:
    codes = sorted({row["CoCCode"] for row in opened.tables["ProjectCoC"]})
    nights = [night for start, end in PERIODS[opened.name] for night in (start, end, measure_night(opened, start, end))]
    for coc in (None, *codes):
        for night in nights:
            assert same_coverage(opened.export, opened.tables, night, coc and {coc})


def measure_night(opened: Opened, start: date, end: date) -> date:
    measures = measure(opened.export, start=start, end=end)
    found = {one.project_types: (one.numerator, one.denominator) for one in measures.of("bed-coverage")}
    expected = second.bed_coverage(opened.tables, measures.bed_night)["cov.hmis_beds"]
    assert found == {GROUPS[group]: share for group, share in expected.items()}
    return measures.bed_night


def same_coverage(export: Export, tables: second.Tables, night: date, cocs: Collection[str] | None) -> bool:
    results = coverage(export, night, cocs)
    expected = second.bed_coverage(tables, night, cocs)
    for name, theirs in (("bed-coverage", "cov.hmis_beds"), ("bed-coverage-comparable", "cov.nofo")):
        shares = {one.project_types: (one.numerator, one.denominator) for one in results if one.measure == name}
        assert shares == {GROUPS[group]: share for group, share in expected[theirs].items()}, (night, cocs)
    taking_part = [one for one in results if one.measure == "project-participation"]
    found = {one.project_types[0]: (one.numerator, one.denominator) for one in taking_part}
    return found == {kind: participation(tables, kind, night, cocs) for kind in (4, 6, 11, 12, 14)}


def participation(tables: second.Tables, kind: int, night: date, cocs: Collection[str] | None) -> tuple[int, int]:
    """Open continuum projects of a type without beds, not of victim service providers: taking part, and all."""
    shelter = {row["OrganizationID"] for row in tables["Organization"] if row["VictimServiceProvider"] == "1"}
    inside = {row["ProjectID"] for row in tables["ProjectCoC"] if cocs is None or row["CoCCode"] in cocs}
    keys = {
        row["ProjectID"]
        for row in tables["Project"]
        if row["ProjectType"] == str(kind) and row["ContinuumProject"] == "1" and row["OrganizationID"] not in shelter
        and second.under_way(row["OperatingStartDate"], row["OperatingEndDate"], night)
        and (cocs is None or row["ProjectID"] in inside)
    }  # fmt: skip
    begun, ended = "HMISParticipationStatusStartDate", "HMISParticipationStatusEndDate"
    part = {
        row["ProjectID"]
        for row in tables["HMISParticipation"]
        if row["HMISParticipationType"] == "1" and second.under_way(row[begun], row[ended], night)
    }
    return len(keys & part), len(keys)


# --- small odd exports -------------------------------------------------------------------------------------


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(exports())
def test_small_exports(tables: Tables) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = write_folder(texts_of(tables), Path(folder) / "export")
        read = second.load(path)
        with open_export(path) as export:
            assert differences(export, read) == []
            for cocs in (None, [COCS[0]]):
                assert same_coverage(export, read, date(2025, 1, 29), cocs)


def differences(export: Export, tables: second.Tables) -> list[str]:
    """Where the tables differ, in each world of a small export: all its projects, one, or two and a CoC."""
    parts = worlds(tables)
    known = {row["ProjectID"] for row in tables["Project"]}
    found = []
    for cocs, choices in ((None, ("PQR", "P")), ([COCS[0]], ("PQR",)), ([COCS[1]], ("PQ",))):
        slices = [
            Slice(id=f"{number} {choice}", projects=tuple(f"{number}-{one}" for one in choice))
            for number in parts
            for choice in choices
        ]
        assert {project for one in slices for project in one.projects} <= known
        counts = people_by_slice(export, START, END, slices, cocs, COUNTS)
        for one in slices:
            mine = {table.name: table for table in tables_from(counts[one.id], export.edition)}
            expected = theirs(second.hud_tables(parts[one.id.partition(" ")[0]], START, END, one.projects, cocs))
            found += [
                f"{one.id} of {cocs}: {name} line {row + 1} is {line.cells}, not {expected[name][row]}"
                for name, table in mine.items()
                for row, line in enumerate(table.lines)
                if [cell or 0 for cell in line.cells] != expected[name][row]
            ]
    return found


# --- rules that chance seldom reaches ----------------------------------------------------------------------

Stay = dict[str, str]


def one_project(kind: str, *stays: Stay, exits: tuple[tuple[str, str], ...] = (), **tables: list[Stay]) -> Tables:
    """One project, or two if a stay names project Q; two people, 1 and 2."""
    return plain(
        Project=[project_row("P", kind), project_row("Q", kind)],
        Enrollment=[enrollment_row(str(place), **stay) for place, stay in enumerate(stays, start=1)],
        Exit=[exit_row(key, day) for key, day in exits],
        Client=tables.get("Client", [client_row("FY2026"), client_row("FY2026", "2")]),
        Services=tables.get("Services", []),
        Disabilities=tables.get("Disabilities", []),
    )


def family(born: str) -> list[Stay]:
    """An adult, and a child of that birthday typed in on 1 October 2024."""
    return [client_row("FY2026"), client_row("FY2026", "2", DOB=born)]


LONG = {"EntryDate": "2023-01-01", "HouseholdID": "H"}
PARTNER = {"person": "2", "HouseholdID": "H", "RelationshipToHoH": "3", "EntryDate": "2024-10-02"}
CHILD = {"person": "2", "HouseholdID": "H1", "RelationshipToHoH": "2"}
DECLINED = {"DisablingCondition": "8"}
HAVEN = {"LivingSituation": "", "DisablingCondition": "1"}
EARLY = {"EntryDate": "2024-05-01"}
CASES: dict[str, tuple[Tables, str, int, int]] = {
    "a night in the period": (one_project("1", LONG, Services=[service_row("1", "2024-10-01")]), "Q5a", 0, 1),
    "nights before the period only": (one_project("1", LONG, Services=[service_row("1", "2024-09-30")]), "Q5a", 0, 0),
    "a night after the period": (one_project("1", LONG, Services=[service_row("1", "2025-10-01")]), "Q5a", 0, 0),
    "of two stays of one day the later to end": (
        one_project("2", DECLINED, {}, exits=(("1", "2024-12-01"), ("2", "2025-01-01"))), "Q6b", 4, 0,
    ),
    "of two stays of one day the earlier to end": (
        one_project("2", DECLINED, {}, exits=(("1", "2025-01-02"), ("2", "2025-01-01"))), "Q6b", 4, 1,
    ),
    "of two stays alike the smaller key": (one_project("2", {}, DECLINED), "Q6b", 4, 0),
    "an earlier stay ends after the start": (one_project("2", EARLY, {}, exits=(("1", "2024-10-02"),)), "Q6b", 1, 1),
    "an earlier stay ends on the start": (one_project("2", EARLY, {}, exits=(("1", "2024-10-01"),)), "Q6b", 1, 0),
    "an earlier stay never ends": (one_project("2", EARLY, {}), "Q6b", 1, 0),
    "an earlier stay elsewhere": (
        one_project("2", {**EARLY, "ProjectID": "Q"}, {}, exits=(("1", "2025-01-01"),)), "Q6b", 1, 0,
    ),
    "a head who stayed a year, and the partner": (one_project("2", LONG, PARTNER), "Q5a", 15, 2),
    "a head who left after a year, and the partner": (
        one_project("2", LONG, PARTNER, exits=(("1", "2025-01-01"),)), "Q5a", 15, 0,
    ),
    "a year to the day": (one_project("2", {"EntryDate": "2024-10-01"}), "Q5a", 15, 1),
    "a day less than a year": (one_project("2", {"EntryDate": "2024-10-02"}), "Q5a", 15, 0),
    "a safe haven needs no prior situation": (
        one_project("8", {**HAVEN, "DateToStreetESSH": "2023-10-01"}), "Q5a", 10, 1,
    ),
    "a year on the street, less a day": (
        one_project("8", {**HAVEN, "DateToStreetESSH": "2023-10-02"}), "Q5a", 10, 0,
    ),
    "a need on the latest date": (
        one_project("2", {}, Disabilities=[need_row("1", "8", "1", InformationDate="2025-02-01")]), "Q6b", 4, 1,
    ),
    "a need that is no longer one": (
        one_project("2", {}, Disabilities=[need_row("1", "8", "1"), need_row("1", InformationDate="2025-01-01")]),
        "Q6b", 4, 0,
    ),
    "born in 1915": (one_project("2", {}, Client=[client_row("FY2026", DOB="1915-01-01")]), "Q6a", 2, 0),
    "born in 1914": (one_project("2", {}, Client=[client_row("FY2026", DOB="1914-12-31")]), "Q6a", 2, 1),
    "a child typed in on the day of birth": (one_project("2", {}, CHILD, Client=family("2024-10-01")), "Q6a", 2, 0),
    "a child typed in before birth": (one_project("2", {}, CHILD, Client=family("2024-10-02")), "Q6a", 2, 1),
    "a head born on the day of the start": (
        one_project("2", {}, Client=[client_row("FY2026", DOB="2024-10-01")]), "Q6a", 2, 1,
    ),
    "a race and a reason for none": (one_project("2", {}, Client=[client_row("FY2026", RaceNone="99")]), "Q6a", 3, 1),
    "a lasting substance use disorder": (
        one_project("2", {}, Disabilities=[need_row("1", "10", "3", IndefiniteAndImpairs="1")]), "Q6b", 4, 1,
    ),
    "a lasting mental health disorder": (
        one_project("2", {}, Disabilities=[need_row("1", "9", "1", IndefiniteAndImpairs="1")]), "Q6b", 4, 1,
    ),
    "a need without a date": (
        one_project("2", {}, Disabilities=[need_row("1", "8", "1", InformationDate="")]), "Q6b", 4, 0,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_rule(case: str, tmp_path: Path) -> None:
    tables, question, line, expected = CASES[case]
    path = write_folder(texts_of(tables), tmp_path / "export")
    with open_export(path) as export:
        found = ours(hud_dq_report(export))
    assert found == theirs(second.hud_tables(second.load(path), START, END))
    assert found[question][line][0 if question == "Q5a" else 3] == expected


@pytest.mark.parametrize(
    ("project", "part", "covered"),
    [
        ({"ProjectType": "2"}, {}, (10, 10)),
        ({"ProjectType": "2"}, {"HMISParticipationStatusEndDate": "2025-01-29"}, (0, 10)),
        ({"ProjectType": "2"}, {"HMISParticipationStatusEndDate": "2025-01-30"}, (10, 10)),
        ({"ProjectType": "2", "OperatingEndDate": "2025-01-29"}, {}, (0, 0)),
        ({"ProjectType": "13", "RRHSubType": "2"}, {}, (10, 10)),
        ({"ProjectType": "13", "RRHSubType": ""}, {}, (10, 10)),
        ({"ProjectType": "13", "RRHSubType": "1"}, {}, (0, 0)),
        ({"ProjectType": "13", "RRHSubType": "99"}, {}, (0, 0)),
    ],
)
def test_rule_of_coverage(project: Stay, part: Stay, covered: tuple[int, int], tmp_path: Path) -> None:
    tables = plain()
    tables["Project"][0].update(project)
    tables["HMISParticipation"][0].update(part)
    path = write_folder(texts_of(tables), tmp_path / "export")
    with open_export(path) as export:
        night = date(2025, 1, 29)
        assert same_coverage(export, second.load(path), night, None)
        found = [one for one in coverage(export, night, None) if one.project_types == (int(project["ProjectType"]),)]
        assert (found[0].numerator, found[0].denominator) == covered
