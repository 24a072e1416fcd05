"""Small counts withheld: what of several tables may be shown, if no small count may be seen or worked out.

``shown`` is for one table whose total is known: organizations by how they stand. ``publishable`` is for many tables
that share counts: of people, by project type and in all, with shares of them.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, TypeVar

__all__ = ["Key", "Sum", "publishable", "shown"]

Key = TypeVar("Key", bound=Hashable)
Sum = Mapping[Any, int]
"""A sum of counts: how often each goes into it, below 0 where it is taken away."""
_Row = dict[int, Fraction]


def shown(counts: Mapping[Key, int], least: int) -> dict[Key, int | None]:
    """The counts, with None for those withheld. Their total is taken to be known.

    Withheld is every count from 1 to ``least`` - 1. So that none can be worked out from the total, at least two are
    withheld together, and together they are at least ``least``: further counts follow, the smallest first. A total
    below ``least`` withholds everything.
    """
    hidden = {key for key, count in counts.items() if 0 < count < least}
    if sum(counts.values()) < least:
        hidden = set(counts)
    rest = sorted((key for key, count in counts.items() if count and key not in hidden), key=lambda key: counts[key])
    while hidden and rest and (len(hidden) < 2 or sum(counts[key] for key in hidden) < least):
        hidden.add(rest.pop(0))
    return {key: None if key in hidden else count for key, count in counts.items()}


def publishable(
    asked: Iterable[tuple[Key, Sequence[Sum]]], known: Iterable[Sum], secrets: Iterable[Sum]
) -> frozenset[Key]:
    """Which of the things asked for may be shown, so that nobody can work out a secret from all of them together.

    Each is shown or withheld as a whole, in the order given: the first are shown if they can be at all, so the smallest
    of a table stand last. What is shown, added up and taken away in any way, never gives a secret.

    Args:
        asked: what one would like to show, each with the sums that showing it tells.
        known: sums that are 0 as everybody knows, such as the total less its parts.
        secrets: sums that must not be worked out.
    """
    reader = _Reader(known, secrets)
    return frozenset(key for key, told in asked if reader.tell(told))


class _Reader:
    """Somebody who was told sums and solves for others: rows in echelon form, and what of each secret is still open."""

    def __init__(self, known: Iterable[Sum], secrets: Iterable[Sum]) -> None:
        self._places: dict[Hashable, int] = {}
        self._rows: dict[int, _Row] = {}
        for one in known:
            row = self._reduced(self._numbered(one), {})
            if row:
                self._rows[max(row)] = _scaled(row)
        reduced = (self._reduced(self._numbered(one), {}) for one in secrets)
        self._open = dict(enumerate(row for row in reduced if row))
        self._touching: dict[int, set[int]] = {}
        for number, row in self._open.items():
            self._note(number, row)

    def tell(self, told: Sequence[Sum]) -> bool:
        """Take the sums in, all or none: False, and nothing taken, where a secret could be worked out then."""
        rows: dict[int, _Row] = {}
        left: dict[int, _Row] = {}
        for one in told:
            row = self._reduced(self._numbered(one), rows)
            if not row:
                continue
            pivot, row = max(row), _scaled(row)
            for number in {*self._touching.get(pivot, ()), *left}:
                before = left.get(number, self._open[number])
                if pivot in before:
                    left[number] = _less(before, row, before[pivot])
                    if not left[number]:
                        return False
            rows[pivot] = row
        self._rows |= rows
        self._open |= left
        for number, row in left.items():
            self._note(number, row)
        return True

    def _note(self, number: int, row: _Row) -> None:
        for place in row:
            self._touching.setdefault(place, set()).add(number)

    def _numbered(self, one: Sum) -> _Row:
        return {
            self._places.setdefault(name, len(self._places)): Fraction(times) for name, times in one.items() if times
        }

    def _reduced(self, row: _Row, more: Mapping[int, _Row]) -> _Row:
        """What is left of a sum when all that is known has been taken away."""
        while True:
            place = max((one for one in row if one in self._rows or one in more), default=None)
            if place is None:
                return row
            row = _less(row, self._rows.get(place) or more[place], row[place])


def _scaled(row: _Row) -> _Row:
    first = row[max(row)]
    return {place: times / first for place, times in row.items()}


def _less(row: _Row, other: _Row, often: Fraction) -> _Row:
    """``row`` less ``often`` times ``other``, without what cancels out."""
    left = dict(row)
    for place, times in other.items():
        rest = left.get(place, Fraction(0)) - often * times
        if rest:
            left[place] = rest
        else:
            left.pop(place, None)
    return left
