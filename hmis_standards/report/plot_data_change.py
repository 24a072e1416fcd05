"""What a change of a score, and a score over time, look like: the data of their plots."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any

from attrs import field, frozen

from hmis_standards.assess import Assessment, Comparison, compare, score
from hmis_standards.report.plot_data import PlotData, decimal_of, points_text
from hmis_standards.report.words import count, day_text, tenth
from hmis_standards.tabular import Plain

__all__ = ["ChangeStep", "ChangeSteps", "ScoreTrend", "TrendPoint", "change_steps", "score_trend"]


@frozen(kw_only=True)
class ChangeStep(Plain):
    """A step from the score before to the score after: ``start`` and ``end`` on the scale of the score.

    The first and the last are the scores themselves, whose ``start`` is their ``end``, and have no ``change``.
    """

    label: str
    start: Fraction
    end: Fraction
    change: Fraction | None
    items: int
    text: str


@frozen(kw_only=True)
class ChangeSteps(PlotData):
    """The change of a score, cause by cause; empty where one of the two scores has no value."""

    steps: tuple[ChangeStep, ...] = field(repr=lambda steps: f"<{len(steps)} steps>")

    def rows(self) -> list[dict[str, Any]]:
        """One row a step; shares from 0 to 1."""
        return [
            {
                "label": one.label,
                "start": float(one.start),
                "end": float(one.end),
                "change": decimal_of(one.change),
                "items": one.items,
            }
            for one in self.steps
        ]


def change_steps(found: Comparison, *, source: str | None = None) -> ChangeSteps:
    """How the causes lead from the score before to the score after; the steps add up exactly.

    Causes that moved nothing are left out.
    """
    about = found.subjects[1].name
    days = " and ".join(day_text(one) for one in found.days)
    editions = " and ".join(dict.fromkeys(found.editions))
    told = f"Source: assessments of {about}, {days}; catalog edition {editions}."
    return ChangeSteps(
        title=_change_title(about, found),
        note="Each cause begins where the one above it ends. In points of 100; the axis does not begin at 0.",
        source=told if source is None else source,
        steps=tuple(_steps(found)),
    )


def _steps(found: Comparison) -> Iterable[ChangeStep]:
    before, after = found.before.value, found.after.value
    if before is None or after is None:
        return
    yield _total(f"Before, {day_text(found.days[0])}", before, len(found.before.lines))
    at = before
    for part in found.parts:
        if part.value:
            label, moved = part.cause.label.capitalize(), count(len(part.items), "item")
            text = f"{points_text(part.value)} ({moved})"
            yield ChangeStep(
                label=label, start=at, end=at + part.value, change=part.value, items=len(part.items), text=text
            )
            at += part.value
    yield _total(f"After, {day_text(found.days[1])}", after, len(found.after.lines))


def _total(label: str, value: Fraction, items: int) -> ChangeStep:
    return ChangeStep(label=label, start=value, end=value, change=None, items=items, text=tenth(value))


def _change_title(about: str, found: Comparison) -> str:
    change = found.change()
    if change is None:
        return f"{about}: no change to show, since one of the two scores has no value"
    moved = [one for one in found.parts if one.value]
    if not moved:
        return f"{about}: the score stays at {tenth(found.after.value)}"
    most = max(moved, key=lambda one: abs(one.value or Fraction(0)))
    span = f"{tenth(found.before.value)} to {tenth(found.after.value)}"
    return f"{about}: from {span}, largest cause {most.cause.label} ({points_text(most.value)})"


# --- a score over time -------------------------------------------------------------------------------------


@frozen(kw_only=True)
class TrendPoint(Plain):
    """A score on a day. ``causes`` are what changed it since the day before, the largest first; labels with points."""

    date: date
    edition: str
    value: Fraction | None
    low: Fraction | None
    high: Fraction | None
    coverage: Fraction | None
    causes: tuple[tuple[str, Fraction], ...]
    text: str


@frozen(kw_only=True)
class ScoreTrend(PlotData):
    """Scores of one subject in the order of their days."""

    points: tuple[TrendPoint, ...] = field(repr=lambda points: f"<{len(points)} assessments>")

    def rows(self) -> list[dict[str, Any]]:
        """One row an assessment; shares from 0 to 1, causes as text in points of 100."""
        return [
            {
                "date": one.date.isoformat(),
                "edition": one.edition,
                **{name: decimal_of(getattr(one, name)) for name in ("value", "low", "high", "coverage")},
                "causes": "; ".join(f"{label} {points_text(value)}" for label, value in one.causes),
            }
            for one in self.points
        ]


def score_trend(assessments: Iterable[Assessment], *, source: str | None = None) -> ScoreTrend:
    """The scores of several assessments of one subject, each on its own day, with what changed them in between.

    Raises:
        NotComparable: two of them are about different subjects.
        ValueError: there is none.
    """
    ordered = sorted(assessments, key=lambda one: one.date)
    if not ordered:
        raise ValueError("a trend takes at least one assessment")
    points = tuple(_trend_point(one, before) for one, before in zip(ordered, [None, *ordered], strict=False))
    last = ordered[-1]
    return ScoreTrend(
        title=_trend_title(last.subject.name, points),
        note="Dot: score of what was assessed. Line: from every open item not met to every one met. "
        "Below each day, by how much the score changed and why; the distances of the days are not to scale.",
        source=_span(ordered) if source is None else source,
        points=points,
    )


def _trend_point(one: Assessment, before: Assessment | None) -> TrendPoint:
    found = score(one)
    parts = compare(before, one).parts if before else ()
    moved = [(part.cause.label, part.value) for part in parts if part.value]
    return TrendPoint(
        date=one.date,
        edition=one.edition,
        value=found.value,
        low=found.low,
        high=found.high,
        coverage=found.coverage,
        causes=tuple(sorted(moved, key=lambda pair: -abs(pair[1]))),
        text=tenth(found.value),
    )


def _span(ordered: list[Assessment]) -> str:
    first, last = ordered[0], ordered[-1]
    days = " to ".join(day_text(one) for one in dict.fromkeys((first.date, last.date)))
    return f"Source: {count(len(ordered), 'assessment')} of {last.subject.name}, {days}."


def _trend_title(about: str, points: tuple[TrendPoint, ...]) -> str:
    known = [one for one in points if one.value is not None]
    if not known:
        return f"{about}: nothing assessed yet"
    if len(known) == 1:
        return f"{about}: score {tenth(known[0].value)} on {day_text(known[0].date)}"
    first, last = known[0], known[-1]
    return (
        f"{about}: from {tenth(first.value)} on {day_text(first.date)} to {tenth(last.value)} on {day_text(last.date)}"
    )
