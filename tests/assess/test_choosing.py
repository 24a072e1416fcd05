"""The cheapest set: by brute force, by the solver, and by the greedy method."""

from __future__ import annotations

import sys
from fractions import Fraction
from itertools import combinations
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hmis_standards.assess.cheapest import cheapest
from hmis_standards.assess.choosing import Question, greedy, in_order, pricing
from hmis_standards.errors import MissingExtra
from hmis_standards.model import Effort


@st.composite
def questions(draw: st.DrawFn) -> Question:
    """Up to 10 gaps; each waits for some that stand before it in a drawn order of their own."""
    size = draw(st.integers(1, 10))
    rank = draw(st.permutations(range(size)))
    before = [
        [one for one in range(size) if rank[one] < rank[place] and draw(st.integers(0, 5)) == 0]
        for place in range(size)
    ]
    gains = draw(st.lists(st.fractions(0, 1, max_denominator=12), min_size=size, max_size=size))
    return Question.about(
        costs=[Fraction(one) for one in draw(st.lists(st.integers(3, 15), min_size=size, max_size=size))],
        gains=gains,
        before=before,
        forced=draw(st.sets(st.integers(0, size - 1), max_size=2)),
        need=sum(gains, Fraction(0)) * draw(st.fractions(0, 1, max_denominator=7)),
    )


def least_cost(question: Question) -> int:
    """The cost of the cheapest answer, by looking at every set there is."""
    places = range(len(question.cost))
    sets = (frozenset(one) for size in range(len(places) + 1) for one in combinations(places, size))
    return min(question.priced(one) for one in sets if question.answered(one))


@settings(max_examples=60, deadline=None)
@given(questions())
def test_exact_is_what_brute_force_finds_and_greedy_never_cheaper(question: Question) -> None:
    quick = greedy(question)
    assert question.answered(quick.chosen)
    least = least_cost(question)
    assert question.priced(quick.chosen) >= least
    if quick.proved:
        assert question.priced(quick.chosen) == least
    else:
        exact = cheapest(question)
        assert exact is not None
        assert question.answered(exact.chosen)
        assert (question.priced(exact.chosen), exact.proved) == (least, True)


def small(need: int) -> Question:
    """Three gaps that gain 5, 3 and 2 for 9, 3 and 4; nothing waits for anything."""
    return Question(cost=(9, 3, 4), gain=(5, 3, 2), before=((), (), ()), forced=frozenset(), need=need)


def test_where_greedy_pays_too_much() -> None:
    # 5 are needed. In the order given the first is enough, for 9; the two others are enough, for 7.
    assert greedy(small(5)).chosen == {0}
    found = cheapest(small(5))
    assert found is not None
    assert found.chosen == {1, 2}
    assert (found.proved, found.method) == (True, "exact")


def test_greedy_takes_back_what_proves_unneeded() -> None:
    # 6 are needed: 2, 3 and 5 are taken in this order, 10 in all. From the last on: without the 5 it is too little,
    # without the 3 it is 7, and then the 2 is needed.
    question = Question(cost=(4, 3, 9), gain=(2, 3, 5), before=((), (), ()), forced=frozenset(), need=6)
    assert greedy(question).chosen == {0, 2}
    assert greedy(Question(cost=(1, 1), gain=(1, 9), before=((), ()), forced=frozenset({0}), need=9)).chosen == {0, 1}


def test_what_others_wait_for_is_not_taken_back() -> None:
    # 0 gains nothing by itself; 1 waits for it.
    question = Question(cost=(5, 5), gain=(0, 4), before=((), (0,)), forced=frozenset(), need=4)
    assert greedy(question).chosen == {0, 1}
    found = cheapest(question)
    assert found is not None
    assert found.chosen == {0, 1}


def test_equally_cheap_sets_are_taken_in_the_order_given() -> None:
    equal = Question(cost=(3,) * 6, gain=(1,) * 6, before=((),) * 6, forced=frozenset(), need=2)
    found = cheapest(equal)
    assert found is not None
    assert found.chosen == {0, 1}


def test_what_is_needed_is_rounded_up_and_never_down() -> None:
    gains = [Fraction(1, 3), Fraction(1, 3), Fraction(1, 3)]
    asked: dict[str, Any] = {"costs": [Fraction(3)] * 3, "gains": gains, "before": [[], [], []], "forced": []}
    assert Question.about(**asked, need=Fraction(2, 3)).need == 2
    assert Question.about(**asked, need=Fraction(2, 3) + Fraction(1, 10**30)).need == 3
    assert not Question.about(**asked, need=1 + Fraction(1, 10**30)).reachable


def result(x: list[float] | None, bound: float | None) -> SimpleNamespace:
    return SimpleNamespace(x=x, mip_dual_bound=bound)


@pytest.mark.parametrize(
    ("told", "chosen", "proved"),
    [
        (result([0.0, 1.0, 0.4], 7.0), None, None),  # says 5 are gained with a gap that is only partly closed
        (result([0.0, 0.0, 1.0], 4.0), None, None),  # 2 are not enough
        (result(None, None), None, None),  # gave up
        (result([1.0, 0.0, 0.0], 6.4), {0}, False),  # an answer, but the bound does not show that it is the cheapest
        (result([0.0, 1.0, 1.0 - 1e-9], 6.9999), {1, 2}, True),
    ],
)
def test_the_solver_is_not_taken_on_trust(
    told: SimpleNamespace, chosen: set[int] | None, proved: bool | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scipy.optimize.milp", lambda *_, **__: told)
    found = cheapest(small(5))
    assert (set(found.chosen) if found else None) == chosen
    assert (found.proved if found else None) == proved


def test_without_scipy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "scipy.optimize", None)
    with pytest.raises(MissingExtra, match=r"pip install 'hmis-standards\[optimize\]'"):
        cheapest(small(5))


def test_in_order_puts_what_is_waited_for_first_and_leaves_circles() -> None:
    assert in_order([(2,), (), ()], [0, 1, 2]) == [2, 0, 1]
    assert in_order([(1,), (0,)], [0, 1]) == [1, 0]
    assert in_order([(1,), ()], [0]) == [0]


def test_pricing() -> None:
    effort = Effort(time=2, money=5, skill=1)
    assert pricing(None).costs([effort]) == {effort: 8}
    assert pricing({"money": "1/2", "skill": 0.1}).costs([effort]) == {effort: Fraction(26, 10)}


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        ({"people": 1}, "cost has no weight for 'people'; there are time, money and skill"),
        ({"time": -1}, "the weight of time, '-1', is not a number of 0 or more"),
        ({"time": "much"}, "the weight of time, 'much', is not"),
        ({"time": True}, "the weight of time, 'True', is not"),
        ({"time": 0}, "cost needs a weight above 0"),
        ({}, "cost needs a weight above 0"),
    ],
)
def test_weights_that_are_none(weights: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        pricing(weights)
