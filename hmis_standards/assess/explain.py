"""Where a score comes from: a tree in which every parent is the sum of its children."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

from attrs import frozen

from hmis_standards.tabular import Plain, decimal_text, percent_text

__all__ = ["Explanation"]


@frozen(kw_only=True)
class Explanation(Plain):
    """A node: points earned, and the weight of what was assessed and of what is applicable.

    The leaves are items, with ``note`` for their status and its reason.
    """

    label: str
    earned: Fraction
    assessed: Fraction
    applicable: Fraction
    note: str = ""
    children: tuple[Explanation, ...] = ()

    @classmethod
    def over(cls, label: str, children: Iterable[Explanation]) -> Explanation:
        """The node above these children: their sums."""
        below = tuple(children)
        return cls(
            label=label,
            earned=sum((one.earned for one in below), Fraction(0)),
            assessed=sum((one.assessed for one in below), Fraction(0)),
            applicable=sum((one.applicable for one in below), Fraction(0)),
            children=below,
        )

    @property
    def value(self) -> Fraction | None:
        """Earned over assessed; None where nothing was assessed."""
        return self.earned / self.assessed if self.assessed else None

    def walk(self) -> Iterator[Explanation]:
        """This node and all below it, parents first."""
        yield self
        for child in self.children:
            yield from child.walk()

    def text(self) -> str:
        """The tree as indented lines for a person."""
        return "\n".join(self._lines(0))

    def _lines(self, depth: int) -> Iterator[str]:
        yield "  " * depth + self._line()
        for child in self.children:
            yield from child._lines(depth + 1)

    def _line(self) -> str:
        points = f"{_points(self.earned)} of {_points(self.assessed)} points"
        share = f" = {percent_text(self.value)}" if self.children else ""
        open_weight = self.applicable - self.assessed
        rest = f", {_points(open_weight)} points not assessed" if open_weight else ""
        note = f" ({self.note})" if self.note else ""
        return f"{self.label}: {points}{share}{rest}{note}"

    def to_dict(self) -> dict[str, Any]:
        """The tree as nested plain values; points are exact text."""
        return {
            "label": self.label,
            "earned": str(self.earned),
            "assessed": str(self.assessed),
            "applicable": str(self.applicable),
            "note": self.note,
            "children": [child.to_dict() for child in self.children],
        }


def _points(value: Fraction) -> str:
    """Points with as many decimals as they need, at most two."""
    text = decimal_text(value, 2)
    return text.rstrip("0").rstrip(".")
