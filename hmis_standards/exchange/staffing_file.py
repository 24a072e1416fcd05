"""Workload and posts from a file, for the staffing calculation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hmis_standards.errors import ParameterOutOfRange, Problem, UnknownParameter
from hmis_standards.exchange.inputs import Fault, Place, input_problems, named_twice, near, read_input
from hmis_standards.store import Raw, load_parameters
from hmis_standards.toolkit.staff_scenarios import TODAY
from hmis_standards.toolkit.workload import Scenario, StaffingPlan

__all__ = ["problems", "read_staffing"]


def read_staffing(path: str | Path) -> StaffingPlan:
    """The staffing plan in a YAML or JSON file (``hmis-standards/staffing/1``).

    Raises:
        InvalidDocument: the file has another shape, or breaks a rule; all problems are listed with their lines.
        DocumentSyntaxError: it is not readable as YAML or JSON.
        OSError: it cannot be opened.
    """
    return read_input(path, "staffing", StaffingPlan, _faults)


def problems(raw: Raw) -> list[Problem]:
    """What is wrong with a staffing plan whose shape fits the schema."""
    return input_problems(raw, StaffingPlan, _faults)


def _faults(plan: StaffingPlan) -> Iterator[Fault]:
    for place, post in enumerate(plan.posts):
        yield from named_twice(("posts", place, "roles"), (one.role for one in post.roles), "role")
    yield from named_twice(("scenarios",), (one.name for one in plan.scenarios))
    for place, scenario in enumerate(plan.scenarios):
        if scenario.name == TODAY:
            yield ("scenarios", place, "name"), f"{TODAY!r} is the name of what there is", "give it another name"
        yield from _settings(("scenarios", place), scenario)


def _settings(at: Place, scenario: Scenario) -> Iterator[Fault]:
    """Parameters that are not there, or cannot be what the scenario sets them to."""
    shipped = load_parameters("staffing")
    for place, one in enumerate(scenario.parameters):
        try:
            shipped.changed({one.name: one.value})
        except UnknownParameter as error:
            hint = near(one.name, error.close)
            yield (*at, "parameters", place, "name"), f"there is no parameter {one.name!r}", hint
        except ParameterOutOfRange as error:
            yield (*at, "parameters", place, "value"), error.message(), ""
