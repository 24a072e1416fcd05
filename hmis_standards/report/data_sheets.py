"""The sheets of measured data quality: a page of words, all results, all checks, and HUD's tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hmis_standards.exchange.sheets import CELL, HEADER, fit, print_setup
from hmis_standards.exchange.tables import Book, Column, Line, Noted, Share, Value
from hmis_standards.measure.results import WITHHELD
from hmis_standards.model import Benchmark, Catalog
from hmis_standards.report.data_view import DataView, system_wide
from hmis_standards.report.matrix import asked_text
from hmis_standards.report.parts import ReportParts
from hmis_standards.report.words import JUDGED, cap, type_name
from hmis_standards.vocabulary import Severity

if TYPE_CHECKING:
    from hmis_standards.measure import Finding, HudTable, Judgement, MeasureResult

__all__ = ["add_data"]

_RESULTS_PRINTED, _CHECKS_PRINTED = 9, 9  # columns that paper has room for; the others are for the screen


def add_data(book: Book, view: DataView, parts: ReportParts, catalog: Catalog | None) -> None:
    """The sheets of what was measured. What is withheld from the public has no number here either."""
    book.page("Data quality", _page(view))
    if view.groups:
        book.table("Results", _RESULT_COLUMNS, _results(parts, catalog), printed=_RESULTS_PRINTED)
    if parts.findings is not None:
        checks = map(_check, sorted(parts.findings, key=_gravest))
        book.table("Checks", _CHECK_COLUMNS, checks, printed=_CHECKS_PRINTED)
    if parts.hud is not None:
        _hud(book, parts.hud.tables)


def _page(d: DataView) -> Iterator[Line]:
    yield Line(label="Measured data quality", kind="title")
    yield from (Line(value=text) for text in (d.intro, d.outside, d.notice, d.withheld, *d.problems) if text)
    if d.dimensions:
        yield Line(label="By dimension", kind="heading")
        yield Line(value="Results with a benchmark, and how they stand.")
    for one in d.dimensions:
        met, near, missed, none = one.tallies
        rest = f"; benchmarks not measured: {one.not_measured}" if one.not_measured else ""
        hidden = f"; withheld: {one.withheld}" if one.withheld else ""
        told = f"● met: {met}; ◐ near: {near}; ○ missed: {missed}; – none to judge: {none}{rest}{hidden}"
        yield Line(label=one.name, value=told)
    if d.lag_note:
        yield Line(label="Timeliness of record entry", kind="heading")
        yield Line(value=d.lag_note)
    if d.coverage:
        yield Line(label="Bed coverage", kind="heading")
        yield Line(value=d.coverage_note)
    if d.checks:
        yield Line(label="Checks of the records", kind="heading")
        yield Line(value=d.checks.intro)


# --- results -----------------------------------------------------------------------------------------------

_RESULT_COLUMNS = (
    Column("Dimension", 16),
    Column("Benchmark or measure", 40, "The note of each cell says what it rests on."),
    Column("Project types", 34),
    Column("Value", 11),
    Column("Unit", 10),
    Column("Counted", 11),
    Column("Among", 11),
    Column("Asked", 26),
    Column("Standing", 16, marked=True),
    Column("Remark", 44),
    Column("Whose number", 16),
    Column("Measure", 30),
    Column("Benchmark", 28),
)


def _results(parts: ReportParts, catalog: Catalog | None) -> Iterator[tuple[Value, ...]]:
    if parts.judgements is not None:
        yield from (_judged(one, catalog) for one in system_wide(parts.judgements))
        return
    titles = {one.id: one.title for one in catalog.measures} if catalog else {}
    for one in parts.measures or ():
        if one.slice != "project":
            title = titles.get(one.measure, one.measure)
            head = (cap(one.dimension.label), title, type_name(one.project_types))
            yield (*head, *_numbers(one, "ratio"), None, _unjudged(one), one.reason, None, one.measure, None)


def _judged(one: Judgement, catalog: Catalog | None) -> tuple[Value, ...]:
    benchmark, result = one.benchmark, one.result
    asked = asked_text([one.target], benchmark.direction, benchmark.unit)
    told = Noted(benchmark.title, _rests_on(benchmark, catalog))
    types = type_name(result.project_types) if result else None
    numbers = _numbers(result, benchmark.unit) if result else (None,) * 4
    standing = (asked, str(JUDGED[one.judged]), one.reason, cap(benchmark.origin.label))
    return (cap(benchmark.dimension.label), told, types, *numbers, *standing, benchmark.measure.id, one.benchmark_id)


def _rests_on(benchmark: Benchmark, catalog: Catalog | None) -> str:
    known = {one.id: one for one in catalog.sources} if catalog else {}
    cited = "; ".join(known[one.source].citation for one in benchmark.citations if one.source in known)
    return "\n".join(text for text in (benchmark.text, cited and f"Cites: {cited}") if text)


def _unjudged(result: MeasureResult) -> str:
    return WITHHELD if result.status == WITHHELD else "no benchmark asked for"


def _numbers(result: MeasureResult, unit: str) -> tuple[Value, ...]:
    """Value, unit and the two counts; nothing of them where the result is withheld or there is none."""
    named = "share" if unit == "ratio" else unit
    if result.status == WITHHELD or result.status == "error":
        return (None, named, None, None)
    return (_value(result.value, unit), named, result.numerator, result.denominator)


def _value(value: Fraction | None, unit: str) -> Value:
    return Share(value) if value is not None and unit == "ratio" else value


# --- checks ------------------------------------------------------------------------------------------------

_CHECK_COLUMNS = (
    Column("Severity", 14),
    Column("Check", 44),
    Column("Found", 10),
    Column("Among", 11),
    Column("Share", 10),
    Column("Unit", 14, "What is counted."),
    Column("Dimension", 16),
    Column("What is flagged", 50),
    Column("What to do", 50),
    Column("Status", 18),
    Column("Remark", 34),
    Column("Id", 34),
)
_MADE = {"ok": "made", "not_applicable": "nothing to look at", "error": "could not be made", WITHHELD: WITHHELD}


def _gravest(one: Finding) -> tuple[bool, int, int, str]:
    """First what found something, by severity and number; a withheld number takes no part in the order."""
    found = one.count if one.status == "ok" else 0
    return (not found, list(Severity).index(one.check.severity), -found, one.check.id)


def _check(one: Finding) -> tuple[Value, ...]:
    known = one.status == "ok"
    share = Share(Fraction(one.count, one.denominator)) if known and one.denominator else None
    numbers = (one.count, one.denominator, share) if known else (None, None, None)
    check = one.check
    said = (check.rule, check.guidance.agency, _MADE[one.status], one.reason, check.id)
    return (cap(check.severity.label), check.title, *numbers, check.unit.value, cap(check.dimension.label), *said)


# --- HUD's tables ------------------------------------------------------------------------------------------

_HUD_WIDTHS = (62, *(18,) * 8)


def _hud(book: Book, tables: Iterable[HudTable]) -> None:
    """HUD's tables below one another; rates as numbers shown with two decimals of a percent."""
    sheet, row = book.book.add_worksheet("HUD tables"), 0
    for column, width in enumerate(_HUD_WIDTHS):
        sheet.set_column(column, column, width)
    for table in tables:
        book.cell(sheet, row, 0, f"{table.name}: {table.title}", {"bold": True, "font_size": 13})
        sheet.set_row(row, 24)
        row = _hud_table(book, sheet, row + 1, table) + 1
    sheet.freeze_panes(0, 1)
    print_setup(sheet)


def _hud_table(book: Book, sheet: Any, row: int, table: HudTable) -> int:
    """A table from its header on; returns the row after it."""
    figures = ((line.label, *map(_hud_value, line.cells)) for line in table.lines)
    lines: list[tuple[Value, ...]] = [table.header, *figures]
    for place, line in enumerate(lines, start=row):
        for column, value in enumerate(line):
            book.cell(sheet, place, column, value, HEADER if place == row else CELL)
    fit(sheet, row, ((title, width - 4) for title, width in zip(table.header, _HUD_WIDTHS, strict=False)))
    return row + len(lines)


def _hud_value(cell: int | Fraction | str | None) -> Value:
    return Share(cell, 2) if isinstance(cell, Fraction) else cell
