"""Planted faults for the checks of standards_data/checks/file_codes.yaml: codes of no list, of an older or another."""

from __future__ import annotations

from tests.measure.planted import Case, Change


def client(**cells: str) -> Change:
    return {"Client": {0: cells}}


def stay(**cells: str) -> Change:
    return {"Enrollment": {0: cells}}


def left_to(destination: str) -> Change:
    return {"Exit": {0: {"Destination": destination}}}


def contact(situation: str) -> Change:
    return {"CurrentLivingSituation": [{"EnrollmentID": "1", "CurrentLivingSituation": situation}]}


CASES = {
    # Two values of one client count two; a code that is no number is of the wrong type.
    "invalid-client-code": Case(
        fault=client(VeteranStatus="7", White="8"), alike=client(VeteranStatus="yes", RaceNone="99"), count=2
    ),
    "invalid-disabling-condition": Case(fault=stay(DisablingCondition="7"), alike=stay(DisablingCondition="99")),
    "invalid-prior-living-situation": Case(fault=stay(LivingSituation="16"), alike=stay(LivingSituation="435")),
    "invalid-relationship": Case(fault=stay(RelationshipToHoH="6"), alike=stay(RelationshipToHoH="99")),
    "invalid-destination": Case(fault=left_to("12"), alike=left_to("24")),
    "invalid-current-living-situation": Case(fault=contact("12"), alike=contact("37")),
    "invalid-code": Case(fault=client(NameDataQuality="3"), alike=client(NameDataQuality="2", VeteranStatus="7")),
}
