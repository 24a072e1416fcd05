"""Numbers that callers type: taken exactly, and refused where they would fill the memory."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import hmis_standards as hs
from hmis_standards.tabular import typed

HUGE = "1e999999999"


def test_a_number_is_what_is_written() -> None:
    assert typed(0.8) == typed("0.8") == Fraction(4, 5)


@given(st.fractions())
def test_an_exact_number_passes_however_long(value: Fraction) -> None:
    long = value / 7**200
    assert typed(long) == long


def test_a_number_that_would_fill_the_memory_is_refused() -> None:
    with pytest.raises(ValueError, match="too long"):
        typed(HUGE)
    a = hs.Assessment.start(hs.load_catalog(), subject="XX-500", on="2026-03-01", documents=["data-quality-program"])
    found = hs.gaps(a, include_unassessed=True)
    with pytest.raises(ValueError, match="is not a share between 0 and 1"):
        hs.plan(found, start="2026-04-01", target=HUGE)
    with pytest.raises(ValueError, match="the weight of time"):
        hs.plan(found, start="2026-04-01", target="0.5", cost={"time": HUGE})
    with pytest.raises(ValueError, match="is not over 0 and at most 1"):
        hs.portfolio([a], share=HUGE)
