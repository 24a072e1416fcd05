from __future__ import annotations

import datetime
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hmis_standards.assess import Capacity, Quarters, gaps, plan
from hmis_standards.assess.schedule import capacity_of
from hmis_standards.vocabulary import Role
from tests.assess.helpers import filled
from tests.small import ALL, CON1, CON2, CON3, GOV1

NOTHING = gaps(filled(dict.fromkeys(ALL, "not_met")))
DAY = datetime.date


def test_quarters_from_the_start() -> None:
    # From 30 November: the second begins on 28 February, the third on 30 May.
    found = Quarters(start=DAY(2026, 11, 30))
    assert [found.begins(number) for number in range(3)] == [DAY(2026, 11, 30), DAY(2027, 2, 28), DAY(2027, 5, 30)]
    assert [found.number(DAY(2027, 2, day)) for day in (27, 28)] == [0, 1]
    assert [found.number(DAY(2027, 5, day)) for day in (29, 30)] == [1, 2]
    assert found.name(4) == "Q5"


def test_quarters_of_the_calendar() -> None:
    found = Quarters(start=DAY(2026, 11, 30), calendar=True)
    assert [found.begins(number) for number in range(3)] == [DAY(2026, 11, 30), DAY(2027, 1, 1), DAY(2027, 4, 1)]
    assert [found.name(number) for number in range(3)] == ["2026-Q4", "2027-Q1", "2027-Q2"]
    assert [found.number(DAY(2026, 12, 31)), found.number(DAY(2027, 1, 1))] == [0, 1]


@given(st.dates(DAY(1900, 1, 1), DAY(8000, 1, 1)), st.integers(0, 4000), st.booleans())
def test_a_day_lies_in_its_quarter(start: datetime.date, later: int, calendar: bool) -> None:
    found, day = Quarters(start=start, calendar=calendar), start + datetime.timedelta(days=later)
    number = found.number(day)
    assert found.begins(number) <= day < found.begins(number + 1)
    assert found.first_day(day) == found.begins(number) >= start


def test_a_plan_in_quarters_of_the_calendar() -> None:
    # The first quarter has one month left and room for two; the next begin on 1 October and 1 January.
    found = plan(NOTHING, start="2026-09-01", capacity=2, quarters="calendar")
    by_quarter = found.by("quarter")
    assert list(by_quarter) == ["2026-Q3", "2026-Q4", "2027-Q1", "2027-Q2"]
    assert [len(part) for part in by_quarter.values()] == [2, 2, 2, 2]
    assert by_quarter["2026-Q4"][0].start == DAY(2026, 10, 1)
    assert found.to_dict()["quarters"] == "calendar"
    with pytest.raises(ValueError, match="quarters 'fiscal' is not one of start, calendar"):
        plan(NOTHING, start="2026-09-01", quarters="fiscal")


def test_capacity_by_role() -> None:
    # CON-01 and CON-02 are the vendor's: one a quarter. CON-03 is the CoC's and waits for CON-01 as before.
    found = plan(NOTHING, start="2026-04-01", capacity={"vendor": 1})
    quarters = {action.item: action.quarter for action in found.actions}
    assert [quarters[CON1], quarters[CON2], quarters[CON3]] == ["Q1", "Q2", "Q2"]
    assert quarters[GOV1] == "Q1"
    assert found.capacity.to_dict() == {"vendor": 1}
    both = plan(NOTHING, start="2026-04-01", capacity={"vendor": 1, "total": 2})
    assert [len(part) for part in both.by("quarter").values()] == [2, 2, 2, 2]
    assert str(both.capacity) == "at most 2 in all, 1 of vendor"
    assert str(Capacity()) == "no limit"


def test_by_role() -> None:
    found = plan(NOTHING, start="2026-04-01")
    assert {role: len(part) for role, part in found.by("role").items()} == {
        "hmis_lead": 3,
        "security_officer": 2,
        "vendor": 2,
        "coc": 1,
    }
    assert sum(len(part) for part in found.by("quarter").values()) == len(found.actions)
    with pytest.raises(ValueError, match="'owner' is not one of quarter, role"):
        found.by("owner")


@given(
    st.dictionaries(st.sampled_from(["total", "hmis_lead", "vendor", "security_officer"]), st.integers(1, 4)),
    st.dates(DAY(2020, 1, 1), DAY(2030, 1, 1)),
    st.sampled_from(["start", "calendar"]),
)
def test_no_limit_is_ever_exceeded(limits: dict[str, int], start: datetime.date, quarters: str) -> None:
    found = plan(NOTHING, start=start, capacity=limits, quarters=quarters, method="greedy")
    begun = Counter((action.quarter, who) for action in found.actions for who in ("total", action.role.value))
    assert all(number <= limits.get(who, number) for (_, who), number in begun.items())
    for action in found.actions:
        first = found.quarters.number(action.start)
        assert action.quarter == found.quarters.name(first)
        assert action.start >= start


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (0, "at least 1 action"),
        (True, "in whole numbers"),
        ({"vendor": 0}, "at least 1 action"),
        ({"vendor": 1.5}, "in whole numbers"),
        ({"vender": 2}, "capacity names a role 'vender' that there is not; did you mean vendor?"),
        ({"xyzzy": 2}, "there are total, coc, hmis_lead"),
    ],
)
def test_capacities_that_are_none(given: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said.replace("?", r"\?")):
        capacity_of(given)


def test_limits_come_in_the_order_of_the_roles() -> None:
    found = capacity_of({"vendor": 2, "total": 5, "coc": 1})
    assert list(found.limits().items()) == [(None, 5), (Role.COC, 1), (Role.VENDOR, 2)]
