"""Business days and hours, by hand. March 2, 2026 is a Monday."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from hmis_standards.errors import ParameterOutOfRange
from hmis_standards.store import load_parameters
from hmis_standards.toolkit import BusinessCalendar, business_calendar
from hmis_standards.toolkit.business_time import due

NUMBERS = load_parameters("service-levels")
WEEK = BusinessCalendar(holidays=(date(2026, 3, 4),))


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute)


def end(day: int) -> datetime:
    return datetime.combine(date(2026, 3, day), time.max)


@pytest.mark.parametrize(
    ("opened", "days", "by"),
    [
        (at(2, 10), 1, end(3)),
        (at(2, 10), 2, end(5)),  # the 4th is a holiday
        (at(6, 18), 1, end(9)),  # Friday evening
        (at(7, 9), 2, end(10)),  # Saturday
        (at(2, 10), 0, end(2)),
        (at(7, 9), 0, end(9)),
    ],
)
def test_business_days(opened: datetime, days: int, by: datetime) -> None:
    assert WEEK.after_days(opened, Fraction(days)) == by


@pytest.mark.parametrize(
    ("opened", "hours", "by"),
    [
        (at(2, 10), "4", at(2, 14)),
        (at(2, 16), "2", at(3, 9)),  # an hour on Monday, an hour on Tuesday
        (at(2, 6), "9", at(2, 17)),
        (at(3, 16, 30), "1", at(5, 8, 30)),  # over the holiday
        (at(6, 20), "0.5", at(9, 8, 30)),
    ],
)
def test_business_hours(opened: datetime, hours: str, by: datetime) -> None:
    assert WEEK.after_hours(opened, Fraction(hours)) == by


def test_the_unit_of_a_target_says_how_it_is_counted() -> None:
    clock = NUMBERS.find("resolution_target", "critical")
    assert due(at(7, 9), clock, WEEK) == at(7, 13)
    assert due(at(7, 9), evolve(clock, unit="business hours"), WEEK) == at(9, 12)
    assert due(at(7, 9), evolve(clock, unit="business days"), WEEK) == end(12)
    with pytest.raises(ParameterOutOfRange, match="resolution_target/critical cannot be in weeks"):
        due(at(7, 9), evolve(clock, unit="weeks"), WEEK)


def test_the_calendar_of_the_parameters() -> None:
    assert business_calendar(NUMBERS, [date(2026, 3, 4)]) == WEEK
    assert business_calendar(NUMBERS.changed({"workday/saturday": 1})).works(date(2026, 3, 7))
    names = ("monday", "tuesday", "wednesday", "thursday", "friday")
    with pytest.raises(ParameterOutOfRange, match="one day at least"):
        business_calendar(NUMBERS.changed({f"workday/{name}": 0 for name in names}))
    with pytest.raises(ParameterOutOfRange, match="after day_opens"):
        business_calendar(NUMBERS.changed({"day_closes": 8}))


@pytest.mark.parametrize("unit", ["hours", "business hours", "business days"])
def test_the_calendar_has_an_end(unit: str) -> None:
    late = datetime(9999, 12, 30, 23)
    target = evolve(NUMBERS.find("response_target", "low"), value=Fraction(9000), unit=unit)
    assert due(late, target, WEEK) == datetime.max


@given(st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)), st.integers(0, 40), st.integers(0, 400))
def test_more_time_is_never_up_earlier(opened: datetime, days: int, minutes: int) -> None:
    hours = Fraction(minutes, 60)
    assert opened <= WEEK.after_days(opened, Fraction(days)) <= WEEK.after_days(opened, Fraction(days + 1))
    assert opened <= WEEK.after_hours(opened, hours) <= WEEK.after_hours(opened, hours + 1)
    assert WEEK.after_hours(opened, hours) >= opened + timedelta(minutes=minutes)
