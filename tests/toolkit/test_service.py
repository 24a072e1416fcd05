"""Service levels of several months together: what a year hides, trends, credits, and what is pointed out."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest

from hmis_standards.store import load_parameters
from hmis_standards.toolkit import Outage, ServiceLevels, Ticket, service_levels
from hmis_standards.toolkit.service_months import months_between
from tests.toolkit.origins import assert_traceable

NUMBERS = load_parameters("service-levels")
JANUARY, JUNE, DECEMBER = date(2025, 1, 1), date(2025, 6, 15), date(2025, 12, 31)


def outage(start: datetime, minutes: int) -> Outage:
    return Outage(start=start, end=start + timedelta(minutes=minutes))


def flags(found: ServiceLevels) -> list[tuple[str, str]]:
    return [(one.id, one.about) for one in found.flags]


def test_the_year_hides_a_bad_month() -> None:
    """March has 44,640 minutes: 240 down are 99.462 %. The year has 525,600: 99.954 %."""
    log = [outage(datetime(2025, 3, 11, 9), 240)]
    found = service_levels(JANUARY, DECEMBER, NUMBERS, outages=log)
    assert len(found.months) == 12
    assert [row["availability"] for row in found.rows()[1:4]] == ["100.000", "99.462", "100.000"]
    (year,) = found.years
    assert year.row() == {
        "year": 2025,
        "months": 12,
        "availability": "99.954",
        "months_below_target": "2025-03",
        "not_seen_in_the_year": "2025-03",
    }
    assert flags(found) == [("below-target", "2025-03"), ("hidden-month", "2025")]
    assert_traceable(found)


def test_a_year_that_is_below_itself_hides_nothing() -> None:
    """526 minutes are more than a thousandth of 525,600."""
    found = service_levels(JANUARY, DECEMBER, NUMBERS, outages=[outage(datetime(2025, 3, 11, 9), 526)])
    assert (found.years[0].below, found.years[0].hidden) == (("2025-03",), ())


def test_years_begin_and_end_with_the_months() -> None:
    found = service_levels(date(2024, 11, 1), JANUARY, NUMBERS, outages=[outage(datetime(2024, 12, 31, 23), 120)])
    assert [(one.year, one.months) for one in found.years] == [(2024, 2), (2025, 1)]
    assert [str(one.availability.down.value) for one in found.years] == ["60", "60"]


def ticket(month: int, late: bool, severity: str = "high") -> Ticket:
    opened = datetime(2025, month, 3, 9)
    minutes = 5000 if late else 60
    return Ticket(
        id=f"{month}{severity}",
        opened=opened,
        responded=opened + timedelta(minutes=minutes),
        resolved=opened + timedelta(minutes=minutes),
        severity=severity,
    )


def test_tickets_belong_to_the_month_they_were_opened_in() -> None:
    found = service_levels(JANUARY, JUNE, NUMBERS, tickets=[ticket(1, False), ticket(2, True), ticket(7, True)])
    assert [row["score"] for row in found.rows()] == ["100.00", "0.00", "", "", "", ""]
    assert [row["availability"] for row in found.rows()] == [""] * 6
    assert [int(one.counted.value or 0) for one in found.severities if one.severity == "high"] == [2, 2]
    assert [about for id, about in flags(found) if id == "goal-missed"] == ["high", "high"]
    assert found.years == ()


def test_the_trend_is_of_three_months_and_the_three_before() -> None:
    """Scores 100, 100, 0, 100, 0, 0: a third less two thirds."""
    log = [ticket(month, late) for month, late in enumerate((False, False, True, False, True, True), start=1)]
    found = service_levels(JANUARY, JUNE, NUMBERS, tickets=log)
    assert [(one.name, one.value) for one in found.trends] == [("score_trend", Fraction(-100, 3))]
    assert_traceable(found)
    assert service_levels(JANUARY, date(2025, 5, 1), NUMBERS, tickets=log).trends == ()
    months = NUMBERS.changed({"trend_months": 1})
    assert service_levels(date(2025, 4, 1), date(2025, 5, 1), months, tickets=log).trends[0].value == -100


def test_credits_of_a_month_and_of_all() -> None:
    """March in the first tier, 2.5 % of 4,200; in February a high ticket missed its goal, 10 % by a contract."""
    own = NUMBERS.changed({"missed_severity_credit/high": 10})
    log = [outage(datetime(2025, 3, 11, 9), 240)]
    found = service_levels(JANUARY, JUNE, own, outages=log, tickets=[ticket(2, True)], fee=Fraction(4200))
    assert [row["credit"] for row in found.rows()] == ["0.00", "420.00", "105.00", "0.00", "0.00", "0.00"]
    assert found.credits is not None
    assert str(found.credits.amount) == "525.00"
    assert "min(credit_cap, tier + missed)" in found.explain()


def test_until_when_the_logs_tell() -> None:
    """A low ticket opened on January 31 has three business days; the log goes on to the next opening."""
    late = Ticket(id="1", opened=datetime(2025, 1, 31, 9), severity="low")
    found = service_levels(JANUARY, JANUARY, NUMBERS, tickets=[late])
    assert found.until == datetime(2025, 2, 1)
    assert {one.waiting for one in found.severities if one.severity == "low"} == {1}
    longer = service_levels(JANUARY, JANUARY, NUMBERS, tickets=[late, ticket(3, False)])
    assert longer.until == datetime(2025, 3, 3, 9)
    assert {one.waiting for one in longer.severities if one.severity == "low"} == {0}
    asked = service_levels(JANUARY, JANUARY, NUMBERS, tickets=[late], until=datetime(2025, 2, 10))
    assert {one.waiting for one in asked.severities if one.severity == "low"} == {0}


def test_old_tickets_are_named() -> None:
    log = [Ticket(id=f"T-{n}", opened=datetime(2025, 1, 2), severity="low") for n in range(7)]
    found = service_levels(JANUARY, JUNE, NUMBERS, tickets=log)
    text = next(one.text for one in found.flags if one.id == "old-tickets")
    assert text == "Open for more than 90 days: T-0, T-1, T-2, T-3, T-4 and 2 more."


def test_months_are_in_order() -> None:
    assert months_between(date(2024, 2, 29), date(2024, 3, 1)) == (
        (date(2024, 2, 1), date(2024, 2, 29)),
        (date(2024, 3, 1), date(2024, 3, 31)),
    )
    with pytest.raises(ValueError, match="2025-01, is before the first, 2025-06"):
        service_levels(JUNE, JANUARY, NUMBERS)
    with pytest.raises(ValueError, match="ends with 9999"):
        service_levels(JUNE, date(9999, 12, 1), NUMBERS)
