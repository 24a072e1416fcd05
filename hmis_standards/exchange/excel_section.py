"""The sheet of a section: what it is about, the titles of the columns, and a row an item."""

from __future__ import annotations

from typing import Any

from hmis_standards.assess import Assessment, Response
from hmis_standards.exchange.excel_front import SectionSheet
from hmis_standards.exchange.excel_layout import COLUMNS, HEADER_ROW, PROGRESS, TYPED, shown_answer
from hmis_standards.exchange.excel_rules import color, guide, write_notes
from hmis_standards.exchange.excel_texts import held, readable
from hmis_standards.exchange.gather import aligned_title, evidence_text
from hmis_standards.exchange.sheets import CELL, HEADER, LINE, fit, print_setup, protect, put
from hmis_standards.model import Alignment, Item

__all__ = ["said_texts", "write_section"]

_FREE = 26  # columns to the right of the table that anybody may fill


def write_section(
    book: Any, one: SectionSheet, assessment: Assessment, alignment: Alignment | None, kept: list[str]
) -> None:
    """Write the sheet; texts that no cell can hold are added to ``kept``."""
    sheet = book.add_worksheet(one.name)
    widths = _widths(one)
    _write_head(book, sheet, one, widths)
    looks = _looks(book)
    for row, item in enumerate(one.items, start=HEADER_ROW + 1):
        said = assessment.response(item.id) or Response(item=item.id)
        texts = {field: held(text, kept) for field, text in said_texts(said).items()}
        for column, field in enumerate(one.columns):
            put(sheet, row, column, texts.get(field, ""), looks["typed" if field in TYPED else field])
        texts["asked"] = _write_asked(sheet, row, one.columns.index("asked"), item, alignment, looks)
        write_notes(sheet, row, one, assessment.catalog, item)
        fit(sheet, row, [(texts[field], _LETTERS * width // 10) for field, width in widths.items()])
    guide(sheet, one, assessment.catalog, len(assessment.items()))
    color(book, sheet, one, assessment.catalog)
    _finish(sheet, one, assessment)


_LETTERS = 11  # of running text, where ten digits fit


def _widths(one: SectionSheet) -> dict[str, int]:
    """The width of each column; ids are not broken."""
    widths = {field: COLUMNS[field][1] for field in one.columns}
    return widths | {"item": max(len(item.id) for item in one.items) + 2}


def _write_head(book: Any, sheet: Any, one: SectionSheet, widths: dict[str, int]) -> None:
    """What the section is about, in one cell over the columns; the titles; and columns that anybody may fill."""
    free = book.add_format({"locked": False})
    sheet.set_column(len(widths), len(widths) + _FREE, None, free)
    for column, (field, width) in enumerate(widths.items()):
        sheet.set_column(column, column, width, free)
        put(sheet, HEADER_ROW, column, COLUMNS[field][0], book.add_format(HEADER))
    sheet.set_row(HEADER_ROW, 2 * LINE + 3)
    link = book.add_format({"font_color": "#0B5394", "underline": 1, "valign": "top"})
    sheet.write_url(0, 0, f"internal:'{PROGRESS}'!A1", link, f"< {PROGRESS}", "Back to all sections")
    _write_about(book, sheet, one, sum(widths.values()) - widths["item"])


def _write_about(book: Any, sheet: Any, one: SectionSheet, width: int) -> None:
    title, text = readable(f"{one.document.title}: {one.section.title}"), readable(one.section.text)
    look, bold = book.add_format({"text_wrap": True, "valign": "top"}), book.add_format({"bold": True, "font_size": 12})
    sheet.merge_range(0, 1, 0, len(one.columns) - 1, "", look)
    sheet.write_rich_string(0, 1, bold, title, f"\n{text}", look)
    fit(sheet, 0, [(f"{title}\n{text}", width)])


def _looks(book: Any) -> dict[str, Any]:
    free = {**CELL, "locked": False}
    return {
        "item": book.add_format({**free, "font_color": "#595959"}),
        "asked": book.add_format(free),
        "typed": book.add_format({**free, "num_format": "@"}),
        "bold": book.add_format({"bold": True}),
    }


def said_texts(said: Response) -> dict[str, str]:
    """What was said on an item, by field."""
    return {
        "item": said.item,
        "answer": shown_answer(said.answer or ""),
        "note": said.note or "",
        "reason": said.reason or "",
        "evidence": evidence_text(said.evidence),
        "proposed": "yes" if said.proposed else "",
        "decided_by": said.decided_by or "",
    }


def _write_asked(
    sheet: Any, row: int, column: int, item: Item, alignment: Alignment | None, looks: dict[str, Any]
) -> str:
    """The title in bold and the text; also the levels of a matrix standard, the objectives of a topic, the goal."""
    title = readable(aligned_title(item, alignment))
    levels = (f"{level.level}: {level.text}" for level in item.levels)
    parts = (f"{number}. {part}" for number, part in enumerate(item.parts, start=1))
    goal = (f"Number: {item.goal.of}. Goal: {item.goal}.",) if item.goal else ()
    rest = readable("\n".join((item.text, *levels, *parts, *goal)))
    sheet.write_rich_string(row, column, looks["bold"], title, f"\n{rest}", looks["asked"])
    return f"{title}\n{rest}"


def _finish(sheet: Any, one: SectionSheet, assessment: Assessment) -> None:
    """Frozen header, filter, lock, and how it prints: the header on every page, who and what at the top of it."""
    sheet.freeze_panes(HEADER_ROW + 1, 1)
    sheet.autofilter(HEADER_ROW, 0, one.last - 1, len(one.columns) - 1)
    protect(sheet)
    print_setup(sheet)
    sheet.repeat_rows(0, HEADER_ROW)
    sheet.set_margins(left=0.4, right=0.4)
    subject, what = (_code(text) for text in (assessment.subject.name, f"{one.document.title}, {one.section.title}"))
    sheet.set_header(f"&L{subject}&R{what}")
    sheet.set_selection(one.first - 1, one.columns.index("answer"), one.first - 1, one.columns.index("answer"))


def _code(text: str) -> str:
    """A text for the header of a page, in which ``&`` begins a code."""
    return readable(" ".join(text.split()))[:80].replace("&", "&&")
