"""Planted faults for the checks of standards_data/checks/client_records.yaml. The second stay ended March 1, 2025."""

from __future__ import annotations

from tests.measure.planted import Case, Change, record
from tests.measure.planted_client_stays import CONTACTS, contact
from tests.measure.small_exports import Row, service_row


def rows(table: str, *made: Row) -> Change:
    return {table: list(made)}


def outside(table: str) -> Case:
    """After exit, against a record of the time after exit."""
    return Case(
        fault=rows(table, record(table, "2", "2", "2025-03-02")),
        alike=rows(table, record(table, "2", "6", "2025-03-02"), record(table, "2", "3", "2025-03-01")),
    )


def early(table: str) -> Case:
    """At start, against a day later; an annual assessment is not before thirty days to the first anniversary."""
    return Case(
        fault=rows(table, record(table, "1", "1", "2024-10-02")),
        alike=rows(table, record(table, "1", "1", "2024-10-01"), record(table, "1", "5", "2025-09-01")),
    )


def twice(table: str, **cells: str) -> Case:
    """Both are found."""
    return Case(
        fault=rows(table, record(table, **cells), record(table, **cells)),
        alike=rows(table, record(table, **cells), record(table, "2", **cells), record(table, stage="2", **cells)),
        count=2,
    )


def referral(result: str, day: str) -> Change:
    return rows("Event", {"EventID": "1", "EnrollmentID": "1", "EventDate": "2024-11-01", "Event": "10",
                          "ReferralResult": result, "ResultDate": day, "DateDeleted": ""})  # fmt: skip


def assessed(day: str) -> Change:
    """The project took part in coordinated entry in November 2024."""
    part = {"CEParticipationID": "1", "ProjectID": "P", "CEParticipationStatusStartDate": "2024-11-01",
            "CEParticipationStatusEndDate": "2024-11-30", "DateDeleted": ""}  # fmt: skip
    made = {"AssessmentID": "1", "EnrollmentID": "1", "AssessmentDate": day, "DateDeleted": ""}
    return {"CEParticipation": [part], "Assessment": [made]}


CASES = {
    "income-record-outside-stay": outside("IncomeBenefits"),
    "income-record-twice": twice("IncomeBenefits"),
    "health-record-outside-stay": early("HealthAndDV"),
    "health-record-twice": twice("HealthAndDV"),
    "disability-record-outside-stay": outside("Disabilities"),
    "disability-record-twice": twice("Disabilities", DisabilityType="5"),
    "employment-record-outside-stay": early("EmploymentEducation"),
    "employment-record-twice": twice("EmploymentEducation"),
    "contact-outside-stay": Case(
        fault=rows(CONTACTS, contact("2", "2025-03-02")), alike=rows(CONTACTS, contact("2", "2025-03-01"))
    ),
    "bed-night-outside-stay": Case(
        fault=rows("Services", service_row("2", "2025-03-02")), alike=rows("Services", service_row("2", "2025-03-01"))
    ),
    "bed-night-twice": Case(
        fault=rows("Services", service_row("1", "2025-03-02"), service_row("1", "2025-03-02")),
        alike=rows("Services", service_row("1", "2025-03-02"), service_row("1", "2025-03-02", "144")),
        count=2,
    ),
    "referral-result-without-date": Case(fault=referral("1", ""), alike=referral("1", "2024-11-01")),
    "referral-result-before-event": Case(fault=referral("1", "2024-10-31"), alike=referral("1", "2024-11-01")),
    "assessment-outside-coordinated-entry": Case(fault=assessed("2024-12-01"), alike=assessed("2024-11-30")),
}
