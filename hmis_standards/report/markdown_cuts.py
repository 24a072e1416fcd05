"""The parts of a report that only some readers get, and those they share, as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from hmis_standards.report.markdown_text import columns, grid, text
from hmis_standards.report.trend_view import MeasuredTrend, Trend, TrendStep
from hmis_standards.report.view import ReportView

__all__ = ["CUT_PARTS", "headline", "tallies"]


def headline(view: ReportView) -> Iterator[str]:
    """Score, range, what was assessed and the rating; items by status."""
    s = view.standing
    if s is None:
        return
    rating = f"{s.rating} (provisional)" if s.provisional else s.rating
    yield from grid(("Score", "Range", "Assessed", "Rating"), [(s.value, s.range, s.coverage, rating)])
    yield from (text(f"{s.rating_text} {s.coverage_text}"), "")
    if s.provisional:
        yield from (f"**{text(s.provisional)}**", "")
    yield from grid(("Status", "Items"), s.counts)


def tallies(view: ReportView, heading: str = "") -> Iterator[str]:
    """What was measured and whose numbers judge it, and how the results of each dimension stand."""
    d = view.data
    if d is None:
        return
    yield from (text(d.intro), "")
    if d.outside:
        yield from (f"**{text(d.outside)}**", "")
    if d.notice:
        yield from (f"**Whose numbers.** {text(d.notice)}", "")
    if d.withheld:
        yield from (f"**Small counts.** {text(d.withheld)}", "")
    for problem in d.problems:
        yield f"- {text(problem)}"
    if d.dimensions:
        yield from ("", *([heading, ""] if heading else []))
        header = ("Dimension", "● Met", "◐ Near", "○ Missed", "– None to judge", "Benchmarks not measured", "Withheld")
        rows = ((one.name, *one.tallies, one.not_measured, one.withheld) for one in d.dimensions)
        yield from columns(header, rows, bool(d.withheld))


def _decisions(view: ReportView) -> Iterator[str]:
    yield from (f"{place}. **{text(one.title)}.** {text(one.text)}" for place, one in enumerate(view.decisions, 1))
    yield ""


def _overview(view: ReportView) -> Iterator[str]:
    if view.standing:
        yield from (f"**Verdict: {text(view.standing.verdict)}.** {text(view.standing.verdict_text)}", "")
    yield from headline(view)
    rows = [one.whole for one in view.standing.documents] if view.standing else []
    if len(rows) > 1:
        cells = ((row.title, row.value, row.range, row.coverage, row.met) for row in rows)
        yield from grid(("Checklist", "Score", "Range", "Assessed", "Items met"), cells)


def _limits(view: ReportView) -> Iterator[str]:
    yield from (f"- {text(line)}" for line in view.limits)
    yield ""


# --- change over time --------------------------------------------------------------------------------------


def _trends(view: ReportView) -> Iterator[str]:
    yield from _over_time(view, last_only=False)


def _trend(view: ReportView) -> Iterator[str]:
    yield from _over_time(view, last_only=True)


def _over_time(view: ReportView, last_only: bool) -> Iterator[str]:
    if view.trends is None:
        return
    for trend in view.trends.assessed:
        yield from (f"### {text(trend.title)}", "")
        yield from _points(trend)
        for step in trend.steps[-1:] if last_only else reversed(trend.steps):
            yield from _step(step, moves=not last_only)
    if view.trends.measured:
        yield from _rates(view.trends.measured)


def _points(trend: Trend) -> Iterator[str]:
    rows = ((one.day, one.value, one.range, one.coverage, one.rating, one.verdict) for one in trend.points)
    yield from grid(("Day", "Score", "Range", "Assessed", "Rating", "Verdict"), rows)


def _step(step: TrendStep, moves: bool) -> Iterator[str]:
    yield from (f"**{text(step.title)}.** {text(step.sentence)} {' '.join(map(text, step.gates))}".rstrip(), "")
    if step.causes:
        rows = ((one.label, one.change, one.items) for one in step.causes)
        yield from grid(("Cause", "Points of 100", "Through"), rows)
    if step.moves and moves:
        cells = ((f"{one.title} ({one.item})", one.change, one.why) for one in step.moves)
        yield from grid(("Item", "Points of 100", "Why"), cells)
        yield from (text(step.more), "")
    yield from (line for note in step.notes for line in (text(note), ""))


def _rates(measured: MeasuredTrend) -> Iterator[str]:
    yield from ("### Measured rates", "")
    rows = ((row.title, *(f"{value} {mark or ''}" for value, mark in row.cells)) for row in measured.rows)
    yield from grid(("Benchmark", *measured.columns), rows)


# --- an agency, the vendor, an auditor -----------------------------------------------------------------------


def _project(view: ReportView) -> Iterator[str]:
    if view.project is None:
        return
    if view.project.note:
        yield from (text(view.project.note), "")
    for one in view.project.projects:
        yield from (f"### {text(one.title)}", "", text(one.text), "")
        rows = ((row.title, row.mark, row.value, row.counts, row.asked) for row in one.rows)
        yield from grid(("Benchmark", "Stands", "Result", "Counts", "Asked"), rows)


def _project_checks(view: ReportView) -> Iterator[str]:
    rows = view.project.mend if view.project else ()
    if not rows:
        yield from ("The checks flagged nothing here, or none were made.", "")
        return
    cells = ((f"{row.title} ({row.id})", row.severity, row.found, row.rule, row.agency) for row in rows)
    yield from grid(("Check", "Severity", "Found", "What is flagged", "What to do"), cells)


def _vendor_checks(view: ReportView) -> Iterator[str]:
    cells = ((f"{row.title} ({row.id})", row.severity, row.rule, row.vendor) for row in view.vendor_checks)
    yield from grid(("Check", "Severity", "What is flagged", "What the software can do"), cells)


def _logic(view: ReportView) -> Iterator[str]:
    for gate in view.logic:
        yield from (f"### {text(gate.title)}", "", f"**{text(gate.mark)}.** {text(gate.rule)}", "")
        yield from (f"Origin: {text(gate.origin)}", "")
        yield from grid(gate.header, gate.rows)


def _exact(view: ReportView) -> Iterator[str]:
    header = ("Part", "Earned", "Assessed", "Applicable", "Score", "Low", "High")
    rows = ((one.label, one.earned, one.assessed, one.applicable, one.value, one.low, one.high) for one in view.points)
    yield from grid(header, rows)


def _record(view: ReportView) -> Iterator[str]:
    yield from grid(("What", "Value"), ((one.label, one.value) for one in view.record))


CUT_PARTS: dict[str, Callable[[ReportView], Iterator[str]]] = {
    "decisions": _decisions,
    "overview": _overview,
    "trend": _trend,
    "trends": _trends,
    "tallies": tallies,
    "limits": _limits,
    "project": _project,
    "project_checks": _project_checks,
    "vendor_checks": _vendor_checks,
    "logic": _logic,
    "points": _exact,
    "record": _record,
}
"""Lines under the heading of each of these parts."""
