"""Users, training logs and counts by user from CSV files; what cannot be used is told with its line, never its text."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from attrs import evolve

from hmis_standards.errors import Problem
from hmis_standards.exchange.logs import Column, Entry, Read, Unreadable, day, number, one_of, read_log, text
from hmis_standards.model import Catalog, CourseList
from hmis_standards.toolkit import Activity, Completion, User
from hmis_standards.toolkit.topics import learner_words, topics_of

__all__ = ["Read", "read_activity", "read_training_log", "read_users", "topic_names"]

# --- users -------------------------------------------------------------------------------------------------

_USERS = (
    Column(name="user", read=text, needed=True, also=("user id", "username", "login")),
    Column(name="roles", read=text, also=("role", "hmis role")),
    Column(name="project_types", read=text, also=("project type", "types of projects")),
    Column(name="requested", read=day, also=("date requested", "request date")),
    Column(name="active_since", read=day, also=("access since", "access date", "start date")),
    Column(name="last_login", read=day, also=("last log-in", "last login date", "last sign-in")),
    Column(name="organization", read=text, also=("agency", "organization name")),
)
# What people write for the words of the catalog's audiences.
_ALSO = {
    "user": "end_user",
    "admin": "agency_administrator",
    "agencyadmin": "agency_administrator",
    "reports": "report_user",
    "reportonly": "report_user",
    "es": "emergency_shelter",
    "shelter": "emergency_shelter",
    "sh": "safe_haven",
    "so": "outreach",
    "streetoutreach": "outreach",
    "ph": "permanent_housing",
    "psh": "permanent_housing",
    "phpsh": "permanent_housing",
    "rrh": "permanent_housing",
    "phrrh": "permanent_housing",
    "oph": "permanent_housing",
    "rapidrehousing": "permanent_housing",
    "hp": "prevention",
    "homelessnessprevention": "prevention",
    "ce": "coordinated_entry",
    "th": "transitional_housing",
    "sso": "services_only",
    "path": "partner_program",
    "rhy": "partner_program",
    "ssvf": "partner_program",
    "hopwa": "partner_program",
    "vash": "partner_program",
    "hudvash": "partner_program",
}
_NO_ROLE = "end_user"


def read_users(path: str | Path, catalog: Catalog, on: date) -> Read[User]:
    """The user list in a CSV file: a line a user, roles and project types with semicolons between.

    A user without a role that is known counts as one who enters data. Several lines of one user are taken together:
    all roles and project types, the first access, the last log-in. A day after ``on`` is told and taken as blank,
    except that access may be planned.

    Raises: as ``read_log``.
    """
    log = read_log(path, _USERS)
    words = learner_words(catalog)
    problems = list(log.problems)
    users: dict[str, tuple[int, User]] = {}
    for entry in log.entries:
        user = _user(entry, words, on, _teller(log.path, entry, problems))
        unread = any((one.line, one.pointer) == (entry.line, "last_login") for one in problems)
        user = evolve(user, login_unread=unread)
        if user.id in users:
            line, before = users[user.id]
            problems.append(Problem(log.path, entry.line, "user", f"is the user of line {line}", "taken together"))
            user = _together(before, user)
        users[user.id] = (users.get(user.id, (entry.line,))[0], user)
    return Read(tuple(user for _, user in users.values()), _in_order(problems))


Tell = Callable[[str, str, str], None]


def _teller(path: str, entry: Entry, problems: list[Problem]) -> Tell:
    def tell(column: str, fault: str, done: str) -> None:
        problems.append(Problem(path, entry.line, column, fault, done))

    return tell


def _user(entry: Entry, words: Mapping[str, tuple[str, ...]], on: date, tell: Tell) -> User:
    values = entry.values
    roles = _words(values["roles"], words["roles"], "roles", tell)
    if not roles:
        tell("roles", "there is no role that is known", "taken as end_user")
    return User(
        id=values["user"],
        roles=roles or (_NO_ROLE,),
        project_types=_words(values["project_types"], words["project_types"], "project_types", tell),
        organization=values["organization"] or "",
        requested=_not_later(values["requested"], "requested", on, tell),
        active_since=values["active_since"],
        last_login=_not_later(values["last_login"], "last_login", on, tell),
    )


def _words(cell: str | None, known: Iterable[str], column: str, tell: Tell) -> tuple[str, ...]:
    """The words of a cell that are known, in the order of the alphabet; the number of those that are not is told."""
    by = {_folded(word): word for word in known}
    said = [_folded(one) for one in re.split(r"[;,|/]", cell or "") if one.strip()]
    found = {by.get(_ALSO.get(one, one).replace("_", "")) for one in said}
    if None in found:
        tell(column, "has a word that is none of " + ", ".join(sorted(by.values())), "the others are kept")
    return tuple(sorted(word for word in found if word))


def _folded(word: str) -> str:
    return "".join(letter for letter in word.lower() if letter.isalnum())


def _not_later(found: date | None, column: str, on: date, tell: Tell) -> date | None:
    if found is None or found <= on:
        return found
    tell(column, f"is after {on}", "taken as blank")
    return None


def _together(one: User, other: User) -> User:
    login = max((day for day in (one.last_login, other.last_login) if day), default=None)
    return evolve(
        one,
        roles=tuple(sorted({*one.roles, *other.roles})),
        project_types=tuple(sorted({*one.project_types, *other.project_types})),
        organization=one.organization or other.organization,
        requested=_least(one.requested, other.requested),
        active_since=_least(one.active_since, other.active_since),
        last_login=login,
        login_unread=login is None and (one.login_unread or other.login_unread),
    )


def _least(*days: date | None) -> date | None:
    return min((one for one in days if one), default=None)


# --- training log ------------------------------------------------------------------------------------------


def score(cell: str) -> Fraction:
    """A share of the points: ``85``, ``85 %`` and ``0.85`` are the same; a bare number up to 1 is a share."""
    found = number(cell)
    share = found / 100 if found > 1 and "%" not in cell else found
    if not 0 <= share <= 1:
        raise Unreadable("a score from 0 to 100 percent")
    return share


def _try(cell: str) -> int:
    found = number(cell)
    if found.denominator != 1 or found < 1:
        raise Unreadable("the number of a try, from 1")
    return int(found)


# A course that is complete was not thereby passed: then the score decides.
_RESULT = one_of(
    ("pass", "fail", "complete"),
    passed="pass",
    yes="pass",
    failed="fail",
    no="fail",
    incomplete="fail",
    completed="complete",
)
_PASSED = {"pass": True, "fail": False}

_LOG = (
    Column(name="user", read=text, needed=True, also=("user id", "username", "login", "learner")),
    Column(name="topic", read=text, needed=True, also=("course", "course name", "training", "module")),
    Column(name="completed", read=day, needed=True, also=("completed on", "completion date", "date", "date completed")),
    Column(name="score", read=score, also=("grade", "points", "result in percent")),
    Column(name="result", read=_RESULT, also=("status", "outcome", "passed")),
    Column(name="try", read=_try, also=("attempt", "attempt number")),
)


def read_training_log(
    path: str | Path, catalog: Catalog, users: Iterable[User], on: date, courses: CourseList | None = None
) -> Read[Completion]:
    """The training log in a CSV file: a line a user, topic and try.

    A topic is written ``end-user-training/T03``, ``PRV/T03`` or ``T03``, or as the name of one of the ``courses``,
    whose topics then all have the line's score. Left out and told are lines on a topic that is none, on users not on
    the list, and on days after ``on``. Told but kept is a second line on the same user, topic, day and try, of which
    the better one counts; and a test without score and result, which is no pass.

    Raises: as ``read_log``; UnknownItem: a course covers a topic that this catalog does not have.
    """
    log = read_log(path, _LOG)
    known = topic_names(catalog, courses)
    ids = {one.id for one in users}
    problems = list(log.problems)
    found: list[Completion] = []
    first: dict[tuple[object, ...], int] = {}
    for entry in log.entries:
        tell = _teller(log.path, entry, problems)
        topics = known.get(_name(entry.values["topic"]), ())
        if not _usable(entry, topics, ids, on, tell):
            continue
        same = (entry.values["user"], topics, entry.values["completed"], entry.values["try"])
        if first.setdefault(same, entry.line) != entry.line:
            tell("", f"is on the user, topic, day and try of line {first[same]}", "both kept, the better one counts")
        if _tells_nothing(entry, topics, catalog):
            tell("score", "a test without score and result", "kept as a try, not as a pass")
        found += _completions(entry, topics)
    return Read(tuple(found), _in_order(problems))


def topic_names(catalog: Catalog, courses: CourseList | None = None) -> dict[str, tuple[str, ...]]:
    """The topics a name, in small letters, stands for: ids in three forms, and courses, which come first."""
    names: dict[str, tuple[str, ...]] = {}
    for item in topics_of(catalog).values():
        local = item.id.partition("/")[2]
        for name in (item.id, f"{item.section}/{local}", local):
            names[_name(name)] = (item.id,)
    for course in courses.courses if courses else ():
        topics = tuple(catalog[topic].id for topic in course.topics)
        names |= {_name(name): topics for name in course.names}
    return names


def _name(said: str) -> str:
    return " ".join(said.casefold().split())


def _usable(entry: Entry, topics: tuple[str, ...], users: set[str], on: date, tell: Tell) -> bool:
    if not topics:
        tell("topic", "is neither a topic of the catalog nor a course of the list of courses", "line left out")
    if entry.values["user"] not in users:
        tell("user", "is not on the user list", "line left out")
    if entry.values["completed"] > on:
        tell("completed", f"is after {on}", "line left out")
    return bool(topics) and entry.values["user"] in users and entry.values["completed"] <= on


def _tells_nothing(entry: Entry, topics: tuple[str, ...], catalog: Catalog) -> bool:
    if entry.values["score"] is not None or entry.values["result"] in _PASSED:
        return False
    checks = [catalog[topic].check for topic in topics]
    return any(check is not None and check.kind == "quiz" for check in checks)


def _completions(entry: Entry, topics: Iterable[str]) -> list[Completion]:
    values: dict[str, Any] = entry.values
    return [
        Completion(
            user=values["user"],
            topic=topic,
            completed=values["completed"],
            score=values["score"],
            passed=_PASSED.get(values["result"]),
            attempt=values["try"],
        )
        for topic in topics
    ]


# --- counts by user ----------------------------------------------------------------------------------------


def _period(cell: str) -> tuple[date, date]:
    """A day, or a month as ``2026-03`` or ``3/2026``."""
    for pattern, order in ((r"(\d{4})-(\d{1,2})", (0, 1)), (r"(\d{1,2})/(\d{4})", (1, 0))):
        match = re.fullmatch(pattern, cell)
        if match:
            year, month = (int(match.groups()[place]) for place in order)
            return _month(year, month)
    found = day(cell)
    return found, found


def _month(year: int, month: int) -> tuple[date, date]:
    if not (1 <= month <= 12 and year > 0):
        raise Unreadable("a month such as 2026-03")
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _amount(cell: str) -> Fraction:
    found = number(cell)
    if found < 0 or found.denominator != 1:
        raise Unreadable("a whole number")
    return found


_ACTIVITY = (
    Column(name="user", read=text, needed=True, also=("user id", "username", "login")),
    Column(name="month", read=_period, needed=True, also=("date", "day", "period")),
    Column(name="records", read=_amount, also=("records entered", "enrollments")),
    Column(name="errors", read=_amount, also=("errors found",)),
    Column(name="tickets", read=_amount, also=("help desk tickets",)),
)


def read_activity(path: str | Path, users: Iterable[User]) -> Read[Activity]:
    """Counts by user and month, or by user and day, in a CSV file: records, errors in them, tickets.

    Left out and told are lines on users not on the list. Several lines of one user and month are added up by what
    uses them.

    Raises: as ``read_log``.
    """
    log = read_log(path, _ACTIVITY)
    ids = {one.id for one in users}
    problems = list(log.problems)
    found = []
    for entry in log.entries:
        values = entry.values
        if values["user"] not in ids:
            problems.append(Problem(log.path, entry.line, "user", "is not on the user list", "line left out"))
            continue
        first, last = values["month"]
        counts = {name: values[name] for name in ("records", "errors", "tickets")}
        found.append(Activity(user=values["user"], first=first, last=last, **counts))
    return Read(tuple(found), _in_order(problems))


def _in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda one: one.line or 0))
