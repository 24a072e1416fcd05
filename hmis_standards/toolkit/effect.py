"""What a training changed: errors and tickets of the same users, before and after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from attrs import field, frozen

from hmis_standards.errors import UnknownItem
from hmis_standards.ids import close_matches
from hmis_standards.model import Catalog, ParameterSet
from hmis_standards.tabular import Plain, Tabular
from hmis_standards.toolkit.coverage import counted
from hmis_standards.toolkit.days import moved
from hmis_standards.toolkit.figures import Figure, Figures, computed, given, taken
from hmis_standards.toolkit.passes import Completion, Rules
from hmis_standards.toolkit.topics import topics_of

__all__ = ["Activity", "Effect", "training_effect"]

_COUNTED = "Added up from the counts by user."


@frozen(kw_only=True)
class Activity(Plain):
    """What one user did from ``first`` to ``last``, a day or a month: records entered, errors in them, tickets.

    What was not counted is None. Errors without records, or records without errors, tell no rate and are passed over.
    """

    user: str
    first: date
    last: date
    records: Fraction | None = None
    errors: Fraction | None = None
    tickets: Fraction | None = None


@frozen(kw_only=True)
class Effect(Tabular):
    """Errors for each record and tickets for each user, before and after a topic was first passed.

    A comparison of the same users with themselves. It shows what came after the training, not that it came of it.
    """

    topic: str
    figures: Figures = field(repr=False)

    def figure(self, name: str) -> Figure:
        """One of the figures by its name. Raises KeyError."""
        return {one.name: one for one in self.figures}[name]

    def rows(self) -> list[dict[str, Any]]:
        """One row a figure."""
        return self.figures.rows()

    def explain(self) -> str:
        """Every figure with its calculation."""
        return self.figures.explain()

    def to_dict(self) -> dict[str, Any]:
        """Topic and figures as plain values."""
        return {"topic": self.topic, "figures": [one.to_dict() for one in self.figures]}


@frozen
class _Sides:
    """The lines of one user inside the days before and after the pass."""

    before: tuple[Activity, ...]
    after: tuple[Activity, ...]


def training_effect(
    log: Iterable[Completion],
    activity: Iterable[Activity],
    topic: str,
    catalog: Catalog,
    parameters: ParameterSet,
    on: date,
) -> Effect:
    """What changed with the users who passed a topic, each around the day of their first pass.

    Of ``activity`` the lines count that lie wholly within the window before or after that day; the day itself, or the
    month it is in, counts for neither. Users with lines on one side only are left out of both: for errors those with
    records on both sides, for tickets those whose tickets were counted on both. A figure that nothing was counted for
    has no value.

    Raises:
        UnknownItem: the catalog has no such training topic.
    """
    rules = Rules(catalog, parameters, on)
    window = taken(parameters.find("effect_window", on=on))
    if topic not in topics_of(catalog):
        raise UnknownItem(topic, close_matches(topic, topics_of(catalog)))
    passes = _first_passes(log, topic, rules)
    sides = _sides(activity, passes, int(window.value or 0))
    passed = counted("users_passed", "Users who passed the topic", len(passes))
    errors = _error_figures(_on_both(sides, _has_records))
    tickets = _ticket_figures(_on_both(sides, _has_tickets), window)
    return Effect(topic=topic, figures=Figures((passed, *errors, *tickets)))


def _first_passes(log: Iterable[Completion], topic: str, rules: Rules) -> dict[str, date]:
    found: dict[str, date] = {}
    for one in log:
        if one.topic == topic and one.completed <= rules.on and rules.passed(one):
            found[one.user] = min(found.get(one.user, one.completed), one.completed)
    return found


def _sides(activity: Iterable[Activity], passes: Mapping[str, date], days: int) -> list[_Sides]:
    lines: dict[str, list[Activity]] = defaultdict(list)
    for one in activity:
        lines[one.user].append(one)
    return [
        _Sides(
            tuple(one for one in lines[user] if moved(day, -days) <= one.first and one.last < day),
            tuple(one for one in lines[user] if day < one.first and one.last <= moved(day, days)),
        )
        for user, day in passes.items()
    ]


def _has_rate(one: Activity) -> bool:
    return one.records is not None and one.errors is not None


def _has_records(one: Activity) -> bool:
    """A rate needs records, not only lines."""
    return _has_rate(one) and bool(one.records)


def _has_tickets(one: Activity) -> bool:
    return one.tickets is not None


def _on_both(sides: Iterable[_Sides], told: Callable[[Activity], bool]) -> list[_Sides]:
    return [one for one in sides if any(map(told, one.before)) and any(map(told, one.after))]


def _added(name: str, title: str, unit: str, values: Iterable[Fraction | None]) -> Figure:
    return given(name, title, sum((one or Fraction(0) for one in values), Fraction(0)), unit, _COUNTED)


def _error_figures(sides: list[_Sides]) -> list[Figure]:
    users = counted("users_compared", "Users with records before and after", len(sides))
    found = [users]
    for name in ("before", "after"):
        lines = [one for two in sides for one in getattr(two, name) if _has_rate(one)]
        records = _added(f"records_{name}", f"Records {name}", "records", (one.records for one in lines))
        errors = _added(f"errors_{name}", f"Errors {name}", "errors", (one.errors for one in lines))
        formula = f"errors_{name} / records_{name}"
        found.append(
            computed(f"error_rate_{name}", f"Errors for each record {name}", formula, "share", [records, errors])
        )
    formula = "(error_rate_before - error_rate_after) / error_rate_before"
    return [*found, computed("effect", "Errors that are gone, of those before", formula, "share", found)]


def _ticket_figures(sides: list[_Sides], window: Figure) -> list[Figure]:
    """Tickets of a user in as many days as the window has, since months rarely fill it."""
    found = [counted("users_with_tickets", "Users whose tickets are counted before and after", len(sides))]
    for name in ("before", "after"):
        users = [[one for one in getattr(two, name) if _has_tickets(one)] for two in sides]
        tickets = _added(f"tickets_{name}", f"Tickets {name}", "tickets", (one.tickets for two in users for one in two))
        covered = (Fraction(_days(two, int(window.value or 0))) for two in users)
        days = _added(f"days_{name}", f"Days counted {name}, over all users", "days", covered)
        formula = f"tickets_{name} / days_{name} * effect_window"
        title = f"Tickets for each user in the window {name}"
        found.append(computed(f"user_tickets_{name}", title, formula, "tickets", [tickets, days, window]))
    change = computed(
        "ticket_effect", "Change in tickets for each user", "user_tickets_after - user_tickets_before", "tickets", found
    )
    return [*found, change]


def _days(lines: list[Activity], window: int) -> int:
    """The days that lines of months cover; lines of single days stand for the whole window."""
    lengths = [(last - first).days + 1 for first, last in {(one.first, one.last) for one in lines}]
    return window if all(one == 1 for one in lengths) else sum(lengths)
