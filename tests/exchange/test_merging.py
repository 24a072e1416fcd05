"""Files of several people become one, and the list of conflicts a file."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest

from hmis_standards.assess import Assessor
from hmis_standards.errors import InvalidDocument
from hmis_standards.exchange import merge_files, read_assessment, write_assessment, write_conflicts
from tests.exchange.sample import CATALOG, blank
from tests.small import GOV1, GOV2, SEC1


def given_out(folder: Path, *names: str) -> list[Path]:
    """A workbook for each of these people, with nothing in it and nobody's name on it."""
    paths = [folder / f"{name}.xlsx" for name in names]
    for path in paths:
        write_assessment(blank(), path)
    return paths


def fill_in(path: Path, assessor: str | None = None, **typed: str) -> None:
    """Type into a workbook as a person does: ``GOV_C3="met"``."""
    book = openpyxl.load_workbook(path)
    book["Instructions"]["B4"] = assessor
    for place, text in typed.items():
        section, cell = place.split("_")
        book[f"lead-basics {section}"][cell] = text
    book.save(path)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    paths = given_out(tmp_path, "north", "south", "lead")
    fill_in(paths[0], "Ann", GOV_C3="Met", GOV_D3="Seen.", GOV_C4="partial", GOV_F4="minutes | Board | 2026-02-11")
    fill_in(paths[1], None, GOV_C3="met", GOV_C4="not applicable", GOV_E4="One project only.")
    fill_in(paths[2], "Ann", SEC_C3="NOT MET")
    return paths


def test_workbooks_that_people_filled_in_become_one(files: list[Path]) -> None:
    merged = merge_files(files, CATALOG)
    assert merged.respondents == ("Ann (north.xlsx)", "south", "Ann (lead.xlsx)")
    answers = {one.item: one.answer for one in merged.assessment.responses}
    assert answers == {GOV1: "met", GOV2: None, SEC1: "not_met"}
    assert [one.item.id for one in merged.open] == [GOV2]
    assert merged.assessment.assessor == Assessor(name="Ann", kind="peer")


def test_the_merged_file_can_be_filled_in_and_read(files: list[Path], tmp_path: Path) -> None:
    merged = merge_files(files, CATALOG)
    write_assessment(merged.assessment, tmp_path / "all.xlsx")
    assert read_assessment(tmp_path / "all.xlsx", CATALOG) == merged.assessment
    fill_in(tmp_path / "all.xlsx", "Ann", GOV_C4="partial")
    response = read_assessment(tmp_path / "all.xlsx", CATALOG).response(GOV2)
    assert response is not None
    assert response.answer == "partial"


def test_the_problems_of_all_files_are_told(files: list[Path], tmp_path: Path) -> None:
    fill_in(files[0], "Ann", GOV_C3="yes")
    fill_in(files[1], "Bob", GOV_C5="maybe")
    files[2].write_text("no workbook")
    with pytest.raises(InvalidDocument) as caught:
        merge_files(files, CATALOG)
    told = [str(problem).replace(f"{tmp_path}/", "") for problem in caught.value.problems]
    assert [one.split(": ")[0] for one in told] == [
        "north.xlsx!lead-basics GOV!C3",
        "south.xlsx!lead-basics GOV!C5",
        "lead.xlsx:1",
    ]


def test_files_of_one_name_in_two_folders(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
    paths = [*given_out(tmp_path / "a", "part"), *given_out(tmp_path / "b", "part")]
    fill_in(paths[0])
    fill_in(paths[1])
    assert merge_files(paths, CATALOG).respondents == tuple(map(str, paths))


@pytest.mark.parametrize("take", ["none", "first"])
def test_the_list_of_conflicts(take: str, files: list[Path], tmp_path: Path) -> None:
    merged = merge_files(files, CATALOG, take=take)
    write_conflicts(merged, tmp_path / "c.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "c.csv").read_text(encoding="utf-8-sig"), newline="")))
    assert [(row["Item"], row["Respondent"], row["Answer"], row["Taken"], row["Reason"]) for row in rows] == [
        (GOV2, "Ann (north.xlsx)", "partial", "open" if take == "none" else "yes", ""),
        (GOV2, "south", "not_applicable", "open" if take == "none" else "no", "One project only."),
    ]
    assert rows[0]["Evidence"] == "minutes | Board | 2026-02-11"
    write_conflicts(merged, tmp_path / "c.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "c.xlsx")["Conflicts"]
    assert [cell.value for cell in sheet["C"]] == ["Respondent", "Ann (north.xlsx)", "south"]
    write_conflicts(merged, tmp_path / "d.xlsx")
    assert (tmp_path / "c.xlsx").read_bytes() == (tmp_path / "d.xlsx").read_bytes()


def test_no_cell_of_the_list_is_a_formula(files: list[Path], tmp_path: Path) -> None:
    fill_in(files[0], "Ann", GOV_C4="partial", GOV_D4="@SUM(A1)")
    merged = merge_files(files, CATALOG)
    write_conflicts(merged, tmp_path / "c.csv")
    assert ",'@SUM(A1)," in (tmp_path / "c.csv").read_text(encoding="utf-8-sig")
    write_conflicts(merged, tmp_path / "c.xlsx")
    cells = [cell for row in openpyxl.load_workbook(tmp_path / "c.xlsx")["Conflicts"] for cell in row]
    assert "@SUM(A1)" in [cell.value for cell in cells]
    assert "f" not in {cell.data_type for cell in cells}


def test_another_suffix_is_refused(files: list[Path], tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"c\.txt: conflicts are written to \.csv or \.xlsx"):
        write_conflicts(merge_files(files, CATALOG), tmp_path / "c.txt")
