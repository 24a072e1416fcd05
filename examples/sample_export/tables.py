"""Rows on their way to CSV, and the layout they must fit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

# A row maps column names to values. A key that starts with an underscore is a note between modules and is not
# written: `_project`, `_person`, `_enrollment` say what a row belongs to.
Row = dict[str, Any]

PERIOD_START = date(2024, 10, 1)
PERIOD_END = date(2025, 9, 30)
EXPORTED = datetime(2025, 10, 6, 6, 15, 0)
EXPORT_ID = "20251006"


@dataclass
class Tables:
    """The files of one export by name, each a list of rows."""

    rows: dict[str, list[Row]] = field(default_factory=dict)

    def add(self, file: str, **values: Any) -> Row:
        rows = self.rows.setdefault(file, [])
        rows.append(values)
        return values

    def __getitem__(self, file: str) -> list[Row]:
        return self.rows.setdefault(file, [])

    def keep(self, file: str, wanted: Iterator[Row]) -> None:
        """Replace a file's rows by those wanted."""
        self.rows[file] = list(wanted)


def age_on(dob: date, day: date) -> int:
    return day.year - dob.year - ((day.month, day.day) < (dob.month, dob.day))


def years_later(day: date, years: int) -> date:
    """The anniversary; 29 February becomes the 28th in common years."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
