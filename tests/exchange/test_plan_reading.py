"""A plan's workbook as people fill it in: sorted, with rows and columns of their own, saved by another program."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from hmis_standards.assess import gaps, plan
from hmis_standards.errors import DocumentSyntaxError, InvalidDocument
from hmis_standards.exchange import read_plan_status, write_plan
from tests.exchange.sample import blank
from tests.small import CON1, GOV1, GOV2, SEC1


@pytest.fixture
def path(tmp_path: Path) -> Path:
    a = blank().answer(GOV1, "not_met").answer(GOV2, "partial").answer(SEC1, "not_met").answer(CON1, "not_met")
    write_plan(plan(gaps(a), start="2026-04-01"), tmp_path / "plan.xlsx")
    return tmp_path / "plan.xlsx"


def filled(path: Path, **cells: Any) -> Path:
    """The workbook with cells of the sheet Plan changed."""
    book = openpyxl.load_workbook(path)
    for name, value in cells.items():
        book["Plan"][name].value = value
    book.save(path)
    return path


def test_untouched(path: Path) -> None:
    found = read_plan_status(path)
    assert {one.item for one in found} == {GOV1, GOV2, SEC1, CON1}
    assert found.counts() == {"not started": 4, "under way": 0, "waiting": 0, "done": 0, "dropped": 0}
    assert found.done == ()


def test_filled_in(path: Path) -> None:
    found = read_plan_status(filled(path, C2="done", C3=" Under  Way ", C4=None, D3="R. Doe", N3="Asked the vendor"))
    assert [one.status for one in found] == ["done", "under way", "not started", "not started"]
    assert found.done == (found[0].item,)
    said = {"item": found[1].item, "status": "under way", "person": "R. Doe", "notes": "Asked the vendor"}
    assert found[1].row() == said


def test_sorted_renamed_and_with_rows_and_columns_of_their_own(path: Path) -> None:
    book = openpyxl.load_workbook(filled(path, C2="done"))
    sheet = book["Plan"]
    done = sheet["O2"].value
    sheet.title = "Our plan"
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    for place, row in enumerate(reversed(rows), start=2):
        for column, value in enumerate(row, start=1):
            sheet.cell(place, column).value = value
    sheet.append(["Q9", "Buy a cake", "urgent"])
    sheet.insert_cols(2)
    sheet.insert_rows(1, 2)
    sheet["B3"].value = "Our column"
    book.save(path)
    found = read_plan_status(path)
    assert len(found) == 4
    assert found.done == (done,)
    assert found[-1].item == done


def test_every_fault_is_told_with_its_cell(path: Path) -> None:
    item = openpyxl.load_workbook(path)["Plan"]["O2"].value
    with pytest.raises(InvalidDocument) as caught:
        read_plan_status(filled(path, C2="don", C4="finished", O3=item))
    told = [(one.path.partition("!")[2], one.message, one.hint) for one in caught.value.problems]
    assert told == [
        ("Plan!C2", "status 'don' is not on the list", "did you mean done?"),
        ("Plan!O3", f"{item} stands there twice", "delete one of the rows"),
        ("Plan!C4", "status 'finished' is not on the list", told[2][2]),
    ]


def test_what_is_no_plan(path: Path, tmp_path: Path) -> None:
    with pytest.raises(InvalidDocument, match="no sheet with the columns Item, Status, Person, Notes"):
        read_plan_status(filled(path, C1="State"))
    (tmp_path / "text.xlsx").write_text("item,status\n")
    with pytest.raises(DocumentSyntaxError):
        read_plan_status(tmp_path / "text.xlsx")
