"""Where each user stands: what they need, what they hold, and whether access is covered by it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from attrs import field, frozen

from hmis_standards.model import Item
from hmis_standards.tabular import Plain, Table, percent_text
from hmis_standards.toolkit.days import moved
from hmis_standards.toolkit.figures import Figure, computed, given
from hmis_standards.toolkit.passes import Completion, Pass, Rules, User
from hmis_standards.toolkit.topics import curriculum, local_id
from hmis_standards.vocabulary import AccountStatus, Every, Held

__all__ = ["WITH_ACCESS", "Standing", "Standings", "standings"]

# Accounts that work; one without dates on the list is taken to.
WITH_ACCESS = frozenset({AccountStatus.ACTIVE, AccountStatus.UNKNOWN})


@frozen(kw_only=True)
class Standing(Plain):
    """One user on a day. ``passes`` has every topic the user needs, in the order of the curriculum.

    ``access`` is ``ok``; ``grace`` where every topic before access is held but some lapsed a short while ago; ``no``
    where one was never passed or lapsed too long ago. ``stuck`` are topics failed so often that another way of
    learning is called for. ``coverage`` is the share of the needed topics that are current; of no topics it is 1.
    """

    user: str
    organization: str
    roles: tuple[str, ...]
    status: AccountStatus
    passes: Mapping[str, Pass] = field(repr=False, hash=False)
    access: str
    due: tuple[str, ...] = field(repr=False)
    stuck: tuple[str, ...] = field(repr=False)
    coverage: Figure = field(repr=False)

    def topics(self, held: Held) -> tuple[str, ...]:
        """The topics that are current, lapsed or were never passed."""
        return tuple(name for name, one in self.passes.items() if one.held is held)

    @property
    def complete(self) -> bool:
        """Whether every topic the user needs is current."""
        return len(self.topics(Held.CURRENT)) == len(self.passes)

    def row(self) -> dict[str, Any]:
        """Flat, for a table."""
        return {
            "user": self.user,
            "organization": self.organization,
            "roles": "; ".join(self.roles),
            "status": self.status.value,
            "access": self.access,
            "coverage": percent_text(self.coverage.value),
            "lapsed": ", ".join(map(local_id, self.topics(Held.LAPSED))),
            "never": ", ".join(map(local_id, self.topics(Held.NEVER))),
            "due": ", ".join(map(local_id, self.due)),
            "stuck": ", ".join(map(local_id, self.stuck)),
        }


class Standings(Table[Standing]):
    """Users in the order of the list; a table with one row a user."""

    __slots__ = ()
    kind = "users"

    def __repr__(self) -> str:
        return f"<{len(self)} users>"


def standings(users: Iterable[User], log: Iterable[Completion], rules: Rules, grace: int, notice: int) -> Standings:
    """Where each user stands on the day of the rules; lines of the log after it do not count yet."""
    lines: dict[tuple[str, str], list[Completion]] = defaultdict(list)
    for one in log:
        if one.completed <= rules.on:
            lines[one.user, one.topic].append(one)
    needs = _Needs(rules)
    return Standings(_standing(user, needs.of(user), lines, rules, grace, notice) for user in users)


class _Needs:
    """The topics of a user, worked out once for all users of the same roles and project types."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.known: dict[tuple[tuple[str, ...], tuple[str, ...]], tuple[Item, ...]] = {}

    def of(self, user: User) -> tuple[Item, ...]:
        key = (user.roles, user.project_types)
        if key not in self.known:
            self.known[key] = tuple(step.topic for step in curriculum(self.rules.catalog, *key).steps)
        return tuple(item for item in self.known[key] if not self._changed_before(item, user))

    def _changed_before(self, item: Item, user: User) -> bool:
        """Training on what changed is for those who had access before the change."""
        since = self.rules.standards_since
        change = item.frequency.every is Every.STANDARDS_RELEASE and not (item.when and item.when.before_access)
        began = user.active_since or user.requested
        return change and since is not None and began is not None and began >= since


def _standing(
    user: User,
    needs: tuple[Item, ...],
    lines: Mapping[tuple[str, str], list[Completion]],
    rules: Rules,
    grace: int,
    notice: int,
) -> Standing:
    passes = {item.id: rules.held(item, lines.get((user.id, item.id), ())) for item in needs}
    first = [passes[item.id] for item in needs if item.when and item.when.before_access]
    return Standing(
        user=user.id,
        organization=user.organization,
        roles=user.roles,
        status=rules.status(user),
        passes=passes,
        access=_access(first, rules, grace),
        due=tuple(name for name, one in passes.items() if _is_due(one, rules, notice)),
        stuck=tuple(name for name in passes if _is_stuck(lines.get((user.id, name), ()), rules)),
        coverage=_coverage(passes),
    )


def _access(first: list[Pass], rules: Rules, grace: int) -> str:
    if all(one.held is Held.CURRENT for one in first):
        return "ok"
    late = [one for one in first if one.held is not Held.CURRENT]
    lately = all(one.until is not None and rules.on <= moved(one.until, grace) for one in late)
    return "grace" if lately else "no"


def _is_due(one: Pass, rules: Rules, notice: int) -> bool:
    return one.held is Held.CURRENT and one.until is not None and one.until <= moved(rules.on, notice)


def _is_stuck(tries: Iterable[Completion], rules: Rules) -> bool:
    """Failed as often as the parameter says and never passed; the number of a try tells of those not in the log."""
    held = list(tries)
    if not held or any(rules.passed(one) for one in held):
        return False
    most = max(len(held), *(one.attempt or 0 for one in held))
    return most >= rules.parameters.find("tries", on=rules.on).value


def _coverage(passes: Mapping[str, Pass]) -> Figure:
    """Of no topics it is 1: who needs nothing lacks nothing."""
    good = sum(one.held is Held.CURRENT for one in passes.values())
    counted = "Counted from the training log."
    parts = [
        given("topics_current", "Topics whose pass is good", good, "topics", counted),
        given("topics_needed", "Topics the roles and project types ask for", len(passes), "topics", counted),
    ]
    formula = "topics_current / topics_needed" if passes else "1"
    return computed("coverage", "Topics covered", formula, "share", parts)
