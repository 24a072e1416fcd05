"""The workbook of a form, to be filled in and printed: what it is, its clauses, a sheet for each table, its sources."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from hmis_standards.assess import FilledClause, FilledForm, FilledSection, FilledTable
from hmis_standards.exchange.sheets import CELL, fit, new_workbook, print_setup, put, table_sheet
from hmis_standards.model import Source
from hmis_standards.vocabulary import Status, TableRows

__all__ = ["write_form"]

_ABOUT = (26, 100)  # widths of the columns of the first sheet
_NUMBER, _CLAUSE, _CALLED, _RESTS = ("No.", 6), ("Clause", 64), ("Called for", 15), ("Rests on", 44)
_FOUND = (("Standing", 14), ("Because of", 34))  # only where an assessment says something
_SOURCES = (("Source", 30), ("Citation", 40), ("Title", 60), ("Force", 24))
_RATINGS = (Status.MET, Status.PARTIAL, Status.NOT_MET, Status.NOT_APPLICABLE)
_HEADER = "&C&8Starting point for counsel. Not HUD's form. Not legal advice."
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]|[\x00-\x1f]")
_LONGEST_NAME = 31  # letters of the name of a sheet
# Widths in letters: of a column at least, of long texts the first that keeps the sheet within its limit, of a word.
_NARROW, _WIDE, _LONG_WORD = 12, (48, 40, 32, 28), 30
_FULL, _LETTER, _LIMIT = 130, 150, 170  # of a sheet: what empty columns fill up, what Letter paper holds, the limit
_LEGAL_PAPER = 5


def write_form(form: FilledForm, path: str | Path) -> None:
    """Write a filled form as a workbook: about it, its clauses, one sheet a table, its sources.

    The same form gives the same bytes. Cells are text and never formulas, whatever was filled in.

    Raises:
        MissingExtra: writing Excel needs ``hmis-standards[excel]``.
        ValueError: a text does not fit a cell.
        OSError: the file cannot be written.
    """
    book, target = new_workbook()
    _write_about(book, form)
    _write_clauses(book, form)
    for section, rows in _tables(form):
        _write_table(book, section, rows)
    _write_sources(book, form.sources)
    book.close()
    Path(path).write_bytes(target.getvalue())


def _tables(form: FilledForm) -> Iterator[tuple[FilledSection, TableRows]]:
    """The sections with a table, and what it has a row for."""
    for section, template in zip(form.sections, form.template.sections, strict=True):
        if section.table and template.table:
            yield section, template.table.rows


# --- what it is --------------------------------------------------------------------------------------------


def _write_about(book: Any, form: FilledForm) -> None:
    sheet = book.add_worksheet("About")
    bold, wrapped = (book.add_format({"bold": one, "text_wrap": True, "valign": "top"}) for one in (True, False))
    sheet.hide_gridlines(2)
    for column, width in enumerate(_ABOUT):
        sheet.set_column(column, column, width)
    put(sheet, 0, 0, form.title, book.add_format({"bold": True, "font_size": 16}))
    for row, (name, text) in enumerate(_about(form), start=2):
        put(sheet, row, 0, name, bold)
        put(sheet, row, 1, text, wrapped)
        fit(sheet, row, list(zip((name, text), _ABOUT, strict=True)))
    _set_up(sheet)


def _about(form: FilledForm) -> Iterator[tuple[str, str]]:
    yield "What it is for", form.template.text
    yield "Before it is used", "\n".join(form.notices)
    if form.about:
        yield "Answers", f"{form.about}."
        yield "To be agreed", f"{form.to_agree} clauses"
    yield "Still open", "\n".join(form.open_fields) or "no field"
    yield "Sheets", "\n".join(("Clauses", *(_name(section) for section, _ in _tables(form)), "Sources"))


# --- clauses -----------------------------------------------------------------------------------------------


def _write_clauses(book: Any, form: FilledForm) -> None:
    columns = (_NUMBER, _CLAUSE, *(_FOUND if form.about else ()), _CALLED, _RESTS)
    sheet = table_sheet(book, "Clauses", columns)
    cell = book.add_format(CELL)
    part = book.add_format({**CELL, "bold": True, "bg_color": "#E3EAF2"})
    rows = [row for section in form.sections for row in _section(section)]
    for place, (heading, texts) in enumerate(rows, start=1):
        shown = [texts.get(title, "") for title, _ in columns]
        _write_row(sheet, place, shown, [width for _, width in columns], part if heading else cell)
    sheet.ignore_errors({"number_stored_as_text": f"A1:A{len(rows) + 1}"})
    sheet.freeze_panes(1, 1)
    _set_up(sheet)


def _section(section: FilledSection) -> Iterator[tuple[bool, dict[str, str]]]:
    """Its heading with what is said below it, and its clauses; whether it is a heading comes first."""
    see = f"See the sheet {_name(section)}." if section.table else ""
    yield True, {"No.": section.number, "Clause": "\n".join(filter(None, (section.title, section.text, see)))}
    for one in section.clauses:
        yield False, _clause(one)


def _clause(one: FilledClause) -> dict[str, str]:
    return {
        "No.": one.number,
        "Clause": one.text,
        "Standing": one.standing,
        "Because of": "\n".join(one.reasons),
        "Called for": one.clause.obligation.label,
        "Rests on": "\n".join(one.authorities),
    }


# --- tables ------------------------------------------------------------------------------------------------


def _write_table(book: Any, section: FilledSection, rows: TableRows) -> None:
    table = section.table
    assert table is not None, section.number
    widths = _widths(table)
    sheet = table_sheet(book, _name(section), zip(table.columns, widths, strict=True))
    fit(sheet, 0, [(title, width - 3) for title, width in zip(table.columns, widths, strict=True)])  # bold is wider
    cell = book.add_format(CELL)
    for place, row in enumerate(table.cells, start=1):
        _write_row(sheet, place, row, widths, cell)
    if rows is TableRows.STANDARDS:
        _offer_ratings(sheet, table)
    sheet.freeze_panes(1, 1)
    _set_up(sheet, wide=sum(widths) > _LETTER)


def _offer_ratings(sheet: Any, table: FilledTable) -> None:
    column, last = table.columns.index("Rating"), max(len(table.cells), 1)
    labels = [one.label for one in _RATINGS]
    sheet.data_validation(1, column, last, column, {"validate": "list", "source": labels})


def _write_row(sheet: Any, place: int, texts: Sequence[str], widths: Sequence[int], style: Any) -> None:
    for column, text in enumerate(texts):
        put(sheet, place, column, text, style)
    # An empty row has room for handwriting.
    fit(sheet, place, zip(texts, widths, strict=True) if any(texts) else [("\n", 1)])


def _widths(table: FilledTable) -> list[int]:
    """So that the sheet can be read in print; columns to be filled in share what is left of the page."""
    columns = [(title, [row[place] for row in table.cells]) for place, title in enumerate(table.columns)]
    tried = ([_width(title, cells, wide) for title, cells in columns] for wide in _WIDE)
    found = next((widths for widths in tried if sum(widths) <= _LIMIT), None)
    widths = found or [_width(title, cells, _WIDE[-1]) for title, cells in columns]
    empty = [place for place, (_, cells) in enumerate(columns) if not any(cells)]
    spare = max(_FULL - sum(widths), 0) // max(len(empty), 1)
    return [width + spare if place in empty else width for place, width in enumerate(widths)]


def _width(title: str, cells: Sequence[str], wide: int) -> int:
    """So that no word is broken and long texts take a few lines."""
    word = max((len(word) for text in (title, *cells) for word in re.split(r"[\s/-]+", text)), default=0)
    longest = max(map(len, cells), default=0)
    return max(_NARROW, min(word, _LONG_WORD, wide) + 2, min(longest // 3 + 6, wide))


def _name(section: FilledSection) -> str:
    """As many words as a sheet's name may have; the number sets it apart from the others."""
    title = _NOT_IN_NAMES.sub(" ", section.title)
    return textwrap.wrap(f"{section.number} {title}", _LONGEST_NAME)[0].rstrip("'")


# --- sources -----------------------------------------------------------------------------------------------


def _write_sources(book: Any, sources: Iterable[Source]) -> None:
    sheet, cell = table_sheet(book, "Sources", _SOURCES), book.add_format(CELL)
    for place, one in enumerate(sources, start=1):
        force = "in effect" if one.in_effect else one.status.label
        texts = (one.id, one.citation, one.title, force)
        _write_row(sheet, place, texts, [width for _, width in _SOURCES], cell)
    sheet.freeze_panes(1, 1)
    _set_up(sheet)


def _set_up(sheet: Any, *, wide: bool = False) -> None:
    print_setup(sheet)
    if wide:
        sheet.set_paper(_LEGAL_PAPER)
    sheet.set_margins(left=0.4, right=0.4)
    sheet.set_header(_HEADER)
