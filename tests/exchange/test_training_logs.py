"""Users, training logs and counts by user: what is read, and every kind of mess with its line."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hmis_standards.errors import InvalidDocument, UnknownItem
from hmis_standards.exchange.logs import Unreadable
from hmis_standards.exchange.training_logs import Read, read_activity, read_training_log, read_users, score
from hmis_standards.model import Course, CourseList
from hmis_standards.store import load_catalog
from hmis_standards.toolkit import Activity, Completion, User
from hmis_standards.toolkit.topics import learner_words

CATALOG = load_catalog()
ON = date(2026, 9, 30)
COURSES = CourseList(
    courses=(
        Course(
            course="Privacy and security",
            also=("Annual P&S",),
            topics=("end-user-training/T03", "end-user-training/T04"),
        ),
    )
)


def told(read: Read[Any]) -> list[tuple[int | None, str, str]]:
    return [(one.line, one.pointer, one.message) for one in read.problems]


HEAD = "user,roles,project_types,requested,active_since,last_login,organization"


def users(tmp_path: Path, *rows: str, head: str = HEAD) -> Read[User]:
    path = tmp_path / "users.csv"
    path.write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
    return read_users(path, CATALOG, ON)


def log(tmp_path: Path, *rows: str, courses: CourseList | None = COURSES) -> Read[Completion]:
    path = tmp_path / "log.csv"
    path.write_text("\n".join(("user,topic,completed,score,result,try", *rows)) + "\n", encoding="utf-8")
    return read_training_log(path, CATALOG, [User(id="a", roles=()), User(id="b", roles=())], ON, courses)


# --- users -------------------------------------------------------------------------------------------------


def test_a_user(tmp_path: Path) -> None:
    read = users(tmp_path, "a,End User; agency administrator,ES;PH-RRH,2025-01-02,1/9/2025,2026-09-29,Harbor Street")
    assert read.problems == ()
    assert read.found == (
        User(
            id="a",
            roles=("agency_administrator", "end_user"),
            project_types=("emergency_shelter", "permanent_housing"),
            organization="Harbor Street",
            requested=date(2025, 1, 2),
            active_since=date(2025, 1, 9),
            last_login=date(2026, 9, 29),
        ),
    )


def test_every_word_of_the_catalog_can_be_written_as_it_is(tmp_path: Path) -> None:
    words = learner_words(CATALOG)
    row = ",".join(("a", ";".join(words["roles"]), ";".join(words["project_types"])))
    read = users(tmp_path, row, head="user,roles,project_types")
    assert read.problems == ()
    assert set(read.found[0].roles) == set(words["roles"])
    assert set(read.found[0].project_types) == set(words["project_types"])


def test_a_word_nobody_knows_is_told_and_the_others_kept(tmp_path: Path) -> None:
    read = users(tmp_path, "a,end_user;wizard,ES;moon base", "b,wizard,", "c,,", head="user,roles,project_types")
    assert [(line, column) for line, column, _ in told(read)] == [
        (2, "roles"),
        (2, "project_types"),
        (3, "roles"),
        (3, "roles"),
        (4, "roles"),
    ]
    assert told(read)[4][2] == "there is no role that is known"
    assert [one.roles for one in read.found] == [("end_user",)] * 3
    assert read.found[0].project_types == ("emergency_shelter",)


def test_days_that_cannot_be(tmp_path: Path) -> None:
    rows = [
        "a,end_user,,2026-10-01,2026-10-02,2026-10-03,",  # access may be planned
        "b,end_user,,,2025-01-02,a while ago,",
        "c,end_user,,,2025-01-02,,",
    ]
    read = users(tmp_path, *rows)
    assert told(read) == [
        (2, "requested", "is after 2026-09-30"),
        (2, "last_login", "is after 2026-09-30"),
        (3, "last_login", "is not a day such as 2026-03-31"),
    ]
    assert [one.login_unread for one in read.found] == [True, True, False]
    assert (read.found[0].requested, read.found[0].active_since) == (None, date(2026, 10, 2))


def test_two_lines_of_one_user_are_taken_together(tmp_path: Path) -> None:
    rows = [
        "a,end_user,ES,,2025-03-01,2026-09-01,One",
        "b,end_user,,,,,",
        "a,report_user,SO,2025-01-02,2025-02-01,2026-08-01,Two",
        "a,end_user,ES,,2025-03-01,2026-09-01,One",
    ]
    read = users(tmp_path, *rows)
    assert told(read) == [(4, "user", "is the user of line 2"), (5, "", "repeats line 2")]
    (one,) = [one for one in read.found if one.id == "a"]
    assert one == User(
        id="a",
        roles=("end_user", "report_user"),
        project_types=("emergency_shelter", "outreach"),
        organization="One",
        requested=date(2025, 1, 2),
        active_since=date(2025, 2, 1),
        last_login=date(2026, 9, 1),
    )


def test_a_list_without_users_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidDocument, match="missing column user"):
        users(tmp_path, "end_user", head="roles")


# --- training log ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["end-user-training/T03", "PRV/T03", "T03", "prv/t03", " T03 "])
def test_a_topic_in_each_of_its_forms(tmp_path: Path, name: str) -> None:
    read = log(tmp_path, f"a,{name},2026-03-02,100,,1")
    assert read.problems == ()
    assert read.found == (
        Completion(user="a", topic="end-user-training/T03", completed=date(2026, 3, 2), score=Fraction(1), attempt=1),
    )


@pytest.mark.parametrize("name", ["Privacy and security", "privacy  AND security", "Annual P&S"])
def test_a_course_is_all_its_topics(tmp_path: Path, name: str) -> None:
    read = log(tmp_path, f"a,{name},2026-03-02,95 %,passed,")
    assert [one.topic for one in read.found] == ["end-user-training/T03", "end-user-training/T04"]
    assert {(one.score, one.passed) for one in read.found} == {(Fraction(19, 20), True)}


def test_a_course_of_a_topic_that_is_not_in_the_catalog(tmp_path: Path) -> None:
    own = CourseList(courses=(Course(course="x", topics=("local/LOCAL-X-1",)),))
    with pytest.raises(UnknownItem):
        log(tmp_path, courses=own)


def test_what_cannot_be_used_is_told_with_its_line(tmp_path: Path) -> None:
    rows = [
        "a,Knitting,2026-03-02,100,,",
        "z,T01,2026-03-02,100,,",
        "a,T01,2026-10-01,100,,",
        "a,T01,2026-03-02,101,,",
        "a,T01,,90,,",
        "a,T01,2026-03-02,90,,2",
        "a,T01,2026-03-02,85,,2",
        "a,T01,2026-03-02,85,,2",
        "a,T09,2026-03-02,,,",
        "a,T01,2026-03-03,,completed,0",
        "b,T01,2026-03-03,,fail,1",
    ]
    read = log(tmp_path, *rows)
    assert told(read) == [
        (2, "topic", "is neither a topic of the catalog nor a course of the list of courses"),
        (3, "user", "is not on the user list"),
        (4, "completed", "is after 2026-09-30"),
        (5, "score", "is not a score from 0 to 100 percent"),
        (5, "score", "a test without score and result"),
        (6, "completed", "is blank"),
        (8, "", "is on the user, topic, day and try of line 7"),
        (9, "", "repeats line 8"),
        (11, "try", "is not the number of a try, from 1"),
        (11, "score", "a test without score and result"),
    ]
    kept = [(one.topic.partition("/")[2], one.score, one.passed, one.attempt) for one in read.found]
    assert kept == [
        ("T01", None, None, None),
        ("T01", Fraction(9, 10), None, 2),
        ("T01", Fraction(17, 20), None, 2),
        ("T09", None, None, None),
        ("T01", None, None, None),
        ("T01", None, False, 1),
    ]


@given(st.text(alphabet=st.characters(exclude_characters='",;\r\n', exclude_categories=["C"]), min_size=6))
def test_no_message_repeats_a_cell(tmp_path_factory: pytest.TempPathFactory, cell: str) -> None:
    read = log(tmp_path_factory.mktemp("log"), *[f"{cell}x,{cell}y,{cell}z,{cell}u,{cell}v,{cell}w"])
    assert read.found == ()
    assert not any(cell + end in str(one) for one in read.problems for end in "xyzuvw")


@pytest.mark.parametrize(
    ("cell", "share"),
    [
        ("85", "0.85"),
        ("85 %", "0.85"),
        ("0.85", "0.85"),
        ("1", "1"),
        ("100", "1"),
        ("0", "0"),
        ("1 %", "0.01"),
        ("1.5", "0.015"),
    ],
)
def test_a_score(cell: str, share: str) -> None:
    assert score(cell) == Fraction(share)


@pytest.mark.parametrize("cell", ["101", "110 %", "-1", "-0.5", "A", "9/0"])
def test_what_is_no_score(cell: str) -> None:
    with pytest.raises(Unreadable):
        score(cell)


# --- counts by user ----------------------------------------------------------------------------------------


def test_counts_by_month_or_day(tmp_path: Path) -> None:
    path = tmp_path / "activity.csv"
    rows = ["a,2024-02,10,2,1", "a,3/2026,5,,", "a,2026-03-09,,,1", "a,2026-13,1,1,1", "a,2026-04,1.5,-1,1"]
    rows.append("z,2026-04,1,1,1")
    path.write_text("\n".join(("user,month,records,errors,tickets", *rows)) + "\n", encoding="utf-8")
    read = read_activity(path, [User(id="a", roles=())])
    assert read.found == (
        Activity(
            user="a",
            first=date(2024, 2, 1),
            last=date(2024, 2, 29),
            records=Fraction(10),
            errors=Fraction(2),
            tickets=Fraction(1),
        ),
        Activity(user="a", first=date(2026, 3, 1), last=date(2026, 3, 31), records=Fraction(5)),
        Activity(user="a", first=date(2026, 3, 9), last=date(2026, 3, 9), tickets=Fraction(1)),
        Activity(user="a", first=date(2026, 4, 1), last=date(2026, 4, 30), tickets=Fraction(1)),
    )
    assert told(read) == [
        (5, "month", "is not a month such as 2026-03"),
        (6, "records", "is not a whole number"),
        (6, "errors", "is not a whole number"),
        (7, "user", "is not on the user list"),
    ]
