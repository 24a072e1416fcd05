"""Files in and out: assessments as YAML, JSON, CSV and Excel, plans as Excel; and from one edition to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hmis_standards._lazy import attach

if TYPE_CHECKING:
    from hmis_standards.exchange.checking import validate
    from hmis_standards.exchange.editions import migrate
    from hmis_standards.exchange.files import read_assessment, write_assessment
    from hmis_standards.exchange.many import portfolio_of_files
    from hmis_standards.exchange.plan_workbook import write_plan

__all__ = ["migrate", "portfolio_of_files", "read_assessment", "validate", "write_assessment", "write_plan"]

__getattr__, __dir__ = attach(
    __name__,
    {
        "portfolio_of_files": "many",
        "migrate": "editions",
        "read_assessment": "files",
        "validate": "checking",
        "write_assessment": "files",
        "write_plan": "plan_workbook",
    },
)
