"""Scales of answers, weights of obligations, bands of a score, gates of a verdict."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property

from attrs import field, frozen

from hmis_standards.model.planning import Planning
from hmis_standards.tabular import Plain
from hmis_standards.vocabulary import GateKind, Obligation, Origin, PartKind, ScaleKind, Status

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
    """The answers an item takes, best first. ``kind`` says what is taken beside their words (see ``ScaleKind``)."""

    id: str
    title: str
    kind: ScaleKind = ScaleKind.WORDS
    answers: tuple[ScaleAnswer, ...]
    origin: Origin

    def words(self) -> tuple[str, ...]:
        """The answers' words, as they stand in an assessment file."""
        return tuple(answer.answer for answer in self.answers)

    def find(self, word: str) -> ScaleAnswer | None:
        """The answer of that word, or None."""
        return self._by_word.get(word)

    @cached_property
    def _by_word(self) -> dict[str, ScaleAnswer]:
        return {answer.answer: answer for answer in self.answers}


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
    """A condition that no number of points can buy.

    ``kind`` says what is looked at: ``items``, that every item of ``obligation`` in effect is met; ``parts``, that
    each part (``by`` section or document, only those in ``only`` where any are named) reaches ``minimum``; ``weakest``,
    that the weakest part does. The last two differ in what they name: all parts that fall short, or the weakest.
    ``minimum_coverage``: the share of a part's weight that must have been assessed before the part can pass.
    ``reason`` says why a profile set the gate.

    Raises ValueError where a field that the kind needs is missing, or one is given that it does not know.
    """

    id: str
    title: str
    kind: GateKind = GateKind.ITEMS
    obligation: Obligation | None = None
    by: PartKind | None = None
    only: tuple[str, ...] = ()
    minimum: Fraction | None = None
    minimum_coverage: Fraction = Fraction(0)
    text: str = field(repr=False)
    origin: Origin = Origin.CONVENTION
    reason: str = ""

    def __attrs_post_init__(self) -> None:
        for fault in gate_faults(self):
            raise ValueError(f"gate {self.id}: {fault}")


def gate_faults(gate: Gate) -> Iterator[str]:
    """What does not fit together in a gate, in words."""
    of_items = gate.kind is GateKind.ITEMS
    needed = ("obligation",) if of_items else ("by", "minimum")
    foreign = ("by", "minimum") if of_items else ("obligation",)
    yield from (f"a gate on {gate.kind} needs {name}" for name in needed if getattr(gate, name) is None)
    yield from (f"a gate on {gate.kind} takes no {name}" for name in foreign if getattr(gate, name) is not None)
    if of_items and (gate.only or gate.minimum_coverage):
        yield "a gate on items takes no only and no minimum_coverage"
    for name in ("minimum", "minimum_coverage"):
        share = getattr(gate, name)
        if share is not None and not 0 <= share <= 1:
            yield f"{name} {share} is not between 0 and 1"


@frozen(kw_only=True)
class Ratings(Plain):
    """How a score is weighed, named and gated. All of it ours (``origin`` says so).

    Of a score less is assessed of than ``minimum_coverage`` no rating is given; below ``provisional_below`` it is
    provisional. ``planning`` is what a plan takes for granted.
    """

    weights: tuple[Weight, ...]
    bands: tuple[Band, ...]
    gates: tuple[Gate, ...]
    provisional_below: Fraction
    minimum_coverage: Fraction = Fraction(0)
    planning: Planning
    origin: Origin

    def weight(self, obligation: Obligation) -> Fraction:
        """The weight of an obligation; 0 where none is set."""
        return self._by_obligation.get(obligation, Fraction(0))

    @cached_property
    def _by_obligation(self) -> dict[Obligation, Fraction]:
        return {one.obligation: one.weight for one in self.weights}

    def band(self, value: Fraction | None) -> Band | None:
        """The highest band whose minimum the exact value reaches; None for no value."""
        if value is None:
            return None
        reached = [band for band in self.bands if value >= band.minimum]
        return max(reached, key=lambda band: band.minimum, default=None)
