"""The workbook of an assessment, to be filled in by hand.

An assessment has a sheet of instructions, one that shows how far each section is, one sheet a section with one row an
item, and hidden sheets (see ``excel_hidden`` and ``excel_texts``); where answers of other editions are in its archive,
a sheet for these. Date and assessor stand above the instructions, where they can be changed, the other facts on the
hidden sheet. The same assessment gives the same bytes on every day.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hmis_standards.assess import Assessment
from hmis_standards.exchange.excel_front import SectionSheet, write_instructions, write_progress
from hmis_standards.exchange.excel_hidden import write_meta
from hmis_standards.exchange.excel_layout import (
    ARCHIVE,
    ARCHIVED_FROM,
    COLUMNS,
    INSTRUCTIONS,
    META,
    OPTIONAL,
    PROGRESS,
    TEXTS,
)
from hmis_standards.exchange.excel_section import said_texts, write_section
from hmis_standards.exchange.excel_texts import held, readable, write_texts
from hmis_standards.exchange.gather import archived_title
from hmis_standards.exchange.sheets import CELL, fit, locked, new_workbook, print_setup, protect, put, table_sheet
from hmis_standards.model import Alignment

__all__ = ["write"]


def write(assessment: Assessment, path: Path, alignment: Alignment | None = None) -> None:
    """Write a workbook; see ``write_assessment``."""
    book, target = new_workbook()
    kept: list[str] = []
    sheets = _section_sheets(assessment)
    write_instructions(book, assessment, kept)
    write_progress(book, assessment, sheets)
    for one in sheets:
        write_section(book, one, assessment, alignment, kept)
    _write_archive(book, assessment, kept)
    write_meta(book, assessment, kept)
    write_texts(book, kept)
    book.close()
    path.write_bytes(locked(target.getvalue()))


def _section_sheets(assessment: Assessment) -> list[SectionSheet]:
    """The sheets of the sections with items, each with a name of at most 31 letters that is not used twice."""
    taken = {one.lower() for one in (INSTRUCTIONS, PROGRESS, ARCHIVE, META, TEXTS, "History")}
    columns = _columns(assessment)
    found = []
    for document in map(assessment.catalog.document, assessment.documents):
        prefix = f"{document.id} " if len(assessment.documents) > 1 else ""
        for section in document.sections:
            if document.section(section.id):
                name = _free_name(prefix, section.id, taken)
                found.append(SectionSheet(name, document, section, columns))
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


def _columns(assessment: Assessment) -> tuple[str, ...]:
    """The fields of the columns, the optional ones only where they are needed."""
    needed = {"proposed": any(one.proposed for one in assessment.responses), "decided_by": assessment.decided}
    return tuple(field for field in COLUMNS if field not in OPTIONAL or needed[field])


def _write_archive(book: Any, assessment: Assessment, kept: list[str]) -> None:
    if not assessment.archive:
        return
    columns = (*COLUMNS.values(), ARCHIVED_FROM)
    sheet, cell = table_sheet(book, ARCHIVE, columns), book.add_format(CELL)
    for row, one in enumerate(assessment.archive, start=1):
        said = {field: held(text, kept) for field, text in said_texts(one.response).items()}
        said["asked"] = readable(archived_title(assessment.catalog, one.response.item))
        texts = (*(said[field] for field in COLUMNS), held(one.edition, kept))
        for column, text in enumerate(texts):
            put(sheet, row, column, text, cell)
        fit(sheet, row, [(text, width) for text, (_, width) in zip(texts, columns, strict=True)])
    sheet.freeze_panes(1, 1)
    protect(sheet)
    print_setup(sheet)
