"""A whole purchase: which value the method goes by, and what is told when the offers outgrow it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from attrs import evolve

from hmis_standards.model import Contract
from hmis_standards.store import load_parameters
from hmis_standards.toolkit import ProcurementReview, procurement_review
from tests.toolkit.buying import proposal, purchase
from tests.toolkit.origins import assert_traceable

NUMBERS = load_parameters("procurement")
ON = date(2026, 4, 15)
FULL = {"work": (5, 5), "reports": (5, 5)}


def reviewed(estimate: int | None, **more: object) -> ProcurementReview:
    """Two proposals: 2 * 100,000 in first place, 2 * 200,000 in second; the limit is 350,000."""
    bought = purchase(proposal("alder", FULL, 100000), proposal("birch", {"work": (1, 1), "reports": (1, 1)}, 200000))
    value = None if estimate is None else Fraction(estimate)
    return procurement_review(evolve(bought, estimate=value, **more), NUMBERS, ON)  # type: ignore[arg-type]


def ids(found: ProcurementReview) -> set[str]:
    return {one.id for one in found.flags}


def test_without_an_estimate_the_highest_offer_counts() -> None:
    found = reviewed(None)
    assert (found.purchase.value.number, found.purchase.method) == ("400000.00", "formal")
    assert "above-method" not in ids(found)
    assert found.deadlines is None
    assert_traceable(found)


@pytest.mark.parametrize(
    ("estimate", "method", "outgrown"),
    [(14000, "micro_purchase", True), (150000, "simplified_acquisition", False), (500000, "formal", False)],
)
def test_the_method_goes_by_the_estimate(estimate: int, method: str, outgrown: bool) -> None:
    """The first place costs 200,000, which asks for simplified acquisition."""
    found = reviewed(estimate)
    assert found.purchase.method == method
    assert ("above-method" in ids(found)) is outgrown


def test_limits_are_those_of_the_day_of_publication() -> None:
    assert [one.number for one in reviewed(1).purchase.limits] == ["15000.00", "350000.00"]
    before = reviewed(1, published=date(2025, 9, 30))
    assert [one.number for one in before.purchase.limits] == ["10000.00", "250000.00"]


def test_deadlines_are_seen_from_the_day_asked_for() -> None:
    found = reviewed(None, contract=Contract(ends=date(2027, 6, 30)))
    assert found.deadlines is not None
    assert found.deadlines.on == ON
    assert "alarm" in ids(found)
    assert "procurement_days + approval_days + migration_days" in found.explain()


def test_neither_estimate_nor_proposal() -> None:
    with pytest.raises(ValueError, match="needs an estimate"):
        procurement_review(purchase(), NUMBERS, ON)
    assert procurement_review(evolve(purchase(), estimate=Fraction(1)), NUMBERS, ON).evaluation.winner is None
