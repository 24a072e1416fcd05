"""Small exports with every file and every column of the format, for the checks of the files as such."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

from hmis_standards.model import CsvColumn
from hmis_standards.store import load_hmis_csv
from tests.measure.planted import Change, Packed, with_rows
from tests.measure.small_exports import Row, Tables, csv_text, write_folder

__all__ = ["packed", "texts_of_whole", "whole", "with_text", "without_column", "write_whole"]

Texts = dict[str, str | bytes]

_FOREIGN = {"ExportID": "1", "UserID": "U", "OrganizationID": "O", "ProjectID": "P", "PersonalID": "1",
            "EnrollmentID": "1"}  # fmt: skip
_BY_TYPE = {"int": "0", "money": "0", "date": "2024-10-01", "datetime": "2024-10-01 08:00:00", "string": "x"}


def whole(tables: Tables, edition: str = "FY2026") -> Tables:
    """All files of the edition; cells that may not be blank and are not given have a value of the right form."""
    spec = load_hmis_csv(edition)
    lists = {one.id: one.codes[0][0] for one in spec.lists}
    given: Tables = {**tables, "User": [{"UserID": "U"}]}
    return {
        file.name: [
            {one.name: _cell(one, number, lists) for one in file.columns} | row
            for number, row in enumerate(given.get(file.name, []), start=1)
        ]
        for file in spec.files
    }


def _cell(column: CsvColumn, number: int, lists: dict[str, str]) -> str:
    if column.nullable:
        return ""
    if column.key == "pk" and column.name != "ExportID":
        return str(number)
    return _FOREIGN.get(column.name) or (lists[column.list] if column.list else _BY_TYPE[column.type])


def texts_of_whole(tables: Tables, edition: str = "FY2026") -> Texts:
    """The tables as CSV texts, each under the whole header of the format."""
    spec = load_hmis_csv(edition)
    headers = {file.name: [one.name for one in file.columns] for file in spec.files}
    return {name: csv_text(rows, headers[name]) for name, rows in tables.items()}


def write_whole(tables: Tables, what: Change | Packed, folder: Path, edition: str = "FY2026") -> Path:
    """A whole export with a change carried out, on its rows or on its files."""
    full = whole(tables, edition)
    if callable(what):
        return what(texts_of_whole(full, edition), folder)
    return write_folder(texts_of_whole(with_rows(full, what), edition), folder)


# --- changes of files --------------------------------------------------------------------------------------


def packed(**changed: str | bytes | Callable[[str], str | bytes] | None) -> Packed:
    """Files replaced, changed by a function of their text, or left out (None)."""

    def write(texts: Texts, folder: Path) -> Path:
        for name, what in changed.items():
            new = what(str(texts.get(name, ""))) if callable(what) else what
            if new is None:
                del texts[name]
            else:
                texts[name] = new
        return write_folder(texts, folder)

    return write


def with_text(before: str, after: str) -> Callable[[str], str]:
    """The first occurrence of a text replaced; it must be there."""

    def change(text: str) -> str:
        assert before in text
        return text.replace(before, after, 1)

    return change


def without_column(name: str) -> Callable[[str], str]:
    """The text of a file without one of its columns."""

    def change(text: str) -> str:
        rows: list[Row] = list(csv.DictReader(io.StringIO(text)))
        header = next(csv.reader(io.StringIO(text)))
        header.remove(name)
        return csv_text(rows, header)

    return change
