"""Which gaps to close: a set that reaches a goal for little effort, in whole numbers throughout.

Gains and costs are brought to common denominators first, so that nothing here is ever rounded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from math import ceil, gcd, lcm

from attrs import frozen

from hmis_standards.model import Effort
from hmis_standards.tabular import typed

__all__ = ["Choice", "Pricing", "Question", "greedy", "in_order", "pricing"]


@frozen(kw_only=True)
class Pricing:
    """What a point of each kind of effort counts."""

    time: Fraction = Fraction(1)
    money: Fraction = Fraction(1)
    skill: Fraction = Fraction(1)

    def costs(self, efforts: Iterable[Effort]) -> dict[Effort, Fraction]:
        """What each of these efforts costs."""
        return {one: self.time * one.time + self.money * one.money + self.skill * one.skill for one in set(efforts)}


def pricing(weights: Mapping[str, Fraction | float | str] | None) -> Pricing:
    """The pricing with these weights; a kind of effort that is not named counts nothing.

    Raises ValueError for another kind, for a weight below 0 or that is no number, and if nothing counts.
    """
    if weights is None:
        return Pricing()
    told = {name: _weight(name, value) for name, value in weights.items()}
    if not any(told.values()):
        raise ValueError("cost needs a weight above 0 for time, money or skill")
    return Pricing(**{**dict.fromkeys(("time", "money", "skill"), Fraction(0)), **told})


def _weight(name: str, value: Fraction | float | str) -> Fraction:
    if name not in {"time", "money", "skill"}:
        raise ValueError(f"cost has no weight for {name!r}; there are time, money and skill")
    try:
        weight = Fraction(-1) if isinstance(value, bool) else typed(value)
    except ValueError:
        weight = Fraction(-1)
    if weight < 0:
        raise ValueError(f"the weight of {name}, {str(value)!r}, is not a number of 0 or more")
    return weight


@frozen(kw_only=True)
class Question:
    """Gaps by their place in an order, what each costs and gains, and what has to come together.

    ``before`` are the places of those that must be closed as well, ``forced`` those that are closed in any case.
    ``need`` is what the gains have to add up to. The order is the one in which equals are preferred. Costs and gains
    are multiples of ``price`` and ``part``.
    """

    cost: tuple[int, ...]
    gain: tuple[int, ...]
    before: tuple[tuple[int, ...], ...]
    forced: frozenset[int]
    need: int
    price: Fraction = Fraction(1)
    part: Fraction = Fraction(1)

    @classmethod
    def about(
        cls,
        *,
        costs: Sequence[Fraction],
        gains: Sequence[Fraction],
        before: Sequence[Sequence[int]],
        forced: Iterable[int],
        need: Fraction,
    ) -> Question:
        """The question in whole numbers; what is forced takes with it all that it waits for.

        All gains are multiples of one part, so what is needed can be rounded up to one without changing the answer.
        """
        cost, price = _whole(costs)
        gain, part = _whole(gains)
        return cls(
            cost=cost,
            gain=gain,
            before=tuple(map(tuple, before)),
            forced=frozenset(_closure(forced, before)),
            need=ceil(need / part),
            price=price,
            part=part,
        )

    @cached_property
    def after(self) -> tuple[frozenset[int], ...]:
        """For each place, those that wait for it."""
        found: list[set[int]] = [set() for _ in self.cost]
        for place, needed in enumerate(self.before):
            for one in needed:
                found[one].add(place)
        return tuple(map(frozenset, found))

    @property
    def reachable(self) -> bool:
        """Whether closing everything is enough."""
        return sum(self.gain) >= self.need

    @property
    def settled(self) -> bool:
        """Whether what is forced is enough already, so that nothing is left to choose."""
        return self.gained(self.forced) >= self.need

    def gained(self, chosen: Iterable[int]) -> int:
        """The gains of these added up."""
        return sum(self.gain[place] for place in chosen)

    def priced(self, chosen: Iterable[int]) -> int:
        """The costs of these added up."""
        return sum(self.cost[place] for place in chosen)

    def answered(self, chosen: frozenset[int]) -> bool:
        """Whether these are enough, with all that is forced and all they wait for."""
        whole = all(one in chosen for place in chosen for one in self.before[place])
        return whole and self.forced <= chosen and self.gained(chosen) >= self.need


@frozen(kw_only=True)
class Choice:
    """The places chosen. ``proved``: no cheaper set answers the question."""

    chosen: frozenset[int]
    method: str
    proved: bool


def greedy(question: Question) -> Choice:
    """One gap after another in the order, each with what it waits for; then what proves unneeded is taken back."""
    chosen = dict.fromkeys(sorted(question.forced))
    gained = question.gained(chosen)
    for place in range(len(question.cost)):
        if gained >= question.need:
            break
        for one in _closure([place], question.before, chosen):
            chosen[one] = None
            gained += question.gain[one]
    kept = _without_unneeded(question, list(chosen), gained)
    return Choice(chosen=kept, method="greedy", proved=question.settled)


def _without_unneeded(question: Question, chosen: list[int], gained: int) -> frozenset[int]:
    """The latest first: a gap that nothing chosen waits for, and without which the gains still are enough, goes."""
    kept = set(chosen)
    for place in reversed(chosen):
        spare = gained - question.gain[place] >= question.need
        if spare and place not in question.forced and not question.after[place] & kept:
            kept.remove(place)
            gained -= question.gain[place]
    return frozenset(kept)


def in_order(before: Sequence[Sequence[int]], chosen: Iterable[int]) -> list[int]:
    """The places chosen, in order, but each behind those it waits for."""
    wanted = frozenset(chosen)
    return [place for place in _closure(sorted(wanted), before) if place in wanted]


def _closure(places: Iterable[int], before: Sequence[Sequence[int]], done: Iterable[int] = ()) -> list[int]:
    """These places, each behind all it waits for; without those done. A circle is entered once and left."""
    seen, found = set(done), []

    def visit(place: int) -> None:
        if place not in seen:
            seen.add(place)
            for one in before[place]:
                visit(one)
            found.append(place)

    for place in places:
        visit(place)
    return found


def _whole(values: Sequence[Fraction]) -> tuple[tuple[int, ...], Fraction]:
    """The values as whole multiples of one part, the largest there is; and that part."""
    bottom = lcm(*{value.denominator for value in values})
    tops = [value.numerator * (bottom // value.denominator) for value in values]
    common = gcd(*set(tops)) or 1
    return tuple(top // common for top in tops), Fraction(common, bottom)
