"""Training: cases worked by hand, and what must hold whatever the log."""

from __future__ import annotations

import json
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hmis_standards.errors import UnknownItem, UnknownLearner
from hmis_standards.store import load_catalog, load_parameters
from hmis_standards.toolkit import Completion, Training, User, curriculum, training
from hmis_standards.toolkit.passes import Rules
from hmis_standards.toolkit.topics import topics_of
from hmis_standards.vocabulary import AccountStatus, FigureOrigin, Held
from tests.toolkit.origins import assert_traceable

CATALOG = load_catalog()
PARAMETERS = load_parameters("training")
ON = date(2026, 9, 30)
# What everybody needs: T01 without end, T03, T04, T05 for a year. The security officer needs T32 besides.
FOUR = ("T01", "T03", "T04", "T05")


def user(name: str = "a", **more: Any) -> User:
    facts: dict[str, Any] = {"roles": ("security_officer",), "active_since": date(2024, 1, 2), "last_login": ON}
    return User(id=name, **(facts | more))


def line(topic: str, day: date = date(2026, 3, 2), score: str | None = "1", name: str = "a", **more: Any) -> Completion:
    share = None if score is None else Fraction(score)
    return Completion(user=name, topic=f"end-user-training/{topic}", completed=day, score=share, **more)


def lines(*topics: str, day: date = date(2026, 3, 2), name: str = "a") -> list[Completion]:
    return [line(topic, day, name=name) for topic in topics]


def found(users: list[User], log: list[Completion], on: date = ON) -> Training:
    return training(users, log, CATALOG, PARAMETERS, on)


def held(log: list[Completion], topic: str, on: date = ON, **more: Any) -> Held:
    (standing,) = found([user(**more)], log, on).users
    return standing.passes[f"end-user-training/{topic}"].held


# --- one topic ---------------------------------------------------------------------------------------------


def test_a_pass_is_good_through_the_last_day_of_its_validity() -> None:
    # Privacy is good for 365 days: passed on March 2, 2026, through March 2, 2027.
    log = lines("T03")
    assert held(log, "T03", date(2026, 3, 1)) is Held.NEVER
    assert held(log, "T03", date(2026, 3, 2)) is Held.CURRENT
    assert held(log, "T03", date(2027, 3, 2)) is Held.CURRENT
    assert held(log, "T03", date(2027, 3, 3)) is Held.LAPSED


def test_what_the_catalog_says_of_a_topic_counts_where_no_parameter_is_about_it() -> None:
    rules = Rules(CATALOG, PARAMETERS, ON)
    days = {name: rules.validity(CATALOG[f"end-user-training/{name}"]) for name in ("T01", "T03", "T06", "T26")}
    # none; the section's 365; 24 months are 730 days; 3 months are 91 and a quarter, of which 91 are whole
    assert [one.value for one in days.values()] == [0, 365, 730, 91]
    assert days["T03"].origin is FigureOrigin.EXAMPLE
    assert days["T26"].formula == "floor(months * 365 / 12)"
    assert days["T01"].origin is FigureOrigin.CONVENTION
    for one in days.values():
        assert_traceable(one)


def test_a_validity_of_a_section_can_be_set() -> None:
    assert held(lines("T03"), "T03") is Held.CURRENT
    short = training([user()], lines("T03"), CATALOG, PARAMETERS.changed({"validity/prv": "100"}), ON).users[0]
    assert short.passes["end-user-training/T03"].held is Held.LAPSED
    assert short.passes["end-user-training/T03"].until == date(2026, 6, 10)  # March 2 and 100 days


@pytest.mark.parametrize(
    ("topic", "score", "good"),
    [("T01", "0.8", True), ("T01", "0.79", False), ("T03", "0.99", False), ("T03", "1", True), ("T05", "0.9", False)],
)
def test_the_mark_is_80_percent_and_100_on_privacy_and_security(topic: str, score: str, good: bool) -> None:
    assert (held([line(topic, score=score)], topic) is Held.CURRENT) is good


def test_the_marks_that_are_shipped_are_those_of_the_topics() -> None:
    rules = Rules(CATALOG, PARAMETERS, ON)
    stated = [item for item in topics_of(CATALOG).values() if item.check and item.check.pass_mark is not None]
    assert stated
    for item in stated:
        assert item.check is not None
        assert rules.pass_mark(item).value == item.check.pass_mark, item.id


@pytest.mark.parametrize(
    ("topic", "score", "passed", "good"),
    [
        ("T32", None, None, True),  # a task that was done
        ("T03", None, None, False),  # a test without a score is no pass
        ("T03", None, True, True),  # unless somebody says so
        ("T03", "0.9", True, False),  # but not against the score
        ("T03", "1", False, False),
        ("T32", None, False, False),
    ],
)
def test_a_result_without_a_score(topic: str, score: str | None, passed: bool | None, good: bool) -> None:
    assert (held([line(topic, score=score, passed=passed)], topic) is Held.CURRENT) is good


def test_a_topic_due_at_each_release_wants_a_pass_in_the_new_standards() -> None:
    # FY2026 began on October 1, 2025; courses on it count from 120 days before, June 3, 2025.
    users: dict[str, Any] = {"roles": ("end_user",)}
    early, late = [line("T15", date(2025, 6, 2))], [line("T15", date(2025, 6, 3))]
    assert held(early, "T15", date(2025, 9, 30), **users) is Held.CURRENT
    assert held(early, "T15", date(2025, 10, 1), **users) is Held.LAPSED
    assert held(late, "T15", date(2025, 10, 1), **users) is Held.CURRENT


def test_what_changed_is_taught_to_those_who_knew_it_before() -> None:
    def needs(since: date) -> bool:
        (one,) = found([user(roles=("end_user",), active_since=since)], []).users
        return "end-user-training/T38" in one.passes

    assert needs(date(2025, 9, 30))
    assert not needs(date(2025, 10, 1))


# --- one user ----------------------------------------------------------------------------------------------


def test_coverage_and_access_of_one_user() -> None:
    # Five topics needed. Three are current; T04 lapsed on March 3, 2026; T32 was never taken. 3 / 5.
    log = [*lines("T01", "T03", "T05"), line("T04", date(2025, 3, 2))]
    (one,) = found([user()], log).users
    assert one.coverage.value == Fraction(3, 5)
    assert one.topics(Held.LAPSED) == ("end-user-training/T04",)
    assert one.topics(Held.NEVER) == ("end-user-training/T32",)
    assert one.access == "no"
    assert one.row()["lapsed"] == "T04"


@pytest.mark.parametrize(
    ("on", "access"),
    [
        (date(2026, 9, 10), "ok"),  # the last day T04 is good
        (date(2026, 9, 11), "grace"),
        (date(2026, 10, 10), "grace"),  # 30 days after it
        (date(2026, 10, 11), "no"),
    ],
)
def test_a_lapse_has_thirty_days_of_grace(on: date, access: str) -> None:
    log = [*lines("T01", "T03", "T05"), line("T04", date(2025, 9, 10))]
    (one,) = found([user(last_login=on)], log, on).users
    assert one.access == access


def test_there_is_no_grace_for_what_was_never_passed() -> None:
    (one,) = found([user()], lines("T01", "T03", "T05")).users
    assert one.access == "no"


@pytest.mark.parametrize(
    ("idle", "status"),
    [
        (0, "active"),
        (59, "active"),
        (60, "locked"),
        (89, "locked"),
        (90, "refresher"),
        (179, "refresher"),
        (180, "retrain"),
    ],
)
def test_status_by_idle_days(idle: int, status: str) -> None:
    (one,) = found([user(last_login=ON - timedelta(days=idle))], []).users
    assert one.status == status


def test_status_without_a_log_in() -> None:
    def status(**dates: Any) -> AccountStatus:
        return found([user(**({"active_since": None, "last_login": None} | dates))], []).users[0].status

    assert status() is AccountStatus.UNKNOWN
    assert status(requested=ON) is AccountStatus.WAITING
    assert status(active_since=ON + timedelta(days=1)) is AccountStatus.WAITING
    assert status(active_since=ON) is AccountStatus.ACTIVE
    assert status(active_since=ON - timedelta(days=60)) is AccountStatus.LOCKED
    assert status(active_since=ON - timedelta(days=60), login_unread=True) is AccountStatus.UNKNOWN


def test_somebody_who_failed_three_times_is_stuck() -> None:
    def stuck(log: list[Completion]) -> int | Fraction | None:
        return found([user()], log).figure("stuck").value

    days = [date(2026, 3, day) for day in (2, 3, 4)]
    failed = [line("T03", day, "0.9") for day in days]
    assert stuck(failed[:2]) == 0
    assert stuck(failed) == 1
    assert stuck([line("T03", days[0], "0.9", attempt=3)]) == 1  # the first two are before the log
    assert stuck([*failed, line("T03", days[2])]) == 0


# --- all users ---------------------------------------------------------------------------------------------


def three() -> Training:
    # a has all five. b has the four that come before access, T03 lapsing on October 20, 2026, within 60 days; not T32.
    # c has been idle for 70 days and counts nowhere but among the locked. d waits, has T01, and needs four seats.
    log = [
        *lines("T01", "T03", "T04", "T05", "T32"),
        *lines("T01", "T04", "T05", name="b"),
        line("T03", date(2025, 10, 20), "0.9", name="b", attempt=1),
        line("T03", date(2025, 10, 20), "1", name="b", attempt=2),
        *lines("T01", name="d"),
    ]
    users = [
        user("a"),
        user("b"),
        user("c", last_login=ON - timedelta(days=70)),
        user("d", requested=date(2026, 9, 10), active_since=None, last_login=None),
    ]
    return found(users, log)


def values(result: Training, *names: str) -> list[Fraction | None]:
    return [result.figure(name).value for name in names]


def test_counts_of_all_users() -> None:
    result = three()
    assert values(result, "users", "users_active", "users_locked", "users_waiting") == [4, 2, 1, 1]
    assert values(result, "users_with_access", "users_complete", "users_covered") == [2, 1, Fraction(1, 2)]
    assert values(result, "topics_needed", "topics_current", "coverage") == [10, 9, Fraction(9, 10)]
    assert values(result, "access_ok", "access_share", "access_no", "waiting_ready") == [2, 1, 0, 0]
    assert values(result, "lapses_due") == [1]
    # First tries: a 5, b 4 of which T03 was failed, d 1.
    assert values(result, "tried", "passed_first", "first_pass") == [10, 9, Fraction(9, 10)]
    # d asked 20 days ago, which is more than 14.
    assert values(result, "users_asked", "users_late", "days_to_access_median") == [1, 1, 20]
    assert_traceable(result)


def test_seats_and_classes_by_topic() -> None:
    result = three()
    rows = {row["topic"].partition("/")[2]: row for row in result.topics.rows()}
    # T03: d never, b due; T04, T05: d; T32: b and d never; T01: nobody.
    assert [rows[name]["seats"] for name in (*FOUR, "T32")] == ["0", "2", "1", "1", "2"]
    assert (rows["T03"]["never"], rows["T03"]["lapsed"], rows["T03"]["due"]) == ("1", "0", "1")
    assert [rows[name]["classes"] for name in (*FOUR, "T32")] == ["0", "1", "1", "1", "1"]
    assert (rows["T32"]["users"], rows["T32"]["current"], rows["T32"]["coverage"]) == ("2", "1", "50 %")
    assert values(result, "seats", "classes") == [6, 4]
    assert rows["T09"]["coverage"] == "–"


def test_nine_seats_are_two_classes_of_eight() -> None:
    result = found([user(f"u{n}") for n in range(9)], [])
    (row,) = [row for row in result.topics.rows() if row["topic"] == "end-user-training/T32"]
    assert (row["seats"], row["classes"]) == ("9", "2")
    assert values(result, "seats", "classes") == [45, 10]


def test_coverage_by_role_counts_whole_users() -> None:
    (role,) = three().roles
    assert role.row() == {"role": "security_officer", "users": "2", "complete": "1", "coverage": "50 %"}


def test_flags_say_whose_rule_it_is() -> None:
    told = {(flag.id, flag.about): flag for flag in three().flags}
    assert list(told) == [("coverage", "end-user-training/T32"), ("users-locked", ""), ("users-late", "")]
    assert told["coverage", "end-user-training/T32"].text == (
        "end-user-training/T32: 1 of 2 users are current; the goal is 90 %."
    )
    assert told["coverage", "end-user-training/T32"].origin is FigureOrigin.CONVENTION
    assert told["users-locked", ""].origin is FigureOrigin.EXAMPLE
    assert [one.source for one in told["users-locked", ""].citations] == ["practice-north-texas"]


def test_a_goal_that_is_just_missed_is_not_rounded_away() -> None:
    users = [user(f"u{n}") for n in range(250)]
    log = [one for n in range(249) for one in lines("T03", name=f"u{n}")]
    texts = [flag.text for flag in found(users, log).flags if flag.about == "end-user-training/T03"]
    assert texts == ["end-user-training/T03: 249 of 250 users are current; the goal is 100 %."]


def test_the_result_tells_counts_and_the_users_only_where_they_are_asked_for() -> None:
    names = ["somebody", "else"]
    result = found([user(name) for name in names], [line("T01", name="else")])
    shown = (json.dumps(result.to_dict()), repr(result), result.text(), result.explain(), result._repr_html_())
    assert not any(name in text for name in names for text in (*shown, json.dumps(result.rows())))
    assert [row["user"] for row in result.users.rows()] == names


def test_what_does_not_fit_together_is_refused() -> None:
    with pytest.raises(ValueError, match="1 users have the id of another one"):
        found([user(), user()], [])
    with pytest.raises(ValueError, match="names 1 users who are not on the list"):
        found([user()], [line("T01", name="b")])
    with pytest.raises(UnknownItem):
        found([user()], [line("T99")])
    with pytest.raises(UnknownItem):
        found([user()], [line("P01")])  # an item, but not a topic
    with pytest.raises(UnknownLearner):
        found([user(roles=("king",))], [])


def test_nobody_at_all() -> None:
    result = found([], [])
    assert result.figure("coverage").value is None
    assert result.flags == ()
    assert values(result, "seats") == [0]


# --- whatever the log --------------------------------------------------------------------------------------

USERS = [
    user("a"),
    user("b", roles=("end_user",), project_types=("outreach",)),
    user("c", roles=("end_user", "manager"), last_login=None, active_since=None, requested=date(2026, 9, 1)),
]
completions = st.builds(
    Completion,
    user=st.sampled_from("abc"),
    topic=st.sampled_from(sorted(topics_of(CATALOG))),
    completed=st.dates(date(2024, 1, 1), date(2026, 12, 31)),
    score=st.none() | st.sampled_from([Fraction(n, 10) for n in range(11)]),
    passed=st.none() | st.booleans(),
    attempt=st.none() | st.integers(1, 4),
)
logs = st.lists(completions, max_size=25)
FEWER = settings(max_examples=40)  # each is a whole calculation


@FEWER
@given(logs, completions)
def test_coverage_is_a_share_and_grows_with_what_is_completed(log: list[Completion], more: Completion) -> None:
    before, after = found(USERS, log), found(USERS, [*log, more])
    for one, other in zip(before.users, after.users, strict=True):
        assert one.coverage.value is not None
        assert other.coverage.value is not None
        assert 0 <= one.coverage.value <= other.coverage.value <= 1
    for name in ("coverage", "users_covered", "access_share"):
        (low,), (high,) = values(before, name), values(after, name)
        assert low is not None
        assert high is not None
        assert 0 <= low <= high <= 1


@FEWER
@given(logs, st.randoms())
def test_the_order_of_the_log_does_not_matter(log: list[Completion], random: Any) -> None:
    shuffled = list(log)
    random.shuffle(shuffled)
    assert found(USERS, shuffled).to_dict() == found(USERS, log).to_dict()


@FEWER
@given(logs)
def test_the_parts_add_up(log: list[Completion]) -> None:
    result = found(USERS, log)
    seats = [one.seats.value or 0 for one in result.topics]
    classes = [one.classes.value or 0 for one in result.topics]
    assert values(result, "seats", "classes") == [sum(seats), sum(classes)]
    assert all(8 * (n - 1) < s <= 8 * n or s == n == 0 for s, n in zip(seats, classes, strict=True))
    access = values(result, "access_ok", "access_grace", "access_no", "users_with_access")
    assert sum(one or 0 for one in access[:3]) == access[3]
    for one in result.users:
        assert sum(len(one.topics(word)) for word in Held) == len(one.passes)
        assert one.complete == (one.coverage.value == 1)
        assert set(one.passes) <= set(curriculum(CATALOG, one.roles, USERS[ord(one.user) - 97].project_types).topics)


@FEWER
@given(logs, st.integers(0, 800))
def test_time_alone_takes_away_and_never_gives(log: list[Completion], days: int) -> None:
    """Without new lines and new standards, what is held can only lapse."""
    past = [one for one in log if one.completed <= ON]
    now, later = found(USERS, past), found(USERS, past, ON + timedelta(days=days))
    for one, other in zip(now.users, later.users, strict=True):
        assert set(other.topics(Held.CURRENT)) <= set(one.topics(Held.CURRENT))
        assert set(other.topics(Held.NEVER)) == set(one.topics(Held.NEVER))


def test_a_lapse_lowers_coverage() -> None:
    log = lines("T01", "T03", "T04", "T05", "T32")
    day = date(2027, 3, 2)
    assert found([user(last_login=day)], log, day).figure("coverage").value == 1
    day += timedelta(days=1)
    assert found([user(last_login=day)], log, day).figure("coverage").value == Fraction(1, 5)


def test_a_pass_on_the_last_day_of_the_calendar() -> None:
    last = date.max
    done = Completion(user="a", topic="end-user-training/T03", completed=last, score=Fraction(1))
    assert found([user(last_login=last)], [done], last).users[0].topics(Held.CURRENT) == ("end-user-training/T03",)
