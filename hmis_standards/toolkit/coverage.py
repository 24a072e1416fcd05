"""Coverage of training by topic and by role, and the seats that are missing."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from attrs import frozen

from hmis_standards.model import Catalog, Item
from hmis_standards.tabular import Plain, Table, percent_text
from hmis_standards.toolkit.figures import Figure, computed, given, taken, total
from hmis_standards.toolkit.passes import Rules
from hmis_standards.toolkit.standings import WITH_ACCESS, Standing, Standings
from hmis_standards.toolkit.topics import formula_name, topics_of
from hmis_standards.vocabulary import AccountStatus, Held

__all__ = [
    "RoleCoverage",
    "RoleCoverages",
    "TopicCoverage",
    "TopicCoverages",
    "by_role",
    "by_topic",
    "counted",
    "share",
    "with_access",
]

COUNTED = "Counted from the user list and the training log."


@frozen(kw_only=True)
class TopicCoverage(Plain):
    """One topic: users with access who need it, those whose pass is good, and the seats that takes.

    Seats are for users with access or waiting for it: never passed, lapsed, or due to lapse in the days of notice.
    """

    topic: str
    title: str
    before_access: bool
    needed: Figure
    current: Figure
    coverage: Figure
    goal: Figure
    seats: Figure
    classes: Figure

    def row(self) -> dict[str, Any]:
        """Flat, for a table."""
        never, lapsed, due = (one.text.partition(" ")[0] for one in self.seats.inputs)
        return {
            "topic": self.topic,
            "title": self.title,
            "before_access": "yes" if self.before_access else "no",
            "users": self.needed.row()["value"],
            "current": self.current.row()["value"],
            "coverage": percent_text(self.coverage.value),
            "goal": percent_text(self.goal.value),
            "never": never,
            "lapsed": lapsed,
            "due": due,
            "seats": self.seats.row()["value"],
            "classes": self.classes.row()["value"],
        }


@frozen(kw_only=True)
class RoleCoverage(Plain):
    """One role: users with access who have it, and those with every topic they need."""

    role: str
    users: Figure
    complete: Figure
    coverage: Figure

    def row(self) -> dict[str, Any]:
        """Flat, for a table."""
        numbers = {"users": self.users.row()["value"], "complete": self.complete.row()["value"]}
        return {"role": self.role, **numbers, "coverage": percent_text(self.coverage.value)}


class TopicCoverages(Table[TopicCoverage]):
    """Topics in the order of the catalog."""

    __slots__ = ()
    kind = "topics"


class RoleCoverages(Table[RoleCoverage]):
    """Roles in alphabetical order."""

    __slots__ = ()
    kind = "roles"


def counted(name: str, title: str, value: int, unit: str = "users") -> Figure:
    return given(name, title, value, unit, COUNTED)


def share(name: str, title: str, part: Figure, whole: Figure) -> Figure:
    return computed(name, title, f"{part.name} / {whole.name}", "share", [part, whole])


def with_access(found: Standings) -> list[Standing]:
    return [one for one in found if one.status in WITH_ACCESS]


def by_topic(found: Standings, catalog: Catalog, rules: Rules) -> TopicCoverages:
    needing: dict[str, list[Standing]] = defaultdict(list)
    for one in found:
        if one.status in WITH_ACCESS or one.status is AccountStatus.WAITING:
            for name in one.passes:
                needing[name].append(one)
    size = taken(rules.parameters.find("class_size", on=rules.on))
    return TopicCoverages(_topic(item, needing[name], rules, size) for name, item in topics_of(catalog).items())


def _topic(item: Item, users: list[Standing], rules: Rules, size: Figure) -> TopicCoverage:
    here = [one for one in users if one.status in WITH_ACCESS]
    tag = formula_name(item.id)
    held = Counter(one.passes[item.id].held for one in users)
    due = sum(item.id in one.due for one in users)
    needed = counted("needed", "Users with access who need it", len(here))
    good = sum(one.passes[item.id].held is Held.CURRENT for one in here)
    current = counted("current", "Users with access whose pass is good", good)
    parts = [
        counted(f"never_{tag}", f"{item.id}: never passed", held[Held.NEVER], "seats"),
        counted(f"lapsed_{tag}", f"{item.id}: lapsed", held[Held.LAPSED], "seats"),
        counted(f"due_{tag}", f"{item.id}: lapse in the days of notice", due, "seats"),
    ]
    seats = total(f"seats_{tag}", f"Seats in {item.id}", "seats", parts)
    classes = computed(
        f"classes_{tag}", f"Classes in {item.id}", f"ceil({seats.name} / class_size)", "classes", [seats, size]
    )
    return TopicCoverage(
        topic=item.id,
        title=item.title,
        before_access=bool(item.when and item.when.before_access),
        needed=needed,
        current=current,
        coverage=share("coverage", "Users with access whose pass is good", current, needed),
        goal=taken(rules.goal(item)),
        seats=seats,
        classes=classes,
    )


def by_role(found: Standings) -> RoleCoverages:
    by: dict[str, list[Standing]] = defaultdict(list)
    for one in with_access(found):
        for role in one.roles:
            by[role].append(one)
    return RoleCoverages(_role(role, by[role]) for role in sorted(by))


def _role(role: str, users: list[Standing]) -> RoleCoverage:
    held = counted("users", "Users with access in the role", len(users))
    whole = counted("complete", "Of them, with every topic they need", sum(one.complete for one in users))
    covered = share("coverage", "Users of the role with every topic they need", whole, held)
    return RoleCoverage(role=role, users=held, complete=whole, coverage=covered)
