"""Budgets: two years worked by hand, rules on the money each with its case, and what holds for every budget."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from hmis_standards.store import load_eligibility, load_parameters
from hmis_standards.toolkit import (
    Agency,
    Budget,
    BudgetPlan,
    Cost,
    Figure,
    FundingSource,
    IndirectRate,
    MatchSource,
    PaidPost,
    Serves,
    budget,
    sensitivity,
)
from hmis_standards.vocabulary import CapBase, Eligible, FigureOrigin, MatchKind, Payer
from tests.toolkit.origins import assert_traceable, figures_in

SHIPPED, TABLE = load_parameters("budget"), load_eligibility()
F = Fraction


def source(name: str = "HMIS grant", payer: Payer = Payer.COC_LEAD, *amounts: str, **more: Any) -> FundingSource:
    return FundingSource(name=name, payer=payer, amounts=tuple(map(F, amounts or ("100000",))), **more)


def plan(**more: Any) -> BudgetPlan:
    basics: dict[str, Any] = {"subject": "XX-500", "first_year": 2027, "years": 2, "funding": (source(),)}
    return BudgetPlan(**{"serves": Serves(users=50, organizations=10, projects=20), **basics, **more})


WHOLE = plan(
    posts=(
        PaidPost(name="Post 1", fte=F(1), salary=F(60000), work=("system_administration",), paid_by=("HMIS grant",)),
        PaidPost(name="Post 2", fte=F("0.5"), salary=F(50000), fringe=F("0.2"), work=("lead_training",)),
    ),
    costs=(
        Cost(name="Licenses", category="software_licenses", quantities=(60, 64), paid_by=("HMIS grant",)),
        Cost(name="Hosting", category="hosting", amount=F(5000), paid_by=("HMIS grant",)),
        Cost(name="Move", category="customization", amount=F(9000), only_in=(2028,), paid_by=("City",)),
        Cost(name="Office", category="office_space", amount=F(4000), paid_by=("City",)),
        Cost(name="Data line", category="utilities", amount=F("1000.005"), paid_by=("City",)),
    ),
    funding=(
        source("HMIS grant", Payer.COC_LEAD, "100000", leasing=F(0), administration=F(5000)),
        source("City", Payer.STATE_LOCAL, "30000", "35000"),
    ),
    indirect=IndirectRate(awarded=date(2025, 7, 1)),
    reserve=F(20000),
)


def made(of: BudgetPlan, **changed: str) -> Budget:
    return budget(of, SHIPPED.changed(changed), TABLE)


def money(figure: Figure) -> Decimal:
    assert figure.amount is not None
    return figure.amount


def flags(of: Budget) -> list[str]:
    return [one.id for one in of.flags]


# --- worked by hand ----------------------------------------------------------------------------------------


def test_two_years_by_hand() -> None:
    """Two posts, five costs.

    2027: pay 60,000 * 1.30 = 78,000 and 0.5 * 50,000 * 1.20 = 30,000; licenses 60 * 225 = 13,500, hosting 5,000;
    office 4,000, data line 1,000.005, that is 1,000.01. Indirect costs at 15 percent of all but the office:
    127,500.01 * 0.15 = 19,125.0015. Administration 5,000.

    2028: pay 3 percent up, 80,340 and 30,900; licenses 64 * 225 * 1.05 = 15,120, hosting 5,250, the move 9,000;
    office 4,120, data line 1,030.00515. Indirect: 0.15 * (80,340 + 30,900 + 15,120 + 5,250 + 9,000 + 1,030.01).
    """
    first, second = made(WHOLE).years
    assert [money(one) for one in first.lines] == [
        Decimal(text) for text in ("78000.00", "30000.00", "13500.00", "5000.00", "4000.00", "1000.01")
    ]
    assert (money(first.personnel), money(first.software)) == (Decimal("108000.00"), Decimal("18500.00"))
    assert (money(first.other), money(first.direct)) == (Decimal("5000.01"), Decimal("131500.01"))
    assert (money(first.base), money(first.indirect)) == (Decimal("127500.01"), Decimal("19125.00"))
    assert money(first.total) == Decimal("155625.01")
    assert (money(first.funding), money(first.gap)) == (Decimal("130000.00"), Decimal("25625.01"))
    assert [money(one) for one in second.lines] == [
        Decimal(text) for text in ("80340.00", "30900.00", "15120.00", "5250.00", "9000.00", "4120.00", "1030.01")
    ]
    assert money(second.indirect) == Decimal("21246.00")  # 0.15 * 141,640.01 = 21,246.0015
    assert money(second.total) == Decimal("172006.01")  # 145,760.01 + 21,246.00 + 5,000
    assert money(second.gap) == Decimal("37006.01")


def test_what_one_of_each_costs_by_hand() -> None:
    """155,625.01 over 50 users, 20 projects, 10 organizations; nothing of it is paid by fees, 60 licenses carry the
    25,625.01 that no other money pays."""
    (first, _) = made(WHOLE).years
    assert money(first.per_user) == Decimal("3112.50")
    assert money(first.per_project) == Decimal("7781.25")
    assert money(first.per_organization) == Decimal("15562.50")
    assert money(first.fee_per_license) == Decimal("427.08")
    assert first.concentration.value == F(100000, 130000)
    assert first.reserve_share.value == F(20000) / F("155625.01")
    assert first.software_share.value == F(18500) / F("155625.01")


def test_fees_are_no_money_that_lowers_the_fee() -> None:
    with_fees = evolve(WHOLE, funding=(*WHOLE.funding, source("Fees", Payer.FEES, "25000")))
    first = made(with_fees).years[0]
    assert money(first.fee_per_license) == Decimal("427.08")
    assert money(first.gap) == Decimal("625.01")


def test_where_other_money_pays_all_there_is_no_fee() -> None:
    rich = evolve(WHOLE, funding=(source("HMIS grant", Payer.COC_LEAD, "900000"), WHOLE.funding[1]))
    first = made(rich).years[0]
    assert money(first.fee_per_license) == 0
    assert money(first.gap) < 0


def test_nothing_to_divide_by() -> None:
    none = plan(serves=Serves(users=0, organizations=0, projects=0), funding=())
    first = made(none).years[0]
    assert [one.value for one in (first.per_user, first.per_project, first.fee_per_license, first.concentration)] == [
        None
    ] * 4
    assert first.total.value == 0
    assert first.reserve_share.value is None


def test_the_horizon_where_no_years_are_given() -> None:
    assert len(made(plan(years=None)).years) == 5
    assert len(made(plan(years=None), horizon="3").years) == 3


def test_the_last_amount_holds_for_the_years_after() -> None:
    found = made(plan(years=4, funding=(source("Grant", Payer.COC_LEAD, "10", "20"),)))
    assert [money(one.funding) for one in found.years] == [10, 20, 20, 20]


def test_a_grant_that_has_ended_holds_no_administration() -> None:
    found = made(plan(funding=(source("Grant", Payer.COC_LEAD, "10000", "0", administration=F(500)),)))
    assert [money(one.administration) for one in found.years] == [500, 0]
    assert [one.year for one in found.administration] == [2027]
    assert [one.year for one in found.match] == [2027]


@pytest.mark.parametrize(
    ("indirect", "expected"),
    [
        (None, "0.00"),
        (IndirectRate(rate=F("0.22")), "28050.00"),
        (IndirectRate(awarded=date(2024, 9, 30)), "12750.00"),
        (IndirectRate(awarded=date(2024, 10, 1)), "19125.00"),
    ],
)
def test_the_indirect_rate_is_negotiated_or_that_of_the_day_of_the_award(
    indirect: IndirectRate | None, expected: str
) -> None:
    first = made(evolve(WHOLE, indirect=indirect)).years[0]
    assert money(first.indirect) == Decimal(expected)


def test_a_line_may_say_itself_whether_it_carries_indirect_costs() -> None:
    office = evolve(WHOLE.costs[3], in_indirect_base=True)
    hosting = evolve(WHOLE.costs[1], in_indirect_base=False)
    changed = evolve(WHOLE, costs=(WHOLE.costs[0], hosting, WHOLE.costs[2], office, WHOLE.costs[4]))
    assert money(made(changed).years[0].base) == Decimal("126500.01")


# --- what may be paid --------------------------------------------------------------------------------------


def test_a_cost_of_the_lead_on_another_grant_is_flagged_with_its_rule() -> None:
    funding = (source("Project grant", Payer.COC_CONTRIBUTOR),)
    costs = (Cost(name="Hosting", category="hosting", amount=F(1), paid_by=("Project grant",)),)
    found = made(plan(funding=funding, costs=costs))
    (flag,) = (one for one in found.flags if one.id == "not-eligible")
    assert (flag.origin, [one.source for one in flag.citations]) == (FigureOrigin.REGULATION, ["cfr-24-578.57-a-2-i"])
    assert "keeps it to the HMIS Lead" in flag.text


@pytest.mark.parametrize(
    ("category", "payer", "answer"),
    [
        ("participation_fees", Payer.COC_LEAD, Eligible.NOT_ELIGIBLE),
        ("participation_fees", Payer.COC_CONTRIBUTOR, Eligible.ELIGIBLE),
        ("hosting", Payer.ESG_LEAD, Eligible.ELIGIBLE),
        ("new_software", Payer.COC_LEAD, Eligible.CHECK_WITH_HUD),
        ("hosting", Payer.STATE_LOCAL, None),
    ],
)
def test_each_answer_of_the_table(category: str, payer: Payer, answer: Eligible | None) -> None:
    costs = (Cost(name="It", category=category, amount=F(1), paid_by=("Money",)),)
    (line,) = made(plan(funding=(source("Money", payer),), costs=costs)).lines
    assert line.answer == answer


def test_what_is_unclear_is_said_to_be() -> None:
    costs = (Cost(name="New system", category="new_software", amount=F(1), paid_by=("HMIS grant",)),)
    (flag,) = (one for one in made(plan(costs=costs)).flags if one.id == "check-with-hud")
    assert "check with HUD" in flag.text
    assert flag.origin is FigureOrigin.CONVENTION


def test_answers_on_text_we_have_not_seen_are_named_once() -> None:
    (flag,) = (one for one in made(WHOLE).flags if one.id == "text-not-seen")
    assert flag.about == "Post 1"
    assert "Read them before you rely on the answer." in flag.text


def test_what_comes_after_the_last_year_is_told_not_lost() -> None:
    late = Cost(name="Move", category="customization", amount=F(9000), only_in=(2028, 2031), paid_by=("City",))
    found = made(evolve(WHOLE, costs=(*WHOLE.costs[:2], late)))
    (flag,) = (one for one in found.flags if one.id == "after-the-years")
    assert flag.text == "Move comes in 2031, after the last year shown: it is in no total."
    assert "after-the-years" not in flags(made(evolve(WHOLE, costs=(late,), years=5)))


def test_a_post_without_work_was_not_looked_at() -> None:
    idle = PaidPost(name="Post 3", fte=F(1), salary=F(1), paid_by=("City",))
    (flag,) = (one for one in made(evolve(WHOLE, posts=(WHOLE.posts[0], idle))).flags if one.id == "not-tagged")
    assert flag.about == "Post 3"


def test_lines_that_nobody_pays_are_named() -> None:
    (flag,) = (one for one in made(WHOLE).flags if one.id == "not-tagged")
    assert flag.about == "Post 2"


# --- administration ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("administration", "base", "over"),
    [
        ("9090.90", CapBase.BEFORE_ADMINISTRATION, False),  # a tenth of 90,909.10
        ("9090.92", CapBase.BEFORE_ADMINISTRATION, True),
        ("10000", CapBase.GRANT, False),
        ("10000.01", CapBase.GRANT, True),
    ],
)
def test_the_cap_on_administration(administration: str, base: CapBase, over: bool) -> None:
    found = made(plan(funding=(source(administration=F(administration)),), administration_base=base))
    assert ("administration-over-cap" in flags(found)) is over


def test_the_rule_behind_the_cap_is_cited_unless_the_user_set_it() -> None:
    of = plan(funding=(source(administration=F(20000)),))
    (theirs,) = (one for one in made(of).flags if one.id == "administration-over-cap")
    assert (theirs.origin, [one.source for one in theirs.citations]) == (FigureOrigin.REGULATION, ["cfr-24-578.59"])
    assert theirs.text.startswith("HMIS grant, 2027 to 2028: $20,000.00 of administration, the cap allows $8,000.00")
    (ours,) = (one for one in made(of, administration_cap="0.07").flags if one.id == "administration-over-cap")
    assert ours.origin is FigureOrigin.GIVEN


def test_the_cap_is_calculated_for_coc_grants_only() -> None:
    found = made(plan(funding=(source("ESG", Payer.ESG_LEAD, administration=F(90000)),)))
    assert found.administration == ()
    assert "cap-not-calculated" in flags(found)


# --- match -------------------------------------------------------------------------------------------------


def match(payer: Payer = Payer.STATE_LOCAL, *amounts: str, **more: Any) -> MatchSource:
    basics: dict[str, Any] = {"name": "Match", "grant": "HMIS grant", "kind": MatchKind.CASH, "spent_on": ("hosting",)}
    return MatchSource(payer=payer, amounts=tuple(map(F, amounts or ("25000",))), **{**basics, **more})


def test_a_published_case() -> None:
    """A community's match of $61,443 was for a grant of $245,772."""
    (first, _) = made(plan(funding=(source("HMIS grant", Payer.COC_LEAD, "245772"),))).match
    assert money(first.needed) == Decimal("61443.00")


def test_leasing_needs_no_match() -> None:
    found = made(plan(funding=(source(leasing=F(20000)),), match=(match(Payer.PRIVATE, "19999.99"),)))
    first = found.match[0]
    assert (money(first.needed), money(first.missing)) == (Decimal("20000.00"), Decimal("0.01"))
    assert "match-missing" in flags(found)


def test_match_that_is_enough_raises_no_flag() -> None:
    found = made(plan(match=(match(Payer.PRIVATE, "30000", "25000"),)))
    assert [money(one.missing) for one in found.match] == [0, 0]
    assert "match-missing" not in flags(found)


@pytest.mark.parametrize(
    ("entry", "answer"),
    [
        (match(Payer.STATE_LOCAL), Eligible.ELIGIBLE),
        (match(Payer.PRIVATE), Eligible.ELIGIBLE),
        (match(Payer.COC_CONTRIBUTOR), Eligible.NOT_ELIGIBLE),
        (match(Payer.OTHER_FEDERAL), Eligible.CHECK_WITH_HUD),
        (match(Payer.FEES), Eligible.CHECK_WITH_HUD),
        (match(Payer.PRIVATE, kind=MatchKind.IN_KIND), Eligible.CHECK_WITH_HUD),
        (match(Payer.PRIVATE, kind=MatchKind.IN_KIND, agreement=True), Eligible.ELIGIBLE),
        (match(Payer.PRIVATE, spent_on=("hosting", "new_software")), Eligible.CHECK_WITH_HUD),
        (match(Payer.PRIVATE, spent_on=("participation_fees",)), Eligible.NOT_ELIGIBLE),
        (match(Payer.FEES, spent_on=("participation_fees",)), Eligible.NOT_ELIGIBLE),
    ],
)
def test_what_counts_as_match(entry: MatchSource, answer: Eligible) -> None:
    found = made(plan(match=(entry,)))
    (verdict,) = found.match_verdicts
    assert verdict.answer is answer
    assert verdict.reasons
    first = found.match[0]
    assert money(first.counted) == (25000 if answer is Eligible.ELIGIBLE else 0)
    assert money(first.unclear) == (25000 if answer is Eligible.CHECK_WITH_HUD else 0)


def test_state_money_spent_on_what_the_grant_may_not_pay_is_no_match() -> None:
    """As a community was told: the costs were not eligible under the rule, so the money did not count."""
    funding = (source("HMIS grant", Payer.COC_CONTRIBUTOR),)
    found = made(plan(funding=funding, match=(match(Payer.STATE_LOCAL, spent_on=("hosting",)),)))
    (flag,) = (one for one in found.flags if one.id == "not-match")
    assert "HMIS Lead only" in flag.text
    assert "cfr-24-578.73" in [one.source for one in flag.citations]


# --- what lasts --------------------------------------------------------------------------------------------


def test_one_source_software_and_reserve_at_their_limits() -> None:
    """Costs of 1,000 a year: 350 of software and 100 of reserve are right, 75 of 100 from one source too."""
    costs = (
        Cost(name="S", category="hosting", amount=F(350)),
        Cost(name="O", category="utilities", amount=F(650)),
    )
    funding = (source("A", Payer.PRIVATE, "750"), source("B", Payer.STATE_LOCAL, "250"))
    right = plan(years=1, costs=costs, funding=funding, reserve=F(100))
    assert flags(made(right)) == ["not-tagged"]
    less = evolve(right, reserve=F(99))
    software = evolve(right, costs=(evolve(costs[0], amount=F(351)), evolve(costs[1], amount=F(649))))
    one = evolve(right, funding=(source("A", Payer.PRIVATE, "751"), source("B", Payer.STATE_LOCAL, "249")))
    gap = evolve(right, funding=(funding[0], source("B", Payer.STATE_LOCAL, "249.99")))
    assert "reserve-low" in flags(made(less))
    assert "software-share" in flags(made(software))
    assert "one-source" in flags(made(one))
    assert "gap" in flags(made(gap))


def test_both_indirect_costs_and_administration() -> None:
    assert "indirect-and-administration" in flags(made(WHOLE))


# --- fees --------------------------------------------------------------------------------------------------


def test_fees_by_license_and_by_tier() -> None:
    """A budget at a limit is in the tier above it."""
    sizes = ("249999.99", "250000", "999999", "1000000", "4999999", "5000000")
    agencies = tuple(Agency(name=f"Agency {n}", budget=F(size), licenses=n) for n, size in enumerate(sizes))
    found = made(evolve(WHOLE, agencies=agencies)).fees
    assert [money(one.by_tier) for one in found] == [500, 2000, 2000, 3000, 3000, 5000]
    assert [money(one.by_license) for one in found[:3]] == [0, Decimal("427.08"), Decimal("854.16")]
    assert {one.by_tier.origin for one in found} == {FigureOrigin.EXAMPLE}


# --- what does not go together -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"costs": (Cost(name="A", category="hosting"),)}, "costs/0: a cost has either an amount or quantities"),
        ({"costs": (Cost(name="A", category="hosting", quantities=(3,)),)}, "quantities need a unit_price"),
        ({"costs": (Cost(name="A", category="hostin", amount=F(1)),)}, "no category of cost 'hostin'"),
        (
            {"costs": (Cost(name="A", category="hosting", amount=F(1), only_in=(2026,)),)},
            "2026 is before the first year",
        ),
        ({"posts": (PaidPost(name="P", fte=F(1), salary=F(1), paid_by=("X",)),)}, "there is no funding 'X'"),
        ({"funding": (source(), source())}, "'HMIS grant' is there twice"),
        ({"funding": (source(administration=F(99999), leasing=F(2)),)}, "more than the 100000.00 of a year"),
        ({"funding": (source("G", Payer.COC_LEAD, "0", "500", "9", leasing=F(10)),)}, "more than the 9.00 of a year"),
        (
            {
                "posts": (PaidPost(name="A", fte=F(1), salary=F(1)),),
                "costs": (Cost(name="A", category="hosting", amount=F(1)),),
            },
            "costs/0/name: 'A' is there twice",
        ),
        ({"match": (match(grant="X"),)}, "there is no funding 'X'"),
        ({"indirect": IndirectRate()}, "either a negotiated rate or the day of the award"),
        ({"indirect": IndirectRate(rate=F("0.1"), awarded=date(2025, 1, 1))}, "either a negotiated rate"),
    ],
)
def test_parts_that_do_not_go_together(change: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        made(plan(**change))


def test_match_of_another_grant_than_one_of_the_coc_program() -> None:
    funding = (source("ESG", Payer.ESG_LEAD),)
    with pytest.raises(ValueError, match="match is calculated for CoC grants only"):
        made(plan(funding=funding, match=(match(grant="ESG"),)))


# --- what holds for every budget ---------------------------------------------------------------------------

CENTS = st.integers(0, 10**8).map(lambda cents: F(cents, 100))
PLANS = st.builds(
    lambda salaries, amounts, funds, quantity, years: plan(
        years=years,
        posts=tuple(PaidPost(name=f"Post {n}", fte=F(1), salary=one) for n, one in enumerate(salaries)),
        costs=(
            Cost(name="Licenses", category="software_licenses", quantities=(quantity,)),
            *(Cost(name=f"C {n}", category="hosting", amount=one) for n, one in enumerate(amounts)),
            *(Cost(name=f"O {n}", category="equipment", amount=one) for n, one in enumerate(amounts)),
        ),
        funding=tuple(source(f"F {n}", Payer.COC_LEAD, str(one)) for n, one in enumerate(funds)),
        indirect=IndirectRate(awarded=date(2026, 1, 1)),
    ),
    st.lists(CENTS, max_size=3),
    st.lists(CENTS, max_size=3),
    st.lists(CENTS, min_size=1, max_size=3),
    st.integers(0, 500),
    st.integers(1, 4),
)


@settings(max_examples=40)
@for_all(PLANS)
def test_lines_sum_to_totals_to_the_cent(of: BudgetPlan) -> None:
    found = made(of)
    for year in found.years:
        assert sum(map(money, year.lines)) == money(year.direct)
        assert money(year.personnel) + money(year.software) + money(year.other) == money(year.direct)
        assert money(year.direct) + money(year.indirect) + money(year.administration) == money(year.total)
        assert money(year.total) - money(year.funding) == money(year.gap)
        assert (year.gap.value or 0) * 100 % 1 == 0
    assert sum(money(year.gap) for year in found.years) == money(found.gap)


@settings(max_examples=40)
@for_all(PLANS, CENTS)
def test_a_higher_cost_never_lowers_the_total_and_more_money_never_widens_the_gap(of: BudgetPlan, more: F) -> None:
    before = made(of)
    dearer = made(evolve(of, costs=(*of.costs, Cost(name="More", category="backup", amount=more))))
    richer = made(evolve(of, funding=(*of.funding, source("More", Payer.PRIVATE, str(more)))))
    for old, new, rich in zip(before.years, dearer.years, richer.years, strict=True):
        assert money(new.total) >= money(old.total)
        assert money(rich.gap) == money(old.gap) - Decimal(str(more.numerator)) / Decimal(str(more.denominator))


@settings(max_examples=40)
@for_all(CENTS.filter(bool), st.integers(0, 100), st.integers(0, 100))
def test_a_higher_cap_never_lowers_what_is_allowed(amount: F, low: int, more: int) -> None:
    of = plan(funding=(source("G", Payer.COC_LEAD, str(amount), administration=amount / 20),))
    caps = [F(low, 200), F(low + more, 200)]
    lower, higher = (made(of, administration_cap=str(one)).administration[0].most for one in caps)
    assert money(lower) <= money(higher)


@settings(max_examples=40)
@for_all(CENTS.filter(bool), CENTS)
def test_the_stricter_base_never_allows_more(amount: F, administration: F) -> None:
    of = plan(funding=(source("G", Payer.COC_LEAD, str(amount), administration=min(administration, amount)),))
    loose = made(evolve(of, administration_base=CapBase.GRANT)).administration
    strict = made(of).administration
    for one, other in zip(strict, loose, strict=True):
        assert money(one.most) <= money(other.most)


# --- telling -----------------------------------------------------------------------------------------------


def test_every_number_says_where_it_comes_from() -> None:
    found = made(evolve(WHOLE, match=(match(),), agencies=(Agency(name="A", budget=F(1), licenses=1),)))
    assert_traceable(found)
    assert FigureOrigin.REGULATION in {one.origin for figure in figures_in(found) for one in figure.sources()}


def test_what_moves_the_gap_most() -> None:
    """Ten percent of the grant is 10,000 a year either way: 40,000 over two years."""
    found = sensitivity(made(WHOLE).gap, within=SHIPPED)
    grant = next(one for one in found if one.source.name == "from_hmis_grant_2027")
    assert money(grant.effect) == Decimal("40000.00")
    assert {"fringe", "pay_raise", "license_price", "de_minimis"} <= {one.source.name for one in found}


def test_a_budget_of_two_thousand_lines() -> None:
    costs = tuple(Cost(name=f"Line {n}", category="backup", amount=F(1)) for n in range(2000))
    assert money(made(plan(years=1, costs=costs)).total) == 2000


def test_names_that_look_alike_stay_apart() -> None:
    costs = tuple(Cost(name=name, category="backup", amount=F(7)) for name in ("A b", "A-b", "é", "ü"))
    assert money(made(plan(costs=costs)).years[0].other) + money(made(plan(costs=costs)).years[0].software) == 28


def test_what_people_read() -> None:
    found = made(WHOLE)
    assert found.text().splitlines()[0] == "2027: costs $155,625.01, funding $130,000.00, gap $25,625.01"
    assert "A proposal to be looked through" in found.text()
    assert "match_share * max(0, from_hmis_grant_2027 - leasing)" in found.explain()
    assert "set by a rule: " in found.explain()
    assert "<td>2028</td>" in found._repr_html_()
    assert found.rows()[0]["gap"] == "25625.01"
    assert found.line_rows()[0] == {"year": 2027, "line": "Post 1", "amount": "78000.00"}
    assert found.to_dict()["years"][0]["total"]["value"] == "15562501/100"
    assert found.to_dict()["gap"]["inputs"][0]["inputs"]
    assert repr(found) == "Budget(subject='XX-500', total=$327,631.02, gap=$62,631.02)"
    assert repr(found.years[0]) == "YearBudget(year=2027, total=$155,625.01, funding=$130,000.00, gap=$25,625.01)"
