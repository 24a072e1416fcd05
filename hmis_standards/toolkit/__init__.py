"""The working tools of the series: calculations whose every number says where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hmis_standards._lazy import attach

if TYPE_CHECKING:
    from hmis_standards.toolkit.backlogs import Backlog, backlog
    from hmis_standards.toolkit.break_even import BreakEven, BreakEvens
    from hmis_standards.toolkit.budget_plan import (
        Agency,
        BudgetPlan,
        Cost,
        FundingSource,
        IndirectRate,
        MatchSource,
        PaidPost,
        Serves,
    )
    from hmis_standards.toolkit.budgeting import Budget, budget
    from hmis_standards.toolkit.business_time import BusinessCalendar, business_calendar
    from hmis_standards.toolkit.claims import ClaimRow, Claims, VendorStanding, compare_declarations
    from hmis_standards.toolkit.costs import TotalCost, total_cost
    from hmis_standards.toolkit.coverage import RoleCoverage, RoleCoverages, TopicCoverage, TopicCoverages
    from hmis_standards.toolkit.credits import Credit, credit
    from hmis_standards.toolkit.deadlines import Deadline, Deadlines, safe_dates
    from hmis_standards.toolkit.effect import Activity, Effect, training_effect
    from hmis_standards.toolkit.evaluation import Evaluation, evaluate
    from hmis_standards.toolkit.fees import AgencyFee
    from hmis_standards.toolkit.figures import Figure, Figures, computed, given, taken, total
    from hmis_standards.toolkit.flags import Flag, Flags
    from hmis_standards.toolkit.grant_rules import Administration, LineEligibility, Match, MatchVerdict
    from hmis_standards.toolkit.outages import Availability, Outage, availability
    from hmis_standards.toolkit.panel import CriterionPoints
    from hmis_standards.toolkit.passes import Completion, Pass, User
    from hmis_standards.toolkit.placing import ProposalResult
    from hmis_standards.toolkit.projection import YearBudget
    from hmis_standards.toolkit.purchase import Purchase, purchase_method
    from hmis_standards.toolkit.register import Requirement, Requirements, requirements
    from hmis_standards.toolkit.review import ProcurementReview, procurement_review
    from hmis_standards.toolkit.service import ServiceLevels, service_levels
    from hmis_standards.toolkit.service_months import MonthLevels, Months, YearLevels, Years
    from hmis_standards.toolkit.staff import RoleNeed, Staffing, staffing
    from hmis_standards.toolkit.staff_scenarios import ScenarioResult, Scenarios, change_of_software, growth, scenarios
    from hmis_standards.toolkit.standings import Standing, Standings
    from hmis_standards.toolkit.swings import Sensitivity, Swing, sensitivity
    from hmis_standards.toolkit.tickets import Attainment, Attainments, Ticket, attainments
    from hmis_standards.toolkit.topics import Curriculum, Step, curriculum
    from hmis_standards.toolkit.trained import Training, training
    from hmis_standards.toolkit.vendor_indicators import Indicator, Indicators, indicators
    from hmis_standards.toolkit.vendor_scorecard import CorrectiveAction, CorrectiveActions, Scorecard, scorecard
    from hmis_standards.toolkit.workload import ParameterChange, Post, RoleShare, Scenario, StaffingPlan, Workload

__all__ = [
    "Activity",
    "Administration",
    "Agency",
    "AgencyFee",
    "Attainment",
    "Attainments",
    "Availability",
    "Backlog",
    "BreakEven",
    "BreakEvens",
    "Budget",
    "BudgetPlan",
    "BusinessCalendar",
    "ClaimRow",
    "Claims",
    "Completion",
    "CorrectiveAction",
    "CorrectiveActions",
    "Cost",
    "Credit",
    "CriterionPoints",
    "Curriculum",
    "Deadline",
    "Deadlines",
    "Effect",
    "Evaluation",
    "Figure",
    "Figures",
    "Flag",
    "Flags",
    "FundingSource",
    "Indicator",
    "Indicators",
    "IndirectRate",
    "LineEligibility",
    "Match",
    "MatchSource",
    "MatchVerdict",
    "MonthLevels",
    "Months",
    "Outage",
    "PaidPost",
    "ParameterChange",
    "Pass",
    "Post",
    "ProcurementReview",
    "ProposalResult",
    "Purchase",
    "Requirement",
    "Requirements",
    "RoleCoverage",
    "RoleCoverages",
    "RoleNeed",
    "RoleShare",
    "Scenario",
    "ScenarioResult",
    "Scenarios",
    "Scorecard",
    "Sensitivity",
    "Serves",
    "ServiceLevels",
    "Staffing",
    "StaffingPlan",
    "Standing",
    "Standings",
    "Step",
    "Swing",
    "Ticket",
    "TopicCoverage",
    "TopicCoverages",
    "TotalCost",
    "Training",
    "User",
    "VendorStanding",
    "Workload",
    "YearBudget",
    "YearLevels",
    "Years",
    "attainments",
    "availability",
    "backlog",
    "budget",
    "business_calendar",
    "change_of_software",
    "compare_declarations",
    "computed",
    "credit",
    "curriculum",
    "evaluate",
    "given",
    "growth",
    "indicators",
    "procurement_review",
    "purchase_method",
    "requirements",
    "safe_dates",
    "scenarios",
    "scorecard",
    "sensitivity",
    "service_levels",
    "staffing",
    "taken",
    "total",
    "total_cost",
    "training",
    "training_effect",
]

# Names of each module; a calculation's own module is loaded when somebody asks for it.
_MODULES = {
    "backlogs": ("Backlog", "backlog"),
    "break_even": ("BreakEven", "BreakEvens"),
    "budget_plan": (
        "Agency",
        "BudgetPlan",
        "Cost",
        "FundingSource",
        "IndirectRate",
        "MatchSource",
        "PaidPost",
        "Serves",
    ),
    "budgeting": ("Budget", "budget"),
    "business_time": ("BusinessCalendar", "business_calendar"),
    "claims": ("ClaimRow", "Claims", "VendorStanding", "compare_declarations"),
    "costs": ("TotalCost", "total_cost"),
    "coverage": ("RoleCoverage", "RoleCoverages", "TopicCoverage", "TopicCoverages"),
    "credits": ("Credit", "credit"),
    "deadlines": ("Deadline", "Deadlines", "safe_dates"),
    "effect": ("Activity", "Effect", "training_effect"),
    "evaluation": ("Evaluation", "evaluate"),
    "fees": ("AgencyFee",),
    "figures": ("Figure", "Figures", "computed", "given", "taken", "total"),
    "flags": ("Flag", "Flags"),
    "grant_rules": ("Administration", "LineEligibility", "Match", "MatchVerdict"),
    "outages": ("Availability", "Outage", "availability"),
    "panel": ("CriterionPoints",),
    "passes": ("Completion", "Pass", "User"),
    "placing": ("ProposalResult",),
    "projection": ("YearBudget",),
    "purchase": ("Purchase", "purchase_method"),
    "register": ("Requirement", "Requirements", "requirements"),
    "review": ("ProcurementReview", "procurement_review"),
    "service": ("ServiceLevels", "service_levels"),
    "service_months": ("MonthLevels", "Months", "YearLevels", "Years"),
    "staff": ("RoleNeed", "Staffing", "staffing"),
    "staff_scenarios": ("ScenarioResult", "Scenarios", "change_of_software", "growth", "scenarios"),
    "standings": ("Standing", "Standings"),
    "swings": ("Sensitivity", "Swing", "sensitivity"),
    "tickets": ("Attainment", "Attainments", "Ticket", "attainments"),
    "topics": ("Curriculum", "Step", "curriculum"),
    "trained": ("Training", "training"),
    "vendor_indicators": ("Indicator", "Indicators", "indicators"),
    "vendor_scorecard": ("CorrectiveAction", "CorrectiveActions", "Scorecard", "scorecard"),
    "workload": ("ParameterChange", "Post", "RoleShare", "Scenario", "StaffingPlan", "Workload"),
}

__getattr__, __dir__ = attach(__name__, {name: module for module, names in _MODULES.items() for name in names})
