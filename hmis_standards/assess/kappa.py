"""Agreement beyond chance: Cohen's kappa for two raters, Fleiss' for several. Exact fractions of whole counts.

Cohen, "A coefficient of agreement for nominal scales" (1960), and with weights in 1968; ours are linear, so that each
step apart on an ordered scale costs the same. Fleiss, "Measuring nominal scale agreement among many raters" (1971).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from fractions import Fraction

from attrs import field, frozen

from hmis_standards.tabular import Plain, decimal_text

__all__ = ["Kappa", "cohen_kappa", "fleiss_kappa"]

Weight = Callable[[Hashable, Hashable], Fraction]

_NOTHING_RATED = "no item was rated by all of them"
_ONE_STATUS = "every rating is the same, so that chance alone agrees fully and nothing is left to measure"


@frozen(kw_only=True, repr=False)
class Kappa(Plain):
    """Agreement beyond chance: (observed - expected) / (1 - expected), at most 1; 0 is what chance gives.

    ``observed`` and ``expected`` are shares from 0 to 1, weighted where the kappa is. ``value`` is None where it is
    undefined, and ``reason`` says why. ``items`` is how many were counted.
    """

    value: Fraction | None
    observed: Fraction | None
    expected: Fraction | None
    items: int
    reason: str = field(default="")

    def __repr__(self) -> str:
        told = decimal_text(self.value, 2) if self.value is not None else f"undefined: {self.reason}"
        return f"<Kappa {told} on {self.items} items>"


def cohen_kappa(pairs: Iterable[tuple[Hashable, Hashable]], order: Sequence[Hashable] = ()) -> Kappa:
    """Cohen's kappa of two raters, from the two ratings of each item.

    With ``order``, the categories from one end to the other, agreement is weighted linearly: neighbors count as
    1 - 1/(k-1) of an agreement where there are k categories, the two ends as none. Raises ValueError for a rating that
    ``order`` does not have.
    """
    table = Counter(pairs)
    items = table.total()
    if not items:
        return Kappa(value=None, observed=None, expected=None, items=0, reason=_NOTHING_RATED)
    weight = _linear(order) if order else _same
    first, second = _margin(table, 0), _margin(table, 1)
    observed = sum((weight(*pair) * count for pair, count in table.items()), Fraction(0)) / items
    chance = (weight(a, b) * m * n for a, m in first.items() for b, n in second.items())
    return _kappa(observed, sum(chance, Fraction(0)) / items**2, items)


def fleiss_kappa(ratings: Iterable[Sequence[Hashable]]) -> Kappa:
    """Fleiss' kappa, from all ratings of each item. Raises ValueError unless each has the same number, at least 2."""
    counted = [Counter(one) for one in ratings]
    if not counted:
        return Kappa(value=None, observed=None, expected=None, items=0, reason=_NOTHING_RATED)
    (raters, *others) = {row.total() for row in counted}
    if others or raters < 2:
        raise ValueError("every item needs the same number of ratings, at least two")
    items = len(counted)
    agreeing = sum(count * (count - 1) for row in counted for count in row.values())
    whole = sum(counted, Counter[Hashable]())
    expected = sum((Fraction(count, items * raters) ** 2 for count in whole.values()), Fraction(0))
    return _kappa(Fraction(agreeing, items * raters * (raters - 1)), expected, items)


def _kappa(observed: Fraction, expected: Fraction, items: int) -> Kappa:
    if expected == 1:
        return Kappa(value=None, observed=observed, expected=expected, items=items, reason=_ONE_STATUS)
    value = (observed - expected) / (1 - expected)
    return Kappa(value=value, observed=observed, expected=expected, items=items)


def _margin(table: Counter[tuple[Hashable, Hashable]], side: int) -> Counter[Hashable]:
    """How often one of the two raters gave each rating."""
    found: Counter[Hashable] = Counter()
    for pair, count in table.items():
        found[pair[side]] += count
    return found


def _same(one: Hashable, other: Hashable) -> Fraction:
    return Fraction(one == other)


def _linear(order: Sequence[Hashable]) -> Weight:
    if len(order) < 2:
        raise ValueError("an order has at least two categories")
    places = {category: place for place, category in enumerate(order)}

    def weight(one: Hashable, other: Hashable) -> Fraction:
        if one not in places or other not in places:
            raise ValueError(f"{one!r} or {other!r} is not one of {', '.join(map(repr, order))}")
        return 1 - Fraction(abs(places[one] - places[other]), len(order) - 1)

    return weight
