"""Small counts withheld: worked cases, and a solver of its own that tries to get at them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hmis_standards.model.withheld import publishable, shown


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({"a": 10, "b": 5, "c": 0}, {"a": 10, "b": 5, "c": 0}),
        # 2 is small; with the total known it could be worked out, so the smallest other count goes with it.
        ({"a": 10, "b": 2, "c": 7}, {"a": 10, "b": None, "c": None}),
        # 3 and 4 hide each other and are seven together.
        ({"a": 10, "b": 3, "c": 4}, {"a": 10, "b": None, "c": None}),
        # 1 and 2 are only three together: the next one has to go as well.
        ({"a": 10, "b": 1, "c": 2, "d": 8}, {"a": 10, "b": None, "c": None, "d": None}),
        # Nothing else is there to hide behind but a zero, which would hide nothing.
        ({"a": 30, "b": 2, "c": 0}, {"a": None, "b": None, "c": 0}),
        # Too few altogether: even a zero would tell where the few are.
        ({"a": 4, "b": 0}, {"a": None, "b": None}),
        ({}, {}),
    ],
)
def test_worked_cases(counts: dict[str, int], expected: dict[str, int | None]) -> None:
    assert shown(counts, 5) == expected


tables = st.dictionaries(st.integers(0, 6), st.integers(0, 12), min_size=1)


@given(tables, st.integers(1, 6))
def test_nothing_small_can_be_seen_or_worked_out(counts: dict[int, int], least: int) -> None:
    found = shown(counts, least)
    assert all(found[key] in (None, count) for key, count in counts.items())
    assert not any(0 < count < least for count in found.values() if count is not None)
    hidden = [count for key, count in counts.items() if found[key] is None]
    total = sum(counts.values())
    if hidden and total >= least:
        assert len(hidden) > 1
        assert sum(hidden) >= least
    if total < least:
        assert len(hidden) == len(counts)


@given(tables)
def test_one_withholds_nothing_but_an_empty_table(counts: dict[int, int]) -> None:
    assert shown(counts, 1) == (counts if sum(counts.values()) else dict.fromkeys(counts))


# --- many tables that share counts -------------------------------------------------------------------------


Sums = list[dict[str, int]]


class Solver:
    """Who was told that sums have known values: a dense elimination of its own, made once."""

    def __init__(self, rows: Sequence[Mapping[Any, int]]) -> None:
        self.names = sorted({name for row in rows for name in row})
        self.left = [[Fraction(row.get(name, 0)) for name in self.names] for row in rows]
        self.pivots: list[int] = []
        for column in range(len(self.names)):
            self._eliminate(column)

    def _eliminate(self, column: int) -> None:
        found = len(self.pivots)
        place = next((row for row in range(found, len(self.left)) if self.left[row][column]), None)
        if place is None:
            return
        self.left[found], self.left[place] = self.left[place], self.left[found]
        for row in range(found + 1, len(self.left)):
            if self.left[row][column]:
                self.left[row] = self._less(self.left[row], self.left[found], column)
        self.pivots.append(column)

    def _less(self, row: list[Fraction], other: list[Fraction], column: int) -> list[Fraction]:
        often = row[column] / other[column]
        return [one - often * two if two else one for one, two in zip(row, other, strict=True)]

    def gets(self, wanted: Mapping[Any, int]) -> bool:
        """Whether the sum wanted is a mix of the rows."""
        if not set(wanted) <= set(self.names):
            return False
        row = [Fraction(wanted.get(name, 0)) for name in self.names]
        for place, column in enumerate(self.pivots):
            if row[column]:
                row = self._less(row, self.left[place], column)
        return not any(row)


def solved(rows: Sequence[Mapping[Any, int]], wanted: Mapping[Any, int]) -> bool:
    return Solver(rows).gets(wanted)


def test_one_small_part_takes_the_next_smallest_with_it() -> None:
    """100 = 5 + 15 + 80. 5 is small; with 100, 80 and 15 told it would be what is left, so 15 stays untold too."""
    asked = [(name, [{name: 1}]) for name in ("whole", "80", "15", "5")]
    told = publishable(asked, [{"whole": -1, "80": 1, "15": 1, "5": 1}], [{"5": 1}])
    assert told == {"whole", "80"}


def test_two_small_parts_hide_each_other() -> None:
    asked = [(name, [{name: 1}]) for name in ("whole", "80", "9", "7")]
    known: Sums = [{"whole": -1, "80": 1, "9": 1, "7": 1}]
    assert publishable(asked, known, [{"9": 1}, {"7": 1}]) == {"whole", "80"}


def test_a_share_is_told_as_a_whole_or_not_at_all() -> None:
    """Of 50, 45 is told: that the other 5 remain is a secret, so the share is not told, and 45 by itself may be."""
    known: Sums = [{"50": -1, "45": 1, "5": 1}]
    share: Sums = [{"45": 1}, {"50": 1}]
    asked: list[tuple[str, Sums]] = [("share", share), ("45", [{"45": 1}])]
    assert publishable(asked, known, [{"5": 1}]) == {"45"}


def test_what_one_table_withholds_no_other_tells() -> None:
    """Rows and columns with their totals: 4 stands in the first of both, and any other inner cell would give it away.

     4  20 |  24
    30  40 |  70
    34  60 |  94
    """
    cells = {"a": 4, "b": 20, "c": 30, "d": 40, "r1": 24, "r2": 70, "c1": 34, "c2": 60, "all": 94}
    known: Sums = [
        {"r1": -1, "a": 1, "b": 1},
        {"r2": -1, "c": 1, "d": 1},
        {"c1": -1, "a": 1, "c": 1},
        {"c2": -1, "b": 1, "d": 1},
        {"all": -1, "r1": 1, "r2": 1},
    ]
    order = sorted(cells, key=lambda name: -cells[name])
    told = publishable([(one, [{one: 1}]) for one in order], known, [{"a": 1}])
    assert told == {"all", "r1", "r2", "c1", "c2"}


@st.composite
def partitions(draw: st.DrawFn) -> tuple[dict[str, int], Sums]:
    """Cells with values, and sums of them that hold: partitions of partitions, and crossing ones."""
    values = {f"x{place}": draw(st.integers(0, 40)) for place in range(draw(st.integers(2, 7)))}
    known: Sums = []
    for place in range(draw(st.integers(1, 5))):
        pieces = draw(st.lists(st.sampled_from(sorted(values)), unique=True, min_size=2, max_size=4))
        values[f"t{place}"] = sum(values[one] for one in pieces)
        known.append({f"t{place}": -1} | dict.fromkeys(pieces, 1))
    return values, known


@given(partitions())
def test_no_secret_can_be_solved_for(table: tuple[dict[str, int], Sums]) -> None:
    values, known = table
    order = sorted(values, key=lambda name: (-values[name], name))
    secrets = [name for name in order if 0 < values[name] < 11]
    told = publishable([(one, [{one: 1}]) for one in order], known, [{one: 1} for one in secrets])
    rows: Sums = [*known, *({one: 1} for one in told)]
    solver = Solver(rows)
    assert not any(solver.gets({one: 1}) for one in secrets)
    for one in set(order) - told:  # nothing is withheld without need: with it, some secret could be solved for
        more = Solver([*rows, {one: 1}])
        assert any(more.gets({secret: 1}) for secret in secrets)
