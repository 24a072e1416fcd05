"""How the workbook of an assessment is laid out: what writing and reading have to agree on.

Layouts are numbered, and the hidden sheet names the one a workbook has. Reading knows all of them:

1. No layout is named. A column has the citations, the header stands in the first row, and answers are written with
   underscores (``not_met``). Before it had a number of its own, all facts stood on the hidden sheet.
2. Citations are notes, a line above the header says what the section is about, answers are written with blanks. The
   hidden sheet also has the items with a digest of their wording; texts that no cell can hold are on a sheet of theirs.

Columns are found by their titles and sheets by their header rows, so that all of them are read in one way.
"""

from __future__ import annotations

import re

__all__ = [
    "ARCHIVE",
    "ARCHIVED_FROM",
    "COLORS",
    "COLUMNS",
    "HEADER_ROW",
    "INSTRUCTIONS",
    "KNOWN",
    "LAYOUT",
    "LAYOUTS",
    "META",
    "OPTIONAL",
    "PROGRESS",
    "SHOWN",
    "TEXTS",
    "TYPED",
    "letters",
    "shown_answer",
]

LAYOUT = "hmis-standards/assessment-workbook/2"
LAYOUTS = ("hmis-standards/assessment-workbook/1", LAYOUT)

HEADER_ROW = 1
"""The row of the titles on the sheet of a section, counted from 0; above it stands what the section is about."""

COLUMNS = {
    "item": ("Item", 18),
    "asked": ("What is asked", 50),
    "answer": ("Answer", 14),
    "note": ("Note", 31),
    "reason": ("Reason (if not applicable)", 20),
    "evidence": ("Evidence", 34),
    "proposed": ("Proposed", 10),
    "decided_by": ("Decided by", 14),
}
"""The columns of a section's sheet by field: header and width."""

OPTIONAL = frozenset({"proposed", "decided_by"})
"""Columns that are left out where no answer needs them."""

TYPED = frozenset({"answer", "note", "reason", "evidence", *OPTIONAL})

ARCHIVED_FROM = ("Archived from", 10)
"""On the sheet of the archive, one column more: the edition an answer was given in."""

KNOWN = {field: title for field, (title, _) in COLUMNS.items()} | {"archived_from": ARCHIVED_FROM[0]}

INSTRUCTIONS, PROGRESS, ARCHIVE = "Instructions", "Progress", "Archive"
META, TEXTS = "_meta", "_texts"
"""The hidden sheets: facts and items; texts that no cell can hold."""

SHOWN = {"date": "Date of assessment", "assessor": "Assessor", "assessor_kind": "Kind of assessor"}
"""The facts that stand above the instructions, with their labels."""

COLORS = {"met": "#C6E7CE", "partial": "#FFEBA8", "not_met": "#F8C9C4", "not_applicable": "#DDDDDD"}
"""The color of an answer by the status it gives."""


def shown_answer(answer: str) -> str:
    """An answer as people read and choose it: ``not met``. What holds a digit stays as it is, as in reading."""
    return answer if re.search(r"[0-9]", answer) else answer.replace("_", " ")


def letters(column: int) -> str:
    """The letters of a column counted from 0: 0 is A, 26 is AA."""
    high, low = divmod(column, 26)
    return (letters(high - 1) if high else "") + chr(ord("A") + low)
