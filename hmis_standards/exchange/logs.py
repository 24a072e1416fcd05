"""Logs from other systems, as CSV: read by header name, with every fault of a line told and nothing lost quietly.

A line whose needed cell is missing or cannot be read is left out and told; so is a repeated line. A fault in any other
cell is told and the cell taken as blank. Messages name line and column, never what a cell holds: logs are about people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any, Generic, TypeVar

from attrs import field, frozen

from hmis_standards.errors import InvalidDocument, Problem
from hmis_standards.exchange.csv_rows import csv_rows
from hmis_standards.ids import close_matches
from hmis_standards.tabular import Plain, Tabular, exact, plain

__all__ = ["Column", "Entry", "Log", "Read", "day", "moment", "number", "one_of", "read_log", "text"]


class Unreadable(Exception):
    """A cell that is not what its column holds; says what that would be."""


Reading = Callable[[str], Any]


@frozen(kw_only=True)
class Column:
    """A column of a log: its name in the result, how a cell is read, other headings it is known under."""

    name: str
    read: Reading
    needed: bool = False
    also: tuple[str, ...] = ()


@frozen
class Entry:
    """One line of a log that could be read; ``values`` has every column, None where the cell is blank."""

    line: int
    values: dict[str, Any] = field(hash=False)


@frozen
class Log:
    """The lines of a log in the order of the file, and what was wrong with it."""

    path: str
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]


T = TypeVar("T")


@frozen
class Read(Tabular, Plain, Generic[T]):
    """What a file gave, in its order, and what was wrong with it, by line."""

    found: tuple[T, ...] = field(repr=lambda found: f"<{len(found)} found>")
    problems: tuple[Problem, ...] = field(repr=lambda problems: f"<{len(problems)} problems>")

    def rows(self) -> list[dict[str, Any]]:
        """One row a thing found."""
        told = (plain(one) for one in self.found)
        return [one if isinstance(one, dict) else {"value": one} for one in told]


def read_log(path: str | Path, columns: Sequence[Column]) -> Log:
    """The log in a CSV file: UTF-8, with or without a byte order mark, a header row, commas or semicolons.

    Columns nobody asked for are passed over.

    Raises:
        InvalidDocument: a needed column is not there, or two columns are the same one.
        DocumentSyntaxError: the file is not UTF-8 or no CSV. OSError: it cannot be opened.
    """
    records = ((line, [cell.strip() for cell in cells]) for line, cells in csv_rows(Path(path), semicolons=True))
    heading = next(records, None)
    if heading is None:
        raise InvalidDocument(str(path), (Problem(str(path), None, "", "the file is empty; it needs a header row"),))
    places = _places(str(path), *heading, columns)
    entries, problems = _read(str(path), records, columns, places, len(heading[1]))
    return Log(str(path), tuple(entries), tuple(problems))


def _places(path: str, line: int, header: list[str], columns: Sequence[Column]) -> dict[str, int]:
    """Where each column stands."""
    heads = [_folded(cell) for cell in header]
    problems, places = [], {}
    for column in columns:
        known = [_folded(name) for name in (column.name, *column.also)]
        found = [place for place, head in enumerate(heads) if head in known]
        if len(found) > 1:
            problems.append(Problem(path, line, column.name, f"column {column.name} is there {len(found)} times"))
        elif found:
            places[column.name] = found[0]
        elif column.needed:
            near = close_matches(column.name, [head.lower() for head in header], most=1)
            hint = f"is it {near[0]!r}?" if near else ""
            problems.append(Problem(path, line, column.name, f"missing column {column.name}", hint))
    if problems:
        raise InvalidDocument(path, tuple(problems))
    return places


def _folded(heading: str) -> str:
    return "".join(letter for letter in heading.lower() if letter.isalnum())


def _read(
    path: str, records: Iterable[tuple[int, list[str]]], columns: Sequence[Column], places: dict[str, int], width: int
) -> tuple[list[Entry], list[Problem]]:
    entries: list[Entry] = []
    problems: list[Problem] = []
    first: dict[tuple[str, ...], int] = {}
    for line, cells in records:
        before = first.setdefault(tuple(cells), line)
        if before != line:
            problems.append(Problem(path, line, "", f"repeats line {before}", "counted once"))
            continue
        if any(cells[width:]):
            problems.append(Problem(path, line, "", f"has {len(cells)} cells, the header has {width}", "left out"))
            continue
        values, told, whole = _values(path, line, cells, columns, places)
        problems += told
        if whole:
            entries.append(Entry(line, values))
    return entries, problems


def _values(
    path: str, line: int, cells: list[str], columns: Sequence[Column], places: dict[str, int]
) -> tuple[dict[str, Any], list[Problem], bool]:
    """The values of a line, what was wrong, and whether all that is needed is there."""
    values: dict[str, Any] = {}
    told: list[Problem] = []
    whole = True
    for column in columns:
        place = places.get(column.name, len(cells))
        cell = cells[place] if place < len(cells) else ""
        values[column.name], fault = _value(cell, column)
        if fault:
            what = "line left out" if column.needed else "taken as blank"
            told.append(Problem(path, line, column.name, fault, what))
            whole = whole and not column.needed
    return values, told, whole


def _value(cell: str, column: Column) -> tuple[Any, str]:
    if not cell:
        return None, "is blank" if column.needed else ""
    try:
        return column.read(cell), ""
    except Unreadable as reason:
        return None, f"is not {reason}"


# --- reading a cell ----------------------------------------------------------------------------------------

_DAYS = ("%Y-%m-%d", "%m/%d/%Y")
_MOMENTS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H:%M", "%m/%d/%Y %I:%M %p")


def text(cell: str) -> str:
    """The cell as it is."""
    return cell


def day(cell: str) -> date:
    """A day, ``2026-03-31`` or the American ``3/31/2026``; the year has four digits."""
    return moment(cell).date() if ":" in cell else _first(cell, _DAYS, "a day such as 2026-03-31").date()


def moment(cell: str) -> datetime:
    """A day with its time, ``2026-03-31 14:05`` or with a T between; a day alone is its first minute."""
    whole = cell.replace("T", " ").removesuffix("Z").partition(".")[0]
    return _first(whole, (*_MOMENTS, *_DAYS), "a time such as 2026-03-31 14:05")


def _first(cell: str, forms: Iterable[str], what: str) -> datetime:
    for form in forms:
        try:
            return datetime.strptime(cell, form)
        except ValueError:
            continue
    raise Unreadable(what)


def number(cell: str) -> Fraction:
    """An exact number, with a percent sign, a dollar sign or commas between thousands where people put them."""
    bare = cell.replace(",", "").lstrip("$").strip()
    share = bare.endswith("%")
    try:
        found = exact(bare.rstrip("%").strip())
    except ValueError:
        raise Unreadable("a number") from None
    return found / 100 if share else found


def one_of(words: Iterable[str], **also: str) -> Reading:
    """A reading that takes one of the words in any case; ``also`` are other spellings, each for its word."""
    known = {**{_folded(word): word for word in words}, **{_folded(said): word for said, word in also.items()}}
    allowed = ", ".join(dict.fromkeys(known.values()))

    def read(cell: str) -> str:
        if _folded(cell) not in known:
            raise Unreadable(f"one of {allowed}")
        return known[_folded(cell)]

    return read
