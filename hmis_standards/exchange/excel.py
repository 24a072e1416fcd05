"""The workbook of an assessment, to be filled in by hand. It holds answers, never formulas.

An assessment has a sheet of instructions, one sheet a section with one row an item, and a hidden sheet ``_meta``; where
answers of other editions are in its archive, a sheet for these. Date and assessor stand above the instructions, where
they can be changed, the other facts on the hidden sheet. The same assessment gives the same bytes on every day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from hmis_standards.assess import Assessment, Response
from hmis_standards.assess.answers import ASSESSOR_KINDS, NOT_APPLICABLE, allowed_words
from hmis_standards.exchange.gather import aligned_title, archived_title, evidence_text, fact_texts
from hmis_standards.exchange.sheets import CELL, fit, new_workbook, print_setup, put, table_sheet
from hmis_standards.model import Alignment, Catalog, Document, Item, Section
from hmis_standards.model.standing import answer_forms
from hmis_standards.vocabulary import ScaleKind

__all__ = [
    "ARCHIVE",
    "ARCHIVED_FROM",
    "COLORS",
    "COLUMNS",
    "INSTRUCTIONS",
    "META",
    "SHOWN",
    "TYPED",
    "letters",
    "write",
]

COLUMNS = {
    "item": ("Item", 20),
    "asked": ("What is asked", 52),
    "answer": ("Answer", 14),
    "note": ("Note", 34),
    "reason": ("Reason (if not applicable)", 20),
    "evidence": ("Evidence", 36),
    "citations": ("Citations", 28),
    "proposed": ("Proposed", 10),
    "decided_by": ("Decided by", 14),
}
"""The columns of a section's sheet by field: header and width. The last is left out where nobody decided."""

ARCHIVED_FROM = ("Archived from", 10)
"""On the sheet of the archive, one column more: the edition an answer was given in."""

INSTRUCTIONS, META, ARCHIVE = "Instructions", "_meta", "Archive"
SHOWN = {"date": "Date of assessment", "assessor": "Assessor", "assessor_kind": "Kind of assessor"}
"""The facts that stand above the instructions, with their labels."""
COLORS = {"met": "#C6E7CE", "partial": "#FFEBA8", "not_met": "#F8C9C4", NOT_APPLICABLE: "#DDDDDD"}
TYPED = frozenset({"answer", "note", "reason", "evidence", "proposed", "decided_by"})


# --- writing -----------------------------------------------------------------------------------------------


def write(assessment: Assessment, path: Path, alignment: Alignment | None = None) -> None:
    """Write a workbook; see ``write_assessment``."""
    book, target = new_workbook()
    _write_instructions(book, assessment)
    names = _sheet_names(assessment)
    for name, document, section in names:
        _write_section(book, name, assessment, document.section(section.id), alignment)
    _write_archive(book, assessment)
    _write_meta(book, assessment)
    book.close()
    path.write_bytes(target.getvalue())


def _sheet_names(assessment: Assessment) -> list[tuple[str, Document, Section]]:
    """A name for each section with items: of at most 31 letters, and not used twice."""
    documents = [assessment.catalog.document(one) for one in assessment.documents]
    taken = {INSTRUCTIONS.lower(), META, ARCHIVE.lower(), "history"}
    found = []
    for document in documents:
        prefix = f"{document.id} " if len(documents) > 1 else ""
        for section in document.sections:
            if document.section(section.id):
                found.append((_free_name(prefix, section.id, taken), document, section))
    return found


def _free_name(prefix: str, section: str, taken: set[str]) -> str:
    number = 1
    while True:
        ending = section if number == 1 else f"{section} {number}"
        name = f"{prefix[: 30 - len(ending)].rstrip()} {ending}".strip()[-31:]
        if name.lower() not in taken:
            taken.add(name.lower())
            return name
        number += 1


def _write_instructions(book: Any, assessment: Assessment) -> None:
    sheet = book.add_worksheet(INSTRUCTIONS)
    bold = book.add_format({"bold": True, "valign": "top"})
    title = book.add_format({"bold": True, "font_size": 16})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 95)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    put(sheet, 0, 0, f"Assessment of {assessment.subject.name}", title)
    _write_shown(book, sheet, fact_texts(assessment))
    for place, (name, text) in enumerate(_instructions(assessment), start=len(SHOWN) + 3):
        put(sheet, place, 0, name, bold)
        put(sheet, place, 1, text, wrapped)
        fit(sheet, place, [(name, 34), (text, 95)])


def _write_shown(book: Any, sheet: Any, facts: dict[str, str]) -> None:
    """Facts in cells without a number format: a date typed over the text becomes a date of the spreadsheet."""
    bold = book.add_format({"bold": True, "valign": "top"})
    typed = book.add_format({**CELL, "bg_color": "#FFF9DB", "align": "left"})
    for place, (name, label) in enumerate(SHOWN.items(), start=2):
        put(sheet, place, 0, label, bold)
        put(sheet, place, 1, facts[name], typed)
    _message(sheet, 2, 1, "Date of assessment", "As 2026-03-01. Evidence dated later does not count.")
    sheet.data_validation(4, 1, 4, 1, {"validate": "list", "source": list(ASSESSOR_KINDS)})


_FORMS = (
    (ScaleKind.PARTS, "2 of 3, or parts 1, 3", "How many of the numbered objectives are covered, or which of them."),
    (ScaleKind.MEASURED, "0.97, 97% or 28 of 30", "The measured number, where the row states a goal to judge it by."),
)
"""What some rows take beside the words of the list: an example, and what it says."""


def _instructions(assessment: Assessment) -> list[tuple[str, str]]:
    documents = [assessment.catalog.document(one) for one in assessment.documents]
    scales = {item.scale: assessment.catalog.scale(item) for item in assessment.items()}
    words: dict[str, str] = {}
    for one in (answer for scale in scales.values() for answer in scale.answers):
        words.setdefault(one.answer, one.text)
    answers = list(words.items())
    answers += [(label, text) for kind, label, text in _FORMS if any(scale.kind is kind for scale in scales.values())]
    return [
        *((document.title, document.notice) for document in documents),
        ("Edition", assessment.edition),
        ("Answer", "Choose from the list in each row. Leave it empty where you do not know yet: empty is not a no."),
        *answers,
        (NOT_APPLICABLE, "Only where the list offers it, and only with a reason in the column beside it."),
        (
            "Evidence",
            "One line for each piece (Alt+Enter begins a line): kind | title | date | location. For example: "
            "minutes | Board meeting | 2026-02-11 | board/2026-02.pdf. The message beside the cell says what is "
            'demanded; without it, "met" counts as partly met. A line without a bar is the title of a document.',
        ),
        (
            "Proposed",
            '"yes" marks an answer taken from measured data that nobody has confirmed. It does not count. Clear the '
            "cell to confirm the answer.",
        ),
        (
            "Rows and columns",
            "Sort, filter and add columns as you like. Keep the Item column and the header row as they are.",
        ),
        ("Client data", "Do not write names or other data of clients into this workbook."),
    ]


def _write_section(
    book: Any, name: str, assessment: Assessment, items: Sequence[Item], alignment: Alignment | None
) -> None:
    columns = _columns(assessment)
    sheet = table_sheet(book, name, (COLUMNS[field] for field in columns))
    cell, typed = book.add_format(CELL), book.add_format({**CELL, "num_format": "@"})
    for row, item in enumerate(items, start=1):
        texts = _cells(assessment, item, alignment)
        for column, field in enumerate(columns):
            put(sheet, row, column, texts[field], typed if field in TYPED else cell)
        fit(sheet, row, [(text, COLUMNS[field][1]) for field, text in texts.items()])
        _guide(sheet, row, assessment.catalog, item)
    _color(book, sheet, len(items))
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(items), len(columns) - 1)
    print_setup(sheet)


def _cells(assessment: Assessment, item: Item, alignment: Alignment | None) -> dict[str, str]:
    """The texts of a row by field, in the order of the columns."""
    said = assessment.response(item.id) or Response(item=item.id)
    return _texts(said, _asked(item, alignment), "\n".join(_citations(assessment.catalog, item)))


def _texts(said: Response, asked: str, citations: str = "") -> dict[str, str]:
    return {
        "item": said.item,
        "asked": asked,
        "answer": said.answer or "",
        "note": said.note or "",
        "reason": said.reason or "",
        "evidence": evidence_text(said.evidence),
        "citations": citations,
        "proposed": "yes" if said.proposed else "",
        "decided_by": said.decided_by or "",
    }


def _asked(item: Item, alignment: Alignment | None) -> str:
    """Title and text; also the levels of a matrix standard, the objectives of a topic, the goal of a number."""
    levels = (f"{level.level}: {level.text}" for level in item.levels)
    parts = (f"{number}. {part}" for number, part in enumerate(item.parts, start=1))
    goal = (f"Number: {item.goal.of}. Goal: {item.goal}.",) if item.goal else ()
    return "\n".join((aligned_title(item, alignment), item.text, *levels, *parts, *goal))


def _citations(catalog: Catalog, item: Item) -> Iterator[str]:
    for one in item.citations:
        yield catalog.source(one.source).citation + (f", {one.at}" if one.at else "")


def _column(field: str) -> int:
    return list(COLUMNS).index(field)


def _guide(sheet: Any, row: int, catalog: Catalog, item: Item) -> None:
    """The list of answers, and messages that say when "not applicable" is honest and what a reviewer asks to see."""
    answer, reason, evidence = _column("answer"), _column("reason"), _column("evidence")
    forms = answer_forms(catalog.scale(item), item)
    choice = {"validate": "list", "source": list(allowed_words(catalog, item)), **_CHOICE, **_typed_too(forms)}
    sheet.data_validation(row, answer, row, answer, choice)
    if item.na.allowed and item.na.when:
        _message(sheet, row, reason, "When not applicable", item.na.when)
    needs = [f"{need.kind.label}{' (demanded)' if need.demanded else ''}: {need.text}" for need in item.evidence]
    if needs:
        _message(sheet, row, evidence, "A reviewer asks to see", "\n".join(needs))


_CHOICE = {
    "error_title": "Not an answer",
    "error_message": "Choose one of the answers in the list, or leave the cell empty.",
}


def _typed_too(forms: Sequence[str]) -> dict[str, str]:
    """What may be typed beside the list, told when the cell is chosen; Excel then asks and does not refuse."""
    if not forms:
        return {}
    told = f"Or type {' '.join(forms)}."
    return {"error_type": "information", "error_message": told, "input_title": "Answer", "input_message": told}


def _message(sheet: Any, row: int, column: int, title: str, text: str) -> None:
    """A message shown when the cell is chosen; Excel takes at most 255 letters."""
    short = text if len(text) <= 255 else f"{text[:254]}…"
    sheet.data_validation(row, column, row, column, {"validate": "any", "input_title": title, "input_message": short})


def _color(book: Any, sheet: Any, rows: int) -> None:
    answer, reason = _column("answer"), _column("reason")
    for word, color in COLORS.items():
        rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": book.add_format({"bg_color": color})}
        sheet.conditional_format(1, answer, rows, answer, rule)
    lacking = f'=AND(${letters(answer)}2="{NOT_APPLICABLE}",LEN(TRIM(${letters(reason)}2))=0)'
    red = book.add_format({"bg_color": COLORS["not_met"]})
    sheet.conditional_format(1, reason, rows, reason, {"type": "formula", "criteria": lacking, "format": red})


def _columns(assessment: Assessment) -> list[str]:
    """The fields of the columns: who decided only where anybody did."""
    return [field for field in COLUMNS if field != "decided_by" or assessment.decided]


def _write_archive(book: Any, assessment: Assessment) -> None:
    if not assessment.archive:
        return
    columns = (*COLUMNS.values(), ARCHIVED_FROM)
    sheet, cell = table_sheet(book, ARCHIVE, columns), book.add_format(CELL)
    for row, one in enumerate(assessment.archive, start=1):
        title = archived_title(assessment.catalog, one.response.item)
        texts = (*_texts(one.response, title).values(), one.edition)
        for column, text in enumerate(texts):
            put(sheet, row, column, text, cell)
        fit(sheet, row, [(text, width) for text, (_, width) in zip(texts, columns, strict=True)])
    sheet.freeze_panes(1, 1)
    print_setup(sheet)


def _write_meta(book: Any, assessment: Assessment) -> None:
    sheet = book.add_worksheet(META)
    hidden = {name: text for name, text in fact_texts(assessment).items() if name not in SHOWN}
    for row, (name, text) in enumerate(hidden.items()):
        put(sheet, row, 0, name)
        put(sheet, row, 1, text)
    sheet.hide()


def letters(column: int) -> str:
    """The letters of a column counted from 0: 0 is A, 26 is AA."""
    high, low = divmod(column, 26)
    return (letters(high - 1) if high else "") + chr(ord("A") + low)
