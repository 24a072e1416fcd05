"""Scales of answers, weights of obligations, bands of a score, gates of a verdict."""

from __future__ import annotations

from fractions import Fraction

from attrs import field, frozen

from hmis_standards.tabular import Plain
from hmis_standards.vocabulary import Obligation, Origin, Status

__all__ = ["Band", "Gate", "Ratings", "Scale", "ScaleAnswer", "Weight"]


@frozen(kw_only=True)
class ScaleAnswer(Plain):
    """One answer of a scale: its word, the status it gives and the credit, from 0 to 1."""

    answer: str
    label: str
    status: Status
    credit: Fraction
    text: str = field(repr=False)


@frozen(kw_only=True)
class Scale(Plain):
    """The answers an item takes, best first."""

    id: str
    title: str
    answers: tuple[ScaleAnswer, ...]
    origin: Origin

    def words(self) -> tuple[str, ...]:
        """The answers' words, as they stand in an assessment file."""
        return tuple(answer.answer for answer in self.answers)

    def find(self, word: str) -> ScaleAnswer | None:
        """The answer of that word, or None."""
        return next((answer for answer in self.answers if answer.answer == word), None)


@frozen(kw_only=True)
class Weight(Plain):
    """How much an item of an obligation weighs in the score."""

    obligation: Obligation
    weight: Fraction
    origin: Origin


@frozen(kw_only=True)
class Band(Plain):
    """A rating: the name of scores of at least ``minimum``."""

    id: str
    label: str
    minimum: Fraction
    text: str = field(repr=False)


@frozen(kw_only=True)
class Gate(Plain):
    """A condition that no number of points can buy: every item of ``obligation`` in effect must be met."""

    id: str
    title: str
    obligation: Obligation
    text: str = field(repr=False)


@frozen(kw_only=True)
class Ratings(Plain):
    """How a score is weighed, named and gated. All of it ours (``origin`` says so).

    Of a score less is assessed of than ``minimum_coverage`` no rating is given; below ``provisional_below`` it is
    provisional.
    """

    weights: tuple[Weight, ...]
    bands: tuple[Band, ...]
    gates: tuple[Gate, ...]
    provisional_below: Fraction
    minimum_coverage: Fraction = Fraction(0)
    origin: Origin

    def weight(self, obligation: Obligation) -> Fraction:
        """The weight of an obligation; 0 where none is set."""
        return next((w.weight for w in self.weights if w.obligation is obligation), Fraction(0))

    def band(self, value: Fraction | None) -> Band | None:
        """The highest band whose minimum the exact value reaches; None for no value."""
        if value is None:
            return None
        reached = [band for band in self.bands if value >= band.minimum]
        return max(reached, key=lambda band: band.minimum, default=None)
