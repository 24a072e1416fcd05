"""The HMIS CSV of one edition of the data standards: files, columns, code lists."""

from __future__ import annotations

from attrs import field, frozen

from hmis_standards.tabular import Plain

__all__ = ["CodeList", "CsvColumn", "CsvFile", "Spec"]


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
class Spec(Plain):
    """One edition of the HMIS CSV format, such as ``FY2026``, with the dates it is in force."""

    version: str
    title: str
    effective_from: str
    effective_to: str | None
    files: tuple[CsvFile, ...] = field(repr=False)
    lists: tuple[CodeList, ...] = field(repr=False)

    def file(self, name: str) -> CsvFile | None:
        """The file of that exact name (without ``.csv``), or None."""
        return next((file for file in self.files if file.name == name), None)

    def code_list(self, list_id: str) -> CodeList | None:
        """The code list of that id, or None."""
        return next((one for one in self.lists if one.id == list_id), None)
