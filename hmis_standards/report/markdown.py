"""The report as Markdown: the same view, the same numbers, no Jinja2 needed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from hmis_standards.assess import Plan
from hmis_standards.report.check_view import FindingRow
from hmis_standards.report.cuts import Cut
from hmis_standards.report.data_view import DataView
from hmis_standards.report.gap_view import ActionRow, GapRow, plan_view
from hmis_standards.report.gate_view import GateView
from hmis_standards.report.item_view import ItemView
from hmis_standards.report.markdown_cuts import CUT_PARTS, headline, tallies
from hmis_standards.report.markdown_text import columns, grid, text
from hmis_standards.report.matrix import Cell, MatrixRow
from hmis_standards.report.parts import ReportParts
from hmis_standards.report.source_view import SourceRow
from hmis_standards.report.standing import PartRow
from hmis_standards.report.view import ReportView, build_view

__all__ = ["PARTS", "markdown_report", "plan_markdown"]


def markdown_report(parts: ReportParts, cut: str | Cut = "all") -> str:
    """The report as text in Markdown, for the reader that ``cut`` names. The same parts give the same bytes.

    Raises:
        ValueError: there is no such cut.
    """
    return "\n".join(_lines(build_view(parts, cut))).rstrip() + "\n"


def plan_markdown(plan: Plan) -> str:
    """A plan by itself as text in Markdown: how it was made, what it costs, and its actions by quarter, with roles."""
    return "\n".join(_plan_by_itself(plan)).rstrip() + "\n"


def _lines(view: ReportView) -> Iterator[str]:
    kind = f"{view.kind} · {view.cut.title}" if view.cut.title else view.kind
    yield from (f"# {text(view.title)}", "", text(kind), "")
    if view.cut.text:
        yield from (text(view.cut.text), "")
    for fact in view.facts:
        yield f"- {text(fact.label)}: {text(fact.value)}"
    yield ""
    for part in view.parts:
        yield from (f"## {text(part.heading)}", "")
        yield from PARTS[part.name](view)


def _words(view: ReportView) -> Iterator[str]:
    for sentence in view.words or ("Nothing was given to report on.",):
        yield from (text(sentence), "")


def _method(view: ReportView) -> Iterator[str]:
    for note in view.method:
        yield from (f"**{text(note.title)}.** {text(note.text)}", "")


def _verdict(view: ReportView) -> Iterator[str]:
    s = view.standing
    if s is None:
        return
    yield from (f"**{text(s.verdict)}.** {text(s.verdict_text)}", "")
    for gate in s.gates:
        yield from _gate(gate)


def _score(view: ReportView) -> Iterator[str]:
    yield from headline(view)
    for document in view.standing.documents if view.standing else ():
        yield from (f"### {text(document.whole.title)}", "", text(document.subtitle), "")
        rows = [_part("All sections", document.whole), *(_part(row.title, row) for row in document.sections)]
        yield from grid(("Section", "Score", "Range", "Assessed", "Items met"), rows)


def _part(title: str, row: PartRow) -> tuple[str, ...]:
    return (title, row.value, row.range, row.coverage, row.met)


def _gate(gate: GateView) -> Iterator[str]:
    yield from (f"### {text(gate.title)}", "", f"**{text(gate.mark)}.** {text(gate.sentence)}", "")
    yield from (f"What the gate asks: {text(gate.text)}", "")
    if gate.deciding:
        rows = [(f"{one.title} ({one.item})", one.mark, one.authority, one.reason) for one in gate.deciding]
        yield from grid((gate.noun.capitalize(), "Status", "Rests on", "Remark"), rows)


def _gaps(view: ReportView) -> Iterator[str]:
    if not view.gaps:
        yield from ("No answered item is unmet or only partly met.", "")
        return
    yield "Each title says what should be true. Effort runs from 1 (little) to 5 (much); “adds” is what closing the gap"
    yield "brings to the low end of the score. Items without a confirmed answer are unknown and not in this list."
    yield ""
    told = ("Rests on", "Why it matters", "What to do first", "Who", "Effort", "Adds", "Blocked by")
    yield from grid(("", "Gap", "Status", *told), (_gap(row) for row in view.gaps))


def _gap(row: GapRow) -> tuple[object, ...]:
    status = f"{row.mark}. {row.reason}" if row.reason else str(row.mark)
    effort = ", ".join(f"{name} {points}/5" for name, points in row.effort)
    blocked = ", ".join(item for _, item in row.blocked_by) or "Nothing open"
    title = f"{row.title} ({row.item}){'; decides a gate' if row.gated else ''}"
    return (row.place, title, status, row.authority, row.why, row.remedy, row.who, effort, row.gain, blocked)


def _plan(view: ReportView) -> Iterator[str]:
    if view.plan is None:
        return
    yield from (text(view.plan.text), "")
    for quarter in view.plan.quarters:
        yield from (f"### {text(quarter.title)}", "")
        yield from grid(("Action", "Who", "Start", "Due", "After", "Adds"), map(_action, quarter.actions))


def _plan_by_itself(plan: Plan) -> Iterator[str]:
    view = plan_view(plan)
    yield from ("# Improvement plan", "", text(view.text), "")
    cost, chosen = str(plan.cost), f"{plan.method}{', proved cheapest' if plan.proved else ''}"
    yield from grid(
        ("Goal", "Method", "Effort in all", "Begun in a quarter"), [(plan.goal, chosen, cost, plan.capacity)]
    )
    if plan.conventions:
        yield from (text(plan.conventions), "")
    for quarter in view.quarters:
        yield from (f"## {text(quarter.title)}", "")
        rows = ((*_action(row), row.remedy) for row in quarter.actions)
        yield from grid(("Action", "Who", "Start", "Due", "After", "Adds", "First step"), rows)


def _action(row: ActionRow) -> tuple[str, ...]:
    return (f"{row.title} ({row.item})", row.who, row.start, row.due, row.after, row.gain)


def _data(view: ReportView) -> Iterator[str]:
    d = view.data
    if d is None:
        return
    yield from tallies(view, "### By dimension")
    if d.groups:
        yield from _matrix(d)
    yield from _beds_and_days(d)
    if d.not_measured:
        yield from ("### What this version does not measure", "")
        yield from (f"- {text(title)} ({text(dimension.lower())})" for title, dimension in d.not_measured)
        yield ""
    for table in d.hud:
        yield from (f"### {text(table.name)}: {text(table.title)}", "")
        yield from grid(table.header, table.rows)


def _matrix(d: DataView) -> Iterator[str]:
    yield from ("### By benchmark and project type", "", text(d.absent), "")
    header = ("Dimension", "Benchmark", "Asked", *(short for short, _ in d.columns))
    rows = ((group.title, row.title, row.asked, *_spread(row)) for group in d.groups for row in group.rows)
    yield from grid(header, rows)


def _spread(row: MatrixRow) -> Iterator[str]:
    """A cell that spans several columns is told once; the others point to it."""
    for cell in row.cells:
        yield from (_cell(cell), *["(see left)"] * (cell.span - 1))


def _cell(cell: Cell) -> str:
    joint = f"{cell.joint}:" if cell.joint else ""
    words = [joint, cell.value, str(cell.mark or ""), f"({cell.counts})" if cell.counts else ""]
    return " ".join(word for word in words if word)


def _beds_and_days(d: DataView) -> Iterator[str]:
    if d.coverage:
        yield from ("### Bed coverage", "", text(d.coverage_note), "")
        rows = (
            (one.title, one.beds, f"{one.value} {one.mark or ''}", f"{one.comparable} {one.comparable_mark or ''}")
            for one in d.coverage
        )
        yield from grid(("Project type", "Beds", "Coverage", "With comparable databases"), rows)
    if d.lags or d.lag_note:
        yield from ("### Timeliness of record entry", "", text(d.lag_note), "")
    if d.lags:
        yield from grid(("Entered", "Starts", "Exits"), ((one.label, one.starts, one.exits) for one in d.lags))


def _checks(view: ReportView) -> Iterator[str]:
    c = view.checks
    if c is None:
        return
    yield from (text(c.intro), "")
    header = ("Dimension", *c.severities, "Nothing to look at", "Could not be made", "Withheld")
    rows = ((one.name, *one.cells, one.nothing, one.unmade, one.withheld) for one in c.tallies)
    yield from columns(header, rows, any(one.withheld for one in c.tallies))
    for group in c.groups:
        yield from (f"### {text(group.title)}", "")
        yield from grid(("Check", "Found", "Share", "What is flagged", "What to do"), map(_finding, group.rows))
    if c.unmade:
        yield from ("### Could not be made", "")
        yield from (f"- {text(title)}: {text(reason)}" for title, reason in c.unmade)
        yield ""


def _finding(row: FindingRow) -> tuple[str, ...]:
    return (f"{row.title} ({row.id})", row.found, row.share, row.rule, row.agency)


def _proposals(view: ReportView) -> Iterator[str]:
    yield from ("A proposed answer does not count until a person confirms or replaces it.", "")
    cells = (
        (f"{row.title} ({row.item})", f"{row.mark or 'None'}: {row.remark}", "; ".join(row.evidence))
        for row in view.proposals
    )
    yield from grid(("Item", "Proposed answer", "What was measured"), cells)


def _items(view: ReportView) -> Iterator[str]:
    header = ("Item", "Status", "Answer", "Remark", "Note", "Evidence", "Binds")
    more = ("Points", "Sources") if view.cut.workings else ()
    for document in view.documents:
        yield from (f"### {text(document.title)}", "")
        for section in document.sections:
            yield from (f"#### {text(section.title)}", "", text(section.summary), "")
            yield from grid((*header, *more), (_item(item, bool(more)) for item in section.items))


def _item(item: ItemView, workings: bool) -> tuple[object, ...]:
    title = f"{item.title} ({', '.join(one for one in (item.id, item.number) if one)})"
    told = (title, item.mark, item.answer, item.reason, item.note, "; ".join(item.evidence), item.binding)
    return (*told, item.points, item.sources) if workings else told


def _sources(view: ReportView) -> Iterator[str]:
    for group in view.sources:
        yield from (f"### {text(group.title)}", "", text(group.text), "")
        yield from (_source(row) for row in group.rows)
        yield ""


def _source(row: SourceRow) -> str:
    link = f": <{row.url}>" if row.url and not re.search(r"[\s<>]", row.url) else ""
    told = f"{row.citation}. {row.title} ({row.publisher}). {row.standing}. {row.read}"
    return f"- {text(told)}{link}"


PARTS: dict[str, Callable[[ReportView], Iterator[str]]] = {
    "words": _words,
    "verdict": _verdict,
    "score": _score,
    "gaps": _gaps,
    "plan": _plan,
    "data": _data,
    "checks": _checks,
    "proposals": _proposals,
    "items": _items,
    "sources": _sources,
    "method": _method,
    **CUT_PARTS,
}
"""Every part of a report as lines of Markdown under its heading."""
