"""What was found on the way in: facts about files and columns, for the checks of the file's structure. Never a cell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import field, frozen

from hmis_standards.measure.door.plan import Column
from hmis_standards.measure.door.tally import ColumnTally
from hmis_standards.tabular import Plain, Tabular

__all__ = ["ColumnFacts", "Facts", "FileFacts", "LinkFacts", "column_facts"]


@frozen(kw_only=True)
class ColumnFacts(Plain):
    """Counts of the cells of one column, in rows that are not deleted.

    ``blank``: nothing in it. ``unreadable``: not of the column's type, so that its value is lost. ``other_form``:
    readable, but a date or time not written as HUD's format has it. ``unlisted``: a code that is not in the edition's
    list, kept as it is; ``unlisted_codes`` how many different ones. ``too_long`` and ``forbidden``: longer than
    allowed (not told of digests), or with one of the signs ``[ ] < > { }``. ``shortest`` and ``longest``: lengths of
    text that is there. ``kept``: checks, report or measures can read the column.
    """

    table: str
    column: str
    kind: str
    nullable: bool
    kept: bool
    cells: int = 0
    blank: int = 0
    unreadable: int = 0
    other_form: int = 0
    unlisted: int = 0
    unlisted_codes: int = 0
    too_long: int = 0
    forbidden: int = 0
    shortest: int | None = None
    longest: int | None = None

    @property
    def blank_not_allowed(self) -> int:
        """Blank cells of a column that HUD's format wants filled."""
        return 0 if self.nullable else self.blank


@frozen(kw_only=True)
class LinkFacts(Plain):
    """Rows whose value in a column is in no row of the other table that it should lead to."""

    table: str
    column: str
    other: str
    count: int


@frozen(kw_only=True)
class FileFacts(Plain):
    """One file of the export.

    ``fault`` says why it could not be read, if so. ``rows`` are those that are not deleted, ``kept`` those of them that
    are in the engine: fewer where several have one key and only the last counts. ``left_out`` rows had
    another number of cells than the header; ``lines_left_out`` are the lines of the first few. ``duplicates`` are the
    rows beyond the first of each key. ``missing`` and ``extra`` compare the header with the format of the edition;
    ``misspelled`` pairs a name found with the one it was taken for. ``other_export`` counts rows whose ExportID is not
    that of Export.csv, ``lacking`` names columns of the kept table that the file could not fill.
    """

    table: str
    present: bool
    expected: bool = True
    fault: str = ""
    rows: int = 0
    kept: int = 0
    deleted: int = 0
    encoding: str = ""
    bom: bool = False
    nul_bytes: int = 0
    left_out: int = 0
    lines_left_out: tuple[int, ...] = ()
    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    misspelled: tuple[tuple[str, str], ...] = ()
    repeated: tuple[str, ...] = ()
    ordered: bool = True
    key: str = ""
    duplicates: int = 0
    other_export: int = 0
    lacking: tuple[str, ...] = ()
    columns: tuple[ColumnFacts, ...] = field(default=(), repr=False)

    def column(self, name: str) -> ColumnFacts | None:
        """The facts of that column, or None where the file does not have it."""
        return next((one for one in self.columns if one.column == name), None)


@frozen(kw_only=True)
class Facts(Tabular):
    """All that was found while an export was opened.

    ``form`` is zip, folder or frames; ``nested`` whether the zip holds a folder; ``other_files`` how many files are no
    table of the format. ``export_rows`` is the number of rows of Export.csv, ``hash_status`` what it says of hashing.
    """

    form: str
    nested: bool
    other_files: int
    edition: str
    csv_version: str
    export_rows: int
    hash_status: int | None
    files: tuple[FileFacts, ...] = field(repr=False)
    links: tuple[LinkFacts, ...] = field(default=(), repr=False)

    def file(self, table: str) -> FileFacts:
        """The facts of that table. Raises KeyError."""
        for one in self.files:
            if one.table == table:
                return one
        raise KeyError(f"{table} is no table of {self.edition}")

    def columns(self) -> Iterator[ColumnFacts]:
        """The facts of every column of every file that was read."""
        return (column for file in self.files for column in file.columns)

    def rows(self) -> list[dict[str, Any]]:
        """One dict a column."""
        return [column.to_dict() for column in self.columns()]

    def to_dict(self) -> dict[str, Any]:
        """All facts as plain values."""
        return Plain.to_dict(self)  # type: ignore[arg-type]


def column_facts(table: str, column: Column, cells: int, found: ColumnTally, digest: bool) -> ColumnFacts:
    """The facts of a column from what reading it showed. The length of a ``digest`` is not held against it."""
    return ColumnFacts(
        table=table,
        column=column.name,
        kind=column.kind,
        nullable=column.nullable,
        kept=bool(column.outputs),
        cells=cells,
        blank=found.blank,
        unreadable=found.faults["unreadable"],
        other_form=found.faults["other_form"],
        unlisted=found.faults["unlisted"],
        unlisted_codes=len(found.unlisted_codes),
        too_long=0 if digest else found.faults["too_long"],
        forbidden=found.faults["forbidden"],
        shortest=found.shortest,
        longest=found.longest,
    )
