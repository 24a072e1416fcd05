"""The sample export: made afresh it is the file on disk, and it is what its readers are promised."""

from __future__ import annotations

import csv
import importlib.util
import io
import zipfile
from collections import Counter
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from hmis_standards.store import load_hmis_csv

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
ARCHIVE = EXAMPLES / "sample" / "hmis-export.zip"

Rows = list[dict[str, str]]


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_sample_export", EXAMPLES / "make_sample_export.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def tables() -> dict[str, Rows]:
    with zipfile.ZipFile(ARCHIVE) as archive:
        texts = {name: archive.read(name).decode("utf-8") for name in archive.namelist()}
    return {name[:-4]: list(csv.DictReader(io.StringIO(text, newline=""))) for name, text in texts.items()}


def test_made_afresh_it_is_the_file_on_disk(tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.zip"
    script = _script()
    assert script.main(["-o", str(fresh)]) == 0
    assert script.content(fresh.read_bytes()) == script.content(ARCHIVE.read_bytes()), (
        "run python examples/make_sample_export.py"
    )
    again = tmp_path / "again.zip"
    assert script.main(["-o", str(again)]) == 0
    assert again.read_bytes() == fresh.read_bytes()


def test_check_finds_a_difference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = _script()
    monkeypatch.setattr(script, "build_zip", lambda: b"new")
    monkeypatch.setattr(script, "content", lambda archive: archive)
    path = tmp_path / "old.zip"
    assert script.main(["--check", "-o", str(path)]) == 1
    path.write_bytes(b"old")
    assert script.main(["--check", "-o", str(path)]) == 1
    path.write_bytes(b"new")
    assert script.main(["--check", "-o", str(path)]) == 0


def test_the_archive_is_small_sorted_and_undated() -> None:
    assert ARCHIVE.stat().st_size < 1_000_000
    with zipfile.ZipFile(ARCHIVE) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == sorted(archive.namelist())
        assert {member.date_time for member in archive.infolist()} == {(2025, 10, 6, 6, 15, 0)}


def test_files_and_columns_are_those_of_the_specification() -> None:
    spec = load_hmis_csv("FY2026")
    with zipfile.ZipFile(ARCHIVE) as archive:
        assert sorted(archive.namelist()) == sorted(f"{file.name}.csv" for file in spec.files)
        assert len(archive.namelist()) == 24
        for file in spec.files:
            header = archive.read(f"{file.name}.csv").split(b"\r\n", 1)[0].decode("utf-8")
            assert header == ",".join(f'"{column.name}"' for column in file.columns)


def test_values_have_the_form_of_their_type(tables: dict[str, Rows]) -> None:
    with zipfile.ZipFile(ARCHIVE) as archive:
        client = archive.read("Client.csv").decode("utf-8").split("\r\n")[1]
    assert client.startswith('"100001","')
    assert not any("\ufeff" in column for column in tables["Export"][0])
    export = tables["Export"][0]
    assert (export["ExportStartDate"], export["ExportEndDate"]) == ("2024-10-01", "2025-09-30")
    assert export["ExportDate"] == "2025-10-06 06:15:00"
    assert (export["CSVVersion"], export["HashStatus"]) == ("2026 v1.0", "1")


def test_coded_answers_are_in_their_lists_and_required_ones_are_given(tables: dict[str, Rows]) -> None:
    spec = load_hmis_csv("FY2026")
    codes = {one.id: {code for code, _ in one.codes} for one in spec.lists}
    wrong = [
        (file.name, column.name, row[column.name])
        for file in spec.files
        for column in file.columns
        for row in tables[file.name]
        if (not row[column.name] and not column.nullable)
        or (row[column.name] and column.list and row[column.name] not in codes[column.list])
    ]
    assert wrong == []


def test_keys_lead_somewhere(tables: dict[str, Rows]) -> None:
    for key, home in (
        ("PersonalID", "Client"),
        ("EnrollmentID", "Enrollment"),
        ("ProjectID", "Project"),
        ("OrganizationID", "Organization"),
        ("AssessmentID", "Assessment"),
        ("UserID", "User"),
        ("ExportID", "Export"),
    ):
        known = Counter(row[key] for row in tables[home])
        assert max(known.values()) == 1
        for file, rows in tables.items():
            assert all(row[key] in known for row in rows if key in row), (file, key)


def test_the_community_has_the_promised_size(tables: dict[str, Rows]) -> None:
    assert 1_900 <= len(tables["Client"]) <= 2_150
    assert 2_600 <= len(tables["Enrollment"]) <= 2_900
    assert len(tables["Project"]) >= 12
    types = {row["ProjectType"] for row in tables["Project"]}
    assert types == {"0", "1", "2", "3", "4", "6", "8", "9", "11", "12", "13", "14"}
    assert {row["CoCCode"] for row in tables["ProjectCoC"]} == {"XX-500", "XX-501"}


def test_a_victim_service_provider_puts_no_clients_into_the_export(tables: dict[str, Rows]) -> None:
    hidden = {row["OrganizationID"] for row in tables["Organization"] if row["VictimServiceProvider"] == "1"}
    projects = {row["ProjectID"] for row in tables["Project"] if row["OrganizationID"] in hidden}
    kinds = {row["HMISParticipationType"] for row in tables["HMISParticipation"] if row["ProjectID"] in projects}
    assert projects
    assert kinds == {"2"}
    assert not any(row["ProjectID"] in projects for row in tables["Enrollment"])


def test_emergency_shelter_beds_are_covered_to_less_than_85_percent(tables: dict[str, Rows]) -> None:
    kind = {row["ProjectID"]: row["ProjectType"] for row in tables["Project"]}
    inside = {row["ProjectID"] for row in tables["HMISParticipation"] if row["HMISParticipationType"] == "1"}

    def share(types: set[str]) -> float:
        beds = [
            row for row in tables["Inventory"] if kind[row["ProjectID"]] in types and row["Availability"] in ("", "1")
        ]
        covered = sum(int(row["BedInventory"]) for row in beds if row["ProjectID"] in inside)
        return covered / sum(int(row["BedInventory"]) for row in beds)

    assert 0.6 < share({"0", "1"}) < 0.85
    assert share({"2", "3", "8", "9", "13"}) > 0.95


def test_faults_are_there_but_rare(tables: dict[str, Rows]) -> None:
    starts = {row["EnrollmentID"]: date.fromisoformat(row["EntryDate"]) for row in tables["Enrollment"]}
    exits = {row["EnrollmentID"]: date.fromisoformat(row["ExitDate"]) for row in tables["Exit"]}
    heads = Counter(row["HouseholdID"] for row in tables["Enrollment"] if row["RelationshipToHoH"] == "1")
    assert sum(day < starts[key] for key, day in exits.items()) == 3
    assert sum(day > date(2025, 10, 6) for day in exits.values()) == 2
    assert sum(count > 1 for count in heads.values()) == 5
    unknown = sum(row["Destination"] in ("8", "9", "30", "99") for row in tables["Exit"]) / len(tables["Exit"])
    assert 0.05 < unknown < 0.3


def test_data_entry_is_late_in_an_ordinary_way(tables: dict[str, Rows]) -> None:
    lags = sorted(
        (date.fromisoformat(row["DateCreated"][:10]) - date.fromisoformat(row["EntryDate"])).days
        for row in tables["Enrollment"]
        if row["EntryDate"] >= "2024-10-01"
    )
    assert lags[0] < 0
    assert 1 <= lags[len(lags) // 2] <= 3
    assert lags[-1] > 60


def test_no_social_security_number_was_issued_before_numbers_were_random(tables: dict[str, Rows]) -> None:
    """Full numbers are of areas 774 to 899, or are among the few planted impossible ones."""
    full = [row["SSN"] for row in tables["Client"] if row["SSNDataQuality"] == "1"]
    strange = [ssn for ssn in full if not 774 <= int(ssn[:3]) <= 899]
    assert len(strange) <= 40
    assert set(strange) <= {
        "111111111", "123456789", "000450912", "666128450", "999999999", "900551200", "555000000",
    }  # fmt: skip
