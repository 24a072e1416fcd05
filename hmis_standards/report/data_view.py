"""Measured data quality: tallies, the matrix of benchmarks and project types, coverage, timeliness, HUD's tables."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import field, frozen

from hmis_standards.measure.results import WITHHELD
from hmis_standards.model import Catalog
from hmis_standards.report.check_view import ChecksView, checks_view
from hmis_standards.report.matrix import MatrixGroup, absent_text, asked_text, columns_of, groups_of, rows_of
from hmis_standards.report.parts import ReportParts
from hmis_standards.report.reading import entered_promptly, period
from hmis_standards.report.svg import Svg, count_bar, target_bar
from hmis_standards.report.words import (
    JUDGED,
    TYPE_LABELS,
    TYPE_NAMES,
    Mark,
    cap,
    day_text,
    joined,
    tenth,
    type_name,
    whole,
)
from hmis_standards.tabular import percent_text
from hmis_standards.vocabulary import Dimension, Judged

if TYPE_CHECKING:
    from hmis_standards.measure import HudReport, HudTable, Judgement, Judgements, MeasureResult, Measures

__all__ = [
    "CoverageRow",
    "DataView",
    "DimensionRow",
    "HudTableView",
    "LagRow",
    "data_view",
    "system_wide",
]

_TALLIED = (Judged.MET, Judged.NEAR, Judged.BELOW, Judged.NOT_APPLICABLE)
_BEDS, _COMPARABLE = "bed-coverage", "bed-coverage-comparable"


@frozen(kw_only=True)
class DimensionRow:
    """How the results of one dimension stand; numbers in the order met, near, missed, none to judge."""

    name: str
    tallies: tuple[int, ...]
    not_measured: int
    withheld: int = 0


@frozen(kw_only=True)
class CoverageRow:
    """Beds of one project type."""

    title: str
    bar: Svg
    beds: str
    value: str
    mark: Mark | None
    comparable: str
    comparable_mark: Mark | None


@frozen(kw_only=True)
class LagRow:
    """How many starts and exits were entered so many days after they happened."""

    label: str
    starts: str
    starts_bar: Svg
    exits: str
    exits_bar: Svg


@frozen(kw_only=True)
class HudTableView:
    """A table of HUD's data quality report as text."""

    name: str
    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@frozen(kw_only=True)
class DataView:
    """All that was measured, ready for display."""

    intro: str
    outside: str = ""
    set_title: str = ""
    notice: str = ""
    dimensions: tuple[DimensionRow, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
    groups: tuple[MatrixGroup, ...] = ()
    absent: str = ""
    coverage: tuple[CoverageRow, ...] = ()
    coverage_note: str = ""
    target: str = ""
    lags: tuple[LagRow, ...] = ()
    lag_note: str = ""
    not_measured: tuple[tuple[str, str], ...] = ()
    withheld: str = ""
    hud: tuple[HudTableView, ...] = ()
    checks: ChecksView | None = None
    problems: tuple[str, ...] = field(default=())


def data_view(parts: ReportParts, catalog: Catalog | None) -> DataView | None:
    """The view of the measurement; None where nothing was measured."""
    if not parts.measured:
        return None
    judged = system_wide(parts.judgements)
    results = _results(parts.measures, judged)
    columns, absent = columns_of(results)
    judgements = parts.judgements
    coverage = _coverage(results, judged)
    return DataView(
        intro=_intro(parts),
        outside=_outside(parts),
        set_title=judgements.benchmarks.title if judgements else "",
        notice=judgements.benchmarks.notice if judgements else "",
        dimensions=_dimensions(judged),
        columns=(("All", "All projects"), *((TYPE_NAMES[code], TYPE_LABELS[code]) for code in columns)),
        groups=groups_of(rows_of(judgements, judged, results, catalog), columns),
        absent=absent_text(absent),
        coverage=coverage,
        coverage_note=_coverage_note(parts.measures),
        target=_bed_target(judged),
        lags=_lags(parts.hud),
        lag_note=_lag_note(results),
        not_measured=_not_measured(judged),
        hud=tuple(_hud_table(table) for table in parts.hud.tables) if parts.hud else (),
        withheld=parts.withheld,
        checks=checks_view(parts),
        problems=tuple(str(one) for one in (parts.export_facts or {}).get("problems") or ()),
    )


def system_wide(judgements: Judgements | None) -> tuple[Judgement, ...]:
    """Judgements of the whole system and of project types, and those where nothing was measured."""
    return tuple(one for one in judgements or () if one.result is None or one.result.slice != "project")


def _results(measures: Measures | None, judged: tuple[Judgement, ...]) -> tuple[MeasureResult, ...]:
    if measures is None:
        return tuple(dict.fromkeys(one.result for one in judged if one.result is not None))
    return tuple(one for one in measures if one.slice != "project")


def _intro(parts: ReportParts) -> str:
    span = period(parts)
    about = f"From {day_text(span[0])} to {day_text(span[1])}." if span else ""
    judged = parts.judgements
    if judged:
        about += f" Judged by the targets in force on {day_text(judged.on)} in the set “{judged.benchmarks.title}”."
    return about.strip()


def _outside(parts: ReportParts) -> str:
    """Where the period measured reaches beyond that of the export, as the measurement or HUD's tables say it."""
    return " ".join(dict.fromkeys(one.outside for one in (parts.measures, parts.hud) if one and one.outside))


def _dimensions(judged: tuple[Judgement, ...]) -> tuple[DimensionRow, ...]:
    rows = []
    for dimension in Dimension:
        tally = Counter(one.judged for one in judged if one.benchmark.dimension is dimension)
        if tally:
            missing = tally[Judged.NOT_MEASURED] + tally[Judged.ERROR]
            tallies = tuple(tally[word] for word in _TALLIED)
            name, hidden = cap(dimension.label), tally[Judged.WITHHELD]
            rows.append(DimensionRow(name=name, tallies=tallies, not_measured=missing, withheld=hidden))
    return tuple(rows)


def _coverage(results: tuple[MeasureResult, ...], judged: tuple[Judgement, ...]) -> tuple[CoverageRow, ...]:
    found = {one.result: one for one in judged if one.result is not None and one.result.measure in {_BEDS, _COMPARABLE}}
    comparable = {one.project_types: one for one in results if one.measure == _COMPARABLE}
    rows = []
    for one in results:
        if one.measure == _BEDS and (one.value is not None or _known(comparable.get(one.project_types))):
            rows.append(_coverage_row(one, comparable.get(one.project_types), found))
    return tuple(rows)


def _known(result: MeasureResult | None) -> bool:
    return result is not None and result.value is not None


def _coverage_row(
    beds: MeasureResult, other: MeasureResult | None, found: dict[MeasureResult, Judgement]
) -> CoverageRow:
    judgement = found.get(beds)
    second = found.get(other) if other else None
    target = judgement.target.met if judgement and judgement.target else None
    title = type_name(beds.project_types)
    asked = f", target {percent_text(target)}" if isinstance(target, Fraction) else ""
    held = f"{beds.numerator:,} of {beds.denominator:,}"
    return CoverageRow(
        title=title,
        bar=target_bar(
            f"Bed coverage, {title}",
            f"{held} beds in HMIS: {tenth(beds.value)}{asked}.",
            value=beds.value or Fraction(0),
            target=target if isinstance(target, Fraction) else None,
        ),
        beds=held,
        value=tenth(beds.value),
        mark=JUDGED[judgement.judged] if judgement else None,
        comparable=f"{other.numerator:,} of {other.denominator:,}, {tenth(other.value)}" if other else "–",
        comparable_mark=JUDGED[second.judged] if second else None,
    )


def _bed_target(judged: tuple[Judgement, ...]) -> str:
    beds = [one for one in judged if one.benchmark.measure.id == _BEDS]
    return asked_text([one.target for one in beds], beds[0].benchmark.direction, "ratio") if beds else ""


def _coverage_note(measures: Measures | None) -> str:
    night = f"on the night of {day_text(measures.bed_night)}" if measures else "on one night"
    return (
        f"Year-round beds of projects open {night}. Beds of victim service providers are left out of HMIS coverage and "
        "counted where comparable databases are included. Types without beds are not shown."
    )


def _lags(hud: HudReport | None) -> tuple[LagRow, ...]:
    table = next((one for one in hud.tables if one.name == "Q6e"), None) if hud else None
    if table is None:
        return ()
    counts = [line.cells[:2] for line in table.lines]
    if any(cell == WITHHELD for pair in counts for cell in pair):
        return ()  # a share of the others would tell the total, and the total what is withheld
    numbers = [tuple(int(cell or 0) for cell in pair) for pair in counts]
    totals = [sum(column) for column in zip(*numbers, strict=True)]
    labels = [line.label for line in table.lines]
    return tuple(_lag(label, pair, totals) for label, pair in zip(labels, numbers, strict=True))


def _lag(label: str, pair: tuple[int, ...], totals: list[int]) -> LagRow:
    texts, bars, words = [], [], _LAG_WORDS.get(label, label)
    for kind, number, among in zip(("starts", "exits"), pair, totals, strict=True):
        share = Fraction(number, among) if among else Fraction(0)
        texts.append(f"{number:,} ({whole(share)})" if among else "0")
        desc = f"{number:,} of {among:,} {kind}."
        title, late = f"{cap(kind)} entered: {words}", label.startswith(("11", "<"))
        bars.append(count_bar(title, desc, share=share, stands_out=late))
    return LagRow(label=words, starts=texts[0], starts_bar=bars[0], exits=texts[1], exits_bar=bars[1])


_LAG_WORDS = {
    "< 0 days": "Before the event",
    "0 days": "Same day",
    "1-3 days": "1–3 days",
    "4-6 days": "4–6 days",
    "7-10 days": "7–10 days",
    "11+ days": "11 days or more",
}


def _lag_note(results: tuple[MeasureResult, ...]) -> str:
    texts = [
        f"{tenth(one.value)} of {what} ({one.numerator:,} of {one.denominator:,})"
        for what, one in entered_promptly(results)
    ]
    if not texts:
        return ""
    return f"Entered within three days: {joined(texts)}. Records entered before the event are not part of these rates."


def _not_measured(judged: tuple[Judgement, ...]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (one.benchmark.title, cap(one.benchmark.dimension.label)) for one in judged if one.judged is Judged.NOT_MEASURED
    )


def _hud_table(table: HudTable) -> HudTableView:
    """The table for reading: counts with separators, rates in percent; the CSV form keeps HUD's decimals."""
    rows = tuple((line.label, *(_hud_cell(cell) for cell in line.cells)) for line in table.lines)
    return HudTableView(name=table.name, title=table.title, header=table.header, rows=rows)


def _hud_cell(cell: int | Fraction | str | None) -> str:
    if cell is None or isinstance(cell, str):
        return cell or ""
    return percent_text(cell, 2) if isinstance(cell, Fraction) else f"{cell:,}"
