"""Credits: the tiers by hand, the cap always."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from hmis_standards.store import load_parameters
from hmis_standards.toolkit import Figure, credit, given
from tests.toolkit.origins import assert_traceable

NUMBERS = load_parameters("service-levels")
SEVERITIES = ("critical", "high", "medium", "low")


def up(value: str | Fraction) -> Figure:
    return given("availability", "Availability", value, "%")


@pytest.mark.parametrize(
    ("available", "percent"),
    [
        ("100", "0"),
        ("99.9", "0"),
        ("99.899", "2.5"),
        ("99", "2.5"),
        ("98.999", "5"),
        ("98", "5"),
        ("97.999", "10"),
        ("95", "10"),
        ("94.999", "25"),
        ("0", "25"),
    ],
)
def test_tiers(available: str, percent: str) -> None:
    found = credit(up(available), (), NUMBERS, Fraction(4200))
    assert found.share.value == Fraction(percent)
    assert found.amount is not None
    assert found.amount.value == 42 * Fraction(percent)
    assert_traceable(found)


def test_severities_add_and_the_cap_holds() -> None:
    own = NUMBERS.changed({"missed_severity_credit/critical": 10, "missed_severity_credit/high": "7.5"})
    assert credit(up("99.5"), ("critical", "high", "low"), own).share.value == 20
    assert credit(up("94"), ("critical",), own).share.value == 25
    assert credit(None, ("critical",), own).share.value == 10


def test_a_target_below_the_highest_tier() -> None:
    """98 is promised: 97.9 falls into the tier that goes down to 95."""
    own = NUMBERS.changed({"availability_target": 98})
    assert credit(up("98.5"), (), own).share.value == 0
    assert credit(up("97.9"), (), own).share.value == 10
    high = NUMBERS.changed({"tier_floor/fourth": 90})
    assert credit(up("50"), (), high).share.value == 25


@for_all(
    st.fractions(0, 100),
    st.sets(st.sampled_from(SEVERITIES)),
    st.integers(0, 100),
    st.integers(0, 100),
    st.fractions(0, 10**6, max_denominator=100),
)
def test_a_credit_is_never_above_its_cap(
    available: Fraction, missed: set[str], each: int, cap: int, fee: Fraction
) -> None:
    own = NUMBERS.changed({**{f"missed_severity_credit/{one}": each for one in SEVERITIES}, "credit_cap": cap})
    found = credit(up(available), sorted(missed), own, fee)
    assert found.share.value is not None
    assert 0 <= found.share.value <= cap
    assert found.amount is not None
    assert found.amount.value is not None
    assert found.amount.value <= fee * cap / 100 + Fraction("0.005")


@for_all(st.fractions(0, 100), st.fractions(0, 100))
def test_less_availability_never_means_less_credit(one: Fraction, other: Fraction) -> None:
    low, high = sorted((one, other))
    assert (credit(up(low), (), NUMBERS).share.value or 0) >= (credit(up(high), (), NUMBERS).share.value or 0)
