"""Rules on the money of a budget: what each payer may pay for, the cap on administration, the match."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from attrs import field, frozen

from hmis_standards.model import Citation, Eligibility, ParameterSet
from hmis_standards.tabular import Plain
from hmis_standards.toolkit.budget_faults import COC
from hmis_standards.toolkit.budget_plan import BudgetPlan, FundingSource, MatchSource, held_on
from hmis_standards.toolkit.cost_lines import named
from hmis_standards.toolkit.figures import MONEY, Figure, brief, computed, given, number_text, taken, total
from hmis_standards.toolkit.projection import source_figures
from hmis_standards.vocabulary import CapBase, Eligible, MatchKind, Payer

__all__ = [
    "Administration",
    "LineEligibility",
    "Match",
    "MatchVerdict",
    "administration",
    "line_eligibility",
    "matches",
]


@frozen(kw_only=True)
class LineEligibility(Plain):
    """Whether a payer may pay a line, category by category. ``answer`` is None where the table is not about the money:
    then the funder's own rules hold. ``text_seen``: whether we have seen the text of the paragraph."""

    line: str
    category: str
    source: str
    payer: Payer
    answer: Eligible | None
    condition: str = ""
    text_seen: bool = True
    citations: tuple[Citation, ...] = field(default=(), repr=False)

    def row(self) -> dict[str, Any]:
        """Flat, for a table."""
        return {
            "line": self.line,
            "category": self.category,
            "paid_by": self.source,
            "payer": self.payer.value,
            "answer": self.answer.value if self.answer else "funder's own rules",
            "condition": self.condition,
            "text_seen": self.text_seen,
            "sources": "; ".join(one.source for one in self.citations),
        }


def line_eligibility(plan: BudgetPlan, eligibility: Eligibility) -> Iterator[LineEligibility]:
    """Each line and category beside each source that pays it."""
    payers = {one.name: one.payer for one in plan.funding}
    lines = [(one.name, one.work, one.paid_by) for one in plan.posts]
    lines += [(one.name, (one.category,), one.paid_by) for one in plan.costs]
    for name, categories, paid_by in lines:
        for source in paid_by:
            for category in categories:
                yield _judged(name, category, source, payers[source], eligibility)


def _judged(line: str, category: str, source: str, payer: Payer, eligibility: Eligibility) -> LineEligibility:
    found = eligibility.category(category).for_payer(payer)
    if found is None:
        return LineEligibility(line=line, category=category, source=source, payer=payer, answer=None)
    return LineEligibility(
        line=line,
        category=category,
        source=source,
        payer=payer,
        answer=found.answer,
        condition=found.condition,
        text_seen=not found.verify,
        citations=found.citations,
    )


# --- administration ----------------------------------------------------------------------------------------


@frozen(kw_only=True)
class Administration(Plain):
    """Project administration planned in a CoC grant, and the most the cap allows in a year."""

    source: str
    year: int
    planned: Figure = field(repr=brief)
    most: Figure = field(repr=brief)

    def row(self) -> dict[str, Any]:
        """Flat, for a table."""
        return {
            "grant": self.source,
            "year": self.year,
            "planned": number_text(self.planned),
            "most": number_text(self.most),
        }


def administration(plan: BudgetPlan, parameters: ParameterSet, years: int) -> Iterator[Administration]:
    """For each CoC grant with administration, each year in which it holds money."""
    cap = taken(parameters.find("administration_cap"))
    for grant, place, amount in _grants(plan, years):
        if grant.administration:
            planned = given("planned", f"Administration in {grant.name}", grant.administration, MONEY)
            whole = plan.administration_base is CapBase.GRANT
            base = amount.name if whole else f"({amount.name} - {planned.name})"
            title = f"Most administration in {grant.name}"
            most = computed("most", title, f"{cap.name} * {base}", MONEY, (cap, amount, planned))
            yield Administration(source=grant.name, year=plan.first_year + place, planned=planned, most=most)


def _grants(plan: BudgetPlan, years: int) -> Iterator[tuple[FundingSource, int, Figure]]:
    """The CoC grants in each year in which they hold money."""
    for nth, grant in enumerate(plan.funding):
        for place in range(years):
            amount = source_figures(plan, place)[nth]
            if grant.payer in COC and amount.value:
                yield grant, place, amount


# --- match -------------------------------------------------------------------------------------------------


@frozen(kw_only=True)
class MatchVerdict(Plain):
    """Whether something counts as match of its grant, and why. ``check_with_hud`` counts for nothing until it is
    cleared."""

    name: str
    grant: str
    answer: Eligible
    reasons: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = field(default=(), repr=False)

    def row(self) -> dict[str, Any]:
        """Flat, for a table."""
        cited = "; ".join(one.source for one in self.citations)
        told = {"match": self.name, "grant": self.grant, "answer": self.answer.value}
        return {**told, "reasons": " ".join(self.reasons), "sources": cited}


@frozen(kw_only=True)
class Match(Plain):
    """The match of a grant in a year: what is needed, what counts, what is to be cleared, what is missing."""

    grant: str
    year: int
    needed: Figure = field(repr=brief)
    counted: Figure = field(repr=brief)
    unclear: Figure = field(repr=brief)
    missing: Figure = field(repr=brief)

    def row(self) -> dict[str, Any]:
        """Flat, for a table."""
        figures = {name: number_text(getattr(self, name)) for name in ("needed", "counted", "unclear", "missing")}
        return {"grant": self.grant, "year": self.year, **figures}


def match_verdicts(plan: BudgetPlan, eligibility: Eligibility) -> tuple[MatchVerdict, ...]:
    """What is to match, each judged: by the kind of money, by what it is spent on, by the agreement in kind."""
    payers = {one.name: one.payer for one in plan.funding}
    return tuple(_verdict(one, payers[one.grant], eligibility) for one in plan.match)


_MATCH = (Citation(source="cfr-24-578.73"),)
_IN_KIND = "Services given in kind rest on a written agreement, which is not there yet (from memory)."


def _verdict(one: MatchSource, grant: Payer, eligibility: Eligibility) -> MatchVerdict:
    money = eligibility.payer(one.payer)
    judged = [(money.as_match, money.match_condition, money.citations)]
    for category in one.spent_on:
        found = eligibility.category(category).for_payer(grant)
        assert found is not None  # the table has an answer for each CoC grant
        if found.answer is not Eligible.ELIGIBLE:
            told = f"Spent on {category}, which the grant itself may not pay: {found.answer.label}."
            worse = Eligible.CHECK_WITH_HUD if found.answer is Eligible.CHECK_WITH_HUD else Eligible.NOT_ELIGIBLE
            judged.append((worse, told, (*_MATCH, *found.citations)))
    if one.kind is MatchKind.IN_KIND and not one.agreement:
        judged.append((Eligible.CHECK_WITH_HUD, _IN_KIND, _MATCH))
    worst = max((answer for answer, _, _ in judged), key=_BADNESS.index)
    deciding = [entry for entry in judged if entry[0] is worst] if worst is not Eligible.ELIGIBLE else judged[:1]
    cited = dict.fromkeys(citation for _, _, citations in deciding for citation in citations)
    reasons = tuple(told for _, told, _ in deciding)
    return MatchVerdict(name=one.name, grant=one.grant, answer=worst, reasons=reasons, citations=tuple(cited))


_BADNESS = (Eligible.ELIGIBLE, Eligible.CHECK_WITH_HUD, Eligible.NOT_ELIGIBLE)


def matches(
    plan: BudgetPlan, parameters: ParameterSet, verdicts: Sequence[MatchVerdict], years: int
) -> Iterator[Match]:
    """The match of each CoC grant in each year in which it holds money."""
    share = taken(parameters.find("match_share"))
    for grant, place, amount in _grants(plan, years):
        leasing = given("leasing", f"Leasing in {grant.name}", grant.leasing, MONEY)
        formula = f"{share.name} * max(0, {amount.name} - leasing)"
        needed = computed("needed", f"Match of {grant.name}", formula, MONEY, (share, amount, leasing))
        counted, unclear = (
            total(name, title, MONEY, _money(plan, place, grant, verdicts, answer))
            for name, title, answer in (
                ("counted", "What counts", Eligible.ELIGIBLE),
                ("unclear", "What is to be cleared", Eligible.CHECK_WITH_HUD),
            )
        )
        missing = computed("missing", "Match that is missing", "max(0, needed - counted)", MONEY, (needed, counted))
        year = plan.first_year + place
        yield Match(grant=grant.name, year=year, needed=needed, counted=counted, unclear=unclear, missing=missing)


def _money(
    plan: BudgetPlan, place: int, grant: FundingSource, verdicts: Sequence[MatchVerdict], answer: Eligible
) -> Iterator[Figure]:
    """What matches a grant in a year, of the verdict asked for."""
    names = named("match", (one.name for one in plan.match))
    for name, one, verdict in zip(names, plan.match, verdicts, strict=True):
        if one.grant == grant.name and verdict.answer is answer:
            since, amount = held_on(one.amounts, place)
            year = plan.first_year + since
            yield given(f"{name}_{year}", f"{one.name}, since {year}", amount, MONEY)
