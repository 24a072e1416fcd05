"""Which training topics somebody needs, by role and project type, and in which order they can be taught."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction
from typing import Any

from attrs import field, frozen

from hmis_standards.errors import PrerequisiteCycle, UnknownLearner
from hmis_standards.ids import close_matches
from hmis_standards.model import Catalog, Item
from hmis_standards.tabular import Plain, Tabular, percent_text
from hmis_standards.toolkit.figures import Figure, Figures, total
from hmis_standards.vocabulary import FigureOrigin, ItemKind

__all__ = ["Curriculum", "Step", "curriculum", "formula_name", "learner_words", "local_id", "topics_of"]

# Words of a topic's audience. A project type narrows the topic to those who enter data for it; every other word but
# the three stages is a role. New users are those who enter data, whichever of the two words their list has for it.
_STAGES = frozenset({"new", "advanced", "all"})
_ENTER_DATA = frozenset({"end_user", "data_collector"})
_WITH_TOPICS = (
    "emergency_shelter",
    "safe_haven",
    "outreach",
    "permanent_housing",
    "prevention",
    "diversion",
    "partner_program",
    "coordinated_entry",
)
# Project types that have no topic of their own.
_WITHOUT_TOPICS = ("transitional_housing", "services_only", "day_shelter", "other")


@frozen(kw_only=True)
class Step(Plain):
    """One topic of a curriculum. ``before`` are the topics of the curriculum that come after it for its sake.

    ``asked`` is whether the role or project type itself asks for the topic; else it is there as a prerequisite.
    """

    topic: Item
    asked: bool
    before: tuple[str, ...]

    def row(self) -> dict[str, Any]:
        """Flat, for a table."""
        item = self.topic
        when, mark = item.when, item.check.pass_mark if item.check else None
        return {
            "topic": item.id,
            "title": item.title,
            "before_access": "yes" if when and when.before_access else "no",
            "again_after_months": (when and when.every_months) or "",
            "check": item.check.kind if item.check else "",
            "pass_mark": "" if mark is None else percent_text(mark),
            "minutes": item.minutes or "",
            "because": "role or project type" if self.asked else "before " + ", ".join(map(local_id, self.before)),
            "after": ", ".join(map(local_id, item.requires)),
        }


@frozen(kw_only=True)
class Curriculum(Tabular):
    """The topics that people of these roles and project types need, in an order in which they can be taught.

    Every prerequisite of a topic stands before it; topics that come before access stand first where that allows it,
    otherwise the order is the catalog's.
    """

    roles: tuple[str, ...]
    project_types: tuple[str, ...]
    steps: tuple[Step, ...] = field(repr=lambda steps: f"<{len(steps)} topics>")

    @property
    def topics(self) -> tuple[str, ...]:
        """The ids of the topics, in order."""
        return tuple(one.topic.id for one in self.steps)

    @property
    def minutes(self) -> Figure:
        """How long all of it takes, by the lengths in the catalog."""
        return total("minutes", "Time in class", "minutes", [_length(one.topic) for one in self.steps])

    @property
    def minutes_before_access(self) -> Figure:
        """How long that takes which comes before access."""
        first = [one.topic for one in self.steps if one.topic.when and one.topic.when.before_access]
        return total("minutes_before_access", "Time in class before access", "minutes", map(_length, first))

    def explain(self) -> str:
        """The lengths with their parts."""
        return Figures((self.minutes, self.minutes_before_access)).explain()

    def rows(self) -> list[dict[str, Any]]:
        """One row a topic, in order."""
        return [one.row() for one in self.steps]

    def to_dict(self) -> dict[str, Any]:
        """Roles, project types, lengths and topics as plain values."""
        told = {"roles": list(self.roles), "project_types": list(self.project_types), "topics": self.rows()}
        return {**told, "minutes": [one.to_dict() for one in (self.minutes, self.minutes_before_access)]}


def curriculum(catalog: Catalog, roles: Iterable[str], project_types: Iterable[str] = ()) -> Curriculum:
    """The topics that somebody of these roles needs who works for projects of these types.

    A topic is asked for if its audience has one of the roles, or everybody, or new users and a role that enters data
    (``end_user``, ``data_collector``); a topic on project types, if such a role works for one of them. To these come
    all topics that they require, directly or over others. Topics of a profile count as the catalog's own do.

    Raises:
        UnknownLearner: no topic is for that role, or no project is of that type.
        PrerequisiteCycle: topics require one another.
    """
    who, where = _known(catalog, "roles", roles), _known(catalog, "project_types", project_types)
    topics = topics_of(catalog)
    asked = {name for name, item in topics.items() if _asks(item, frozenset(who), frozenset(where))}
    wanted = _closed(topics, asked)
    order = _ordered(topics, wanted)
    after = {name: tuple(other for other in order if name in topics[other].requires) for name in order}
    steps = tuple(Step(topic=topics[name], asked=name in asked, before=after[name]) for name in order)
    return Curriculum(roles=who, project_types=where, steps=steps)


def learner_words(catalog: Catalog) -> dict[str, tuple[str, ...]]:
    """The words a user list can have: ``roles`` and ``project_types``."""
    said = {word for item in topics_of(catalog).values() for word in item.audience} | _ENTER_DATA
    roles = said - _STAGES - set(_WITH_TOPICS) | {"advanced"}
    return {"roles": tuple(sorted(roles)), "project_types": (*_WITH_TOPICS, *_WITHOUT_TOPICS)}


def topics_of(catalog: Catalog) -> dict[str, Item]:
    """The training topics of a catalog by id, in its order, of whichever document."""
    return {name: item for name, item in catalog.items() if item.kind is ItemKind.TRAINING_TOPIC}


def local_id(item_id: str) -> str:
    """The id without its document: ``T05``."""
    return item_id.partition("/")[2]


def _known(catalog: Catalog, kind: str, given: Iterable[str]) -> tuple[str, ...]:
    known = learner_words(catalog)[kind]
    words = tuple(dict.fromkeys(given))
    for word in words:
        if word not in known:
            raise UnknownLearner(word, close_matches(word, known))
    return words


def _asks(item: Item, roles: frozenset[str], project_types: frozenset[str]) -> bool:
    """Whether the topic is for somebody of these roles and project types."""
    audience = frozenset(item.audience)
    enters = bool(roles & _ENTER_DATA)
    if audience.intersection(_WITH_TOPICS):
        return enters and bool(audience & project_types)
    return "all" in audience or bool(audience & roles) or ("new" in audience and enters)


def _closed(topics: Mapping[str, Item], asked: Iterable[str]) -> set[str]:
    """The topics and all they require, as far as these are topics."""
    found: set[str] = set()
    waiting = list(asked)
    while waiting:
        name = waiting.pop()
        if name in topics and name not in found:
            found.add(name)
            waiting += topics[name].requires
    return found


def _ordered(topics: Mapping[str, Item], wanted: Collection[str]) -> list[str]:
    """Each after those it requires: always the first that can come next, of those before access if there is one."""
    left = sorted((name for name in topics if name in wanted), key=lambda name: not _comes_first(topics[name]))
    order: dict[str, None] = {}
    while left:
        ready = next((name for name in left if _open(topics, name, wanted) <= order.keys()), None)
        if ready is None:
            raise PrerequisiteCycle(_cycle(topics, left))
        left.remove(ready)
        order[ready] = None
    return list(order)


def _comes_first(item: Item) -> bool:
    return item.when is not None and item.when.before_access


def _open(topics: Mapping[str, Item], name: str, wanted: Collection[str]) -> set[str]:
    return {other for other in topics[name].requires if other in wanted}


def _cycle(topics: Mapping[str, Item], stuck: Collection[str]) -> str:
    """One way round among topics each of which waits for another of them."""
    way = [next(iter(stuck))]
    while way[-1] not in way[:-1]:
        way.append(next(other for other in topics[way[-1]].requires if other in stuck))
    return " -> ".join(way[way.index(way[-1]) :])


def _length(item: Item) -> Figure:
    return Figure(
        name=f"minutes_{formula_name(item.id)}",
        title=item.title,
        value=Fraction(item.minutes or 0),
        unit="minutes",
        origin=FigureOrigin.CONVENTION,
        why="The length the catalog gives the topic, which may be changed.",
    )


def formula_name(item_id: str) -> str:
    """An id as a name in formulas; of this project's own document its last part, such as ``T05``."""
    return "".join(letter if letter.isalnum() else "_" for letter in item_id.removeprefix("end-user-training/"))
