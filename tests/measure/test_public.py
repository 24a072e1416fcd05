"""Small counts are withheld from what is published, and nobody can get at them by adding and taking away."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import hmis_standards as hs
from hmis_standards.measure import (
    SMALLEST,
    Finding,
    FindingSet,
    HudReport,
    MeasureResult,
    Measures,
    check,
    for_public,
    hud_dq_report,
    judge,
    measure,
    open_export,
    read_measures,
    write_measures,
)
from hmis_standards.measure.public import public_facts
from hmis_standards.store import sample_root
from hmis_standards.vocabulary import Judged, Origin
from tests.measure.made_up import result
from tests.model.test_withheld import Solver

DAY = date(2025, 9, 30)
OF_NOBODY = ("bed-coverage", "descriptor-", "file-structure-", "organization-", "project")
Live = tuple[Measures, HudReport, FindingSet]


@pytest.fixture(scope="module")
def live() -> Live:
    with open_export(Path(str(sample_root())) / "hmis-export.zip") as export:
        return measure(export, by="project"), hud_dq_report(export), check(export)


def measures(*results: MeasureResult) -> Measures:
    return Measures(start=date(2024, 10, 1), end=DAY, bed_night=DAY, results=results)


def told(*results: MeasureResult) -> list[str]:
    """Each result as the public sees it, such as ``12/100``, or a star."""
    made = for_public(measures=measures(*results)).measures
    assert made is not None
    return [f"{one.numerator}/{one.denominator}" if one.status == "ok" else "*" for one in made]


# --- worked cases ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("numerator", "denominator", "shown"),
    [
        (0, 11, "0/11"),
        (11, 100, "11/100"),
        (89, 100, "89/100"),
        (1, 100, "*"),
        (10, 100, "*"),
        (0, 10, "*"),  # of fewer than eleven
        (90, 100, "*"),  # ten are left
        (99, 100, "*"),
        (100, 100, "100/100"),
        (11, 21, "*"),
    ],
)
def test_a_share_is_shown_if_above_below_and_between_are_large_or_none(
    numerator: int, denominator: int, shown: str
) -> None:
    assert told(result(numerator, denominator)) == [shown]


def test_a_small_part_takes_the_next_smallest_with_it() -> None:
    """50 of the system are 5 + 15 + 30 by type. With 50, 30 and 15 told, 5 would be left over: 15 goes too."""
    system, small, middle, large = result(50, 600), result(5, 200, 1), result(15, 200, 2), result(30, 200, 3)
    assert told(system, small, middle, large) == ["50/600", "*", "*", "30/200"]


def test_two_small_parts_that_are_small_together_need_a_third() -> None:
    """2 + 3 are 5, which the others would leave over: 15 goes too."""
    parts = [result(2, 200, 0), result(3, 200, 1), result(15, 200, 2), result(30, 200, 3)]
    assert told(result(50, 800), *parts) == ["50/800", "*", "*", "*", "30/200"]
    parts = [result(8, 200, 0), result(9, 200, 1), result(15, 200, 2), result(30, 200, 3)]
    assert told(result(62, 800), *parts) == ["62/800", "*", "*", "15/200", "30/200"]


def test_who_is_in_several_types_is_a_count_too() -> None:
    """20 + 30 by type, 47 in the system: three people are in both. Without the smaller type nobody can tell."""
    assert told(result(47, 400), result(20, 200, 1), result(30, 200, 2)) == ["47/400", "*", "30/200"]


def test_an_equal_count_of_the_same_part_is_taken_for_the_same() -> None:
    """12 names are withheld beside 4; a measure of the same 12 people must not tell them."""
    names = [result(46, 300), result(4, 100, 1), result(12, 100, 2), result(30, 100, 3)]
    births = [result(12, 90, 2, measure="dob-error")]
    assert told(*names, *births) == ["46/300", "*", "*", "30/100", "*"]


def test_what_is_about_nobody_stays() -> None:
    assert told(result(2, 3, 1, measure="bed-coverage"), result(1, 4, 1, measure="project-participation")) == [
        "2/3",
        "1/4",
    ]


def test_counts_and_lengths() -> None:
    few, many = result(3, 1, measure="overlap-people"), result(30, 1, measure="overlap-pairs")
    assert told(few, many) == ["*", "30/1"]
    mean, median = result(60, 20, measure="mean-start-days"), result(5, 2, measure="median-start-days")
    longest = result(40, 1, measure="start-days-longest")
    assert told(mean, median, longest) == ["60/20", "5/2", "*"]
    assert told(evolve(mean, denominator=10), median) == ["*", "*"]
    assert told(median) == ["*"]


def test_people_above_a_line_below_which_nobody_stands_are_not_told() -> None:
    made = for_public(measures=measures(result(3, 0))).measures
    assert made is not None
    assert (made[0].status, made[0].numerator) == ("not_applicable", 0)


def test_single_projects_are_left_out() -> None:
    assert told(result(50, 100), result(50, 100, slice="project", project_id="7", project_types=(2,))) == ["50/100"]


def test_checks() -> None:
    checks = hs.load_checks()
    names = ("exit-before-start", "several-heads", "stay-too-long", "pit-count-missing")
    counts = [(3, 900), (0, 900), (40, 90), (1, 2)]
    found = tuple(
        Finding(check=checks[name], count=count, denominator=among, reason="3 of 9 values cannot be read")
        for name, (count, among) in zip(names, counts, strict=True)
    )
    given = FindingSet(edition="FY2026", settings=(), findings=found, records=lambda one: [{"personal_id": "1"}])
    made = for_public(findings=given).findings
    assert made is not None
    assert [(one.count, one.status) for one in made] == [(0, "withheld"), (0, "ok"), (40, "ok"), (1, "ok")]
    assert [row["count"] for row in made.rows()] == ["", 0, 40, 1]
    assert made.rows("stay-too-long") == []
    assert "9 values" not in json.dumps(made.to_dict())


def test_the_limit_is_named_has_an_origin_and_can_be_another() -> None:
    assert (SMALLEST.value, SMALLEST.origin) == (11, Origin.CONVENTION)
    assert "Medicare" in SMALLEST.text
    made = for_public(measures=measures(result(7, 100)), least=6)
    assert made.measures is not None
    assert made.measures[0].status == "ok"
    assert made.least == 6
    assert "from 1 to 5" in made.note
    with pytest.raises(ValueError, match="from 2 on"):
        for_public(least=1)


def test_a_withheld_result_is_judged_withheld_and_survives_a_file(tmp_path: Path) -> None:
    made = for_public(measures=measures(result(3, 100, 2))).measures
    assert made is not None
    (one,) = judge(made, hs.load_benchmarks("default")).of("default/COMP-NAME")
    assert one.judged is Judged.WITHHELD
    assert (one.row()["numerator"], one.row()["denominator"], one.row()["value"]) == ("", "", "")
    write_measures(made, tmp_path / "results.json")
    assert read_measures(tmp_path / "results.json") == made


def test_facts_without_counts() -> None:
    facts = public_facts({"edition": "FY2026", "rows": {"Client": 3}, "problems": ["1 of 3 values"]})
    assert facts == {"edition": "FY2026", "rows": {}, "problems": []}


# --- trying to get at what is withheld ---------------------------------------------------------------------


@st.composite
def additive(draw: st.DrawFn) -> list[MeasureResult]:
    """Two measures of the same people by up to four types, which add up to the system."""
    below = draw(st.lists(st.integers(0, 60), min_size=2, max_size=4))
    found = []
    for measure_id in ("name-error", "dob-error"):
        above = [draw(st.integers(0, most)) for most in below]
        parts = [result(n, d, kind, measure=measure_id) for kind, (n, d) in enumerate(zip(above, below, strict=True))]
        found += [result(sum(above), sum(below), measure=measure_id), *parts]
    return found


@settings(deadline=None)
@given(additive())
def test_nobody_can_solve_for_a_small_count(results: list[MeasureResult]) -> None:
    """What is printed, and all that adds up by the way it was made up, in one system of equations of its own."""
    made = for_public(measures=measures(*results)).measures
    assert made is not None
    rows, truth = equations(results)
    for public, before in zip(made, results, strict=True):
        assert public.status == "withheld" or public == before
        if public.status == "ok":
            rows += [{name(before, "above"): 1}, {name(before, "below"): 1}]
    solver = Solver(rows)
    assert [one for one, value in truth.items() if 0 < value < 11 and solver.gets({one: 1})] == []


def name(one: MeasureResult, which: str) -> str:
    """The denominators of both measures are the same people."""
    part = one.project_types[0] if one.project_types else "system"
    return f"below {part}" if which == "below" else f"{which} {one.measure} {part}"


def equations(results: list[MeasureResult]) -> tuple[list[dict[str, int]], dict[str, int]]:
    """Rows that are 0, and the true value of every unknown; an unknown that is 0 is known to be."""
    rows: list[dict[str, int]] = []
    truth: dict[str, int] = {}
    for one in results:
        values = {"above": one.numerator, "below": one.denominator, "between": one.denominator - one.numerator}
        truth |= {name(one, which): value for which, value in values.items()}
        rows.append({name(one, "below"): -1, name(one, "above"): 1, name(one, "between"): 1})
    for measure_id in ("name-error", "dob-error"):
        system, *parts = [one for one in results if one.measure == measure_id]
        for which in ("above", "below", "between"):
            rows.append({name(system, which): -1, **{name(part, which): 1 for part in parts}})
    rows += [{unknown: 1} for unknown, value in truth.items() if value == 0]
    return rows, truth


def test_in_the_sample_no_small_count_is_printed_and_shown_ones_are_true(live: Live) -> None:
    made = for_public(measures=live[0], hud=live[1], findings=live[2])
    assert made.measures is not None
    assert made.hud is not None
    assert made.findings is not None
    truth = {(one.measure, one.slice, one.project_types): one for one in live[0]}
    lengths = ("median-", "p90-", "mean-")
    for one in made.measures:
        assert one.slice != "project"
        assert one.status != "ok" or one == truth[one.measure, one.slice, one.project_types]
        if one.status == "ok" and not one.measure.startswith((*lengths, *OF_NOBODY)):
            assert not 0 < one.numerator < 11, one
            if one.denominator == 1:
                assert one.measure.startswith(("household", "lsa-", "overlap-", "relationships-", "stays-", "night-"))
            elif "utilization" not in one.measure:
                assert one.denominator >= 11, one
                assert not 0 < one.denominator - one.numerator < 11, one
    for before, after in zip(live[1].tables, made.hud.tables, strict=True):
        for old, new in zip(before.lines, after.lines, strict=True):
            assert all(cell in ("withheld", was) for was, cell in zip(old.cells, new.cells, strict=True))
            assert not any(isinstance(cell, int) and 0 < cell < 11 for cell in new.cells)


def test_the_tables_of_hud_do_not_tell_by_difference(live: Live) -> None:
    """Lines of errors add up to their total, ages and stays to everybody, both columns of Q5a differ by a count."""
    made = for_public(measures=live[0], hud=live[1]).hud
    assert made is not None
    rows: list[dict[str, int]] = []
    truth: dict[str, int] = {}
    for before, after in zip(live[1].tables, made.tables, strict=True):
        for place, (old, new) in enumerate(zip(before.lines, after.lines, strict=True)):
            for column, (was, cell) in enumerate(zip(old.cells, new.cells, strict=True)):
                if isinstance(was, int):
                    unknown = f"{before.name} {place} {column}"
                    truth[unknown] = was
                    rows += [{unknown: 1}] if cell == was else []
    for table in ("Q6a", "Q6b", "Q6c"):
        lines = {key.rsplit(" ", 1)[0] for key in truth if key.startswith(table)}
        for line in lines:
            cells = sorted(key for key in truth if key.startswith(f"{line} "))
            if len(cells) > 2:
                rows.append({cells[-1]: -1, **dict.fromkeys(cells[:-1], 1)})
    for column in (0, 1):
        for pieces in ((1, 2, 3), (4, 7)):
            rows.append({f"Q5a 0 {column}": -1, **{f"Q5a {piece} {column}": 1 for piece in pieces}})
        rows.append({f"Q5a 1 {column}": -1, f"Q5a 5 {column}": 1, f"Q5a 8 {column}": 1})
    for place in range(16):
        truth[f"apart {place}"] = truth[f"Q5a {place} 1"] - truth[f"Q5a {place} 0"]
        rows.append({f"Q5a {place} 1": -1, f"Q5a {place} 0": 1, f"apart {place}": 1})
    rows += [{unknown: 1} for unknown, value in truth.items() if value == 0]
    assert all(sum(truth[key] * times for key, times in row.items()) == 0 for row in rows if len(row) > 1)
    solver = Solver(rows)
    assert [key for key, value in truth.items() if 0 < value < 11 and solver.gets({key: 1})] == []


def test_rates_are_shown_only_with_both_of_their_counts(live: Live) -> None:
    made = for_public(hud=live[1]).hud
    assert made is not None
    for table in made.tables:
        for line in table.lines:
            rates: list[Any] = [cell for cell in line.cells if isinstance(cell, Fraction)]
            if rates and rates[-1]:
                count = line.cells[0] if table.name in {"Q6d", "Q6f"} else line.cells[-2]
                assert count != "withheld", (table.name, line.label)
