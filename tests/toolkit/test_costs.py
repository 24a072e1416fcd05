"""Total cost over the term, worked by hand and as properties."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from hmis_standards.model import CostLine, Costs
from hmis_standards.store import load_parameters
from hmis_standards.toolkit import total_cost
from tests.toolkit.origins import assert_traceable

NUMBERS = load_parameters("procurement")


def line(price: str, quantity: int = 1) -> CostLine:
    return CostLine(what="x", price=Fraction(price), quantity=Fraction(quantity))


def test_by_hand() -> None:
    """250 licenses at 216 and 12,000 are 66,000 a year; with 3 % a year 67,980; 70,019.40; 72,119.98; 74,283.58."""
    yearly = (line("216", 250), line("12000"))
    costs = Costs(one_time=(line("30000"), line("10000")), yearly=yearly, exit=(line("5000"),), yearly_rise=Fraction(3))
    found = total_cost(costs, NUMBERS, 5)
    assert [str(one.amount) for one in found.years] == ["66000.00", "67980.00", "70019.40", "72119.98", "74283.58"]
    assert str(found.total.amount) == "395402.96"
    assert_traceable(found)


def test_the_parameters_fill_in() -> None:
    """Five years at 5 percent where the proposal has no cap."""
    found = total_cost(Costs(yearly=(line("100"),)), NUMBERS)
    assert [str(one.amount) for one in found.years] == ["100.00", "105.00", "110.25", "115.76", "121.55"]
    assert found.one_time.value == found.exit.value == 0
    assert "a convention of this project, not HUD's" in found.total.explain()


@given(st.integers(0, 10**6), st.integers(0, 20), st.integers(1, 10))
def test_more_of_anything_never_costs_less(price: int, rise: int, years: int) -> None:
    def cost(price: int, rise: int, years: int) -> Fraction:
        costs = Costs(yearly=(line(str(price)),), yearly_rise=Fraction(rise))
        value = total_cost(costs, NUMBERS, years).total.value
        assert value is not None
        return value

    start = cost(price, rise, years)
    assert start <= min(cost(price + 1, rise, years), cost(price, rise + 1, years), cost(price, rise, years + 1))
    assert start >= price * years
