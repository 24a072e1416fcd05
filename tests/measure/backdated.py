"""The planted faults of FY2026 as an export of FY2022 has them: other names, other codes, and files of their own.

Written by hand from the two formats, without the library's crosswalk, in the other direction.
"""

from __future__ import annotations

from pathlib import Path

from tests.measure.planted import Change, Packed, clean, with_rows
from tests.measure.small_exports import Row, Tables, write_folder
from tests.measure.whole import texts_of_whole, whole

__all__ = ["EDITION", "NotIn2022", "backdated", "write_2022"]

EDITION = "FY2022"
SITUATIONS = {
    "116": "16", "101": "1", "118": "18", "215": "15", "206": "6", "207": "7", "225": "25", "204": "4", "205": "5",
    "302": "2", "329": "29", "314": "14", "332": "32", "312": "12", "313": "13", "327": "27", "335": "35", "336": "36",
    "422": "22", "423": "23", "426": "26", "410": "10", "421": "21", "411": "11",
}  # fmt: skip
SUBSIDIZED = {"428": "28", "419": "19", "431": "31", "433": "33", "434": "34", "420": "20", "440": "3"}
"""Kinds of subsidy beside 435, a code of their own in FY2022."""
CODED = {
    "Enrollment": ("LivingSituation", "RentalSubsidyType"),
    "Exit": ("Destination", "DestinationSubsidyType"),
    "CurrentLivingSituation": ("CurrentLivingSituation", "CLSSubsidyType"),
}
RENAMED = {
    "HealthAndDV": {"DomesticViolenceSurvivor": "DomesticViolenceVictim"},
    "IncomeBenefits": {"VHAServices": "VAMedicalServices"},
}
ALWAYS = "2010-01-01"


class NotIn2022(Exception):
    """What FY2022 has no way to say."""


def backdated(tables: Tables) -> Tables:
    """The tables under the names and codes of FY2022. Raises NotIn2022."""
    found = {name: [_renamed(name, row) for row in rows] for name, rows in tables.items()}
    found["Project"] = [_project(row, tables) for row in found["Project"]]
    found["Client"] = [_client(row) for row in found["Client"]]
    found["EnrollmentCoC"] = [_located(row) for row in tables["Enrollment"] if row.get("EnrollmentCoC")]
    for row in found["Export"]:
        row["CSVVersion"] = "2022 v1.2"
    if found.pop("CEParticipation", []):
        raise NotIn2022("coordinated entry had no participation")
    del found["HMISParticipation"]
    return found


def _renamed(table: str, row: Row) -> Row:
    names = RENAMED.get(table, {})
    made = {names.get(name, name): cell for name, cell in row.items()}
    if table in CODED:
        situation, subsidy = CODED[table]
        made[situation] = _situation(row.get(situation, ""), made.pop(subsidy, ""))
    return made


def _situation(code: str, subsidy: str) -> str:
    if code == "435":
        if subsidy not in SUBSIDIZED:
            raise NotIn2022("a subsidy was a code of its own and cannot be blank")
        return SUBSIDIZED[subsidy]
    return SITUATIONS.get(code, code)


def _project(row: Row, tables: Tables) -> Row:
    if row.get("RRHSubType") == "1":
        raise NotIn2022("rapid re-housing had no services-only kind")
    records = [one for one in tables["HMISParticipation"] if one["ProjectID"] == row["ProjectID"]]
    begins, ends = "HMISParticipationStatusStartDate", "HMISParticipationStatusEndDate"
    if len(records) > 1 or any(one[ends] or one[begins] != ALWAYS for one in records):
        raise NotIn2022("a project took part or did not, without dates")
    part = str(int(any(one["HMISParticipationType"] == "1" for one in records)))
    kind, method = {"0": ("1", "0"), "1": ("1", "3")}.get(row["ProjectType"], (row["ProjectType"], ""))
    return row | {"ProjectType": kind, "TrackingMethod": method, "HMISParticipatingProject": part}


def _client(row: Row) -> Row:
    if row.get("MidEastNAfrican") == "1":
        raise NotIn2022("there was no such race")
    hispanic = row.get("HispanicLatinao", "")
    return row | {"Ethnicity": hispanic or "0", "Female": "1", "GenderNone": ""}


def _located(row: Row) -> Row:
    return {
        "EnrollmentCoCID": row["EnrollmentID"], "EnrollmentID": row["EnrollmentID"], "PersonalID": row["PersonalID"],
        "HouseholdID": row["HouseholdID"], "ProjectID": row["ProjectID"], "InformationDate": row["EntryDate"],
        "CoCCode": row["EnrollmentCoC"], "DataCollectionStage": "1",
    }  # fmt: skip


def write_2022(what: Change | Packed, folder: Path) -> Path:
    """The clean export of FY2022, whole, with a change of FY2026 carried out before or on its files."""
    if callable(what):
        return what(texts_of_whole(whole(backdated(clean()), EDITION), EDITION), folder)
    full = whole(backdated(with_rows(clean(), what)), EDITION)
    return write_folder(texts_of_whole(full, EDITION), folder)
