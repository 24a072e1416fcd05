"""What all workbooks have in common: any text stays text, and what is locked can be unlocked by anybody."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import python_calamine

from hmis_standards.exchange.sheets import locked, new_workbook, protect, put


def test_a_text_that_looks_like_ready_made_xml_is_text(tmp_path: Path) -> None:
    hostile = ["<r><t>bold</t></r>", "<r></t></r>", "<r>", "<si><t>x</t></si>"]
    book, target = new_workbook()
    sheet = book.add_worksheet()
    for row, text in enumerate(hostile):
        put(sheet, row, 0, text)
    book.close()
    read = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(target.getvalue())).get_sheet_by_index(0)
    assert [row[0].strip() for row in read.to_python()] == hostile


def test_structure_and_cells_are_locked_without_a_password() -> None:
    book, target = new_workbook()
    sheet = book.add_worksheet("One")
    put(sheet, 0, 0, "fixed")
    put(sheet, 1, 0, "free", book.add_format({"locked": False}))
    protect(sheet)
    book.close()
    again = openpyxl.load_workbook(io.BytesIO(locked(target.getvalue())))
    assert again.security is not None
    assert again.security.lockStructure
    assert again.security.workbookPassword is None
    rules = again["One"].protection
    assert (rules.sheet, rules.password) == (True, None)
    allowed = ("sort", "autoFilter", "formatColumns", "formatRows", "insertColumns", "insertRows", "objects")
    assert [name for name in allowed if getattr(rules, name)] == []  # true would forbid it
    assert [again["One"][cell].protection.locked for cell in ("A1", "A2")] == [True, False]


def test_locking_changes_nothing_else() -> None:
    book, target = new_workbook()
    put(book.add_worksheet("One"), 0, 0, "text")
    book.close()
    made = target.getvalue()
    assert locked(made) == locked(made)
    assert openpyxl.load_workbook(io.BytesIO(locked(made)))["One"]["A1"].value == "text"
