"""What a board is asked to decide: each wish follows from a number of the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from attrs import frozen

from hmis_standards.assess import Gap, Score
from hmis_standards.report.data_view import system_wide
from hmis_standards.report.parts import ReportParts
from hmis_standards.report.reading import waiting
from hmis_standards.report.words import cap, count, day_text, joined
from hmis_standards.tabular import percent_text
from hmis_standards.vocabulary import Judged, Role, Severity

__all__ = ["Decision", "decisions"]

_NAMED = 3
"""Items named in one decision."""


@frozen(kw_only=True)
class Decision:
    """A decision wanted: what to decide, and why."""

    title: str
    text: str


def decisions(parts: ReportParts, total: Score | None, found: tuple[Gap, ...]) -> tuple[Decision, ...]:
    """The decisions that follow from gates, gaps, plan, open answers and data, in that order."""
    return tuple(Decision(title=title, text=text) for title, text in _wanted(parts, total, found))


def _wanted(parts: ReportParts, total: Score | None, found: tuple[Gap, ...]) -> Iterator[tuple[str, str]]:
    gated = [gap for gap in found if gap.gated]
    own = [gap for gap in found if gap.item.roles[0] is Role.COC and not gap.gated]
    if gated:
        number = f"{count(len(gated), 'item')} {'holds' if len(gated) == 1 else 'hold'} up a gate."
        yield "Say who closes what holds up a gate, and by when", f"{number} First: {_named(gated)}."
    if own:
        number = f"{count(len(own), 'other gap')} {'is' if len(own) == 1 else 'are'} the CoC’s own to close."
        yield "Settle what only the CoC can settle", f"{number} First: {_named(own, roles=False)}."
    if parts.plan is not None and parts.plan.actions:
        yield "Adopt the plan, or send it back", _plan(parts)
    if total is not None and (unknown := waiting(total)):
        yield "Ask for the answers that are missing", _missing(unknown)
    yield from _of_data(parts)


def _named(gaps: list[Gap], roles: bool = True) -> str:
    return joined(f"“{gap.item.title}”{f' ({cap(gap.item.roles[0].label)})' if roles else ''}" for gap in gaps[:_NAMED])


def _plan(parts: ReportParts) -> str:
    plan = parts.plan
    if plan is None:
        return ""
    told = f"{count(len(plan.actions), 'action')} from {day_text(plan.start)} to {day_text(plan.end)}"
    if plan.begins is None or plan.reaches is None:
        return f"{told}."
    low, high = percent_text(plan.begins, 1), percent_text(plan.reaches, 1)
    return f"{told} would raise the low end of the score from {low} to {high}."


def _missing(unknown: int) -> str:
    verb = "has" if unknown == 1 else "have"
    return f"{count(unknown, 'item')} {verb} no confirmed answer, so the score is a range. Set a day for them."


def _of_data(parts: ReportParts) -> Iterator[tuple[str, str]]:
    missed = Counter(one.benchmark.dimension for one in system_wide(parts.judgements) if one.judged is Judged.BELOW)
    if missed:
        worst = max(missed, key=lambda one: missed[one])
        text = f"{missed[worst]} of the {sum(missed.values())} results that miss their benchmark are on {worst.label}."
        yield f"Ask what will be done about {worst.label}", text
    if parts.judgements is not None and parts.judgements.benchmarks.notice:
        yield "Adopt these benchmarks, or set your own", parts.judgements.benchmarks.notice
    grave = [one for one in parts.findings or () if one.check.severity is Severity.HIGH_PRIORITY and one.count]
    if grave:
        titles = joined(f"“{one.check.title}” ({one.count:,})" for one in grave[:_NAMED])
        yield "Have the gravest errors in the records corrected", f"{cap(titles)}."
