"""Service levels of a contract by month: availability, tickets in time, credits; and what a year hides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import MAXYEAR, date, datetime, time, timedelta
from fractions import Fraction
from typing import Any

from attrs import evolve, field, frozen

from hmis_standards.model import ParameterSet
from hmis_standards.tabular import Plain, Tabular
from hmis_standards.toolkit.backlogs import Backlog, backlog
from hmis_standards.toolkit.business_time import BusinessCalendar, business_calendar
from hmis_standards.toolkit.credits import Credit, credit
from hmis_standards.toolkit.figures import MONEY, Figure, Figures, computed, total
from hmis_standards.toolkit.flags import Flags
from hmis_standards.toolkit.outages import Availability, Outage, availability
from hmis_standards.toolkit.service_flags import missed_severities, service_flags
from hmis_standards.toolkit.service_months import MonthLevels, Months, Years, months_between, score_of, years_of
from hmis_standards.toolkit.tickets import Attainment, Ticket, attainments, target_score
from hmis_standards.vocabulary import TicketTarget

__all__ = ["NOTE", "ServiceLevels", "service_levels"]

NOTE = (
    "Targets, tiers and weights come from providers of hosted software outside HMIS or are conventions of this "
    "project, unless you set your own: your contract decides."
)


@frozen(kw_only=True)
class ServiceLevels(Plain, Tabular):
    """Months, years beside them, severities over the whole period, the trend, and what is still open at ``until``."""

    months: Months
    years: Years
    severities: tuple[Attainment, ...] = field(default=(), repr=False)
    trends: Figures = field(repr=False)
    backlog: Backlog | None = field(default=None, repr=False)
    credits: Figure | None = field(default=None, repr=False)
    until: datetime
    flags: Flags = field(repr=False)

    def rows(self) -> list[dict[str, Any]]:
        """One row a month."""
        return [one.row() for one in self.months]

    def explain(self) -> str:
        """Every number of the months, years and trends with its formula, inputs and origin."""
        return "\n\n".join(f"{about}\n{figure.explain()}" for about, figure in self._told())

    def _told(self) -> Iterable[tuple[str, Figure]]:
        for month in self.months:
            said = (month.share, month.score, month.credit.share)
            yield from ((month.month, one) for one in (*said, month.credit.amount) if one is not None)
        yield from ((str(year.year), year.availability.share) for year in self.years)
        yield from (("Trend", one) for one in self.trends)


def service_levels(
    first: date,
    last: date,
    parameters: ParameterSet,
    *,
    outages: Sequence[Outage] | None = None,
    tickets: Sequence[Ticket] | None = None,
    holidays: Iterable[date] = (),
    fee: Fraction | int | None = None,
    until: datetime | None = None,
) -> ServiceLevels:
    """Service levels of the calendar months from that of ``first`` to that of ``last``.

    ``outages`` and ``tickets`` are the whole logs; None where there is no such log. ``until`` is when the logs were
    drawn: what is open then and past its target is missed. Left out, it is the end of the last month, or the latest
    opening in the ticket log if that is later. ``fee`` is the monthly fee in dollars.

    Raises:
        ValueError: ``last`` lies in a month before that of ``first``, or in the year 9999.
        ParameterOutOfRange: the calendar has no business day, or a target has a unit that is none.
    """
    spans = months_between(first, last)
    if last.year == MAXYEAR:
        raise ValueError(f"the calendar of computers ends with {MAXYEAR}")
    if not spans:
        raise ValueError(f"the last month, {last:%Y-%m}, is before the first, {first:%Y-%m}")
    days = business_calendar(parameters, holidays)
    logs = _Logs(outages, tickets, parameters, days, fee, until or _drawn(spans[-1][1], tickets or ()))
    months = Months(logs.month(*span) for span in spans)
    years = years_of(spans, months, outages, parameters) if outages is not None else Years()
    severities = logs.attainments(spans[0][0], spans[-1][1])
    left = backlog(tickets, parameters, logs.until) if tickets is not None else None
    return ServiceLevels(
        months=months,
        years=years,
        severities=severities,
        trends=_trends(months, parameters),
        backlog=left,
        credits=_credits(months) if fee is not None else None,
        until=logs.until,
        flags=Flags(service_flags(months, years, severities, left, parameters)),
    )


@frozen
class _Logs:
    """What was given, and what it says of a span of days."""

    outages: Sequence[Outage] | None
    tickets: Sequence[Ticket] | None
    parameters: ParameterSet
    calendar: BusinessCalendar
    fee: Fraction | int | None
    until: datetime

    def attainments(self, first: date, last: date) -> tuple[Attainment, ...]:
        """Of the tickets opened from one day to another; nothing without a log of tickets."""
        if self.tickets is None:
            return ()
        own = [one for one in self.tickets if first <= one.opened.date() <= last]
        return attainments(own, self.parameters, self.calendar, self.until)

    def month(self, first: date, last: date) -> MonthLevels:
        up = availability(self.outages, first, last, self.parameters) if self.outages is not None else None
        found = self.attainments(first, last)
        response, resolution = (target_score(found, one, self.parameters) for one in TicketTarget)
        told = {"response": response, "resolution": resolution, "score": score_of(response, resolution)}
        return MonthLevels(
            month=f"{first:%Y-%m}",
            availability=up,
            attainments=found,
            credit=self.credit(up, found),
            **(told if found else {}),
        )

    def credit(self, up: Availability | None, found: Sequence[Attainment]) -> Credit:
        """Of a month with this availability and these attainments."""
        missed = missed_severities(found, self.parameters)
        return credit(up.share if up else None, missed, self.parameters, self.fee)


def _drawn(last: date, tickets: Iterable[Ticket]) -> datetime:
    """The end of the period, or the latest opening in the log of tickets if that is later."""
    return max([datetime.combine(last + timedelta(days=1), time.min), *(one.opened for one in tickets)])


def _credits(months: Months) -> Figure:
    amounts = [(one.month, one.credit.amount) for one in months]
    parts = [evolve(amount, name=_named("credit", month)) for month, amount in amounts if amount is not None]
    return total("credits", "Credits of all months", MONEY, parts)


def _trends(months: Months, parameters: ParameterSet) -> Figures:
    """The mean of the latest months less that of as many before, where there are so many."""
    number = int(parameters.find("trend_months").value)
    if len(months) < 2 * number:
        return Figures()
    found = []
    for name, title in (("availability", "Availability"), ("score", "Score of the tickets")):
        each = [evolve(one, name=_named(name, month)) for month, one in _values(months, name) if one is not None]
        if len(each) == len(months):
            late, before = (_mean(part) for part in (each[-number:], each[-2 * number : -number]))
            told = f"{title}: the latest {number} months less the {number} before"
            found.append(computed(f"{name}_trend", told, f"{late} - {before}", "% points", each))
    return Figures(found)


def _mean(figures: Sequence[Figure]) -> str:
    return f"({' + '.join(one.name for one in figures)}) / {len(figures)}"


def _values(months: Months, name: str) -> Iterable[tuple[str, Figure | None]]:
    for one in months:
        yield one.month, one.share if name == "availability" else one.score


def _named(name: str, month: str) -> str:
    return f"{name}_{month.replace('-', '_')}"
