"""Planted faults for the checks of standards_data/checks/client_stays.yaml.

The first stay is open since October 1, 2024, and the export was made 369 days later; the second ended on March 1, 2025.
"""

from __future__ import annotations

from typing import Any

from tests.measure.planted import Case, funded
from tests.measure.small_exports import Row, service_row

CONTACTS = "CurrentLivingSituation"


def stay(kind: str = "2", **cells: str) -> dict[str, Any]:
    """The first enrollment, in a project of a type."""
    return {"Project": {0: {"ProjectType": kind}}, "Enrollment": {0: cells}}


def gone(kind: str = "2", **cells: str) -> dict[str, Any]:
    """The exit, in a project of a type."""
    return {"Project": {0: {"ProjectType": kind}}, "Exit": {0: cells}}


def contact(stay: str, day: str) -> Row:
    return {"CurrentLivingSitID": f"{stay} {day}", "EnrollmentID": stay, "InformationDate": day,
            "CurrentLivingSituation": "116", "CLSSubsidyType": "", "DateDeleted": ""}  # fmt: skip


def met(*contacts: tuple[str, str], **cells: str) -> dict[str, Any]:
    return {**stay("4", **cells), CONTACTS: [contact(*each) for each in contacts]}


TWICE = (("1", "2024-10-01"), ("1", "2024-10-02"))
AGAIN = {"PersonalID": "2"}
CASES = {
    "exit-on-start-day": Case(fault=gone(ExitDate="2024-10-01"), alike=gone(ExitDate="2024-10-02")),
    "coc-not-of-project": Case(fault=stay(EnrollmentCoC="XX-501"), alike=stay(EnrollmentCoC="")),
    "prevention-client-homeless": Case(
        fault={**stay("12", LivingSituation="101"), "Client": {1: {"DOB": "2010-01-01"}}},
        alike={**stay("12", LivingSituation="410"), "Client": {1: {"DOB": "2010-01-01"}}},
    ),
    "rehousing-client-not-homeless": Case(
        fault=stay("13", LivingSituation="225", LengthOfStay="4", PreviousStreetESSH="1"),
        alike=stay("13", LivingSituation="225", LengthOfStay="3", PreviousStreetESSH="1"),
    ),
    "supportive-household-not-disabled": Case(
        fault=funded("2", "3", Enrollment={0: {"DisablingCondition": "1"}}),
        alike=funded("2", "3", Enrollment={0: {"DisablingCondition": "1"}, 1: {"HouseholdID": "H1"}}),
    ),
    "homelessness-start-blank-direct": Case(
        fault=stay("8", LivingSituation="410", DateToStreetESSH=""),
        alike=stay("3", LivingSituation="410", DateToStreetESSH=""),
    ),
    "homelessness-count-blank": Case(
        fault=stay(TimesHomelessPastThreeYears=""), alike=stay(TimesHomelessPastThreeYears="8")
    ),
    "move-in-not-entered": Case(
        fault=stay("3", EntryDate="2025-04-08"), alike=stay("3", EntryDate="2025-04-08", MoveInDate="2025-04-08")
    ),
    "shelter-stay-very-long": Case(fault=stay("0", EntryDate="2024-10-05"), alike=stay("0", EntryDate="2024-10-06")),
    "engaged-outside-stay": Case(
        fault=stay("4", DateOfEngagement="2024-09-30"), alike=stay("4", DateOfEngagement="2024-10-01")
    ),
    "engagement-missing": Case(fault=met(*TWICE), alike=met(*TWICE, DateOfEngagement="2025-01-01")),
    "no-contact-on-start": Case(
        fault=met(("1", "2024-10-02"), ("2", "2024-10-01")), alike=met(("1", "2024-10-01"), ("2", "2024-10-01"))
    ),
    "exit-after-last-night": Case(
        fault={**gone("1"), "Services": [service_row("2", "2025-02-27")]},
        alike={**gone("1"), "Services": [service_row("2", "2025-02-28")]},
    ),
    "destination-other": Case(fault=gone(Destination="17"), alike=gone(Destination="30")),
    "stay-after-death": Case(
        fault={**gone(Destination="24"), "Enrollment": {0: {**AGAIN, "EntryDate": "2025-03-02"}}},
        alike={**gone(Destination="24"), "Enrollment": {0: {**AGAIN, "EntryDate": "2025-03-01"}}},
    ),
}
