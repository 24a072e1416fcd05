"""Business days and hours: when a target that is counted in them is up."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from fractions import Fraction

from attrs import field, frozen

from hmis_standards.errors import ParameterOutOfRange
from hmis_standards.model import Parameter, ParameterSet
from hmis_standards.tabular import Plain

__all__ = ["BusinessCalendar", "business_calendar", "due"]

_DAY = timedelta(days=1)
_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_UNITS = ("hours", "business hours", "business days")


@frozen(kw_only=True)
class BusinessCalendar(Plain):
    """Which days are worked, and from when to when. ``weekdays`` are numbers, Monday is 0; hours are local time.

    What is up beyond the calendar of computers, which ends with the year 9999, is up on its last day.
    """

    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)
    opens: Fraction = Fraction(8)
    closes: Fraction = Fraction(17)
    holidays: tuple[date, ...] = field(default=(), repr=False)

    def works(self, day: date) -> bool:
        """Whether it is a business day."""
        return day.weekday() in self.weekdays and day not in self.holidays

    def after_days(self, moment: datetime, days: Fraction) -> datetime:
        """The end of the business day that is so many after the day of ``moment``; that day itself is not counted."""
        day, left = moment.date(), math.ceil(days)
        while day < date.max and (left > 0 or not self.works(day)):
            day += _DAY
            left -= self.works(day)
        return datetime.combine(day, time.max)

    def after_hours(self, moment: datetime, hours: Fraction) -> datetime:
        """The moment at which so many business hours have gone by since ``moment``."""
        day, left = moment.date(), _span(hours)
        while day < date.max:
            opens, closes = self._hours(day)
            start = max(moment, opens)
            if self.works(day) and left <= closes - start:
                return start + left
            if self.works(day) and start < closes:
                left -= closes - start
            day += _DAY
        return datetime.max

    def _hours(self, day: date) -> tuple[datetime, datetime]:
        midnight = datetime.combine(day, time.min)
        return midnight + _span(self.opens), midnight + _span(self.closes)


def _later(moment: datetime, span: timedelta) -> datetime:
    """So much later, or the last moment of the calendar."""
    return moment + span if span <= datetime.max - moment else datetime.max


def _span(hours: Fraction) -> timedelta:
    """Hours as a span of time, to the microsecond."""
    return timedelta(microseconds=int(hours * 3600 * 10**6))


def business_calendar(parameters: ParameterSet, holidays: Iterable[date] = ()) -> BusinessCalendar:
    """The calendar that the parameters describe, with holidays of one's own.

    Raises ParameterOutOfRange if no day is worked, or if a day ends before it begins.
    """
    worked = parameters.table("workday")
    weekdays = tuple(place for place, name in enumerate(_WEEK) if worked[name].value)
    opens, closes = parameters.find("day_opens").value, parameters.find("day_closes").value
    if not weekdays:
        raise ParameterOutOfRange("workday", "0 on all days", "1 on one day at least")
    if closes <= opens:
        raise ParameterOutOfRange("day_closes", str(closes), f"after day_opens, {opens}")
    return BusinessCalendar(weekdays=weekdays, opens=opens, closes=closes, holidays=tuple(sorted(set(holidays))))


def due(opened: datetime, target: Parameter, calendar: BusinessCalendar) -> datetime:
    """The last moment at which a target is met; its unit says how it is counted.

    ``hours`` are hours of the clock, day and night. ``business hours`` run on business days from opening to closing.
    ``business days`` are up at midnight after the last of them, the day of opening not counted.

    Raises ParameterOutOfRange for another unit.
    """
    if target.unit == "hours":
        return _later(opened, _span(target.value))
    if target.unit == "business hours":
        return calendar.after_hours(opened, target.value)
    if target.unit == "business days":
        return calendar.after_days(opened, target.value)
    raise ParameterOutOfRange(target.name, f"in {target.unit}", f"in {', '.join(_UNITS)}")
