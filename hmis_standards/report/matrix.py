"""The matrix of measured data quality: a row a benchmark, a column a project type."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import frozen

from hmis_standards.measure.judging import asked_word, limit_text
from hmis_standards.measure.results import WITHHELD
from hmis_standards.model import Catalog, Target
from hmis_standards.report.words import JUDGED, TYPE_NAMES, Mark, cap, joined, joint_name, measured_text
from hmis_standards.tabular import percent_text
from hmis_standards.vocabulary import Dimension, Direction, Judged

if TYPE_CHECKING:
    from hmis_standards.measure import Judgement, Judgements, MeasureResult

__all__ = [
    "Cell",
    "MatrixGroup",
    "MatrixRow",
    "absent_text",
    "asked_text",
    "columns_of",
    "groups_of",
    "measure_titles",
    "named_asked",
    "rows_of",
]


@frozen(kw_only=True)
class Cell:
    """One value of the matrix; ``mark`` is None where there is a value and nothing to judge it by.

    ``joint`` names the project types that share the value, where it is not of one type alone.
    """

    value: str
    mark: Mark | None
    detail: str
    counts: str = ""
    span: int = 1
    joint: str = ""


@frozen(kw_only=True)
class MatrixRow:
    """A benchmark, or a measure where nothing was judged."""

    title: str
    asked: str
    cells: tuple[Cell, ...]


@frozen(kw_only=True)
class MatrixGroup:
    """The rows of one dimension."""

    title: str
    rows: tuple[MatrixRow, ...]


def columns_of(results: Iterable[MeasureResult]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The project types with something to show, and those measured without anything to count."""
    listed = tuple(results)
    seen = {code for one in listed for code in one.project_types}
    counted = {one.project_types for one in listed if one.value is not None or one.status == WITHHELD}
    shown = {group[0] for group in counted if len(group) == 1}
    for group in sorted(group for group in counted if len(group) > 1):
        shown |= set() if shown & set(group) else {group[0]}
    order = [code for code in TYPE_NAMES if code in seen]
    return tuple(code for code in order if code in shown), tuple(code for code in order if code not in shown)


def absent_text(codes: tuple[int, ...]) -> str:
    if not codes:
        return ""
    return f"Left out, with nothing to count in the period: {joined(TYPE_NAMES[code] for code in codes)}."


@frozen(kw_only=True)
class _Row:
    """A row of the matrix before it is text."""

    dimension: Dimension
    title: str
    asked: str
    unit: str
    pairs: tuple[tuple[MeasureResult, Judgement | None], ...]


def rows_of(
    judgements: Judgements | None,
    judged: tuple[Judgement, ...],
    results: tuple[MeasureResult, ...],
    catalog: Catalog | None,
) -> list[_Row]:
    """A row a benchmark with anything measured; without judgements, a row a measure."""
    if judgements is None:
        names = dict.fromkeys(one.measure for one in results)
        return [_measure_row(name, [one for one in results if one.measure == name], catalog) for name in names]
    rows: list[_Row] = []
    titles = measure_titles(catalog)
    for benchmark in judgements.benchmarks.benchmarks:
        own = {one.result: one for one in judged if one.benchmark.id == benchmark.id and one.result is not None}
        if not own:
            continue
        pairs = [*own.items(), *((one, None) for one in _unjudged(results, benchmark.measure.id, own))]
        asked = asked_text([one.target for one in own.values()], benchmark.direction, benchmark.unit)
        asked = named_asked(titles.get(benchmark.measure.id, ""), benchmark.title, asked)
        row = _Row(
            dimension=benchmark.dimension, title=benchmark.title, asked=asked, unit=benchmark.unit, pairs=tuple(pairs)
        )
        rows.append(row)
    return rows


def _unjudged(results: Iterable[MeasureResult], measure: str, own: Iterable[MeasureResult]) -> list[MeasureResult]:
    return [one for one in results if one.measure == measure and one not in set(own)]


def named_asked(measure: str, title: str, asked: str) -> str:
    """What is asked, after the name of what is measured, unless the row's title already gives it."""
    told = measure if measure and measure != title else ""
    return ": ".join(part for part in (told, asked) if part)


def measure_titles(catalog: Catalog | None) -> dict[str, str]:
    """What each measure is called, by its id."""
    return {one.id: one.title for one in catalog.measures} if catalog else {}


def _measure_row(name: str, results: list[MeasureResult], catalog: Catalog | None) -> _Row:
    titles = measure_titles(catalog)
    pairs: tuple[tuple[MeasureResult, Judgement | None], ...] = tuple((one, None) for one in results)
    return _Row(dimension=results[0].dimension, title=titles.get(name, name), asked="", unit="ratio", pairs=pairs)


def asked_text(targets: list[Target | None], direction: Direction, unit: str) -> str:
    given = [one for one in targets if one is not None]
    texts = [_limit(limit, unit) for limit in dict.fromkeys(one.met for one in given)]
    if not texts:
        return ""
    by_type = ", by project type" if len(texts) > 1 else ""
    return f"{asked_word(direction, given[0])} {joined(texts, 'or')}{by_type}"


def _limit(limit: Fraction | tuple[Fraction, Fraction], unit: str) -> str:
    if unit != "ratio":
        return f"{limit_text(limit)} {unit}"
    if isinstance(limit, tuple):
        return f"{percent_text(limit[0])} to {percent_text(limit[1])}"
    return percent_text(limit)


def groups_of(rows: list[_Row], columns: tuple[int, ...]) -> tuple[MatrixGroup, ...]:
    groups = []
    for dimension in Dimension:
        own = tuple(
            MatrixRow(title=row.title, asked=row.asked, cells=_cells(row.pairs, columns, row.unit))
            for row in rows
            if row.dimension is dimension
        )
        if own:
            groups.append(MatrixGroup(title=cap(dimension.label), rows=own))
    return tuple(groups)


def _cells(
    pairs: tuple[tuple[MeasureResult, Judgement | None], ...], columns: tuple[int, ...], unit: str
) -> tuple[Cell, ...]:
    """The cell of the system, then one a project type; a group of types spans its columns."""
    system = next((pair for pair in pairs if not pair[0].project_types), None)
    cells = [_cell(system, unit, 1)]
    rest = list(columns)
    while rest:
        pair = next((one for one in pairs if rest[0] in one[0].project_types), None)
        members = [code for code in rest if pair is not None and code in pair[0].project_types] or rest[:1]
        cells.append(_cell(pair, unit, len(members)))
        rest = [code for code in rest if code not in members]
    return tuple(cells)


def _cell(pair: tuple[MeasureResult, Judgement | None] | None, unit: str, span: int) -> Cell:
    if pair is None:
        return Cell(value="", mark=None, detail="", span=span)
    result, judgement = pair
    mark = JUDGED[judgement.judged] if judgement else None
    if result.status == WITHHELD:
        return Cell(
            value="", mark=JUDGED[Judged.WITHHELD], detail="", span=span, joint=joint_name(result.project_types)
        )
    if result.value is None:
        return Cell(value="–", mark=None, detail=result.reason, span=span, joint=joint_name(result.project_types))
    counts = f"{result.numerator:,}/{result.denominator:,}"
    value = measured_text(result.value, unit, judgement.target if judgement else None)
    detail = f"{result.numerator:,} of {result.denominator:,}"
    return Cell(value=value, mark=mark, detail=detail, counts=counts, span=span, joint=joint_name(result.project_types))
