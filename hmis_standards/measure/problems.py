"""Facts about an export in words: those that touch what is measured."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from attrs import frozen

from hmis_standards.measure.columns import KEYS, NEEDED
from hmis_standards.tabular import Plain

if TYPE_CHECKING:
    from hmis_standards.measure.door.facts import ColumnFacts, Facts, FileFacts

__all__ = ["FORMS", "HASHED", "ColumnProblem", "problems_of"]

HASHED = {2, 3, 4}
"""Values of HashStatus that say names and SSN are digests."""
FORMS = {
    "code": "whole numbers",
    "int": "whole numbers",
    "money": "amounts with at most two decimals",
    "date": "dates of the form YYYY-MM-DD (with a four-digit year)",
    "datetime": "dates of the form YYYY-MM-DD (with a four-digit year), with or without a time",
}


@frozen(kw_only=True)
class ColumnProblem(Plain):
    """Something found while reading: so many of so many rows, and what is the matter. Never a value.

    ``column`` is empty where it is about the file.
    """

    table: str
    column: str
    count: int
    rows: int
    what: str

    def __str__(self) -> str:
        place = f"{self.table}.csv, column {self.column}" if self.column else f"{self.table}.csv"
        return f"{place}: {self.count:,} of {self.rows:,} {self.what}" if self.count else f"{place} {self.what}"


def problems_of(found: Facts) -> tuple[ColumnProblem, ...]:
    """What to tell: about files, values, keys and links, and what the export cannot show by its nature."""
    return (
        *_file_problems(found),
        *_value_problems(found),
        *_key_problems(found),
        *_link_problems(found),
        *_limits(found),
    )


def _file_problems(found: Facts) -> Iterator[ColumnProblem]:
    for file in found.files:
        if file.table in NEEDED and file.expected:
            yield from (
                ColumnProblem(table=file.table, column="", count=count, rows=file.rows + file.left_out, what=what)
                for count, what in _said_of(file)
            )


def _said_of(file: FileFacts) -> Iterator[tuple[int, str]]:
    if not file.present or file.fault:
        yield 0, file.fault or "is not in the export"
        return
    if file.lacking:
        yield 0, f"has no column {', '.join(file.lacking)}"
    if file.left_out:
        lines = ", ".join(map(str, file.lines_left_out))
        yield file.left_out, f"rows do not fit the header and were left out (the first in line {lines})"
    if file.encoding not in {"", "utf-8"}:
        yield 0, f"is not UTF-8 text and was read as {file.encoding}"
    if file.nul_bytes:
        yield 0, f"holds {file.nul_bytes:,} NUL bytes, which were left out"
    if file.repeated:
        yield 0, f"has {len(file.repeated)} columns twice, of which the first was taken"


def _value_problems(found: Facts) -> Iterator[ColumnProblem]:
    """Values lost, and codes HUD does not have, in columns that are kept."""
    for one in found.columns():
        for count, what in _said_of_values(one) if one.kept else ():
            if count:
                yield ColumnProblem(table=one.table, column=one.column, count=count, rows=one.cells, what=what)


def _said_of_values(one: ColumnFacts) -> Iterator[tuple[int, str]]:
    if one.unreadable:
        yield one.unreadable, f"values are not {FORMS[one.kind]}"
    yield one.unlisted, "values are not among the codes of HUD's list"
    if (one.table, one.column) == ("Enrollment", "EntryDate"):
        yield one.blank + one.unreadable, "rows have no start date that can be read and are left out"


def _key_problems(found: Facts) -> Iterator[ColumnProblem]:
    what = "rows repeat a key; the last row in the file was taken"
    for file in found.files:
        if file.table in KEYS and file.duplicates:
            yield ColumnProblem(table=file.table, column=file.key, count=file.duplicates, rows=file.rows, what=what)


_LOST = {
    ("Enrollment", "ProjectID"): "rows name a project that is not in Project.csv and are in no project's figures",
    ("Enrollment", "PersonalID"): "rows name a client who is not in Client.csv; their client fields count as missing",
}


def _link_problems(found: Facts) -> Iterator[ColumnProblem]:
    """Enrollments that lead nowhere, blanks included: they must not vanish unseen."""
    for (table, column), what in _LOST.items():
        file = found.file(table)
        facts = file.column(column)
        lost = sum(link.count for link in found.links if (link.table, link.column) == (table, column))
        count = lost + (facts.blank if facts else 0)
        if count:
            yield ColumnProblem(table=table, column=column, count=count, rows=file.rows, what=what)


def _limits(found: Facts) -> Iterator[ColumnProblem]:
    """What cannot be measured on an export of this kind, whatever its quality."""
    if found.hash_status in HASHED:
        what = "holds digests: whether a number is possible, or two names are alike, cannot be told"
        yield ColumnProblem(table="Client", column="SSN", count=0, rows=found.file("Client").rows, what=what)
    if found.edition == "FY2022":
        what = "tells nothing of comparable databases, which count as taking no part, nor when a project took part"
        rows = found.file("Project").rows
        yield ColumnProblem(table="Project", column="HMISParticipatingProject", count=0, rows=rows, what=what)
