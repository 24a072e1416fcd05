"""Users, what they completed, and by which rules a pass counts and until when it is good."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from functools import cached_property

from attrs import field, frozen

from hmis_standards.model import Catalog, Item, Parameter, ParameterSet
from hmis_standards.tabular import Plain
from hmis_standards.toolkit.days import moved
from hmis_standards.toolkit.figures import Figure, computed, taken
from hmis_standards.toolkit.topics import local_id, topics_of
from hmis_standards.vocabulary import AccountStatus, Every, FigureOrigin, Held

__all__ = ["Completion", "Pass", "Rules", "User"]

_IDLE = (AccountStatus.RETRAIN, AccountStatus.REFRESHER, AccountStatus.LOCKED)  # the longest first


@frozen(kw_only=True)
class User(Plain):
    """Somebody with an account, or waiting for one. ``id`` is whatever the user list has; no name is needed.

    ``requested`` is the day the account was asked for, ``active_since`` the day it was opened. Without a ``last_login``
    nobody ever logged in, unless the list has one that cannot be read (``login_unread``).
    """

    id: str
    roles: tuple[str, ...]
    project_types: tuple[str, ...] = ()
    organization: str = ""
    requested: date | None = None
    active_since: date | None = None
    last_login: date | None = None
    login_unread: bool = False


@frozen(kw_only=True)
class Completion(Plain):
    """One line of the training log: a user took the test or the task of a topic on a day.

    ``topic`` is an item id. ``score`` is a share from 0 to 1. ``passed`` is what the trainer or the other system says
    of it. ``attempt`` is the number of the try, from 1, where the log has it.
    """

    user: str
    topic: str
    completed: date
    score: Fraction | None = None
    passed: bool | None = None
    attempt: int | None = None


@frozen
class Pass(Plain):
    """What a user holds in a topic: whether it is good, and the last day it is or was; None is without end."""

    held: Held
    until: date | None = None


@frozen
class Rules:
    """How passes are judged on a day: marks, validity, and the day the data standards last changed."""

    catalog: Catalog = field(repr=False)
    parameters: ParameterSet = field(repr=False)
    on: date

    @property
    def standards_since(self) -> date | None:
        """The first day of the data standards in effect on the day; None where the catalog knows of none."""
        return max((one.since for one in self.catalog.editions if one.since <= self.on), default=None)

    def pass_mark(self, item: Item) -> Figure:
        """The score that passes: the parameter of the topic or its section, else the topic's own, else the general."""
        own = self._own("pass_mark", item)
        stated = item.check.pass_mark if item.check else None
        if own is None and stated is not None:
            return _of_catalog("pass_mark", "Score that passes", stated, "share of the points", item)
        return taken(own or self.parameters.find("pass_mark", on=self.on), "pass_mark")

    def validity(self, item: Item) -> Figure:
        """The days for which a pass is good, found in the same order; 0 is without end."""
        own = self._own("validity", item)
        months = item.when.every_months if item.when else None
        if own is None and months is not None:
            again = _of_catalog("months", "Months until it is taken again", Fraction(months), "months", item)
            return computed("validity", "How long a pass is good", "floor(months * 365 / 12)", "days", [again])
        return taken(own or self.parameters.find("validity", on=self.on), "validity")

    def goal(self, item: Item) -> Parameter:
        """The share of users who should be current: of the topic, its section, access topics, or the others."""
        kind = "access" if item.when and item.when.before_access else "other"
        return self._own("goal", item) or self.parameters.find("goal", kind, self.on)

    def _own(self, name: str, item: Item) -> Parameter | None:
        """The parameter set for this very topic, or for its section."""
        found = self._tables[name]
        return found.get(local_id(item.id).lower()) or found.get(item.section.lower())

    @cached_property
    def _tables(self) -> dict[str, dict[str, Parameter]]:
        return {name: self.parameters.table(name, self.on) for name in ("pass_mark", "validity", "goal", "idle_days")}

    def passed(self, completion: Completion) -> bool:
        """Whether it is a pass: not called failed, and by the score where there is one.

        Without a score it is one if it is called passed, or is no quiz: a task that was done is a pass.
        """
        is_quiz, mark = self._tests[completion.topic]
        if completion.passed is False:
            return False
        if completion.score is None:
            return completion.passed is True or not is_quiz
        return completion.score >= mark

    @cached_property
    def _tests(self) -> dict[str, tuple[bool, Fraction]]:
        """Of each topic, whether it ends with a quiz, and its mark: worked out once, asked for every line of a log."""
        return {
            name: (item.check is not None and item.check.kind == "quiz", self.pass_mark(item).value or Fraction(0))
            for name, item in topics_of(self.catalog).items()
        }

    def until(self, item: Item, completed: date) -> date | None:
        """The last day a pass of that day is good: None is without end.

        A topic that is due at each release of the data standards is good until the day before the release in effect,
        if it was passed longer before than courses on new standards are given.
        """
        days = self.validity(item).value
        ends = moved(completed, int(days)) if days else None
        before = self._before_the_standards(item, completed)
        return min((one for one in (ends, before) if one is not None), default=None)

    def _before_the_standards(self, item: Item, completed: date) -> date | None:
        since = self.standards_since
        if item.frequency.every is not Every.STANDARDS_RELEASE or since is None:
            return None
        lead = self.parameters.find("standards_lead", on=self.on).value
        return moved(since, -1) if completed < moved(since, -int(lead)) else None

    def held(self, item: Item, completions: Iterable[Completion]) -> Pass:
        """What these completions of a topic, all of one user, are worth on the day; later ones do not count yet."""
        passes = {one.completed for one in completions if one.completed <= self.on and self.passed(one)}
        if not passes:
            return Pass(Held.NEVER)
        ends = [self.until(item, one) for one in passes]
        until = None if None in ends else max(one for one in ends if one is not None)
        return Pass(Held.CURRENT if until is None or self.on <= until else Held.LAPSED, until)

    def status(self, user: User) -> AccountStatus:
        """The account by the days since the last log-in, or since it was opened if nobody ever logged in."""
        if user.login_unread:
            return AccountStatus.UNKNOWN
        opened = user.active_since is not None and user.active_since <= self.on
        seen = user.last_login or (user.active_since if opened else None)
        if seen is None:
            waits = user.active_since is not None or user.requested is not None
            return AccountStatus.WAITING if waits else AccountStatus.UNKNOWN
        idle = (self.on - seen).days
        steps = self._tables["idle_days"]
        return next((one for one in _IDLE if idle >= steps[one.value].value), AccountStatus.ACTIVE)


def _of_catalog(name: str, title: str, value: Fraction, unit: str, item: Item) -> Figure:
    """A number that stands with the topic: the catalog's own choice, or that of a profile."""
    return Figure(
        name=name,
        title=title,
        value=value,
        unit=unit,
        origin=FigureOrigin.CONVENTION,
        why=f"As the catalog says of {item.id}.",
        citations=item.citations,
    )
