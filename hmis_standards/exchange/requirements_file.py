"""The requirements register as a file to hand to those who offer software, with columns for their answers."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

from hmis_standards.exchange.csv_file import guarded
from hmis_standards.exchange.sheets import CELL, fit, new_workbook, print_setup, put, table_sheet
from hmis_standards.toolkit.register import Requirements

__all__ = ["write_requirements"]

# Key of a row, heading, width in Excel.
_COLUMNS = (
    ("id", "Id", 22),
    ("need", "Requirement", 34),
    ("requirement", "What is asked", 60),
    ("mandatory", "Mandatory", 10),
    ("priority", "Rank", 9),
    ("applies", "Where it applies", 30),
    ("how_to_verify", "How it is verified", 44),
    ("authorities", "Authorities", 34),
)
_ANSWERS = (("Your answer", 16), ("Since or from (date)", 14), ("Where it can be seen", 34))
_CHOICES = ("meets", "meets in part", "planned", "does not")


def write_requirements(register: Requirements, path: str | Path) -> None:
    """Write the register as ``.xlsx`` or ``.csv``: one row a requirement, and blank columns for the vendor.

    In Excel the answer is chosen from meets, meets in part, planned, does not.

    Raises:
        MissingExtra: writing Excel needs ``hmis-standards[excel]``.
        ValueError: the suffix is neither.
        OSError: the file cannot be written.
    """
    target = Path(path)
    rows = [[str(row[key]) for key, _, _ in _COLUMNS] for row in register.rows()]
    suffix = target.suffix.lower()
    if suffix == ".csv":
        target.write_bytes(_csv(rows).encode("utf-8-sig"))
    elif suffix == ".xlsx":
        target.write_bytes(_workbook(rows))
    else:
        raise ValueError(f"{target}: a requirements register is written to .xlsx or .csv")


def _csv(rows: list[list[str]]) -> str:
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\r\n")
    out.writerow([*(title for _, title, _ in _COLUMNS), *(title for title, _ in _ANSWERS)])
    out.writerows([*map(guarded, row), *("" for _ in _ANSWERS)] for row in rows)
    return text.getvalue()


def _workbook(rows: list[list[str]]) -> bytes:
    book, target = new_workbook()
    columns = [*((title, width) for _, title, width in _COLUMNS), *_ANSWERS]
    sheet, cell = table_sheet(book, "Requirements", columns), book.add_format(CELL)
    for row, values in enumerate(rows, start=1):
        _write_row(sheet, row, values, cell)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
    first = len(_COLUMNS)
    sheet.data_validation(1, first, max(len(rows), 1), first, {"validate": "list", "source": list(_CHOICES)})
    print_setup(sheet)
    book.close()
    return target.getvalue()


def _write_row(sheet: Any, row: int, values: list[str], cell: Any) -> None:
    for column, value in enumerate([*values, *("" for _ in _ANSWERS)]):
        put(sheet, row, column, value, cell)
    fit(sheet, row, [(value, width) for value, (_, _, width) in zip(values, _COLUMNS, strict=True)])
