"""The working tools of the series: calculations whose every number says where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hmis_standards._lazy import attach

if TYPE_CHECKING:
    from hmis_standards.toolkit.figures import Figure, Figures, computed, given, taken, total
    from hmis_standards.toolkit.flags import Flag, Flags
    from hmis_standards.toolkit.staff import RoleNeed, Staffing, staffing
    from hmis_standards.toolkit.staff_scenarios import (
        ScenarioResult,
        Scenarios,
        change_of_software,
        growth,
        scenarios,
    )
    from hmis_standards.toolkit.workload import ParameterChange, Post, RoleShare, Scenario, StaffingPlan, Workload

__all__ = [
    "Figure",
    "Figures",
    "Flag",
    "Flags",
    "ParameterChange",
    "Post",
    "RoleNeed",
    "RoleShare",
    "Scenario",
    "ScenarioResult",
    "Scenarios",
    "Staffing",
    "StaffingPlan",
    "Workload",
    "change_of_software",
    "computed",
    "given",
    "growth",
    "scenarios",
    "staffing",
    "taken",
    "total",
]

# Names of each module; a calculation's own module is loaded when somebody asks for it.
_MODULES = {
    "figures": ("Figure", "Figures", "computed", "given", "taken", "total"),
    "flags": ("Flag", "Flags"),
    "staff": ("RoleNeed", "Staffing", "staffing"),
    "staff_scenarios": ("ScenarioResult", "Scenarios", "change_of_software", "growth", "scenarios"),
    "workload": ("ParameterChange", "Post", "RoleShare", "Scenario", "StaffingPlan", "Workload"),
}

__getattr__, __dir__ = attach(__name__, {name: module for module, names in _MODULES.items() for name in names})
