"""Days of the calendar, which has a first and a last one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

__all__ = ["moved", "working_day"]


def moved(day: date, days: int) -> date:
    """So many days on, or back where ``days`` is below 0; where that is beyond the calendar, its last or first day."""
    return date.fromordinal(min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal()))


def working_day(day: date, number: int) -> date:
    """So many working days on, Monday to Friday; holidays are not known here."""
    return next((one for count, one in enumerate(_working_days(day), start=1) if count == number), date.max)


def _working_days(day: date) -> Iterator[date]:
    while day < date.max:
        day += timedelta(days=1)
        if day.weekday() < 5:
            yield day
