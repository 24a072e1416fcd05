"""Reading one spelling of a cell: its value, and what is the matter with it. Every spelling is judged once."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import date
from decimal import Decimal
from typing import Any

__all__ = ["BLANKS", "FAULTS", "FORBIDDEN", "Judge", "Judged", "is_datetime", "moment_faults", "read_day"]

BLANKS = " \t\r\n\u00a0"
"""What may stand around a cell without meaning anything."""
FORBIDDEN = "[]<>{}"
"""What HUD has removed from text."""
FAULTS = ("unreadable", "other_form", "unlisted", "too_long", "forbidden")
"""What can be wrong with a cell that is not blank; the fields of ColumnFacts."""

Judged = tuple[Any, tuple[str, ...]]
"""The value (None where there is none), and the names of its faults."""

_WHOLE = re.compile(r"-?0*[0-9]{1,15}(\.0*)?")
_MONEY = re.compile(r"-?[0-9]{1,7}(\.[0-9]{0,2}0*)?")
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})([ T].*)?", re.DOTALL)
_TIME = re.compile(r" ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]")
_UNREADABLE: Judged = (None, ("unreadable",))
_REMEMBERED = 200_000
_LIMITS = {"code": 2**15, "int": 2**31}


class Judge(dict[str, Judged]):
    """What each spelling of a column means: ``judge["2024-01-31"]`` is its value and its faults.

    Spellings are remembered, so that a cell costs a look-up. ``kind`` is code, int, money, date, datetime or string;
    ``codes`` are the codes of the list, if there is one.
    """

    def __init__(self, kind: str, codes: Collection[Any] = (), max_length: int | None = None) -> None:
        super().__init__()
        self.kind, self.codes, self.max_length = kind, frozenset(codes), max_length

    def __reduce__(self) -> tuple[Any, ...]:
        return Judge, (self.kind, self.codes, self.max_length)

    def __missing__(self, spelling: str) -> Judged:
        text = spelling.strip(BLANKS)
        judged = _READERS[self.kind](text, self) if text else (None, ())
        if len(self) > _REMEMBERED:
            self.clear()
        self[spelling] = judged
        return judged


def _whole(text: str, judge: Judge) -> Judged:
    if not _WHOLE.fullmatch(text):
        return _UNREADABLE
    value = int(text.partition(".")[0])
    if not -_LIMITS[judge.kind] <= value < _LIMITS[judge.kind]:
        return _UNREADABLE
    return value, ("unlisted",) if judge.codes and value not in judge.codes else ()


def _money(text: str, judge: Judge) -> Judged:
    """Dollars and cents, exact; more than two decimals only where they are zeros."""
    if not _MONEY.fullmatch(text):
        return _UNREADABLE
    return Decimal(text).quantize(Decimal("0.01")), ()


def _date(text: str, judge: Judge) -> Judged:
    day, rest = read_day(text)
    if day is None:
        return _UNREADABLE
    return day, ("other_form",) if rest else ()


def _datetime(text: str, judge: Judge) -> Judged:
    day, rest = read_day(text)
    if day is None:
        return _UNREADABLE
    return day, () if is_datetime(rest) else ("other_form",)


def read_day(text: str) -> tuple[date | None, str]:
    """The day of ``YYYY-MM-DD`` and what follows it; no day where it is none, or what follows is not set apart."""
    found = _DAY.fullmatch(text)
    if not found:
        return None, text
    try:
        return date.fromisoformat(found.group(1)), found.group(2) or ""
    except ValueError:
        return None, text


def is_datetime(rest: str) -> bool:
    """Whether what follows the day is a time in HUD's form: a blank and ``hh:mm:ss``."""
    return bool(_TIME.fullmatch(rest))


def moment_faults(rest: str) -> tuple[str, ...]:
    """The faults of what follows the ten signs of a day in a datetime."""
    if is_datetime(rest):
        return ()
    return ("other_form",) if not rest or rest[0] in " T" else ("unreadable",)


def _string(text: str, judge: Judge) -> Judged:
    faults = (
        ("unlisted", bool(judge.codes) and text not in judge.codes),
        ("too_long", judge.max_length is not None and len(text) > judge.max_length),
        ("forbidden", any(sign in text for sign in FORBIDDEN)),
    )
    return text, tuple(name for name, wrong in faults if wrong)


_READERS: dict[str, Callable[[str, Judge], Judged]] = {
    "code": _whole,
    "int": _whole,
    "money": _money,
    "date": _date,
    "datetime": _datetime,
    "string": _string,
}
