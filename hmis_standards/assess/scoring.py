"""The score: weighted credits, how much of it is known, and the gates that no points can buy."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from fractions import Fraction
from functools import cached_property
from html import escape
from typing import Any

from attrs import evolve, field, frozen

from hmis_standards.assess.answers import NOT_APPLICABLE, Assessment, Evidence, Response, as_day
from hmis_standards.assess.explain import Explanation
from hmis_standards.assess.verdict import ItemVerdict, verdict
from hmis_standards.model import Band, Catalog, Gate, Item, Ratings
from hmis_standards.tabular import Plain, Tabular, decimal_text, html_table, percent_text, plain
from hmis_standards.vocabulary import Status, Verdict

__all__ = ["DIMENSIONS", "GateResult", "Line", "Score", "WhatIf", "score", "what_if"]

_ASSESSED = frozenset({Status.MET, Status.PARTIAL, Status.NOT_MET})
_FAILS = frozenset({Status.NOT_MET, Status.PARTIAL})
_OPEN = frozenset({Status.NOT_ASSESSED, Status.ERROR})
_ZERO = Fraction(0)


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
        return self.weight * self.verdict.credit if self.verdict.credit else _ZERO

    @property
    def assessed(self) -> Fraction:
        """The weight, if there is a verdict on the item."""
        return self.weight if self.status in _ASSESSED else _ZERO

    @property
    def applicable(self) -> Fraction:
        """The weight, unless the item is not applicable."""
        return _ZERO if self.status is Status.NOT_APPLICABLE else self.weight

    def under(self, gate: Gate) -> bool:
        """Whether the gate looks at the item."""
        return self.in_effect and self.item.obligation is gate.obligation

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


@frozen(kw_only=True)
class GateResult(Plain):
    """How one gate stands. ``deciding`` are the ids of the items that fail it, else of those that leave it open."""

    gate: Gate
    verdict: Verdict
    deciding: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Gate id and title, verdict and deciding items."""
        return {
            "gate": self.gate.id,
            "title": self.gate.title,
            "verdict": self.verdict.value,
            "deciding": list(self.deciding),
        }


@frozen(kw_only=True, repr=False)
class Score(Tabular):
    """A score as sums of weights, so that scores of parts add up to the score of the whole.

    ``value`` speaks only of what was assessed; ``low`` and ``high`` say what it would be if all the rest were not met,
    or met. Gates and bands look at exact values.
    """

    lines: tuple[Line, ...]
    ratings: Ratings = field(eq=False)

    def __len__(self) -> int:
        return len(self.lines)

    def __bool__(self) -> bool:
        return True

    @cached_property
    def earned(self) -> Fraction:
        """The points earned."""
        return _total((line.weight, line.verdict.credit or _ZERO) for line in self.lines)

    @cached_property
    def assessed(self) -> Fraction:
        """The weight of the items with a verdict."""
        return _total((line.weight, 1) for line in self.lines if line.status in _ASSESSED)

    @cached_property
    def applicable(self) -> Fraction:
        """The weight of all items but those that are not applicable."""
        return _total((line.weight, 1) for line in self.lines if line.status is not Status.NOT_APPLICABLE)

    @property
    def value(self) -> Fraction | None:
        """Earned over assessed; None if nothing with weight was assessed."""
        return self.earned / self.assessed if self.assessed else None

    @property
    def low(self) -> Fraction | None:
        """The value if everything not assessed were not met; None if nothing is applicable."""
        return self.earned / self.applicable if self.applicable else None

    @property
    def high(self) -> Fraction | None:
        """The value if everything not assessed were met; None if nothing is applicable."""
        rest = self.applicable - self.assessed
        return (self.earned + rest) / self.applicable if self.applicable else None

    @property
    def coverage(self) -> Fraction | None:
        """Assessed over applicable; None if nothing is applicable."""
        return self.assessed / self.applicable if self.applicable else None

    @property
    def rating(self) -> Band | None:
        """The band of the value; None where too little was assessed for one, or nothing."""
        enough = self.coverage is not None and self.coverage >= self.ratings.minimum_coverage
        return self.ratings.band(self.value) if enough else None

    @property
    def provisional(self) -> bool:
        """Whether too little was assessed for the rating to be more than a first look."""
        return self.coverage is not None and self.coverage < self.ratings.provisional_below

    @cached_property
    def gates(self) -> tuple[GateResult, ...]:
        """How each gate stands."""
        return tuple(_gate_result(gate, self.lines) for gate in self.ratings.gates)

    @property
    def verdict(self) -> Verdict:
        """Fail if any gate fails, else "cannot say" if any is open, else pass; "no gate" if none looks at an item."""
        found = {result.verdict for result in self.gates}
        order = (Verdict.FAIL, Verdict.CANNOT_SAY, Verdict.PASS)
        return next((one for one in order if one in found), Verdict.NO_GATE)

    def counts(self) -> dict[Status, int]:
        """How many items stand where, for every status."""
        found = Counter(line.status for line in self.lines)
        return {status: found[status] for status in Status}

    def line(self, item_id: str) -> Line:
        """The line of an item. Raises KeyError if the score does not cover it."""
        return next((line for line in self.lines if line.item.id == item_id), None) or _absent(item_id)

    def by(self, dimension: str) -> dict[str, Score]:
        """The score in parts: by any of ``DIMENSIONS``. The keys of sections are ``document/SECTION``.

        The parts add up to the whole, except by role and by tag, of which an item can have several.
        """
        if dimension not in DIMENSIONS:
            raise ValueError(f"{dimension!r} is not one of {', '.join(DIMENSIONS)}")
        parts: dict[Any, list[Line]] = {}
        for line in self.lines:
            for key in DIMENSIONS[dimension](line):
                parts.setdefault(key, []).append(line)
        return {str(key): evolve(self, lines=tuple(parts[key])) for key in _in_order(parts)}

    def __add__(self, other: object) -> Score:
        if not isinstance(other, Score):
            return NotImplemented
        if other.ratings != self.ratings:
            raise ValueError("scores with different weights, bands or gates do not add up")
        return evolve(self, lines=self.lines + other.lines)

    def __radd__(self, other: object) -> Score:
        """So that ``sum(scores)`` works, which begins with 0."""
        return self if other == 0 else NotImplemented

    def explain(self) -> Explanation:
        """The tree of total, documents, sections and items."""
        documents = []
        for document, part in self.by("document").items():
            sections = [
                Explanation.over(section, map(_leaf, below.lines)) for section, below in part.by("section").items()
            ]
            documents.append(Explanation.over(document, sections))
        return Explanation.over("total", documents)

    def rows(self) -> list[dict[str, Any]]:
        """One row an item: id, title, status, credit, weight, reason."""
        return [line.row() for line in self.lines]

    def to_dict(self) -> dict[str, Any]:
        """Numbers as exact text, rating and verdict, gates, counts and the lines."""
        numbers = ("value", "low", "high", "coverage", "earned", "assessed", "applicable")
        return {
            **{name: plain(getattr(self, name)) for name in numbers},
            "rating": self.rating.id if self.rating else None,
            "provisional": self.provisional,
            "verdict": self.verdict.value,
            "gates": [result.to_dict() for result in self.gates],
            "counts": {status.value: count for status, count in self.counts().items()},
            "items": [line.to_dict() for line in self.lines],
        }

    def __repr__(self) -> str:
        return f"<Score {self._words()}>"

    def _words(self) -> str:
        span = f" ({decimal_text(self.low * 100, 0)}–{percent_text(self.high)})" if self.low is not None else ""
        rating = self.rating.id if self.rating else "no rating"
        seen = f"of {len(self.lines)} items, {percent_text(self.coverage)} assessed"
        provisional = " (provisional)" if self.provisional and self.rating else ""
        return f"{percent_text(self.value)}{span} {seen}: {rating}{provisional}, {self.verdict.label}"

    def _repr_html_(self) -> str:
        return f"<p>Score {escape(self._words())}</p>{html_table(self.rows())}"


def _total(pairs: Iterable[tuple[Fraction, Fraction | int]]) -> Fraction:
    """The sum of products. Equal pairs are counted first: there are few, and exact additions are slow."""
    return sum((weight * credit * count for (weight, credit), count in Counter(pairs).items()), _ZERO)


def _absent(item_id: str) -> Line:
    raise KeyError(item_id)


def _gate_result(gate: Gate, lines: tuple[Line, ...]) -> GateResult:
    seen = [line for line in lines if line.under(gate)]
    for statuses, outcome in ((_FAILS, Verdict.FAIL), (_OPEN, Verdict.CANNOT_SAY)):
        deciding = tuple(line.item.id for line in seen if line.status in statuses)
        if deciding:
            return GateResult(gate=gate, verdict=outcome, deciding=deciding)
    return GateResult(gate=gate, verdict=Verdict.PASS if seen else Verdict.NO_GATE)


def _leaf(line: Line) -> Explanation:
    note = line.status.label + (f": {line.verdict.reason}" if line.verdict.reason else "")
    return Explanation(
        label=line.item.id, earned=line.earned, assessed=line.assessed, applicable=line.applicable, note=note
    )


def _in_order(parts: Mapping[Any, Any]) -> list[Any]:
    """Words of a closed list in the list's order, other keys as they came."""
    keys = list(parts)
    if not all(isinstance(key, Enum) for key in keys):
        return keys
    return [member for member in (type(keys[0]) if keys else ()) if member in parts]


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


def score(assessment: Assessment, as_of: str | datetime.date | None = None, *, count_proposals: bool = False) -> Score:
    """The score of an assessment on a day, by default its own date.

    Every item of the documents covered has a line, answered or not. ``as_of`` decides only which evidence is stale.
    With ``count_proposals``, answers proposed by a measurement count although no person has confirmed them.
    """
    catalog = assessment.catalog
    day = assessment.date if as_of is None else as_day(as_of)
    lines = (
        Line(
            verdict=verdict(assessment, item, day, count_proposals=count_proposals),
            weight=catalog.ratings.weight(item.obligation) if item.weight is None else item.weight,
            in_effect=_in_effect(catalog, item),
        )
        for item in assessment.items()
    )
    return Score(lines=tuple(lines), ratings=catalog.ratings)


def _in_effect(catalog: Catalog, item: Item) -> bool:
    return any(catalog.source(citation.source).in_effect for citation in item.citations)


@frozen(kw_only=True)
class WhatIf(Plain):
    """The score before and after some answers were changed in thought."""

    before: Score
    after: Score

    @property
    def gain(self) -> Fraction | None:
        """By how much the low end of the score rises; None where nothing is applicable before or after."""
        low, high = self.before.low, self.after.low
        return None if low is None or high is None else high - low


def what_if(assessment: Assessment, answers: Mapping[str, str], as_of: str | datetime.date | None = None) -> WhatIf:
    """The score if these items were answered so.

    Each answer is taken to come with the evidence that "met" demands, and with a reason. Raises as
    ``Assessment.answer`` does.
    """
    day = assessment.date if as_of is None else as_day(as_of)
    changed = [_supposed(assessment.catalog[item], answer, day) for item, answer in answers.items()]
    return WhatIf(before=score(assessment, day), after=score(assessment.with_responses(changed), day))


def _supposed(item: Item, answer: str, day: datetime.date) -> Response:
    evidence = tuple(
        Evidence(kind=need.kind, title="supposed", date=day, need=need.id) for need in item.evidence if need.demanded
    )
    reason = "supposed" if answer == NOT_APPLICABLE else None
    return Response(item=item.id, answer=answer, reason=reason, evidence=evidence)
