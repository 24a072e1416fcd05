"""Many assessments counted one at a time: what is kept of each, and sums that can be added in any order."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Sized
from fractions import Fraction

from attrs import field, frozen

from hmis_standards.assess.answers import Assessment
from hmis_standards.assess.lines import ZERO, grouped, value_of
from hmis_standards.assess.scoring import Score, score
from hmis_standards.model import Band, Ratings
from hmis_standards.vocabulary import Status, Verdict

__all__ = ["Part", "Place", "Progress", "Standing", "Summary", "Tally", "tally"]

Progress = Callable[[int, "int | None"], None]
"""Told after each assessment how many are done, and of how many if that is known."""

_WORST_FIRST = (Verdict.FAIL, Verdict.CANNOT_SAY, Verdict.PASS)


@frozen(order=True)
class Place:
    """Where an item stands, by which items are put in order, and its title."""

    document: int
    position: int
    section: str
    title: str


@frozen(order=True)
class Part:
    """The score of one document as sums, which add up over documents, and its verdict."""

    document: str
    earned: Fraction
    assessed: Fraction
    applicable: Fraction
    verdict: Verdict


@frozen(order=True)
class Summary:
    """What is kept of one assessment: who, when, with what, and a part for each document; no answer, no note."""

    subject: str
    kind: str
    date: datetime.date
    edition: str
    profile: str
    parts: tuple[Part, ...]
    ratings: Ratings = field(order=False, repr=False)

    def on(self, documents: frozenset[str]) -> Standing:
        """Where it stands on these documents."""
        parts = [part for part in self.parts if part.document in documents]
        assessed = sum((part.assessed for part in parts), ZERO)
        applicable = sum((part.applicable for part in parts), ZERO)
        value = sum((part.earned for part in parts), ZERO) / assessed if assessed else None
        enough = bool(applicable) and assessed / applicable >= self.ratings.minimum_coverage
        found = {part.verdict for part in parts}
        return Standing(
            subject=self.subject,
            kind=self.kind,
            value=value,
            rating=self.ratings.band(value) if enough else None,
            verdict=next((one for one in _WORST_FIRST if one in found), Verdict.NO_GATE),
        )


@frozen(kw_only=True)
class Standing:
    """One assessment on the documents common to all: score, rating, verdict. ``value`` None: nothing was assessed."""

    subject: str
    kind: str
    value: Fraction | None
    rating: Band | None
    verdict: Verdict


def _sorted(given: Iterable[Summary]) -> tuple[Summary, ...]:
    return tuple(sorted(given))


@frozen(kw_only=True, repr=False)
class Tally:
    """Counts over assessments. ``tally(a) + tally(b)`` is the tally of both, in whichever order they come.

    ``statuses`` counts by item and status, ``sections`` by section and value of its score. Whole numbers only, so that
    nothing depends on the order of adding. Holds the names of subjects; a ``Portfolio`` does not.
    """

    summaries: tuple[Summary, ...] = field(default=(), converter=_sorted)
    statuses: Counter[tuple[str, Status]] = field(factory=Counter)
    sections: Counter[tuple[str, Fraction]] = field(factory=Counter)
    places: dict[str, Place] = field(factory=dict)

    def __len__(self) -> int:
        return len(self.summaries)

    def __bool__(self) -> bool:
        return True

    def __add__(self, other: object) -> Tally:
        if not isinstance(other, Tally):
            return NotImplemented
        both = self.places.keys() & other.places.keys()
        return Tally(
            summaries=self.summaries + other.summaries,
            statuses=self.statuses + other.statuses,
            sections=self.sections + other.sections,
            # Profiles and editions may word or place an item differently; one of the two is taken, always the same.
            places=self.places | other.places | {item: min(self.places[item], other.places[item]) for item in both},
        )

    def __radd__(self, other: object) -> Tally:
        """So that ``sum(tallies)`` works, which begins with 0."""
        return self if other == 0 else NotImplemented

    def __repr__(self) -> str:
        return f"<Tally of {len(self)} assessments>"


def tally(
    assessments: Iterable[Assessment],
    as_of: str | datetime.date | None = None,
    *,
    progress: Progress | None = None,
) -> Tally:
    """The tally of assessments, taken one at a time and let go. Each is scored on ``as_of``, or on its own date."""
    total = len(assessments) if isinstance(assessments, Sized) else None
    summaries: list[Summary] = []
    statuses: Counter[tuple[str, Status]] = Counter()
    sections: Counter[tuple[str, Fraction]] = Counter()
    places: dict[str, Place] = {}
    for done, one in enumerate(assessments, start=1):
        found = score(one, as_of)
        summaries.append(_summary(one, found))
        statuses.update([(line.item.id, line.status) for line in found.lines])
        values = ((section, value_of(lines)) for section, lines in grouped(found.lines, "section").items())
        sections.update([(section, value) for section, value in values if value is not None])
        _note_places(one, places)
        if progress is not None:
            progress(done, total)
    return Tally(summaries=tuple(summaries), statuses=statuses, sections=sections, places=places)


def _summary(assessment: Assessment, found: Score) -> Summary:
    return Summary(
        subject=assessment.subject.name,
        kind=assessment.subject.kind,
        date=assessment.date,
        edition=assessment.edition,
        profile=assessment.profile or "",
        parts=tuple(
            Part(document, part.earned, part.assessed, part.applicable, part.verdict)
            for document, part in found.by("document").items()
        ),
        ratings=found.ratings,
    )


def _note_places(assessment: Assessment, places: dict[str, Place]) -> None:
    for name in assessment.documents:
        document = assessment.catalog.document(name)
        for position, item in enumerate(document.items):
            known = places.get(item.id)
            if known is None or known.title != item.title or known.position != position:
                place = Place(document.number, position, f"{name}/{item.section}", item.title)
                places[item.id] = place if known is None else min(known, place)
