"""The HMIS CSV of one edition of the data standards: files, columns, code lists."""

from __future__ import annotations

from typing import Any

from attrs import field, frozen

from hmis_standards.tabular import Plain, Tabular

__all__ = ["Becomes", "CodeList", "CodePairs", "ColumnBecomes", "CsvColumn", "CsvFile", "KeptColumns", "Spec"]


@frozen(kw_only=True)
class CsvColumn(Plain):
    """One column. ``type`` is string, int, date, datetime or money; ``list`` the id of its code list."""

    name: str
    type: str
    nullable: bool
    max_length: int | None = None
    list: str | None = None
    key: str | None = None


@frozen(kw_only=True)
class CsvFile(Plain):
    """One file of the export; ``name`` is without ``.csv``; columns in the specification's order."""

    name: str
    columns: tuple[CsvColumn, ...] = field(repr=False)

    def column(self, name: str) -> CsvColumn | None:
        """The column of that exact name, or None."""
        return next((column for column in self.columns if column.name == name), None)


@frozen(kw_only=True)
class CodeList(Plain):
    """The codes of a list with HUD's labels."""

    id: str
    name: str
    codes: tuple[tuple[str, str], ...] = field(repr=False)

    def label(self, code: str | int) -> str | None:
        """HUD's label of a code, or None."""
        return dict(self.codes).get(str(code))


@frozen(kw_only=True)
class ColumnBecomes(Plain):
    """A column that has another name, or other codes, in another edition.

    ``codes`` names the set its values go through; ``others`` says whether values outside it are kept or become blank.
    """

    table: str
    column: str
    to: str
    codes: str | None = None
    others: str = "keep"


@frozen(kw_only=True)
class CodePairs(Plain):
    """Codes of one edition, each with its number in another."""

    id: str
    pairs: tuple[tuple[int, int], ...] = field(repr=False)


@frozen(kw_only=True)
class KeptColumns(Plain):
    """Columns of a table that have no counterpart and are needed to work out others."""

    table: str
    columns: tuple[str, ...]


@frozen(kw_only=True)
class Becomes(Plain):
    """How the data of an edition come under the names and codes of another."""

    edition: str
    columns: tuple[ColumnBecomes, ...]
    codes: tuple[CodePairs, ...] = ()
    kept: tuple[KeptColumns, ...] = ()

    def recoding(self, one: ColumnBecomes) -> dict[int, int] | None:
        """The codes a column goes through; None where it keeps them."""
        return next((dict(found.pairs) for found in self.codes if found.id == one.codes), None)

    def kept_of(self, table: str) -> tuple[str, ...]:
        """The columns of the table that are kept though they have no counterpart."""
        return next((one.columns for one in self.kept if one.table == table), ())


@frozen(kw_only=True)
class Spec(Tabular, Plain):
    """One edition of the HMIS CSV format, such as ``FY2026``, with the dates it is in force.

    ``becomes`` tells how its data come under the names and codes of the newest edition; None for that one.
    """

    version: str
    title: str
    effective_from: str
    effective_to: str | None
    files: tuple[CsvFile, ...] = field(repr=False)
    lists: tuple[CodeList, ...] = field(repr=False)
    becomes: Becomes | None = field(default=None, repr=False)

    def rows(self) -> list[dict[str, Any]]:
        """One row a column of a file, in the specification's order."""
        return [{"file": file.name, **one.to_dict()} for file in self.files for one in file.columns]

    def file(self, name: str) -> CsvFile | None:
        """The file of that exact name (without ``.csv``), or None."""
        return next((file for file in self.files if file.name == name), None)

    def code_list(self, list_id: str) -> CodeList | None:
        """The code list of that id, or None."""
        return next((one for one in self.lists if one.id == list_id), None)
