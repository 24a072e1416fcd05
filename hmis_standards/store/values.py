"""Single values, strictly: text is text, a whole number is a whole number, a word is one of its list."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hmis_standards.ids import close_matches

if TYPE_CHECKING:
    from enum import Enum

__all__ = ["day", "fraction", "limit", "text", "truth", "whole", "word"]

_NUMBER = re.compile(r"^-?[0-9]+(\.[0-9]+|/[1-9][0-9]*)?$")


def text(value: Any) -> str:
    """Text. This and the others raise ValueError, in words for the reader, for what is something else."""
    if isinstance(value, str):
        return value
    raise ValueError(f"should be text, is {value!r}")


def whole(value: Any) -> int:
    """A whole number; neither true nor false is one."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise ValueError(f"should be a whole number, is {value!r}")


def truth(value: Any) -> bool:
    """True or false; no word is."""
    if isinstance(value, bool):
        return value
    raise ValueError(f"should be true or false, is {value!r}")


def fraction(value: Any) -> Fraction:
    """A whole number, or an exact one in quotes: a decimal or a ratio."""
    if isinstance(value, int) and not isinstance(value, bool):
        return Fraction(value)
    if isinstance(value, str) and _NUMBER.match(value):
        return Fraction(value)
    raise ValueError(f'should be a number in quotes such as "0.05" or "1/2", is {value!r}')


def limit(value: Any) -> Fraction | tuple[Fraction, Fraction]:
    """A target's limit: one number, or the lowest and the highest."""
    if not isinstance(value, list):
        return fraction(value)
    if len(value) != 2:
        raise ValueError("a range has two numbers, lowest and highest")
    return fraction(value[0]), fraction(value[1])


def day(value: Any) -> date:
    """A day of the calendar, year first."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else _no_day(value)
    except ValueError:
        return _no_day(value)


def _no_day(value: Any) -> date:
    raise ValueError(f'should be a date in quotes such as "2026-03-01", is {value!r}')


def word(value: Any, words: type[Enum]) -> Any:
    """The member of a closed list."""
    member = words._value2member_map_.get(value) if isinstance(value, str) else None
    if member is not None:
        return member
    known = [str(one.value) for one in words]
    close = close_matches(str(value), known, most=1)
    hint = f"; did you mean {close[0]}?" if close else ""
    raise ValueError(f"{value!r} is not one of {', '.join(known)}{hint}")
