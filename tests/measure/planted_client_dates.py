"""Planted faults for the checks of standards_data/checks/client_dates.yaml. The export was made on October 5, 2025."""

from __future__ import annotations

from typing import Any

from tests.measure.planted import Case, Change
from tests.measure.small_exports import Row, exit_row, service_row


def of_type(kind: str, **tables: Any) -> Change:
    """The project has another type, and so on."""
    return {"Project": {0: {"ProjectType": kind}}, **tables}


def contact(**cells: str) -> list[Row]:
    return [{"CurrentLivingSitID": "1", "EnrollmentID": "1", "InformationDate": "2025-09-01",
             "CurrentLivingSituation": "116", "CLSSubsidyType": "", "DateDeleted": ""} | cells]  # fmt: skip


def subsidized(**cells: str) -> list[Row]:
    return contact(CurrentLivingSituation="435", **cells)


def event(day: str, **cells: str) -> Change:
    row = {"EventID": "1", "EnrollmentID": "1", "EventDate": day, "Event": "14", "ReferralResult": "", "ResultDate": ""}
    return {"Event": [row | cells]}


def gone(**cells: str) -> Change:
    return {"Exit": {0: cells}}


BOTH_OPEN: Change = {"Exit": []}
EARLIER = {0: {"EntryDate": "2024-09-01"}}
SECOND_STAY = {1: {"PersonalID": "1", "EntryDate": "2024-11-01"}}

CASES = {
    "exit-before-start": Case(fault=gone(ExitDate="2024-09-30"), alike=gone(ExitDate="2024-10-01")),
    "exit-in-future": Case(fault=gone(ExitDate="2025-10-06"), alike=gone(ExitDate="2025-10-05")),
    "start-entered-ahead": Case(
        fault={"Enrollment": {0: {"EntryDate": "2024-10-03"}}}, alike={"Enrollment": {0: {"EntryDate": "2024-10-02"}}}
    ),
    "move-in-outside-stay": Case(
        fault=of_type("3", Enrollment={0: {"MoveInDate": "2024-09-30"}}),
        alike=of_type("3", Enrollment={0: {"MoveInDate": "2024-10-01"}}),
    ),
    # Of two stays the longer one is beyond any percentile between them, unless they are equal.
    "move-in-possibly-missed": Case(
        fault=of_type("13", **BOTH_OPEN, Enrollment=EARLIER), alike=of_type("13", **BOTH_OPEN)
    ),
    "destination-unknown": Case(fault=gone(Destination="30"), alike=gone(Destination="17")),
    "destination-subsidy-missing": Case(
        fault=gone(Destination="435"), alike=gone(Destination="435", DestinationSubsidyType="428")
    ),
    "contact-subsidy-missing": Case(
        fault={"CurrentLivingSituation": subsidized()},
        alike={"CurrentLivingSituation": subsidized(CLSSubsidyType="428")},
    ),
    # 90 days before the export is July 7; the other person left.
    "stay-too-long": Case(
        fault=of_type("7", Enrollment={0: {"EntryDate": "2025-07-06"}}),
        alike=of_type("7", Enrollment={0: {"EntryDate": "2025-07-07"}}),
    ),
    "no-recent-contact": Case(
        fault=of_type("4", CurrentLivingSituation=contact(InformationDate="2025-07-06")),
        alike=of_type("4", CurrentLivingSituation=contact(InformationDate="2025-07-07")),
    ),
    "no-recent-bed-night": Case(
        fault=of_type("1", Services=[service_row("1", "2025-07-06")]),
        alike=of_type("1", Services=[service_row("1", "2025-07-07")]),
    ),
    "unusually-long-stay": Case(fault={**BOTH_OPEN, "Enrollment": EARLIER}, alike=BOTH_OPEN),
    # A stay that begins on the day on which the other one ends takes no bed from it.
    "overlapping-beds": Case(
        fault={"Enrollment": SECOND_STAY},
        alike={"Enrollment": SECOND_STAY, "Exit": [exit_row("1", "2024-11-01"), exit_row("2", "2025-03-01")]},
    ),
    "no-bed-night-on-entry": Case(
        fault=of_type("1", Services=[service_row("1", "2024-10-02"), service_row("2", "2024-10-01")]),
        alike=of_type("1", Services=[service_row("1", "2024-10-01"), service_row("2", "2024-10-01")]),
    ),
    "bed-night-on-exit": Case(
        fault=of_type("1", Services=[service_row("2", "2025-03-01")]),
        alike=of_type("1", Services=[service_row("2", "2025-02-28")]),
    ),
    "referral-open-too-long": Case(fault=event("2025-09-20"), alike=event("2025-09-21")),
}  # fmt: skip
