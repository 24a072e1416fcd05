"""Workbooks to be read: tables of typed values, pages of text, and a sheet where long texts go on."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from attrs import field, frozen

from hmis_standards.exchange.excel_layout import letters
from hmis_standards.exchange.sheets import CELL, fit, new_workbook, print_setup, put, table_sheet
from hmis_standards.tabular import visible

__all__ = ["SHAPES", "Book", "Column", "Line", "Noted", "Share", "Value"]

LONG = "Long texts"
_ROOM = 32_000  # of the 32,767 units that Excel gives a cell; the rest is for saying where the text goes on
_ROOM_FOR_PAIRS = 8_000  # LibreOffice spoils a character of two units, such as an emoji, at every 32 kB of a text
_NOTE_ROOM = 4_000
_LEGAL_PAPER = 5
_LETTER_WIDTH = 170  # in letters: what a sheet of Letter paper holds in print that can be read
_PAGE = (26, 104)  # widths of the two columns of a page, in digits
_PAGE_LETTERS = (26, 112)  # how many letters of text they hold
_NUMBER = {"align": "right", "indent": 1}
_LINK = {"font_color": "#0B4F8A", "underline": 1}
SHAPES: dict[str, dict[str, Any]] = {
    "●": {"bg_color": "#DDEFDF"},
    "◐": {"bg_color": "#F2D479"},
    "○": {"bg_color": "#DE9474", "bold": True},
    "?": {"bg_color": "#E6E6E6", "italic": True},
    "!": {"bg_color": "#E6E6E6", "italic": True},
}
"""The looks of cells by the shape their text begins with: lighter and darker in grey, where the shape says it all."""


@frozen
class Share:
    """A share, shown in percent with so many decimals; the cell has the number."""

    value: Fraction
    places: int = 1


@frozen
class Noted:
    """A value with a note to its cell."""

    value: Value
    note: str


Value = str | int | Fraction | datetime.date | Share | Noted | None
"""What a cell can hold: text, a count, a number, a day, a share, one of them with a note, or nothing."""


@frozen
class Column:
    """A column of a table: its title, its width in letters, and a note that says what it means.

    ``marked``: texts that begin with a shape of ``SHAPES`` get its color.
    """

    title: str
    width: int
    note: str = ""
    marked: bool = field(default=False, kw_only=True)


@frozen(kw_only=True)
class Line:
    """A line of a page: a text over its whole width, or a label and a value. ``kind`` is title, heading or text.

    ``link`` is the name of a sheet to which the label leads.
    """

    label: str = ""
    value: Value = None
    kind: str = "text"
    link: str = ""


class Book:
    """A workbook in the making. Every text is a text, whatever it begins with, and none is cut off."""

    def __init__(self, title: str) -> None:
        self.book, self._target = new_workbook(title)
        self._styles: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._long: list[tuple[str, list[str]]] = []

    def save(self, path: Path) -> None:
        """Finish the workbook and write it."""
        if self._long:
            self._write_long()
        self.book.close()
        path.write_bytes(self._target.getvalue())

    def style(self, **looks: Any) -> Any:
        """A format of the workbook; equal ones are one."""
        key = tuple(sorted(looks.items()))
        if key not in self._styles:
            self._styles[key] = self.book.add_format(looks)
        return self._styles[key]

    # --- tables ------------------------------------------------------------------------------------------------

    def table(
        self,
        name: str,
        columns: Sequence[Column],
        rows: Iterable[Sequence[Value]],
        *,
        strong: Iterable[int] = (),
        printed: int | None = None,
    ) -> Any:
        """A sheet that is a table and nothing else: header in the first row, filters, set up for printing.

        ``strong`` are rows in bold print, counted from 0. Of a table too wide for paper the first ``printed`` columns
        are printed. Returns the sheet.
        """
        sheet = table_sheet(self.book, name, [(one.title, one.width) for one in columns])
        for place, column in enumerate(columns):
            self._note(sheet, 0, place, column.note)
        listed, bold = list(rows), set(strong)
        for place, row in enumerate(listed, start=1):
            self._row(sheet, place, row, columns, bold=place - 1 in bold)
        fit(sheet, 0, [(one.title, max(1, one.width - 3)) for one in columns])  # bold print and arrows take room
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(len(listed), 1), len(columns) - 1)
        for place, column in enumerate(columns):
            if column.marked:
                self._color(sheet, place, max(len(listed), 1))
        self._print(sheet, sum(one.width for one in columns[:printed]))
        if printed:
            sheet.print_area(0, 0, max(len(listed), 1), printed - 1)
        return sheet

    def _row(self, sheet: Any, place: int, row: Sequence[Value], columns: Sequence[Column], *, bold: bool) -> None:
        looks = {**CELL, "bold": True} if bold else CELL
        for column, value in enumerate(row):
            self.cell(sheet, place, column, value, looks)
        texts = [(_plain(value), one.width) for value, one in zip(row, columns, strict=True)]
        fit(sheet, place, texts)

    def _color(self, sheet: Any, place: int, last: int) -> None:
        for shape, looks in SHAPES.items():
            rule = {"type": "text", "criteria": "begins with", "value": shape, "format": self.style(**looks)}
            sheet.conditional_format(1, place, last, place, rule)

    def _print(self, sheet: Any, width: int) -> None:
        print_setup(sheet)
        if width > _LETTER_WIDTH:
            sheet.set_paper(_LEGAL_PAPER)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)

    # --- cells -------------------------------------------------------------------------------------------------

    def cell(self, sheet: Any, row: int, column: int, value: Value, looks: dict[str, Any]) -> None:
        """Write one value as what it is."""
        if isinstance(value, Noted):
            self._note(sheet, row, column, value.note)
            self.cell(sheet, row, column, value.value, looks)
        elif isinstance(value, str):
            self._text(sheet, row, column, value, looks)
        elif isinstance(value, datetime.date):
            day = datetime.datetime.combine(value, datetime.time())
            sheet.write_datetime(row, column, day, self.style(**looks, num_format="mmm d, yyyy", align="left"))
        elif value is None:
            sheet.write_blank(row, column, None, self.style(**looks))
        else:
            number, form = _number(value)
            style = self.style(**{**_NUMBER, **looks, "text_wrap": False, "num_format": form})
            sheet.write_number(row, column, number, style)

    def _text(self, sheet: Any, row: int, column: int, text: str, looks: dict[str, Any]) -> None:
        first, *rest = pieces(visible(text), _ROOM if max(text, default="") <= "\uffff" else _ROOM_FOR_PAIRS)
        goes_on = self._goes_on(f"{sheet.get_name()}!{letters(column)}{row + 1}", rest)
        put(sheet, row, column, first + goes_on, self.style(**looks))

    def _note(self, sheet: Any, row: int, column: int, note: str) -> None:
        if note:
            first, *rest = pieces(visible(note), _NOTE_ROOM)
            goes_on = self._goes_on(f"the note of {sheet.get_name()}!{letters(column)}{row + 1}", rest)
            size = {"x_scale": 2.6, "y_scale": min(6.0, 0.4 + len(first) / 180), "author": ""}
            sheet.write_comment(row, column, first + goes_on, size)

    # --- long texts --------------------------------------------------------------------------------------------

    def _goes_on(self, place: str, rest: list[str]) -> str:
        """Keep the rest of a text for the sheet of long texts; returns where it is, or nothing where there is none."""
        if not rest:
            return ""
        row = 2 + sum(len(parts) for _, parts in self._long)
        self._long.append((place, rest))
        return f"\n… goes on in the sheet “{LONG}”, row {row}"

    def _write_long(self) -> None:
        rows = [(place, part) for place, parts in self._long for part in parts]
        sheet = table_sheet(self.book, LONG, (("Goes on from", 30), ("Text", 130)))
        for number, row in enumerate(rows, start=1):
            for column, text in enumerate(row):
                put(sheet, number, column, text, self.style(**CELL))
        self._print(sheet, _LETTER_WIDTH)

    # --- pages -------------------------------------------------------------------------------------------------

    def page(self, name: str, lines: Iterable[Line]) -> Any:
        """A sheet of text, set up for printing. Returns it."""
        sheet = self.book.add_worksheet(name)
        sheet.hide_gridlines(2)
        for column, width in enumerate(_PAGE):
            sheet.set_column(column, column, width)
        for row, line in enumerate(lines):
            self._line(sheet, row, line)
        self._print(sheet, sum(_PAGE))
        return sheet

    def _line(self, sheet: Any, row: int, line: Line) -> None:
        looks = {"text_wrap": True, "valign": "top", "align": "left", "indent": 0}
        if line.kind != "text":
            size = {"title": 18, "heading": 13}[line.kind]
            self.cell(sheet, row, 0, line.label, {"bold": True, "font_size": size, "font_color": "#1F3B57"})
            sheet.set_row(row, 2 * size)
        elif line.label:
            self._pair(sheet, row, line, looks)
        elif line.value is not None:
            self._wide(sheet, row, line.value, looks)

    def _pair(self, sheet: Any, row: int, line: Line, looks: dict[str, Any]) -> None:
        if line.link:
            sheet.write_url(row, 0, f"internal:'{line.link}'!A1", self.style(**_LINK, valign="top"), line.label)
        else:
            self.cell(sheet, row, 0, line.label, {**looks, "bold": True})
        self.cell(sheet, row, 1, line.value, looks | _shape_looks(line.value))
        fit(sheet, row, zip((line.label, _plain(line.value)), _PAGE_LETTERS, strict=True))

    def _wide(self, sheet: Any, row: int, value: Value, looks: dict[str, Any]) -> None:
        sheet.merge_range(row, 0, row, 1, "", self.style(**looks))
        self.cell(sheet, row, 0, value, looks)
        fit(sheet, row, [(_plain(value), sum(_PAGE_LETTERS))])


def pieces(text: str, most: int) -> list[str]:
    """The text in parts that Excel can hold, at least one. It counts units of UTF-16: an emoji is two."""
    return list(_pieces(text, most)) if len(text) * 2 > most else [text]


def _pieces(text: str, most: int) -> Iterator[str]:
    units = text.encode("utf-16-le")
    start = 0
    while start == 0 or start < len(units):
        end = start + 2 * most
        if end < len(units) and 0xDC <= units[end + 1] <= 0xDF:
            end -= 2  # never between the halves of a character
        yield units[start:end].decode("utf-16-le")
        start = end


def _number(value: int | Fraction | Share) -> tuple[float, str]:
    """The number of a cell and how it is shown."""
    if isinstance(value, Share):
        return float(value.value), f"0{'.' if value.places else ''}{'0' * value.places} %"
    return (value, "#,##0") if isinstance(value, int) else (float(value), "#,##0.0")


def _plain(value: Value) -> str:
    """About as many letters as the value takes: what a row's height is made of."""
    if isinstance(value, Noted):
        return _plain(value.value)
    if isinstance(value, str):
        return value[:_ROOM]
    return "" if value is None else "0" * 8


def _shape_looks(value: Value) -> dict[str, Any]:
    """The looks of a value on a page, which has no filters and is not changed: its color is fixed."""
    shape = value[:1] if isinstance(value, str) else ""
    return {key: look for key, look in SHAPES.get(shape, {}).items() if key != "italic"}
