"""Every document that is shipped, as a file to fill in. Warnings are errors: the writer warns where it drops text."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from hmis_standards.assess import Assessment, gaps, plan
from hmis_standards.exchange import read_assessment, write_assessment, write_plan
from hmis_standards.store import load_catalog


@pytest.mark.parametrize("suffix", [".yaml", ".json", ".csv", ".xlsx"])
def test_new_assessment_of_all_documents(suffix: str, tmp_path: Path) -> None:
    catalog = load_catalog()
    documents = [document.id for document in catalog.documents]
    blank = Assessment.start(catalog, subject="XX-500", on="2026-03-01", documents=documents)
    path = tmp_path / f"new{suffix}"
    write_assessment(blank, path, unanswered=True)
    assert read_assessment(path) == blank


def test_workbook_has_every_item_and_only_progress_is_counted(tmp_path: Path) -> None:
    catalog = load_catalog()
    documents = [document.id for document in catalog.documents]
    path = tmp_path / "new.xlsx"
    write_assessment(Assessment.start(catalog, subject="X", on="2026-03-01", documents=documents), path)
    book = openpyxl.load_workbook(path)
    known = set(catalog)
    assert [cell.value for sheet in book for cell in sheet["A"] if cell.value in known] == list(catalog)
    formulas = {sheet.title for sheet in book for row in sheet for cell in row if cell.data_type == "f"}
    assert formulas == {"Progress"}


def test_plan_of_all_items(tmp_path: Path) -> None:
    catalog = load_catalog()
    documents = [document.id for document in catalog.documents]
    blank = Assessment.start(catalog, subject="X", on="2026-03-01", documents=documents)
    made = plan(gaps(blank, include_unassessed=True), start="2026-04-01", target="0.80")
    assert made.reached
    write_plan(made, tmp_path / "plan.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "plan.xlsx")["Plan"]
    assert sheet.max_row == len(made.actions) + 1  # and the header
