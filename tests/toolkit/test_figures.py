"""Figures: what they say of themselves, and that what is printed is what was calculated."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from hmis_standards.model import Citation, Parameter
from hmis_standards.toolkit import Figure, Figures, computed, given, taken, total
from hmis_standards.toolkit.formula import calculate
from hmis_standards.vocabulary import FigureOrigin

MINUTES = Parameter(
    id="minutes",
    title="Time on one ticket",
    value=Fraction(30),
    unit="minutes per ticket",
    origin=FigureOrigin.CONVENTION,
    why="Reading and answering.",
)
SHARE = Parameter(
    id="share",
    title="Match",
    value=Fraction("0.25"),
    unit="share of the grant",
    origin=FigureOrigin.REGULATION,
    why="A quarter of the grant.",
    citations=(Citation(source="cfr-24-578.73"),),
)


def hours() -> Figure:
    tickets = given("tickets", "Tickets in a year", 1500, "tickets")
    return computed("hours", "Help desk", "tickets * minutes / 60", "hours", [tickets, taken(MINUTES)])


def test_a_figure_explains_itself_down_to_whose_number_it_is() -> None:
    assert hours().explain().splitlines() == [
        "hours = 750 hours  (Help desk)",
        "  = tickets * minutes / 60",
        "  tickets = 1,500 tickets  (Tickets in a year)",
        "    given",
        "  minutes = 30 minutes per ticket  (Time on one ticket)",
        "    a convention of this project, not HUD's: Reading and answering.",
    ]


def test_a_rule_is_cited() -> None:
    match = computed("match", "Match", "share * 100", "USD", [taken(SHARE)])
    assert match.explain().endswith("set by a rule: A quarter of the grant. [cfr-24-578.73]")
    assert match.to_dict()["inputs"][0]["citations"] == [{"source": "cfr-24-578.73", "at": None}]


def test_a_figure_met_twice_is_explained_once() -> None:
    twice = computed("twice", "Two desks", "hours + other", "hours", [hours(), _renamed(hours(), "other")])
    double = computed("double", "Doubled", "twice + hours", "hours", [twice, hours()])
    assert (
        double.explain().count("= tickets * minutes / 60") == 2
    )  # hours and other; hours the second time is named only
    assert "hours = 750 hours  (Help desk; see above)" in double.explain()


def test_figures_side_by_side_are_explained_once() -> None:
    double = computed("double", "Doubled", "hours * 2", "hours", [hours()])
    assert Figures((hours(), double)).explain().count("= tickets * minutes / 60") == 1


def _renamed(figure: Figure, name: str) -> Figure:
    return computed(name, figure.title, figure.formula, figure.unit, figure.inputs)


def test_sources_are_what_was_given_and_taken() -> None:
    assert [one.name for one in hours().sources()] == ["tickets", "minutes"]
    assert [one.name for one in Figures((hours(), hours())).sources()] == ["tickets", "minutes"]


def test_money_is_rounded_to_the_cent_halves_up() -> None:
    third = computed("third", "A third", "100 / 3", "USD", [])
    half = computed("half", "Half a cent more", "0.125", "USD", [])
    assert (third.amount, half.amount) == (Decimal("33.33"), Decimal("0.13"))
    assert third.text == "$33.33"
    assert total("sum", "Both", "USD", [third, half]).amount == Decimal("33.46")


@for_all(st.lists(st.fractions(min_value=0, max_value=10**6, max_denominator=997), max_size=6))
def test_printed_money_adds_up(values: list[Fraction]) -> None:
    parts = [computed(f"part{n}", "Part", f"{v.numerator} / {v.denominator}", "USD", []) for n, v in enumerate(values)]
    assert total("all", "All", "USD", parts).amount == sum((one.amount or Decimal(0) for one in parts), Decimal(0))


@for_all(st.integers(0, 10**6), st.integers(0, 600))
def test_the_formula_that_is_shown_gives_the_value_that_is_shown(tickets: int, minutes: int) -> None:
    inputs = [given("tickets", "Tickets", tickets, "tickets"), given("minutes", "Minutes", minutes, "minutes")]
    found = computed("hours", "Hours", "tickets * minutes / 60", "hours", inputs)
    assert found.value == calculate(found.formula, {one.name: one.value for one in found.inputs})


def test_only_money_has_an_amount() -> None:
    with pytest.raises(ValueError, match="hours is not money, it is in hours"):
        _ = hours().amount


def test_what_cannot_be_said_is_a_dash() -> None:
    users = given("users", "Users", 0, "users")
    each = computed("each", "Cost per user", "100 / users", "USD", [users])
    after = computed("after", "Twice that", "each * 2", "USD", [each])
    assert (each.value, each.text, each.amount, after.value) == (None, "–", None, None)
    assert each.row()["value"] == ""


def test_a_formula_cannot_name_what_is_not_there() -> None:
    with pytest.raises(ValueError, match=r"x: the formula 'a \+ b' names b, which is not given"):
        computed("x", "X", "a + b", "", [given("a", "A", 1, "")])


def test_two_different_figures_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="two different figures are called a"):
        computed("x", "X", "a", "", [given("a", "A", 1, ""), given("a", "A", 2, "")])


def test_numbers_are_shown_with_two_decimals_at_most() -> None:
    shown = {text: given("n", "N", text, "").text for text in ("1234567", "0.5", "2/3", "-1/2", "-1234", "0")}
    assert shown == {
        "1234567": "1,234,567",
        "0.5": "0.5",
        "2/3": "0.67",
        "-1/2": "-0.5",
        "-1234": "-1,234",
        "0": "0",
    }


def test_shares_are_shown_in_percent() -> None:
    assert given("n", "N", "0.052", "share").text == "5.2 %"
    assert given("n", "N", "0.3", "share of users").text == "30 % of users"


def test_a_table_and_a_notebook_form() -> None:
    found = Figures((hours(),))
    assert found.rows() == [
        {
            "figure": "hours",
            "title": "Help desk",
            "value": "750",
            "unit": "hours",
            "origin": "computed",
            "how": "tickets * minutes / 60",
        }
    ]
    assert repr(found) == "<1 figures: hours>"
    assert "not HUD&#x27;s" in hours()._repr_html_()


def test_percentages_have_a_decimal_more_and_bare_numbers_no_unit() -> None:
    """99.95 and 99.954 percent are different promises."""
    assert given("up", "Availability", "99.9545", "%").text == "99.955 %"
    assert given("users", "Users", "1234.5678", "users").text == "1,234.57 users"
    assert given("users", "Users", "1234.5678", "users").number == "1234.57"
    assert given("fee", "Fee", 4200, "USD").number == "4200.00"
