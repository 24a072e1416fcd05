"""On the demonstration export of HUD's Eva our counts are Eva's, or the difference is documented with its reason."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

import pytest
from attrs import frozen

from hmis_standards.measure import FindingSet, check, open_export
from hmis_standards.store import load_checks, load_eva_checks
from tests.shared_data import shared

PAGE = Path(__file__).resolve().parents[2] / "docs" / "concepts" / "checks.md"
NUMBERS = sorted({number for one in load_checks() for number in one.eva})


@frozen
class Difference:
    """A row of the table on the page: our count and Eva's, and how many rows only one of them flags."""

    checks: tuple[str, ...]
    ours: int
    evas: int
    only_ours: int
    only_evas: int
    reason: str


@cache
def documented() -> dict[int, Difference]:
    """The table of differences on the page, by Eva's id."""
    section = PAGE.read_text(encoding="utf-8").split("## How our counts differ from Eva's")[1]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line[:1] == "|"]
    return {
        int(number): Difference(tuple(re.findall("`([a-z0-9-]+)`", names)), int(a), int(b), int(c), int(d), reason)
        for number, names, a, b, c, d, reason in rows[2:]
    }


@cache
def found() -> FindingSet:
    with open_export(shared() / "exports" / "demo.zip") as export:
        return check(export)


@cache
def evas() -> dict[int, int]:
    with (shared() / "exports" / "demo-eva-counts.csv").open(newline="", encoding="utf-8") as file:
        return {int(row["eva_id"]): int(row["count"]) for row in csv.DictReader(file) if row["eva_id"]}


@pytest.mark.parametrize("number", NUMBERS)
def test_a_count_is_evas_or_its_difference_is_documented(number: int) -> None:
    """Where several of our checks stand for one of Eva's, their sum is compared; where one stands for several, each."""
    names = tuple(one.check.id for one in found() if number in one.check.eva)
    findings = [found()[name] for name in names]
    assert {one.status for one in findings} <= {"ok", "not_applicable"}
    ours, theirs = sum(one.count for one in findings), evas()[number]
    told = documented().get(number)
    if told is None:
        assert ours == theirs
    else:
        assert (told.checks, told.ours, told.evas) == (names, ours, theirs)
        assert ours != theirs, "no longer a difference: take it off the page"
        assert told.only_ours - told.only_evas == ours - theirs
        assert len(told.reason) > 20


def test_only_differences_of_checks_are_documented() -> None:
    assert set(documented()) <= set(NUMBERS)


@pytest.mark.parametrize("number", sorted(documented()))
def test_a_check_that_differs_says_how(number: int) -> None:
    assert all(load_checks()[name].differs for name in documented()[number].checks)


def test_the_counts_are_of_the_checks_that_are_known() -> None:
    assert {one.id for one in load_eva_checks()} == set(evas())


def test_severity_and_kind_are_evas() -> None:
    """A check that stands for one of Eva's is as urgent as it is there, and looks at the same kind of thing."""
    known = {one.id: one for one in load_eva_checks()}
    other = [
        (one.id, number)
        for one in load_checks()
        for number in one.eva
        if (one.severity, one.kind) != (known[number].severity, known[number].kind)
    ]
    assert other == []
