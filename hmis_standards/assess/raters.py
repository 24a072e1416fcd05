"""Several raters of one subject, side by side: how far they agree, and where they do not."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from fractions import Fraction
from html import escape
from itertools import combinations
from typing import Any

from attrs import evolve, field, frozen

from hmis_standards.assess.answers import Assessment
from hmis_standards.assess.kappa import Kappa, cohen_kappa, fleiss_kappa
from hmis_standards.assess.scoring import Score, score
from hmis_standards.errors import EditionMismatch, RatersDiffer
from hmis_standards.model import Item
from hmis_standards.tabular import Plain, Tabular, decimal_text, html_table, percent_text, plain
from hmis_standards.vocabulary import Status

__all__ = ["Agreement", "ItemRatings", "PairAgreement", "agreement", "covered_by", "labels", "side_by_side"]

_ORDER = (Status.NOT_MET, Status.PARTIAL, Status.MET)
_RATED = frozenset({*_ORDER, Status.NOT_APPLICABLE})


@frozen(kw_only=True)
class ItemRatings(Plain):
    """What each rater says of one item, in the order of the raters. ``weight`` is the item's in the score."""

    item: Item
    weight: Fraction = field(repr=False)
    statuses: tuple[Status, ...]
    answers: tuple[str | None, ...]

    @property
    def rated(self) -> tuple[Status, ...]:
        """The statuses of those who rated it: met, partial, not met or not applicable."""
        return tuple(status for status in self.statuses if status in _RATED)

    @property
    def distance(self) -> int:
        """How far apart they are: 0 agreed; 2 from met to not met; 1 a step, or "not applicable" beside a status."""
        places = [_ORDER.index(status) for status in self.rated if status in _ORDER]
        span = max(places) - min(places) if places else 0
        return max(span, 1) if len(set(self.rated)) > 1 else 0

    def to_dict(self) -> dict[str, Any]:
        """Item id and title, weight, statuses, answers and distance as plain values."""
        names = ("weight", "statuses", "answers", "distance")
        return {
            "item": self.item.id,
            "title": self.item.title,
            **{name: plain(getattr(self, name)) for name in names},
        }


@frozen(kw_only=True)
class PairAgreement(Plain):
    """Two raters on the items that both rated, with a status of met, partial, not met or not applicable.

    ``agreement`` is the share with the same status, None if they rated none in common. ``kappa`` takes the four
    statuses as they come; ``weighted`` leaves out "not applicable", which has no place in an order.
    """

    first: str
    second: str
    items: int
    same: int
    kappa: Kappa
    weighted: Kappa

    @property
    def agreement(self) -> Fraction | None:
        """The share of the items rated by both that have the same status."""
        return Fraction(self.same, self.items) if self.items else None

    def row(self) -> dict[str, Any]:
        """The pair as one row of a table, rounded for people."""
        return {
            "raters": f"{self.first}, {self.second}",
            "items": self.items,
            "same": self.same,
            "agreement": percent_text(self.agreement, 1),
            "kappa": decimal_text(self.kappa.value, 2),
            "weighted kappa": decimal_text(self.weighted.value, 2),
        }

    def to_dict(self) -> dict[str, Any]:
        """All fields and the share as plain values."""
        names = ("first", "second", "items", "same", "agreement", "kappa", "weighted")
        return {name: plain(getattr(self, name)) for name in names}


@frozen(kw_only=True, repr=False)
class Agreement(Tabular):
    """Assessments of one subject side by side, on the items of the documents that all of them cover.

    ``raters`` are their labels; ``scores`` are on these items only, in the same order. ``fleiss`` is Fleiss' kappa on
    the items that all rated, and None where there are two raters, for whom Cohen's stands in ``pairs``.
    """

    raters: tuple[str, ...]
    lines: tuple[ItemRatings, ...]
    pairs: tuple[PairAgreement, ...]
    fleiss: Kappa | None
    scores: tuple[Score, ...]

    @property
    def compared(self) -> int:
        """How many items at least two rated."""
        return sum(len(line.rated) > 1 for line in self.lines)

    @property
    def agreement(self) -> Fraction | None:
        """Of the items that at least two rated, the share on which all who rated agree; None if there is none."""
        apart = sum(line.distance > 0 for line in self.lines)
        return Fraction(self.compared - apart, self.compared) if self.compared else None

    @property
    def disagreements(self) -> tuple[ItemRatings, ...]:
        """The items on which they differ: the farthest apart first, then the heaviest, then in document order."""
        apart = (line for line in self.lines if line.distance)
        return tuple(sorted(apart, key=lambda line: (-line.distance, -line.weight)))

    def rows(self) -> list[dict[str, Any]]:
        """One row an item: the status each rater's answer gives, how far apart they are, and the answers."""
        return [self._row(line) for line in self.lines]

    def _row(self, line: ItemRatings) -> dict[str, Any]:
        statuses = {f"{rater} status": status.value for rater, status in zip(self.raters, line.statuses, strict=True)}
        answers = {f"{rater} answer": answer for rater, answer in zip(self.raters, line.answers, strict=True)}
        facts = {"item": line.item.id, "title": line.item.title}
        return {**facts, **statuses, "distance": line.distance, **answers}

    def to_dict(self) -> dict[str, Any]:
        """Raters, pairs, scores as numbers, and all items as plain values."""
        numbers = ("value", "low", "high", "coverage", "verdict")
        return {
            "raters": list(self.raters),
            "compared": self.compared,
            "agreement": plain(self.agreement),
            "pairs": plain(self.pairs),
            "fleiss": plain(self.fleiss),
            "scores": {
                rater: {name: plain(getattr(one, name)) for name in numbers}
                for rater, one in zip(self.raters, self.scores, strict=True)
            },
            "disagreements": [line.item.id for line in self.disagreements],
            "items": plain(self.lines),
        }

    def __repr__(self) -> str:
        return f"<Agreement {self._words()}>"

    def _words(self) -> str:
        apart = len(self.disagreements)
        return (
            f"of {', '.join(self.raters)}: {percent_text(self.agreement)} of {self.compared} items rated by at least "
            f"two, {apart} in dispute"
        )

    def _repr_html_(self) -> str:
        pairs = html_table([pair.row() for pair in self.pairs])
        return f"<p>{escape(self._words())}</p>{pairs}{html_table(self._row(line) for line in self.disagreements)}"


def agreement(assessments: Iterable[Assessment], as_of: str | datetime.date | None = None) -> Agreement:
    """How far several assessments of one subject agree.

    They are compared by status, which is the answer once the evidence has been looked at, on ``as_of`` or else each on
    its own date. An item counts between two raters if both rated it; a proposal nobody confirmed is no rating.

    Raises:
        RatersDiffer: they differ in subject or profile, or share no document.
        EditionMismatch: they are of different editions.
        ValueError: fewer than two assessments.
    """
    given = side_by_side(assessments)
    shared = covered_by(given, len(given))
    scores = tuple(_on(score(one, as_of), shared) for one in given)
    raters = labels(given)
    lines = tuple(_ratings(given, scores, place) for place in range(len(scores[0].lines)))
    numbered = list(enumerate(raters))
    pairs = tuple(_pair(lines, first, second) for first, second in combinations(numbered, 2))
    by_all = [line.rated for line in lines if len(line.rated) == len(given)]
    fleiss = fleiss_kappa(by_all) if len(given) > 2 else None
    return Agreement(raters=raters, lines=lines, pairs=pairs, fleiss=fleiss, scores=scores)


def side_by_side(assessments: Iterable[Assessment]) -> tuple[Assessment, ...]:
    """The assessments, if they can be compared."""
    given = tuple(assessments)
    if len(given) < 2:
        raise ValueError("one assessment is no comparison; give at least two")
    first = given[0]
    for one in given:
        if one.edition != first.edition:
            raise EditionMismatch(one.edition, first.edition)
    for what, names in (
        ("subject", [one.subject.name for one in given]),
        ("profile", [one.profile or "no profile" for one in given]),
    ):
        if len(set(names)) > 1:
            raise RatersDiffer(what, tuple(dict.fromkeys(names)))
    return given


def covered_by(given: Sequence[Assessment], least: int) -> tuple[str, ...]:
    """The documents that at least so many assessments cover, in the order in which they first come."""
    covered = Counter(document for one in given for document in one.documents)
    shared = tuple(document for document, count in covered.items() if count >= least)
    if not shared:
        raise RatersDiffer("documents", tuple("; ".join(one.documents) for one in given))
    return shared


def _on(found: Score, documents: tuple[str, ...]) -> Score:
    """The score on these documents only, in their order."""
    parts = found.by("document")
    return evolve(found, lines=tuple(line for document in documents for line in parts[document].lines))


def labels(given: Sequence[Assessment]) -> tuple[str, ...]:
    """The kind of each assessor; with the name, and a number, where that is needed to tell them apart."""
    found = [one.assessor.kind for one in given]
    if len(set(found)) < len(found):
        found = [f"{one.assessor.kind} {one.assessor.name or ''}".strip() for one in given]
    twice = {label for label, count in Counter(found).items() if count > 1}
    return tuple(f"{label} {place}" if label in twice else label for place, label in enumerate(found, start=1))


def _ratings(given: Sequence[Assessment], scores: Sequence[Score], place: int) -> ItemRatings:
    lines = [one.lines[place] for one in scores]
    item = lines[0].item
    said = (one.response(item.id) for one in given)
    return ItemRatings(
        item=item,
        weight=lines[0].weight,
        statuses=tuple(line.status for line in lines),
        answers=tuple(response.answer if response else None for response in said),
    )


def _pair(lines: Iterable[ItemRatings], first: tuple[int, str], second: tuple[int, str]) -> PairAgreement:
    (one, label), (other, other_label) = first, second
    both = [(line.statuses[one], line.statuses[other]) for line in lines]
    rated: list[tuple[Hashable, Hashable]] = [pair for pair in both if _RATED.issuperset(pair)]
    ordered: list[tuple[Hashable, Hashable]] = [pair for pair in both if set(_ORDER).issuperset(pair)]
    return PairAgreement(
        first=label,
        second=other_label,
        items=len(rated),
        same=sum(a == b for a, b in rated),
        kappa=cohen_kappa(rated),
        weighted=cohen_kappa(ordered, _ORDER),
    )
