"""Tickets against targets: open, late, waiting, by severity; the score and what is old."""

from __future__ import annotations

from datetime import datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hmis_standards.store import load_parameters
from hmis_standards.toolkit import Attainment, BusinessCalendar, Ticket, attainments
from hmis_standards.toolkit.backlogs import backlog
from hmis_standards.toolkit.tickets import target_score
from hmis_standards.vocabulary import TicketTarget
from tests.toolkit.origins import assert_traceable

NUMBERS = load_parameters("service-levels")
CALENDAR = BusinessCalendar()
OPENED = datetime(2026, 3, 2, 10)  # a Monday
UNTIL = datetime(2026, 4, 1)


def ticket(id: str, severity: str | None, responded: int | None, resolved: int | None, **more: object) -> Ticket:
    """Times in minutes after the opening."""
    answered, solved = (None if one is None else OPENED + timedelta(minutes=one) for one in (responded, resolved))
    return Ticket(id=id, opened=OPENED, responded=answered, resolved=solved, severity=severity, **more)  # type: ignore[arg-type]


def of(found: tuple[Attainment, ...], severity: str, target: TicketTarget) -> Attainment:
    return next(one for one in found if (one.severity, one.target) == (severity, target))


def told(tickets: list[Ticket], severity: str, until: datetime = UNTIL) -> list[tuple[int, int, int]]:
    """Met, counted and waiting, of answers and of solutions."""
    found = attainments(tickets, NUMBERS, CALENDAR, until)
    both = (of(found, severity, target) for target in TicketTarget)
    return [(int(one.met.value or 0), int(one.counted.value or 0), one.waiting) for one in both]


@pytest.mark.parametrize(
    ("answered", "solved", "expected"),
    [
        (60, 240, [(1, 1, 0), (1, 1, 0)]),  # to the minute
        (61, 241, [(0, 1, 0), (0, 1, 0)]),
        (30, None, [(1, 1, 0), (0, 1, 0)]),  # still open, past its target
        (None, None, [(0, 1, 0), (0, 1, 0)]),
        (None, 50, [(1, 1, 0), (1, 1, 0)]),  # solved in 50 minutes, so answered by then
        (None, 90, [(0, 1, 0), (1, 1, 0)]),
    ],
)
def test_a_critical_ticket(answered: int | None, solved: int | None, expected: list[tuple[int, int, int]]) -> None:
    """Critical: an answer within 1 hour, a solution within 4."""
    assert told([ticket("1", "critical", answered, solved)], "critical") == expected


def test_what_is_not_yet_due_is_not_counted() -> None:
    waiting = [ticket("1", "critical", None, None)]
    assert told(waiting, "critical", OPENED + timedelta(minutes=30)) == [(0, 0, 1), (0, 0, 1)]
    assert told(waiting, "critical", OPENED + timedelta(hours=2)) == [(0, 1, 0), (0, 0, 1)]


def test_business_days_of_a_medium_ticket() -> None:
    """Opened on Monday: two business days are up at the end of Wednesday, 62 hours later."""
    assert told([ticket("1", "medium", 1, 61 * 60)], "medium")[1] == (1, 1, 0)
    assert told([ticket("1", "medium", 1, 63 * 60)], "medium")[1] == (0, 1, 0)


def test_the_score_by_hand() -> None:
    """Answers: critical 1 of 2 with weight 4, low 1 of 1 with weight 1: (4 * 50 + 100) / 5 = 60."""
    found = attainments(
        [ticket("1", "critical", 1, 1), ticket("2", "critical", 99, 99), ticket("3", "low", 1, 1)],
        NUMBERS,
        CALENDAR,
        UNTIL,
    )
    score = target_score(found, TicketTarget.RESPONSE, NUMBERS)
    assert score.value == 60
    assert_traceable((found, score))


def test_without_tickets_there_is_no_score() -> None:
    found = attainments([ticket("1", None, 1, 1)], NUMBERS, CALENDAR, UNTIL)
    assert target_score(found, TicketTarget.RESPONSE, NUMBERS).value is None
    assert {one.share.value for one in found} == {None}


def test_what_is_open_and_how_old() -> None:
    """90 days after March 2, 10:00 is May 31, 10:00; a minute later the ticket is old."""
    tickets = [ticket("1", "low", 1, None), ticket("2", None, None, None), ticket("3", "low", 1, 60 * 24 * 91)]
    exactly = backlog(tickets, NUMBERS, OPENED + timedelta(days=90))
    assert [one.number for one in (exactly.open, exactly.old_tickets, exactly.oldest)] == ["3", "0", "90"]
    later = backlog(tickets, NUMBERS, OPENED + timedelta(days=90, minutes=1))
    assert later.old == ("1", "2", "3")
    assert backlog(tickets, NUMBERS, OPENED + timedelta(days=91)).open.value == 2
    assert backlog(tickets, NUMBERS, OPENED - timedelta(days=1)).oldest.value == 0


def test_how_many_came_back() -> None:
    """Of 1 (never), 2 (once) and 4 (twice, open again now); 3 does not say, 5 was never solved."""
    tickets = [
        ticket("1", "low", 1, 2, reopened=0),
        ticket("2", "low", 1, 2, reopened=1),
        ticket("3", "low", 1, 2),
        ticket("4", "low", 1, None, reopened=2),
        ticket("5", "low", 1, None, reopened=0),
    ]
    assert backlog(tickets, NUMBERS, UNTIL).reopened.value == Fraction(200, 3)


TIMES = st.none() | st.integers(0, 60 * 24 * 40)
TICKETS = st.lists(
    st.builds(ticket, st.just("x"), st.sampled_from(["critical", "high", "medium", "low", None]), TIMES, TIMES),
    max_size=12,
)


@given(TICKETS)
def test_every_ticket_is_met_missed_or_waiting(tickets: list[Ticket]) -> None:
    found = attainments(tickets, NUMBERS, CALENDAR, UNTIL)
    for one in found:
        assert one.met.value is not None
        assert one.counted.value is not None
        assert 0 <= one.met.value <= one.counted.value
        assert one.counted.value + one.waiting == sum(each.severity == one.severity for each in tickets)
    for target in TicketTarget:
        score = target_score(found, target, NUMBERS).value
        assert score is None or 0 <= score <= 100
