"""Training: who is covered, whose access rests on good passes, which seats are needed, what misses its goal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from statistics import median
from typing import Any

from attrs import field, frozen

from hmis_standards.errors import UnknownItem
from hmis_standards.ids import close_matches
from hmis_standards.model import Catalog, ParameterSet
from hmis_standards.tabular import Tabular, percent_text
from hmis_standards.toolkit.coverage import (
    COUNTED,
    RoleCoverages,
    TopicCoverages,
    by_role,
    by_topic,
    counted,
    share,
    with_access,
)
from hmis_standards.toolkit.figures import Figure, Figures, given, taken, total
from hmis_standards.toolkit.flags import Flag, Flags
from hmis_standards.toolkit.passes import Completion, Rules, User
from hmis_standards.toolkit.standings import Standings, standings
from hmis_standards.toolkit.topics import topics_of
from hmis_standards.vocabulary import AccountStatus, Held

__all__ = ["Training", "said", "training"]


@frozen(kw_only=True)
class Training(Tabular):
    """The training of all users on a day, as counts; ``users`` has the single users, by the ids of the list.

    ``to_dict``, the tables and the texts have counts only: ask ``users`` for its own.
    """

    on: date
    figures: Figures
    topics: TopicCoverages = field(repr=False)
    roles: RoleCoverages = field(repr=False)
    flags: Flags = field(repr=False)
    users: Standings

    def figure(self, name: str) -> Figure:
        """One of the figures by its name. Raises KeyError."""
        return {one.name: one for one in self.figures}[name]

    def rows(self) -> list[dict[str, Any]]:
        """One row a figure."""
        return self.figures.rows()

    def explain(self) -> str:
        """Every figure with its calculation."""
        return self.figures.explain()

    def text(self) -> str:
        """The figures and what misses its goal, a line each."""
        lines = [f"{one.title}: {said(one)}" for one in self.figures]
        return "\n".join([f"Training on {self.on}", *lines, *(one.text for one in self.flags)])

    def to_dict(self) -> dict[str, Any]:
        """The counts as plain values, without the users."""
        told: dict[str, Any] = {"on": self.on.isoformat(), "figures": [one.to_dict() for one in self.figures]}
        return {**told, **self.topics.to_dict(), **self.roles.to_dict(), **self.flags.to_dict()}


def training(
    users: Iterable[User], log: Iterable[Completion], catalog: Catalog, parameters: ParameterSet, on: date
) -> Training:
    """How far the users of an HMIS are trained on a day.

    ``users`` has everybody with an account or waiting for one, each once; ``log`` what they completed, in any order.
    Lines after ``on`` do not count. Coverage is counted over users with access whose account is not idle.

    Raises:
        ValueError: two users have one id, or the log names somebody who is not among the users.
        UnknownItem: the log names what is no training topic of the catalog; UnknownLearner: a role it has no topic for.
        PrerequisiteCycle: topics require one another.
    """
    people, lines = tuple(users), tuple(one for one in log if one.completed <= on)
    _check(people, lines, catalog)
    rules = Rules(catalog, parameters, on)
    notice, grace = (parameters.find(name, on=on) for name in ("notice", "grace"))
    found = standings(people, lines, rules, int(grace.value), int(notice.value))
    topics = by_topic(found, catalog, rules)
    figures = Figures(
        (
            *_accounts(found),
            *_covered(found),
            *_access(found),
            *_tries(lines, rules),
            *_seats(topics),
            *_days(people, rules),
        )
    )
    flags = Flags((*_topic_flags(topics), *_account_flags(figures, rules)))
    return Training(on=on, figures=figures, topics=topics, roles=by_role(found), flags=flags, users=found)


def _check(users: Sequence[User], log: Sequence[Completion], catalog: Catalog) -> None:
    ids = Counter(one.id for one in users)
    if len(ids) < len(users):
        raise ValueError(f"{len(users) - len(ids)} users have the id of another one")
    strangers = {one.user for one in log} - ids.keys()
    if strangers:
        raise ValueError(f"the training log names {len(strangers)} users who are not on the list")
    known = topics_of(catalog)
    for topic in {one.topic for one in log} - known.keys():
        raise UnknownItem(topic, close_matches(topic, known))


# --- figures -----------------------------------------------------------------------------------------------

_ACCOUNTS = {
    AccountStatus.ACTIVE: "Users who log in",
    AccountStatus.UNKNOWN: "Users without a date of access or log-in, counted as having access",
    AccountStatus.WAITING: "Users waiting for access",
    AccountStatus.LOCKED: "Idle users: the account is to be locked",
    AccountStatus.REFRESHER: "Idle users: a refresher before they come back",
    AccountStatus.RETRAIN: "Idle users: the whole training before they come back",
}


def _accounts(found: Standings) -> Iterator[Figure]:
    held = Counter(one.status for one in found)
    parts = [counted(f"users_{word.value}", title, held[word]) for word, title in _ACCOUNTS.items()]
    yield from parts
    yield total("users", "Users on the list", "users", parts)


def _covered(found: Standings) -> Iterator[Figure]:
    here = with_access(found)
    users = counted("users_with_access", "Users with access", len(here))
    whole = counted("users_complete", "Users with access who hold all they need", sum(one.complete for one in here))
    needed = counted("topics_needed", "Topics needed, over all users", sum(len(one.passes) for one in here), "topics")
    good = sum(len(one.topics(Held.CURRENT)) for one in here)
    current = counted("topics_current", "Topics current, over all users", good, "topics")
    yield from (users, whole, share("users_covered", "Share of users who hold all they need", whole, users))
    yield from (needed, current, share("coverage", "Share of needed topics that are current", current, needed))
    due = sum(len(one.due) for one in here)
    yield counted("lapses_due", "Passes that end in the days of notice", due, "passes")


def _access(found: Standings) -> Iterator[Figure]:
    here = with_access(found)
    users = counted("users_with_access", "Users with access", len(here))
    by = Counter(one.access for one in here)
    fine = counted("access_ok", "Users with access who hold all that comes before it", by["ok"])
    yield from (
        fine,
        share("access_share", "Share of users with access who hold all that comes before it", fine, users),
    )
    yield counted("access_grace", "Users in the days of grace after a lapse", by["grace"])
    yield counted("access_no", "Users with access who lack a topic that comes before it", by["no"])
    ready = sum(one.status is AccountStatus.WAITING and one.access == "ok" for one in found)
    yield counted("waiting_ready", "Users waiting for access who hold all that comes before it", ready)
    yield counted(
        "stuck", "Users who failed a topic too often to go on as before", sum(bool(one.stuck) for one in found)
    )


def _tries(log: Iterable[Completion], rules: Rules) -> Iterator[Figure]:
    """First tries: of each user in each topic the earliest line; on one day the lower number, then the lower score.

    Where the earliest line says that it is a later try, the first one was failed before the log begins.
    """
    firsts: dict[tuple[str, str], Completion] = {}
    for one in sorted(log, key=lambda one: (one.completed, one.attempt or 0, rules.passed(one), one.score or 0)):
        firsts.setdefault((one.user, one.topic), one)
    good = sum(rules.passed(one) and (one.attempt or 1) == 1 for one in firsts.values())
    tried = counted("tried", "Topics tried, over all users", len(firsts), "first tries")
    passed = counted("passed_first", "Topics passed at the first try", good, "first tries")
    yield from (tried, passed, share("first_pass", "First tries that were passes", passed, tried))


def _seats(topics: TopicCoverages) -> Iterator[Figure]:
    yield total("seats", "Seats needed", "seats", [one.seats for one in topics])
    yield total("classes", "Classes needed", "classes", [one.classes for one in topics])


def _days(users: Iterable[User], rules: Rules) -> Iterator[Figure]:
    """From request to access, of those whose list has both days; those who wait are counted up to the day."""
    waits = [days for one in users if (days := _waited(one, rules.on)) is not None]
    if not waits:
        return
    goal = rules.parameters.find("days_to_access", on=rules.on)
    users_asked = counted("users_asked", "Users whose day of request is on the list", len(waits))
    late = counted("users_late", "Users who waited longer than the goal", sum(one > goal.value for one in waits))
    yield from (users_asked, late, share("late_share", "Requests that took longer than the goal", late, users_asked))
    middle = str(median(waits))
    yield given("days_to_access_median", "Days from request to access, median", middle, "days", COUNTED)


def _waited(user: User, on: date) -> int | None:
    """Days from request to access or, for those without, to the day; None where the list does not tell."""
    if user.requested is None or user.requested > on:
        return None
    opened = user.active_since
    if opened is None and user.last_login is not None:
        return None
    days = ((on if opened is None or opened > on else opened) - user.requested).days
    return days if days >= 0 else None


# --- flags -------------------------------------------------------------------------------------------------


def _topic_flags(topics: TopicCoverages) -> Iterator[Flag]:
    for one in topics:
        if one.coverage.value is not None and one.goal.value is not None and one.coverage.value < one.goal.value:
            told = f"{one.current.row()['value']} of {one.needed.row()['value']} users are current"
            yield Flag(
                id="coverage",
                text=f"{one.topic}: {told}; the goal is {percent_text(one.goal.value)}.",
                about=one.topic,
                origin=one.goal.origin,
                figures=(one.coverage, one.goal),
                citations=one.goal.citations,
            )


# What is worth a flag as soon as it is not 0: the figure, and the parameter whose rule that is.
_WATCHED = (
    ("access_no", "grace", ""),
    ("users_locked", "idle_days", "locked"),
    ("users_refresher", "idle_days", "refresher"),
    ("users_retrain", "idle_days", "retrain"),
    ("stuck", "tries", ""),
    ("users_late", "days_to_access", ""),
)


def _account_flags(figures: Figures, rules: Rules) -> Iterator[Flag]:
    by = {one.name: one for one in figures}
    for name, parameter, of in _WATCHED:
        figure = by.get(name)
        if figure is not None and figure.value:
            rule = rules.parameters.find(parameter, of, rules.on)
            told = f"{figure.title}: {figure.row()['value']}. The rule: {rule.title[0].lower()}{rule.title[1:]}, "
            yield Flag(
                id=name.replace("_", "-"),
                text=f"{told}{taken(rule).text}.",
                origin=rule.origin,
                figures=(figure, taken(rule)),
                citations=rule.citations,
            )


def said(figure: Figure) -> str:
    """A figure's value beside its title: a share in percent, else the number."""
    return percent_text(figure.value, 1) if figure.unit == "share" else figure.number or "–"
