"""The effect of a training: the same users before and after, by hand."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hmis_standards.errors import UnknownItem
from hmis_standards.store import load_catalog, load_parameters
from hmis_standards.toolkit import Activity, Completion, Effect, training_effect
from tests.toolkit.origins import assert_traceable

CATALOG = load_catalog()
PARAMETERS = load_parameters("training")
TOPIC = "end-user-training/T25"
ON = date(2026, 9, 30)
PASSED = date(2026, 5, 20)
LENGTHS = {2: 28, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31}


def done(user: str, day: date = PASSED, passed: bool = True) -> Completion:
    return Completion(user=user, topic=TOPIC, completed=day, passed=passed)


def month(user: str, number: int, records: int | None, errors: int | None, tickets: int | None = None) -> Activity:
    counts = [None if one is None else Fraction(one) for one in (records, errors, tickets)]
    return Activity(
        user=user,
        first=date(2026, number, 1),
        last=date(2026, number, LENGTHS[number]),
        records=counts[0],
        errors=counts[1],
        tickets=counts[2],
    )


def found(log: list[Completion], activity: list[Activity], topic: str = TOPIC) -> Effect:
    return training_effect(log, activity, topic, CATALOG, PARAMETERS, ON)


def values(effect: Effect, *names: str) -> list[Fraction | None]:
    return [effect.figure(name).value for name in names]


def test_two_users_by_hand() -> None:
    # Passed on May 20. Of the 90 days before (from February 19) March and April are whole months, of those after
    # (through August 18) June and July. February, May and August count for neither.
    # a: 30 + 50 records with 6 + 10 errors, then 40 + 40 with 4 + 4. b: 20 with 4, then 20 with 2.
    # Before 20 of 100, after 10 of 100: half of the errors are gone.
    activity = [
        *(month("a", 2, 99, 99, 9), month("a", 3, 30, 6, 2), month("a", 4, 50, 10, 1), month("a", 5, 99, 99, 9)),
        *(month("a", 6, 40, 4, 1), month("a", 7, 40, 4, 0), month("a", 8, 99, 99, 9)),
        *(month("b", 4, 20, 4), month("b", 6, 20, 2)),
    ]
    effect = found([done("a"), done("b")], activity)
    assert values(effect, "users_passed", "users_compared") == [2, 2]
    assert values(effect, "error_rate_before", "error_rate_after", "effect") == [
        Fraction(1, 5),
        Fraction(1, 10),
        Fraction(1, 2),
    ]
    # Tickets were counted for a only: 3 in the 61 days of March and April, 1 in those of June and July.
    assert values(effect, "users_with_tickets", "user_tickets_before", "user_tickets_after", "ticket_effect") == [
        1,
        Fraction(3, 61) * 90,
        Fraction(1, 61) * 90,
        Fraction(-2, 61) * 90,
    ]
    assert_traceable(effect)


def test_only_users_with_records_on_both_sides_are_compared() -> None:
    activity = [month("a", 4, 10, 5), month("b", 6, 10, 5), month("c", 4, 0, 0), month("c", 6, 10, 1)]
    effect = found([done("a"), done("b"), done("c")], activity)
    assert values(effect, "users_compared", "effect", "error_rate_before") == [0, None, None]


def test_records_without_errors_counted_tell_no_rate() -> None:
    activity = [month("a", 3, 100, None), month("a", 4, 10, 5), month("a", 6, 10, 1)]
    assert values(found([done("a")], activity), "error_rate_before") == [Fraction(1, 2)]


def test_the_first_pass_is_the_day_and_a_failed_try_is_none() -> None:
    log = [done("a", date(2026, 2, 3), passed=False), done("a"), done("a", date(2026, 8, 3))]
    activity = [month("a", 4, 10, 5), month("a", 6, 10, 1)]
    assert values(found(log, activity), "effect") == [Fraction(4, 5)]


def test_lines_of_days_stand_for_the_whole_window() -> None:
    # Two tickets in the 90 days before, one after: lines of days are there only where something happened.
    def day(on: date, tickets: int) -> Activity:
        return Activity(user="a", first=on, last=on, tickets=Fraction(tickets))

    activity = [day(date(2026, 2, 19), 1), day(date(2026, 5, 19), 1), day(PASSED, 7), day(date(2026, 8, 18), 1)]
    activity += [day(date(2026, 2, 18), 9), day(date(2026, 8, 19), 9)]  # a day too early, a day too late
    assert values(found([done("a")], activity), "user_tickets_before", "user_tickets_after") == [2, 1]


def test_two_lines_on_one_month_are_one_month_of_days() -> None:
    activity = [month("a", 4, 1, 0, 1), month("a", 4, 2, 1, 1), month("a", 6, 1, 0, 0)]
    effect = found([done("a")], activity)
    assert values(effect, "error_rate_before", "user_tickets_before") == [Fraction(1, 3), 6]  # 2 in 30 days


def test_no_errors_before_leave_nothing_to_win() -> None:
    assert values(found([done("a")], [month("a", 4, 10, 0), month("a", 6, 10, 0)]), "effect") == [None]


def test_a_topic_that_is_not_there() -> None:
    with pytest.raises(UnknownItem):
        found([], [], "end-user-training/T99")


@given(st.lists(st.tuples(st.integers(1, 50), st.integers(0, 50)), min_size=1, max_size=5))
def test_the_same_counts_on_both_sides_are_no_effect(counts: list[tuple[int, int]]) -> None:
    users = [f"u{n}" for n in range(len(counts))]
    activity = [
        month(user, number, *pair) for user, pair in zip(users, counts, strict=True) for number in (4, 6)
    ]  # April and June both have 30 days
    effect = found([done(user) for user in users], activity)
    assert effect.figure("error_rate_before").value == effect.figure("error_rate_after").value
    assert effect.figure("effect").value in {0, None}


def test_a_typing_error_in_a_year_brings_nothing_down() -> None:
    effect = found([done("a", date(1, 1, 1))], [month("a", 4, 30, 6), month("a", 6, 30, 6)])
    assert values(effect, "users_passed", "users_compared") == [1, 0]
