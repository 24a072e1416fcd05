"""What service levels point out: months below the target, goals that were missed, what a year hides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from hmis_standards.model import ParameterSet
from hmis_standards.tabular import decimal_text
from hmis_standards.toolkit.backlogs import Backlog
from hmis_standards.toolkit.figures import Figure, taken
from hmis_standards.toolkit.flags import Flag
from hmis_standards.toolkit.service_months import MonthLevels, YearLevels
from hmis_standards.toolkit.tickets import Attainment
from hmis_standards.vocabulary import FigureOrigin

__all__ = ["missed_severities", "service_flags"]


def missed_severities(found: Iterable[Attainment], parameters: ParameterSet) -> tuple[str, ...]:
    """The severities of which answers or solutions in time are below the goal, each once."""
    goal = parameters.find("attainment_goal").value
    return tuple(dict.fromkeys(one.severity for one in found if _below(one.share, goal)))


def service_flags(
    months: Sequence[MonthLevels],
    years: Sequence[YearLevels],
    severities: Sequence[Attainment],
    left: Backlog | None,
    parameters: ParameterSet,
) -> Iterator[Flag]:
    """Everything to look at, months first."""
    for month in months:
        yield from _of_month(month, parameters)
    for year in years:
        yield from _of_year(year)
    yield from _of_severities(severities, parameters)
    if left is not None and left.old:
        text = f"Open for more than {taken(parameters.find('ageing_days')).text}: {_listed(left)}."
        yield Flag(id="old-tickets", text=text, origin=_OURS, figures=(left.old_tickets,))


_OURS = FigureOrigin.CONVENTION


def _of_month(month: MonthLevels, parameters: ParameterSet) -> Iterator[Flag]:
    if month.availability is None:
        return
    share, target = month.availability.share, taken(parameters.find("availability_target"))
    if _below(share, target.value):
        text = f"{month.month}: availability was {share.text}, below {target.text}."
        yield Flag(id="below-target", text=text, about=month.month, origin=target.origin, figures=(share, target))
    if month.availability.endless:
        told = f"{month.month}, outages without an end: {month.availability.endless}"
        text = f"{told}. Availability is at most {share.text}."
        yield Flag(id="outage-without-end", text=text, about=month.month, origin=_OURS, figures=(share,))


def _of_year(year: YearLevels) -> Iterator[Flag]:
    if year.hidden:
        share = year.availability.share
        listed = ", ".join(year.hidden)
        text = f"{year.year}: {share.text} over {year.months} months hides {listed}, below the target by the month."
        yield Flag(id="hidden-month", text=text, about=str(year.year), origin=_OURS, figures=(share,))


def _of_severities(severities: Iterable[Attainment], parameters: ParameterSet) -> Iterator[Flag]:
    goal = taken(parameters.find("attainment_goal"))
    for one in severities:
        if _below(one.share, goal.value):
            met, counted = (decimal_text(each.value, 0) for each in (one.met, one.counted))
            text = f"{one.severity}: {met} of {counted} tickets met the {one.target.label} target, below {goal.text}."
            yield Flag(id="goal-missed", text=text, about=one.severity, origin=goal.origin, figures=(one.share, goal))


def _below(figure: Figure, limit: Fraction | None) -> bool:
    return figure.value is not None and limit is not None and figure.value < limit


def _listed(left: Backlog) -> str:
    most = 5
    more = f" and {len(left.old) - most} more" if len(left.old) > most else ""
    return ", ".join(left.old[:most]) + more
