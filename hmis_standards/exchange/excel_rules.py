"""What guides the person who fills in a section: notes, the list of answers, colors.

Rows are sorted by people, and Excel then moves cells with their notes and formats, but neither lists nor rules. So what
is about one item is a note of its row, and lists and rules are the same for all rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from hmis_standards.assess.answers import NOT_APPLICABLE, allowed_words
from hmis_standards.exchange.excel_front import TO_FILL, SectionSheet
from hmis_standards.exchange.excel_hidden import answer_list
from hmis_standards.exchange.excel_layout import COLORS, letters, shown_answer
from hmis_standards.exchange.excel_texts import readable
from hmis_standards.model import Catalog, Item
from hmis_standards.model.standing import answer_forms, standing

__all__ = ["color", "guide", "write_notes"]


def write_notes(sheet: Any, row: int, one: SectionSheet, catalog: Catalog, item: Item) -> None:
    """Why it matters and what it rests on; what a reviewer asks to see; when "not applicable" is honest."""
    needs = [f"{need.kind.label}{' (demanded)' if need.demanded else ''}: {need.text}" for need in item.evidence]
    when = item.na.when if item.na.allowed else None
    forms = answer_forms(catalog.scale(item), item)
    notes = {
        "item": "\n".join((item.why, "", f"This is {item.obligation.label}. It rests on:", *_citations(catalog, item))),
        "answer": f"Choose from the list, or type {' '.join(forms)}." if forms else "",
        "evidence": "\n".join(("A reviewer asks to see:", *needs)) if needs else "",
        "reason": f"Not applicable: {when}" if when else "",
    }
    for field, text in notes.items():
        if text:
            _note(sheet, row, one.columns.index(field), readable(text))


def _citations(catalog: Catalog, item: Item) -> Iterator[str]:
    for one in item.citations:
        source = catalog.source(one.source)
        at = f", {one.at}" if one.at else ""
        yield f"- {source.citation}{at}: {source.title}{'' if source.in_effect else ' (binds nobody today)'}"


_NOTE_LETTERS, _NOTE_WIDTH, _NOTE_LINE, _LONGEST_NOTE = 58, 360, 16, 2_000


def _note(sheet: Any, row: int, column: int, text: str) -> None:
    """A note as large as its text."""
    lines = sum(max(1, -(-len(part) // _NOTE_LETTERS)) for part in text.split("\n"))
    size = {"width": _NOTE_WIDTH, "height": min(_NOTE_LINE * (lines + 1), 600), "font_size": 9}
    sheet.write_comment(row, column, text[:_LONGEST_NOTE], size)


_FIXED = {
    "validate": "custom",
    "value": "=FALSE",
    "ignore_blank": False,
    "error_title": "This is fixed",
    "error_message": "What is asked, and the id of the item, stay as they are. Write into the columns beside it.",
}
_CHOICE = {
    "error_title": "Not an answer",
    "error_message": "Choose one of the answers in the list, or leave the cell empty.",
}
_OR_TYPED = {
    "error_type": "information",
    "error_message": "This is not in the list. Some rows also take a count, parts or a number: see the note.",
}


def guide(sheet: Any, one: SectionSheet, catalog: Catalog, items: int) -> None:
    """The list of answers of whichever item stands in the row; and cells that are not to be typed over.

    ``items`` is the number of items on the hidden sheet.
    """
    columns = one.columns
    item, answer = columns.index("item"), columns.index("answer")
    typed_too = any(answer_forms(catalog.scale(each), each) for each in one.items)
    source = answer_list(items, one.first, item)
    rules: dict[int, dict[str, Any]] = {
        answer: {"validate": "list", "source": source, **_CHOICE, **(_OR_TYPED if typed_too else {})}
    }
    rules |= {columns.index(field): _FIXED for field in ("item", "asked")}
    if "proposed" in columns:
        rules[columns.index("proposed")] = {"validate": "list", "source": ["yes"]}
    for column, rule in rules.items():
        sheet.data_validation(one.first - 1, column, one.last - 1, column, rule)


def _statuses(catalog: Catalog, items: Sequence[Item]) -> dict[str, list[str]]:
    """The answers of a section's items by the status they give, without those that give different ones."""
    found: dict[str, set[str]] = {NOT_APPLICABLE: {NOT_APPLICABLE}}
    for item in items:
        counts = [f"{count} of {len(item.parts)}" for count in range(len(item.parts) + 1)]
        for word in (*allowed_words(catalog, item), *counts):
            answer = standing(catalog.scale(item), item, word)
            if answer is not None:
                found.setdefault(word, set()).add(answer.status.value)
    of_status: dict[str, list[str]] = {status: [] for status in COLORS}
    for word, statuses in found.items():
        if len(statuses) == 1:
            of_status[statuses.pop()].append(word)
    return of_status


def color(book: Any, sheet: Any, one: SectionSheet, catalog: Catalog) -> None:
    """Yellow where an answer is open; the color of its status; blue where it is only proposed; red for no reason."""

    def rule(field: str, formula: str, fill: str) -> None:
        column = one.columns.index(field)
        look = book.add_format({"bg_color": fill})
        told = {"type": "formula", "criteria": formula, "format": look, "stop_if_true": True}
        sheet.conditional_format(one.first - 1, column, one.last - 1, column, told)

    cells = {field: f"${letters(column)}{one.first}" for column, field in enumerate(one.columns)}
    answer, reason = cells["answer"], cells["reason"]
    if "proposed" in cells:
        rule("answer", f'=AND(LEN(TRIM({answer}))>0,LOWER(TRIM({cells["proposed"]}))="yes")', "#CFE2F3")
    for status, words in _statuses(catalog, one.items).items():
        if words:
            same = ",".join(f'TRIM({answer}&"")="{shown_answer(word)}"' for word in words)
            rule("answer", f"=OR({same})", COLORS[status])
    rule("answer", f'=LEN(TRIM({answer}&""))=0', TO_FILL)
    rule("reason", f'=AND({answer}="{shown_answer(NOT_APPLICABLE)}",LEN(TRIM({reason}))=0)', COLORS["not_met"])
