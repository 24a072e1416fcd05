"""The first two sheets of a workbook: how to fill it in, and how far each section is.

The counts of answers are formulas, the only ones of a workbook. They are for the person who fills it in: nothing reads
them, and no score rests on them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from hmis_standards.assess import Assessment
from hmis_standards.assess.answers import ASSESSOR_KINDS, NOT_APPLICABLE
from hmis_standards.exchange.excel_layout import (
    COLORS,
    HEADER_ROW,
    INSTRUCTIONS,
    PROGRESS,
    SHOWN,
    letters,
    shown_answer,
)
from hmis_standards.exchange.excel_texts import held, readable
from hmis_standards.exchange.gather import fact_texts
from hmis_standards.exchange.sheets import CELL, HEADER, fit, print_setup, protect, put, table_sheet
from hmis_standards.model import Document, Section
from hmis_standards.model.items import Items
from hmis_standards.vocabulary import ScaleKind

__all__ = ["TO_FILL", "SectionSheet", "write_instructions", "write_progress"]

TO_FILL = "#FFF9DB"
"""The fill of what is to be filled in."""
_WIDTHS = (30, 100)
_ON_A_PAGE = 3  # documents of which the first page has room to say what they are


class SectionSheet(NamedTuple):
    """The sheet of a section that has items: its name, and the fields of its columns."""

    name: str
    document: Document
    section: Section
    columns: tuple[str, ...]

    @property
    def items(self) -> Items:
        """The items, a row each."""
        return self.document.section(self.section.id)

    @property
    def first(self) -> int:
        """The row of the first item, counted from 1."""
        return HEADER_ROW + 2

    @property
    def last(self) -> int:
        """The row of the last item, counted from 1."""
        return HEADER_ROW + 1 + len(self.items)


# --- instructions ------------------------------------------------------------------------------------------


def write_instructions(book: Any, assessment: Assessment, kept: list[str]) -> None:
    sheet = book.add_worksheet(INSTRUCTIONS)
    sheet.hide_gridlines(2)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    title = f"Assessment of {readable(assessment.subject.name)}"
    put(sheet, 0, 0, title, book.add_format({"bold": True, "font_size": 16}))
    _write_shown(book, sheet, {name: held(text, kept) for name, text in fact_texts(assessment).items()})
    row = len(SHOWN) + 3
    for heading, lines in _chapters(assessment):
        begins = row
        row = _write_chapter(book, sheet, row, heading, lines) + 1
    if len(assessment.documents) > _ON_A_PAGE:
        sheet.set_h_pagebreaks([begins])  # what so many documents are does not fit below the rest
    protect(sheet)
    print_setup(sheet)


def _write_shown(book: Any, sheet: Any, facts: dict[str, str]) -> None:
    """Facts in cells without a number format: a date typed over the text becomes a date of the spreadsheet."""
    bold = book.add_format({"bold": True, "valign": "top"})
    typed = book.add_format({**CELL, "bg_color": TO_FILL, "align": "left", "locked": False})
    for place, (name, label) in enumerate(SHOWN.items(), start=2):
        put(sheet, place, 0, label, bold)
        put(sheet, place, 1, facts[name], typed)
        fit(sheet, place, [(facts[name], _WIDTHS[1])])
    day = {"input_title": SHOWN["date"], "input_message": "As 2026-03-01. Evidence dated later does not count."}
    sheet.data_validation(2, 1, 2, 1, {"validate": "any", **day})
    sheet.data_validation(4, 1, 4, 1, {"validate": "list", "source": list(ASSESSOR_KINDS)})


def _write_chapter(book: Any, sheet: Any, row: int, heading: str, lines: Sequence[tuple[str, str]]) -> int:
    """A heading and its lines; the row after them. The words of an answer stand in the color they get."""
    for column, text in enumerate((heading, "")):
        put(sheet, row, column, text, book.add_format({**HEADER, "text_wrap": False}))
    for line, (name, text) in enumerate(lines, start=row + 1):
        color = COLORS.get(name)
        look = {**CELL, "bold": True, **({"bg_color": color} if color else {})}
        put(sheet, line, 0, shown_answer(name), book.add_format(look))
        put(sheet, line, 1, readable(text), book.add_format(CELL))
        fit(sheet, line, list(zip((name, text), _WIDTHS, strict=True)))
    return row + len(lines) + 1


_STEPS = (
    (
        "1. Say who and when",
        "Fill in the yellow cells above: the day, who answers, and as what.",
    ),
    (
        "2. Answer",
        f"Each tab at the bottom is a section; the tab {PROGRESS} has a link to each, and how far you are. Choose an "
        "answer from the list in each yellow cell. Leave it empty where you do not know yet: empty is not a no.",
    ),
    (
        "3. Show it",
        "Write evidence into the column beside it, a line for each piece (Alt+Enter begins a line): kind | title | "
        "date | location. For example: minutes | Board meeting | 2026-02-11 | board/2026-02.pdf. A line without a bar "
        'is the title of a document. Without the evidence it demands, "met" counts as partly met.',
    ),
    (
        "4. Save",
        "Save as an Excel workbook (.xlsx) and send it back. The score is worked out from it, not in it.",
    ),
)
_HELP = (
    (
        "Red corners",
        "Point at a cell with a red corner: Item says why it matters and what it rests on, Evidence what a reviewer "
        "asks to see, Reason when an item does not apply.",
    ),
    (
        "Rows and columns",
        "Sort, filter, and hide rows as you like, and add columns of your own to the right. The header row is locked, "
        "and what is asked cannot be typed over. No password is set: Review > Unprotect Sheet opens a sheet, Review > "
        "Protect Workbook the tabs. Leave the titles of the columns and the ids of the items as they are.",
    ),
    (
        "Several people",
        "Give each person a copy, and have everybody fill in a part. The copies can be put together again "
        "(hmis-standards merge); where two people answered differently, this is listed.",
    ),
    ("Client data", "Do not write names or other data of clients into this workbook."),
)
_PROPOSED = (
    "Proposed",
    '"yes" marks an answer taken from measured data that nobody has confirmed. It does not count. Clear the cell to '
    "confirm the answer.",
)
_FORMS = (
    (ScaleKind.PARTS, "2 of 3, or parts 1, 3", "How many of the numbered objectives are covered, or which of them."),
    (ScaleKind.MEASURED, "0.97, 97% or 28 of 30", "The measured number, where the row states a goal to judge it by."),
)
"""What some rows take beside the words of the list: an example, and what it says."""


def _chapters(assessment: Assessment) -> list[tuple[str, Sequence[tuple[str, str]]]]:
    documents = [assessment.catalog.document(one) for one in assessment.documents]
    proposed = [_PROPOSED] if any(one.proposed for one in assessment.responses) else []
    about = [*((one.title, one.notice) for one in documents), ("Edition", assessment.edition)]
    return [
        ("How to fill this in", _STEPS),
        ("What the answers mean", _answers(assessment)),
        ("Good to know", [*proposed, *_HELP]),
        ("What this is", about),
    ]


def _answers(assessment: Assessment) -> list[tuple[str, str]]:
    """The words of all scales in use, each once, and the other forms an answer can have."""
    scales = {item.scale: assessment.catalog.scale(item) for item in assessment.items()}
    words: dict[str, str] = {}
    for one in (answer for scale in scales.values() for answer in scale.answers):
        words.setdefault(one.answer, one.text)
    forms = [(label, text) for kind, label, text in _FORMS if any(scale.kind is kind for scale in scales.values())]
    rule = (NOT_APPLICABLE, "Only where the list offers it, and only with a reason in the column beside it.")
    return [*words.items(), *forms, rule]


# --- progress ----------------------------------------------------------------------------------------------

_PROGRESS = (("Section", 34), ("What it is about", 74), ("Items", 8), ("Answered", 10), ("How far", 24))


def write_progress(book: Any, assessment: Assessment, sheets: Sequence[SectionSheet]) -> None:
    sheet = table_sheet(book, PROGRESS, _PROGRESS)
    for row, one in enumerate(sheets, start=1):
        _write_progress_of(book, sheet, row, one, _answered(assessment, one))
    total, bold = len(sheets) + 1, book.add_format({**CELL, "bold": True})
    put(sheet, total, 0, "All sections", bold)
    put(sheet, total, 1, "Counted by the spreadsheet, for you: no score rests on these numbers.", book.add_format(CELL))
    items, answered = len(assessment.items()), sum(_answered(assessment, one) for one in sheets)
    sheet.write_number(total, 2, items, bold)
    sheet.write_formula(total, 3, f"=SUM(D2:D{total})", bold, answered)
    _write_bar(book, sheet, total, answered, items)
    sheet.freeze_panes(1, 1)
    protect(sheet)
    print_setup(sheet)


def _write_progress_of(book: Any, sheet: Any, row: int, one: SectionSheet, answered: int) -> None:
    """A link to the section, what it is about, and how many of its items are answered."""
    cell = book.add_format(CELL)
    link = book.add_format({**CELL, "font_color": "#0B5394", "underline": 1})
    about = f"{one.section.title}\n{one.section.text}" if one.section.text else one.section.title
    sheet.write_url(row, 0, f"internal:'{one.name}'!A1", link, one.name, "Go to this section")
    put(sheet, row, 1, readable(about), cell)
    sheet.write_number(row, 2, len(one.items), cell)
    sheet.write_formula(row, 3, _count(one), cell, answered)
    _write_bar(book, sheet, row, answered, len(one.items))
    fit(sheet, row, [(one.name, _PROGRESS[0][1]), (about, _PROGRESS[1][1])])


def _count(one: SectionSheet) -> str:
    column = letters(one.columns.index("answer"))
    return f"=COUNTA('{one.name}'!${column}${one.first}:${column}${one.last})"


def _answered(assessment: Assessment, one: SectionSheet) -> int:
    said = (assessment.response(item.id) for item in one.items)
    return sum(response is not None and response.answer is not None for response in said)


_BAR = 20  # blocks where all is answered


def _write_bar(book: Any, sheet: Any, row: int, answered: int, items: int) -> None:
    """A bar of blocks, which every program shows and prints; green where all is answered."""
    blocks = "\u2588" * ((2 * _BAR * answered + items) // (2 * items))  # rounded as a spreadsheet rounds
    blue = book.add_format({**CELL, "font_color": "#2E75B6", "text_wrap": False})
    sheet.write_formula(row, 4, f'=REPT("\u2588",ROUND({_BAR}*D{row + 1}/C{row + 1},0))', blue, blocks)
    full = {"type": "formula", "criteria": f"=$D{row + 1}>=$C{row + 1}"}
    sheet.conditional_format(row, 4, row, 4, {**full, "format": book.add_format({"font_color": "#548235"})})
