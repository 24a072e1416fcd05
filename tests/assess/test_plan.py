from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from hmis_standards.assess import Plan, gaps, plan, score
from hmis_standards.assess.plan import DAYS
from hmis_standards.vocabulary import Role
from tests.assess.helpers import blank, filled
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
    found = plan(gaps(NOTHING), start=START, target=just_above)  # next is CON-03, which pulls in CON-01
    assert set(items(found)) == {GOV1, GOV2, GOV3, CON1, CON3}


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
    with pytest.raises(ValueError, match="capacity is at least 1"):
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
    assert sorted(DAYS) == [1, 2, 3, 4, 5]


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
