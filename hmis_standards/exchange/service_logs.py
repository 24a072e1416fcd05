"""Outage and ticket logs from CSV files: what contradicts itself is told with its line, and nothing is lost quietly."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from attrs import evolve

from hmis_standards.errors import Problem
from hmis_standards.exchange.logs import Column, Entry, Log, Read, Unreadable, day, moment, one_of, read_log, text
from hmis_standards.model import ParameterSet
from hmis_standards.toolkit import Outage, Ticket

__all__ = ["read_holidays", "read_outages", "read_tickets"]

_YES = {"yes": True, "y": True, "true": True, "1": True, "no": False, "n": False, "false": False, "0": False}
# What people write for the shipped severities.
_ALSO = {
    "urgent": "critical",
    "sev1": "critical",
    "p1": "critical",
    "sev2": "high",
    "p2": "high",
    "major": "high",
    "normal": "medium",
    "sev3": "medium",
    "p3": "medium",
    "minor": "low",
    "sev4": "low",
    "p4": "low",
}


def _yes_or_no(cell: str) -> bool:
    if cell.lower() not in _YES:
        raise Unreadable("yes or no")
    return _YES[cell.lower()]


def _times(cell: str) -> int:
    """How often; ``yes`` is once."""
    if cell.lower() in _YES:
        return int(_YES[cell.lower()])
    if not cell.isdecimal():
        raise Unreadable("yes, no or how often")
    return int(cell)


# --- outages -----------------------------------------------------------------------------------------------

_OUTAGES = (
    Column(name="start", read=moment, needed=True, also=("started", "begin", "from", "down at")),
    Column(name="end", read=moment, also=("ended", "to", "up at", "restored")),
    Column(name="announced", read=_yes_or_no, also=("planned", "scheduled", "maintenance")),
)


def read_outages(path: str | Path) -> Read[Outage]:
    """The outage log in a CSV file: ``start``, ``end``, ``announced`` (yes or no), one line an outage.

    An outage that ends before it starts is left out; one without an end is kept, its minutes unknown; one that does not
    say whether it was announced was not. Times are local and taken as they are.

    Raises: as ``read_log``.
    """
    log = read_log(path, _OUTAGES)
    found: list[Outage] = []
    problems = list(log.problems)
    for entry in log.entries:
        values = entry.values
        if values["end"] is not None and values["end"] < values["start"]:
            problems.append(_problem(log, entry, "end", "is before the start", "line left out"))
            continue
        problems += _blanks(log, entry)
        found.append(Outage(start=values["start"], end=values["end"], announced=bool(values["announced"])))
    return Read(tuple(found), _in_order(problems))


def _blanks(log: Log, entry: Entry) -> Iterator[Problem]:
    for name, done in (("end", "its minutes are not counted"), ("announced", "counted as not announced")):
        if entry.values[name] is None and not _told(log, entry, name):
            yield _problem(log, entry, name, "is blank", done)


# --- tickets -----------------------------------------------------------------------------------------------


def _ticket_columns(parameters: ParameterSet) -> tuple[Column, ...]:
    severities = tuple(parameters.table("severity_weight"))
    also = {said: word for said, word in _ALSO.items() if word in severities and said not in severities}
    return (
        Column(name="id", read=text, needed=True, also=("ticket", "ticket id", "ticket #", "number", "case")),
        Column(name="opened", read=moment, needed=True, also=("created", "opened at", "date opened", "reported")),
        Column(name="responded", read=moment, also=("first response", "responded at", "answered", "acknowledged")),
        Column(name="resolved", read=moment, also=("closed", "resolved at", "solved", "date resolved")),
        Column(name="severity", read=one_of(severities, **also), also=("priority", "urgency")),
        Column(name="reopened", read=_times, also=("reopens", "times reopened")),
    )


def read_tickets(path: str | Path, parameters: ParameterSet) -> Read[Ticket]:
    """The ticket log in a CSV file: ``id``, ``opened``, ``responded``, ``resolved``, ``severity``, ``reopened``.

    Severities are those of the parameters, with words that are common for them. A ticket that was resolved before it
    was opened is left out, and so is a second line of one id; an answer before the opening is taken as blank; a ticket
    without a known severity is kept for the backlog and counts for no target. Nothing else of a log is read.

    Raises: as ``read_log``.
    """
    log = read_log(path, _ticket_columns(parameters))
    problems = list(log.problems)
    found: dict[str, Ticket] = {}
    first: dict[str, int] = {}
    for entry in log.entries:
        told = list(_contradictions(log, entry, first))
        problems += told
        if not any(one.hint == _OUT for one in told):
            ticket = Ticket(**entry.values)
            early = ticket.responded is not None and ticket.responded < ticket.opened
            found[ticket.id] = evolve(ticket, responded=None) if early else ticket
        first.setdefault(entry.values["id"], entry.line)
    return Read(tuple(found.values()), _in_order(problems))


_OUT = "line left out"


def _contradictions(log: Log, entry: Entry, first: dict[str, int]) -> Iterator[Problem]:
    values: dict[str, Any] = entry.values
    if values["id"] in first:
        yield _problem(log, entry, "id", f"is the ticket of line {first[values['id']]}", _OUT)
    elif values["resolved"] is not None and values["resolved"] < values["opened"]:
        yield _problem(log, entry, "resolved", "is before the opening", _OUT)
    else:
        if values["responded"] is not None and values["responded"] < values["opened"]:
            yield _problem(log, entry, "responded", "is before the opening", "taken as blank")
        if values["responded"] is None and values["resolved"] is not None and not _told(log, entry, "responded"):
            yield _problem(log, entry, "responded", "is blank on a resolved ticket", "the resolution counts as answer")
        if values["severity"] is None and not _told(log, entry, "severity"):
            yield _problem(log, entry, "severity", "is blank", "counted for no target")


# --- holidays ----------------------------------------------------------------------------------------------


def read_holidays(path: str | Path) -> Read[date]:
    """The days on which nobody works, from a CSV file with a column ``day``. Raises: as ``read_log``."""
    log = read_log(path, (Column(name="day", read=day, needed=True, also=("date", "holiday")),))
    return Read(tuple(entry.values["day"] for entry in log.entries), log.problems)


def _problem(log: Log, entry: Entry, column: str, message: str, done: str) -> Problem:
    return Problem(log.path, entry.line, column, message, done)


def _told(log: Log, entry: Entry, column: str) -> bool:
    """Whether the cell was told already, as one that cannot be read."""
    return any((one.line, one.pointer) == (entry.line, column) for one in log.problems)


def _in_order(problems: list[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda one: one.line or 0))
