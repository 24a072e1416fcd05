"""The method for a value: limits of the day, the lowest of several, and how sure they are."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from attrs import evolve

from hmis_standards.errors import UnknownParameter
from hmis_standards.store import load_parameters
from hmis_standards.toolkit import Figure, Purchase, given, purchase_method
from tests.toolkit.origins import assert_traceable

NUMBERS = load_parameters("procurement")
BEFORE, AFTER = date(2025, 9, 30), date(2025, 10, 1)


def value(amount: str) -> Figure:
    return given("value", "Value", amount, "USD")


@pytest.mark.parametrize(
    ("amount", "on", "method"),
    [
        ("10000", BEFORE, "micro_purchase"),
        ("10000.01", BEFORE, "simplified_acquisition"),
        ("250000", BEFORE, "simplified_acquisition"),
        ("250000.01", BEFORE, "formal"),
        ("15000", AFTER, "micro_purchase"),
        ("15000.01", AFTER, "simplified_acquisition"),
        ("350000", AFTER, "simplified_acquisition"),
        ("350000.01", AFTER, "formal"),
    ],
)
def test_by_the_limits_of_the_day(amount: str, on: date, method: str) -> None:
    assert purchase_method(value(amount), NUMBERS, on).method == method


def _flag(found: Purchase, limit: str) -> str:
    return next(one.text for one in found.flags if one.id == "limit" and limit in one.about)


def test_limits_since_october_2025_say_on_whose_word_they_rest() -> None:
    found = purchase_method(value("1"), NUMBERS, AFTER)
    for limit in ("micro-purchase", "simplified"):
        assert "Not verified: one consultant's page" in _flag(found, limit)
    assert "practice-consultant-thresholds-2025" in {
        cite.source for one in found.flags if one.id == "limit" for cite in one.citations
    }
    assert "consultant" not in _flag(purchase_method(value("1"), NUMBERS, BEFORE), "micro-purchase")
    assert_traceable(found)


OWN = """\
format: hmis-standards/parameters/1
set: procurement
parameters:
  - id: simplified_limit
    of: county
    title: County limit of simplified purchases
    value: "100000"
    why: >-
      Our county's purchasing code.
  - id: micro_purchase_limit
    of: county
    value: "50000"
    why: >-
      Higher than the federal one, which therefore holds.
  - id: simplified_limit
    of: state
    value: "5"
    since: "2030-01-01"
    why: >-
      Begins later.
"""


def test_a_lower_limit_of_ones_own_wins(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(OWN, encoding="utf-8")
    numbers = load_parameters(own)
    found = purchase_method(value("100000.01"), numbers, AFTER)
    assert found.method == "formal"
    assert [one.value for one in found.limits] == [15000, 100000]
    assert "Our county's purchasing code." in _flag(found, "County limit")
    assert purchase_method(value("1000"), numbers, date(2030, 1, 1)).limits[1].value == 5


def test_limits_of_ones_own_that_all_begin_later() -> None:
    later = [evolve(one, since=date(2030, 1, 1)) for one in NUMBERS if one.id == "micro_purchase_limit"]
    with pytest.raises(UnknownParameter, match="micro_purchase_limit on 2025-10-01"):
        purchase_method(value("1"), NUMBERS.under(later[-1:]), AFTER)
