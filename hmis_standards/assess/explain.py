"""Where a score comes from: a tree in which every parent is the sum of its children. Numbers in it are exact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from html import escape
from typing import Any

from attrs import frozen

from hmis_standards.tabular import Plain, decimal_text, percent_text, plain

__all__ = ["Explanation", "points_text"]


@frozen(kw_only=True)
class Explanation(Plain):
    """A node: points earned, and the weight of what was assessed and of what is applicable.

    The leaves are items: ``weight`` times ``credit`` is what they earn, and ``note`` tells their status and its reason.
    """

    label: str
    earned: Fraction
    assessed: Fraction
    applicable: Fraction
    note: str = ""
    weight: Fraction | None = None
    credit: Fraction | None = None
    children: tuple[Explanation, ...] = ()

    @classmethod
    def over(cls, label: str, children: Iterable[Explanation], note: str = "") -> Explanation:
        """The node above these children: their sums."""
        below = tuple(children)
        return cls(
            label=label,
            earned=sum((one.earned for one in below), Fraction(0)),
            assessed=sum((one.assessed for one in below), Fraction(0)),
            applicable=sum((one.applicable for one in below), Fraction(0)),
            note=note,
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

    def find(self, label: str) -> Explanation:
        """The first node of that label: ``total``, a document, ``document/SECTION`` or an item. Raises KeyError."""
        return next((one for one in self.walk() if one.label == label), None) or _absent(label)

    def text(self) -> str:
        """The tree as indented lines for a person."""
        return "\n".join(self._lines(0))

    def html(self) -> str:
        """The tree as nested ``<details>``, each with a table of the items right under it; every text escaped."""
        leaves = [child for child in self.children if not child.children]
        below = "".join(child.html() for child in self.children if child.children)
        table = _html_table(leaves or [self]) if leaves or not self.children else ""
        summary = f"<summary>{escape(self._line())}</summary>"
        return f"<details open>{summary}{below}{table}</details>"

    def _repr_html_(self) -> str:
        return self.html()

    def _lines(self, depth: int) -> Iterator[str]:
        yield "  " * depth + self._line()
        for child in self.children:
            yield from child._lines(depth + 1)

    def _line(self) -> str:
        share = f" = {percent_text(self.value)}" if self.children else ""
        open_weight = self.applicable - self.assessed
        rest = f", {points_text(open_weight)} points not assessed" if open_weight else ""
        note = f" ({self.note})" if self.note else ""
        return f"{self.label}: {self._sum()}{share}{rest}{note}"

    def _sum(self) -> str:
        """The points, of an item with the product they come from."""
        product = "" if self.credit is None else f"{points_text(self.weight)} × {points_text(self.credit)} = "
        return f"{product}{points_text(self.earned)} of {points_text(self.assessed)} points"

    def to_dict(self) -> dict[str, Any]:
        """The tree as nested plain values; points are exact text. ``weight`` and ``credit`` only of items."""
        shown = {name: plain(getattr(self, name)) for name in ("label", "earned", "assessed", "applicable", "note")}
        if not self.children:
            shown |= {"weight": plain(self.weight), "credit": plain(self.credit)}
        return {**shown, "children": [child.to_dict() for child in self.children]}


def _absent(label: str) -> Explanation:
    raise KeyError(label)


_COLUMNS = ("item", "weight", "credit", "earned", "assessed", "applicable", "note")


def _html_table(leaves: Iterable[Explanation]) -> str:
    head = "".join(f"<th>{name}</th>" for name in _COLUMNS)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(map(_html_row, leaves))}</tbody></table>"


def _html_row(leaf: Explanation) -> str:
    numbers = (leaf.weight, leaf.credit, leaf.earned, leaf.assessed, leaf.applicable)
    cells = (leaf.label, *map(points_text, numbers), leaf.note)
    return f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"


def points_text(value: Fraction | None) -> str:
    """Points in full: a decimal where two places suffice, else whole points and a fraction; nothing for None."""
    if value is None:
        return ""
    text = decimal_text(value, 2)
    if Fraction(text) == value:
        return text.rstrip("0").rstrip(".")
    whole, rest = divmod(value, 1)
    return f"{whole} {rest}" if whole else str(rest)
