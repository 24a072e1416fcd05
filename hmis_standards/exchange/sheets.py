"""What all workbooks written have in common: no formulas, no clock, cells as text, ready to print."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable
from types import ModuleType
from typing import Any

from hmis_standards.errors import MissingExtra

__all__ = ["CELL", "HEADER", "LINE", "fit", "new_workbook", "print_setup", "put", "table_sheet"]

_CREATED = datetime.datetime(2000, 1, 1)
LINE, _HIGHEST = 15, 409  # points: of a line, and of the highest row Excel takes
_MOST_LETTERS = 32767  # of one Excel cell
HEADER = {"bold": True, "bg_color": "#1F3B57", "font_color": "#FFFFFF", "text_wrap": True, "valign": "top"}
CELL = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#BFBFBF"}


def _writer() -> ModuleType:
    try:
        import xlsxwriter
    except ImportError:
        raise MissingExtra("excel") from None
    module: ModuleType = xlsxwriter
    return module


def new_workbook() -> tuple[Any, io.BytesIO]:
    """A workbook in memory that takes no text for a formula, a link or a number, and knows no clock."""
    target = io.BytesIO()
    plain_text = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = _writer().Workbook(target, {"in_memory": True, **plain_text})
    book.set_properties({"created": _CREATED})
    return book, target


def put(sheet: Any, row: int, column: int, text: str, style: Any = None) -> None:
    """Always as text, whatever it begins with."""
    if len(text) > _MOST_LETTERS:
        raise ValueError(f"a text of {len(text):,} letters does not fit an Excel cell; write a file of another kind")
    if text:
        sheet.write_string(row, column, text, style)
    else:
        sheet.write_blank(row, column, None, style)


def fit(sheet: Any, row: int, cells: Iterable[tuple[str, int]]) -> None:
    """A row as high as its fullest cell: Excel works that out by itself when it opens a file, LibreOffice does not."""
    lines = max(sum(max(1, -(-len(part) // width)) for part in text.split("\n")) for text, width in cells)
    sheet.set_row(row, min(LINE * lines + 3, _HIGHEST))


def print_setup(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(1)  # Letter
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&L&A&RPage &P of &N")


def table_sheet(book: Any, name: str, columns: Iterable[tuple[str, int]]) -> Any:
    """A sheet with a header row and the widths of its columns."""
    sheet = book.add_worksheet(name)
    header = book.add_format(HEADER)
    for column, (title, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        put(sheet, 0, column, title, header)
    sheet.set_row(0, 2 * LINE + 3)
    return sheet
