"""Availability of a period from an outage log: minutes counted once, split where the period ends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from fractions import Fraction

from attrs import field, frozen

from hmis_standards.model import ParameterSet
from hmis_standards.tabular import Plain
from hmis_standards.toolkit.figures import Figure, computed, given, taken

__all__ = ["Availability", "Outage", "availability"]

Span = tuple[datetime, datetime]


@frozen(kw_only=True)
class Outage(Plain):
    """One time in which the system was down. ``end`` is None where the log has none; times are local."""

    start: datetime
    end: datetime | None = None
    announced: bool = False


@frozen(kw_only=True)
class Availability(Plain):
    """Availability of a period with what it is made of, in minutes.

    ``endless`` is the number of outages in it without an end: their minutes are not known, and the availability is at
    most what is shown.
    """

    down: Figure = field(repr=False)
    excluded: Figure = field(repr=False)
    share: Figure
    endless: int = 0


def availability(outages: Sequence[Outage], first: date, last: date, parameters: ParameterSet) -> Availability:
    """Availability from the first minute of ``first`` to the last of ``last``, in percent.

    100 * (minutes - excluded - down) / (minutes - excluded). Overlapping outages are counted once. With
    ``announced_excluded`` 1, time of announced maintenance is excluded, also where something else was down in it; with
    0, nothing is excluded and announced maintenance is down time.
    """
    period = datetime.combine(first, time.min), datetime.combine(last + timedelta(days=1), time.min)
    counted = [one for one in outages if one.end is not None]
    announced = _joined(_within(_spans(counted, announced=True), period))
    everything = _joined(_within(_spans(counted), period))
    rule = taken(parameters.find("announced_excluded"))
    minutes = computed("minutes", "Minutes of the period", "days * 24 * 60", "minutes", [_days(first, last)])
    parts = [minutes, _given("all_down", "Down in all", everything), _given("announced", "Announced", announced), rule]
    excluded = computed("excluded", "Announced minutes left out", "announced * announced_excluded", "minutes", parts)
    down = computed("down", "Minutes down", "all_down - excluded", "minutes", [*parts, excluded])
    share = computed("availability", f"Availability, {first} to {last}", _SHARE, "%", [minutes, excluded, down])
    endless = sum(one.end is None and period[0] <= one.start < period[1] for one in outages)
    return Availability(down=down, excluded=excluded, share=share, endless=endless)


_SHARE = "100 * (minutes - excluded - down) / (minutes - excluded)"


def _days(first: date, last: date) -> Figure:
    return given("days", "Days of the period", (last - first).days + 1, "days", "The calendar.")


def _given(name: str, title: str, spans: Iterable[Span]) -> Figure:
    minutes = sum((_minutes(start, end) for start, end in spans), Fraction(0))
    return given(name, title, minutes, "minutes", "The outage log, what overlaps counted once.")


def _minutes(start: datetime, end: datetime) -> Fraction:
    return Fraction((end - start) // timedelta(microseconds=1), 60 * 10**6)


def _spans(outages: Iterable[Outage], announced: bool = False) -> list[Span]:
    return [(one.start, one.end) for one in outages if one.end is not None and (one.announced or not announced)]


def _within(spans: Iterable[Span], period: Span) -> list[Span]:
    cut = [(max(start, period[0]), min(end, period[1])) for start, end in spans]
    return [(start, end) for start, end in cut if start < end]


def _joined(spans: Iterable[Span]) -> list[Span]:
    """The same time without overlaps, in order."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found
