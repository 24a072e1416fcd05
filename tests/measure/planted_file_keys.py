"""Planted faults for the checks of standards_data/checks/file_keys.yaml."""

from __future__ import annotations

from tests.measure.planted import Case
from tests.measure.small_exports import client_row, enrollment_row, exit_row, project_row

CLIENTS = [client_row("FY2026", "1"), client_row("FY2026", "2")]
STAYS = [enrollment_row("1", "1"), enrollment_row("2", "2")]
LEFT = "2025-03-01"
GONE = {"DateDeleted": "2025-03-01 08:00:00"}

CASES = {
    # The same person under two ids is for another check; a deleted copy is none.
    "duplicate-personal-id": Case(
        fault={"Client": [*CLIENTS, *CLIENTS]}, alike={"Client": [*CLIENTS, CLIENTS[0] | GONE]}, count=2
    ),
    "duplicate-enrollment-id": Case(
        fault={"Enrollment": [*STAYS, STAYS[0]]}, alike={"Enrollment": [*STAYS, enrollment_row("3", "1")]}
    ),
    "duplicate-key": Case(
        fault={"Exit": [exit_row("2", LEFT, ExitID="1"), exit_row("2", LEFT, ExitID="2")]},
        alike={"Exit": [exit_row("1", LEFT, ExitID="1"), exit_row("2", LEFT, ExitID="2")], "Client": CLIENTS * 2},
    ),
    # A blank is found as a blank.
    "enrollment-without-client": Case(
        fault={"Enrollment": {0: {"PersonalID": "9"}}}, alike={"Enrollment": {0: {"PersonalID": ""}}}
    ),
    "enrollment-without-project": Case(
        fault={"Enrollment": {0: {"ProjectID": "Q"}}}, alike={"Enrollment": {0: {"ProjectID": ""}}}
    ),
    "record-without-parent": Case(
        fault={"Exit": {0: {"EnrollmentID": "9"}}}, alike={"Enrollment": {0: {"PersonalID": "9"}}}
    ),
    "unknown-user": Case(fault={"Client": {0: {"UserID": "V"}}}, alike={"Client": {0: {"UserID": " U "}}}),
    # The members of a household in one project share an id.
    "household-in-several-projects": Case(
        fault={
            "Project": [project_row(), project_row("Q")],
            "Enrollment": {0: {"HouseholdID": "H"}, 1: {"HouseholdID": "H", "ProjectID": "Q"}},
        },
        alike={"Enrollment": {0: {"HouseholdID": "H"}, 1: {"HouseholdID": "H"}}},
    ),
    "other-export-id": Case(fault={"Client": {0: {"ExportID": "2"}}}, alike={"Export": {0: {"SourceID": "2"}}}),
}
