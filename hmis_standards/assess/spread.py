"""How values are spread: quartiles of counted values, exact."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from fractions import Fraction
from itertools import accumulate
from typing import Any

from attrs import frozen

from hmis_standards.model.withheld import shown
from hmis_standards.tabular import Plain, percent_text

__all__ = ["SPREAD", "Spread", "spread"]

_CUTS = ("minimum", "lower", "median", "upper", "maximum")
SPREAD = ("count", *_CUTS)
"""The columns of a spread in a table."""


@frozen(kw_only=True)
class Spread(Plain):
    """How values are spread: exact minimum, quartiles and maximum.

    ``count`` is how many have a value, None where that would give away how few have none. A quartile between two
    values lies on the line between them, as QUARTILE.INC of a spreadsheet has it.
    """

    count: int | None
    minimum: Fraction
    lower: Fraction
    median: Fraction
    upper: Fraction
    maximum: Fraction

    def row(self) -> dict[str, Any]:
        """The spread as part of a row, rounded for people."""
        return {"count": self.count, **{name: percent_text(getattr(self, name), 1) for name in _CUTS}}


def spread(values: Counter[Fraction | None], organizations: int, min_group: int) -> Spread | None:
    """The spread of the values counted, None where fewer than ``min_group`` (or nobody) have one.

    ``organizations`` is how many there are with and without a value.
    """
    order = sorted(value for value in values if value is not None)
    ends = list(accumulate(values[value] for value in order))
    if not ends or ends[-1] < min_group:
        return None
    told = shown({"there": ends[-1], "not there": organizations - ends[-1]}, min_group)["there"]
    cuts = (_quantile(order, ends, Fraction(place, 4)) for place in range(5))
    return Spread(count=told, **dict(zip(_CUTS, cuts, strict=True)))


def _quantile(order: list[Fraction], ends: list[int], part: Fraction) -> Fraction:
    """The value so far along, on the line between two neighbors; ``ends`` has how many values lie up to each."""
    place = part * (ends[-1] - 1)
    below = int(place)
    low, high = (order[bisect_right(ends, at)] for at in (below, -(-place.numerator // place.denominator)))
    return low + (place - below) * (high - low)
