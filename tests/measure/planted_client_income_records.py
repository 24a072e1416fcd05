"""Planted faults for the checks of standards_data/checks/client_income_records.yaml."""

from __future__ import annotations

from typing import Any

from tests.measure.planted import Case, Change, funded, record

INCOME = "IncomeBenefits"
CHILD: dict[str, Any] = {
    "Client": {0: {"DOB": "2014-10-02"}},
    "Enrollment": {0: {"HouseholdID": "H2", "RelationshipToHoH": "2"}},
}
GONE_CHILD: dict[str, Any] = {
    "Client": {1: {"DOB": "2014-10-02"}},
    "Enrollment": {1: {"HouseholdID": "H1", "RelationshipToHoH": "2"}},
}


def rows(*stays: tuple[str, str, str]) -> list[dict[str, str]]:
    """Records by stay, stage and day."""
    return [record(INCOME, *each) for each in stays]


def one(**cells: str) -> Change:
    """A record at start of the first stay."""
    return {INCOME: [record(INCOME, **cells)]}


def since(day: str, *records: tuple[str, str, str]) -> Change:
    """The first stay has been open since a day."""
    return funded("2", Enrollment={0: {"EntryDate": day}}, IncomeBenefits=rows(*records))


def marked(answer: str) -> Case:
    """Not collected is found, not known is not."""
    return Case(fault=one(**{answer: "99"}), alike=one(**{answer: "8"}))


CASES = {
    "income-not-collected": marked("IncomeFromAnySource"),
    "benefits-not-collected": marked("BenefitsFromAnySource"),
    "insurance-not-collected": marked("InsuranceFromAnySource"),
    "income-record-missing-at-start": Case(
        fault=funded("2", IncomeBenefits=rows(("1", "1", "2024-10-01"))),
        alike=funded("2", IncomeBenefits=rows(("1", "1", "2024-10-01"), ("2", "1", "2024-10-01"))),
    ),
    "income-record-missing-at-exit": Case(
        fault=funded("2", IncomeBenefits=rows(("2", "1", "2024-10-01"))),
        alike=funded("2", IncomeBenefits=rows(("2", "3", "2025-03-01"))),
    ),
    "insurance-record-missing-at-start": Case(
        fault=funded("25", **CHILD, IncomeBenefits=[]),
        alike=funded("25", **CHILD, IncomeBenefits=rows(("1", "1", "2024-10-01"))),
    ),
    "insurance-record-missing-at-exit": Case(
        fault=funded("25", **GONE_CHILD, IncomeBenefits=[]),
        alike=funded("25", **GONE_CHILD, IncomeBenefits=rows(("2", "3", "2025-03-01"))),
    ),
    # The export ends on September 30, 2025: thirty-one days after August 30, thirty after August 31.
    "annual-assessment-missing": Case(fault=since("2024-08-30"), alike=since("2024-08-30", ("1", "5", "2025-08-30"))),
    "annual-assessment-out-of-window": Case(
        fault=since("2024-05-01", ("1", "5", "2025-06-01")), alike=since("2024-05-01", ("1", "5", "2025-05-31"))
    ),
    "income-total-contradiction": Case(
        fault=one(IncomeFromAnySource="1", TotalMonthlyIncome="0.00"),
        alike=one(IncomeFromAnySource="1", TotalMonthlyIncome="0.01"),
    ),
    # A dollar is rounding.
    "income-sum-differs": Case(
        fault=one(TotalMonthlyIncome="500", EarnedAmount="300", OtherIncomeAmount="198.99"),
        alike=one(TotalMonthlyIncome="500", EarnedAmount="300", OtherIncomeAmount="199"),
    ),
    "income-source-without-amount": Case(
        fault=one(OtherIncomeSource="1", EarnedAmount="5"), alike=one(OtherIncomeSource="1", OtherIncomeAmount="5")
    ),
    "income-amount-without-source": Case(fault=one(SSI="0", SSIAmount="5"), alike=one(SSI="", SSIAmount="5")),
}
