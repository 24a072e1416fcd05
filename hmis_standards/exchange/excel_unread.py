"""Cells of a workbook whose content no reader of values gives: errors, formulas not yet calculated, merged rows.

Without this a person's answer in such a cell would be read as no answer.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree

from attrs import field, frozen

__all__ = ["Unread", "unread_cells"]

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]{1,3})([1-9][0-9]{0,6}):([A-Z]{1,3})([1-9][0-9]{0,6})"')
_FORMULA = ("holds a formula that no program has calculated", "open and save the file in Excel, or type the value")
_ERROR = ("holds an error instead of a value", "type what was meant")
_COVERED = (
    "is merged with the cell above, so that only one of the rows has its text",
    "split the cells, fill each row",
)


@frozen
class Unread:
    """The cells of a sheet that cannot be read, by column (from 0) and row (from 1)."""

    cells: dict[tuple[int, int], tuple[str, str]] = field(factory=dict)
    merged: tuple[tuple[int, int, int, int], ...] = ()

    def at(self, column: int, row: int) -> tuple[str, str] | None:
        """What is the matter with a cell and what to do; None if nothing is."""
        for left, top, right, bottom in self.merged:
            if left <= column <= right and top < row <= bottom:
                return _COVERED
        return self.cells.get((column, row))


def unread_cells(path: Path) -> dict[str, Unread]:
    """What cannot be read, by the name of the sheet; nothing of a file that is no workbook of this kind."""
    try:
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as parts:
            return {name: _looked_at(parts.read(part)) for name, part in _sheets(parts)}
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError):
        return {}  # such as an old .xls under a new name, in which the values can be read all the same


def _sheets(parts: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Each sheet's name and the part of the file that has it."""
    linked = ElementTree.fromstring(parts.read("xl/_rels/workbook.xml.rels"))
    targets = {one.get("Id"): one.get("Target", "") for one in linked}
    held = set(parts.namelist())
    for one in ElementTree.fromstring(parts.read("xl/workbook.xml")).iter(f"{_MAIN}sheet"):
        # A target is relative to the folder of the workbook, or begins at the root of the file.
        part = str(PurePosixPath("/xl", targets.get(one.get(_RELATION), ""))).lstrip("/")
        if part in held:
            yield one.get("name", ""), part


def _looked_at(sheet: bytes) -> Unread:
    merged = tuple(
        (_column(left), int(top), _column(right), int(bottom))
        for left, top, right, bottom in ((a.decode(), b, c.decode(), d) for a, b, c, d in _MERGED.findall(sheet))
        if top != bottom
    )
    # Few sheets have formulas or errors, and looking through all cells takes time.
    may_have = b"<f" in sheet or b't="e"' in sheet
    return Unread(dict(_cells(ElementTree.fromstring(sheet))) if may_have else {}, merged)


def _cells(sheet: ElementTree.Element) -> Iterator[tuple[tuple[int, int], tuple[str, str]]]:
    for cell in sheet.iter(f"{_MAIN}c"):
        place = _PLACE.fullmatch(cell.get("r", ""))
        kind, formula = cell.get("t"), cell.find(f"{_MAIN}f") is not None
        fault = _ERROR if kind == "e" else None
        # A formula that gives an empty text is marked as text; one without any result is not.
        if formula and kind != "str" and not cell.findtext(f"{_MAIN}v"):
            fault = _FORMULA
        if place and fault:
            yield (_column(place[1]), int(place[2])), fault


def _column(name: str) -> int:
    """The column counted from 0: A is 0, AA is 26."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
