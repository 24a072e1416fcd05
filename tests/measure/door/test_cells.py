"""One spelling at a time: what it means, and what is wrong with it."""

from __future__ import annotations

import pickle
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hmis_standards.measure.door.cells import Judge, Judged

UNREADABLE: Judged = (None, ("unreadable",))


@pytest.mark.parametrize(
    ("spelling", "judged"),
    [
        ("1", (1, ())), ("01", (1, ())), ("1.0", (1, ())), ("1.", (1, ())), ("1.000", (1, ())), (" 1\t", (1, ())),
        ("\u00a01", (1, ())), ("99", (99, ())), ("2", (2, ("unlisted",))), ("-1", (-1, ("unlisted",))),
        ("", (None, ())), ("  ", (None, ())), ("32767", (32767, ("unlisted",))), ("32768", UNREADABLE),
        ("1.5", UNREADABLE), ("+1", UNREADABLE), ("1e0", UNREADABLE), ("0x1", UNREADABLE), ("1_0", UNREADABLE),
        ("1 0", UNREADABLE), ("٣", UNREADABLE), ("NULL", UNREADABLE), ("9" * 400, UNREADABLE),
    ],
)  # fmt: skip
def test_codes(spelling: str, judged: Judged) -> None:
    assert Judge("code", {0, 1, 99})[spelling] == judged


def test_whole_numbers_without_a_list_may_be_larger() -> None:
    judge = Judge("int")
    assert judge["2147483647"] == (2**31 - 1, ())
    assert judge["-40000"] == (-40000, ())
    assert judge["2147483648"] == UNREADABLE


@pytest.mark.parametrize(
    ("spelling", "judged"),
    [
        ("426", (Decimal("426.00"), ())), ("426.5", (Decimal("426.50"), ())), ("0.10", (Decimal("0.10"), ())),
        ("-12.34", (Decimal("-12.34"), ())), ("1.2300", (Decimal("1.23"), ())), ("7.", (Decimal("7.00"), ())),
        ("9999999.99", (Decimal("9999999.99"), ())), ("10000000", UNREADABLE), ("1.234", UNREADABLE),
        ("1,200", UNREADABLE), ("$5", UNREADABLE), (".5", UNREADABLE), ("NaN", UNREADABLE), ("1e3", UNREADABLE),
    ],
)  # fmt: skip
def test_amounts(spelling: str, judged: Judged) -> None:
    assert Judge("money")[spelling] == judged


DAY = date(2024, 1, 31)


@pytest.mark.parametrize(
    ("spelling", "as_date", "as_datetime"),
    [
        ("2024-01-31", (DAY, ()), (DAY, ("other_form",))),
        ("2024-01-31 08:05:00", (DAY, ("other_form",)), (DAY, ())),
        ("2024-01-31T08:05:00", (DAY, ("other_form",)), (DAY, ("other_form",))),
        ("2024-01-31 08:05", (DAY, ("other_form",)), (DAY, ("other_form",))),
        ("2024-01-31 24:00:00", (DAY, ("other_form",)), (DAY, ("other_form",))),
        ("2024-01-31 08:05:00.123", (DAY, ("other_form",)), (DAY, ("other_form",))),
        ("2024-01-31 08:05:00+00:00", (DAY, ("other_form",)), (DAY, ("other_form",))),
        (" 2024-01-31 ", (DAY, ()), (DAY, ("other_form",))),
        ("0001-01-01", (date.min, ()), (date.min, ("other_form",))),
        ("9999-12-31", (date.max, ()), (date.max, ("other_form",))),
        *((bad, UNREADABLE, UNREADABLE) for bad in (
            "24-01-31", "01/31/2024", "31/01/2024", "2024-02-30", "0000-01-01", "20240131", "2024-1-31", "2024-01-31x",
            "10000-01-01", "-2024-01-01", "Jan 31 2024", "infinity", "45322", "٢٠٢٤-٠١-٣١",
        )),
    ],
)  # fmt: skip
def test_days(spelling: str, as_date: Judged, as_datetime: Judged) -> None:
    assert Judge("date")[spelling] == as_date
    assert Judge("datetime")[spelling] == as_datetime


def test_text() -> None:
    judge = Judge("string", max_length=5)
    assert judge[" Ann "] == ("Ann", ())
    assert judge["Ann [x"] == ("Ann [x", ("too_long", "forbidden"))
    assert judge["a<b"] == ("a<b", ("forbidden",))
    assert judge["ü" * 5] == ("ü" * 5, ())


def test_text_with_a_list() -> None:
    judge = Judge("string", {"402", "459GA"})
    assert judge["459GA"] == ("459GA", ())
    assert judge["459ga"] == ("459ga", ("unlisted",))


def test_a_judge_can_be_sent_elsewhere() -> None:
    judge = Judge("code", {1}, 3)
    assert judge["1"] == (1, ())
    there = pickle.loads(pickle.dumps(judge))
    assert (there.kind, there.codes, there.max_length, len(there)) == ("code", {1}, 3, 0)


@given(st.text(), st.sampled_from(["code", "int", "money", "date", "datetime", "string"]))
def test_any_text_is_judged_and_twice_alike(spelling: str, kind: str) -> None:
    value, faults = Judge(kind, {1}, 4)[spelling]
    assert Judge(kind, {1}, 4)[spelling] == (value, faults)
    assert (value is None) == (not faults) or value is not None or faults == ("unreadable",)
    assert value is not None or faults in {(), ("unreadable",)}
