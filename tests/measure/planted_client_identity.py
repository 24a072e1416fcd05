"""Planted faults for the checks of standards_data/checks/client_identity.yaml."""

from __future__ import annotations

from tests.measure.planted import Case, Change


def client(**cells: str) -> Change:
    """The second client, Bea Example, born in 1980."""
    return {"Client": {1: cells}}


def cells(fault: dict[str, str], alike: dict[str, str], count: int = 1) -> Case:
    return Case(fault=client(**fault), alike=client(**alike), count=count)


CASES = {
    "race-contradiction": cells({"RaceNone": "8"}, {"RaceNone": "8", "White": "0"}),
    "race-missing": cells({"White": "0"}, {"White": "0", "RaceNone": "99"}),
    "name-contradiction": cells({"LastName": ""}, {"LastName": "", "NameDataQuality": "2"}),
    "ssn-contradiction": cells({"SSN": "000000000"}, {"SSN": "", "SSNDataQuality": "8"}),
    # Both who have it are found.
    "ssn-shared": cells({"SSN": "078051120"}, {"SSN": "078051120", "SSNDataQuality": "2"}, 2),
    "possible-duplicate": cells({"FirstName": "ANN"}, {"FirstName": "ANN", "DOB": "1980-01-02"}, 2),
    "dob-in-future": cells({"DOB": "2025-10-06"}, {"DOB": "2025-10-05"}),
    "sex-missing": cells({"Sex": "99"}, {"Sex": "8"}),
    "dob-is-start": cells({"DOB": "2024-10-01"}, {"DOB": "2024-09-30"}),
    "minor-veteran": cells({"VeteranStatus": "1", "DOB": "2006-10-02"}, {"VeteranStatus": "0", "DOB": "2006-10-02"}),
}
