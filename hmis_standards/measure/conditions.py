"""Conditions of shipped checks as SQL, without a parser.

They passed the gate (``predicates``) when the data were validated, and a test holds what is written here against what
the gate writes. So each word is only looked up once more: a column gets quotation marks, a setting its number. A
condition that holds anything else goes through the gate, like those of one's own checks.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cache

from hmis_standards.model import Check
from hmis_standards.store import load_checks

__all__ = ["FINDING_COLUMNS", "is_shipped", "plain_condition"]

FINDING_COLUMNS = ("project_id", "personal_id", "enrollment_id", "household_id", "record_id")
"""What every view that checks look at has, so that its rows can be found again."""

_PIECE = re.compile(r"--[^\n]*|'[^']*'|:\w+|\w+|[\s(),<>=+*]+|.", re.ASCII | re.DOTALL)
_AS_IT_IS = re.compile(r"'[^']*'|[0-9]{1,15}|[\s(),<>=+*]+|-", re.ASCII)
_WORDS = {
    "AND", "BETWEEN", "CASE", "DATE", "ELSE", "END", "FALSE", "IN", "IS", "NOT", "NULL", "OR", "THEN", "TRUE", "WHEN",
    "ABS", "COALESCE", "DATE_DIFF", "LENGTH",
}  # fmt: skip


def is_shipped(check: Check) -> bool:
    """Whether this is a shipped check itself; not one that is like it, or bears its name."""
    return _shipped().get(check.id) is check


@cache
def _shipped() -> dict[str, Check]:
    return {one.id: one for one in load_checks()}


def plain_condition(text: str, columns: Collection[str], settings: Mapping[str, int]) -> str | None:
    """A condition with columns in quotation marks and settings filled in; None where it holds anything unknown."""
    pieces = [_written(piece, columns, settings) for piece in _PIECE.findall(text)]
    return None if None in pieces else "".join(piece for piece in pieces if piece)


def _written(piece: str, columns: Collection[str], settings: Mapping[str, int]) -> str | None:
    if piece in columns:
        return f'"{piece}"'
    if piece.startswith(":"):
        return f"({settings[piece[1:]]})" if piece[1:] in settings else None
    if piece.startswith("--"):
        return ""
    return piece if piece.upper() in _WORDS or _AS_IT_IS.fullmatch(piece) else None
