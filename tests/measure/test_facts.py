"""Checks of the files: where they look, what their rows say, and which columns are urgent."""

from __future__ import annotations

from pathlib import Path

import pytest

from hmis_standards.measure import Export, check, open_export
from hmis_standards.measure.facts import FACTS, urgent_columns
from hmis_standards.store import load_checks
from hmis_standards.vocabulary import CheckKind
from tests.measure.planted import clean, record
from tests.measure.whole import packed, with_text, without_column, write_whole

CHECKS = load_checks()
READING = [(one.id, *place) for one in CHECKS if one.fact for place in one.reads]
OPTIONS = {"require_hashed": 1, "require_zip": 1}


def test_every_fact_is_that_of_a_check_and_the_other_way_round() -> None:
    assert {one.fact for one in CHECKS if one.fact} == set(FACTS)


@pytest.mark.parametrize("edition", ["FY2024", "FY2026"])
def test_a_whole_export_of_each_edition_is_clean(edition: str, tmp_path: Path) -> None:
    with open_export(write_whole(clean(edition), {}, tmp_path, edition)) as export:
        found = check(export, CHECKS.select(kind=CheckKind.FILE))
    assert {one.check.id: (one.status, one.count) for one in found if one.count or one.status == "error"} == {}


# --- which columns are urgent ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "place",
    [
        "Client.PersonalID", "Enrollment.EntryDate", "Enrollment.HouseholdID", "Exit.ExitDate", "Project.ProjectType",
        "HMISParticipation.HMISParticipationStatusEndDate", "Inventory.BedInventory", "Services.ServicesID",
    ],
)  # fmt: skip
@pytest.mark.parametrize("edition", ["FY2024", "FY2026"])
def test_keys_and_what_places_or_counts_a_stay_is_urgent(place: str, edition: str) -> None:
    table, column = place.split(".")
    assert (table, column) in urgent_columns(edition)


@pytest.mark.parametrize("place", ["Client.MiddleName", "Client.DateUpdated", "Export.SoftwareName", "User.UserEmail"])
def test_what_no_check_reads_is_not_urgent(place: str) -> None:
    table, column = place.split(".")
    assert (table, column) not in urgent_columns("FY2026")


# --- rows --------------------------------------------------------------------------------------------------


def test_rows_name_file_column_and_rule_and_have_no_ids(tmp_path: Path) -> None:
    cells = {"DateUpdated": "Monday", "LastName": "[Li]"}
    with open_export(write_whole(clean(), {"Client": {0: cells}}, tmp_path)) as export:
        found = check(export)
    (row,) = found.rows("unreadable-date")
    assert row == {
        "check": "unreadable-date",
        "severity": "error",
        "table": "Client",
        "project_id": "",
        "personal_id": "",
        "enrollment_id": "",
        "household_id": "",
        "record_id": "",
        "detail": "DateUpdated: Dates in other columns cannot be read (1 of 2 values)",
    }
    assert found.rows("not-hashed") == []
    assert "Li" not in str(found.rows("forbidden-characters"))


def test_names_that_are_not_of_the_format_are_counted_and_not_repeated(tmp_path: Path) -> None:
    source = write_whole(clean(), packed(Client=with_text("MiddleName", "Zyxwvut")), tmp_path)
    with open_export(source) as export:
        rows = check(export).rows("missing-or-extra-column")
    assert [row["detail"].partition(":")[0] for row in rows[:1]] == ["MiddleName"]
    assert "1 that the format does not have" in rows[1]["detail"]
    assert "Zyxwvut" not in str(rows)


def test_lines_of_rows_that_do_not_fit(tmp_path: Path) -> None:
    with open_export(write_whole(clean(), packed(Exit=lambda text: text + "1\n1,2\n"), tmp_path)) as export:
        found = check(export)
    (row,) = found.rows("rows-that-do-not-fit")
    assert found["rows-that-do-not-fit"].count == 2
    assert "(2 rows, lines 3, 4 first)" in row["detail"]


# --- what cannot be known ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "table", "column"), READING)
def test_without_what_it_reads_a_check_is_not_passed(name: str, table: str, column: str, tmp_path: Path) -> None:
    """Where a key is gone everything else is told all the same."""
    source = write_whole(clean(), packed(**{table: without_column(column)}), tmp_path)
    with open_export(source) as export:
        found = check(export, settings=OPTIONS)
    assert found[name].status == "error"
    assert found[name].reason == f"{table}.{column} is missing from the export"
    assert found["missing-column-that-matters"].count + found["missing-or-extra-column"].count == 1


def statuses(export: Export) -> dict[str, str]:
    return {one.check.id: one.status for one in check(export, CHECKS.select(kind=CheckKind.FILE))}


def test_nothing_to_look_at_is_not_applicable(tmp_path: Path) -> None:
    """A folder is no zip that could hold a folder; a User.csv without rows lists nobody on purpose."""
    with open_export(write_whole(clean(), {"User": []}, tmp_path)) as export:
        found = statuses(export)
    off = {"folder-in-zip", "not-a-zip", "not-hashed", "unknown-user", "invalid-current-living-situation"}
    assert {name for name, status in found.items() if status != "ok"} == off


@pytest.mark.parametrize("table", ["YouthEducationStatus", "AssessmentQuestions", "AssessmentResults"])
def test_files_of_which_only_the_keys_are_read_are_looked_at_too(table: str, tmp_path: Path) -> None:
    """Three rows: the second repeats the key of the first, the third leads to an enrollment that is not there."""
    own = f"{table.removesuffix('s') if table != 'YouthEducationStatus' else table}ID"
    parent = {"AssessmentID": "1"} if table.startswith("Assessment") else {}
    rows = [{own: key, "EnrollmentID": stay, **parent} for key, stay in (("1", "1"), ("1", "1"), ("2", "9"))]
    tables = {**clean(), "Assessment": [record("Assessment", AssessmentID="1")], table: rows}
    with open_export(write_whole(tables, {}, tmp_path)) as export:
        found = check(export, [CHECKS["duplicate-key"], CHECKS["record-without-parent"]])
        assert {
            name: [row["table"] for row in found.rows(name)] for name in ("duplicate-key", "record-without-parent")
        } == {
            "duplicate-key": [table],
            "record-without-parent": [table],
        }
    assert [one.count for one in found] == [1, 1]


def test_an_answer_belongs_to_an_assessment_of_the_export(tmp_path: Path) -> None:
    """An assessment is there, so AssessmentID 9 leads nowhere."""
    answer = {"AssessmentQuestionID": "1", "EnrollmentID": "1", "AssessmentID": "9"}
    tables = {**clean(), "Assessment": [record("Assessment", AssessmentID="1")], "AssessmentQuestions": [answer]}
    with open_export(write_whole(tables, {}, tmp_path)) as export:
        found = check(export, [CHECKS["record-without-parent"]])
        (row,) = found.rows("record-without-parent")
    assert (row["table"], row["detail"].split(":")[0]) == ("AssessmentQuestions", "AssessmentID")
