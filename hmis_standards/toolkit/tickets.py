"""Tickets against their targets: how many were answered and solved in time, by severity."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from attrs import field, frozen

from hmis_standards.model import Parameter, ParameterSet
from hmis_standards.tabular import Plain, Table
from hmis_standards.toolkit.business_time import BusinessCalendar, due
from hmis_standards.toolkit.figures import Figure, computed, given, number_text, taken
from hmis_standards.vocabulary import TicketTarget

__all__ = ["Attainment", "Ticket", "attainments", "target_score"]


@frozen(kw_only=True)
class Ticket(Plain):
    """One ticket of a help desk: nothing of what was written in it.

    ``severity`` is None where the log has none that is known; ``reopened`` how often it was opened again, None where
    the log does not say.
    """

    id: str
    opened: datetime
    responded: datetime | None = None
    resolved: datetime | None = None
    severity: str | None = None
    reopened: int | None = None

    def reached(self, target: TicketTarget) -> datetime | None:
        """When it was answered or solved. What was solved without a note of the first answer was answered by then."""
        if target is TicketTarget.RESOLUTION:
            return self.resolved
        return self.responded or self.resolved


@frozen(kw_only=True)
class Attainment(Plain):
    """Tickets of one severity against one target.

    ``within`` is the target. ``counted`` are those that met it or can no longer do so; ``waiting`` are open and not yet
    due. ``share`` is met by counted, in percent.
    """

    target: TicketTarget
    severity: str
    within: Figure = field(repr=False)
    counted: Figure = field(repr=False)
    met: Figure = field(repr=False)
    share: Figure
    waiting: int = 0

    def row(self) -> dict[str, Any]:
        """Flat, for a table."""
        return {
            "severity": self.severity,
            "target": self.target.value,
            "within": self.within.text,
            "counted": number_text(self.counted, 0),
            "met": number_text(self.met, 0),
            "attainment": number_text(self.share),
            "not_yet_due": self.waiting,
        }


class Attainments(Table[Attainment]):
    """Severities against their targets, as a tuple that is a table too."""

    kind = "attainments"


def attainments(
    tickets: Iterable[Ticket], parameters: ParameterSet, calendar: BusinessCalendar, until: datetime
) -> Attainments:
    """Every severity of the parameters against both targets, as known at ``until``.

    A ticket that is open is missed once its target is past, and is not counted before. Raises ParameterOutOfRange for a
    target in a unit that is none.
    """
    held = list(tickets)
    return Attainments(
        _attainment([one for one in held if one.severity == severity], target, limit, calendar, until)
        for severity in parameters.table("severity_weight")
        for target in TicketTarget
        for limit in (parameters.find(f"{target.value}_target", severity),)
    )


def _attainment(
    tickets: Sequence[Ticket], target: TicketTarget, limit: Parameter, calendar: BusinessCalendar, until: datetime
) -> Attainment:
    met = missed = 0
    for one in tickets:
        by, at = due(one.opened, limit, calendar), one.reached(target)
        if at is not None and at <= min(by, until):
            met += 1
        elif by < until:
            missed += 1
    severity, within = limit.of, taken(limit)
    why = f"The ticket log. {limit.title} within {within.text}."
    counted = given("counted", f"{severity} tickets that count", met + missed, "tickets", why)
    in_time = given("met", f"{severity} tickets in time", met, "tickets", why)
    title = f"{severity}: {target.label} in time"
    share = computed(f"{severity}_share".replace("-", "_"), title, "100 * met / counted", "%", [in_time, counted])
    left = len(tickets) - met - missed
    numbers = {"within": within, "counted": counted, "met": in_time, "share": share}
    return Attainment(target=target, severity=severity, waiting=left, **numbers)


def target_score(found: Iterable[Attainment], target: TicketTarget, parameters: ParameterSet) -> Figure:
    """Attainment over the severities that had tickets, weighted; cannot be said where none had any."""
    held = [one for one in found if one.target is target and one.share.value is not None]
    weights = [taken(parameters.find("severity_weight", one.severity), _weight(one)) for one in held]
    above = " + ".join(f"{_weight(one)} * {one.share.name}" for one in held) or "0"
    below = " + ".join(_weight(one) for one in held) or "0"
    inputs = [*weights, *(one.share for one in held)]
    return computed(f"{target.value}_score", f"Score of {target.label}", f"({above}) / ({below})", "%", inputs)


def _weight(one: Attainment) -> str:
    return f"{one.severity}_weight".replace("-", "_")
