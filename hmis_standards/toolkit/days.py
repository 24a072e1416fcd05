"""Days of the calendar, which has a first and a last one."""

from __future__ import annotations

from datetime import date

__all__ = ["moved"]


def moved(day: date, days: int) -> date:
    """So many days on, or back where ``days`` is below 0; where that is beyond the calendar, its last or first day."""
    return date.fromordinal(min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal()))
