"""Where the test data that is not part of the checkout lies, and the cases found there.

The folder is named by HMIS_STANDARDS_SHARED, or else is `shared` beside the checkout. Without it the tests
that need it are skipped; in continuous integration they fail.
"""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

VARIABLE = "HMIS_STANDARDS_SHARED"
COLUMNS = "BCDEFGH"
"""The letters of the columns of figures."""
TOLERANCE = 0.00005
"""How far a cell may be from the expected number: rates were rounded to four decimals in different ways."""


def _folder() -> Path:
    named = os.environ.get(VARIABLE)
    return Path(named) if named else Path(__file__).resolve().parents[2] / "shared"


def shared() -> Path:
    """The folder of shared test data; skips or fails the running test if there is none."""
    folder = _folder()
    if folder.is_dir():
        return folder
    reason = f"shared test data not found: set {VARIABLE}, or put a folder 'shared' beside the checkout"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@dataclass(frozen=True)
class Part:
    """One report of the test kit: an input folder, its parameters and the tables expected from it."""

    case: str
    format: str
    input_name: str
    expected_name: str
    start: date
    end: date
    project_ids: tuple[str, ...]
    coc_codes: tuple[str, ...]

    @property
    def folder(self) -> Path:
        return shared() / "testkit" / self.case

    @property
    def input(self) -> Path:
        return self.folder / self.input_name

    @property
    def expected(self) -> Path:
        return self.folder / self.expected_name

    @property
    def is_published(self) -> bool:
        """Of HUD's own kit of 2021: Q5a without the column of all active clients, blanks and zeros at will."""
        return self.expected_name == "expected"

    def cells(self, question: str) -> list[list[str]]:
        """The figures of an expected table as they are written, without row labels and header, if it has one."""
        with (self.expected / f"{question}.csv").open(newline="", encoding="utf-8-sig") as file:
            rows = [row[1:] for row in csv.reader(file)]
        return rows if rows[0][0].isdigit() else rows[1:]

    def table(self, question: str) -> list[list[float]]:
        """The figures of an expected table; a blank cell is 0."""
        return [[float(cell or 0) for cell in row] for row in self.cells(question)]

    def deviations(self, question: str) -> dict[tuple[int, str], dict[str, float]]:
        """By row (from 1) and column letter: the acceptable values, named reference, glossary and other."""
        by_folder: dict[str, list[dict[str, Any]]] = _json(self.folder / "deviations.json")
        return {
            (entry["row"], entry["column"]): {
                kind: float(entry[kind]) for kind in ("reference", "glossary", "other") if kind in entry
            }
            for entry in by_folder.get(self.expected_name, [])
            if entry["question"] == question
        }


ABSENT = Part("absent", "", "", "", date.min, date.max, (), ())
"""Stands in when there is no test kit: the first look at one of its folders skips or fails the test."""


def testkit_parts(formats: Collection[str]) -> list[Any]:
    """A pytest parameter for each part of the test kit in one of the formats, such as FY2024."""
    index = _folder() / "testkit" / "cases.json"
    if not index.is_file():
        return [pytest.param(ABSENT, id="no-test-kit")]
    return [
        pytest.param(_part(case, part), id=f"{case['case']}/{part['expected']}")
        for case in _json(index)
        for part in case["parts"]
        if part["format"] in formats
    ]


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _part(case: dict[str, Any], part: dict[str, Any]) -> Part:
    return Part(
        case=case["case"],
        format=part["format"],
        input_name=part["input"],
        expected_name=part["expected"],
        start=date.fromisoformat(case["start"]),
        end=date.fromisoformat(case["end"]),
        project_ids=tuple(part.get("project_ids") or case["project_ids"]),
        coc_codes=tuple(case["coc_codes"]),
    )


testkit_parts.__test__ = False  # type: ignore[attr-defined]  # a helper, though its name begins with "test"
