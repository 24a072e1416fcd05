"""The workbook of a vendor's declaration: who declares, the modules, and a row with lists for each requirement."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hmis_standards.errors import InvalidDocument, Problem
from hmis_standards.exchange.excel_layout import letters
from hmis_standards.exchange.excel_reading import cell_text, sheets_of
from hmis_standards.exchange.gather import join_parts, split_parts
from hmis_standards.exchange.sheets import CELL, fit, new_workbook, print_setup, put, table_sheet
from hmis_standards.model import Catalog, Claim, ClaimEvidence, Declaration
from hmis_standards.model.declaration import REQUIREMENTS
from hmis_standards.store.declarations import check_declaration, declaration_of, found_wrong
from hmis_standards.store.raw import Raw
from hmis_standards.vocabulary import ClaimMethod, ClaimWord

__all__ = ["is_declaration", "read", "write"]

ABOUT, MODULES, CLAIMS, META = "About", "Modules", "Claims", "_meta"
FACTS = {
    "vendor": "Vendor",
    "product": "Product",
    "version": "Version",
    "date": "Date of declaration",
    "declared_by": "Declared by",
}
HIDDEN = ("edition", "content_hash")
MODULE_COLUMNS = {"id": ("Module", 20), "title": ("Title", 50), "version": ("Version", 14)}
COLUMNS = {
    "item": ("Item", 22),
    "asked": ("What is required", 58),
    "binds": ("Binding", 13),
    "claim": ("Claim", 15),
    "module": ("Module", 14),
    "method": ("Method", 14),
    "version": ("Since version", 11),
    "available": ("Available by", 13),
    "evidence": ("Evidence", 38),
    "note": ("Note", 34),
}
_TYPED = tuple(name for name in COLUMNS if name not in {"item", "asked", "binds"})
_HOW = (
    (
        "Claim",
        "available, extra_cost, planned, not_available or not_applicable. Empty says nothing on a row.",
    ),
    ("Module, method", "For what is there: the module that does it (sheet Modules) and how."),
    ("Available by", "Only for what is planned: the day by which it is there, as 2027-03-31."),
    (
        "Evidence",
        "One line for each piece: kind | title | date | location: report | Export run | 2026-10-01 | link.",
    ),
    (
        "Whose words",
        "The requirements are written by the hmis-standards project after HUD's rules and standards and common "
        "practice. They are not HUD's own checklist.",
    ),
    ("Not applicable", "Only where a requirement can be; the note says why."),
    ("Sealing", "When all is filled in, the file is read and sealed: a hash shows whether a copy was altered."),
)


# --- writing -----------------------------------------------------------------------------------------------


def write(declaration: Declaration, path: Path, catalog: Catalog) -> None:
    """Write the workbook; see ``write_declaration``."""
    book, target = new_workbook()
    _write_about(book, declaration)
    _write_modules(book, declaration)
    _write_claims(book, declaration, catalog)
    sheet = book.add_worksheet(META)
    for row, name in enumerate(HIDDEN):
        put(sheet, row, 0, name)
        put(sheet, row, 1, getattr(declaration, name) or "")
    sheet.very_hidden()
    book.close()
    path.write_bytes(target.getvalue())


def _write_about(book: Any, declaration: Declaration) -> None:
    sheet = book.add_worksheet(ABOUT)
    bold, typed = book.add_format({"bold": True, "valign": "top"}), book.add_format({**CELL, "bg_color": "#FFF9DB"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 95)
    put(sheet, 0, 0, "What a vendor says of its product", book.add_format({"bold": True, "font_size": 16}))
    for row, (name, label) in enumerate(FACTS.items(), start=2):
        put(sheet, row, 0, label, bold)
        put(sheet, row, 1, str(getattr(declaration, name)), typed)
    for row, (name, text) in enumerate(_HOW, start=len(FACTS) + 3):
        put(sheet, row, 0, name, bold)
        put(sheet, row, 1, text, wrapped)
        fit(sheet, row, [(text, 95)])
    print_setup(sheet)


def _write_modules(book: Any, declaration: Declaration) -> None:
    sheet = table_sheet(book, MODULES, MODULE_COLUMNS.values())
    typed = book.add_format({**CELL, "num_format": "@"})
    for row, module in enumerate(declaration.modules, start=1):
        for column, name in enumerate(MODULE_COLUMNS):
            put(sheet, row, column, getattr(module, name) or "", typed)
    print_setup(sheet)


def _write_claims(book: Any, declaration: Declaration, catalog: Catalog) -> None:
    sheet = table_sheet(book, CLAIMS, COLUMNS.values())
    cell, typed = book.add_format(CELL), book.add_format({**CELL, "num_format": "@"})
    items = catalog.document(REQUIREMENTS).items
    for row, item in enumerate(items, start=1):
        asked = f"{item.title}\n{item.text}"
        said = _texts(declaration.claim(item.id) or Claim(item=item.id, claim=ClaimWord.AVAILABLE))
        if declaration.claim(item.id) is None:
            said = dict.fromkeys(said, "")
        texts = {**said, "item": item.id, "asked": asked, "binds": item.obligation.value}
        for column, name in enumerate(COLUMNS):
            put(sheet, row, column, texts[name], typed if name in _TYPED else cell)
        fit(sheet, row, [(texts[name], COLUMNS[name][1]) for name in COLUMNS])
    for name, words in (("claim", ClaimWord), ("method", ClaimMethod)):
        column = list(COLUMNS).index(name)
        source = [word.value for word in words]
        sheet.data_validation(1, column, len(items), column, {"validate": "list", "source": source})
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(items), len(COLUMNS) - 1)
    print_setup(sheet)


def _texts(claim: Claim) -> dict[str, str]:
    told = {name: "" if value is None else str(value) for name, value in claim.to_dict().items()}
    return {**told, "evidence": "\n".join(_line(one) for one in claim.evidence)}


def _line(one: ClaimEvidence) -> str:
    parts = [one.kind.value, one.title, one.date.isoformat(), *([one.location] if one.location else [])]
    return join_parts(parts)


# --- reading -----------------------------------------------------------------------------------------------

Places = dict[tuple[str | int, ...], str]


def is_declaration(path: Path) -> bool:
    """Whether a workbook has the sheets of a declaration. Raises as ``read_declaration`` for what is no workbook."""
    return {ABOUT, MODULES, CLAIMS} <= sheets_of(path).keys()


def read(path: Path, *, altered: bool = False) -> Declaration:
    """The declaration in a workbook; see ``read_declaration``. Rows may be sorted, columns added."""
    sheets = sheets_of(path)
    places: Places = {}
    data: dict[str, Any] = {**_facts(sheets, places), "modules": [], "claims": []}
    problems: list[Problem] = []
    for name, sheet, columns in (("modules", MODULES, MODULE_COLUMNS), ("claims", CLAIMS, COLUMNS)):
        titles = {key: title for key, (title, _) in columns.items()}
        data[name] = list(_records(str(path), sheet, sheets.get(sheet, []), titles, name, places, problems))
    raw = Raw(str(path), data)
    unfit, found = check_declaration(raw)
    problems += [_placed(one, places, str(path)) for one in found_wrong((*unfit, *found), altered)]
    if problems:
        raise InvalidDocument(str(path), tuple(problems))
    return declaration_of(raw)


def _placed(problem: Problem, places: Places, path: str) -> Problem:
    """A problem with the cell it is about, or the nearest one."""
    pointer: tuple[str | int, ...] = tuple(int(one) if one.isdigit() else one for one in problem.pointer.split("/"))
    while pointer and pointer not in places:
        pointer = pointer[:-1]
    return Problem(places.get(pointer, path), None, problem.pointer, problem.message, problem.hint)


def _facts(sheets: dict[str, list[list[Any]]], places: Places) -> dict[str, str]:
    labels = {label: name for name, label in FACTS.items()} | {name: name for name in HIDDEN}
    found: dict[str, str] = {}
    for sheet in (ABOUT, META):
        for line, row in enumerate(sheets.get(sheet, []), start=1):
            name = labels.get(cell_text(row[0]).strip()) if row else None
            text = cell_text(row[1]).strip() if len(row) > 1 else ""
            if name and text:
                found[name], places[(name,)] = text, f"{sheet}!B{line}"
    return found


def _records(
    path: str,
    sheet: str,
    cells: list[list[Any]],
    titles: dict[str, str],
    key: str,
    places: Places,
    problems: list[Problem],
) -> Iterator[dict[str, Any]]:
    """The filled rows of a sheet as the YAML would have them, with the cell of each value."""
    header = [cell_text(cell).strip() for cell in cells[0]] if cells else []
    missing = [title for title in titles.values() if title not in header]
    if missing:
        told = f"missing column {', '.join(repr(one) for one in missing)}"
        problems.append(Problem(f"{path}!{sheet}!A1", None, "", told, "restore the header"))
        return
    columns = {name: header.index(title) for name, title in titles.items() if name not in {"asked", "binds"}}
    place = 0
    for line, row in enumerate(cells[1:], start=2):
        texts = {name: cell_text(row[at]).strip() if at < len(row) else "" for name, at in columns.items()}
        filled: dict[str, Any] = {name: text for name, text in texts.items() if text}
        if not set(filled) - {"item"}:
            continue
        for name, at in columns.items():
            places[(key, place, name)] = f"{path}!{sheet}!{letters(at)}{line}"
        places[(key, place)] = f"{path}!{sheet}!A{line}"
        if "evidence" in filled:
            filled["evidence"] = [_piece(one) for one in filled["evidence"].splitlines() if one.strip()]
        yield filled
        place += 1


def _piece(line: str) -> dict[str, str]:
    """One line of evidence as the YAML would have it; what is missing is told when it is read."""
    names = ("kind", "title", "date", "location")
    return {name: part for name, part in zip(names, split_parts(line), strict=False) if part}
