"""The rows of a CSV file with their lines: what assessments and logs in CSV have in common."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from hmis_standards.errors import DocumentSyntaxError

__all__ = ["csv_rows"]


def csv_rows(path: Path, *, semicolons: bool = False) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not blank, each with the line on which it begins. UTF-8, with or without a byte order mark.

    With ``semicolons`` they part the cells of a file whose first line has one.

    Raises DocumentSyntaxError for what is not UTF-8 or no CSV, OSError.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DocumentSyntaxError(str(path), 1, 1, "not UTF-8 text; in Excel, save as CSV UTF-8") from None
    parted = ";" if semicolons and ";" in text.partition("\n")[0] else ","
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=parted)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise DocumentSyntaxError(str(path), line, 1, f"not CSV: {error}") from None
