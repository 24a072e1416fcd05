"""Sensitivity: what each number does to a result, worked by hand, sorted, inside limits."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from hmis_standards.store import load_parameters
from hmis_standards.toolkit import Figure, Workload, computed, given, sensitivity, staffing, taken
from tests.toolkit.origins import assert_traceable

SHIPPED = load_parameters("staffing")


def cost(users: int = 100, price: str = "225", hosting: str = "4500") -> Figure:
    parts = [given("users", "Users", users, "users"), given("price", "Price", price, "USD")]
    licenses = computed("licenses", "Licenses", "users * price", "USD", parts)
    return computed(
        "cost", "Cost", "licenses + hosting", "USD", [licenses, given("hosting", "Hosting", hosting, "USD")]
    )


def values(*figures: Figure) -> list[str]:
    return [str(one.value) for one in figures]


def test_by_hand() -> None:
    """100 * 225 + 4,500 = 27,000. Ten percent of users or price is 2,250 either way, of hosting 450."""
    found = sensitivity(cost())
    assert [(one.source.name, *values(one.at_low, one.at_high, one.effect)) for one in found] == [
        ("price", "24750", "29250", "4500"),
        ("users", "24750", "29250", "4500"),
        ("hosting", "26550", "27450", "900"),
    ]
    assert_traceable(found)


def test_a_step_and_a_range_of_ones_own() -> None:
    found = {one.source.name: one for one in sensitivity(cost(), step="0.20", ranges={"hosting": (3000, "9000.50")})}
    assert found["users"].effect.value == 9000
    assert values(found["hosting"].low, found["hosting"].high) == ["3000", "18001/2"]
    assert found["hosting"].effect.value == Fraction("6000.50")


def test_a_range_that_does_not_hold_today_reaches_to_today() -> None:
    """Hosting from 6,000 to 7,000: the result goes from 27,000 of today to 29,500."""
    (found,) = (one for one in sensitivity(cost(), ranges={"hosting": (6000, 7000)}) if one.source.name == "hosting")
    assert found.effect.value == 2500


def test_a_number_that_stands_in_two_places_changes_in_both() -> None:
    users = given("users", "Users", 10, "users")
    one = computed("one", "One", "users * 2", "", [users])
    both = computed("both", "Both", "one + users", "", [one, users])
    assert sensitivity(both)[0].effect.value == 6


def test_what_moves_nothing_is_left_out() -> None:
    none = computed("most", "Most", "max(a, b)", "", [given("a", "A", 1, ""), given("b", "B", 100, "")])
    assert [one.source.name for one in sensitivity(none)] == ["b"]
    assert list(sensitivity(computed("x", "X", "3", "", []))) == []


def test_parameters_stay_inside_their_limits() -> None:
    share = SHIPPED.changed({"management_floor": 1}).find("management_floor")
    result = computed("x", "X", "management_floor * 4", "", [taken(share)])
    (found,) = sensitivity(result, within=SHIPPED)
    assert values(found.low, found.high) == ["9/10", "1"]
    (free,) = sensitivity(result)
    assert free.high.value == Fraction("1.1")


def test_below_nothing_the_low_is_the_lower() -> None:
    (found,) = sensitivity(computed("x", "X", "a + 1", "", [given("a", "A", -10, "")]))
    assert values(found.low, found.high) == ["-11", "-9"]


@pytest.mark.parametrize(
    ("ranges", "told"),
    [({"nothing": (1, 2)}, "does not rest on nothing"), ({"users": (2, 1)}, "upside down")],
)
def test_ranges_that_cannot_be(ranges: dict[str, tuple[int, int]], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        sensitivity(cost(), ranges=ranges)


@settings(max_examples=20)
@for_all(st.integers(1, 2000), st.integers(0, 300), st.integers(0, 900))
def test_the_largest_first_and_a_changed_figure_is_a_changed_parameter(
    users: int, organizations: int, projects: int
) -> None:
    workload = Workload(users=users, organizations=organizations, projects=projects)
    found = sensitivity(staffing(workload, SHIPPED).fte, within=SHIPPED)
    effects = [one.effect.value or 0 for one in found]
    assert effects == sorted(effects, reverse=True)
    for one in [one for one in found if one.source.name in {two.id for two in SHIPPED}][:4]:
        assert one.high.value is not None
        changed = SHIPPED.changed({one.source.name: one.high.value})
        assert one.at_high.value == staffing(workload, changed).fte.value


def test_rows_say_all_of_it() -> None:
    assert sensitivity(cost()).rows()[0] == {
        "figure": "price",
        "title": "Price",
        "value": "225.0000",
        "low": "202.5000",
        "high": "247.5000",
        "at_low": "24750.00",
        "at_high": "29250.00",
        "effect": "4500.00",
        "origin": "given",
    }
