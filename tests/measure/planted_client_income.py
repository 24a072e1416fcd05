"""Planted faults for the checks of standards_data/checks/client_income.yaml.

The project has CoC funds.
"""

from __future__ import annotations

from typing import Any

from tests.measure.planted import Case, Change, funded, record


def income(stage: str, **cells: str) -> Change:
    """One record of income: at start of the first stay, or at exit of the second."""
    stay, day = {"1": ("1", "2024-10-01"), "3": ("2", "2025-03-01")}[stage]
    return funded("2", IncomeBenefits=[record("IncomeBenefits", stay, stage, day, **cells)])


def of_child(**cells: str) -> Change:
    """The same at start, of a ten-year-old."""
    born: dict[str, Any] = {"Client": {0: {"DOB": "2014-10-02"}}}
    return {**income("1", **cells), **born}


def blank(answer: str, stage: str) -> Case:
    """A blank answer is found, a refused one is not."""
    return Case(fault=income(stage, **{answer: ""}), alike=income(stage, **{answer: "9"}))


def contradiction(answer: str, source: str, stage: str) -> Case:
    """No, and a source; against yes with this one and the others blank."""
    return Case(fault=income(stage, **{answer: "0", source: "1"}), alike=income(stage, **{answer: "1", source: "1"}))


INCOME, BENEFITS, INSURANCE = "IncomeFromAnySource", "BenefitsFromAnySource", "InsuranceFromAnySource"
CASES = {
    "income-blank-at-start": blank(INCOME, "1"),
    "income-blank-at-exit": blank(INCOME, "3"),
    "income-contradiction-at-start": contradiction(INCOME, "OtherIncomeSource", "1"),
    # Yes without a source is the other half of it.
    "income-contradiction-at-exit": Case(
        fault=income("3", IncomeFromAnySource="1", Earned="0"), alike=income("3", IncomeFromAnySource="0", Earned="0")
    ),
    "benefits-blank-at-start": blank(BENEFITS, "1"),
    "benefits-blank-at-exit": blank(BENEFITS, "3"),
    "benefits-contradiction-at-start": contradiction(BENEFITS, "OtherBenefitsSource", "1"),
    "benefits-contradiction-at-exit": contradiction(BENEFITS, "SNAP", "3"),
    # Everybody is asked for insurance, so a child is found too.
    "insurance-blank-at-start": Case(
        fault=of_child(InsuranceFromAnySource=""), alike=of_child(InsuranceFromAnySource="0")
    ),
    "insurance-blank-at-exit": blank(INSURANCE, "3"),
    # Blanks beside a tick are no reason to overlook it.
    "insurance-contradiction-at-start": contradiction(INSURANCE, "OtherInsurance", "1"),
    "insurance-contradiction-at-exit": contradiction(INSURANCE, "Medicaid", "3"),
}
