"""Counts against targets: judged as often as one likes, without the data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import Any, overload

from attrs import field, frozen

from hmis_standards.measure.results import WITHHELD, MeasureResult, Measures
from hmis_standards.model import Benchmark, BenchmarkSet, Target
from hmis_standards.store import load_catalog
from hmis_standards.tabular import Plain, Tabular, decimal_text, percent_text
from hmis_standards.vocabulary import Direction, Judged, SetStatus

__all__ = ["Judgement", "Judgements", "asked_word", "judge", "limit_text", "shortfall", "target_text", "value_text"]

Limit = Fraction | tuple[Fraction, Fraction]


@frozen(kw_only=True)
class Judgement(Plain):
    """One result against one benchmark. ``result`` is None where nothing was measured; ``reason`` says why."""

    set_id: str
    benchmark: Benchmark
    result: MeasureResult | None
    target: Target | None
    judged: Judged
    reason: str

    @property
    def benchmark_id(self) -> str:
        """The full id, such as ``default/COV-1``."""
        return f"{self.set_id}/{self.benchmark.id}"

    def row(self) -> dict[str, Any]:
        """The result's row, and beside it the judgement, the limits applied, whose they are, since when and until."""
        base = self.result.row() if self.result else _blank_row(self.benchmark)
        return {
            **base,
            "status": self.judged.value,
            "reason": self.reason,
            "benchmark": self.benchmark_id,
            "met": limit_text(self.target.met) if self.target else "",
            "near": limit_text(self.target.near) if self.target and self.target.near is not None else "",
            "profile": self.set_id,
            "origin": self.benchmark.origin.value,
            "since": _day_text(self.target.since) if self.target else "",
            "until": _day_text(self.target.until) if self.target else "",
        }

    def to_dict(self) -> dict[str, Any]:
        """The flat row."""
        return self.row()


@frozen(kw_only=True)
class Judgements(Tabular, Sequence[Judgement]):
    """Judgements of one run against one set, in the set's order."""

    benchmarks: BenchmarkSet = field(repr=lambda one: one.id)
    on: date
    judgements: tuple[Judgement, ...] = field(repr=lambda all_of: f"<{len(all_of)} judgements>")

    @overload
    def __getitem__(self, place: int) -> Judgement: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Judgement, ...]: ...
    def __getitem__(self, place: int | slice) -> Judgement | tuple[Judgement, ...]:
        return self.judgements[place]

    def __len__(self) -> int:
        return len(self.judgements)

    def __iter__(self) -> Iterator[Judgement]:
        return iter(self.judgements)

    def of(self, benchmark_id: str) -> tuple[Judgement, ...]:
        """The judgements on one benchmark, by full id."""
        return tuple(one for one in self.judgements if one.benchmark_id == benchmark_id)

    def rows(self) -> list[dict[str, Any]]:
        """One flat row a judgement."""
        return [judgement.row() for judgement in self.judgements]

    def to_dict(self) -> dict[str, Any]:
        """Set, day and rows as plain values."""
        return {"benchmarks": self.benchmarks.id, "on": self.on.isoformat(), "judgements": self.rows()}


def judge(
    results: Measures | Iterable[MeasureResult], benchmarks: BenchmarkSet, *, on: str | date | None = None
) -> Judgements:
    """Every result against every benchmark of the set that is about its measure and its kind of slice.

    Values are compared exactly, never rounded. Nobody to count, too few to count, or no target for a project
    type is not applicable; a measure without results is not measured; a result with the status ``error`` is an error,
    one whose counts are withheld stays so. None of them counts as met. A set whose numbers nobody has seen
    (``unverified``) judges nothing.

    Args:
        results: of ``measure``.
        benchmarks: the set, of ``load_benchmarks``.
        on: the day whose targets apply; the last day of the measured period if left out.

    Raises:
        TypeError: ``benchmarks`` is not a set, such as its name.
        ValueError: ``on`` is left out and the results have no period.
    """
    if not isinstance(benchmarks, BenchmarkSet):
        raise TypeError(f"benchmarks is {benchmarks!r}; pass the set itself, such as load_benchmarks('default')")
    listed = tuple(results)
    day = _day(results, on)
    by_measure: dict[str, list[MeasureResult]] = {}
    for result in listed:
        by_measure.setdefault(result.measure, []).append(result)
    found: list[Judgement] = []
    for benchmark in benchmarks.benchmarks if benchmarks.status is SetStatus.VERIFIED else ():
        found += _on_benchmark(benchmarks.id, benchmark, by_measure.get(benchmark.measure.id, []), day)
    return Judgements(benchmarks=benchmarks, on=day, judgements=tuple(found))


def _day(results: Any, on: str | date | None) -> date:
    if on is not None:
        day = on if isinstance(on, date) else date.fromisoformat(on)
        return day.date() if isinstance(day, datetime) else day
    if isinstance(results, Measures):
        return results.end
    raise ValueError("give the day whose targets apply with on=")


def _on_benchmark(set_id: str, benchmark: Benchmark, results: list[MeasureResult], day: date) -> list[Judgement]:
    if not results:
        reason = f"{benchmark.measure.id} was not measured; {_lack(benchmark.measure.id)}"
        return [_judgement(set_id, benchmark, None, None, Judged.NOT_MEASURED, reason)]
    fitting = [result for result in results if result.slice in benchmark.levels]
    if not fitting:
        levels = " or ".join(level.replace("_", " ") for level in benchmark.levels)
        reason = f"{benchmark.measure.id} was not measured by {levels}"
        return [_judgement(set_id, benchmark, None, None, Judged.NOT_MEASURED, reason)]
    return [one for result in fitting if (one := _on_result(set_id, benchmark, result, day)) is not None]


def _lack(measure: str) -> str:
    """Why there is no result of a measure: what an export cannot give, or that it was not asked for."""
    needs = next((one.needs for one in load_catalog().measures if one.id == measure), "")
    return f"it would take {needs}" if needs else "it is not among the results"


def _on_result(set_id: str, benchmark: Benchmark, result: MeasureResult, day: date) -> Judgement | None:
    """None where the benchmark has targets for project types only and the result is of the whole system."""
    target = benchmark.target(result.project_types, day)
    if target is None:
        lapsed = benchmark.at_other_times(result.project_types)
        if not (lapsed or result.project_types):
            return None
        reason = f"no target is in force on {day}" if lapsed else "no target for this project type"
        return _judgement(set_id, benchmark, result, None, Judged.NOT_APPLICABLE, reason)
    if result.status == Judged.ERROR.value:
        return _judgement(set_id, benchmark, result, target, Judged.ERROR, result.reason)
    if result.status == WITHHELD:
        return _judgement(set_id, benchmark, result, target, Judged.WITHHELD, result.reason)
    value = result.value
    if value is None:
        return _judgement(set_id, benchmark, result, target, Judged.NOT_APPLICABLE, result.reason)
    if result.denominator < benchmark.minimum_denominator:
        reason = f"{result.denominator} to count, fewer than the {benchmark.minimum_denominator} it takes"
        return _judgement(set_id, benchmark, result, target, Judged.NOT_APPLICABLE, reason)
    judged = _compare(value, target, benchmark.direction)
    return _judgement(set_id, benchmark, result, target, judged, _reason(result, target, benchmark, judged))


def _judgement(
    set_id: str, benchmark: Benchmark, result: MeasureResult | None, target: Target | None, judged: Judged, reason: str
) -> Judgement:
    return Judgement(set_id=set_id, benchmark=benchmark, result=result, target=target, judged=judged, reason=reason)


def _compare(value: Fraction, target: Target, direction: Direction) -> Judged:
    if _reaches(value, target.met, direction) and not (target.exclusive and value in _bounds(target.met)):
        return Judged.MET
    if target.near is not None and _reaches(value, target.near, direction):
        return Judged.NEAR
    return Judged.BELOW


def _reaches(value: Fraction, limit: Limit, direction: Direction) -> bool:
    if isinstance(limit, tuple):
        return limit[0] <= value <= limit[1]
    return value <= limit if direction is Direction.AT_MOST else value >= limit


def _reason(result: MeasureResult, target: Target, benchmark: Benchmark, judged: Judged) -> str:
    """In words; a count or a length is its own value, without a share behind it."""
    shown = value_text(result.value, target, benchmark.unit)
    share = f"{result.numerator:,} of {result.denominator:,} is " if benchmark.unit == "ratio" else ""
    told = f"{share}{shown}; asked {target_text(target, benchmark)} ({benchmark.origin.label})"
    if judged is not Judged.NEAR or target.near is None:
        return told
    near = f"{_WORDS[benchmark.direction]} {_asked(target.near, benchmark.unit)}"
    return f"{told}, near is {near} ({benchmark.tolerance_origin.label})"


def target_text(target: Target, benchmark: Benchmark) -> str:
    """What a target asks, such as ``at most 5 %``."""
    return f"{asked_word(benchmark.direction, target)} {_asked(target.met, benchmark.unit)}"


def asked_word(direction: Direction, target: Target) -> str:
    """What stands before a target's limit in a sentence: ``at most``, or ``below`` where the limit is left out."""
    return (_STRICT_WORDS if target.exclusive else _WORDS)[direction]


_WORDS = {Direction.AT_MOST: "at most", Direction.AT_LEAST: "at least", Direction.WITHIN: "within"}
_STRICT_WORDS = {Direction.AT_MOST: "below", Direction.AT_LEAST: "above", Direction.WITHIN: "strictly within"}


def value_text(value: Fraction | None, target: Target | None, unit: str = "ratio") -> str:
    """The value with its unit, a ratio in percent: one decimal, or as many more as it takes not to look equal to a
    limit it differs from.
    """
    if value is None:
        return percent_text(value, 1)
    limits = {bound for limit in (target.met, target.near) for bound in _bounds(limit)} if target else set()
    scale = 100 if unit == "ratio" else 1
    for places in (1, 2, 3, 4, 5):
        shown = Fraction(decimal_text(value * scale, places)) / scale
        if shown == value or shown not in limits:
            break
    else:
        places = 6
    return percent_text(value, places) if unit == "ratio" else f"{_short(decimal_text(value, places))} {unit}"


def shortfall(value: Fraction, target: Target, direction: Direction) -> Fraction:
    """How far the value is on the bad side of the target's limit; below 0 on its good side."""
    bounds = _bounds(target.met)
    over, under = value - bounds[-1], bounds[0] - value
    return {Direction.AT_MOST: over, Direction.AT_LEAST: under, Direction.WITHIN: max(over, under)}[direction]


def _bounds(limit: Limit | None) -> tuple[Fraction, ...]:
    if limit is None:
        return ()
    return limit if isinstance(limit, tuple) else (limit,)


def _asked(limit: Limit, unit: str) -> str:
    """With the decimals it has: a limit of half a percent is not one of 1 %."""
    if unit == "ratio":
        return " to ".join(f"{limit_text(bound * 100)} %" for bound in _bounds(limit))
    return f"{' to '.join(limit_text(bound) for bound in _bounds(limit))} {unit}"


def limit_text(limit: Limit | None) -> str:
    """A limit as exact decimal text; a range with ``..`` between."""
    if limit is None:
        return ""
    if isinstance(limit, tuple):
        return f"{limit_text(limit[0])}..{limit_text(limit[1])}"
    return _short(decimal_text(limit, 6))


def _short(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def _day_text(day: date | None) -> str:
    return day.isoformat() if day else ""


def _blank_row(benchmark: Benchmark) -> dict[str, Any]:
    return {
        "measure": benchmark.measure.id,
        "dimension": benchmark.dimension.value,
        "slice": "",
        "project_type": "",
        "project_id": "",
        "numerator": "",
        "denominator": "",
        "value": "",
    }
