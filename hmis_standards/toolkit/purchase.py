"""Which procurement method a value asks for, by the lowest limit that holds on a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from attrs import field, frozen

from hmis_standards.errors import UnknownParameter
from hmis_standards.model import ParameterSet
from hmis_standards.tabular import Plain, Tabular
from hmis_standards.toolkit.figures import Figure, Figures, computed, taken
from hmis_standards.toolkit.flags import Flag, Flags
from hmis_standards.vocabulary import FigureOrigin, ProcurementMethod

__all__ = ["Purchase", "purchase_method"]

_LIMITS = ("micro_purchase_limit", "simplified_limit")


@frozen(kw_only=True)
class Purchase(Plain, Tabular):
    """The method for a value on a day, the two limits it was held against, and what to check about them."""

    method: ProcurementMethod
    on: date
    value: Figure
    limits: Figures = field(repr=False)
    flags: Flags = field(repr=False)

    def rows(self) -> list[dict[str, Any]]:
        """One row a number: the value, each limit, and every rule a limit was taken from with its reason."""
        taken_from = (below for limit in self.limits for below in limit.inputs)
        return [one.row() for one in (self.value, *self.limits, *taken_from)]

    def explain(self) -> str:
        """The limits down to the rules they come from."""
        return self.limits.explain()


def purchase_method(value: Figure, parameters: ParameterSet, on: date) -> Purchase:
    """The method for a purchase of ``value`` dollars over its whole term, renewals included, by the limits of a day.

    Up to the micro-purchase limit: a micro-purchase. Up to the simplified acquisition limit: simplified acquisition.
    Above it: sealed bids or proposals. Of several limits (federal, and any that a file of one's own adds, such as
    ``micro_purchase_limit`` of ``county``) the lowest holds.

    2 CFR 200.320(a) and (b). States and Tribes follow their own rules (2 CFR 200.317). A purchase without competition
    has grounds of its own, (c), and is not decided by value.

    Raises UnknownParameter where no limit holds yet on the day.
    """
    micro, simplified = (_limit(name, parameters, on) for name in _LIMITS)
    amount = value.value or Fraction(0)
    if amount <= (micro.value or 0):
        method = ProcurementMethod.MICRO_PURCHASE
    elif amount <= (simplified.value or 0):
        method = ProcurementMethod.SIMPLIFIED_ACQUISITION
    else:
        method = ProcurementMethod.FORMAL
    limits = Figures((micro, simplified))
    return Purchase(method=method, on=on, value=value, limits=limits, flags=Flags(_flags(limits)))


def _limit(name: str, parameters: ParameterSet, on: date) -> Figure:
    """The lowest of the limits of that name which hold on the day."""
    known = list(_holding(name, parameters, on))
    if not known:
        raise UnknownParameter(f"{name} on {on}", ())
    names = ", ".join(one.name for one in known)
    return computed(f"lowest_{name}", known[0].title, f"min({names})" if len(known) > 1 else names, "USD", known)


def _holding(name: str, parameters: ParameterSet, on: date) -> Iterator[Figure]:
    for of in dict.fromkeys(one.of for one in parameters if one.id == name):
        try:
            yield taken(parameters.find(name, of, on), f"{name}_{of}".replace("-", "_"))
        except UnknownParameter:  # it begins later
            continue


def _flags(limits: Figures) -> Iterator[Flag]:
    """For each limit that decides, where it comes from and how sure that is."""
    for limit in limits:
        deciding = next(one for one in limit.inputs if one.value == limit.value)
        yield Flag(
            id="limit",
            text=f"{deciding.title}, {deciding.text}. {deciding.why}",
            about=deciding.title,
            origin=deciding.origin,
            figures=(limit,),
            citations=deciding.citations,
        )
    text = "A state or Tribe buys by its own rules (2 CFR 200.317); where a local or state limit is lower, add it."
    yield Flag(id="own-limits", text=text, about="limits", origin=FigureOrigin.CONVENTION)
