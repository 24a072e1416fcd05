"""Files in and out: assessments, plans, what the working tools are given; and from one edition to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hmis_standards._lazy import attach

if TYPE_CHECKING:
    from hmis_standards.exchange.budget_file import read_budget
    from hmis_standards.exchange.checking import validate
    from hmis_standards.exchange.declarations import read_declaration, sealed, write_declaration
    from hmis_standards.exchange.declared import propose_claims
    from hmis_standards.exchange.editions import migrate
    from hmis_standards.exchange.files import read_assessment, write_assessment
    from hmis_standards.exchange.form_workbook import write_form
    from hmis_standards.exchange.many import portfolio_of_files
    from hmis_standards.exchange.merging import merge_files, write_conflicts
    from hmis_standards.exchange.plan_reading import ActionStatus, PlanStatus, read_plan_status
    from hmis_standards.exchange.plan_workbook import write_plan
    from hmis_standards.exchange.portfolio_workbook import write_portfolio
    from hmis_standards.exchange.proposals_file import ProposalsFile, read_proposals
    from hmis_standards.exchange.requirements_file import write_requirements
    from hmis_standards.exchange.service_logs import read_holidays, read_outages, read_tickets
    from hmis_standards.exchange.staffing_file import read_staffing
    from hmis_standards.exchange.training_logs import read_activity, read_training_log, read_users

__all__ = [
    "ActionStatus",
    "PlanStatus",
    "ProposalsFile",
    "merge_files",
    "migrate",
    "portfolio_of_files",
    "propose_claims",
    "read_activity",
    "read_assessment",
    "read_budget",
    "read_declaration",
    "read_holidays",
    "read_outages",
    "read_plan_status",
    "read_proposals",
    "read_staffing",
    "read_tickets",
    "read_training_log",
    "read_users",
    "sealed",
    "validate",
    "write_assessment",
    "write_conflicts",
    "write_declaration",
    "write_form",
    "write_plan",
    "write_portfolio",
    "write_requirements",
]

__getattr__, __dir__ = attach(
    __name__,
    {
        "portfolio_of_files": "many",
        "propose_claims": "declared",
        "read_declaration": "declarations",
        "sealed": "declarations",
        "write_declaration": "declarations",
        "merge_files": "merging",
        "migrate": "editions",
        "read_activity": "training_logs",
        "read_assessment": "files",
        "read_budget": "budget_file",
        "read_staffing": "staffing_file",
        "read_training_log": "training_logs",
        "read_users": "training_logs",
        "ProposalsFile": "proposals_file",
        "read_holidays": "service_logs",
        "read_outages": "service_logs",
        "read_proposals": "proposals_file",
        "read_tickets": "service_logs",
        "write_requirements": "requirements_file",
        "validate": "checking",
        "write_assessment": "files",
        "write_conflicts": "merging",
        "write_form": "form_workbook",
        "ActionStatus": "plan_reading",
        "PlanStatus": "plan_reading",
        "read_plan_status": "plan_reading",
        "write_plan": "plan_workbook",
        "write_portfolio": "portfolio_workbook",
    },
)
