"""Counts against targets: exact at the limit, and never met where nothing was counted."""

from __future__ import annotations

import json
from datetime import date, datetime
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import hmis_standards as hs
from hmis_standards.measure import Judgement, MeasureResult, Measures, judge
from hmis_standards.measure.judging import limit_text, shortfall, value_text
from hmis_standards.model import Benchmark, MeasureRef
from hmis_standards.vocabulary import Direction, Judged, Origin, SetStatus
from tests.measure.made_up import DAY, benchmark, made_set, result, target


def judged(benchmark: Benchmark, *results: MeasureResult, on: Any = DAY) -> list[Judgement]:
    return list(judge(results, made_set(benchmark), on=on))


def one(benchmark: Benchmark, counted: MeasureResult, on: Any = DAY) -> Judgement:
    (only,) = judged(benchmark, counted, on=on)
    return only


# --- comparing ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("direction", "met", "near", "numerator", "denominator", "expected"),
    [
        ("at_most", "0.05", "0.10", 0, 1, "met"),
        ("at_most", "0.05", "0.10", 5, 100, "met"),
        ("at_most", "0.05", "0.10", 50_000_001, 1_000_000_000, "near"),
        ("at_most", "0.05", "0.10", 10, 100, "near"),
        ("at_most", "0.05", "0.10", 100_000_001, 1_000_000_000, "below"),
        ("at_most", "0", "0.01", 0, 3, "met"),
        ("at_most", "0", "0.01", 1, 10**12, "near"),
        ("at_most", "0", None, 1, 10**12, "below"),
        ("at_least", "0.9", "0.75", 9, 10, "met"),
        ("at_least", "0.9", "0.75", 899_999_999, 1_000_000_000, "near"),
        ("at_least", "0.9", "0.75", 3, 4, "near"),
        ("at_least", "0.9", "0.75", 749_999_999, 1_000_000_000, "below"),
        ("at_least", "1", "0.99", 10**12 - 1, 10**12, "near"),
        ("within", ("0.65", "1.05"), ("0.5", "1.15"), 65, 100, "met"),
        ("within", ("0.65", "1.05"), ("0.5", "1.15"), 105, 100, "met"),
        ("within", ("0.65", "1.05"), ("0.5", "1.15"), 1_050_000_001, 1_000_000_000, "near"),
        ("within", ("0.65", "1.05"), ("0.5", "1.15"), 649_999_999, 1_000_000_000, "near"),
        ("within", ("0.65", "1.05"), ("0.5", "1.15"), 115, 100, "near"),
        ("within", ("0.65", "1.05"), ("0.5", "1.15"), 499, 1000, "below"),
        ("within", ("0.65", "1.05"), None, 64, 100, "below"),
    ],
)
def test_limits_are_exact(direction: str, met: Any, near: Any, numerator: int, denominator: int, expected: str) -> None:
    made = benchmark(target(met, near), direction=direction)
    assert one(made, result(numerator, denominator)).judged.value == expected


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.sampled_from(["at_most", "at_least"]))
def test_a_value_counts_as_met_exactly_where_it_is(numerator: int, denominator: int, direction: str) -> None:
    value, limit = Fraction(numerator, denominator), Fraction(1, 3)
    made = benchmark(target(limit), direction=direction)
    met = value <= limit if direction == "at_most" else value >= limit
    assert (one(made, result(numerator, denominator)).judged is Judged.MET) is met
    assert (shortfall(value, made.targets[0], Direction(direction)) <= 0) is met


# --- nothing to compare ------------------------------------------------------------------------------------


@pytest.mark.parametrize("direction", ["at_most", "at_least"])
def test_nobody_to_count_is_not_applicable(direction: str) -> None:
    found = one(benchmark(target("0", "1"), direction=direction), result(0, 0))
    assert (found.judged, found.reason) == (Judged.NOT_APPLICABLE, "no people to count")
    assert found.row()["value"] == ""


@pytest.mark.parametrize(
    ("direction", "met", "numerator", "expected", "asked"),
    [
        ("at_most", "0.25", 24, "met", "asked below 25 %"),
        ("at_most", "0.25", 25, "below", "asked below 25 %"),
        ("at_least", "0.25", 25, "below", "asked above 25 %"),
        ("at_least", "0.25", 26, "met", "asked above 25 %"),
        ("within", ("0.25", "1.5"), 25, "below", "asked strictly within 25 % to 150 %"),
        ("within", ("0.25", "1.5"), 26, "met", "asked strictly within 25 % to 150 %"),
        ("within", ("0.25", "1.5"), 150, "below", "asked strictly within 25 % to 150 %"),
    ],
)
def test_an_exclusive_limit_is_not_met_by_itself(
    direction: str, met: Any, numerator: int, expected: str, asked: str
) -> None:
    found = one(benchmark(target(met, exclusive=True), direction=direction), result(numerator, 100))
    assert found.judged.value == expected
    assert asked in found.reason


def test_an_exclusive_limit_of_met_may_be_near() -> None:
    bands = benchmark(target("0.05", "0.10", exclusive=True))
    assert [one(bands, result(n, 100)).judged.value for n in (4, 5, 10, 11)] == ["met", "near", "near", "below"]


def test_an_unverified_set_judges_nothing() -> None:
    unseen = evolve(made_set(benchmark(target("0.05"))), status=SetStatus.UNVERIFIED)
    assert list(judge([result(1, 100)], unseen, on=DAY)) == []


def test_too_few_to_count() -> None:
    made = benchmark(target("0.5"), minimum_denominator=20)
    few = one(made, result(0, 19))
    assert (few.judged, few.reason) == (Judged.NOT_APPLICABLE, "19 to count, fewer than the 20 it takes")
    assert one(made, result(0, 20)).judged is Judged.MET


def test_no_target_for_a_project_type() -> None:
    made = benchmark(target("0.1", project_types=(0, 8)), target("0.2", project_types=(4,)))
    found = judged(made, result(15, 100), result(15, 100, 0), result(15, 100, 4), result(15, 100, 2))
    assert [(one.result.project_types if one.result else None, one.judged.value) for one in found] == [
        ((0,), "below"),
        ((4,), "met"),
        ((2,), "not_applicable"),
    ]
    assert found[2].reason == "no target for this project type"


def test_a_target_that_names_the_type_comes_before_one_for_all() -> None:
    made = benchmark(target("0.1"), target("0.3", project_types=(4,)))
    assert [one.judged.value for one in judged(made, result(2, 10), result(2, 10, 4), result(2, 10, 0))] == [
        "below",
        "met",
        "below",
    ]


def test_a_group_of_types_needs_a_target_for_all_of_them() -> None:
    made = benchmark(target("0.1", project_types=(0, 1, 8)))
    both = result(0, 5, 0, project_types=(0, 1))
    assert one(made, both).judged is Judged.MET
    assert one(made, result(0, 5, 0, project_types=(0, 2))).judged is Judged.NOT_APPLICABLE


def test_dated_targets() -> None:
    made = benchmark(
        target("0.2", until=date(2025, 12, 31)), target("0.1", since=date(2026, 1, 1), until=date(2026, 6, 30))
    )
    counted = result(15, 100)
    assert one(made, counted, on="2025-12-31").judged is Judged.MET
    assert one(made, counted, on=date(2026, 1, 1)).judged is Judged.BELOW
    assert one(made, counted, on=datetime(2026, 6, 30, 12)).judged is Judged.BELOW
    for later in (counted, result(15, 100, 4)):
        found = one(made, later, on="2026-07-01")
        assert (found.judged, found.target) == (Judged.NOT_APPLICABLE, None)
        assert found.reason == "no target is in force on 2026-07-01"


def test_a_judgement_says_whose_target_it_was_and_when_it_counted() -> None:
    made = benchmark(
        target("0.2", until=date(2025, 12, 31)),
        target("0.1", since=date(2026, 1, 1), until=date(2026, 6, 30)),
        origin=Origin.HUD,
    )
    row = one(made, result(15, 100), on="2026-02-01").row()
    assert (row["profile"], row["origin"], row["since"], row["until"]) == ("made", "hud", "2026-01-01", "2026-06-30")
    before = one(made, result(15, 100), on="2025-02-01").row()
    assert (before["since"], before["until"]) == ("", "2025-12-31")


def test_near_names_its_own_limit_and_its_origin() -> None:
    """15 of 100 misses 10 percent, which is HUD's, and is within 20, which is ours."""
    made = benchmark(target("0.1", "0.2"), origin=Origin.HUD, near_origin=Origin.CONVENTION)
    found = one(made, result(15, 100))
    assert found.judged is Judged.NEAR
    assert found.reason == "15 of 100 is 15.0 %; asked at most 10 % (HUD), near is at most 20 % (convention)"
    same = one(benchmark(target("0.1", "0.2"), origin=Origin.EXAMPLE), result(15, 100))
    assert same.reason.endswith("near is at most 20 % (example)")


def test_the_day_is_the_end_of_the_period_unless_given() -> None:
    made = benchmark(target("0.2", until=date(2025, 12, 31)), target("0.1", since=date(2026, 1, 1)))
    end = date(2025, 9, 30)
    measures = Measures(start=date(2024, 10, 1), end=end, bed_night=end, results=(result(15, 100),))
    assert [one.judged for one in judge(measures, made_set(made))] == [Judged.MET]
    assert judge(measures, made_set(made)).on == end
    assert [one.judged for one in judge(measures, made_set(made), on="2026-01-01")] == [Judged.BELOW]
    with pytest.raises(ValueError, match="give the day"):
        judge([result(1, 2)], made_set(made))
    with pytest.raises(ValueError, match="soon"):
        judge(measures, made_set(made), on="soon")


def test_what_was_not_measured_says_so() -> None:
    made = benchmark(target("1"), measure=MeasureRef(id="median-start-days"))
    (found,) = judged(made, result(0, 5))
    assert (found.judged, found.result, found.target) == (Judged.NOT_MEASURED, None, None)
    assert found.reason == "median-start-days was not measured; it is not among the results"


def test_what_no_export_can_give_says_what_it_would_take() -> None:
    made = benchmark(target("1"), measure=MeasureRef(id="served-share"))
    (found,) = judged(made, result(0, 5))
    assert found.judged is Judged.NOT_MEASURED
    assert found.reason == (
        "served-share was not measured; it would take the number of people each project is set up to serve"
    )


def test_a_benchmark_of_projects_does_not_vanish_where_only_the_system_was_measured() -> None:
    (found,) = judged(benchmark(target("1"), levels=("project",)), result(0, 5))
    assert (found.judged, found.reason) == (Judged.NOT_MEASURED, "name-error was not measured by project")


def test_nothing_unmeasured_is_called_met() -> None:
    """On the whole shipped set, with no results at all and with empty ones."""
    benchmarks = hs.load_benchmarks("default")
    nothing = judge([], benchmarks, on=DAY)
    assert len(nothing) == len(benchmarks.benchmarks)
    measures = {one.measure.id for one in benchmarks.benchmarks}
    empty = judge([result(0, 0, kind, measure=name) for name in measures for kind in (None, 0, 4)], benchmarks, on=DAY)
    for found in (*nothing, *empty):
        row = found.row()
        assert found.judged in {Judged.NOT_MEASURED, Judged.NOT_APPLICABLE}
        assert row["status"] in {"not_measured", "not_applicable"}
        assert "met" not in row["status"] + " " + row["reason"].replace("method", "")
        assert row["value"] == ""


def test_rows_have_the_same_keys_whether_measured_or_not() -> None:
    made = made_set(benchmark(target("0.1")), benchmark(target("0.1"), name="B-2", measure=MeasureRef(id="other")))
    judgements = judge([result(1, 3)], made, on=DAY)
    rows = judgements.rows()
    assert [row["benchmark"] for row in rows] == ["made/B-1", "made/B-2"]
    assert rows[0].keys() == rows[1].keys()
    assert json.loads(json.dumps(judgements.to_dict()))["judgements"] == rows
    assert judgements.of("made/B-2") == (judgements[1],)
    assert judgements[0:1] == (judgements[0],)


# --- words -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("numerator", "denominator", "met", "near", "shown"),
    [
        (1, 3, "0.9", None, "33.3 %"),
        (9, 10, "0.9", None, "90.0 %"),
        (8996, 10_000, "0.9", None, "89.96 %"),
        (89_999, 100_000, "0.9", None, "89.999 %"),
        (89_951, 100_000, "0.9", None, "89.95 %"),
        (10**9 - 1, 10**9, "1", None, "99.9999999 %"),
        (7499, 10_000, "0.9", "0.75", "74.99 %"),
        (1, 10_000, "0", "0.01", "0.01 %"),
        (0, 10_000, "0", "0.01", "0.0 %"),
    ],
)
def test_a_value_never_looks_like_the_limit_it_misses(
    numerator: int, denominator: int, met: str, near: str | None, shown: str
) -> None:
    made = benchmark(target(met, near), direction="at_least")
    found = one(made, result(numerator, denominator))
    text = value_text(found.result.value, made.targets[0]) if found.result else ""
    if shown == "99.9999999 %":  # beyond six decimals there is no telling
        assert text == "100.000000 %"
    else:
        assert text == shown
        assert f"is {shown}; asked at least" in found.reason


def test_a_reason_is_a_sentence_of_counts_limit_and_origin() -> None:
    made = benchmark(target("0.005", "0.025"))
    told = "1,234 of 56,789 is 2.2 %; asked at most 0.5 % (convention), near is at most 2.5 % (convention)"
    assert one(made, result(1234, 56_789)).reason == told
    assert one(made, result(1, 5)).reason == "1 of 5 is 20.0 %; asked at most 0.5 % (convention)"
    around = benchmark(target(("0.65", "1.05")), direction="within")
    assert one(around, result(1, 2)).reason == "1 of 2 is 50.0 %; asked within 65 % to 105 % (convention)"


def test_limits_as_text() -> None:
    assert [limit_text(target(met).met) for met in ("0.05", "0", "1", "0.125", ("0.65", "1.05"))] == [
        "0.05",
        "0",
        "1",
        "0.125",
        "0.65..1.05",
    ]
    assert limit_text(None) == ""


def test_how_far_off() -> None:
    limit = target(("0.65", "1.05"))
    for value, off in (("0.65", "0"), ("0.55", "0.1"), ("1.25", "0.2"), ("0.85", "-0.2")):
        assert shortfall(Fraction(value), limit, Direction.WITHIN) == Fraction(off)
    assert shortfall(Fraction("0.2"), target("0.1"), Direction.AT_MOST) == Fraction("0.1")
    assert shortfall(Fraction("0.8"), target("0.9"), Direction.AT_LEAST) == Fraction("0.1")


def test_the_name_of_a_set_is_not_a_set() -> None:
    with pytest.raises(
        TypeError, match=r"benchmarks is 'default'; pass the set itself, .* load_benchmarks\('default'\)"
    ):
        judge([], "default", on=DAY)  # type: ignore[arg-type]
