"""Change over time: the score with its range by date, what moved it from one date to the next, and measured rates."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from attrs import frozen

from hmis_standards.assess import Assessment, CauseChange, Comparison, ItemChange, Score, compare, score
from hmis_standards.report.parts import ReportParts
from hmis_standards.report.standing import score_bar
from hmis_standards.report.svg import Svg, change_bar
from hmis_standards.report.words import (
    JUDGED,
    VERDICT,
    Mark,
    cap,
    count,
    coverage_text,
    day_text,
    joined,
    measured_text,
    range_text,
    score_text,
    short_day,
)
from hmis_standards.tabular import decimal_text

if TYPE_CHECKING:
    from hmis_standards.measure import Judgement, Judgements

__all__ = [
    "DayScore",
    "MeasuredTrend",
    "RateRow",
    "Trend",
    "TrendCause",
    "TrendMove",
    "TrendStep",
    "Trends",
    "trends",
]

_MOVES = 6
"""Items told by name in a step, the largest effects first."""


@frozen(kw_only=True)
class DayScore:
    """The score on one day."""

    day: str
    bar: Svg | None
    value: str
    range: str
    coverage: str
    rating: str
    verdict: Mark


@frozen(kw_only=True)
class TrendCause:
    """What one cause did to the score, in points of 100, and through how many items."""

    label: str
    change: str
    bar: Svg
    items: str


@frozen(kw_only=True)
class TrendMove:
    """An item that moved the score."""

    item: str
    title: str
    change: str
    why: str


@frozen(kw_only=True)
class TrendStep:
    """From one day to the next: the change, its parts, the items behind it, and the gates that stand otherwise."""

    title: str
    sentence: str
    causes: tuple[TrendCause, ...]
    moves: tuple[TrendMove, ...]
    more: str
    gates: tuple[str, ...]
    notes: tuple[str, ...]


@frozen(kw_only=True)
class Trend:
    """The documents of one assessment of today, and how they stood before; the oldest first."""

    title: str
    points: tuple[DayScore, ...]
    steps: tuple[TrendStep, ...]


@frozen(kw_only=True)
class RateRow:
    """A benchmark on the whole system: its value in each period, with how it was judged."""

    title: str
    cells: tuple[tuple[str, Mark | None], ...]


@frozen(kw_only=True)
class MeasuredTrend:
    """Rates of the whole system by period, the oldest first."""

    columns: tuple[str, ...]
    rows: tuple[RateRow, ...]


@frozen(kw_only=True)
class Trends:
    """All change over time."""

    assessed: tuple[Trend, ...]
    measured: MeasuredTrend | None


def trends(parts: ReportParts) -> Trends | None:
    """The view of change; None where nothing earlier was given.

    Raises:
        NotComparable: an earlier assessment is of another kind of subject.
    """
    assessed = tuple(trend for one in parts.assessments if (trend := _trend(one, parts)))
    measured = _measured(parts)
    return Trends(assessed=assessed, measured=measured) if assessed or measured else None


def _trend(today: Assessment, parts: ReportParts) -> Trend | None:
    chain = [today]
    for one in sorted(parts.before, key=lambda earlier: earlier.date, reverse=True):
        if set(one.documents) & set(chain[0].documents):
            chain.insert(0, one)
    if len(chain) == 1:
        return None
    days = [*(one.date for one in chain[:-1]), parts.as_of or today.date]
    scores = [score(one, day) for one, day in zip(chain, days, strict=True)]
    dated = list(zip(chain, days, strict=True))
    return Trend(
        title=joined(today.catalog.document(name).title for name in today.documents),
        points=tuple(_point(day_text(day), found) for day, found in zip(days, scores, strict=True)),
        steps=tuple(_step(compare(one, other, day, now)) for (one, day), (other, now) in pairwise(dated)),
    )


def _point(day: str, found: Score) -> DayScore:
    rating = found.rating.label if found.rating else "No rating"
    return DayScore(
        day=day,
        bar=score_bar(f"Score on {day}", found),
        value=score_text(found),
        range=range_text(found),
        coverage=coverage_text(found),
        rating=f"{rating} (provisional)" if found.rating and found.provisional else rating,
        verdict=VERDICT[found.verdict],
    )


def _step(found: Comparison) -> TrendStep:
    moved = sorted((one for one in found.items if _effect(one)), key=lambda one: (-abs(_effect(one)), one.id))
    rest = len(found.items) - len(moved[:_MOVES])
    return TrendStep(
        title=f"From {day_text(found.days[0])} to {day_text(found.days[1])}",
        sentence=_sentence(found),
        causes=_causes(found),
        moves=tuple(_move(one) for one in moved[:_MOVES]),
        more=f"{count(rest, 'more item')} changed." if rest else "",
        gates=tuple(_gate(found)),
        notes=found.notes,
    )


def _sentence(found: Comparison) -> str:
    change = found.change()
    if change is None:
        return "One of the two has no score, so there is no change to explain."
    span = f"{score_text(found.before)} to {score_text(found.after)}"
    if not any(part.value for part in found.parts):
        return f"The score went from {span}; nothing changed it."
    return f"The score went from {span}: {_points(change)} points of 100."


def _causes(found: Comparison) -> tuple[TrendCause, ...]:
    parts = [one for one in found.parts if one.items and one.value is not None]
    most = max((abs(one.value) for one in parts if one.value is not None), default=Fraction(0))
    return tuple(_cause(one, one.value or Fraction(0), most) for one in parts)


def _cause(part: CauseChange, change: Fraction, most: Fraction) -> TrendCause:
    told = _points(change)
    return TrendCause(
        label=_CAUSES[part.cause.value],
        change=told,
        bar=change_bar(_CAUSES[part.cause.value], f"{told} points of 100.", change=change, most=most),
        items=count(len(part.items), "item"),
    )


_CAUSES = {
    "answers": "Other answers or other evidence",
    "applicability": "Items found not to apply, or to apply again",
    "evidence_age": "The same evidence, on another day",
    "tailoring": "Another tailoring",
    "edition": "Another edition of the catalog",
    "documents": "Documents added or left out",
}


def _effect(one: ItemChange) -> Fraction:
    return sum((effect.value or Fraction(0) for effect in one.effects), Fraction(0))


def _move(one: ItemChange) -> TrendMove:
    return TrendMove(item=one.id, title=one.title, change=_points(_effect(one)), why=cap(one.why.replace("->", "→")))


def _gate(found: Comparison) -> list[str]:
    return [
        f"{one.gate.title}: {one.before.label} before, {one.after.label} after; "
        f"{count(len(one.left), 'item')} no longer in the way, {count(len(one.joined), 'item')} newly so."
        for one in found.gates
    ]


def _points(value: Fraction) -> str:
    """Points of 100 with a sign; a minus is one that lines up."""
    text = decimal_text(abs(value) * 100, 1)
    return text if text == "0.0" else f"+{text}" if value > 0 else f"−{text}"


# --- measured rates ------------------------------------------------------------------------------------------


def _measured(parts: ReportParts) -> MeasuredTrend | None:
    """The same benchmarks in every period, each judged by the targets of its own last day."""
    if not parts.measures_before or parts.judgements is None or parts.measures is None:
        return None
    from hmis_standards.measure import judge

    benchmarks = parts.judgements.benchmarks
    earlier = sorted(parts.measures_before, key=lambda one: one.end)
    runs = [*(judge(one, benchmarks) for one in earlier), parts.judgements]
    found = [_system(run) for run in runs]
    names = [one for one in benchmarks.benchmarks if sum(one.id in values for values in found) > 1]
    rows = [RateRow(title=one.title, cells=tuple(_cell(values.get(one.id)) for values in found)) for one in names]
    columns = [f"{short_day(one.start)} to {short_day(one.end)}" for one in (*earlier, parts.measures)]
    return MeasuredTrend(columns=tuple(columns), rows=tuple(rows)) if rows else None


def _system(run: Judgements) -> dict[str, Judgement]:
    return {one.benchmark.id: one for one in run if one.result and one.result.slice == "system"}


def _cell(one: Judgement | None) -> tuple[str, Mark | None]:
    if one is None or one.result is None or one.result.value is None:
        return "–", JUDGED[one.judged] if one else None
    return measured_text(one.result.value, one.benchmark.unit, one.target), JUDGED[one.judged]
