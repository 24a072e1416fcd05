"""The working tools of the series: calculations whose every number says where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hmis_standards._lazy import attach

if TYPE_CHECKING:
    from hmis_standards.toolkit.coverage import RoleCoverage, TopicCoverage
    from hmis_standards.toolkit.effect import Activity, Effect, training_effect
    from hmis_standards.toolkit.figures import Figure, Figures, computed, given, taken, total
    from hmis_standards.toolkit.flags import Flag, Flags
    from hmis_standards.toolkit.passes import Completion, Pass, User
    from hmis_standards.toolkit.staff import RoleNeed, Staffing, staffing
    from hmis_standards.toolkit.staff_scenarios import ScenarioResult, Scenarios, change_of_software, growth, scenarios
    from hmis_standards.toolkit.standings import Standing, Standings
    from hmis_standards.toolkit.topics import Curriculum, Step, curriculum
    from hmis_standards.toolkit.trained import Training, training
    from hmis_standards.toolkit.workload import ParameterChange, Post, RoleShare, Scenario, StaffingPlan, Workload

__all__ = [
    "Activity",
    "Completion",
    "Curriculum",
    "Effect",
    "Figure",
    "Figures",
    "Flag",
    "Flags",
    "ParameterChange",
    "Pass",
    "Post",
    "RoleCoverage",
    "RoleNeed",
    "RoleShare",
    "Scenario",
    "ScenarioResult",
    "Scenarios",
    "Staffing",
    "StaffingPlan",
    "Standing",
    "Standings",
    "Step",
    "TopicCoverage",
    "Training",
    "User",
    "Workload",
    "change_of_software",
    "computed",
    "curriculum",
    "given",
    "growth",
    "scenarios",
    "staffing",
    "taken",
    "total",
    "training",
    "training_effect",
]

# Names of each module; a calculation's own module is loaded when somebody asks for it.
_MODULES = {
    "coverage": ("RoleCoverage", "TopicCoverage"),
    "effect": ("Activity", "Effect", "training_effect"),
    "figures": ("Figure", "Figures", "computed", "given", "taken", "total"),
    "flags": ("Flag", "Flags"),
    "passes": ("Completion", "Pass", "User"),
    "staff": ("RoleNeed", "Staffing", "staffing"),
    "staff_scenarios": ("ScenarioResult", "Scenarios", "change_of_software", "growth", "scenarios"),
    "standings": ("Standing", "Standings"),
    "topics": ("Curriculum", "Step", "curriculum"),
    "trained": ("Training", "training"),
    "workload": ("ParameterChange", "Post", "RoleShare", "Scenario", "StaffingPlan", "Workload"),
}

__getattr__, __dir__ = attach(__name__, {name: module for module, names in _MODULES.items() for name in names})
