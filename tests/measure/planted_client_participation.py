"""Planted faults for the checks of standards_data/checks/client_participation.yaml.

The first stay is open since October 1, 2024; the second ended on March 1, 2025.
"""

from __future__ import annotations

from tests.measure.planted import Case, Change
from tests.measure.small_exports import participation_row

BEGINS, ENDS = "HMISParticipationStatusStartDate", "HMISParticipationStatusEndDate"


def part(begins: str = "2010-01-01", ends: str = "") -> Change:
    """The project took part from and up to."""
    return {"HMISParticipation": {0: {BEGINS: begins, ENDS: ends}}}


def open_(begins: str = "2010-01-01", ends: str = "") -> Change:
    """The project operated from and up to."""
    return {"Project": {0: {"OperatingStartDate": begins, "OperatingEndDate": ends}}}


def second(**cells: str) -> Change:
    """The second stay is moved out of the way."""
    return {"Enrollment": {1: cells}}


TWO_RECORDS: Change = {
    "HMISParticipation": [participation_row(**{ENDS: "2025-01-01"}), participation_row(**{BEGINS: "2025-01-02"})]
}
LEFT: Change = {"Exit": {0: {"ExitDate": "2025-01-01"}}}

CASES = {
    "start-after-participation": Case(
        fault={**part(ends="2024-09-30"), **second(EntryDate="2024-09-30")}, alike=part(ends="2024-10-01")
    ),
    "crosses-participation-start": Case(
        fault={**part("2024-11-01"), **second(EntryDate="2024-11-01")}, alike=part("2024-10-01")
    ),
    "ended-before-participation": Case(fault=part("2025-03-01"), alike=part("2025-02-28")),
    "crosses-participation-end": Case(fault={**part(ends="2025-01-01"), **LEFT}, alike=TWO_RECORDS),
    "spans-participation": Case(
        fault={**part("2024-11-01", "2024-12-01"), **second(EntryDate="2024-11-01")},
        alike=part("2024-10-01", "2024-12-01"),
    ),
    "start-after-operation": Case(
        fault={**open_(ends="2024-09-30"), **second(EntryDate="2024-09-30")}, alike=open_(ends="2024-10-01")
    ),
    "crosses-operation-start": Case(
        fault={**open_("2024-11-01"), **second(EntryDate="2024-11-01")}, alike=open_("2024-10-01")
    ),
    "ended-before-operation": Case(fault=open_("2025-03-01"), alike=open_("2025-02-28")),
    # An end that is still to come is none.
    "crosses-operation-end": Case(fault={**open_(ends="2025-01-01"), **LEFT}, alike=open_(ends="2025-10-06")),
    "spans-operation": Case(
        fault={**open_("2024-11-01", "2024-12-01"), **second(EntryDate="2024-11-01")},
        alike=open_("2024-10-01", "2024-12-01"),
    ),
}
