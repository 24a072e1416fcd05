"""The service levels of one month, and of a calendar year beside its months."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from attrs import field, frozen

from hmis_standards.model import ParameterSet
from hmis_standards.tabular import Plain, Table
from hmis_standards.toolkit.credits import Credit
from hmis_standards.toolkit.figures import Figure, computed, number_text
from hmis_standards.toolkit.outages import Availability, Outage, availability
from hmis_standards.toolkit.tickets import Attainment

__all__ = ["MonthLevels", "Months", "YearLevels", "Years", "months_between", "score_of", "years_of"]

_PLACES = 3  # of availability


@frozen(kw_only=True)
class MonthLevels(Plain):
    """One calendar month, ``2026-03``. Without an outage log it has no availability, without tickets no scores.

    A ticket belongs to the month in which it was opened.
    """

    month: str
    availability: Availability | None = field(default=None, repr=False)
    attainments: tuple[Attainment, ...] = field(default=(), repr=False)
    response: Figure | None = field(default=None, repr=False)
    resolution: Figure | None = field(default=None, repr=False)
    score: Figure | None = None
    credit: Credit = field(repr=False)

    @property
    def share(self) -> Figure | None:
        """The availability in percent, where there is an outage log."""
        return self.availability.share if self.availability else None

    def row(self) -> dict[str, Any]:
        """Flat, for a table; shares in percent."""
        down = self.availability.down if self.availability else None
        return {
            "month": self.month,
            "availability": number_text(self.share, _PLACES),
            "minutes_down": number_text(down, 0),
            "response": number_text(self.response),
            "resolution": number_text(self.resolution),
            "score": number_text(self.score),
            "credit_percent": number_text(self.credit.share),
            "credit": number_text(self.credit.amount),
        }


class Months(Table[MonthLevels]):
    """Months in their order, as a tuple that is a table too."""

    __slots__ = ()
    kind = "months"


@frozen(kw_only=True)
class YearLevels(Plain):
    """A calendar year as far as its months are in the period, beside them.

    ``hidden`` are months below the target of which the year, being at or above it, shows nothing.
    """

    year: int
    months: int
    availability: Availability
    below: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()

    def row(self) -> dict[str, Any]:
        """Flat, for a table."""
        return {
            "year": self.year,
            "months": self.months,
            "availability": number_text(self.availability.share, _PLACES),
            "months_below_target": ", ".join(self.below),
            "not_seen_in_the_year": ", ".join(self.hidden),
        }


class Years(Table[YearLevels]):
    """Years in their order, as a tuple that is a table too."""

    __slots__ = ()
    kind = "years"


def months_between(first: date, last: date) -> tuple[tuple[date, date], ...]:
    """First and last day of each calendar month from that of one day to that of another; empty if they are reversed."""
    found = []
    for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        year, month = number // 12, number % 12 + 1
        found.append((date(year, month, 1), date(year, month, monthrange(year, month)[1])))
    return tuple(found)


def score_of(response: Figure, resolution: Figure) -> Figure:
    """One score of both targets: their mean, or the one of them that can be said."""
    said = [one for one in (response, resolution) if one.value is not None] or [response]
    formula = f"({' + '.join(one.name for one in said)}) / {len(said)}"
    return computed("score", "Score of the tickets", formula, "%", said)


def years_of(
    spans: Sequence[tuple[date, date]], months: Sequence[MonthLevels], outages: Sequence[Outage], numbers: ParameterSet
) -> Years:
    """Each calendar year of the months: from its first to its last day in them."""
    target = numbers.find("availability_target").value
    found = []
    for year in dict.fromkeys(first.year for first, _ in spans):
        own = [span for span in spans if span[0].year == year]
        whole = availability(outages, own[0][0], own[-1][1], numbers)
        below = tuple(one.month for one in months if one.month.startswith(f"{year}-") and _under(one, target))
        seen = whole.share.value is None or whole.share.value < target
        hidden = () if seen else below
        found.append(YearLevels(year=year, months=len(own), availability=whole, below=below, hidden=hidden))
    return Years(found)


def _under(month: MonthLevels, target: Fraction) -> bool:
    return month.share is not None and month.share.value is not None and month.share.value < target
