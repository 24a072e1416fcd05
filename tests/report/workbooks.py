"""Reading the workbook of a report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl

from hmis_standards.report import ReportParts, write_report


def workbook(parts: ReportParts, folder: Path) -> Any:
    """The report of these parts as a workbook, opened by another library than the one that wrote it."""
    write_report(parts, folder / "report.xlsx")
    return openpyxl.load_workbook(folder / "report.xlsx")


def rows_of(sheet: Any) -> list[dict[str, Any]]:
    """The rows of a table by the titles of its columns."""
    header, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def texts_of(book: Any) -> list[str]:
    """Every text in every cell."""
    values = (cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    return [value for value in values if isinstance(value, str)]
