"""Small purchases to test with: two rated criteria and the price."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from hypothesis import strategies as st

from hmis_standards.model import (
    CostLine,
    Costs,
    Criterion,
    CriterionScores,
    Mandatory,
    MandatoryAnswer,
    Procurement,
    Proposal,
    RaterScore,
)

RATED = ("work", "reports")
RATERS = ("ann", "bo")


def criteria(work: int = 40, reports: int = 30) -> tuple[Criterion, ...]:
    """Three criteria; the price has what is left of 100."""
    return (
        Criterion(id="work", title="Work", weight=Fraction(work)),
        Criterion(id="reports", title="Reports", weight=Fraction(reports), breaks_ties=True),
        Criterion(id="price", title="Price", weight=Fraction(100 - work - reports), by_price=True),
    )


def proposal(
    name: str, scores: Mapping[str, Sequence[int]], price: int, passed: bool | None = True, rise: int = 0
) -> Proposal:
    """A proposal with a first-year price; ``scores`` are those of ann and bo on a criterion."""
    by = {
        one: tuple(RaterScore(rater=rater, score=Fraction(score)) for rater, score in zip(RATERS, given, strict=False))
        for one, given in scores.items()
    }
    return Proposal(
        id=name,
        vendor=name.title(),
        mandatory=() if passed is None else (MandatoryAnswer(item="export", passed=passed),),
        scores=tuple(CriterionScores(criterion=one, by=given) for one, given in by.items()),
        costs=Costs(yearly=(CostLine(what="All", price=Fraction(price)),), yearly_rise=Fraction(rise)),
    )


def purchase(*proposals: Proposal, weights: tuple[int, int] = (40, 30)) -> Procurement:
    """A purchase of two years with one mandatory item."""
    return Procurement(
        title="A purchase",
        published=date(2026, 3, 2),
        years=2,
        criteria=criteria(*weights),
        mandatory=(Mandatory(id="export", text="An HMIS CSV export."),),
        raters=RATERS,
        proposals=proposals,
    )


SCORE = st.integers(0, 5)
WEIGHTS = st.tuples(st.integers(1, 49), st.integers(1, 49))


@st.composite
def proposals(draw: st.DrawFn, name: str) -> Proposal:
    """Any proposal that passed the gate and was scored by both raters."""
    scores = {one: draw(st.tuples(SCORE, SCORE)) for one in RATED}
    return proposal(name, scores, draw(st.integers(1, 9)) * 1000)


PURCHASES = st.builds(
    lambda a, b, c, weights: purchase(a, b, c, weights=weights),
    proposals("alder"),
    proposals("birch"),
    proposals("cedar"),
    WEIGHTS,
)
