"""Counts for the public: small ones withheld, and as many others as it takes that none can be worked out.

Two counts of one part of the system that are equal are taken for the same count, so that what one table withholds no
other shows. Parts of a total are taken to add up to it, also where people can be in several.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from fractions import Fraction
from typing import Any

from attrs import evolve, frozen

from hmis_standards.measure.disclosure import SYSTEM, Tables
from hmis_standards.measure.findings import Finding, FindingSet
from hmis_standards.measure.hud_counts import Q5A
from hmis_standards.measure.hud_report import HudReport
from hmis_standards.measure.hud_tables import HudRow, HudTable
from hmis_standards.measure.results import WITHHELD, MeasureResult, Measures
from hmis_standards.model import Setting
from hmis_standards.tabular import Plain, escape
from hmis_standards.vocabulary import CountedUnit, Origin

__all__ = ["SMALLEST", "PublicParts", "for_public", "public_facts"]

SMALLEST = Setting(
    id="smallest_count_shown",
    value=11,
    unit="people or records",
    text=(
        "Counts from 1 to 10 are withheld, as the Centers for Medicare & Medicaid Services ask of who publishes from "
        "their data. Many publishers of other data do the same. No rule makes it a duty for HMIS data; a community's "
        "own rule comes first."
    ),
    origin=Origin.CONVENTION,
)
"""The smallest count that is shown, with its origin."""

# Counts of beds, projects, files and organizations, which are about no person.
_NOT_OF_PEOPLE = (
    "bed-coverage", "descriptor-failures", "file-structure-errors", "organization-participation",
    "project-participation", "projects-",
)  # fmt: skip
# Nights of people over nights of beds: the lower count is about no person, the upper is no part of it.
_NIGHTS = ("bed-utilization", "project-utilization", "unit-utilization")
# Counts by themselves, whose denominator is one and counts nothing.
_NUMBERS = (
    "household-type-unknown-people", "households-not-one-head", "households-under-six", "households-without-coc",
    "lsa-adult-and-head-stays", "lsa-households", "lsa-households-without-coc", "lsa-night-stays-without-night",
    "lsa-people-exited", "lsa-stays", "lsa-stays-not-one-head", "night-stays-silent", "overlap-nights",
    "overlap-pairs", "overlap-people", "relationships-invalid", "stays-after-closing", "stays-outside-participation",
)  # fmt: skip
# Lengths in the middle of many records: shown where the mean of the same records is of enough of them.
_MIDDLES = ("median-", "p90-")
# Lengths that belong to one record.
_EXTREMES = ("-longest", "annual-offset-days", "silent-days", "silent-business-days")
_UNITS_NOT_OF_PEOPLE = frozenset({CountedUnit.PROJECT, CountedUnit.COLUMN, CountedUnit.FILE})


@frozen(kw_only=True)
class PublicParts(Plain):
    """Results as they may be published, decided together. ``withheld`` is how many numbers are not shown."""

    measures: Measures | None = None
    hud: HudReport | None = None
    findings: FindingSet | None = None
    least: int
    withheld: int

    @property
    def note(self) -> str:
        """What a page says of it."""
        return (
            f"Counts of people and records from 1 to {self.least - 1} are withheld, with every share made of them, and "
            f"so many others that none can be worked out from totals: {self.withheld:,} numbers in all. Single "
            "projects, the longest single stays and delays, and remarks on how the export was read are left out. The "
            "limit is a convention."
        )

    def _repr_html_(self) -> str:
        parts = (self.measures, *(self.hud.tables if self.hud else ()), self.findings)
        return f"<p>{escape(self.note)}</p>{''.join(one._repr_html_() for one in parts if one is not None)}"


def for_public(
    *,
    measures: Measures | None = None,
    hud: HudReport | None = None,
    findings: FindingSet | None = None,
    least: int = SMALLEST.value,
) -> PublicParts:
    """The same results with small counts withheld, decided for all of them together.

    Withheld is a count from 1 to ``least`` - 1, and a share with such a count above or below its line or between the
    two. Of every table so many more, the smallest first, that adding and taking away gives none of them. Zeros stay.
    Counts of beds, projects, files and columns stay too. Results of single projects are left out; so are lengths of
    one record. Between different checks, or measures of different people, no relation is known here: whoever knows one
    may learn more.

    A withheld result has the status ``withheld`` and no counts, and no judgement but ``withheld``; a withheld cell of
    HUD's tables is the text ``withheld``.

    Raises:
        ValueError: ``least`` is below 2.
    """
    if least < 2:
        raise ValueError(f"least is {least}; from 2 on something is withheld")
    tables = Tables(least)
    results = [one for one in measures or () if one.slice != "project"]
    _take_results(tables, results)
    if hud is not None:
        _take_hud(tables, hud)
    for one in findings or ():
        if one.check.unit not in _UNITS_NOT_OF_PEOPLE:
            tables.share(("check", one.check.id), SYSTEM, one.count, one.denominator)
    shown = tables.shown()
    told = [_result(one, shown, results, least) for one in results]
    pages = [_table(one, shown) for one in hud.tables] if hud else []
    found = [_finding(one, shown) for one in findings or ()]
    hidden = sum(one.status == WITHHELD for one in told) + sum(one.status == WITHHELD for one in found)
    hidden += sum(cell == WITHHELD for page in pages for line in page.lines for cell in line.cells)
    return PublicParts(
        measures=evolve(measures, results=tuple(told)) if measures is not None else None,
        hud=evolve(hud, tables=tuple(pages)) if hud else None,
        findings=evolve(findings, findings=tuple(found), records=lambda one: []) if findings is not None else None,
        least=least,
        withheld=hidden,
    )


def public_facts(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts of an export without counts of its rows and of what was wrong in it."""
    return {**facts, "rows": {}, "problems": []}


# --- measures ----------------------------------------------------------------------------------------------


def _take_results(tables: Tables, results: Iterable[MeasureResult]) -> None:
    by_measure: dict[str, list[MeasureResult]] = defaultdict(list)
    for one in results:
        if one.status == "ok" and not _free(one) and not _a_length(one):
            by_measure[one.measure].append(one)
    for listed in by_measure.values():
        for one in listed:
            _take(tables, one)
        _add_up(tables, listed)


def _free(one: MeasureResult) -> bool:
    return one.measure.startswith(_NOT_OF_PEOPLE)


def _a_length(one: MeasureResult) -> bool:
    return one.measure.startswith(_MIDDLES) or one.measure.endswith(_EXTREMES)


def _part(one: MeasureResult) -> str:
    return "+".join(map(str, one.project_types)) or SYSTEM


def _take(tables: Tables, one: MeasureResult) -> None:
    if one.measure in _NUMBERS or one.measure.startswith(_NIGHTS):
        tables.count(_key(one), _part(one), one.numerator)
    elif one.measure.startswith("mean-"):
        tables.count(_key(one), _part(one), one.denominator)
    else:
        tables.share(_key(one), _part(one), one.numerator, one.denominator)


def _key(one: MeasureResult) -> Hashable:
    return one.measure, one.slice, one.project_types


def _add_up(tables: Tables, listed: list[MeasureResult]) -> None:
    """Project types add up to the system, above the line, below it and between."""
    whole = [one for one in listed if one.slice == "system"]
    parts = [one for one in listed if one.slice == "project_type"]
    if not whole or not parts:
        return
    for count in (_above, _below, _between):
        pieces = [(_part(one), count(one)) for one in parts]
        tables.parts((whole[0].measure, count.__name__), SYSTEM, count(whole[0]), pieces)


def _above(one: MeasureResult) -> int:
    return 0 if one.measure.startswith("mean-") else max(one.numerator, 0)


def _below(one: MeasureResult) -> int:
    return 0 if one.measure in _NUMBERS or one.measure.startswith(_NIGHTS) else one.denominator


def _between(one: MeasureResult) -> int:
    return max(_below(one) - _above(one), 0)


def _result(
    one: MeasureResult, shown: frozenset[Hashable], results: Iterable[MeasureResult], least: int
) -> MeasureResult:
    if one.status != "ok":
        return evolve(one, numerator=0)  # people above a line below which nobody stands
    if _free(one) or _key(one) in shown:
        return one
    if one.measure.startswith(_MIDDLES) and _enough(one, results, least):
        return one
    why = (
        "is of one record"
        if one.measure.endswith(_EXTREMES)
        else f"is of fewer than {least}, or would tell such a count"
    )
    return evolve(one, numerator=0, denominator=0, status=WITHHELD, reason=f"withheld: it {why}")


def _enough(one: MeasureResult, results: Iterable[MeasureResult], least: int) -> bool:
    """Whether the mean of the same lengths is of enough records."""
    mean = "mean-" + one.measure.partition("-")[2]
    return any(
        other.measure == mean and _key(other)[1:] == _key(one)[1:] and other.denominator >= least  # type: ignore[index]
        for other in results
    )


# --- HUD's tables ------------------------------------------------------------------------------------------

# Lines of Q5a of which one is part of the other, beside all being part of the first.
_PARTS = (
    ("adults", "adult_leavers"), ("adults", "adult_stayers"), ("adults", "veterans"), ("adults", "adult_heads"),
    ("leavers", "adult_leavers"), ("leavers", "adult_head_leavers"), ("adult_head_leavers", "adult_leavers"),
    ("stayers", "adult_stayers"), ("stayers", "stayed_a_year"), ("youth", "parenting_youth"),
)  # fmt: skip
_WHOLES = (("all", ("adults", "children", "unknown_age")), ("all", ("leavers", "stayers")))


def _take_hud(tables: Tables, report: HudReport) -> None:
    for table in report.tables:
        for place, line in enumerate(table.lines):
            _take_line(tables, table, place, line)
        _RELATIONS[table.name](tables, table)


def _take_line(tables: Tables, table: HudTable, place: int, line: HudRow) -> None:
    for column, cell in enumerate(line.cells):
        if isinstance(cell, Fraction):
            above, below = _behind(table.name, line, cell)
            tables.share((table.name, place, column), SYSTEM, above, below)
        elif isinstance(cell, int):
            tables.count((table.name, place, column), SYSTEM, cell)


def _behind(name: str, line: HudRow, rate: Fraction) -> tuple[int, int]:
    """The two counts of a rate, from the other cells of its line; a rate of 0 tells of none above the line."""
    if name in {"Q6d", "Q6f"}:
        below = _whole(line.cells[0])
        return int(rate * below), below
    above = _whole(line.cells[-2])
    return above, int(above / rate) if rate else 0


def _whole(cell: object) -> int:
    return cell if isinstance(cell, int) else 0


def _column(table: HudTable, column: int) -> list[int]:
    return [_whole(line.cells[column]) for line in table.lines]


def _in_q5a(tables: Tables, table: HudTable) -> None:
    names = [name for _, name, _ in Q5A]
    counted, everybody = (dict(zip(names, _column(table, place), strict=True)) for place in (0, 1))
    for counts in (counted, everybody):
        for whole, pieces in _WHOLES:
            _total(tables, counts[whole], [counts[one] for one in pieces])
        for whole, piece in (*_PARTS, *(("all", name) for name in names[1:])):
            _total(tables, counts[whole], [counts[piece], counts[whole] - counts[piece]])
    for name in names:
        _total(tables, everybody[name], [counted[name], everybody[name] - counted[name]])


def _total(tables: Tables, whole: int, pieces: list[int]) -> None:
    """A total of counts, where it is one."""
    if sum(pieces) == whole and min(pieces) >= 0:
        tables.total(SYSTEM, whole, pieces)


def _in_errors(tables: Tables, table: HudTable) -> None:
    for line in table.lines:
        counts = [cell for cell in line.cells if isinstance(cell, int)]
        if len(counts) > 2:
            _total(tables, counts[-1], counts[:-1])


def _in_q6d(tables: Tables, table: HudTable) -> None:
    """People of the lines, and those of whom it cannot be worked out."""
    rates = [line.cells[-1] for line in table.lines]
    unable = [
        int(rate * _whole(line.cells[0])) if isinstance(rate, Fraction) else 0
        for line, rate in zip(table.lines, rates, strict=True)
    ]
    for counts in (_column(table, 0), unable):
        _total(tables, counts[-1], counts[:-1])


def _in_q6e(tables: Tables, table: HudTable) -> None:
    """All records of a column, those not made before the event, and those made within three days of it."""
    early = len(table.lines) - 5
    before = []
    for column in (0, 1):
        counts = _column(table, column)
        due = counts[early:]
        for pieces in (counts, due, due[:2]):
            tables.total(SYSTEM, sum(pieces), pieces)
        tables.total(SYSTEM, sum(counts), [sum(due), *counts[:early]])
        tables.total(SYSTEM, sum(due), [sum(due[:2]), sum(due[2:])])
        before.append((sum(counts), sum(counts[:early])))
    for pair in zip(*before, strict=True):
        tables.total(SYSTEM, sum(pair), list(pair))


def _in_q6f(tables: Tables, table: HudTable) -> None:
    for column in (0, 1):
        counts = _column(table, column)
        tables.total(SYSTEM, sum(counts), counts)


_RELATIONS = {
    "Q5a": _in_q5a,
    **dict.fromkeys(("Q6a", "Q6b", "Q6c"), _in_errors),
    "Q6d": _in_q6d,
    "Q6e": _in_q6e,
    "Q6f": _in_q6f,
}


def _table(table: HudTable, shown: frozenset[Hashable]) -> HudTable:
    return evolve(table, lines=tuple(_line(table.name, place, line, shown) for place, line in enumerate(table.lines)))


def _line(name: str, place: int, line: HudRow, shown: frozenset[Hashable]) -> HudRow:
    cells = tuple(
        cell if cell is None or (name, place, column) in shown else WITHHELD for column, cell in enumerate(line.cells)
    )
    return evolve(line, cells=cells)


# --- checks ------------------------------------------------------------------------------------------------


def _finding(one: Finding, shown: frozenset[Hashable]) -> Finding:
    free = one.status != "ok" or one.check.unit in _UNITS_NOT_OF_PEOPLE
    if free or ("check", one.check.id) in shown:
        return evolve(one, reason="" if one.status == "ok" else one.reason.partition(";")[0])
    return evolve(one, count=0, denominator=0, status=WITHHELD, reason="withheld: a small count could be worked out")
