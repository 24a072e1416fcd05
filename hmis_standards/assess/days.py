"""Days: read from text, and counted in months."""

from __future__ import annotations

import datetime
import re
from calendar import monthrange

__all__ = ["add_months", "as_day"]

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


def as_day(value: str | datetime.date, name: str = "as_of") -> datetime.date:
    """A date, or the date of a text such as ``2026-03-01``. Raises ValueError, with ``name``, for anything else."""
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    try:
        return datetime.date(*map(int, value.split("-"))) if _DAY.match(value) else _no_day(value, name)
    except (TypeError, ValueError):
        return _no_day(value, name)


def _no_day(value: object, name: str) -> datetime.date:
    raise ValueError(f"{name} is {value!r}; write it as YYYY-MM-DD")


def add_months(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months later; the last day of the month where that month is shorter.

    The last day that a date can be where that lies beyond it.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > datetime.MAXYEAR:
        return datetime.date.max
    return datetime.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
