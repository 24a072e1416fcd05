"""Costs and funding of an HMIS over some years: what the budget calculation is given."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import TypeVar

from attrs import field, frozen
from attrs.validators import ge, optional

from hmis_standards.tabular import Plain
from hmis_standards.vocabulary import CapBase, MatchKind, Payer

__all__ = [
    "Agency",
    "BudgetPlan",
    "Cost",
    "FundingSource",
    "IndirectRate",
    "MatchSource",
    "PaidPost",
    "Serves",
    "held_on",
]

T = TypeVar("T")
_MONEY = ge(Fraction(0))


@frozen(kw_only=True)
class Serves(Plain):
    """Whom the HMIS serves."""

    users: int = field(validator=ge(0))
    organizations: int = field(validator=ge(0))
    projects: int = field(validator=ge(0))


@frozen(kw_only=True)
class PaidPost(Plain):
    """A post and what it costs. ``salary`` is that of a full-time year; ``work`` are categories of cost."""

    name: str
    fte: Fraction = field(validator=_MONEY)
    salary: Fraction = field(validator=_MONEY)
    fringe: Fraction | None = field(default=None, validator=optional(_MONEY))
    work: tuple[str, ...] = ()
    paid_by: tuple[str, ...] = ()


@frozen(kw_only=True)
class Cost(Plain):
    """A cost that is no post: an ``amount``, or ``quantities`` of each year and a ``unit_price``.

    With ``only_in`` it comes in these years alone and does not grow. For ``software_licenses`` the price may be left to
    the parameter. Raises ValueError for neither amount nor quantities, or both.
    """

    name: str
    category: str
    amount: Fraction | None = field(default=None, validator=optional(_MONEY))
    quantities: tuple[int, ...] = ()
    unit_price: Fraction | None = field(default=None, validator=optional(_MONEY))
    only_in: tuple[int, ...] = ()
    in_indirect_base: bool | None = None
    paid_by: tuple[str, ...] = ()

    def fault(self) -> str:
        """What does not go together, in words; empty if all does."""
        if (self.amount is None) == (not self.quantities):
            return "a cost has either an amount or quantities"
        if self.amount is not None and self.unit_price is not None:
            return "a price goes with quantities, not with an amount"
        if self.quantities and self.unit_price is None and self.category != LICENSES:
            return "quantities need a unit_price"
        return "what comes once has an amount" if self.only_in and self.quantities else ""


LICENSES = "software_licenses"


@frozen(kw_only=True)
class FundingSource(Plain):
    """Money by year; the last amount holds for the years after. Of it, ``leasing`` needs no match, and
    ``administration`` is a cost of every year."""

    name: str
    payer: Payer
    amounts: tuple[Fraction, ...]
    leasing: Fraction = field(default=Fraction(0), validator=_MONEY)
    administration: Fraction = field(default=Fraction(0), validator=_MONEY)


@frozen(kw_only=True)
class MatchSource(Plain):
    """What is to count as match of a grant. ``agreement``: services in kind are promised in writing."""

    name: str
    grant: str
    payer: Payer
    kind: MatchKind
    amounts: tuple[Fraction, ...]
    spent_on: tuple[str, ...]
    agreement: bool = False


@frozen(kw_only=True)
class IndirectRate(Plain):
    """A negotiated ``rate``, or the de minimis rate of awards of the day ``awarded``."""

    rate: Fraction | None = field(default=None, validator=optional(_MONEY))
    awarded: date | None = None


@frozen(kw_only=True)
class Agency(Plain):
    """An agency that would pay a fee: under a label, with its budget and licenses."""

    name: str
    budget: Fraction = field(validator=_MONEY)
    licenses: int = field(validator=ge(0))


@frozen(kw_only=True)
class BudgetPlan(Plain):
    """What a budget file holds."""

    subject: str
    first_year: int
    years: int | None = None
    serves: Serves
    posts: tuple[PaidPost, ...] = ()
    costs: tuple[Cost, ...] = ()
    funding: tuple[FundingSource, ...] = ()
    match: tuple[MatchSource, ...] = ()
    indirect: IndirectRate | None = None
    administration_base: CapBase = CapBase.BEFORE_ADMINISTRATION
    reserve: Fraction = field(default=Fraction(0), validator=_MONEY)
    agencies: tuple[Agency, ...] = ()

    def lines(self) -> tuple[PaidPost | Cost, ...]:
        """Posts and costs, as given."""
        return (*self.posts, *self.costs)


def held_on(values: Sequence[T], place: int) -> tuple[int, T]:
    """The value of the year at a place, and the place it was given for: the last holds for the years after."""
    given_for = min(place, len(values) - 1)
    return given_for, values[given_for]
