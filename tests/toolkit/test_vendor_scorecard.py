"""The scorecard of a vendor: caps that no points buy, both means, corrective actions and their days."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hmis_standards.assess import Assessment
from hmis_standards.errors import UnknownParameter
from hmis_standards.store import load_parameters
from hmis_standards.toolkit import indicators, scorecard
from hmis_standards.vocabulary import Obligation, Status
from tests.toolkit.made_up_vendors import CATALOG, MONITORED, monitored
from tests.toolkit.origins import assert_traceable

NUMBERS = load_parameters("vendor-monitoring")
ANSWERS = ["met", "partial", "not_met"]
CRITICAL = ["HUD_01", "SEC_02", "SEC_07", "DAT_01"]


def test_points_and_both_means_by_hand() -> None:
    """Two sections answered. TRN has one item, not met: 0 %. AVA has three; as they weigh 1 each (recommended) and one
    of them is met and two not, AVA is 1/3 if the met one needs no evidence. By item 1/4, by domain (1/3 + 0)/2 = 1/6.
    """
    ava = [item for item in MONITORED if item.section == "AVA"]
    trn = [item for item in MONITORED if item.section == "TRN"]
    assert [CATALOG.weights[item.id] for item in (*ava, *trn)] == [1, 1, 1, 1]
    answers = {item.id.partition("/")[2].replace("-", "_"): "not_met" for item in (*ava[1:], *trn)}
    free = next(item for item in ava if not any(need.demanded for need in item.evidence))
    answers[ava[0].id.partition("/")[2].replace("-", "_")] = "not_met"
    answers[free.id.partition("/")[2].replace("-", "_")] = "met"
    card = scorecard(monitored("", **answers), NUMBERS)
    assert card.overall.value == 25
    assert card.by_domain.value == Fraction(100, 6)
    assert [(one.name, one.value) for one in card.domains if one.value is not None] == [
        ("domain_ava", Fraction(100, 3)),
        ("domain_trn", 0),
    ]
    assert card.provisional


@pytest.mark.parametrize("critical", CRITICAL)
def test_no_points_buy_off_a_critical_item(critical: str) -> None:
    card = scorecard(monitored("met", **{critical: "not_met"}), NUMBERS)
    assert card.rating == "corrective-action"
    assert card.reason == f"Critical and not met: vendor-monitoring/{critical.replace('_', '-')}."


def test_no_points_buy_off_a_required_item() -> None:
    required = [item for item in MONITORED if item.obligation is Obligation.REQUIRED]
    ordinary = next(item for item in required if item.id.partition("/")[2].replace("-", "_") not in CRITICAL)
    loose = NUMBERS.changed({"band/satisfactory": 0, "band/improvement-needed": 0})
    with_all = scorecard(monitored("met"), loose)
    without = scorecard(monitored("met", **{ordinary.id.partition("/")[2].replace("-", "_"): "not_met"}), loose)
    assert (with_all.rating, without.rating) == ("satisfactory", "improvement-needed")
    assert without.reason == f"Required and not met: {ordinary.id}."


def test_a_critical_item_is_a_choice() -> None:
    card = scorecard(
        monitored("met", SEC_07="not_met"), NUMBERS.changed({"critical/sec-07": 0, "band/satisfactory": 0})
    )
    assert card.rating == "improvement-needed"


def test_nothing_assessed_has_no_rating() -> None:
    card = scorecard(monitored(""), NUMBERS)
    assert (card.rating, card.overall.value, card.by_domain.value) == (None, None, None)
    assert card.provisional
    assert "Nothing was assessed." in card.text()


@given(st.dictionaries(st.sampled_from(MONITORED), st.sampled_from(ANSWERS), max_size=20), st.data())
def test_a_better_answer_never_lowers_the_card(said: dict[object, str], data: st.DataObject) -> None:
    names = {item.id.partition("/")[2].replace("-", "_"): answer for item, answer in said.items()}  # type: ignore[attr-defined]
    changed = data.draw(st.sampled_from(MONITORED)).id.partition("/")[2].replace("-", "_")
    low, high = sorted(data.draw(st.tuples(st.sampled_from(ANSWERS), st.sampled_from(ANSWERS))), key=ANSWERS.index)
    worse, better = (scorecard(monitored("", **{**names, changed: answer}), NUMBERS) for answer in (high, low))
    assert (better.overall.value or 0) >= (worse.overall.value or 0)
    order = ["corrective-action", "improvement-needed", "satisfactory"]
    assert order.index(better.rating or "satisfactory") >= order.index(worse.rating or "satisfactory")
    assert_traceable(better)


def test_corrective_actions_in_their_order_with_their_days() -> None:
    """From Thursday, October 1, 2026: fifteen working days on is October 22, sixty days on is November 30."""
    before = monitored("met", on="2025-10-01", GEN_04="not_met")
    card = scorecard(monitored("met", SEC_07="not_met", GEN_04="not_met", REL_03="not_met"), NUMBERS, earlier=before)
    off = [one for one in card.actions if one.status is Status.NOT_MET]
    assert [(one.item[18:], one.critical, one.repeat) for one in off] == [
        ("SEC-07", True, False),
        ("GEN-04", False, True),
        ("REL-03", False, False),
    ]
    assert off[0].answer_by == date(2026, 10, 22)
    assert [one.cure_by for one in off] == [date(2026, 11, 30), date(2026, 12, 30), date(2027, 3, 30)]
    assert card.change is not None
    assert card.change.value is not None
    assert card.change.value < 0


def test_an_assessment_of_something_else_is_refused() -> None:
    other = Assessment.start(CATALOG, subject="X", on="2026-10-01", documents=["lead-standards"])
    with pytest.raises(ValueError, match="no items of vendor-monitoring; it is about lead-standards"):
        scorecard(other, NUMBERS)


@pytest.mark.parametrize(
    ("name", "value", "status"),
    [
        ("reopened", "0.05", Status.MET),
        ("reopened", "0.055", Status.PARTIAL),
        ("reopened", "0.0551", Status.NOT_MET),
        ("sandbox-lead", "30", Status.MET),
        ("sandbox-lead", "27", Status.PARTIAL),
        ("sandbox-lead", "26", Status.NOT_MET),
        ("standards-lateness", "0", Status.MET),
        ("standards-lateness", "1", Status.NOT_MET),
        ("export-validity", "0.9", Status.PARTIAL),
    ],
)
def test_indicators_at_their_edges(name: str, value: str, status: Status) -> None:
    (found,) = indicators({name: value}, NUMBERS)
    assert found.status is status
    assert found.item in CATALOG
    assert_traceable(found)


def test_an_indicator_nobody_knows() -> None:
    with pytest.raises(UnknownParameter, match="did you mean reopened"):
        indicators({"reopend": 0}, NUMBERS)


def test_every_goal_speaks_to_an_item() -> None:
    found = indicators(dict.fromkeys(NUMBERS.table("goal"), 0), NUMBERS)
    assert all(one.item in CATALOG for one in found)


@pytest.mark.parametrize("value", ["4", "-0.1", "4 %", "1e999999999"])
def test_a_share_beyond_the_whole_is_a_slip(value: str) -> None:
    """Somebody who means 4 % types 4."""
    with pytest.raises(ValueError, match="reopened cannot be"):
        indicators({"reopened": value}, NUMBERS)


def test_a_score_below_the_lowest_band_of_ones_own() -> None:
    strict = NUMBERS.changed({"band/corrective-action": "0.5"})
    assert scorecard(monitored("not_met"), strict).rating == "corrective-action"


def test_days_end_with_the_calendar() -> None:
    card = scorecard(monitored("not_met"), NUMBERS.changed({"cure_days/required": 10**9}), on=date(9999, 12, 30))
    assert {(one.answer_by, one.cure_by) for one in card.actions} == {(date.max, date.max)}


def test_what_is_explained_has_indicators_and_the_change() -> None:
    measured = indicators({"reopened": "0.04"}, NUMBERS)
    told = scorecard(monitored("met"), NUMBERS, measured=measured, earlier=monitored("not_met")).explain()
    assert "edge = 5.5 %" in told
    assert "goal = 5 %" in told
    assert "= now - then" in told
    assert "Points earned of Support" in told


def test_half_critical_is_critical() -> None:
    half = NUMBERS.changed({"critical/hud-01": "0.5"})
    assert scorecard(monitored("met", HUD_01="not_met"), half).rating == "corrective-action"
