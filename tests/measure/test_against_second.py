"""The library's figures against the second calculation: on whole exports, part by part, and on small odd ones."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterator
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from hmis_standards.measure import Export, HudReport, Measures, hud_dq_report, measure, open_export
from hmis_standards.measure.coverage import coverage
from hmis_standards.measure.elements import HIGHEST
from hmis_standards.measure.hud_tables import tables_from
from hmis_standards.measure.prepare import Slice, people_by_slice
from tests.measure import second_calculation as second
from tests.measure import second_coverage
from tests.measure.small_exports import (
    COCS,
    END,
    START,
    Tables,
    client_row,
    contact_row,
    enrollment_row,
    exit_row,
    exports,
    income_row,
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
    return {table.name: [[number(cell) for cell in line.cells] for line in table.lines] for table in report.tables}


def number(cell: int | Fraction | str | None) -> int | Fraction:
    assert not isinstance(cell, str)  # that is for tables made for the public
    return cell or 0


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
            for name in ("Exit", "Services", "Disabilities", "IncomeBenefits", "CurrentLivingSituation")
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
        kind = next(row["ProjectType"] for row in opened.tables["Project"] if row["ProjectID"] == project)
        due = rates_of(expected, opened.export.edition, kind)
        assert rates(by_project, project, due) == due, project


def rates(measures: Measures, project: str, names: Collection[str]) -> dict[str, tuple[int, int]]:
    """The measures of HUD's report on a project; those of the system have a second calculation of their own."""
    mine = [one for one in measures if one.project_id == project and one.measure in names]
    return {one.measure: (one.numerator, one.denominator) for one in mine}


def rates_of(tables: Cells, edition: str, kind: str) -> dict[str, tuple[int | Fraction, int | Fraction]]:
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
    incomes = {
        "destination-error": tables["Q5a"][4][0],
        "income-start-error": adults + tables["Q5a"][14][0],
        "income-annual-error": tables["Q5a"][15][0],
        "income-exit-error": tables["Q5a"][6][0],
    }
    found |= {name: (tables["Q6c"][row][3], due) for row, (name, due) in enumerate(incomes.items())}
    asked, *_, unable = tables["Q6d"][-1]
    found["prior-living-error"] = (asked * unable, asked)
    due, silent, _ = tables["Q6f"][1 if kind == "1" else 0]
    found["inactive-records"] = (silent, due)
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
    four = [night, night.replace(day=1), night - timedelta(days=91)]
    further = second_coverage.coverage(tables, night, cocs, set(four))
    made = coverage(export, night, cocs, four)
    for name, shares in further.items():
        assert {one.project_types: (one.numerator, one.denominator) for one in made if one.measure == name} == shares, (
            name
        )
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
        counts = people_by_slice(export, START, END, slices, cocs)
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


def one_project(
    kind: str,
    *stays: Stay,
    exits: tuple[tuple[str, str], ...] = (),
    Destination: str = "410",
    **tables: list[Stay],
) -> Tables:
    """One project, or two if a stay names project Q; two people, 1 and 2."""
    return plain(
        Project=[project_row("P", kind), project_row("Q", kind)],
        Enrollment=[enrollment_row(str(place), **stay) for place, stay in enumerate(stays, start=1)],
        Exit=[exit_row(key, day, Destination=Destination) for key, day in exits],
        Client=tables.get("Client", [client_row("FY2026"), client_row("FY2026", "2")]),
        Services=tables.get("Services", []),
        Disabilities=tables.get("Disabilities", []),
        IncomeBenefits=tables.get("IncomeBenefits", []),
        CurrentLivingSituation=tables.get("CurrentLivingSituation", []),
        Funder=tables.get("Funder", []),
    )


def annual(*records: Stay, stay: Stay | None = None, partner: Stay | None = None) -> Tables:
    """A head of household since 29 February 2020, so with an anniversary on 28 February 2025; and these records."""
    stays = [one for one in ({**LONG_AGO, **(stay or {})}, partner) if one]
    return one_project("2", *stays, IncomeBenefits=[income_row("1", "5", **record) for record in records])


def family(born: str) -> list[Stay]:
    """An adult, and a child of that birthday typed in on 1 October 2024."""
    return [client_row("FY2026"), client_row("FY2026", "2", DOB=born)]


LONG = {"EntryDate": "2023-01-01", "HouseholdID": "H"}
PARTNER = {"person": "2", "HouseholdID": "H", "RelationshipToHoH": "3", "EntryDate": "2024-10-02"}
CHILD = {"person": "2", "HouseholdID": "H1", "RelationshipToHoH": "2"}
DECLINED = {"DisablingCondition": "8"}
LONG_AGO = {"EntryDate": "2020-02-29", "HouseholdID": "H"}
SETTLED = {"DateOfEngagement": "2024-11-01"}
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
    "no exit interview": (one_project("2", {}, exits=(("1", "2025-01-01"),), Destination="30"), "Q6c", 0, 1),
    "destination declined": (one_project("2", {}, exits=(("1", "2025-01-01"),), Destination="9"), "Q6c", 0, 1),
    "an exit after the report": (one_project("2", {}, exits=(("1", "2025-10-01"),), Destination="30"), "Q6c", 0, 0),
    "income at start": (one_project("2", {}, IncomeBenefits=[income_row("1")]), "Q6c", 1, 0),
    "income a day after the start": (
        one_project("2", {}, IncomeBenefits=[income_row("1", "1", "2024-10-02")]), "Q6c", 1, 1,
    ),
    "income of another stage": (one_project("2", {}, IncomeBenefits=[income_row("1", "2")]), "Q6c", 1, 1),
    "no income, with a source": (
        one_project("2", {}, IncomeBenefits=[income_row("1", OtherIncomeSource="1")]), "Q6c", 1, 1,
    ),
    "income without a source": (
        one_project("2", {}, IncomeBenefits=[income_row("1", IncomeFromAnySource="1", Earned="")]), "Q6c", 1, 1,
    ),
    "of two records the one changed last": (
        one_project(
            "2", {}, IncomeBenefits=[
                income_row("1", DateUpdated="2025-01-02"),
                income_row("1", DateUpdated="2025-01-01", IncomeFromAnySource="8"),
            ],
        ),
        "Q6c", 1, 0,
    ),
    "of two records changed on one day the better": (
        one_project("2", {}, IncomeBenefits=[income_row("1", IncomeFromAnySource="8"), income_row("1")]), "Q6c", 1, 0,
    ),
    "a child is not asked for income": (
        one_project("2", {}, CHILD, Client=family("2015-01-01"), IncomeBenefits=[income_row("1")]), "Q6c", 1, 0,
    ),
    "income at exit": (
        one_project("2", {}, exits=(("1", "2025-01-01"),), IncomeBenefits=[income_row("1", "3", "2025-01-01")]),
        "Q6c", 3, 0,
    ),
    "income at exit a day early": (
        one_project("2", {}, exits=(("1", "2025-01-01"),), IncomeBenefits=[income_row("1", "3", "2024-12-31")]),
        "Q6c", 3, 1,
    ),
    "30 days before the anniversary": (annual({"day": "2025-01-29"}), "Q6c", 2, 0),
    "31 days before the anniversary": (annual({"day": "2025-01-28"}), "Q6c", 2, 1),
    "30 days after the anniversary": (annual({"day": "2025-03-30"}), "Q6c", 2, 0),
    "31 days after the anniversary": (annual({"day": "2025-03-31"}), "Q6c", 2, 1),
    "the latest of the annual assessments": (
        annual({"day": "2025-02-01"}, {"day": "2025-03-01", "IncomeFromAnySource": "8"}), "Q6c", 2, 1,
    ),
    "an assessment of last year": (annual({"day": "2024-02-29"}), "Q6c", 2, 1),
    "a partner who came on the anniversary": (
        annual({"day": "2025-02-28"}, partner={**PARTNER, "EntryDate": "2025-02-28"}), "Q6c", 2, 1,
    ),
    "a partner who came after the anniversary": (
        annual({"day": "2025-02-28"}, partner={**PARTNER, "EntryDate": "2025-03-01"}), "Q6c", 2, 0,
    ),
    "nobody is due in the first year": (one_project("2", {"EntryDate": "2024-10-01"}), "Q6c", 2, 0),
    "due on the last day of the report": (one_project("2", {"EntryDate": "2024-09-30"}), "Q6c", 2, 1),
    "an assessment after the report": (
        one_project("2", {"EntryDate": "2024-09-30"}, IncomeBenefits=[income_row("1", "5", "2025-10-01")]), "Q6c", 2, 1,
    ),
    "settled for 90 days": (one_project("4", {**SETTLED, "EntryDate": "2025-07-02"}), "Q6f", 0, 1),
    "settled for 89 days": (one_project("4", {**SETTLED, "EntryDate": "2025-07-03"}), "Q6f", 0, 0),
    "a contact 90 days ago": (
        one_project("4", SETTLED, CurrentLivingSituation=[contact_row("1", "2025-07-02")]), "Q6f", 0, 0,
    ),
    "a contact 91 days ago": (
        one_project("4", SETTLED, CurrentLivingSituation=[contact_row("1", "2025-07-01")]), "Q6f", 0, 1,
    ),
    "a contact after the report": (
        one_project("4", SETTLED, CurrentLivingSituation=[contact_row("1", "2025-10-01")]), "Q6f", 0, 1,
    ),
    "services only": (one_project("6", SETTLED), "Q6f", 0, 0),
    "services only with PATH funds": (
        one_project("6", SETTLED, Funder=[{"ProjectID": "P", "Funder": "21", "DateDeleted": ""}]), "Q6f", 0, 1,
    ),
    "not engaged": (one_project("4", {**SETTLED, "DateOfEngagement": ""}), "Q6f", 0, 0),
    "a night 90 days ago": (one_project("1", SETTLED, Services=[service_row("1", "2025-07-02")]), "Q6f", 1, 0),
    "a night 91 days ago": (one_project("1", SETTLED, Services=[service_row("1", "2025-07-01")]), "Q6f", 1, 1),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_rule(case: str, tmp_path: Path) -> None:
    tables, question, line, expected = CASES[case]
    path = write_folder(texts_of(tables), tmp_path / "export")
    with open_export(path) as export:
        found = ours(hud_dq_report(export))
    assert found == theirs(second.hud_tables(second.load(path), START, END))
    assert found[question][line][{"Q5a": 0, "Q6f": 1}.get(question, 3)] == expected


TRANSIT = {"LivingSituation": "410", "LengthOfStay": "10", "PreviousStreetESSH": "1", "DateToStreetESSH": "2024-01-01"}
# Of one person: the line of Q6d, then columns C to G (None: blank).
PRIOR: dict[str, tuple[str, Stay, int, tuple[int | None, ...]]] = {
    "shelter asks everybody": (
        "0", {**TRANSIT, "LivingSituation": "", "LengthOfStay": "", "DateToStreetESSH": ""}, 0, (None, None, 1, 0, 0),
    ),
    "from the street": ("2", {"LivingSituation": "116", "LengthOfStay": "99"}, 1, (0, 0, 1, 0, 0)),
    "a short stay in a home": ("3", {**TRANSIT, "TimesHomelessPastThreeYears": "9"}, 2, (0, 0, 0, 1, 0)),
    "a stay of a week in a home": ("13", {**TRANSIT, "LengthOfStay": "2", "DateToStreetESSH": ""}, 2, (0, 0, 0, 0, 0)),
    "89 days in an institution": (
        "14", {**TRANSIT, "LivingSituation": "206", "LengthOfStay": "3", "MonthsHomelessPastThreeYears": ""},
        3, (0, 0, 0, 0, 1),
    ),
    "90 days in an institution": (
        "14", {**TRANSIT, "LivingSituation": "206", "LengthOfStay": "4", "DateToStreetESSH": ""}, 3, (0, 0, 0, 0, 0),
    ),
    "how long in an institution": (
        "11", {**TRANSIT, "LivingSituation": "225", "LengthOfStay": "8"}, 4, (1, 0, 0, 0, 0),
    ),
    "how long in a home": ("12", {**TRANSIT, "LivingSituation": "", "LengthOfStay": ""}, 4, (0, 1, 0, 0, 0)),
    "not on the street before": (
        "6", {**TRANSIT, "PreviousStreetESSH": "0", "DateToStreetESSH": ""}, 4, (0, 0, 0, 0, 0),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", PRIOR)
def test_rule_of_prior_situations(case: str, tmp_path: Path) -> None:
    kind, stay, line, gaps = PRIOR[case]
    path = write_folder(texts_of(one_project(kind, stay)), tmp_path / "export")
    with open_export(path) as export:
        table = hud_dq_report(export).table("Q6d")
    assert [one.cells[0] for one in table.lines] == [int(place == line) for place in range(5)] + [1]
    assert table.lines[line].cells == (1, *gaps, Fraction(int(any(gaps))))
    assert table.lines[5].cells == (1, None, None, None, None, None, Fraction(int(any(gaps))))


@pytest.mark.parametrize(("entry", "asked"), [("2016-10-01", 1), ("2016-09-30", 0)])
def test_prior_situations_are_asked_since_october_2016(entry: str, asked: int, tmp_path: Path) -> None:
    path = write_folder(texts_of(one_project("2", {"EntryDate": entry})), tmp_path / "export")
    with open_export(path) as export:
        assert hud_dq_report(export).table("Q6d").lines[5].cells[0] == asked


def test_a_night_by_night_record_is_silent_by_its_nights(tmp_path: Path) -> None:
    stays = [{}, {"person": "2"}]
    nights = [service_row("1", "2025-09-01"), service_row("2", "2025-01-01")]
    contacts = [contact_row("2", "2025-09-01")]
    tables = one_project("1", *stays, Services=nights, CurrentLivingSituation=contacts)
    with open_export(write_folder(texts_of(tables), tmp_path / "export")) as export:
        (found,) = measure(export).of("inactive-records", "system")
    assert (found.numerator, found.denominator) == (1, 2)


# --- one count for report and measures, and for every slice -----------------------------------------------


def test_report_and_measures_count_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    with open_export(write_folder(texts_of(plain()), tmp_path / "export")) as export:
        keep = export.engine.materialize

        def note(table: str, select: str) -> None:
            made.append(table)
            keep(table, select)

        monkeypatch.setattr(export.engine, "materialize", note)
        measure(export)
        assert len(made) == len(set(made))
        seen = list(made)
        report = hud_dq_report(export)
        assert made == seen
        hud_dq_report(export, end=date(2025, 9, 29))
        assert made.count("households") == 2
        export.counted.clear()
        assert hud_dq_report(export) == report
        hud_dq_report(export, coc=[COCS[0]])
    assert made.count("households") == 4


def test_people_and_households_in_several_projects(tmp_path: Path) -> None:
    """Person 1 has a later stay in Q, which counts for the system; their household of P has its head there alone."""
    head, partner = {"HouseholdID": "H"}, {**PARTNER, "EntryDate": "2024-10-01"}
    later = {"ProjectID": "Q", "EntryDate": "2025-01-01", "DisablingCondition": "8"}
    spread = {"person": "2", "HouseholdID": "H", "RelationshipToHoH": "3", "ProjectID": "Q", "EntryDate": "2024-11-01"}
    tables = one_project("2", head, partner, later, spread)
    path = write_folder(texts_of(tables), tmp_path / "export")
    with open_export(path) as export:
        measures, read = measure(export, by="project"), second.load(path)
        for one, projects in (("system", ["P", "Q"]), ("project P", ["P"]), ("project Q", ["Q"])):
            expected = second.hud_tables(read, START, END, projects)
            found = [
                (r.numerator, r.denominator)
                for name in ("relationship-error", "disabling-error")
                for r in measures.of(name)
                if " ".join(filter(None, (r.slice, r.project_id))) == one
            ]
            assert found == [(expected["Q6b"][row][3], expected["Q5a"][0][0]) for row in (2, 4)], one
    assert [r.numerator for r in measures.of("relationship-error", "project")] == [0, 1]
    assert [r.numerator for r in measures.of("disabling-error", "project")] == [0, 1]


def test_the_tables_add_up(opened: Opened) -> None:
    start, end = PERIODS[opened.name][0]
    tables = ours(hud_dq_report(opened.export, start=start, end=end))
    for column in (0, 1):
        total, adults, children, unknown, leavers, adult_leavers, either, stayers, *rest = (
            line[column] for line in tables["Q5a"]
        )
        assert total == adults + children + unknown == leavers + stayers > 0
        assert adult_leavers <= either <= leavers
        assert adult_leavers + rest[0] == adults
    for name in ("Q6b", "Q6c"):
        assert all(sum(line[:3]) == line[3] for line in tables[name])
    assert all(sum(line[:3]) == line[3] <= total for line in tables["Q6a"][:-1])
    assert max(line[3] for line in tables["Q6a"][:-1]) <= tables["Q6a"][-1][3] <= total
    *lines, all_of_them = tables["Q6d"]
    assert all_of_them[0] == sum(line[0] for line in lines)
    assert all_of_them[0] * all_of_them[6] == sum(line[0] * line[6] for line in lines)
    assert all(max(line[1:6], default=0) <= line[0] * line[6] <= sum(line[1:6]) for line in lines)
    assert sum(line[1] for line in tables["Q6e"]) <= tables["Q5a"][4][0]
    assert all(line[1] <= line[0] for line in tables["Q6f"])


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


# --- what the export does not have ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "column", "measures", "blank"),
    [
        (
            "IncomeBenefits", "", {
                "income-start-error", "income-annual-error", "income-exit-error", "income-conflict", "annual-on-time",
                "annual-late", "annual-missing", "annual-window-open", "annual-offset-days", *HIGHEST,
            },
            {("Q6c", 1), ("Q6c", 2), ("Q6c", 3)},
        ),
        (
            "IncomeBenefits", "Alimony",
            {"income-start-error", "income-annual-error", "income-exit-error", "income-conflict", *HIGHEST},
            {("Q6c", 1), ("Q6c", 2), ("Q6c", 3)},
        ),
        (
            "Exit", "Destination", {"destination-error", "destination-missing", "universal-answered", *HIGHEST},
            {("Q6c", 0)},
        ),
        (
            "Enrollment", "LengthOfStay", {"prior-living-error", "lsa-length-of-stay-unknown"},
            {("Q6d", line) for line in range(6)},
        ),
        (
            "CurrentLivingSituation", "", {
                "inactive-records", "silent-days", "silent-business-days", "contact-within-1-day",
                "contact-days-longest", "record-days-longest", "record-business-days-longest",
            },
            {("Q6f", 0)},
        ),
        ("Funder", "", {"inactive-records", "silent-days", "silent-business-days"}, {("Q6f", 0)}),
    ],
)  # fmt: skip
def test_what_the_export_does_not_have_is_no_missing_answer(
    table: str, column: str, measures: set[str], blank: set[tuple[str, int]], tmp_path: Path
) -> None:
    tables = plain()
    with open_export(write_folder(texts_of(tables), tmp_path / "plain")) as export:
        before = {one.measure for one in measure(export) if one.status == "error"}
    if column:
        tables[table] = [{name: cell for name, cell in row.items() if name != column} for row in tables[table]]
    texts = {name: text for name, text in texts_of(tables).items() if column or name != table}
    with open_export(write_folder(texts, tmp_path / "export")) as export:
        found, report = measure(export), hud_dq_report(export)
    errors = [one for one in found if one.status == "error" and one.measure not in before]
    assert {one.measure for one in errors} == measures
    assert all(one.value is None and f"the export has no {table}" in one.reason for one in errors)
    empty = {
        (made.name, place)
        for made in report.tables
        for place, line in enumerate(made.lines)
        if all(cell is None for cell in line.cells)
    }
    assert empty == blank
    assert len(report.lacking) == 1
    assert f"the export has no {table}" in report.lacking[0]


def test_contacts_did_not_ask_who_pays_until_2026(tmp_path: Path) -> None:
    texts = {name: text for name, text in texts_of(plain("FY2024")).items() if name != "Funder"}
    with open_export(write_folder(texts, tmp_path / "export")) as export:
        assert hud_dq_report(export).lacking == ()
