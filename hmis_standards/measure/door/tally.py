"""Counting while reading: what a batch showed, and the sum of many."""

from __future__ import annotations

from collections import Counter

from attrs import define, field

__all__ = ["ColumnTally", "Reading", "Tally"]


@define
class ColumnTally:
    """What was found in the cells of one column."""

    blank: int = 0
    faults: Counter[str] = field(factory=Counter)
    unlisted_codes: set[object] = field(factory=set)
    shortest: int | None = None
    longest: int | None = None
    values: Counter[str] = field(factory=Counter)

    def lengths(self, shortest: int | None, longest: int | None) -> None:
        """Widen the range of lengths met."""
        if shortest is not None and longest is not None:
            self.shortest = shortest if self.shortest is None else min(self.shortest, shortest)
            self.longest = longest if self.longest is None else max(self.longest, longest)

    def add(self, other: ColumnTally) -> None:
        """Take in what another batch showed."""
        self.blank += other.blank
        if other.faults:  # most have none, and to add nothing costs as much
            self.faults += other.faults
        if other.values:
            self.values += other.values
        if len(self.unlisted_codes) < 10_000:
            self.unlisted_codes |= other.unlisted_codes
        self.lengths(other.shortest, other.longest)


@define
class Tally:
    """What was found in a batch, or in a table: rows that count, deleted rows, and the columns."""

    rows: int = 0
    deleted: int = 0
    columns: dict[str, ColumnTally] = field(factory=dict)

    def add(self, other: Tally) -> None:
        """Take in what another batch of the same table showed."""
        self.rows += other.rows
        self.deleted += other.deleted
        for name, column in other.columns.items():
            self.columns.setdefault(name, ColumnTally()).add(column)


@define
class Reading:
    """What came to light about a file as a whole while its rows were read; ``fault`` if it could not be."""

    encoding: str
    nuls: int = 0
    left_out: int = 0
    lines_left_out: tuple[int, ...] = ()
    fault: str = ""
