"""Assessment files of several people put together, and a list of where they contradict each other."""

from __future__ import annotations

import csv
import datetime
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from hmis_standards.assess import Assessment, Assessor, Merged, merge_answers
from hmis_standards.errors import DocumentSyntaxError, InvalidDocument, Problem
from hmis_standards.exchange.csv_file import guarded
from hmis_standards.exchange.files import read_assessment
from hmis_standards.exchange.gather import evidence_text
from hmis_standards.exchange.tables import Book, Column
from hmis_standards.model import Catalog

__all__ = ["merge_files", "write_conflicts"]


def merge_files(
    paths: Iterable[str | Path],
    catalog: Catalog | None = None,
    *,
    take: str = "none",
    on: str | datetime.date | None = None,
    assessor: str | Assessor | None = None,
) -> Merged:
    """The assessments in several files as one; see ``merge_answers`` for what is taken where they differ.

    Respondents are called by the assessor that a file names, else by the name of the file.

    Raises:
        InvalidDocument: something in a file cannot be taken; the problems of all files are listed.
        OSError, EditionMismatch, MissingExtra: as ``read_assessment`` does.
        ValueError: a file is given twice; or as ``merge_answers`` does.
        RatersDiffer: as ``merge_answers`` does.
    """
    files = [Path(path) for path in paths]
    twice = [path for path, times in Counter(files).items() if times > 1]
    if twice:
        raise ValueError(f"{twice[0]} is given twice; each person's file counts once")
    given = _read(files, catalog)
    return merge_answers(given, take=take, names=_names(given, files), on=on, assessor=assessor)


def _read(files: Sequence[Path], catalog: Catalog | None) -> list[Assessment]:
    found: list[Assessment] = []
    problems: list[Problem] = []
    for path in files:
        try:
            found.append(read_assessment(path, catalog))
        except InvalidDocument as error:
            problems += error.problems
        except DocumentSyntaxError as error:
            problems.append(Problem(error.path, error.line, "", error.reason))
    if problems:
        raise InvalidDocument(", ".join(map(str, files)), tuple(problems))
    return found


def _names(given: Sequence[Assessment], files: Sequence[Path]) -> list[str]:
    """The assessor; with the name of the file, or all of its path, where that is needed to tell them apart."""
    names = [one.assessor.name or path.stem for one, path in zip(given, files, strict=True)]
    for further in ([path.name for path in files], [str(path) for path in files]):
        twice = {name for name, count in Counter(names).items() if count > 1}
        names = [
            f"{one.assessor.name} ({more})" if name in twice and one.assessor.name else more if name in twice else name
            for name, more, one in zip(names, further, given, strict=True)
        ]
    return names


# --- the list of conflicts ---------------------------------------------------------------------------------

_COLUMNS = (
    Column("Item", 26),
    Column("What is asked", 44),
    Column("Respondent", 20),
    Column("Date", 13),
    Column("Answer", 15),
    Column("Taken", 10, "yes: this answer stands in the merged assessment. open: none was taken."),
    Column("Note", 36),
    Column("Reason", 24),
    Column("Evidence", 36),
)


def write_conflicts(merged: Merged, path: str | Path) -> None:
    """Write the conflicts as ``.csv`` or ``.xlsx``: a row for each respondent who said something of such an item.

    Raises:
        MissingExtra: writing Excel needs ``hmis-standards[excel]``.
        ValueError: the suffix is neither.
        OSError: the file cannot be written.
    """
    target = Path(path)
    rows = list(_rows(merged))
    if target.suffix.lower() == ".csv":
        target.write_bytes(_csv(rows).encode("utf-8-sig"))
    elif target.suffix.lower() == ".xlsx":
        book = Book(f"Conflicts between answers for {merged.assessment.subject.name}")
        book.table("Conflicts", _COLUMNS, rows)
        book.save(target)
    else:
        raise ValueError(f"{target}: conflicts are written to .csv or .xlsx")


def _rows(merged: Merged) -> Iterable[tuple[Any, ...]]:
    for one in merged.conflicts:
        for said in one.said:
            taken = "open" if one.state == "open" else "yes" if said.by in one.taken_from else "no"
            yield (
                one.item.id,
                one.item.title,
                said.by,
                said.date,
                said.response.answer or "",
                taken,
                said.response.note or "",
                said.response.reason or "",
                evidence_text(said.response.evidence),
            )


def _csv(rows: Iterable[Sequence[Any]]) -> str:
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\r\n")
    out.writerow([column.title for column in _COLUMNS])
    out.writerows([guarded(str(value)) for value in row] for row in rows)
    return text.getvalue()
