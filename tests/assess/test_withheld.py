from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hmis_standards.assess.withheld import shown


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
