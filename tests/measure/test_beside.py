"""Several sets of benchmarks beside one another, with what they disagree on in sight."""

from __future__ import annotations

import json

import pytest
from attrs import evolve

import hmis_standards as hs
from hmis_standards.measure import SideBySide, side_by_side
from hmis_standards.model import BenchmarkSet, MeasureRef
from tests.measure.made_up import DAY, benchmark, made_set, result, target


def named(name: str, one: BenchmarkSet) -> BenchmarkSet:
    return evolve(one, id=name)


STRICT = named("strict", made_set(benchmark(target("0.05", "0.10")), benchmark(target("0"), name="B-2")))
MILD = named("mild", made_set(benchmark(target("0.20"))))
OTHER = named("other", made_set(benchmark(target("1"), measure=MeasureRef(id="dob-error"))))
NAMES, TYPE, BIRTHS = result(8, 100), result(4, 100, 2), result(1, 100, measure="race-error")


def worked() -> SideBySide:
    """8 of 100: near and below for one set, met for the other. 4 of 100: met and below, met. No set asks of race."""
    return side_by_side([NAMES, TYPE, BIRTHS], [STRICT, MILD, OTHER], on=DAY)


def test_a_row_a_result_and_a_pair_of_columns_a_set() -> None:
    rows = worked().rows()
    assert [(row["measure"], row["slice"], row["project_type"]) for row in rows] == [
        ("name-error", "system", ""),
        ("name-error", "project_type", "2"),
        ("dob-error", "", ""),
    ]
    assert rows[0] == {
        "measure": "name-error",
        "slice": "system",
        "project_type": "",
        "project_id": "",
        "numerator": 8,
        "denominator": 100,
        "value": "0.080000",
        "differs": "yes",
        "strict target": "at most 5 %; at most 0 %",
        "strict outcome": "near; below",
        "mild target": "at most 20 %",
        "mild outcome": "met",
        "other target": "",
        "other outcome": "",
    }
    assert {tuple(row) for row in rows} == {tuple(rows[0])}
    assert rows[2]["other outcome"] == "not_measured"
    assert rows[2]["differs"] == ""


def test_sets_differ_where_two_of_them_decide_otherwise() -> None:
    beside = worked()
    assert [one.differs for one in beside] == [True, True, False]
    assert [one.result for one in beside.differing()] == [NAMES, TYPE]
    agreed = side_by_side([TYPE], [MILD, named("again", MILD)], on=DAY)
    assert [one.differs for one in agreed] == [False]
    none = side_by_side([result(0, 0)], [MILD, named("again", MILD)], on=DAY)
    assert [one.differs for one in none] == [False]


def test_how_it_looks() -> None:
    beside = worked()
    assert repr(beside) == "<SideBySide on 2026-03-01: strict | mild | other; 3 results, of which the sets differ on 2>"
    html = beside._repr_html_()
    assert html.count("<mark>") == 2 * 3
    assert "<mark>near; below</mark>" in html
    assert json.loads(json.dumps(beside.to_dict()))["rows"] == beside.rows()
    assert len(beside.to_frame()) == 3
    assert beside[0].measure == "name-error"
    assert beside[1:] == beside.lines[1:]


def test_hostile_names_are_inert() -> None:
    project = result(1, 10, slice="project", project_id="<script>", project_types=(2,))
    html = side_by_side([project], [MILD], on=DAY)._repr_html_()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_what_cannot_be_set_beside() -> None:
    with pytest.raises(ValueError, match="given: none"):
        side_by_side([NAMES], [], on=DAY)
    with pytest.raises(ValueError, match="given: mild, mild"):
        side_by_side([NAMES], [MILD, MILD], on=DAY)
    with pytest.raises(ValueError, match="give the day"):
        side_by_side([NAMES], [MILD])
    with pytest.raises(TypeError, match="load_benchmarks"):
        side_by_side([NAMES], ["default"], on=DAY)  # type: ignore[list-item]


def test_shipped_sets_disagree_on_the_same_counts() -> None:
    """3 of 200 without race and ethnicity: near by the default set, flagged by HUD."""
    counted = result(3, 200, 2, measure="race-missing")
    beside = side_by_side([counted], [hs.load_benchmarks("default"), hs.load_benchmarks("hud-flags")], on=DAY)
    row = beside.rows()[0]
    assert (row["default outcome"], row["hud-flags outcome"], row["differs"]) == ("near", "below", "yes")
