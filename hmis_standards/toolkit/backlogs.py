"""What is still open on a day, how old it is, and how often solved tickets came back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from attrs import field, frozen

from hmis_standards.model import ParameterSet
from hmis_standards.tabular import Plain, Tabular
from hmis_standards.toolkit.figures import Figure, computed, given, taken
from hmis_standards.toolkit.tickets import Ticket

__all__ = ["Backlog", "backlog"]


@frozen(kw_only=True)
class Backlog(Plain, Tabular):
    """All tickets of the log as they stand at a moment. ``old`` are the ids of those open for too long, oldest first.

    ``reopened`` is the share, in percent, of the tickets that were solved once and of which the log says whether they
    came back.
    """

    open: Figure
    old_tickets: Figure
    oldest: Figure
    reopened: Figure
    old: tuple[str, ...] = field(default=(), repr=False)

    def rows(self) -> list[dict[str, Any]]:
        """One row a figure."""
        return [one.row() for one in (self.open, self.old_tickets, self.oldest, self.reopened)]


def backlog(tickets: Iterable[Ticket], parameters: ParameterSet, until: datetime) -> Backlog:
    """The tickets opened by ``until`` and not solved by then; those open for more than ``ageing_days`` are old."""
    known = [one for one in tickets if one.opened <= until]
    left = sorted((one for one in known if not _solved(one, until)), key=lambda one: (one.opened, one.id))
    limit = taken(parameters.find("ageing_days"))
    old = [one for one in left if until - one.opened > timedelta(days=float(limit.value or 0))]
    days = (until - left[0].opened).days if left else 0
    why = f"The ticket log as of {until:%Y-%m-%d %H:%M}."
    return Backlog(
        open=given("open", "Open tickets", len(left), "tickets", why),
        old_tickets=given("old_tickets", f"Open for more than {limit.text}", len(old), "tickets", f"{why} {limit.why}"),
        oldest=given("oldest", "Age of the oldest open ticket", days, "days", why),
        reopened=_reopened(known, until, why),
        old=tuple(one.id for one in old),
    )


def _solved(ticket: Ticket, until: datetime) -> bool:
    return ticket.resolved is not None and ticket.resolved <= until


def _reopened(tickets: Iterable[Ticket], until: datetime, why: str) -> Figure:
    told = [one for one in tickets if one.reopened is not None and (_solved(one, until) or one.reopened)]
    again = given("came_back", "Tickets opened again", sum(bool(one.reopened) for one in told), "tickets", why)
    solved = given("solved", "Tickets solved once at least", len(told), "tickets", why)
    return computed("reopened", "Solved tickets that came back", "100 * came_back / solved", "%", [again, solved])
