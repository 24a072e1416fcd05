"""Budget plans as files: what a good one gives, and each fault with its line."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from hmis_standards.exchange import read_budget, validate
from hmis_standards.vocabulary import CapBase, MatchKind, Payer
from tests.exchange.planted import told_of
from tests.store.trees import line_with

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "toolkit" / "budget.yaml"


def test_the_example_reads() -> None:
    plan = read_budget(EXAMPLE)
    assert validate(EXAMPLE) == []
    assert (plan.subject, plan.first_year, plan.years, plan.serves.users) == ("XX-500", 2027, 3, 250)
    assert plan.posts[0].fringe == Fraction("0.32")
    assert plan.costs[0].quantities == (270, 285, 300)
    assert plan.funding[0].payer is Payer.COC_LEAD
    assert plan.match[1].kind is MatchKind.IN_KIND
    assert plan.indirect is not None
    assert plan.indirect.awarded == date(2026, 10, 1)
    assert plan.administration_base is CapBase.BEFORE_ADMINISTRATION


@pytest.mark.parametrize(
    ("old", "new", "at", "told"),
    [
        ("amount: 18000", "amount: $18,000", "$18,000", "is not what is asked for: Dollars of the first year"),
        ("amount: 18000", "amont: 18000", "amont", "did you mean amount?"),
        ("payer: fees", "payer: fee", "payer: fee", "did you mean fees?"),
        ("category: hosting", "category: hostin", "category: hostin", "there is no category of cost 'hostin'"),
        ("paid_by: [ESG county]", "paid_by: [ESG city]", "paid_by: [ESG city]", "there is no funding 'ESG city'"),
        ("grant: CoC HMIS grant", "grant: ESG county", "grant: ESG county", "match is calculated for CoC grants only"),
        ("only_in: [2028]", "only_in: [2026]", "2026]", "2026 is before the first year"),
        ("name: Hosting", "name: User licenses", "- name: User licenses", "'User licenses' is there twice"),
        (
            "administration: 24000",
            "administration: 250000",
            "name: CoC HMIS grant",
            "more than the 245772.00 of a year",
        ),
        ('awarded: "2026-10-01"', 'awarded: "2026-13-01"', "2026-13-01", "is not a day of the calendar"),
        ('awarded: "2026-10-01"', 'rate: 0.22\n  awarded: "2026-10-01"', "indirect:", "either a negotiated rate"),
        ("unit_price: 210", "amount: 210", "- name: User licenses", "either an amount or quantities"),
    ],
)
def test_a_fault_is_told_with_its_line(old: str, new: str, at: str, told: str, tmp_path: Path) -> None:
    path, problems = told_of(EXAMPLE, old, new, tmp_path, read_budget)
    found = [one for one in problems if told in str(one)]
    assert found, problems
    places = {line_with(path, at), line_with(path, at) + 1}
    if "twice" in told:
        places = {line_with(path, at, 2)}
    assert {one.line for one in found} & places, (found, places)
