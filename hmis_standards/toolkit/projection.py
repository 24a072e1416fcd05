"""A budget year by year: sums, indirect costs, funding, the gap, what one of each costs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attrs import field, frozen

from hmis_standards.model import Eligibility, ParameterSet
from hmis_standards.tabular import Plain
from hmis_standards.toolkit.budget_plan import LICENSES, BudgetPlan, held_on
from hmis_standards.toolkit.cost_lines import YearLines, cost_lines, named
from hmis_standards.toolkit.figures import MONEY, Figure, brief, computed, given, number_text, taken, total
from hmis_standards.vocabulary import Payer

__all__ = ["YearBudget", "flat", "projected", "source_figures"]

_AMOUNTS = (
    "personnel",
    "software",
    "other",
    "indirect",
    "administration",
    "total",
    "funding",
    "gap",
    "per_user",
    "per_project",
    "per_organization",
    "fee_per_license",
)
_SHARES = ("concentration", "reserve_share", "software_share")


@frozen(kw_only=True)
class YearBudget(Plain):
    """One year. ``lines`` are the costs that were given; ``base`` is the part of them that carries indirect costs.

    ``gap`` is the total less the funding, below 0 where money is left. ``fee_per_license`` is what each license would
    have to bring where no other money pays. Unit costs and shares have no value where there is nothing to divide by.
    """

    year: int
    lines: tuple[Figure, ...] = field(repr=False)
    personnel: Figure = field(repr=False)
    software: Figure = field(repr=False)
    other: Figure = field(repr=False)
    direct: Figure = field(repr=False)
    base: Figure = field(repr=False)
    indirect: Figure = field(repr=False)
    administration: Figure = field(repr=False)
    total: Figure = field(repr=brief)
    sources: tuple[Figure, ...] = field(repr=False)
    funding: Figure = field(repr=brief)
    gap: Figure = field(repr=brief)
    per_user: Figure = field(repr=False)
    per_project: Figure = field(repr=False)
    per_organization: Figure = field(repr=False)
    fee_per_license: Figure = field(repr=False)
    concentration: Figure = field(repr=False)
    reserve_share: Figure = field(repr=False)
    software_share: Figure = field(repr=False)

    def row(self) -> dict[str, Any]:
        """Flat, for a table: money to the cent, shares to four decimals."""
        money = {name: number_text(getattr(self, name)) for name in _AMOUNTS}
        return {"year": self.year, **money, **{name: number_text(getattr(self, name), 4) for name in _SHARES}}

    def to_dict(self) -> dict[str, Any]:
        """Each figure with its formula or reason, without what lies below it."""
        figures = {name: getattr(self, name) for name in ("direct", "base", *_AMOUNTS, *_SHARES)}
        lists = {name: [flat(one) for one in getattr(self, name)] for name in ("lines", "sources")}
        return {"year": self.year, **{name: flat(one) for name, one in figures.items()}, **lists}


def flat(figure: Figure) -> dict[str, Any]:
    """A figure as plain values with its formula or reason, without what lies below it."""
    return {**figure.row(), "value": None if figure.value is None else str(figure.value)}


def projected(plan: BudgetPlan, parameters: ParameterSet, eligibility: Eligibility) -> tuple[YearBudget, ...]:
    """The years of the plan."""
    years = plan.years or int(parameters.find("horizon").value)
    rate = _indirect_rate(plan, parameters)
    lines = cost_lines(plan, parameters, eligibility, years)
    return tuple(_year(plan, place, one, rate) for place, one in enumerate(lines))


def source_figures(plan: BudgetPlan, place: int) -> tuple[Figure, ...]:
    """The money of each source in the year at a place, under the year it was given for."""
    found = []
    for name, one in zip(named("from", (one.name for one in plan.funding)), plan.funding, strict=True):
        since, amount = held_on(one.amounts, place)
        year = plan.first_year + since
        found.append(given(f"{name}_{year}", f"{one.name}, since {year}", amount, MONEY))
    return tuple(found)


def _indirect_rate(plan: BudgetPlan, parameters: ParameterSet) -> Figure | None:
    if plan.indirect is None:
        return None
    if plan.indirect.rate is None:
        return taken(parameters.find("de_minimis", on=plan.indirect.awarded))
    return given("indirect_rate", "Negotiated rate of indirect costs", plan.indirect.rate, "share of the base")


def _year(plan: BudgetPlan, place: int, lines: YearLines, rate: Figure | None) -> YearBudget:
    year = plan.first_year + place
    sums = _Sums(year)
    personnel = sums.of("personnel", "Personnel", lines.posts)
    software = sums.of("software", "Software", lines.software)
    other = sums.of("other", "Other costs", lines.other)
    direct = sums.of("direct", "Direct costs", (personnel, software, other))
    base = sums.of("base", "Costs that carry indirect costs", lines.base)
    indirect = sums.calculated("indirect", "Indirect costs", *_indirect(rate, base))
    administration = sums.of("administration", "Project administration", _administration(plan, place))
    whole = sums.of("total", "All costs", (direct, indirect, administration))
    sources = source_figures(plan, place)
    funding = sums.of("funding", "Funding", sources)
    organizations = given("organizations", "Organizations", plan.serves.organizations, "organizations")
    return YearBudget(
        year=year,
        lines=(*lines.posts, *lines.software, *lines.other),
        personnel=personnel,
        software=software,
        other=other,
        direct=direct,
        base=base,
        indirect=indirect,
        administration=administration,
        total=whole,
        sources=sources,
        funding=funding,
        gap=sums.calculated("gap", "Costs less funding", f"{whole.name} - {funding.name}", (whole, funding)),
        per_user=sums.each("per_user", whole, given("users", "Active users", plan.serves.users, "users")),
        per_project=sums.each("per_project", whole, given("projects", "Projects", plan.serves.projects, "projects")),
        per_organization=sums.each("per_organization", whole, organizations),
        fee_per_license=_fee(plan, place, sums, whole, sources),
        concentration=_concentration(sums, sources, funding),
        reserve_share=sums.share("reserve_share", given("reserve", "Reserve", plan.reserve, MONEY), whole),
        software_share=sums.share("software_share", software, whole),
    )


class _Sums:
    """Figures of one year, with the year in their names."""

    def __init__(self, year: int) -> None:
        self.year = year

    def of(self, name: str, title: str, parts: Sequence[Figure]) -> Figure:
        return total(f"{name}_{self.year}", f"{title}, {self.year}", MONEY, parts)

    def calculated(
        self, name: str, title: str, formula: str, inputs: Sequence[Figure | None], unit: str = MONEY
    ) -> Figure:
        there = (one for one in inputs if one is not None)
        return computed(f"{name}_{self.year}", f"{title}, {self.year}", formula, unit, there)

    def each(self, name: str, whole: Figure, number: Figure) -> Figure:
        title = f"Cost for each of the {number.title.lower()}"
        return self.calculated(name, title, f"{whole.name} / {number.name}", (whole, number))

    def share(self, name: str, part: Figure, whole: Figure) -> Figure:
        title = f"{part.title.partition(',')[0]}, share of all costs"
        return self.calculated(name, title, f"{part.name} / {whole.name}", (part, whole), "share of all costs")


def _indirect(rate: Figure | None, base: Figure) -> tuple[str, tuple[Figure, ...]]:
    return ("0", ()) if rate is None else (f"{rate.name} * {base.name}", (rate, base))


def _administration(plan: BudgetPlan, place: int) -> list[Figure]:
    """What the sources hold for project administration, in each year in which they hold anything."""
    names = named("administration", (one.name for one in plan.funding))
    return [
        given(name, f"Administration in {one.name}", one.administration, MONEY)
        for name, one in zip(names, plan.funding, strict=True)
        if held_on(one.amounts, place)[1]
    ]


def _fee(plan: BudgetPlan, place: int, sums: _Sums, whole: Figure, sources: Sequence[Figure]) -> Figure:
    """Costs that no money but fees pays, by license."""
    others = [figure for one, figure in zip(plan.funding, sources, strict=True) if one.payer is not Payer.FEES]
    covered = sums.of("covered", "Funding without fees", others)
    licenses = sums.calculated("licenses", "Licenses", *_licenses(plan, place), "licenses")
    formula = f"max(0, {whole.name} - {covered.name}) / {licenses.name}"
    return sums.calculated("fee_per_license", "Fee for each license", formula, (whole, covered, licenses))


def _licenses(plan: BudgetPlan, place: int) -> tuple[str, list[Figure]]:
    """The formula and the quantities of all licenses of the year."""
    found = []
    for name, one in zip(named("cost", (one.name for one in plan.costs)), plan.costs, strict=True):
        if one.category == LICENSES and one.quantities:
            since, quantity = held_on(one.quantities, place)
            year = plan.first_year + since
            title = f"{one.name}, quantity since {year}"
            found.append(given(f"{name}_quantity_{year}", title, quantity, "pieces"))
    return " + ".join(one.name for one in found) or "0", found


def _concentration(sums: _Sums, sources: Sequence[Figure], funding: Figure) -> Figure:
    names = ", ".join(one.name for one in sources)
    largest = f"max({names})" if len(sources) > 1 else names or "0"
    formula = f"{largest} / {funding.name}"
    return sums.calculated("concentration", "Largest source", formula, (*sources, funding), "share of the funding")
