"""The score: weighted credits, how much of it is known, and the gates that no points can buy."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property
from html import escape
from typing import Any

from attrs import evolve, field, frozen

from hmis_standards.assess.answers import Assessment, Response
from hmis_standards.assess.days import as_day
from hmis_standards.assess.explain import Explanation
from hmis_standards.assess.gates import GateResult, gate_result
from hmis_standards.assess.lines import DIMENSIONS, Line, Sums, grouped, sums
from hmis_standards.assess.models import WEIGHTED_MEAN, ScoringModel, scoring_model
from hmis_standards.assess.verdict import settled, verdict_on
from hmis_standards.model import Band, Catalog, Item, Ratings
from hmis_standards.tabular import Tabular, decimal_text, html_table, percent_text, plain
from hmis_standards.vocabulary import Status, Verdict

__all__ = ["Score", "score"]


@frozen(kw_only=True, repr=False)
class Score(Tabular):
    """A score as sums of weights, so that scores of parts add up to the score of the whole.

    ``value`` speaks only of what was assessed; ``low`` and ``high`` say what it would be if all the rest were not met,
    or met. How a value is made of the items is the ``model``'s. Gates, coverage and the three sums are the same under
    every model; gates and bands look at exact values.
    """

    lines: tuple[Line, ...]
    ratings: Ratings = field(eq=False)
    model: ScoringModel = WEIGHTED_MEAN

    def __len__(self) -> int:
        return len(self.lines)

    def __bool__(self) -> bool:
        return True

    @cached_property
    def _sums(self) -> Sums:
        return sums(self.lines)

    @property
    def earned(self) -> Fraction:
        """The points earned."""
        return self._sums.earned

    @property
    def assessed(self) -> Fraction:
        """The weight of the items with a verdict."""
        return self._sums.assessed

    @property
    def applicable(self) -> Fraction:
        """The weight of all items but those that are not applicable."""
        return self._sums.applicable

    @cached_property
    def value(self) -> Fraction | None:
        """What was assessed is worth this; by the weighted mean, earned over assessed. None if there is nothing."""
        return self.model.value(self)

    @cached_property
    def low(self) -> Fraction | None:
        """The value if everything not assessed were not met; None if nothing is applicable."""
        return self.model.value(self, Fraction(0))

    @cached_property
    def high(self) -> Fraction | None:
        """The value if everything not assessed were met; None if nothing is applicable."""
        return self.model.value(self, Fraction(1))

    @property
    def coverage(self) -> Fraction | None:
        """Assessed over applicable; None if nothing is applicable."""
        return self._sums.coverage

    @property
    def rating(self) -> Band | None:
        """The band of the value; None where too little was assessed for one, or nothing.

        Bands are made for the weighted mean: a value by another model has none.
        """
        enough = self.coverage is not None and self.coverage >= self.ratings.minimum_coverage
        enough = enough and self.model == WEIGHTED_MEAN
        return self.ratings.band(self.value) if enough else None

    @property
    def provisional(self) -> bool:
        """Whether too little was assessed for the rating to be more than a first look."""
        return self.coverage is not None and self.coverage < self.ratings.provisional_below

    @cached_property
    def gates(self) -> tuple[GateResult, ...]:
        """How each gate stands."""
        return tuple(gate_result(gate, self.lines) for gate in self.ratings.gates)

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
        return {part: evolve(self, lines=lines) for part, lines in grouped(self.lines, dimension).items()}

    def __add__(self, other: object) -> Score:
        if not isinstance(other, Score):
            return NotImplemented
        if (other.ratings, other.model) != (self.ratings, self.model):
            raise ValueError("scores with different weights, bands, gates or models do not add up")
        return evolve(self, lines=self.lines + other.lines)

    def __radd__(self, other: object) -> Score:
        """So that ``sum(scores)`` works, which begins with 0."""
        return self if other == 0 else NotImplemented

    def explain(self) -> Explanation:
        """The tree of total, documents, sections and items: the points of the weighted mean, whatever the model."""
        documents = []
        for document, part in self.by("document").items():
            sections = [
                Explanation.over(section, map(_leaf, below.lines)) for section, below in part.by("section").items()
            ]
            documents.append(Explanation.over(document, sections))
        return Explanation.over("total", documents, note=self._other_model())

    def _other_model(self) -> str:
        """What a reader of points must know where the value does not come from them."""
        if self.model == WEIGHTED_MEAN:
            return ""
        return f"the model {self.model.id} gives {percent_text(self.value)}; the points are those of the weighted mean"

    def rows(self) -> list[dict[str, Any]]:
        """One row an item: id, title, status, credit, weight, reason."""
        return [line.row() for line in self.lines]

    def to_dict(self) -> dict[str, Any]:
        """Numbers as exact text, rating and verdict, gates, counts and the lines."""
        numbers = ("value", "low", "high", "coverage", "earned", "assessed", "applicable")
        return {
            "model": self.model.id,
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


def _absent(item_id: str) -> Line:
    raise KeyError(item_id)


def _leaf(line: Line) -> Explanation:
    return Explanation(
        label=line.item.id,
        earned=line.earned,
        assessed=line.assessed,
        applicable=line.applicable,
        note=line.status.label + (f": {line.verdict.reason}" if line.verdict.reason else ""),
        weight=line.weight,
        credit=line.verdict.credit,
    )


def score(
    assessment: Assessment,
    as_of: str | datetime.date | None = None,
    *,
    count_proposals: bool = False,
    model: str | ScoringModel = WEIGHTED_MEAN,
) -> Score:
    """The score of an assessment on a day, by default its own date.

    Every item of the documents covered has a line, answered or not. ``as_of`` decides only which evidence is stale.
    With ``count_proposals``, answers proposed by a measurement count although no person has confirmed them. ``model``
    is ``weighted-mean``, ``weakest-item``, ``maturity``, or one that another package offers (see ``scoring_model``).

    Raises UnknownScoringModel.
    """
    catalog = assessment.catalog
    by = model if isinstance(model, ScoringModel) else scoring_model(model)
    day = assessment.date if as_of is None else as_day(as_of)
    known = assessment._scores.get((day, count_proposals, by))
    if known is None:
        lines = tuple(_lines(assessment, day, count_proposals))
        known = assessment._scores[day, count_proposals, by] = Score(lines=lines, ratings=catalog.ratings, model=by)
    return known


def _lines(assessment: Assessment, day: datetime.date, count_proposals: bool) -> Iterator[Line]:
    known: dict[tuple[str, str | None], Line] = assessment.catalog._settled
    said = assessment._by_item
    for item in assessment.items():
        response = said.get(item.id)
        line = known.get((item.id, response.answer)) if response and not response.proposed else None
        yield line or _line(assessment.catalog, item, response, day, count_proposals)


def _line(catalog: Catalog, item: Item, response: Response | None, day: datetime.date, count_proposals: bool) -> Line:
    verdict = verdict_on(catalog, item, response, day, count_proposals=count_proposals)
    made = Line(verdict=verdict, weight=catalog.weights[item.id], in_effect=item.id in catalog.in_effect)
    if response is not None and settled(catalog, item, response):
        catalog._settled[item.id, response.answer] = made
    return made
