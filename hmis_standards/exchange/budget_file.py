"""Costs and funding from a file, for the budget calculation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hmis_standards.errors import Problem
from hmis_standards.exchange.inputs import Fault, input_problems, read_input
from hmis_standards.store import Raw, load_eligibility
from hmis_standards.toolkit.budget_faults import budget_faults
from hmis_standards.toolkit.budget_plan import BudgetPlan

__all__ = ["problems", "read_budget"]


def read_budget(path: str | Path) -> BudgetPlan:
    """The budget plan in a YAML or JSON file (``hmis-standards/budget/1``).

    Raises:
        InvalidDocument: the file has another shape, or its parts do not go together; all problems are listed with
            their lines.
        DocumentSyntaxError: it is not readable as YAML or JSON.
        OSError: it cannot be opened.
    """
    return read_input(path, "budget", BudgetPlan, _faults)


def problems(raw: Raw) -> list[Problem]:
    """What is wrong with a budget plan whose shape fits the schema."""
    return input_problems(raw, BudgetPlan, _faults)


def _faults(plan: BudgetPlan) -> Iterator[Fault]:
    return budget_faults(plan, load_eligibility())
