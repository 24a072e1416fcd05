"""Why two scores differ: the change of each item, shared out among its causes, exactly.

A score is a ratio of sums over items: the value is points earned over points assessed, and so on (``RATIOS``). With
N and D before (0) and after (1), its change is the sum over all items of

    (n * (D0 + D1) - d * (N0 + N1)) / (2 * D0 * D1)

where n and d are by how much the item's own share of N and of D changed. That is an identity, so nothing is left over.

The change of an item is then shared among the causes that touch it. Mostly that is one cause. Where several meet,
each gets the mean of what it would bring in over all orders in which they could have come (Shapley's value), so that no
order has to be chosen and comparing backward gives the same parts with the other sign.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from math import factorial

from attrs import evolve, frozen

from hmis_standards.assess.answers import NOT_APPLICABLE, Assessment, Response
from hmis_standards.assess.lines import Line
from hmis_standards.assess.scoring import score
from hmis_standards.assess.ways import asks_the_same
from hmis_standards.errors import ProfileError
from hmis_standards.model import Catalog, tailor
from hmis_standards.vocabulary import Cause

__all__ = ["RATIOS", "Points", "Worlds", "shares", "worlds"]

_ZERO = Fraction(0)


@frozen
class Points:
    """What an item, or several, give to the three sums of a score."""

    earned: Fraction = _ZERO
    assessed: Fraction = _ZERO
    applicable: Fraction = _ZERO

    @classmethod
    def of(cls, line: Line | None) -> Points:
        """The points of a line; none where the item is not asked."""
        return cls(line.earned, line.assessed, line.applicable) if line else cls()

    def plus(self, other: Points, times: Fraction | int = 1) -> Points:
        """With so many times the other points added."""
        return Points(
            self.earned + other.earned * times,
            self.assessed + other.assessed * times,
            self.applicable + other.applicable * times,
        )


RATIOS: dict[str, Callable[[Points], tuple[Fraction, Fraction]]] = {
    "value": lambda one: (one.earned, one.assessed),
    "low": lambda one: (one.earned, one.applicable),
    "high": lambda one: (one.earned + one.applicable - one.assessed, one.applicable),
    "coverage": lambda one: (one.assessed, one.applicable),
}
"""The numbers of a score, each as what is above and what is below the line."""


def shares(ratio: str, before: Points, after: Points, parts: Sequence[Points]) -> list[Fraction | None]:
    """By how much each part of the change from ``before`` to ``after`` moves the ratio; None where it has no value.

    If the parts add up to the change in points, the shares add up to the change of the ratio.
    """
    (over, under), (over_now, under_now) = RATIOS[ratio](before), RATIOS[ratio](after)
    if not (under and under_now):
        return [None for _ in parts]
    split = (RATIOS[ratio](part) for part in parts)
    both = 2 * under * under_now
    return [(n * (under + under_now) - d * (over + over_now)) / both for n, d in split]


# --- the assessment with some of the causes at work --------------------------------------------------------

_Lines = dict[str, Line]


@frozen(eq=False)
class Worlds:
    """Both assessments, each scored with the catalog of every mix of edition and tailoring.

    ``lines[edition][tailoring][said]`` has the lines by item: 0 is as it was before, 1 as it is after. ``notes`` say
    what could not be told apart.
    """

    before: Assessment
    after: Assessment
    lines: tuple[tuple[tuple[_Lines, _Lines], ...], ...]
    notes: tuple[str, ...]

    def line(self, item: str, side: int) -> Line | None:
        """The line of an item in one of the two assessments; None where it is not asked."""
        return self._line(item, side, side, side, side)

    def _line(self, item: str, edition: int, tailoring: int, documents: int, said: int) -> Line | None:
        found = self.lines[edition][tailoring][said].get(item)
        covered = (self.after if documents else self.before).documents
        return found if found and found.item.document in covered else None

    def items(self) -> tuple[str, ...]:
        """The ids of all items asked on either side, in the order of ``after``, then of ``before``."""
        return tuple(dict.fromkeys(item.id for one in (self.after, self.before) for item in one.items()))

    def causes(self, item: str) -> Iterator[tuple[Cause, Points]]:
        """What each cause did to the points of an item. What did nothing is left out."""
        there = [self.line(item, side) is not None for side in (0, 1)]
        said = self._said(item) if all(there) else None
        fixed = int(there[1])  # asked on one side only: what was said there goes with the item

        def points(at_work: frozenset[Cause]) -> Points:
            side = fixed if said is None else said in at_work
            edition, tailoring, documents = (int(cause in at_work) for cause in _COMMON)
            return Points.of(self._line(item, edition, tailoring, documents, int(side)))

        causes = dict.fromkeys((*self._active, *([said] if said else [])))
        for cause, found in _averaged(points, tuple(causes)):
            if found != Points():
                yield cause, found

    @property
    def _active(self) -> tuple[Cause, ...]:
        """Of the causes that concern many items, those that are there at all."""
        before, after = self.before, self.after
        differs = {
            Cause.EDITION: _base(before.catalog) is not _base(after.catalog),
            Cause.TAILORING: before.catalog.profiles != after.catalog.profiles,
            Cause.DOCUMENTS: set(before.documents) != set(after.documents),
        }
        return tuple(cause for cause in _COMMON if differs[cause])

    def _said(self, item: str) -> Cause:
        """Where an item is asked on both sides: what kind of change the answer went through."""
        one, other = self.before.response(item), self.after.response(item)
        if _deciding(one) == _deciding(other):
            return Cause.EVIDENCE_AGE
        if one and other and one.answer == other.answer and other.proposed > one.proposed and self._asked_anew(item):
            return Cause.EDITION
        words = {response.answer for response in (one, other) if response}
        return Cause.APPLICABILITY if NOT_APPLICABLE in words else Cause.ANSWERS

    def _asked_anew(self, item: str) -> bool:
        """Whether the editions ask something else of the item, so that an answer had to become a proposal."""
        one, other = (_base(said.catalog) for said in (self.before, self.after))
        return item in one and item in other and not asks_the_same(one[item], other[item])


_COMMON = (Cause.EDITION, Cause.TAILORING, Cause.DOCUMENTS)


def _deciding(response: Response | None) -> Response | None:
    """The response without its texts: what a verdict looks at."""
    if response is None or response.answer is None:
        return None
    return evolve(response, note=None, reason=response.reason and "given", decided_by=None)


def _averaged(points: Callable[[frozenset[Cause]], Points], causes: Sequence[Cause]) -> Iterator[tuple[Cause, Points]]:
    """What each cause brings in, as the mean over all orders of the causes."""
    orders = factorial(len(causes))
    for cause in causes:
        others = [one for one in causes if one is not cause]
        total = Points()
        for size in range(len(causes)):
            share = Fraction(factorial(size) * factorial(len(others) - size), orders)
            for first in map(frozenset, combinations(others, size)):
                total = total.plus(points(first | {cause}), share).plus(points(first), -share)
        yield cause, total


def worlds(
    before: Assessment, after: Assessment, days: tuple[datetime.date, datetime.date], *, count_proposals: bool
) -> Worlds:
    """Both assessments scored in every mix of edition and tailoring, each on its own day."""
    catalogs, notes = _catalogs(before.catalog, after.catalog)
    documents = tuple(dict.fromkeys((*before.documents, *after.documents)))
    known: dict[int, tuple[_Lines, _Lines]] = {}

    def scored(catalog: Catalog) -> tuple[_Lines, _Lines]:
        if id(catalog) not in known:
            both = (
                _lines(one, day, catalog, documents, count_proposals)
                for one, day in zip((before, after), days, strict=True)
            )
            known[id(catalog)] = (next(both), next(both))
        return known[id(catalog)]

    lines = tuple(tuple(scored(catalog) for catalog in row) for row in catalogs)
    return Worlds(before, after, lines, notes)


def _lines(
    said: Assessment, day: datetime.date, catalog: Catalog, documents: tuple[str, ...], count_proposals: bool
) -> _Lines:
    there = {document.id for document in catalog.documents}
    covered = tuple(one for one in documents if one in there)
    moved = evolve(said, catalog=catalog, edition=catalog.edition, documents=covered)
    return {line.item.id: line for line in score(moved, day, count_proposals=count_proposals).lines}


def _base(catalog: Catalog) -> Catalog:
    return catalog.base or catalog


def _catalogs(before: Catalog, after: Catalog) -> tuple[tuple[tuple[Catalog, Catalog], ...], tuple[str, ...]]:
    """The catalog of each edition (first index) with each tailoring (second), and what could not be made."""
    if _base(before) is _base(after) or before.profiles == after.profiles:
        same_edition = _base(before) is _base(after)
        return ((before, after), (before, after)) if same_edition else ((before, before), (after, after)), ()
    notes: list[str] = []
    old = _mixed(_base(before), after, notes)
    new = _mixed(_base(after), before, notes)
    return ((before, old), (new, after)), tuple(notes)


def _mixed(base: Catalog, tailored: Catalog, notes: list[str]) -> Catalog:
    """One side's edition with the other's tailoring; where they do not go together, the other side as it is."""
    try:
        return tailor(base, *(evolve(profile, based_on=None) for profile in tailored.profiles))
    except ProfileError as error:
        names = ", ".join(tailored.layers)
        notes.append(
            f"{names} cannot be applied to edition {base.edition} ({error.reason}): what the edition changed in items "
            "that it tailors stands under tailoring"
        )
        return tailored
