"""Planted faults for the checks of standards_data/checks/client_va_projects.yaml.

The second person is moved into the household of the first where one household is enough.
"""

from __future__ import annotations

from typing import Any

from hmis_standards.measure.columns import NEEDED
from tests.measure.planted import Case, funded, record

TOGETHER = {"HouseholdID": "H1", "RelationshipToHoH": "3"}
WORK = "EmploymentEducation"


def stay(funder: str = "33", kind: str = "13", **cells: str) -> dict[str, Any]:
    """A couple in a project of the VA; the cells are of the enrollment of its head."""
    return funded(funder, kind, Enrollment={0: cells, 1: TOGETHER})


def household(first: str, second: str) -> dict[str, Any]:
    """The couple by their veteran status."""
    return {**stay(), "Client": {0: {"VeteranStatus": first}, 1: {"VeteranStatus": second}}}


def screened(**cells: str) -> dict[str, Any]:
    """A household in prevention of which everything is answered but for the cells."""
    columns = NEEDED["Enrollment"]
    asked = columns[columns.index("TargetScreenReqd") : columns.index("ThresholdScore") + 1]
    return stay(kind="12", **{**dict.fromkeys(asked, "1"), **cells})


def work(*records: dict[str, str]) -> dict[str, Any]:
    return funded("20", EmploymentEducation=list(records))


CASES = {
    "percent-ami-blank": Case(fault=stay(PercentAMI=""), alike=stay(PercentAMI="99")),
    "percent-ami-not-collected": Case(fault=stay(PercentAMI="99"), alike=stay(PercentAMI="1")),
    "medical-center-blank": Case(fault=stay(VAMCStation=""), alike=stay(VAMCStation="99")),
    "medical-center-missing": Case(fault=stay("20", "3", VAMCStation="99"), alike=stay("20", "3", VAMCStation="402")),
    "prevention-scores-blank": Case(
        fault=screened(ThresholdScore=""), alike=screened(TargetScreenReqd="1", HPScreeningScore="0")
    ),
    "prevention-screening-incomplete": Case(
        fault=screened(CoCPrioritized="", EntryDate="2021-10-01"),
        alike=screened(CoCPrioritized="", TargetScreenReqd="0"),
    ),
    "ssvf-household-without-veteran": Case(fault=household("0", "99"), alike=household("0", "1")),
    "ssvf-head-not-veteran": Case(fault=household("0", "1"), alike=household("1", "0")),
    "employment-record-missing-at-start": Case(
        fault=work(record(WORK), record(WORK, "2", "3")), alike=work(record(WORK), record(WORK, "2"))
    ),
    "employment-record-missing-at-exit": Case(fault=work(record(WORK, "2")), alike=work(record(WORK, "2", "3"))),
    "employment-not-answered": Case(fault=work(record(WORK, Employed="99")), alike=work(record(WORK, Employed="9"))),
    "employment-detail-wrong": Case(
        fault=work(record(WORK, Employed="1", EmploymentType="1", NotEmployedReason="1")),
        alike=work(record(WORK, Employed="1", EmploymentType="1")),
    ),
}
