"""Which number a result depends on most: each number below it is changed alone, and the result worked out again."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from attrs import evolve, field, frozen

from hmis_standards.model import ParameterSet
from hmis_standards.tabular import Plain, Table, exact
from hmis_standards.toolkit.figures import Figure, brief, computed, number_text
from hmis_standards.vocabulary import FigureOrigin

__all__ = ["Sensitivity", "Swing", "sensitivity"]

Range = tuple[Fraction | int | str, Fraction | int | str]


@frozen(kw_only=True)
class Swing(Plain):
    """What one number does to the result: from its ``low`` to its ``high``, all others as they are.

    ``effect`` is how far the result goes from the least to the most of ``at_low``, ``at_high`` and the result today.
    """

    source: Figure = field(repr=brief)
    low: Figure = field(repr=brief)
    high: Figure = field(repr=brief)
    at_low: Figure = field(repr=brief)
    at_high: Figure = field(repr=brief)
    effect: Figure = field(repr=brief)

    def row(self) -> dict[str, Any]:
        """Flat, for a table."""
        figures = {name: number_text(getattr(self, name), 4) for name in ("low", "high")}
        results = {name: number_text(getattr(self, name)) for name in ("at_low", "at_high", "effect")}
        head = {"figure": self.source.name, "title": self.source.title, "value": number_text(self.source, 4)}
        return {**head, **figures, **results, "origin": self.source.origin.value}


class Sensitivity(Table[Swing]):
    """The effects, the largest first."""

    kind = "swings"


def sensitivity(
    result: Figure,
    step: Fraction | str = "0.10",
    ranges: Mapping[str, Range] | None = None,
    within: ParameterSet | None = None,
) -> Sensitivity:
    """How far a result moves as each number it rests on moves by a share ``step`` up and down, the others held.

    ``ranges`` gives numbers, by name, a low and a high of their own. ``within`` holds parameters inside their limits. A
    number that moves nothing is left out; so is what the result does not depend on by its formulas, such as how many
    years there are.

    Raises ValueError for a range of what the result does not rest on, or one that is upside down.
    """
    own = dict(ranges or {})
    sources = [one for one in result.sources() if one.origin is not FigureOrigin.COMPUTED]
    absent = [name for name in own if name not in {one.name for one in sources}]
    if absent:
        raise ValueError(f"{result.name} does not rest on {', '.join(absent)}")
    found = (_effect(result, one, *_range(one, _number(step), own, within)) for one in sources)
    moving = [one for one in found if one.effect.value]
    return Sensitivity(sorted(moving, key=lambda one: (-(one.effect.value or 0), one.source.name)))


def _range(
    source: Figure, step: Fraction, own: Mapping[str, Range], within: ParameterSet | None
) -> tuple[Fraction, Fraction]:
    if source.name in own:
        low, high = (_number(one) for one in own[source.name])
        if low > high:
            raise ValueError(f"the range of {source.name} is upside down: {low} to {high}")
        return low, high
    value = source.value or Fraction(0)
    ends = sorted((value * (1 - step), value * (1 + step)))
    least, most = _limits(source, within)
    low, high = (one if least is None else max(one, least) for one in ends)
    return (low, high) if most is None else (min(low, most), min(high, most))


def _number(given: Fraction | int | str) -> Fraction:
    return exact(given) if isinstance(given, str) else Fraction(given)


def _limits(source: Figure, within: ParameterSet | None) -> tuple[Fraction | None, Fraction | None]:
    """The limits of a parameter; of anything else there are none."""
    found = [one for one in within or () if one.id == source.name and one.title == source.title]
    return (found[0].minimum, found[0].maximum) if found else (None, None)


def _effect(result: Figure, source: Figure, low: Fraction, high: Fraction) -> Swing:
    ends = [evolve(source, value=value) for value in (low, high)]
    at_low, at_high = (
        evolve(_again(result, source, end, {}), name=name)
        for end, name in zip(ends, ("at_low", "at_high"), strict=True)
    )
    today = evolve(result, name="today")
    formula = "max(at_low, at_high, today) - min(at_low, at_high, today)"
    effect = computed("effect", f"Swing of {source.title}", formula, result.unit, (at_low, at_high, today))
    return Swing(source=source, low=ends[0], high=ends[1], at_low=at_low, at_high=at_high, effect=effect)


def _again(figure: Figure, source: Figure, other: Figure, known: dict[int, Figure]) -> Figure:
    """The figure worked out again with another number in the place of a source; itself where nothing changes."""
    if not figure.inputs:
        return other if figure == source else figure
    found = known.get(id(figure))
    if found is None:
        inputs = tuple(_again(one, source, other, known) for one in figure.inputs)
        same = all(one is before for one, before in zip(inputs, figure.inputs, strict=True))
        found = figure if same else computed(figure.name, figure.title, figure.formula, figure.unit, inputs)
        known[id(figure)] = found
    return found
