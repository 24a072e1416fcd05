"""The measures of the system against a second calculation: on whole exports, on small odd ones, and worked by hand."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hmis_standards.measure import Export, measure, open_export
from tests.measure import second_calculation as second
from tests.measure.second_annual import annual
from tests.measure.second_answers import Given, answers, elements
from tests.measure.second_cohort import Cohort, cohort
from tests.measure.second_lsa import Lsa, lsa
from tests.measure.second_overlaps import overlaps, pairs
from tests.measure.second_timeliness import events, timeliness
from tests.measure.second_utilization import Share, by_project, utilization
from tests.measure.small_exports import END, START, Tables, exports, income_row, texts_of, write_folder
from tests.shared_data import shared

SAMPLE = Path(__file__).resolve().parents[2] / "examples" / "sample" / "hmis-export.zip"
ONLY_WITH_BEDS = {"overlap-rate", "overlap-pairs", "overlap-people", "overlap-nights", "bed-nights-unknown-household"}
FROM_CHECKS = {"descriptor-failures", "file-structure-errors"}  # which read much that small exports do not have
Expected = dict[tuple[str, str, str], Share]


def expected(tables: Tables, start: date, end: date) -> Expected:
    """Every measure by id, kind of slice and project type or project."""
    year = second.edition(tables)
    kinds = {row["ProjectID"]: second.project_type(row, year) for row in tables["Project"]}
    nights, happened = by_project(tables, start, end), events(tables, start, end)
    residential, found = pairs(tables, start, end)
    counted, reported, given = Cohort(tables, start, end), Lsa(tables, start, end), Given(tables, start, end)
    served = [stay for stay in second.all_stays(tables, start, end) if stay.active()]
    slices = [("system", "", set(kinds))]
    slices += [("project_type", kind, {p for p in kinds if kinds[p] == kind}) for kind in set(kinds.values()) - {""}]
    slices += [("project", project, {project}) for project in kinds]
    made: Expected = {}
    for what, which, projects in slices:
        measures = utilization(nights, projects) | overlaps(residential, found, projects)
        measures |= timeliness(happened, projects) | annual(served, projects, end) | cohort(counted, projects)
        measures |= lsa(reported, projects) | answers(given, projects) | elements(tables, start, end, projects)
        made |= {(name, what, which): share for name, share in measures.items()}
    return made


def ours(export: Export, start: date, end: date) -> Expected:
    """The library's results in the same form; a measure that could not be made is an error of the test."""
    results = measure(export, start=start, end=end, by="project")
    assert [one for one in results if one.status == "error" and one.measure not in FROM_CHECKS] == []
    return {
        (
            one.measure,
            one.slice,
            one.project_id or "".join(map(str, one.project_types)) if one.slice != "system" else "",
        ): (one.numerator, one.denominator)
        for one in results
    }


def differences(export: Export, tables: Tables, start: date, end: date) -> dict[tuple[str, str, str], object]:
    """Where the two calculations differ: theirs and ours. What is measured is measured by both."""
    mine, theirs = ours(export, start, end), expected(tables, start, end)
    names = {name for name, _, _ in theirs}
    assert names <= {name for name, _, _ in mine}
    return {
        key: (theirs[key], share)
        for key, share in mine.items()
        if key[0] in names and (theirs[key] != share and (theirs[key][1] or share[1]))
    }


@pytest.fixture(scope="module", params=["demo", "sample"])
def opened(request: pytest.FixtureRequest) -> Iterator[tuple[Export, Tables]]:
    path = SAMPLE if request.param == "sample" else shared() / "exports" / "demo.zip"
    with open_export(path) as export:
        yield export, second.load(path)


def test_whole_exports(opened: tuple[Export, Tables]) -> None:
    export, tables = opened
    assert export.period is not None
    end = export.period[1]
    start = end.replace(year=end.year - 1)
    assert differences(export, tables, start, end) == {}


def dressed(tables: Tables, chance: Random) -> Tables:
    """With answers to benefits and insurance, funders that ask for them, and referrals. Each table gets a last row of
    nobody's, so that its columns are there."""
    one = chance.choice
    stays = [row["EnrollmentID"] for row in tables["Enrollment"]]
    said = ["", "0", "1", "8", "99"]
    for row in (*tables["IncomeBenefits"], income := income_row("nobody")):
        row.update(BenefitsFromAnySource=one(said), InsuranceFromAnySource=one(said))
    for row in (*tables["Funder"], money := {"ProjectID": "nowhere", "Funder": "2", "DateDeleted": ""}):
        paid = {"Funder": one(["2", "4", "8", "22", "25", "33", "35", "46", "53", row["Funder"]])}
        row.update(paid, EndDate=one(["", "", "2024-10-01", "2024-10-02"]))
    days = ["", START.isoformat(), "2025-09-29", END.isoformat(), "2025-10-01"]
    referrals = [
        {"EventID": str(number), "EnrollmentID": one([*stays, "nobody"]), "Event": one(["1", "10", "15", "16", "18"]),
         "EventDate": one(days), "ResultDate": one(["", *days])}
        for number in range(chance.randint(1, 9))
    ]  # fmt: skip
    return tables | {
        "IncomeBenefits": [*tables["IncomeBenefits"], income],
        "Funder": [*tables["Funder"], money],
        "Event": referrals,
    }


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(exports(), st.integers(0, 2**32))
def test_small_exports(tables: Tables, seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = write_folder(texts_of(dressed(tables, Random(seed))), Path(folder) / "export")
        with open_export(path) as export:
            assert differences(export, second.load(path), START, END) == {}
