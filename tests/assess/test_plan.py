from __future__ import annotations

import sys
from datetime import date, timedelta
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest
from attrs import evolve

from hmis_standards.assess import Plan, gaps, plan, score
from hmis_standards.errors import MissingExtra
from hmis_standards.vocabulary import Role
from tests.assess.helpers import CATALOG, blank, filled
from tests.small import ALL, CON1, CON2, CON3, GOV1, GOV2, GOV3, SEC1, SEC2

NOTHING = filled(dict.fromkeys(ALL, "not_met"))
START = "2026-04-01"


def items(found: Plan) -> list[str]:
    return [action.item for action in found.actions]


def test_hand_worked_plan() -> None:
    # Per effort: GOV-01 and GOV-02 are gated. Then CON-01 3/9, SEC-01 1/3, GOV-03 2/4, CON-03 2/5, CON-02 1/6, SEC-02.
    # 0.5/15. So: GOV-01, GOV-02 (waits for GOV-01), GOV-03 (waits for GOV-02), CON-03 with CON-01 before it, ...
    found = plan(gaps(NOTHING), start=START)
    by_item = {action.item: action for action in found.actions}
    # GOV-01 takes 14 days, GOV-02 starts the day after and takes 60, GOV-03 the day after that and takes 30.
    assert (by_item[GOV1].start, by_item[GOV1].due) == (date(2026, 4, 1), date(2026, 4, 15))
    assert (by_item[GOV2].start, by_item[GOV2].due) == (date(2026, 4, 16), date(2026, 6, 15))
    assert (by_item[GOV3].start, by_item[GOV3].due) == (date(2026, 6, 16), date(2026, 7, 16))
    # CON-01 takes 91 days from the start; CON-03 begins on 2 July, which is in the second quarter of the plan.
    assert (by_item[CON1].due, by_item[CON3].start) == (date(2026, 7, 1), date(2026, 7, 2))
    assert (by_item[CON1].quarter, by_item[CON3].quarter) == ("Q1", "Q2")
    assert by_item[CON3].after == (CON1,)
    assert by_item[SEC2].due == date(2026, 4, 1) + timedelta(days=182)
    assert by_item[CON1].role is Role.VENDOR
    assert [found.begins, found.reaches] == [0, 1]
    assert (found.reached, found.target) == (True, None)
    assert found.end == by_item[SEC2].due
    assert found.note == "Once all actions are done, the score is at least 100.0 %."


def test_stops_at_the_target_but_never_short_of_the_gates() -> None:
    # GOV-01 and GOV-02 make 6 of 15.5 = 38.7 %; GOV-03 brings 8 of 15.5 = 51.6 %.
    assert set(items(plan(gaps(NOTHING), start=START, target="0.10"))) == {GOV1, GOV2}
    found = plan(gaps(NOTHING), start=START, target="0.50")
    assert set(items(found)) == {GOV1, GOV2, GOV3}
    assert found.reaches == Fraction(16, 31)
    exact = plan(gaps(NOTHING), start=START, target=Fraction(16, 31))
    assert exact.actions == found.actions
    assert exact.reached


def test_a_target_of_0_is_a_target() -> None:
    found = plan(gaps(NOTHING), start=START, target="0")
    assert set(items(found)) == {GOV1, GOV2}
    assert found.target == 0
    assert found.reached


def test_a_target_is_compared_exactly() -> None:
    just_above = Fraction(16, 31) + Fraction(1, 10**9)
    # Beyond the gates (9 points of effort) just over 2 of 15.5 is needed. By gain per effort: GOV-03 (2/4), then CON-03
    # (2/5), which pulls in CON-01 (3/9). CON-01 alone is enough, so CON-03 and GOV-03 are taken back: 9 more points.
    # GOV-03 and SEC-01 (1/3) together are enough for 7.
    greedy = plan(gaps(NOTHING), start=START, target=just_above, method="greedy")
    assert set(items(greedy)) == {GOV1, GOV2, CON1}
    assert [greedy.cost, greedy.proved] == [3 + 6 + 9, False]
    exact = plan(gaps(NOTHING), start=START, target=just_above, method="exact")
    assert set(items(exact)) == {GOV1, GOV2, GOV3, SEC1}
    assert [exact.cost, exact.proved] == [3 + 6 + 4 + 3, True]
    assert greedy.reached
    assert exact.reached


def test_a_gap_pulls_in_what_it_waits_for() -> None:
    a = filled({**dict.fromkeys(ALL, "met"), CON1: "not_met", CON3: "not_met", SEC2: "not_met"})
    # Per effort CON-03 (2/5) goes before CON-01 (3/9), which it requires. Together they bring 15/15.5.
    found = plan(gaps(a), start=START, target="0.95")
    assert items(found) == [CON1, CON3]
    assert found.reaches == Fraction(30, 31)


def test_unanswered_items_do_not_count_towards_the_target() -> None:
    a = filled({GOV1: "met", GOV2: "not_met"})
    found = plan(gaps(a), start=START, target="0.80")
    assert (found.begins, found.reaches) == (Fraction(6, 31), Fraction(12, 31))
    assert not found.reached
    assert found.note == (
        "Closing every gap found makes the score at least 38.7 %, short of the target of 80.0 %. "
        "Items without an answer count as not met here: answer them and plan again."
    )


def test_another_starting_point() -> None:
    a = filled({**dict.fromkeys(ALL, "met"), SEC1: "not_met", SEC2: "not_met"})
    only = [gap for gap in gaps(a) if gap.item.id == SEC2]
    assert plan(only, start=START, score=score(a)).begins == score(a).low
    assert plan((), start=START, score=score(a), target="0.9").note == (
        "No action is needed: the score is at least 90.3 %."
    )


def test_nothing_weighs_anything() -> None:
    """There is no score then, which is not a score of 0."""
    ratings = evolve(CATALOG.ratings, weights=())
    found = gaps(filled(dict.fromkeys(ALL, "not_met"), evolve(CATALOG, ratings=ratings)))
    assert {gap.low for gap in found} == {None}
    whole = plan(found, start=START)
    assert (whole.begins, whole.reaches, whole.reached) == (None, None, True)
    assert whole.note == "There is no score: nothing that applies weighs anything."
    short = plan(found, start=START, target="0.50")
    assert (len(short.actions), short.reaches, short.reached) == (len(ALL), None, False)
    assert short.note == (
        "There is no score: nothing that applies weighs anything, and the target of 50.0 % cannot be reached."
    )


def test_no_gaps() -> None:
    found = plan((), start=START)
    assert (found.actions, found.reaches, found.reached) == ((), None, True)
    assert found.note == "There is nothing to plan: no gap was given."
    assert found.end == found.start
    assert not plan((), start=START, target="0.5").reached


def test_capacity_moves_actions_to_later_quarters() -> None:
    found = plan(gaps(NOTHING), start=START, capacity=2)
    assert [action.quarter for action in found.actions] == ["Q1", "Q1", "Q2", "Q2", "Q3", "Q3", "Q4", "Q4"]
    first_of_q2 = found.actions[2]
    assert first_of_q2.start >= date(2026, 7, 1)


def test_blockers_outside_the_gaps_given_are_named() -> None:
    only = [gap for gap in gaps(NOTHING) if gap.item.id in {CON2, CON3}]
    found = plan(only, start=START)
    assert found.note.endswith(
        "Some actions also wait for lead-basics/GOV-01, vendor-basics/CON-01, which this plan does not close."
    )
    assert all(action.after == () for action in found.actions)


@pytest.mark.parametrize("target", ["80", "1.01", "-0.1", "80 %", "much", "1/0", Fraction(3, 2)])
def test_targets_that_are_no_share(target: str | Fraction) -> None:
    with pytest.raises(ValueError, match="is not a share between 0 and 1"):
        plan((), start=START, target=target)


def test_capacity_below_1() -> None:
    with pytest.raises(ValueError, match="capacity 0 is not at least 1"):
        plan((), start=START, capacity=0)


def test_order_of_gaps_is_irrelevant() -> None:
    found = gaps(NOTHING)
    assert plan(reversed(found), start=START) == plan(found, start=START)


def test_plain_values_and_rows() -> None:
    found = plan(gaps(blank(), include_unassessed=True), start=START, target="0.5")
    data = found.to_dict()
    assert (data["start"], data["target"], data["begins"], data["reached"]) == ("2026-04-01", "1/2", "0", True)
    assert data["actions"][0]["item"] == GOV1
    assert found.rows()[1]["after"] == GOV1
    assert found.rows()[0]["effort"] == 3
    assert len(found.to_frame()) == len(found.actions)


def test_a_float_is_the_target_it_is_written_as() -> None:
    assert plan(gaps(NOTHING), start=START, target=0.8).target == Fraction(4, 5)


@pytest.mark.parametrize("target", [True, False, float("nan"), float("inf"), 80])
def test_what_is_no_share_is_no_target(target: float) -> None:
    with pytest.raises(ValueError, match="is not a share between 0 and 1"):
        plan(gaps(NOTHING), start=START, target=target)


def test_a_plan_begins_early_enough_to_end_on_a_date() -> None:
    assert plan(gaps(NOTHING), start="9000-12-31", capacity=1).end.year == 9003
    with pytest.raises(ValueError, match="start is 9001-01-01; a plan begins by the year 9000"):
        plan(gaps(NOTHING), start="9001-01-01")
    with pytest.raises(ValueError, match="start is 'soon'; write it as YYYY-MM-DD"):
        plan(gaps(NOTHING), start="soon")


@pytest.mark.parametrize("method", ["greedy", "exact"])
def test_only_what_the_gates_wait_for(method: str) -> None:
    found = plan(gaps(NOTHING), start=START, target="gates", method=method)
    assert (items(found), found.goal, found.target, found.proved) == ([GOV1, GOV2], "gates", None, True)
    assert found.method == method
    with pytest.raises(ValueError, match="gates=False leaves them out"):
        plan(gaps(NOTHING), start=START, target="gates", gates=False)


def test_the_target_alone() -> None:
    # 3 of 15.5 are needed: SEC-01 (1 for 3) and GOV-03 (2 for 4) would do for 7, but GOV-03 waits for GOV-02 and that
    # for GOV-01. GOV-01 alone gains 3 for 3.
    found = plan(gaps(NOTHING), start=START, target=Fraction(6, 31), gates=False, method="exact")
    assert [items(found), found.goal, found.cost] == [[GOV1], "target", 3]
    assert plan(gaps(NOTHING), start=START, target="0", gates=False).actions == ()


def test_all_gaps_are_a_goal_without_a_choice() -> None:
    found = plan(gaps(NOTHING), start=START, method="greedy")
    assert [found.goal, found.proved, found.cost] == ["all gaps", True, 3 + 6 + 4 + 3 + 15 + 9 + 6 + 5]
    assert found.how == "Every gap found is closed, for 51 points of effort."


def test_effort_weighed_otherwise() -> None:
    # 2 of 15.5 are needed. CON-01 (time 4, money 3, skill 2) gains 3; SEC-01 (1, 1, 1) and CON-02 (2, 2, 2) gain 1
    # each.
    # By skill CON-01 costs 2 and the others 3. By time, at 2 a point, it costs 8 and the others 6.
    a = filled({**dict.fromkeys(ALL, "not_met"), GOV1: "met", GOV2: "met", GOV3: "met", CON3: "met"})
    low = score(a).low
    assert low is not None
    target = low + Fraction(4, 31)
    skill = plan(gaps(a), start=START, target=target, method="exact", cost={"skill": 1})
    assert [items(skill), skill.cost] == [[CON1], 2]
    time = plan(gaps(a), start=START, target=target, method="exact", cost={"time": 2})
    assert [set(items(time)), time.cost] == [{SEC1, CON2}, 6]
    assert time.how == "No cheaper choice of these gaps reaches the goal (exact, proved): 6 points of effort."


def test_what_a_plan_says_of_itself() -> None:
    just_above = Fraction(16, 31) + Fraction(1, 10**9)
    greedy = plan(gaps(NOTHING), start=START, target=just_above, method="greedy")
    assert greedy.how == "Chosen by the greedy method, for 18 points of effort; a cheaper choice may exist."
    assert repr(greedy) == (
        "<Plan of 3 actions for target and gates, 2026-04-01 to 2026-07-01: 0.0 % to 58.1 %, greedy>"
    )
    exact = plan(gaps(NOTHING), start=START, target=just_above, method="exact")
    assert repr(exact).endswith("exact, proved cheapest>")
    data = exact.to_dict()
    assert [data[name] for name in ("goal", "method", "cost", "proved")] == ["target and gates", "exact", "16", True]
    assert data["capacity"] == {"total": 8}
    assert data["planning"]["origin"] == "convention"
    assert exact.conventions == (
        "Days an action takes where the effort in time is 1, 2, 3, 4, 5: 14, 30, 60, 91, 182 (origin: convention)."
    )
    assert "exact, proved" in exact._repr_html_()
    nothing = plan((), start=START)
    assert (nothing.how, nothing.conventions) == ("", "")


def test_short_of_the_target_nothing_is_proved() -> None:
    found = plan(gaps(filled({GOV1: "met", GOV2: "not_met"})), start=START, target="0.80", method="exact")
    assert (found.reached, found.proved) == (False, False)


def test_exact_is_chosen_where_scipy_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    assert plan(gaps(NOTHING), start=START, target="0.6").method == "exact"
    monkeypatch.setitem(sys.modules, "scipy", None)
    assert plan(gaps(NOTHING), start=START, target="0.6").method == "greedy"
    with pytest.raises(MissingExtra, match=r"pip install 'hmis-standards\[optimize\]'"):
        plan(gaps(NOTHING), start=START, target="0.6", method="exact")
    with pytest.raises(ValueError, match="method 'best' is not one of auto, exact, greedy"):
        plan(gaps(NOTHING), start=START, method="best")


def test_a_solver_without_an_answer_leaves_the_greedy_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scipy.optimize.milp", lambda *_, **__: SimpleNamespace(x=None, mip_dual_bound=None))
    found = plan(gaps(NOTHING), start=START, target="0.6", method="exact")
    assert (found.method, found.proved, found.reached) == ("greedy", False, True)


def test_gains_add_to_the_weighted_mean_whatever_the_model_of_the_score() -> None:
    a = filled({**dict.fromkeys(ALL, "met"), SEC1: "not_met"})
    assert score(a, model="weakest-item").low == 0
    found = plan(gaps(a), start=START, score=score(a, model="weakest-item"))
    assert [found.begins, found.reaches] == [score(a).low, 1]


def test_a_gap_given_twice_is_closed_once() -> None:
    found = gaps(NOTHING)
    assert plan([*found, *found], start=START) == plan(found, start=START)


def test_gaps_of_two_scores_are_not_added_up() -> None:
    other = gaps(filled({**dict.fromkeys(ALL, "not_met"), SEC1: "met"}))
    with pytest.raises(ValueError, match="the gaps are of more than one score"):
        plan([*gaps(NOTHING), *other], start=START)


@pytest.mark.parametrize("wrong", [1.5, "8", {"total": 1.5}, {"hmis_lead": 0}])
def test_a_capacity_that_is_no_whole_number_is_told(wrong: Any) -> None:
    with pytest.raises(ValueError, match=r"capacity .* is not at least 1 action a quarter"):
        plan(gaps(NOTHING), start=START, capacity=wrong)
