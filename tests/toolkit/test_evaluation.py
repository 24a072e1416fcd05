"""Weighted evaluation: gates no points can buy, points worked by hand, ties, raters, and what scores can do."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from hmis_standards.errors import ParameterOutOfRange
from hmis_standards.model import Criterion, Procurement, Proposal, RaterScore
from hmis_standards.store import load_parameters
from hmis_standards.toolkit import Evaluation, evaluate
from tests.toolkit.buying import PURCHASES, proposal, purchase
from tests.toolkit.origins import assert_traceable

NUMBERS = load_parameters("procurement")


def evaluated(*proposals: Proposal) -> Evaluation:
    return evaluate(purchase(*proposals), NUMBERS)


def test_points_by_hand() -> None:
    """Weights 40, 30, 30; two years without a rise, so that totals are 2,000 and 4,000.

    Alder: 40 * 4.5/5 + 30 * 3/5 + 30 * 2000/4000 = 36 + 18 + 15 = 69.
    Birch: 40 * 3/5 + 30 * 4/5 + 30 = 24 + 24 + 30 = 78.
    """
    found = evaluated(
        proposal("alder", {"work": (4, 5), "reports": (3, 3)}, 2000),
        proposal("birch", {"work": (3, 3), "reports": (4, 4)}, 1000),
    )
    assert [(one.proposal, one.rank, str(one.total and one.total.value)) for one in found.standings] == [
        ("birch", 1, "78"),
        ("alder", 2, "69"),
    ]
    assert [one.points.value for one in found.standings[1].judged] == [36, 18, 15]
    assert found.winner == found.standings[0]
    assert found.rows()[1]["points_work"] == "36"
    assert_traceable(found)


def test_a_failed_gate_is_not_ranked_and_says_why() -> None:
    found = evaluated(
        proposal("alder", {"work": (1, 1), "reports": (1, 1)}, 9000),
        proposal("birch", {"work": (5, 5), "reports": (5, 5)}, 1, passed=False),
        proposal("cedar", {"work": (5, 5), "reports": (5, 5)}, 1, passed=None),
    )
    assert [one.proposal for one in found.ranked] == ["alder"]
    assert [(one.gate.value, one.reasons) for one in found.not_ranked] == [
        ("fail", ("fails export",)),
        ("cannot_say", ("no answer on export",)),
    ]
    assert all(one.total is None and one.judged == () for one in found.not_ranked)
    # The price of a proposal that is out sets no standard: alder is the lowest of those that passed.
    assert found.ranked[0].judged[2].points.value == 30
    assert found.rows()[1]["points_work"] == ""


@settings(max_examples=40, deadline=None)
@given(PURCHASES, st.integers(0, 2), st.booleans())
def test_no_points_buy_the_gate(bought: Procurement, place: int, said: bool) -> None:
    best = proposal("best", {"work": (5, 5), "reports": (5, 5)}, 1, passed=False if said else None)
    with_it = list(bought.proposals)
    with_it.insert(place, best)
    found = evaluate(evolve(bought, proposals=tuple(with_it)), NUMBERS)
    assert "best" not in [one.proposal for one in found.ranked]
    # And it changes nothing for the others.
    assert [(one.proposal, one.rank, one.total) for one in found.ranked] == [
        (one.proposal, one.rank, one.total) for one in evaluate(bought, NUMBERS).ranked
    ]


@settings(max_examples=40, deadline=None)
@given(PURCHASES, st.integers(0, 1), st.integers(0, 1))
def test_a_higher_score_never_lowers_the_rank(bought: Procurement, criterion: int, rater: int) -> None:
    before = evaluate(bought, NUMBERS)
    first = bought.proposals[0]
    scores = list(first.scores)
    by = list(scores[criterion].by)
    by[rater] = RaterScore(rater=by[rater].rater, score=min(by[rater].score + 1, Fraction(5)))
    scores[criterion] = evolve(scores[criterion], by=tuple(by))
    raised = evolve(bought, proposals=(evolve(first, scores=tuple(scores)), *bought.proposals[1:]))
    assert _rank(evaluate(raised, NUMBERS), "alder") <= _rank(before, "alder")


def _rank(found: Evaluation, name: str) -> int:
    (rank,) = [one.rank for one in found.standings if one.proposal == name]
    assert rank is not None
    return rank


@settings(max_examples=40, deadline=None)
@given(PURCHASES)
def test_points_add_up_and_stay_within_the_weights(bought: Procurement) -> None:
    for one in evaluate(bought, NUMBERS).ranked:
        assert one.total is not None
        assert one.total.value == sum(each.points.value or 0 for each in one.judged)
        for each in one.judged:
            assert each.points.value is not None
            assert 0 <= each.points.value <= each.criterion.weight


def test_ties_by_points_on_the_tie_breaker_then_by_cost_then_not_at_all() -> None:
    """Weights 30, 30 and 40: work and reports trade one for one."""
    even = {"work": (4, 4), "reports": (2, 2)}
    odd = {"work": (2, 2), "reports": (4, 4)}
    placed = evaluate(purchase(proposal("alder", even, 1000), proposal("birch", odd, 1000), weights=(30, 30)), NUMBERS)
    assert [(one.proposal, one.rank) for one in placed.ranked] == [("birch", 1), ("alder", 2)]
    assert placed.ranked[0].tie == "the same points as another, placed by points on the tie-breaker"
    level = evaluate(purchase(proposal("alder", even, 1000), proposal("birch", even, 1000), weights=(30, 30)), NUMBERS)
    assert [one.rank for one in level.ranked] == [1, 1]
    assert level.winner is None
    assert level.sensitivity == ()
    assert [one.id for one in level.flags] == ["tie"]
    assert level.ranked[0].tie.endswith("still a tie")


def test_of_equal_totals_the_cheaper_one_comes_first() -> None:
    """Without a tie-breaker. Price 50: alder has 50 * 4/5 + 50 * 1 = 90, birch 50 * 5/5 + 50 * 800/1000 = 90."""
    criteria = (
        Criterion(id="work", title="Work", weight=Fraction(50)),
        Criterion(id="price", title="Price", weight=Fraction(50), by_price=True),
    )
    bought = purchase(proposal("birch", {"work": (5, 5)}, 1000), proposal("alder", {"work": (4, 4)}, 800))
    found = evaluate(evolve(bought, criteria=criteria), NUMBERS)
    assert [(one.proposal, one.rank) for one in found.ranked] == [("alder", 1), ("birch", 2)]
    assert found.ranked[1].tie == "the same points as another, placed by the lower cost"


def test_raters_who_lie_apart() -> None:
    """1 and 5 have mean 3 and deviation 2; 2 and 4 deviation 1, which is not over the limit of 1."""
    found = evaluated(proposal("alder", {"work": (1, 5), "reports": (2, 4)}, 1000))
    spreads = [one.spread and one.spread.value for one in found.ranked[0].judged]
    assert spreads == [2, 1, None]
    assert [(one.id, one.about) for one in found.flags] == [("raters-differ", "Alder, Work")]


def test_a_missing_rater_leaves_the_mean_to_the_others() -> None:
    found = evaluated(proposal("alder", {"work": (4,), "reports": (2, 3)}, 1000))
    assert found.ranked[0].judged[0].points.value == 32
    assert found.ranked[0].judged[0].spread is None
    assert [one.id for one in found.flags] == ["rater-missing"]


@pytest.mark.parametrize(("score", "decides"), [(4, True), (2, False)])
def test_whether_a_missing_score_could_change_the_first_place(score: int, decides: bool) -> None:
    """Both cost the same. Alder 40 * 4/5 = 32 on work; birch with bo's 5 has a mean of 4.5, or of 3.5."""
    alder = proposal("alder", {"work": (4, 4), "reports": (3, 3)}, 1000)
    birch = proposal("birch", {"work": (score,), "reports": (3, 3) if score == 2 else (2, 3)}, 1000)
    flags = [one.id for one in evaluated(alder, birch).flags]
    assert ("missing-decides" in flags) is decides


def test_without_a_score_there_is_no_rank() -> None:
    found = evaluated(proposal("alder", {"work": (4, 4)}, 1000))
    assert found.ranked == ()
    assert found.not_ranked[0].reasons == ("no scores on Reports",)
    assert found.winner is None


def test_without_a_gate_it_is_said() -> None:
    bought = evolve(purchase(proposal("alder", {"work": (4, 4), "reports": (3, 3)}, 1)), mandatory=())
    found = evaluate(bought, NUMBERS)
    assert found.ranked[0].gate.value == "no_gate"
    assert [one.id for one in found.flags] == ["no-gate"]


def test_criteria_of_the_parameters() -> None:
    bought = evolve(purchase(proposal("alder", {}, 1)), criteria=())
    weights = evaluate(bought, NUMBERS).weights
    assert weights[0].name == "weight_functionality"
    assert sum(one.value or 0 for one in weights) == 100
    with pytest.raises(ParameterOutOfRange, match="the sum of the weights cannot be 110"):
        evaluate(bought, NUMBERS.changed({"weight/cost": 30}))


def test_a_score_off_the_scale() -> None:
    with pytest.raises(ParameterOutOfRange, match="from 0 to 3"):
        evaluate(purchase(proposal("a", {"work": (4, 4)}, 1)), NUMBERS.changed({"highest_score": 3}))


def test_what_costs_nothing_has_all_points_of_the_price() -> None:
    full = {"work": (5, 5), "reports": (5, 5)}
    found = evaluated(proposal("free", full, 0), proposal("dear", full, 1000))
    assert [one.judged[2].points.value for one in found.ranked] == [30, 0]
