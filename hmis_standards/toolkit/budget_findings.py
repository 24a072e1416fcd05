"""What is to be looked at in a budget: rules that are broken or unclear, and limits that are ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, groupby
from typing import Any, TypeVar

from hmis_standards.model import ParameterSet
from hmis_standards.tabular import percent_text
from hmis_standards.toolkit.budget_faults import COC
from hmis_standards.toolkit.budget_plan import BudgetPlan
from hmis_standards.toolkit.figures import Figure, taken
from hmis_standards.toolkit.flags import Flag, Flags
from hmis_standards.toolkit.grant_rules import Administration, LineEligibility, Match, MatchVerdict
from hmis_standards.toolkit.projection import YearBudget
from hmis_standards.vocabulary import Eligible, FigureOrigin

__all__ = ["budget_flags"]

Yearly = TypeVar("Yearly", Administration, Match)
_OURS, _RULE = FigureOrigin.CONVENTION, FigureOrigin.REGULATION


def budget_flags(
    plan: BudgetPlan,
    parameters: ParameterSet,
    years: Sequence[YearBudget],
    lines: Sequence[LineEligibility],
    caps: Sequence[Administration],
    verdicts: Sequence[MatchVerdict],
    needs: Sequence[Match],
) -> Flags:
    """Rules first, then what is unclear, then what lasts."""
    return Flags(
        chain(
            _not_payable(lines),
            _over_cap(caps),
            _match_missing(needs),
            _no_match(verdicts),
            _unclear(lines, verdicts),
            _unseen(lines),
            _untold(plan, lines),
            _beyond(plan, years),
            _gaps(years),
            _lasting(plan, parameters, years),
        )
    )


# --- rules -------------------------------------------------------------------------------------------------


def _not_payable(lines: Sequence[LineEligibility]) -> Iterator[Flag]:
    for one in lines:
        if one.answer in {Eligible.NOT_ELIGIBLE, Eligible.LEAD_ONLY}:
            why = "the rule keeps it to the HMIS Lead." if one.answer is Eligible.LEAD_ONLY else one.condition
            unseen = "" if one.text_seen else " We have not seen the text of the paragraph."
            text = f"{one.line} ({one.category}) is charged to {one.source}, but {why}{unseen}"
            yield Flag(id="not-eligible", text=text, about=one.line, origin=_RULE, citations=one.citations)


def _over_cap(caps: Sequence[Administration]) -> Iterator[Flag]:
    over = [one for one in caps if _more(one.planned, one.most)]
    for one, years in _runs(over, lambda one: (one.source, one.planned.value, one.most.value)):
        text = f"{one.source}, {years}: {one.planned.text} of administration, the cap allows {one.most.text}."
        rule = _by(one.most, one.planned, one.most)
        yield Flag(id="administration-over-cap", text=text, about=one.source, **rule)


def _match_missing(needs: Sequence[Match]) -> Iterator[Flag]:
    short = [one for one in needs if one.missing.value]
    for one, years in _runs(short, lambda one: (one.grant, one.missing.value, one.unclear.value, one.needed.value)):
        text = f"{one.grant}, {years}: {one.missing.text} of the match of {one.needed.text} is missing"
        text += f"; {one.unclear.text} more is to be cleared." if one.unclear.value else "."
        yield Flag(id="match-missing", text=text, about=one.grant, **_by(one.needed, one.missing, one.unclear))


def _runs(found: Sequence[Yearly], key: Callable[[Yearly], Any]) -> Iterator[tuple[Yearly, str]]:
    """The first of each run of years that are alike, with its years in words."""
    for _, group in groupby(found, key):
        alike = list(group)
        first, last = alike[0].year, alike[-1].year
        yield alike[0], str(first) if first == last else f"{first} to {last}"


def _no_match(verdicts: Sequence[MatchVerdict]) -> Iterator[Flag]:
    for one in verdicts:
        if one.answer is Eligible.NOT_ELIGIBLE:
            text = f"{one.name} does not count as match of {one.grant}. {' '.join(one.reasons)}"
            yield Flag(id="not-match", text=text, about=one.name, origin=_RULE, citations=one.citations)


# --- what is unclear ---------------------------------------------------------------------------------------


def _unclear(lines: Sequence[LineEligibility], verdicts: Sequence[MatchVerdict]) -> Iterator[Flag]:
    for one in lines:
        if one.answer is Eligible.CHECK_WITH_HUD:
            text = f"{one.line} ({one.category}) is charged to {one.source}: check with HUD. {one.condition}".strip()
            yield Flag(id="check-with-hud", text=text, about=one.line, origin=_OURS, citations=one.citations)
    for verdict in verdicts:
        if verdict.answer is Eligible.CHECK_WITH_HUD:
            text = f"{verdict.name} may not count as match of {verdict.grant}. {' '.join(verdict.reasons)}"
            yield Flag(id="match-unclear", text=text, about=verdict.name, origin=_OURS, citations=verdict.citations)


def _unseen(lines: Sequence[LineEligibility]) -> Iterator[Flag]:
    """One flag for all answers that rest on paragraphs we have not seen."""
    resting = [one for one in lines if not one.text_seen and one.answer is not Eligible.CHECK_WITH_HUD]
    if resting:
        names = ", ".join(dict.fromkeys(one.line for one in resting))
        text = f"Paragraphs whose text we have not seen decide on {names}. Read them before you rely on the answer."
        cited = dict.fromkeys(citation for one in resting for citation in one.citations)
        yield Flag(id="text-not-seen", text=text, about=names, origin=_OURS, citations=tuple(cited))


def _untold(plan: BudgetPlan, lines: Sequence[LineEligibility]) -> Iterator[Flag]:
    """What the plan leaves open, or says twice."""
    judged = {one.line for one in lines}
    open_ = [one.name for one in plan.lines() if one.name not in judged]
    if open_:
        text = f"Whether {', '.join(open_)} may be paid was not looked at: the plan does not say by whom, or for what."
        yield Flag(id="not-tagged", text=text, about=", ".join(open_), origin=_OURS)
    elsewhere = [one.name for one in plan.funding if one.administration and one.payer not in COC]
    if elsewhere:
        text = f"The cap on administration is calculated for CoC grants only, not for {', '.join(elsewhere)}."
        yield Flag(id="cap-not-calculated", text=text, about=", ".join(elsewhere), origin=_OURS)
    if plan.indirect is not None and any(one.administration for one in plan.funding):
        text = "There are indirect costs and project administration: see that no cost is charged as both."
        yield Flag(id="indirect-and-administration", text=text, origin=_OURS)


def _beyond(plan: BudgetPlan, years: Sequence[YearBudget]) -> Iterator[Flag]:
    """Costs that come once, after the last year."""
    for one in plan.costs:
        late = [str(year) for year in one.only_in if year > years[-1].year]
        if late:
            text = f"{one.name} comes in {', '.join(late)}, after the last year shown: it is in no total."
            yield Flag(id="after-the-years", text=text, about=one.name, origin=_OURS)


# --- what lasts --------------------------------------------------------------------------------------------


def _gaps(years: Sequence[YearBudget]) -> Iterator[Flag]:
    for one in years:
        if (one.gap.value or 0) > 0:
            text = f"{one.year}: costs of {one.total.text} are {one.gap.text} more than the funding."
            yield Flag(id="gap", text=text, about=str(one.year), origin=_OURS, figures=(one.gap,))


def _lasting(plan: BudgetPlan, parameters: ParameterSet, years: Sequence[YearBudget]) -> Iterator[Flag]:
    """The largest source, the reserve and software, each in the first year in which it passes its limit."""
    limits = {name: taken(parameters.find(name)) for name in ("concentration_limit", "reserve_least", "software_most")}
    rules = (
        ("one-source", "concentration", limits["concentration_limit"], "{} of the funding is from one source"),
        ("software-share", "software_share", limits["software_most"], "software takes {} of all costs"),
        ("reserve-low", "reserve_share", limits["reserve_least"], "the reserve is {} of the yearly cost"),
    )
    for name, key, limit, told in rules:
        less = name == "reserve-low"
        for one in years:
            share: Figure = getattr(one, key)
            if _more(limit, share) if less else _more(share, limit):
                text = (
                    f"{one.year}: {told.format(_percent(share))}, {'less' if less else 'more'} than {_percent(limit)}."
                )
                yield Flag(id=name, text=text, about=str(one.year), origin=limit.origin, figures=(share, limit))
                break


def _more(one: Figure, other: Figure) -> bool:
    return one.value is not None and other.value is not None and one.value > other.value


def _percent(share: Figure) -> str:
    return percent_text(share.value)


def _by(ruled: Figure, *figures: Figure) -> dict[str, Any]:
    """Whose rule it is: that of the parameter which the ruled figure begins with, cited, or the user's own."""
    rule = ruled.inputs[0]
    return {"origin": rule.origin, "citations": rule.citations, "figures": figures}
