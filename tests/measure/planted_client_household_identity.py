"""Planted faults for the checks of standards_data/checks/client_household_identity.yaml."""

from __future__ import annotations

from tests.measure.planted import Case, Change


def first(**cells: str) -> Change:
    """The first client's answers."""
    return {"Client": {0: cells}}


def member(**cells: str) -> Change:
    """The second person as a member of the first one's household."""
    return {"Enrollment": {1: {"HouseholdID": "H1", "RelationshipToHoH": "3", **cells}}}


CASES = {
    "duplicate-enrollment": Case(
        fault={"Enrollment": {1: {"PersonalID": "1"}}},
        alike={"Enrollment": {1: {"PersonalID": "1", "EntryDate": "2024-10-02"}}},
        count=2,
    ),
    "household-without-head": Case(fault={"Enrollment": {0: {"RelationshipToHoH": "3"}}}, alike=member()),
    # Two households that have one number in two projects each have their head.
    "several-heads": Case(fault=member(RelationshipToHoH="1"), alike=member(RelationshipToHoH="1", ProjectID="Q")),
    "relationship-not-collected": Case(
        fault=member(RelationshipToHoH="99"), alike={"Enrollment": {0: {"RelationshipToHoH": "99"}}}
    ),
    # Twelve on the day of the start, and a day younger.
    "household-of-children": Case(fault=first(DOB="2012-10-02"), alike=first(DOB="2012-10-01")),
    "born-after-start": Case(fault=first(DOB="2024-10-02"), alike=first(DOB="2024-10-01")),
    "over-100-at-start": Case(fault=first(DOB="1923-10-01"), alike=first(DOB="1923-10-02")),
    "dob-blank-but-reported": Case(fault=first(DOB=""), alike=first(DOB="", DOBDataQuality="8")),
    "dob-unknown": Case(fault=first(DOBDataQuality="9"), alike=first(DOBDataQuality="2")),
    "name-unknown": Case(fault=first(NameDataQuality="2"), alike=first(FirstName="")),
    "ssn-unknown": Case(fault=first(SSNDataQuality="99"), alike=first(SSNDataQuality="2")),
    "race-unknown": Case(fault=first(RaceNone="8"), alike=first(White="0")),
    "veteran-status-unknown": Case(
        fault=first(VeteranStatus="99"), alike=first(VeteranStatus="99", DOB="2006-10-02")
    ),
    "enrollment-coc-missing": Case(fault={"Enrollment": {0: {"EnrollmentCoC": ""}}}, alike=member(EnrollmentCoC="")),
    "disabling-condition-unknown": Case(
        fault={"Enrollment": {0: {"DisablingCondition": "8"}}}, alike={"Enrollment": {0: {"DisablingCondition": ""}}}
    ),
}  # fmt: skip
