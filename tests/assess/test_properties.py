"""What must hold for any answers."""

from __future__ import annotations

import datetime
import random
from fractions import Fraction
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from hmis_standards.assess import gaps, plan, score
from hmis_standards.assess.gaps import urgency
from hmis_standards.vocabulary import Obligation, Status
from tests.assess.helpers import CATALOG, blank, filled, said
from tests.small import ALL, PLANNING, small_catalog

RISING = ("not_met", "partial", "met")
days = st.dates(datetime.date(2000, 1, 1), datetime.date(2100, 1, 1))
Answers = dict[str, str | None]


def answer_of(item: str) -> st.SearchStrategy[str | None]:
    return st.sampled_from([None, *RISING, *(["not_applicable"] if CATALOG[item].na.allowed else [])])


answers = st.fixed_dictionaries({item: answer_of(item) for item in ALL})
weights = st.fixed_dictionaries({duty: st.fractions(0, 5, max_denominator=7) for duty in Obligation})


@given(answers, weights)
def test_score_lies_between_low_and_high(given_answers: Answers, w: dict[Obligation, Fraction]) -> None:
    s = score(filled(given_answers, small_catalog(w)))
    if s.value is not None:
        assert s.low is not None
        assert s.high is not None
        assert 0 <= s.low <= s.value <= s.high <= 1
    if s.coverage is not None:
        assert 0 <= s.coverage <= 1


@given(answers, st.sampled_from(ALL), weights)
def test_improving_an_answer_never_lowers(given_answers: Answers, item: str, w: dict[Obligation, Fraction]) -> None:
    catalog = small_catalog(w)
    found = [score(filled({**given_answers, item: answer}, catalog)) for answer in RISING]
    for worse, better in pairwise(found):
        assert (worse.value or 0) <= (better.value or 0)
        assert (worse.low or 0) <= (better.low or 0)
        assert (worse.high or 0) <= (better.high or 0)
        assert worse.verdict.value != "pass" or better.verdict.value == "pass"


@given(answers, st.sampled_from([item for item in ALL if CATALOG[item].na.allowed]))
def test_not_applicable_never_changes_the_rest(given_answers: Answers, item: str) -> None:
    unanswered = score(filled({**given_answers, item: None}))
    excused = score(filled({**given_answers, item: "not_applicable"}))
    assert excused.value == unanswered.value
    assert (excused.earned, excused.assessed) == (unanswered.earned, unanswered.assessed)
    rest = [line for line in unanswered.lines if line.item.id != item]
    assert rest == [line for line in excused.lines if line.item.id != item]


@given(answers, st.integers())
def test_order_of_answers_is_irrelevant(given_answers: Answers, seed: int) -> None:
    shuffled = list(given_answers.items())
    random.Random(seed).shuffle(shuffled)
    one_by_one = blank()
    for item, answer in shuffled:
        one_by_one = one_by_one.with_responses([said(item, answer)])
    assert one_by_one == filled(given_answers)
    assert score(one_by_one) == score(filled(given_answers))


@given(answers)
def test_document_scores_add_up_to_the_total(given_answers: Answers) -> None:
    total = score(filled(given_answers))
    assert sum(total.by("document").values()) == total
    for dimension in ("document", "section", "obligation", "owner", "status", "basis", "confidence"):
        parts = total.by(dimension).values()
        for name in ("earned", "assessed", "applicable"):
            assert sum(getattr(part, name) for part in parts) == getattr(total, name)


@given(answers)
def test_parents_of_the_explanation_equal_the_sum_of_their_children(given_answers: Answers) -> None:
    total = score(filled(given_answers))
    tree = total.explain()
    assert (tree.earned, tree.assessed, tree.applicable) == (total.earned, total.assessed, total.applicable)
    for node in tree.walk():
        for name in ("earned", "assessed", "applicable"):
            if node.children:
                assert getattr(node, name) == sum(getattr(child, name) for child in node.children)
    leaves = [node.label for node in tree.walk() if not node.children]
    assert leaves == list(ALL)


@given(answers)
def test_gaps_are_what_is_not_met_and_their_gains_add_up(given_answers: Answers) -> None:
    a = filled(given_answers)
    total, found = score(a), gaps(a, include_unassessed=True)
    if total.low is not None:
        assert total.low + sum(gap.gain for gap in found) == 1
    for gap in gaps(a):
        assert gap.status in {Status.PARTIAL, Status.NOT_MET}
        assert gap.gain > 0


@given(
    answers,
    st.one_of(st.none(), st.fractions(0, 1)),
    st.integers(1, 9),
    days,
)
def test_plan_respects_prerequisites_dates_and_capacity(
    given_answers: Answers, target: Fraction | None, capacity: int, start: datetime.date
) -> None:
    found = gaps(filled(given_answers), include_unassessed=True)
    made = plan(found, start=start, target=target, capacity=capacity)
    actions = {action.item: action for action in made.actions}
    assert {gap.item.id for gap in found if gap.gated} <= set(actions)
    for action in made.actions:
        assert action.start >= start
        assert (action.due - action.start).days == PLANNING.days(action.effort.time)
        for before in CATALOG[action.item].requires:
            if before in {gap.item.id for gap in found}:
                assert before in action.after
                assert actions[before].due < action.start
    starts = [action.start for action in made.actions]
    assert starts == sorted(starts)
    quarters = [action.quarter for action in made.actions]
    assert all(quarters.count(quarter) <= capacity for quarter in quarters)
    if target is not None and found:
        assert made.reached == (made.reaches is not None and made.reaches >= target)
        assert made.reached  # with the unassessed as gaps, everything can be reached


@settings(max_examples=40, deadline=None)
@given(answers, st.fractions(0, 1), st.booleans(), st.integers())
def test_exact_never_costs_more_than_greedy_and_both_reach(
    given_answers: Answers, target: Fraction, gated: bool, seed: int
) -> None:
    found = list(gaps(filled(given_answers), include_unassessed=True))
    random.Random(seed).shuffle(found)
    made = {
        method: plan(found, start="2026-04-01", target=target, gates=gated, method=method)
        for method in ("greedy", "exact")
    }
    exact, greedy = made["exact"], made["greedy"]
    assert exact.cost <= greedy.cost
    if found:
        assert exact.reached
        assert greedy.reached
        assert exact.proved
    for one in made.values():
        assert one.cost == sum(action.effort.total for action in one.actions)
        again = plan(sorted(found, key=lambda gap: gap.item.id), start="2026-04-01", target=target, gates=gated,
                     method=one.method)  # fmt: skip
        assert again == one


@settings(max_examples=40, deadline=None)
@given(answers, st.fractions(0, 1), st.fractions(0, 1))
def test_a_higher_target_never_costs_less(given_answers: Answers, one: Fraction, other: Fraction) -> None:
    found = gaps(filled(given_answers), include_unassessed=True)
    lower, higher = (plan(found, start="2026-04-01", target=target, method="exact") for target in sorted((one, other)))
    assert lower.cost <= higher.cost


@given(answers)
def test_every_gap_is_in_the_tree_once(given_answers: Answers) -> None:
    found = gaps(filled(given_answers), include_unassessed=True)
    walked = [gap for branch in found.tree() for _, gap in branch.walk()]
    assert sorted(walked, key=urgency) == list(found)
    places = {gap.item.id: place for place, gap in enumerate(walked)}
    assert all(places[one] < places[gap.item.id] for gap in walked for one in gap.blocked_by)
