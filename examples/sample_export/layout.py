"""Names and order of files and columns, from the library's own copy of the specification."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from hmis_standards.store import load_hmis_csv

EDITION = "FY2026"


class Column(NamedTuple):
    name: str
    type: str


@lru_cache(maxsize=1)
def layout() -> tuple[tuple[str, tuple[Column, ...]], ...]:
    """(file, columns) in the order of the specification."""
    return tuple(
        (file.name, tuple(Column(column.name, column.type) for column in file.columns))
        for file in load_hmis_csv(EDITION).files
    )
