"""Planted faults for the checks of standards_data/checks/client_households.yaml."""

from __future__ import annotations

from tests.measure.planted import Case, Change


def member(relationship: str, born: str, head_born: str = "1980-01-01", **cells: str) -> Change:
    """The second client is a member of the first one's household."""
    return {
        "Client": {0: {"DOB": head_born}, 1: {"DOB": born}},
        "Enrollment": {1: {"HouseholdID": "H1", "RelationshipToHoH": relationship, **cells}},
    }


CASES = {
    "child-heads-adults": Case(
        fault=member("5", "1980-01-01", "2006-10-02"), alike=member("5", "2006-10-02", "2006-10-02")
    ),
    "spouse-under-18": Case(fault=member("3", "2006-10-02"), alike=member("3", "2006-10-01")),
    # On October 1, 2024, the head is 44 years old.
    "child-too-old-for-head": Case(fault=member("2", "1991-10-01"), alike=member("2", "1991-10-02")),
    "young-child-alone": Case(
        fault={"Client": {1: {"DOB": "2018-10-02"}}}, alike={"Client": {1: {"DOB": "2018-10-01"}}}
    ),
    "member-outside-head-stay": Case(
        fault=member("3", "1980-01-01", EntryDate="2024-09-30"), alike=member("3", "1980-01-01")
    ),
}
