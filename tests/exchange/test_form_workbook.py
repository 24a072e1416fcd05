"""Forms as workbooks: whole, ready to print, and harmless whatever was filled in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from attrs import evolve

from hmis_standards.assess import Assessment, FilledForm, fill_form
from hmis_standards.exchange import write_form
from hmis_standards.store import load_catalog, load_eligibility, load_form, shipped_forms
from tests.exchange.test_excel import prints_to_one_page_width

CATALOG = load_catalog()
ITEM = "vendor-monitoring/CON-01"
HOSTILE = [
    "=1+1",
    "@SUM(A1)",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "https://example.org",
    "007",
    "{vendor} {coc}",
    "a\nb\tc\x07",
]


def filled(name: str, assessment: Assessment | None = None, **values: str) -> FilledForm:
    return fill_form(load_form(name), CATALOG, assessment, values, notes=True, eligibility=load_eligibility())


def book_of(form: FilledForm, folder: Path) -> Any:
    write_form(form, folder / "form.xlsx")
    return openpyxl.load_workbook(folder / "form.xlsx")


def rows_of(sheet: Any) -> list[dict[str, str | None]]:
    head, *rows = [[cell.value for cell in row] for row in sheet]
    return [dict(zip(head, row, strict=True)) for row in rows]


def cells_of(book: Any) -> Iterator[Any]:
    yield from (cell for sheet in book for row in sheet for cell in row)


@pytest.mark.parametrize("name", shipped_forms())
def test_a_shipped_form_is_whole_and_prints(name: str, tmp_path: Path) -> None:
    form = filled(name)
    book = book_of(form, tmp_path)
    clauses = {row["No."]: row for row in rows_of(book["Clauses"])}
    for section in form.sections:
        assert section.title in str(clauses[section.number]["Clause"])
        assert section.text in str(clauses[section.number]["Clause"])
        for one in section.clauses:
            row = clauses[one.number]
            assert (row["Clause"], row["Rests on"]) == (one.text, "\n".join(one.authorities))
    tables = [section.table for section in form.sections if section.table]
    assert book.sheetnames[:2] + book.sheetnames[-1:] == ["About", "Clauses", "Sources"]
    for title, table in zip(book.sheetnames[2:-1], tables, strict=True):
        held = [tuple(cell.value or "" for cell in row) for row in book[title]]
        assert held == [table.columns, *table.cells]
        assert book[title].freeze_panes == "B2"
    assert [row["Source"] for row in rows_of(book["Sources"])] == [one.id for one in form.sources]
    for sheet in book:
        assert prints_to_one_page_width(sheet)
        assert "Not HUD's form" in sheet.oddHeader.center.text
    assert not [cell for cell in cells_of(book) if cell.data_type == "f"]


def test_the_first_sheet_says_what_it_is(tmp_path: Path) -> None:
    form = filled("role-matrix", coc="XX-500")
    about = {row[0].value: row[1].value for row in book_of(form, tmp_path)["About"]}
    assert about["Before it is used"] == "\n".join(form.notices)
    assert about["Still open"] == "name of the HMIS Lead\nday of the decision"
    assert about["Sheets"] == "Clauses\n2 Roles of the HMIS Lead's\n3 Matrix\nSources"


def test_the_same_form_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one.xlsx", "two.xlsx"):
        write_form(filled("contract-logs"), tmp_path / name)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_what_an_assessment_says(tmp_path: Path) -> None:
    start = Assessment.start(CATALOG, subject="A vendor", on="2026-03-31", documents=["vendor-monitoring"])
    answers = start.answer(ITEM, "partial").answer("vendor-monitoring/GEN-04", "not_met", note="never sent")
    book = book_of(filled("vendor-monitoring-tool", answers), tmp_path)
    clause = next(row for row in rows_of(book["Clauses"]) if row["No."] == "1.4")
    assert clause["Standing"] == "to be agreed"
    assert str(clause["Because of"]).endswith("(vendor-monitoring/GEN-04): not met: never sent")
    assert next(row for row in rows_of(book["2 Contract"]) if row["Item"] == ITEM)["Rating"] == "partial"
    (choice,) = book["2 Contract"].data_validations.dataValidation
    assert (str(choice.sqref), choice.formula1) == ("F2:F5", '"met,partial,not met,not applicable"')
    blank = book_of(filled("vendor-monitoring-tool"), tmp_path)
    assert [cell.value for cell in blank["Clauses"][1]] == ["No.", "Clause", "Called for", "Rests on"]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_filled_in_stays_text(text: str, tmp_path: Path) -> None:
    start = Assessment.start(CATALOG, subject=text, on="2026-03-31", documents=["vendor-monitoring"])
    answers = start.answer("vendor-monitoring/GEN-04", "not_met", note=text)
    book = book_of(filled("vendor-monitoring-tool", answers, procedure=text), tmp_path)
    assert not [cell for cell in cells_of(book) if cell.data_type == "f" or cell.hyperlink]
    clause = next(str(row["Clause"]) for row in rows_of(book["Clauses"]) if row["No."] == "1.1")
    assert text.replace("\x07", "_x0007_") in clause


def test_titles_that_are_no_names_of_sheets(tmp_path: Path) -> None:
    form = filled("contract-logs")
    long = [evolve(one, title=f"[{'Long/name:*?' * 5}'") for one in form.sections]
    names = book_of(evolve(form, sections=tuple(long)), tmp_path).sheetnames[2:-1]
    assert [name[:2] for name in names] == ["1 ", "2 ", "3 "]
    assert all(len(name) <= 31 for name in names)


def test_a_text_too_long_for_a_cell_is_told(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="does not fit an Excel cell"):
        write_form(filled("role-matrix", coc="x" * 40_000), tmp_path / "form.xlsx")
