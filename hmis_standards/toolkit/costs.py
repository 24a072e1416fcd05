"""Total cost of a proposal over the term: paid once, every year with its rise, and at the end."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import field, frozen

from hmis_standards.model import CostLine, Costs, ParameterSet
from hmis_standards.tabular import Plain
from hmis_standards.toolkit.figures import MONEY, Figure, computed, given, taken, total

__all__ = ["TotalCost", "total_cost"]


@frozen(kw_only=True)
class TotalCost(Plain):
    """What a proposal costs: ``years`` has the cost of each year, the first at the prices of the proposal."""

    one_time: Figure = field(repr=False)
    years: tuple[Figure, ...] = field(repr=False)
    exit: Figure = field(repr=False)
    total: Figure


def total_cost(costs: Costs, parameters: ParameterSet, years: int | None = None) -> TotalCost:
    """The cost over ``years``, or over the term of the parameters.

    one time + the sum over the years of (yearly * (1 + rise) ** years gone) + exit. The rise is the cap that the
    proposal offers, else that of the parameters. Each year is rounded to the cent.
    """
    rise = _rise(costs, parameters)
    length = parameters.find("term_years").value.__ceil__() if years is None else years
    first = _sum("yearly", "First year", costs.yearly)
    each = tuple(_year(number, first, rise) for number in range(1, length + 1))
    one_time, end = _sum("one_time", "Paid once", costs.one_time), _sum("exit", "At the end", costs.exit)
    whole = total("total_cost", f"Total cost over {length} years", MONEY, (one_time, *each, end))
    return TotalCost(one_time=one_time, years=each, exit=end, total=whole)


def _rise(costs: Costs, parameters: ParameterSet) -> Figure:
    if costs.yearly_rise is None:
        return taken(parameters.find("yearly_rise"))
    why = "The cap in the proposal."
    return given("yearly_rise", "Rise of yearly prices", costs.yearly_rise, "% a year", why)


def _sum(name: str, title: str, lines: Iterable[CostLine]) -> Figure:
    return total(name, title, MONEY, [_line(f"{name}_{place}", line) for place, line in enumerate(lines, start=1)])


def _line(name: str, line: CostLine) -> Figure:
    price = given("price", f"{line.what}: price", line.price, MONEY, "The price form.")
    if line.quantity == 1:
        return computed(name, line.what, "price", MONEY, [price])
    quantity = given("quantity", f"{line.what}: how many", line.quantity, "", "The price form.")
    return computed(name, line.what, "quantity * price", MONEY, [quantity, price])


def _year(number: int, first: Figure, rise: Figure) -> Figure:
    formula = " * ".join(["yearly", *["(1 + yearly_rise / 100)"] * (number - 1)])
    return computed(f"year_{number}", f"Year {number}", formula, MONEY, [first, rise])
