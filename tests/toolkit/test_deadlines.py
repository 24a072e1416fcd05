"""Latest safe days, counted back by hand, and what is said on which day."""

from __future__ import annotations

from datetime import date

import pytest

from hmis_standards.model import Contract
from hmis_standards.store import load_parameters
from hmis_standards.toolkit import safe_dates
from tests.toolkit.origins import assert_traceable

NUMBERS = load_parameters("procurement")
ENDS = Contract(ends=date(2027, 6, 30), notice_days=120)


def test_by_hand() -> None:
    """405 days before June 30, 2027: 365 back is June 30, 2026, and 40 more is May 21. 60 before that, March 22."""
    found = safe_dates(ENDS, NUMBERS, date(2026, 1, 1))
    assert [(one.step, one.day) for one in found.deadlines] == [
        ("alarm", date(2026, 3, 22)),
        ("decide", date(2026, 5, 21)),
        ("choose", date(2026, 11, 17)),
        ("sign", date(2027, 1, 1)),
        ("notice", date(2027, 3, 2)),
    ]
    assert found.flags == ()
    assert found.day("decide") == date(2026, 5, 21)
    assert_traceable(found)


@pytest.mark.parametrize(
    ("on", "flags"),
    [
        (date(2026, 3, 22), []),
        (date(2026, 3, 23), ["alarm"]),
        (date(2026, 5, 21), ["alarm"]),
        (date(2026, 5, 22), ["too-late"]),
        (date(2027, 3, 3), ["too-late", "notice-passed"]),
    ],
)
def test_what_is_said_on_a_day(on: date, flags: list[str]) -> None:
    assert [one.id for one in safe_dates(ENDS, NUMBERS, on).flags] == flags


def test_notice_of_the_parameters_where_the_contract_was_not_looked_up() -> None:
    found = safe_dates(Contract(ends=date(2027, 6, 30)), NUMBERS, date(2026, 1, 1))
    assert found.day("notice") == date(2027, 4, 1)
    assert "Your contract says the true one." in found.explain()


def test_a_day_before_the_calendar_is_its_first() -> None:
    found = safe_dates(Contract(ends=date(1, 2, 1), notice_days=10**12), NUMBERS, date(2026, 1, 1))
    assert {one.day for one in found.deadlines} == {date.min}
