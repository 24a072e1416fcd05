"""Assessments as CSV: one row an item, UTF-8 with a byte order mark so that Excel shows it right.

The facts stand in the first rows, ``#subject,XX-500`` and so on; then the header; then the items. All evidence of an
item is in one cell, a line a piece: ``kind | title | date | location | need | valid until`` (see
``gather.evidence_text``). A cell that a spreadsheet would take for a formula is written with an apostrophe before it,
which reading takes away again.
Where answers of another edition are in the archive, they follow in rows with that edition in a last column.
"""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from hmis_standards.assess import Assessment, Response
from hmis_standards.errors import Problem
from hmis_standards.exchange.csv_rows import csv_rows
from hmis_standards.exchange.gather import (
    FACTS,
    Locate,
    Row,
    archived_title,
    build,
    evidence_text,
    fact_texts,
    facts_of,
    read_row,
    stray_columns,
)
from hmis_standards.model import Alignment, Catalog

__all__ = ["COLUMNS", "guarded", "read", "write"]

COLUMNS = ("item", "title", "answer", "note", "reason", "evidence", "proposed")
_DECIDED = "decided_by"  # a column only where an answer names who decided
_NEEDED = ("item", "answer")
_NUMBER, _ARCHIVED_FROM = "hud_number", "archived_from"
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def write(assessment: Assessment, path: Path, alignment: Alignment | None = None) -> None:
    """Write CSV; see ``write_assessment``. With an alignment, HUD's number is in a last column."""
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\r\n")
    for name, value in fact_texts(assessment).items():
        out.writerow([f"#{name}", guarded(value)])
    more = [_DECIDED] * assessment.decided + [_NUMBER] * (alignment is not None)
    more += [_ARCHIVED_FROM] * bool(assessment.archive)
    out.writerow((*COLUMNS, *more))
    for item in assessment.items():
        said = assessment.response(item.id) or Response(item=item.id)
        entry = alignment.get(item.id) if alignment else None
        further = {_DECIDED: said.decided_by, _NUMBER: entry.number if entry else ""}
        out.writerow(_row(item.title, said, more, further))
    for one in assessment.archive:
        further = {_DECIDED: one.response.decided_by, _ARCHIVED_FROM: one.edition}
        out.writerow(_row(archived_title(assessment.catalog, one.response.item), one.response, more, further))
    path.write_bytes(text.getvalue().encode("utf-8-sig"))


def _row(title: str, said: Response, more: list[str], further: dict[str, str | None]) -> list[str]:
    """The cells of a row; ``further`` has texts for the columns after the common ones."""
    evidence, proposed = evidence_text(said.evidence), "yes" if said.proposed else ""
    common = (said.item, title, said.answer, said.note, said.reason, evidence, proposed)
    return [guarded(cell or "") for cell in (*common, *(further.get(name) for name in more))]


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _bare(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def read(path: Path, catalog: Catalog | None) -> Assessment:
    """The assessment in a CSV file; see ``read_assessment``."""
    records = [(line, [_bare(cell) for cell in cells]) for line, cells in csv_rows(path)]
    facts, places, records = _head(records)
    at = _locate(path, places, 1)
    found, problems = facts_of(facts, at)
    rows, more = _rows(path, records)
    return build(path, found, at, rows, [*problems, *more], catalog)


def _head(
    records: list[tuple[int, list[str]]],
) -> tuple[dict[str, str], dict[str, int], list[tuple[int, list[str]]]]:
    """The facts, their lines, and the records that are left."""
    facts: dict[str, str] = {}
    lines: dict[str, int] = {}
    for place, (line, cells) in enumerate(records):
        if not cells[0].startswith("#"):
            return facts, lines, records[place:]
        name = cells[0][1:].strip().lower()
        if name in FACTS:
            facts[name], lines[name] = (cells[1] if len(cells) > 1 else ""), line
    return facts, lines, []


def _locate(path: Path, lines: dict[str, int], otherwise: int) -> Locate:
    def at(name: str, message: str, hint: str) -> Problem:
        return Problem(str(path), lines.get(name, otherwise), name, message, hint)

    return at


def _rows(path: Path, records: list[tuple[int, list[str]]]) -> tuple[list[Row], list[Problem]]:
    if not records:
        return [], [Problem(str(path), None, "", f"no header row; it begins with {', '.join(COLUMNS[:3])}")]
    line, header = records[0][0], [cell.strip().lower() for cell in records[0][1]]
    problems = [Problem(str(path), line, "", f"missing column {name}") for name in _NEEDED if name not in header]
    for name, meant in stray_columns(header, (*COLUMNS, _ARCHIVED_FROM)).items():
        problems.append(Problem(str(path), line, name, f"unknown column {name!r}", f"did you mean {meant}?"))
    if problems:
        return [], problems
    rows: list[Row] = []
    for line, cells in records[1:]:
        row, more = read_row(dict(zip(header, cells, strict=False)), _locate(path, {}, line))
        rows += [row] if row else []
        problems += more
    return rows, problems
