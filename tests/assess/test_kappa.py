from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hmis_standards.assess import cohen_kappa, fleiss_kappa

WORDS = ("not met", "partial", "met")


def pairs_of(table: Sequence[Sequence[int]], words: Sequence[str]) -> list[tuple[Hashable, Hashable]]:
    """A table of counts, a row a rating of the first rater, as the pairs it counts."""
    return [
        (first, second)
        for first, row in zip(words, table, strict=True)
        for second, count in zip(words, row, strict=True)
        for _ in range(count)
    ]


# The table of three statuses, worked by hand; rows the subject itself, columns the monitor.
#
#             not met  partial  met   sum
#   not met      4        1      0      5
#   partial      1        3      1      5
#   met          0        2      8     10
#   sum          5        6      9     20
#
#   Unweighted: observed (4 + 3 + 8) / 20 = 3/4; expected (5*5 + 5*6 + 10*9) / 400 = 145/400 = 29/80;
#               kappa (60/80 - 29/80) / (51/80) = 31/51.
#   Weighted, neighbors 1/2: observed (15 + (1 + 1 + 1 + 2)/2) / 20 = 7/8;
#               expected (145 + (5*6 + 5*5 + 5*9 + 10*6)/2) / 400 = (145 + 80)/400 = 9/16;
#               kappa (14/16 - 9/16) / (7/16) = 5/7.
WORKED = ((4, 1, 0), (1, 3, 1), (0, 2, 8))


def test_three_statuses_worked_by_hand() -> None:
    found = cohen_kappa(pairs_of(WORKED, WORDS))
    assert (found.observed, found.expected, found.value) == (Fraction(3, 4), Fraction(29, 80), Fraction(31, 51))
    assert (found.items, found.reason) == (20, "")
    weighted = cohen_kappa(pairs_of(WORKED, WORDS), WORDS)
    assert (weighted.observed, weighted.expected, weighted.value) == (Fraction(7, 8), Fraction(9, 16), Fraction(5, 7))


@pytest.mark.parametrize(
    ("table", "kappa"),
    [
        # The examples of two by two that textbooks use. 20, 5, 10, 15: observed 35/50, expected 1/2.
        (((20, 5), (10, 15)), Fraction(2, 5)),
        # The same agreement, other margins: 45, 15, 25, 15 has (3/5 - 27/50) / (23/50).
        (((45, 15), (25, 15)), Fraction(3, 23)),
        # 25, 35, 5, 35 has (3/5 - 23/50) / (27/50).
        (((25, 35), (5, 35)), Fraction(7, 27)),
        # Nothing but disagreement between two who use both words equally: (0 - 1/2) / (1/2).
        (((0, 5), (5, 0)), Fraction(-1)),
        (((7, 0), (0, 3)), Fraction(1)),
        # One says met always: nothing beyond chance.
        (((0, 0), (4, 6)), Fraction(0)),
    ],
)
def test_textbook_tables(table: tuple[tuple[int, int], ...], kappa: Fraction) -> None:
    assert cohen_kappa(pairs_of(table, ("no", "yes"))).value == kappa
    assert cohen_kappa(pairs_of(table, ("no", "yes")), ("no", "yes")).value == kappa


def test_undefined_has_a_reason() -> None:
    alike = cohen_kappa([("met", "met")] * 3)
    assert (alike.value, alike.observed, alike.expected, alike.items) == (None, Fraction(1), Fraction(1), 3)
    assert alike.reason.startswith("every rating is the same")
    assert repr(alike).startswith("<Kappa undefined: every rating")
    nothing = cohen_kappa([])
    assert (nothing.value, nothing.observed, nothing.items) == (None, None, 0)
    assert nothing.reason == "no item was rated by all of them"
    assert fleiss_kappa([("met", "met", "met")]).value is None
    assert fleiss_kappa([]).reason == nothing.reason


def test_a_rating_outside_the_order() -> None:
    with pytest.raises(ValueError, match="'not applicable' or 'met' is not one of 'not met', 'partial', 'met'"):
        cohen_kappa([("not applicable", "met")], WORDS)
    with pytest.raises(ValueError, match="at least two categories"):
        cohen_kappa([("met", "met")], ("met",))


# Fleiss' worked example as textbooks print it: ten subjects, fourteen raters, five categories; kappa 0.210.
FLEISS = (
    (0, 0, 0, 0, 14),
    (0, 2, 6, 4, 2),
    (0, 0, 3, 5, 6),
    (0, 3, 9, 2, 0),
    (2, 2, 8, 1, 1),
    (7, 7, 0, 0, 0),
    (3, 2, 6, 3, 0),
    (2, 5, 3, 2, 2),
    (6, 5, 2, 1, 0),
    (0, 2, 2, 3, 7),
)


def test_the_table_of_fleiss() -> None:
    found = fleiss_kappa([[place for place, count in enumerate(row) for _ in range(count)] for row in FLEISS])
    assert (found.value, found.observed, found.expected) == pytest.approx((0.210, 0.378, 0.213), abs=0.0005)
    # Column sums 20, 28, 39, 21, 32 of 140; squares 400 + 784 + 1521 + 441 + 1024 = 4170.
    assert found.expected == Fraction(4170, 19600)


@pytest.mark.parametrize("ratings", [[("met",)], [("met", "met"), ("met", "met", "met")]])
def test_fleiss_needs_the_same_raters_everywhere(ratings: list[tuple[str, ...]]) -> None:
    with pytest.raises(ValueError, match="same number of ratings"):
        fleiss_kappa(ratings)


pairs = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(WORDS)), min_size=1, max_size=30)


def by_disagreement(rated: list[tuple[str, str]], steps: bool) -> Fraction | None:
    """A second calculation: 1 - the disagreement found, over that of each rating of one beside each of the other."""

    def apart(one: str, other: str) -> int:
        return abs(WORDS.index(one) - WORDS.index(other)) if steps else int(one != other)

    found = Fraction(sum(apart(a, b) for a, b in rated), len(rated))
    mixed = [apart(a, b) for (a, _), (_, b) in product(rated, rated)]
    return 1 - found / Fraction(sum(mixed), len(mixed)) if any(mixed) else None


@given(pairs)
def test_against_a_second_calculation(rated: list[tuple[str, str]]) -> None:
    assert cohen_kappa(rated).value == by_disagreement(rated, steps=False)
    assert cohen_kappa(rated, WORDS).value == by_disagreement(rated, steps=True)


@given(pairs)
def test_whoever_comes_first(rated: list[tuple[str, str]]) -> None:
    turned = [(b, a) for a, b in rated]
    assert cohen_kappa(rated) == cohen_kappa(turned)
    assert cohen_kappa(rated, WORDS) == cohen_kappa(turned, WORDS[::-1])
    value = cohen_kappa(rated).value
    assert value is None or value <= 1


@given(pairs)
def test_fleiss_of_two_raters_is_the_kappa_of_pooled_margins(rated: list[tuple[str, str]]) -> None:
    pooled = Counter(word for pair in rated for word in pair)
    chance = sum(Fraction(count, 2 * len(rated)) ** 2 for count in pooled.values())
    same = Fraction(sum(a == b for a, b in rated), len(rated))
    assert fleiss_kappa(rated).value == (None if chance == 1 else (same - chance) / (1 - chance))
