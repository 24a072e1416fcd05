"""The page of a workbook on change over time, in the words of the report."""

from __future__ import annotations

from collections.abc import Iterator

from hmis_standards.exchange.tables import Line
from hmis_standards.report.trend_view import MeasuredTrend, Trend, Trends, TrendStep

__all__ = ["trend_lines"]


def trend_lines(found: Trends) -> Iterator[Line]:
    """The score on each day, what moved it from one day to the next, and measured rates by period."""
    yield Line(label="Change over time", kind="title")
    for trend in found.assessed:
        yield from _trend(trend)
    if found.measured:
        yield from _rates(found.measured)


def _trend(trend: Trend) -> Iterator[Line]:
    yield Line(label=trend.title, kind="heading")
    for one in trend.points:
        told = f"score {one.value}, range {one.range}, {one.coverage} assessed; {one.rating}; {one.verdict}"
        yield Line(label=one.day, value=told)
    for step in reversed(trend.steps):
        yield from _step(step)


def _step(step: TrendStep) -> Iterator[Line]:
    yield Line(label=step.title, kind="heading")
    yield from (Line(value=text) for text in (step.sentence, *step.gates, *step.notes) if text)
    yield from (Line(label=one.label, value=f"{one.change} points of 100, {one.items}") for one in step.causes)
    yield from (Line(label=one.item, value=f"{one.change} points of 100: {one.title}. {one.why}") for one in step.moves)
    if step.more:
        yield Line(value=step.more)


def _rates(measured: MeasuredTrend) -> Iterator[Line]:
    yield Line(label="Measured rates", kind="heading")
    for row in measured.rows:
        pairs = zip(measured.columns, row.cells, strict=True)
        yield Line(
            label=row.title, value="; ".join(f"{day}: {value} {mark or ''}".rstrip() for day, (value, mark) in pairs)
        )
