"""What does not go together in a budget plan, each fault with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from hmis_standards.model import Eligibility
from hmis_standards.tabular import decimal_text
from hmis_standards.toolkit.budget_plan import BudgetPlan, FundingSource
from hmis_standards.vocabulary import Payer

__all__ = ["COC", "budget_faults"]

Fault = tuple[tuple[str | int, ...], str, str]
COC = frozenset({Payer.COC_CONTRIBUTOR, Payer.COC_LEAD})


def budget_faults(plan: BudgetPlan, eligibility: Eligibility) -> Iterator[Fault]:
    """Place, what is wrong, what to do: names, categories, amounts that cannot be."""
    return chain(_names(plan), _costs(plan), _categories(plan, eligibility), _funding(plan), _match(plan), _rate(plan))


def _names(plan: BudgetPlan) -> Iterator[Fault]:
    """Each name once, among posts and costs together, and whoever pays is there."""
    for keys in (("posts", "costs"), ("funding",), ("match",), ("agencies",)):
        seen: set[str] = set()
        for key in keys:
            for place, one in enumerate(getattr(plan, key)):
                if one.name in seen:
                    yield (key, place, "name"), f"{one.name!r} is there twice", "each needs a name of its own"
                seen.add(one.name)
    known = [one.name for one in plan.funding]
    for number, line in enumerate(plan.lines()):
        key, place = ("posts", number) if number < len(plan.posts) else ("costs", number - len(plan.posts))
        for nth, name in enumerate(line.paid_by):
            if name not in known:
                yield (key, place, "paid_by", nth), f"there is no funding {name!r}", _one_of(known)


def _costs(plan: BudgetPlan) -> Iterator[Fault]:
    for place, one in enumerate(plan.costs):
        if one.fault():
            yield ("costs", place), one.fault(), ""
        for nth, year in enumerate(one.only_in):
            if year < plan.first_year:
                yield ("costs", place, "only_in", nth), f"{year} is before the first year", ""


def _categories(plan: BudgetPlan, eligibility: Eligibility) -> Iterator[Fault]:
    known = [one.id for one in eligibility.categories]
    named = [(("posts", n, "work", m), name) for n, one in enumerate(plan.posts) for m, name in enumerate(one.work)]
    for n, one in enumerate(plan.match):
        named += [(("match", n, "spent_on", m), name) for m, name in enumerate(one.spent_on)]
    for at, name in [*((("costs", n, "category"), one.category) for n, one in enumerate(plan.costs)), *named]:
        if name not in known:
            yield at, f"there is no category of cost {name!r}", "`toolkit eligibility` lists them"


def _funding(plan: BudgetPlan) -> Iterator[Fault]:
    for place, one in enumerate(plan.funding):
        if not one.amounts:
            yield ("funding", place, "amounts"), "there is no amount", "give one for the first year at least"
            continue
        least = min((amount for amount in one.amounts if amount), default=None)
        if least is not None and one.leasing + one.administration > least:
            told = f"leasing and administration are more than the {decimal_text(least, 2)} of a year"
            yield ("funding", place), told, ""


def _match(plan: BudgetPlan) -> Iterator[Fault]:
    grants = {one.name: one for one in plan.funding}
    coc = [one.name for one in plan.funding if one.payer in COC]
    for place, one in enumerate(plan.match):
        grant: FundingSource | None = grants.get(one.grant)
        if grant is None:
            yield ("match", place, "grant"), f"there is no funding {one.grant!r}", _one_of(coc)
        elif grant.payer not in COC:
            yield ("match", place, "grant"), "match is calculated for CoC grants only", _one_of(coc)
        if not one.amounts:
            yield ("match", place, "amounts"), "there is no amount", "give one for the first year at least"


def _rate(plan: BudgetPlan) -> Iterator[Fault]:
    if plan.indirect is not None and (plan.indirect.rate is None) == (plan.indirect.awarded is None):
        yield ("indirect",), "give either a negotiated rate or the day of the award", ""


def _one_of(names: Iterable[str]) -> str:
    listed = ", ".join(names)
    return f"there is {listed}" if listed else "there is none yet"
