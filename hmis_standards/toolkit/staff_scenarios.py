"""Staffing today beside what may come: a change of software, growth, a community's own idea."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from attrs import evolve, field, frozen

from hmis_standards.model import ParameterSet
from hmis_standards.tabular import Plain, Tabular, exact, percent_text
from hmis_standards.toolkit.figures import Figure, Figures, brief, computed, number_text
from hmis_standards.toolkit.staff import NOTE, Staffing, staffing
from hmis_standards.toolkit.workload import Post, Scenario, Workload

__all__ = ["TODAY", "ScenarioResult", "Scenarios", "change_of_software", "growth", "scenarios"]

TODAY = "today"


@frozen(kw_only=True)
class ScenarioResult(Plain):
    """A scenario, its staffing, and by how many FTE it differs from today: by role and in all."""

    scenario: Scenario
    staffing: Staffing = field(repr=False)
    by_role: tuple[Figure, ...] = field(repr=False)
    difference: Figure = field(repr=brief)


@frozen(kw_only=True)
class Scenarios(Tabular):
    """The staffing of today and of each scenario."""

    today: Staffing
    others: tuple[ScenarioResult, ...]

    def rows(self) -> list[dict[str, Any]]:
        """One row for today and one for each scenario: FTE by role and in all, the difference, the gap."""
        others = (_row(one.scenario.name, one.staffing, one.difference) for one in self.others)
        return [_row(TODAY, self.today, None), *others]

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain values."""
        return {"today": self.today.to_dict(), "scenarios": [one.to_dict() for one in self.others], "note": NOTE}

    def explain(self) -> str:
        """Each difference with its formula, and all below it."""
        return Figures(one.difference for one in self.others).explain()

    def text(self) -> str:
        """A line for today and for each scenario."""
        told = [f"{TODAY}: {self.today.fte.text}, {self.today.users_per_fte.text}"]
        for one in self.others:
            told.append(f"{one.scenario.name}: {one.staffing.fte.text}, {one.difference.text} more")
        return "\n".join([*told, NOTE])


def _row(name: str, found: Staffing, difference: Figure | None) -> dict[str, Any]:
    roles = {one.role.value: number_text(one.fte) for one in found.roles}
    figures = {"total": found.fte, "difference": difference, "gap": found.gap}
    return {"scenario": name, **roles, **{key: number_text(one) for key, one in figures.items()}}


def change_of_software(months: int = 6) -> Scenario:
    """Months around a change of software, with the tickets that one community counted in such a time."""
    return Scenario(name=f"{months} months around a change of software", months_of_change=months)


def growth(share: Fraction | str) -> Scenario:
    """Growth of users, organizations and projects by a share, ``"0.10"`` for a tenth."""
    by = exact(share) if isinstance(share, str) else share
    return Scenario(name=f"growth by {percent_text(by)}", growth=by)


def scenarios(
    workload: Workload, parameters: ParameterSet, others: Iterable[Scenario], posts: Iterable[Post] = ()
) -> Scenarios:
    """Today and the scenarios side by side.

    Raises UnknownParameter or ParameterOutOfRange for a parameter that a scenario sets to what it cannot be, ValueError
    where two scenarios have one name.
    """
    there, listed = tuple(posts), tuple(others)
    names = [TODAY, *(one.name for one in listed)]
    if len(set(names)) < len(names):
        raise ValueError(f"each scenario has a name of its own, and none is {TODAY!r}")
    now = staffing(workload, parameters, there)
    return Scenarios(today=now, others=tuple(_result(one, workload, parameters, there, now) for one in listed))


def _result(
    scenario: Scenario, workload: Workload, parameters: ParameterSet, posts: tuple[Post, ...], now: Staffing
) -> ScenarioResult:
    own = {one.name: one.value for one in scenario.parameters}
    found = staffing(
        scenario.applied(workload), parameters.changed(own, why=f"Set by the scenario {scenario.name}."), posts
    )
    pairs = zip(found.roles, now.roles, strict=True)
    return ScenarioResult(
        scenario=scenario,
        staffing=found,
        by_role=tuple(_difference(then.fte, before.fte) for then, before in pairs),
        difference=_difference(found.fte, now.fte),
    )


def _difference(then: Figure, before: Figure) -> Figure:
    first, second = evolve(before, name=f"{before.name}_today"), evolve(then, name=f"{then.name}_then")
    title = f"{before.title}, difference"
    return computed("difference", title, f"{second.name} - {first.name}", "FTE", [second, first])
