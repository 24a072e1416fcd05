"""What each post and each cost takes in each year of a budget."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from attrs import frozen

from hmis_standards.model import Eligibility, ParameterSet
from hmis_standards.toolkit.budget_plan import BudgetPlan, Cost, PaidPost, held_on
from hmis_standards.toolkit.figures import MONEY, Figure, computed, given, taken
from hmis_standards.vocabulary import CostGroup

__all__ = ["YearLines", "cost_lines", "named"]

_GROWTH = {CostGroup.SOFTWARE: "software_increase", CostGroup.OTHER: "other_increase"}


@frozen(kw_only=True)
class YearLines:
    """The costs of a year: of posts, of software, of what else; and those that carry indirect costs."""

    posts: tuple[Figure, ...]
    software: tuple[Figure, ...]
    other: tuple[Figure, ...]
    base: tuple[Figure, ...]


def cost_lines(plan: BudgetPlan, parameters: ParameterSet, eligibility: Eligibility, years: int) -> list[YearLines]:
    """The lines of each year. Each year's growth builds on that of the year before."""
    growth = {name: _growth(plan, parameters, name, years) for name in ("pay_raise", *_GROWTH.values())}
    posts = named("post", (one.name for one in plan.posts))
    costs = named("cost", (one.name for one in plan.costs))
    found = []
    for place in range(years):
        now = {name: each[place] for name, each in growth.items()}
        paid = tuple(
            _post(name, one, parameters, now["pay_raise"], plan.first_year + place)
            for name, one in zip(posts, plan.posts, strict=True)
        )
        lines = [
            (one, _cost(name, one, plan, place, parameters, eligibility, now))
            for name, one in zip(costs, plan.costs, strict=True)
            if not one.only_in or plan.first_year + place in one.only_in
        ]
        found.append(_sorted(paid, lines, eligibility))
    return found


def named(kind: str, titles: Iterable[str]) -> list[str]:
    """A name for formulas for each title: ``post_2`` or ``cost_user_licenses``, each of them once."""
    found: list[str] = []
    for place, title in enumerate(titles, 1):
        name = "_".join(re.findall("[a-z0-9]+", f"{kind} {title}".lower().replace(f"{kind} {kind}", kind)))
        found.append(f"{name}_no_{place}" if name in found or name == kind else name)
    return found


def _growth(plan: BudgetPlan, parameters: ParameterSet, name: str, years: int) -> list[Figure | None]:
    """By how much a price has grown since the first year, for each year; nothing for the first."""
    rate = taken(parameters.find(name))
    found: list[Figure | None] = [None]
    for year in range(plan.first_year + 1, plan.first_year + years):
        before = found[-1]
        formula = f"{before.name} * (1 + {name})" if before else f"1 + {name}"
        title = f"{rate.title}, all until {year}"
        found.append(computed(f"{name}_{year}", title, formula, "times", (before, rate) if before else (rate,)))
    return found


def _post(name: str, post: PaidPost, parameters: ParameterSet, growth: Figure | None, year: int) -> Figure:
    size = given(f"{name}_fte", f"{post.name}, size of the post", post.fte, "FTE")
    salary = given(f"{name}_salary", f"{post.name}, salary of a full-time year", post.salary, MONEY)
    fringe = taken(parameters.find("fringe"))
    if post.fringe is not None:
        fringe = given(f"{name}_fringe", f"{post.name}, fringe", post.fringe, "share of the salary")
    inputs = (size, salary, fringe, *([growth] if growth else ()))
    formula = " * ".join(f"(1 + {one.name})" if one is fringe else one.name for one in inputs)
    return computed(f"{name}_{year}", f"{post.name}, {year}", formula, MONEY, inputs)


def _cost(
    name: str,
    line: Cost,
    plan: BudgetPlan,
    place: int,
    parameters: ParameterSet,
    eligibility: Eligibility,
    growth: Mapping[str, Figure | None],
) -> Figure:
    year = plan.first_year + place
    inputs = list(_price(name, line, plan.first_year, place, parameters))
    since = growth[_GROWTH[eligibility.category(line.category).group]]
    if since is not None and not line.only_in:
        inputs.append(since)
    formula = " * ".join(one.name for one in inputs)
    return computed(f"{name}_{year}", f"{line.name}, {year}", formula, MONEY, inputs)


def _price(name: str, line: Cost, first: int, place: int, parameters: ParameterSet) -> Iterator[Figure]:
    """The amount; or the quantity of the year and the price of one."""
    if line.amount is not None:
        yield given(f"{name}_amount", f"{line.name}, amount", line.amount, MONEY)
        return
    since, quantity = held_on(line.quantities, place)
    yield given(f"{name}_quantity_{first + since}", f"{line.name}, quantity since {first + since}", quantity, "pieces")
    if line.unit_price is None:
        yield taken(parameters.find("license_price"))
    else:
        yield given(f"{name}_price", f"{line.name}, price of one", line.unit_price, MONEY)


def _sorted(posts: tuple[Figure, ...], lines: list[tuple[Cost, Figure]], eligibility: Eligibility) -> YearLines:
    groups = {id(line): eligibility.category(line.category) for line, _ in lines}
    carries = [
        figure
        for line, figure in lines
        if (groups[id(line)].in_indirect_base if line.in_indirect_base is None else line.in_indirect_base)
    ]
    return YearLines(
        posts=posts,
        software=tuple(figure for line, figure in lines if groups[id(line)].group is CostGroup.SOFTWARE),
        other=tuple(figure for line, figure in lines if groups[id(line)].group is CostGroup.OTHER),
        base=(*posts, *carries),
    )
