"""What showing numbers tells: the counts one would like to show, what adds up to what, and what nobody may learn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable

from hmis_standards.model.withheld import Sum, publishable

__all__ = ["SYSTEM", "Tables"]

SYSTEM = "system"
"""The part of the system that is all of it."""


class Tables:
    """What one would like to show, what everybody knows of sums, and what nobody may learn."""

    def __init__(self, least: int) -> None:
        self._least = least
        self._asked: list[tuple[tuple[bool, int], Hashable, list[Sum]]] = []
        self._known: list[Sum] = []
        self._secrets: list[Sum] = []

    def count(self, key: Hashable, part: str, value: int) -> None:
        """A count of a part of the system that one would like to show."""
        self._ask(key, part, value, [self.of(part, value)])

    def share(self, key: Hashable, part: str, above: int, below: int) -> None:
        """Two counts one would like to show, and the share they make."""
        self._ask(key, part, above, [self.of(part, above), self.of(part, below)])
        if 0 <= above <= below:
            self.total(part, below, [above, below - above])

    def total(self, part: str, whole: int, pieces: list[int]) -> None:
        """Counts that add up to another, all of one part of the system."""
        self._add_up(self.of(part, whole), [(self.of(part, piece), piece) for piece in pieces])

    def parts(self, key: Hashable, whole: str, value: int, pieces: list[tuple[str, int]]) -> None:
        """Counts of the parts of a whole. Who is in several of them is counted in each: that number is a count too."""
        surplus = sum(piece for _, piece in pieces) - value
        listed = [(self.of(part, piece), piece) for part, piece in pieces]
        if surplus:
            several: Sum = {("in several", key): -1}
            listed.append((several, 0))
            if abs(surplus) < self._least:
                self._secrets.append(several)
        self._add_up(self.of(whole, value), listed)

    def _add_up(self, whole: Sum, pieces: list[tuple[Sum, int]]) -> None:
        """Where the small ones together are still small, their sum is a secret too."""
        self._known.append(_added([one for one, _ in pieces], whole))
        small = [(piece, value) for piece, value in pieces if 0 < value < self._least]
        if len(small) > 1 and sum(value for _, value in small) < self._least:
            self._secrets.append(_added([one for one, _ in small], {}))

    def shown(self) -> frozenset[Hashable]:
        """The keys of what may be shown: the whole system before its parts, large counts before small ones."""
        listed = sorted(self._asked, key=lambda one: one[0])
        return publishable([(key, told) for _, key, told in listed], self._known, self._secrets)

    def _ask(self, key: Hashable, part: str, value: int, told: list[Sum]) -> None:
        self._asked.append(((part != SYSTEM, -value), key, told))

    def of(self, part: str, value: int) -> Sum:
        """A count as an unknown; a zero is none. A small one is a secret."""
        if value == 0:
            return {}
        one: Sum = {(part, value): 1}
        if 0 < value < self._least:
            self._secrets.append(one)
        return one


def _added(pieces: Iterable[Sum], whole: Sum) -> Sum:
    """The pieces together, less the whole."""
    found: dict[Hashable, int] = defaultdict(int)
    for piece in pieces:
        for name, times in piece.items():
            found[name] += times
    for name, times in whole.items():
        found[name] -= times
    return found
