"""The same counts judged by several sets of benchmarks, beside one another: where they differ is the point."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from html import escape
from typing import Any, overload

from attrs import field, frozen

from hmis_standards.measure.judging import Judgement, Judgements, judge, target_text
from hmis_standards.measure.results import MeasureResult, Measures
from hmis_standards.model import BenchmarkSet
from hmis_standards.tabular import Plain, Tabular
from hmis_standards.vocabulary import Judged

__all__ = ["SideBySide", "SideBySideRow", "side_by_side"]

_DECIDED = frozenset({Judged.MET, Judged.NEAR, Judged.BELOW})


@frozen(kw_only=True)
class SideBySideRow(Plain):
    """One result, and for each set its judgements on it: none where the set has no benchmark for it, as a rule one.

    ``result`` is None where nothing was measured that a benchmark of a set asks for.
    """

    measure: str
    result: MeasureResult | None
    judged: tuple[tuple[Judgement, ...], ...]

    @property
    def differs(self) -> bool:
        """Whether two of the sets come to different outcomes (met, near, below)."""
        outcomes = [frozenset(one.judged for one in own) & _DECIDED for own in self.judged]
        return len({one for one in outcomes if one}) > 1


@frozen(kw_only=True)
class SideBySide(Tabular, Sequence[SideBySideRow]):
    """One row a measure and slice; for each set what it asks and how that comes out."""

    on: date
    sets: tuple[BenchmarkSet, ...] = field(repr=False)
    lines: tuple[SideBySideRow, ...] = field(repr=False)

    def __repr__(self) -> str:
        names = " | ".join(one.id for one in self.sets)
        differing = sum(one.differs for one in self.lines)
        return f"<SideBySide on {self.on}: {names}; {len(self)} results, of which the sets differ on {differing}>"

    @overload
    def __getitem__(self, place: int) -> SideBySideRow: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[SideBySideRow, ...]: ...
    def __getitem__(self, place: int | slice) -> SideBySideRow | tuple[SideBySideRow, ...]:
        return self.lines[place]

    def __len__(self) -> int:
        return len(self.lines)

    def __iter__(self) -> Iterator[SideBySideRow]:
        return iter(self.lines)

    def differing(self) -> tuple[SideBySideRow, ...]:
        """The rows on which the sets come to different outcomes."""
        return tuple(one for one in self.lines if one.differs)

    def rows(self) -> list[dict[str, Any]]:
        """One flat row a result: its counts, ``differs`` (yes or empty), and ``target`` and ``outcome`` of each set."""
        return [self._row(one) for one in self.lines]

    def _row(self, line: SideBySideRow) -> dict[str, Any]:
        result = line.result.row() if line.result else {}
        counts = {name: result.get(name, "") for name in _COUNTS}
        told: dict[str, Any] = {"measure": line.measure, **counts, "differs": "yes" if line.differs else ""}
        for one, own in zip(self.sets, line.judged, strict=True):
            told[f"{one.id} target"] = _several(_target(judgement) for judgement in own)
            told[f"{one.id} outcome"] = _several(judgement.judged.value for judgement in own)
        return told

    def to_dict(self) -> dict[str, Any]:
        """Sets, day and rows as plain values."""
        return {"benchmarks": [one.id for one in self.sets], "on": self.on.isoformat(), "rows": self.rows()}

    def _repr_html_(self) -> str:
        rows = self.rows()
        head = "".join(f"<th>{escape(name)}</th>" for name in rows[0]) if rows else ""
        body = "".join(_html_row(row) for row in rows[:_MOST])
        more = f"<p>{len(rows) - _MOST} more rows</p>" if len(rows) > _MOST else ""
        return (
            f"<p>{escape(repr(self)[1:-1])}</p><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"
        )


_COUNTS = ("slice", "project_type", "project_id", "numerator", "denominator", "value")
_MOST = 200


def _several(texts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(text for text in texts if text))


def _target(one: Judgement) -> str:
    return target_text(one.target, one.benchmark) if one.target else ""


def _html_row(row: dict[str, Any]) -> str:
    """Where the sets differ the outcomes are marked."""
    cells = []
    for name, value in row.items():
        text = escape(str(value))
        cells.append(
            f"<td><mark>{text}</mark></td>" if row["differs"] and name.endswith(" outcome") else f"<td>{text}</td>"
        )
    return f"<tr>{''.join(cells)}</tr>"


def side_by_side(
    results: Measures | Iterable[MeasureResult], sets: Iterable[BenchmarkSet], *, on: str | date | None = None
) -> SideBySide:
    """The results judged by each of several sets, on the same day; see ``judge``.

    Results that no set has anything to say about are left out. Rows stand in the order of the results; what was not
    measured comes last.

    Raises:
        TypeError: one of ``sets`` is not a set.
        ValueError: no set, one twice, or no day.
    """
    listed = tuple(results)
    day = on if on is not None or not isinstance(results, Measures) else results.end
    judged = tuple(judge(listed, one, on=day) for one in sets)
    names = [one.benchmarks.id for one in judged]
    if not names or len(set(names)) < len(names):
        raise ValueError(f"give each set once; given: {', '.join(names) or 'none'}")
    by_result = [_by_result(one) for one in judged]
    lines = [_line(one.measure, one, [own.get(id(one), ()) for own in by_result]) for one in listed]
    unmeasured = [_unmeasured(one) for one in judged]
    for measure in dict.fromkeys(name for own in unmeasured for name in own):
        lines.append(_line(measure, None, [own.get(measure, ()) for own in unmeasured]))
    shown = tuple(one for one in lines if any(one.judged))
    return SideBySide(on=judged[0].on, sets=tuple(one.benchmarks for one in judged), lines=shown)


def _line(measure: str, result: MeasureResult | None, judged: list[tuple[Judgement, ...]]) -> SideBySideRow:
    return SideBySideRow(measure=measure, result=result, judged=tuple(judged))


def _by_result(judged: Judgements) -> dict[int, tuple[Judgement, ...]]:
    """Judgements by the identity of their result."""
    found: dict[int, tuple[Judgement, ...]] = {}
    for one in judged:
        if one.result is not None:
            found[id(one.result)] = (*found.get(id(one.result), ()), one)
    return found


def _unmeasured(judged: Judgements) -> dict[str, tuple[Judgement, ...]]:
    """Judgements on what was not measured, by measure."""
    found: dict[str, tuple[Judgement, ...]] = {}
    for one in judged:
        if one.result is None:
            found[one.benchmark.measure.id] = (*found.get(one.benchmark.measure.id, ()), one)
    return found
