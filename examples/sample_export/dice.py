"""Chance that gives the same answers on every Python.

Only `Random.random()` is drawn on, because it alone is promised to stay the same from version to version; and only
plain operators and `int()` follow it: library functions such as `log` may differ in the last digit from platform to
platform, and so does `sum` of fractions from Python 3.12 on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """One stream of chance; each chapter of the story has its own, so that a change in one leaves the rest alone."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def chance(self, share: float) -> bool:
        return self._random.random() < share

    def between(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return low + int(self._random.random() * (high - low + 1))

    def pick(self, things: Sequence[T]) -> T:
        return things[self.between(0, len(things) - 1)]

    def weighted(self, weights: Mapping[T, float]) -> T:
        """One key; weights need not add up to one. The order of the mapping matters, so write it as a literal."""
        total = 0.0
        for weight in weights.values():
            total += weight
        left = self._random.random() * total
        for thing, weight in weights.items():
            left -= weight
            if left < 0:
                return thing
        return next(reversed(list(weights)))

    def spread(self, points: Sequence[tuple[float, int]]) -> int:
        """A whole number from a distribution given as points (share of cases, value), joined by straight lines."""
        share = self._random.random()
        for (low, start), (high, end) in pairwise(points):
            if share < high:
                return start + int((end - start) * (share - low) / (high - low))
        return points[-1][1]

    def day(self, first: date, last: date) -> date:
        return first + timedelta(days=self.between(0, (last - first).days))

    def shuffled(self, things: Sequence[T]) -> list[T]:
        rest = list(things)
        return [rest.pop(self.between(0, len(rest) - 1)) for _ in range(len(rest))]

    def sample(self, things: Sequence[T], size: int) -> list[T]:
        return self.shuffled(things)[:size]
