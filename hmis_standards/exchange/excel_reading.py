"""Assessments read from Excel workbooks, sorted, filtered and with columns added as people do.

Programs that save a workbook anew, such as LibreOffice, change much of it; what is read here is what stays: the texts
of cells. Sheets are found by what stands on them.
"""

from __future__ import annotations

import datetime
import io
import warnings
from collections.abc import Mapping, Sequence, Set
from pathlib import Path
from typing import Any

from hmis_standards.assess import Assessment
from hmis_standards.errors import DocumentSyntaxError, MissingExtra, Problem
from hmis_standards.exchange.excel_hidden import changed_wording, digests_of, listed
from hmis_standards.exchange.excel_layout import (
    ARCHIVE,
    COLORS,
    INSTRUCTIONS,
    KNOWN,
    LAYOUTS,
    META,
    OPTIONAL,
    SHOWN,
    TEXTS,
    TYPED,
    letters,
)
from hmis_standards.exchange.excel_texts import texts_of, whole
from hmis_standards.exchange.excel_unread import Unread, unread_cells
from hmis_standards.exchange.gather import (
    FACTS,
    Locate,
    Row,
    answer_word,
    build,
    facts_of,
    read_row,
    stray_columns,
)
from hmis_standards.ids import is_item_id
from hmis_standards.model import Catalog
from hmis_standards.model.standing import written

__all__ = ["cell_text", "read", "sheets_of"]

Cells = list[list[Any]]
_ABOUT = ("layout", "content_hash")
"""What the hidden sheet says of the workbook, beside the facts of the assessment."""


def read(path: Path, catalog: Catalog | None) -> Assessment:
    """The assessment in a workbook; see ``read_assessment``. Rows may be sorted, columns and sheets added.

    Warns (UserWarning) where items are worded differently now than when the workbook was written, and where rows or
    columns that it was written with are there no more.
    """
    sheets = sheets_of(path)
    unread = unread_cells(path)
    texts = texts_of(sheets.pop(TEXTS, []))
    cells = _fact_cells(sheets)
    at = _locate_fact(path, cells)
    given, problems = _whole(texts, {name: cell[2] for name, cell in cells.items()}, at)
    facts, more = facts_of({name: given[name] for name in FACTS if name in given}, at)
    problems += [*_layout_problems(given, at), *more]
    rows: list[Row] = []
    digests = digests_of(sheets.pop(META, []))
    missed = digests.keys() - {one for sheet in sheets.values() if _header(sheet) for one in _ids(sheet)}
    for name, sheet in sheets.items():
        found, more = _rows(path, name, sheet, texts, unread.get(name, Unread()), missed)
        rows += found
        problems += more
    # A row that says nothing is no matter, even if its item is there no more.
    rows = [row for row in rows if not (row.response.empty and row.response.item in digests)]
    made = build(path, facts, at, rows, problems, catalog)
    changed = changed_wording(digests, made.catalog, made.documents)
    if changed:
        warnings.warn(_gently(path, changed), UserWarning, stacklevel=3)
    gone = _gone(sheets, sorted(missed)) if digests else []
    if gone:
        warnings.warn(f"{path}: {'; '.join(gone)}. What stood there was not read", UserWarning, stacklevel=3)
    return made


def _gone(sheets: Mapping[str, Cells], missed: Sequence[str]) -> list[str]:
    """The rows and columns that a workbook was written with and that were taken away, in words."""
    told = [f"no row has {listed(missed)}"] if missed else []
    for name, cells in sheets.items():
        found = _header(cells)
        if found and _ids(cells):
            absent = [KNOWN[field] for field in sorted(TYPED - OPTIONAL) if KNOWN[field] not in found[1]]
            told += [f"sheet {name} has no column {', '.join(absent)}"] if absent else []
    return told


def _ids(cells: Cells) -> set[str]:
    """The ids of items that stand on a sheet."""
    texts = (cell.strip() for row in cells for cell in row if isinstance(cell, str))
    return {text for text in texts if is_item_id(text)}


def _gently(path: Path, changed: tuple[str, ...]) -> str:
    return (
        f"{path}: since this workbook was written, items have changed ({'; '.join(changed)}). The answers were read as "
        "they stand; look at those to these items again"
    )


def _layout_problems(given: Mapping[str, str], at: Locate) -> list[Problem]:
    layout = given.get("layout", LAYOUTS[0])
    told = f"the workbook has the layout {layout!r}; known here: {', '.join(LAYOUTS)}"
    return [] if layout in LAYOUTS else [at("layout", told, "a newer version of hmis-standards wrote it: install that")]


def _whole(texts: Mapping[int, str], cells: Mapping[str, str], at: Locate) -> tuple[dict[str, str], list[Problem]]:
    """The texts of cells, those that continue on the hidden sheet with all that stands there."""
    found, problems = dict(cells), []
    for field, cell in cells.items():
        try:
            found[field] = whole(cell, texts)
        except ValueError as error:
            hint = f"put the old text back, or take the last line away to keep only what is seen; {TEXTS} has it all"
            problems.append(at(field, str(error), hint))
    return found, problems


def _fact_cells(sheets: dict[str, Cells]) -> dict[str, tuple[str, int, str]]:
    """Sheet, row (from 1) and text of each fact. What is shown goes before what is hidden, as older files have it."""
    shown = {label: name for name, label in SHOWN.items()}
    found: dict[str, tuple[str, int, str]] = {}
    for sheet, names in ((META, {name: name for name in (*FACTS, *_ABOUT)}), (_front(sheets), shown)):
        for line, row in enumerate(sheets.get(sheet, []), start=1):
            name = names.pop(cell_text(row[0]).strip(), None) if row else None
            if name is not None:
                found[name] = (sheet, line, cell_text(row[1]) if len(row) > 1 else "")
    return found


def _front(sheets: dict[str, Cells]) -> str:
    """The name of the sheet of instructions, which somebody may have changed."""
    if INSTRUCTIONS in sheets:
        return INSTRUCTIONS
    labels = set(SHOWN.values())
    named = (name for name, cells in sheets.items() if labels <= {cell_text(row[0]).strip() for row in cells if row})
    return next(named, INSTRUCTIONS)


def _locate_fact(path: Path, cells: dict[str, tuple[str, int, str]]) -> Locate:
    def at(name: str, message: str, hint: str) -> Problem:
        if name in cells:
            sheet, line, _ = cells[name]
            return _locate(path, sheet, {}, (1, line))(name, message, hint)
        return _locate(path, INSTRUCTIONS if name in SHOWN else META, {}, (0, 1))(name, message, hint)

    return at


def sheets_of(path: Path) -> dict[str, Cells]:
    """The cells of every sheet. Raises DocumentSyntaxError for what is no workbook, MissingExtra, OSError."""
    try:
        import python_calamine
    except ImportError:
        raise MissingExtra("excel") from None
    data = io.BytesIO(path.read_bytes())
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(data)
        return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    except python_calamine.CalamineError as error:
        raise DocumentSyntaxError(str(path), 1, 1, f"not an Excel workbook (.xlsx): {error}") from None


def _locate(path: Path, sheet: str, cells: dict[str, tuple[int, int]], otherwise: tuple[int, int]) -> Locate:
    """Places such as ``answers.xlsx!GOV!C7``; ``cells`` has column (from 0) and row (from 1) of each field."""

    def at(name: str, message: str, hint: str) -> Problem:
        column, row = cells.get(name, otherwise)
        return Problem(f"{path}!{sheet}!{letters(column)}{row}", None, "", message, hint)

    return at


def _rows(
    path: Path, sheet: str, cells: Cells, kept: Mapping[int, str], unread: Unread, missed: Set[str]
) -> tuple[list[Row], list[Problem]]:
    """The rows of a sheet. ``missed`` are the items that stand under no header."""
    found = _header(cells)
    if found is None:
        return [], _headless(path, sheet, cells, missed)
    top, header = found
    columns = {field: header.index(title) for field, title in KNOWN.items() if title in header}
    problems = [*_header_problems(path, sheet, top, header), *_above(path, sheet, cells[:top])]
    rows: list[Row] = []
    for line, row in enumerate(cells[top + 1 :], start=top + 2):
        texts = {field: cell_text(row[column]) if column < len(row) else "" for field, column in columns.items()}
        if any(texts[field].strip() for field in texts if field in TYPED or field == "item"):
            at = _locate(path, sheet, {field: (column, line) for field, column in columns.items()}, (0, line))
            texts, unknown = _whole(kept, texts, at)
            unknown += _unread_problems(unread, columns, line, at)
            one, more = read_row(texts, at)
            if sheet == ARCHIVE and not texts.get("archived_from", "").strip():
                one, more = None, [*more, at("archived_from", "missing the edition the answer was given in", "")]
            rows += [one] if one and not unknown else []
            problems += [*unknown, *more]
    return rows, problems


def _header(cells: Cells) -> tuple[int, list[str]] | None:
    """The place of the header row, and its titles."""
    for place, row in enumerate(cells):
        titles = [cell_text(cell).strip() for cell in row]
        if KNOWN["item"] in titles and KNOWN["answer"] in titles:
            return place, titles
    return None


def _above(path: Path, sheet: str, cells: Cells) -> list[Problem]:
    """Items above the header, as where the header was sorted together with the rows."""
    hint = "move the header to the top"
    return [
        _locate(path, sheet, {}, (0, line))("item", "an item stands above the header row, where none is read", hint)
        for line, row in enumerate(cells, start=1)
        if _ids([row])
    ]


def _unread_problems(unread: Unread, columns: Mapping[str, int], line: int, at: Locate) -> list[Problem]:
    faults = ((field, unread.at(column, line)) for field, column in columns.items() if field in {*TYPED, "item"})
    return [at(field, *fault) for field, fault in faults if fault]


def _header_problems(path: Path, sheet: str, top: int, header: list[str]) -> list[Problem]:
    # What may be left out is not missed: "Decided on" is no slip of "Decided by".
    stray = stray_columns(
        header, [title for field, title in KNOWN.items() if field not in {*OPTIONAL, "archived_from"}]
    )
    twice = {title: "rename one of them" for title in KNOWN.values() if header.count(title) > 1}
    places = {title: (header.index(title), top + 1) for title in (*stray, *twice)}
    at = _locate(path, sheet, places, (0, top + 1))
    near = [at(title, f"unknown column {title!r}", f"did you mean {meant}?") for title, meant in stray.items()]
    return near + [at(title, f"column {title!r} stands there twice", hint) for title, hint in twice.items()]


def _headless(path: Path, sheet: str, cells: Cells, missed: Set[str]) -> list[Problem]:
    """A sheet of one's own is left alone, but not one with answers or missed items under a header that was changed."""
    ids = _ids(cells)
    answered = any(answer_word(cell_text(cell)) in COLORS for row in cells for cell in row) if ids else False
    if not answered and not ids & missed:
        return []
    return [
        _locate(path, sheet, {}, (0, 1))("", "no header row with the columns Item and Answer", "restore the header")
    ]


def cell_text(cell: Any) -> str:
    """A cell as text: whole numbers without a decimal point, dates as 2026-03-01, truth as yes and no."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else written(cell)
    if isinstance(cell, datetime.datetime):
        return str(cell) if cell.time() != datetime.time() else cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, datetime.date) else str(cell)
