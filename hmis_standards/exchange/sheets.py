"""What all workbooks written have in common: no formulas, no clock, cells as text, ready to print."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Iterable
from types import ModuleType
from typing import Any

from hmis_standards.errors import MissingExtra
from hmis_standards.tabular import visible

__all__ = ["CELL", "HEADER", "LINE", "fit", "locked", "new_workbook", "print_setup", "protect", "put", "table_sheet"]

_CREATED = datetime.datetime(2000, 1, 1)
LINE, _HIGHEST = 15, 409  # points: of a line, and of the highest row Excel takes
_MOST_LETTERS = 32767  # of one Excel cell
_LONGEST_TITLE = 255
HEADER = {"bold": True, "bg_color": "#1F3B57", "font_color": "#FFFFFF", "text_wrap": True, "valign": "top"}
CELL = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#BFBFBF"}


def _writer() -> ModuleType:
    try:
        import xlsxwriter
    except ImportError:
        raise MissingExtra("excel") from None
    module: ModuleType = xlsxwriter
    return module


def new_workbook(title: str = "") -> tuple[Any, io.BytesIO]:
    """A workbook in memory that takes no text for a formula, a link or a number, and knows no clock.

    ``title`` stands in its properties, where 255 letters have room.
    """
    target = io.BytesIO()
    plain_text = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = _writer().Workbook(target, {"in_memory": True, **plain_text})
    book.set_properties({"title": visible(title)[:_LONGEST_TITLE], "created": _CREATED})
    return book, target


def put(sheet: Any, row: int, column: int, text: str, style: Any = None) -> None:
    """Always as text, whatever it begins with.

    The library takes a text in ``<r>`` for ready-made XML and would write it into the file as it is: such a text gets a
    blank in front, which all readers of ours strip.
    """
    if len(text) > _MOST_LETTERS:
        raise ValueError(f"a text of {len(text):,} letters does not fit an Excel cell; write a file of another kind")
    text = f" {text}" if text.startswith("<r>") else text
    if text:
        sheet.write_string(row, column, text, style)
    else:
        sheet.write_blank(row, column, None, style)


def fit(sheet: Any, row: int, cells: Iterable[tuple[str, int]]) -> None:
    """A row as high as its fullest cell: Excel works that out by itself when it opens a file, LibreOffice does not."""
    lines = max(sum(max(1, -(-len(part) // width)) for part in text.split("\n")) for text, width in cells)
    sheet.set_row(row, min(LINE * lines + 3, _HIGHEST))


_STAYS_ALLOWED = (
    "objects",  # else Excel does not move the notes with their rows when these are sorted
    "scenarios",
    "format_cells",
    "format_columns",
    "format_rows",
    "insert_columns",
    "insert_rows",
    "insert_hyperlinks",
    "delete_columns",
    "delete_rows",
    "sort",
    "autofilter",
    "pivot_tables",
)


def protect(sheet: Any) -> None:
    """Lock the cells whose format does not say ``locked: False``, without a password. All else stays allowed.

    Excel sorts on such a sheet only where no cell of the rows is locked.
    """
    sheet.protect("", dict.fromkeys(_STAYS_ALLOWED, True))


_VIEWS = b"<bookViews>"
_LOCKED = b'<workbookProtection lockStructure="1"/>'


def locked(workbook: bytes) -> bytes:
    """The workbook with its structure locked, without a password: sheets stay where they are, hidden ones hidden.

    XlsxWriter has no such option, so the element is put in place in the finished file.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == "xl/workbook.xml":
                data = data.replace(_VIEWS, _LOCKED + _VIEWS, 1)
            new.writestr(entry, data)
    return made.getvalue()


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
