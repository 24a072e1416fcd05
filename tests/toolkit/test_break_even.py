"""How far a weight can move: one case by hand, and all against evaluating again with the weight moved."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import evolve
from hypothesis import given, settings

from hmis_standards.model import Criterion, Procurement
from hmis_standards.store import load_parameters
from hmis_standards.toolkit import BreakEven, evaluate
from tests.toolkit.buying import PURCHASES, proposal, purchase
from tests.toolkit.origins import assert_traceable

NUMBERS = load_parameters("procurement")


def test_by_hand() -> None:
    """Weights 40 (work), 30 (reports), 30 (price). Shares: alder 1, 0.4, 0.5; birch 0.6, 0.8, 1.

    Alder 40 + 12 + 15 = 67, birch 24 + 24 + 30 = 78. Birch leads by 11: by -16 on work, by 27 elsewhere.
    Work at x, the others at (100 - x) / 60 of theirs: -0.4 x + 0.45 (100 - x) = 0 at x = 45 / 0.85 = 52.94.
    Reports at x, the others at (100 - x) / 70: 0.4 x - 1/70 (100 - x) = 0 at x = (100/70) / (0.4 + 1/70) = 100/29.
    """
    found = evaluate(
        purchase(
            proposal("alder", {"work": (5, 5), "reports": (2, 2)}, 2000),
            proposal("birch", {"work": (3, 3), "reports": (4, 4)}, 1000),
        ),
        NUMBERS,
    )
    work, reports, price = found.sensitivity
    assert (work.lowest.value, work.highest.value, work.above) == (
        Fraction(0),
        Fraction(900, 17),
        "Alder",
    )
    assert (reports.lowest.value, reports.below, reports.highest.value) == (Fraction(100, 29), "Alder", Fraction(100))
    assert work.firm  # 40 can go up by a fifth, to 48
    assert price.below == "Alder"
    assert_traceable(found.sensitivity)


def test_a_weight_that_a_fifth_would_overturn_is_not_firm() -> None:
    found = evaluate(
        purchase(
            proposal("alder", {"work": (5, 5), "reports": (2, 2)}, 2000),
            proposal("birch", {"work": (3, 3), "reports": (4, 4)}, 1000),
            weights=(50, 25),
        ),
        NUMBERS,
    )
    # Birch 30 + 20 + 25 = 75, alder 50 + 10 + 12.5 = 72.5; level at the same 52.94, below 60.
    assert found.sensitivity[0].firm is False


@settings(max_examples=40, deadline=None)
@given(PURCHASES)
def test_beyond_the_break_even_another_wins_and_before_it_nobody(bought: Procurement) -> None:
    found = evaluate(bought, NUMBERS)
    if found.winner is None:
        return
    for one in found.sensitivity:
        for weight, vendor in _tried(one):
            moved = evaluate(_moved(bought, one.criterion, weight), NUMBERS)
            first = {each.vendor for each in moved.ranked if each.rank == 1}
            if vendor:
                assert found.winner.vendor not in first
            else:
                assert found.winner.vendor in first


def _tried(one: BreakEven) -> Iterator[tuple[Fraction, str]]:
    """Weights a little inside and a little outside of the limits; with a name where somebody else wins there."""
    low, high, step = one.lowest.value, one.highest.value, Fraction(1, 10**6)
    assert low is not None
    assert high is not None
    assert one.weight.value is not None
    assert low <= one.weight.value <= high
    yield (low + one.weight.value) / 2, ""
    yield (high + one.weight.value) / 2, ""
    if one.below:
        yield low - min(step, low / 2), one.below
    if one.above:
        yield high + min(step, (100 - high) / 2), one.above


def _moved(bought: Procurement, criterion: str, weight: Fraction) -> Procurement:
    return evolve(bought, criteria=tuple(_weighed(bought.criteria, criterion, weight)))


def _weighed(criteria: tuple[Criterion, ...], criterion: str, weight: Fraction) -> Iterator[Criterion]:
    before = next(one.weight for one in criteria if one.id == criterion)
    for one in criteria:
        scaled = weight if one.id == criterion else one.weight * (100 - weight) / (100 - before)
        yield evolve(one, weight=scaled)


def test_one_proposal_has_nothing_to_fear_from_weights() -> None:
    found = evaluate(purchase(proposal("alder", {"work": (5, 5), "reports": (2, 2)}, 2000)), NUMBERS)
    assert found.sensitivity == ()
