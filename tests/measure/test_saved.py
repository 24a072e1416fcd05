"""Counts in a file: read back they are equal, judged they come out the same, and nothing in the file is trusted."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import hmis_standards as hs
from hmis_standards.errors import DocumentSyntaxError, InvalidDocument
from hmis_standards.measure import MeasureResult, Measures, judge, measure, open_export, read_measures, write_measures
from hmis_standards.store import sample_root
from hmis_standards.vocabulary import Dimension
from tests.measure.made_up import result

START = date(2024, 10, 1)
NAMES = [one.id for one in hs.load_catalog().measures]


@pytest.fixture(scope="module")
def live() -> Measures:
    with open_export(Path(str(sample_root())) / "hmis-export.zip") as export:
        return measure(export, by="project")


def few(**values: Any) -> Measures:
    one = result(3, 10)
    shelter = result(1, 4, 0)
    project = evolve(shelter, slice="project", project_id="12", project_name="House of Ñandú")
    facts: dict[str, Any] = {
        "start": START,
        "end": date(2025, 9, 30),
        "bed_night": date(2025, 1, 29),
        "results": (one, shelter, project),
    }
    return Measures(**{**facts, **values})


# --- there and back ----------------------------------------------------------------------------------------


def test_measured_and_read_are_equal_and_judged_alike(live: Measures, tmp_path: Path) -> None:
    """On the sample, by project: the live results against all shipped sets, and those read from the file."""
    write_measures(live, tmp_path / "results.json")
    read = read_measures(tmp_path / "results.json")
    assert read == live
    for benchmarks in hs.load_catalog().benchmark_sets:
        for day in (None, "2020-01-01"):
            assert judge(read, benchmarks, on=day).rows() == judge(live, benchmarks, on=day).rows()


@st.composite
def results(draw: st.DrawFn) -> MeasureResult:
    kind = draw(st.sampled_from(["system", "project_type", "project"]))
    codes = st.lists(st.sampled_from([0, 1, 2, 3, 4]), unique=True, min_size=1, max_size=2).map(tuple)
    status = draw(st.sampled_from(["ok", "not_applicable", "error"]))
    return MeasureResult(
        measure=draw(st.sampled_from(NAMES)),
        dimension=draw(st.sampled_from(list(Dimension))),
        slice=kind,
        project_types=() if kind == "system" else draw(codes),
        project_id=draw(st.text(min_size=1)) if kind == "project" else None,
        project_name=draw(st.none() | st.text()) if kind == "project" else None,
        numerator=0 if status == "error" else draw(st.integers(-1000, 10**9)),
        denominator=draw(st.integers(1, 10**9)) if status == "ok" else 0,
        status=status,
        reason=draw(st.text()),
    )


def _key(one: MeasureResult) -> tuple[Any, ...]:
    return one.measure, one.slice, one.project_types, one.project_id


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(listed=st.lists(results(), max_size=6, unique_by=_key), days=st.integers(0, 800), outside=st.text())
def test_any_measures_come_back_equal(
    listed: list[MeasureResult], days: int, outside: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    end = START + timedelta(days=days)
    made = Measures(start=START, end=end, bed_night=end, outside=outside, results=tuple(listed))
    path = tmp_path_factory.mktemp("counts") / "results.json"
    write_measures(made, path)
    read = read_measures(path)
    assert read == made
    default = hs.load_benchmarks("default")
    assert judge(read, default).rows() == judge(made, default).rows()


def test_a_folder_stands_for_the_file_in_it(tmp_path: Path) -> None:
    write_measures(few(), tmp_path / "results.json")
    assert read_measures(tmp_path) == few()


def test_neither_an_engine_nor_an_export_is_needed(tmp_path: Path) -> None:
    write_measures(few(), tmp_path / "results.json")
    code = (
        "import sys, hmis_standards as hs\n"
        "from hmis_standards.measure import judge, read_measures\n"
        "found = judge(read_measures(sys.argv[1]), hs.load_benchmarks('default'))\n"
        "assert not {'duckdb', 'pyarrow', 'sqlglot'} & set(sys.modules)\n"
        "print(len(found.of('default/COMP-NAME')))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    assert done.stdout == "2\n"  # project type and project; the system has no target


# --- what is not taken -------------------------------------------------------------------------------------


def spoiled(tmp_path: Path, place: tuple[str | int, ...], value: Any) -> list[str]:
    """The problems of a file in which one value is another, or, for Ellipsis, is left out; with the line cut off."""
    path = tmp_path / "results.json"
    write_measures(few(), path)
    data = json.loads(path.read_text(encoding="utf-8"))
    inside = data
    for key in place[:-1]:
        inside = inside[key]
    if value is ...:
        del inside[place[-1]]
    else:
        inside[place[-1]] = value
    path.write_text(json.dumps(data, indent=2), encoding="utf-8")
    with pytest.raises(InvalidDocument) as caught:
        read_measures(path)
    assert all(one.path == str(path) and one.line for one in caught.value.problems)
    return [str(one).partition(": ")[2] for one in caught.value.problems]


FIRST = ("measures", "results", 0)
LAST = ("measures", "results", 2)


@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        (
            ("format",),
            "hmis-standards/results/9",
            "should be 'hmis-standards/results/1', is 'hmis-standards/results/9'",
        ),
        (("format",), ..., "should be 'hmis-standards/results/1', is None"),
        (("measures",), [], "should be a mapping with start, end"),
        (("measures", "end"), "2020-01-01", "the period ends before it begins at measures/end"),
        (("measures", "end"), "soon", "measures/end"),
        (("measures", "start"), ..., "missing start"),
        ((*FIRST, "measure"), "name-eror", "there is no measure 'name-eror' at measures/results/0/measure (did you"),
        ((*FIRST, "numerator"), "3", "measures/results/0/numerator"),
        ((*FIRST, "numerator"), 0.5, "measures/results/0/numerator"),
        ((*FIRST, "numerator"), True, "measures/results/0/numerator"),
        ((*FIRST, "denominator"), ..., "missing denominator"),
        ((*FIRST, "denominator"), 0, "is 0 with the status ok at measures/results/0/denominator"),
        ((*FIRST, "denominator"), -4, "is -4 with the status ok"),
        ((*FIRST, "status"), "error", "is 10 with the status error"),
        ((*FIRST, "status"), "met", "not_applicable, error, withheld, is 'met' at measures/results/0/status"),
        ((*FIRST, "dimension"), "beauty", "measures/results/0/dimension"),
        ((*FIRST, "slice"), "county", "should be system, project_type, project, is 'county'"),
        ((*FIRST, "project_types"), [3], "the whole system is of no project type"),
        ((*FIRST, "note"), "x", "unknown key note"),
        ((*LAST, "project_id"), None, "is given for the slice project, and for no other"),
        ((*LAST, "project_id"), 12, "measures/results/2/project_id"),
    ],
)
def test_what_does_not_fit_is_told_with_its_place(
    place: tuple[str | int, ...], value: Any, said: str, tmp_path: Path
) -> None:
    assert any(said in one for one in spoiled(tmp_path, place, value))


def test_all_problems_are_told_each_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    row = '{"measure": "name-error", "dimension": "accuracy", "slice": "system", "numerator": 1}'
    path.write_text(
        '{"format": "hmis-standards/results/1",\n "measures": {"start": "2025-01-01", "end": "2025-01-31",\n'
        f' "bed_night": "2025-01-01", "results": [\n{row},\n{row}\n]}}}}'
    )
    with pytest.raises(InvalidDocument) as caught:
        read_measures(path)
    told = [(one.line, one.message) for one in caught.value.problems]
    assert told == [(4, "missing denominator"), (5, "missing denominator")]


def test_a_result_stands_once(tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    write_measures(few(results=(result(3, 10), result(1, 4, 0), result(4, 10))), path)
    with pytest.raises(InvalidDocument, match="the same result as number 1 of the list at measures/results/2"):
        read_measures(path)


def test_files_that_are_no_results(tmp_path: Path) -> None:
    (tmp_path / "measures.csv").write_text("measure,dimension\n")
    with pytest.raises(InvalidDocument, match=r"from \.json only \(give results\.json"):
        read_measures(tmp_path / "measures.csv")
    (tmp_path / "list.json").write_text("[]")
    with pytest.raises(InvalidDocument, match=r"list\.json:1: should be 'hmis-standards/results/1'"):
        read_measures(tmp_path / "list.json")
    (tmp_path / "half.json").write_text('{"format": "hmis-standards/results/1", "measures": {')
    with pytest.raises(DocumentSyntaxError, match=r"half\.json:1:"):
        read_measures(tmp_path / "half.json")
    with pytest.raises(FileNotFoundError):
        read_measures(tmp_path / "none.json")
    with pytest.raises(ValueError, match=r"written as \.json"):
        write_measures(few(), tmp_path / "counts.xlsx")
