"""Planted faults for the checks of standards_data/checks/client_dates.yaml."""

from __future__ import annotations

from tests.measure.planted import Case

OTHER = {0: {"ProjectType": "7"}}

CASES = {
    "exit-before-start": Case(
        fault={"Exit": {0: {"ExitDate": "2024-09-30"}}},
        alike={"Exit": {0: {"ExitDate": "2024-10-01"}}},
    ),
    # 90 days before 5 October 2025 is 7 July 2025; the other person left.
    "stay-too-long": Case(
        fault={"Project": OTHER, "Enrollment": {0: {"EntryDate": "2025-07-06"}}},
        alike={"Project": OTHER, "Enrollment": {0: {"EntryDate": "2025-07-07"}}},
    ),
}
