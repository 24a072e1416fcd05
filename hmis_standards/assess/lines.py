"""The lines of a score: one an item, with the weight it carries; what they add up to, and how they fall into parts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Any

from attrs import field, frozen

from hmis_standards.assess.verdict import ItemVerdict
from hmis_standards.model import Gate, Item
from hmis_standards.tabular import Plain
from hmis_standards.vocabulary import GateKind, Status

__all__ = ["ASSESSED", "DIMENSIONS", "OPEN", "ZERO", "Line", "Sums", "grouped", "sums", "value_of"]

ASSESSED = frozenset({Status.MET, Status.PARTIAL, Status.NOT_MET})
OPEN = frozenset({Status.NOT_ASSESSED, Status.ERROR})
ZERO = Fraction(0)


@frozen(kw_only=True)
class Line(Plain):
    """One item in a score. ``in_effect``: at least one authority it cites binds somebody today."""

    verdict: ItemVerdict
    weight: Fraction
    in_effect: bool = field(repr=False)

    @property
    def item(self) -> Item:
        """The item."""
        return self.verdict.item

    @property
    def status(self) -> Status:
        """Where the item stands."""
        return self.verdict.status

    @property
    def earned(self) -> Fraction:
        """Weight times credit; 0 where there is no credit to give."""
        return self.weight * self.verdict.credit if self.verdict.credit else ZERO

    @property
    def assessed(self) -> Fraction:
        """The weight, if there is a verdict on the item."""
        return self.weight if self.status in ASSESSED else ZERO

    @property
    def applicable(self) -> Fraction:
        """The weight, unless the item is not applicable."""
        return ZERO if self.status is Status.NOT_APPLICABLE else self.weight

    @cached_property
    def _terms(self) -> tuple[int, int, int, int]:
        """A unit, and how many of it are earned, assessed and applicable."""
        weight, credit = self.weight, ZERO if self.verdict.credit is None else self.verdict.credit
        unit, whole = weight.denominator * credit.denominator, weight.numerator * credit.denominator
        if self.status not in ASSESSED:
            return unit, 0, 0, 0 if self.status is Status.NOT_APPLICABLE else whole
        return unit, weight.numerator * credit.numerator, whole, whole

    def under(self, gate: Gate) -> bool:
        """Whether the gate waits for this very item: it looks at items, and at this one."""
        return gate.kind is GateKind.ITEMS and self.in_effect and self.item.obligation is gate.obligation

    def row(self) -> dict[str, Any]:
        """The line as one flat row of a table."""
        credit = self.verdict.credit
        return {
            "item": self.item.id,
            "title": self.item.title,
            "document": self.item.document,
            "section": self.item.section,
            "obligation": self.item.obligation.value,
            "status": self.status.value,
            "credit": None if credit is None else float(credit),
            "weight": float(self.weight),
            "reason": self.verdict.reason,
        }

    def to_dict(self) -> dict[str, Any]:
        """Item id, status, credit, reason and weight as plain values."""
        return {**self.verdict.to_dict(), "weight": str(self.weight)}


@frozen
class Sums:
    """The three sums all shares are made of: points earned, weight assessed, weight applicable."""

    earned: Fraction
    assessed: Fraction
    applicable: Fraction

    @property
    def low(self) -> Fraction | None:
        """The share if everything open were not met; None if nothing is applicable."""
        return self.earned / self.applicable if self.applicable else None

    @property
    def high(self) -> Fraction | None:
        """The share if everything open were met; None if nothing is applicable."""
        return (self.earned + self.applicable - self.assessed) / self.applicable if self.applicable else None

    @property
    def coverage(self) -> Fraction | None:
        """Assessed over applicable; None if nothing is applicable."""
        return self.assessed / self.applicable if self.applicable else None


def sums(lines: Iterable[Line]) -> Sums:
    """What the lines add up to."""
    unit, *terms = _added(lines)
    return Sums(*(Fraction(term, unit) for term in terms))


def value_of(lines: Iterable[Line]) -> Fraction | None:
    """Points earned over the weight assessed; None if nothing was."""
    _, earned, assessed, _ = _added(lines)
    return Fraction(earned, assessed) if assessed else None


def _added(lines: Iterable[Line]) -> tuple[int, int, int, int]:
    """A unit, and the three sums in whole numbers of it: adding fractions one by one is slow."""
    found = [line._terms for line in lines]
    unit = lcm(*{terms[0] for terms in found})
    earned = assessed = applicable = 0
    for own, one, two, three in found:
        times = unit // own
        earned += one * times
        assessed += two * times
        applicable += three * times
    return unit, earned, assessed, applicable


DIMENSIONS: dict[str, Callable[[Line], tuple[Any, ...]]] = {
    "document": lambda line: (line.item.document,),
    "section": lambda line: (f"{line.item.document}/{line.item.section}",),
    "obligation": lambda line: (line.item.obligation,),
    "basis": lambda line: (line.item.basis,),
    "confidence": lambda line: (line.item.confidence,),
    "status": lambda line: (line.status,),
    "owner": lambda line: (line.item.owner,),
    "role": lambda line: line.item.roles,
    "tag": lambda line: line.item.tags,
}
"""What a score can be taken apart by, and the keys a line has in it."""


def grouped(lines: Iterable[Line], dimension: str) -> dict[str, tuple[Line, ...]]:
    """The lines by any of ``DIMENSIONS``; words of a closed list in the list's order, other keys as they came."""
    keys, parts = DIMENSIONS[dimension], defaultdict[Any, list[Line]](list)
    for line in lines:
        for key in keys(line):
            parts[key].append(line)
    return {str(key): tuple(parts[key]) for key in _in_order(parts)}


def _in_order(parts: Mapping[Any, Any]) -> list[Any]:
    keys = list(parts)
    if not all(isinstance(key, Enum) for key in keys):
        return keys
    return [member for member in (type(keys[0]) if keys else ()) if member in parts]
