"""What an agency is shown: its own projects against the benchmarks, and what to mend in their records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from attrs import frozen

from hmis_standards.model import Catalog
from hmis_standards.report.matrix import asked_text, measure_titles, named_asked
from hmis_standards.report.parts import ReportParts
from hmis_standards.report.words import JUDGED, Mark, cap, count, joined, measured_text, type_name
from hmis_standards.vocabulary import Judged, Severity

if TYPE_CHECKING:
    from hmis_standards.measure import Finding, Judgement, ProjectFinding

__all__ = ["MendRow", "ProjectRow", "ProjectTable", "ProjectView", "VendorRow", "project_view", "vendor_rows"]

_ORDER = (Judged.BELOW, Judged.NEAR, Judged.MET)


@frozen(kw_only=True)
class ProjectRow:
    """A benchmark on one project."""

    title: str
    asked: str
    value: str
    counts: str
    mark: Mark


@frozen(kw_only=True)
class ProjectTable:
    """The results of one project, those that miss their benchmark first."""

    title: str
    text: str
    rows: tuple[ProjectRow, ...]


@frozen(kw_only=True)
class MendRow:
    """A check with how many records it flags in the projects, and what the agency does."""

    title: str
    id: str
    severity: str
    found: str
    rule: str
    agency: str


@frozen(kw_only=True)
class ProjectView:
    """The projects of the agency; ``note`` says why numbers of single projects may be lacking."""

    note: str
    projects: tuple[ProjectTable, ...]
    mend: tuple[MendRow, ...]


@frozen(kw_only=True)
class VendorRow:
    """A check that found something, and what the software can do. No count."""

    title: str
    id: str
    severity: str
    rule: str
    vendor: str


def project_view(parts: ReportParts, catalog: Catalog | None) -> ProjectView:
    """The view of the projects named in the parts; of the whole system where single ones may not be shown."""
    own = [one for one in parts.judgements or () if one.result and one.result.project_id in set(parts.projects)]
    titles = measure_titles(catalog)
    tables = [
        _table(titles, [one for one in own if one.result and one.result.project_id == name]) for name in parts.projects
    ]
    found = parts.project_findings
    mend = _system(parts.findings or ()) if found is None else _mend(found)
    return ProjectView(note=_note(parts), projects=tuple(one for one in tables if one), mend=tuple(mend))


def _note(parts: ReportParts) -> str:
    if parts.withheld:
        return "This page may be published, so it has no results of single projects. What follows is the whole system."
    return "" if parts.projects else "No project was named. What follows is the whole system."


def _table(titles: Mapping[str, str], judged: list[Judgement]) -> ProjectTable | None:
    if not judged or judged[0].result is None:
        return None
    first = judged[0].result
    shown = sorted((one for one in judged if one.judged in _ORDER), key=lambda one: _ORDER.index(one.judged))
    tally = [f"{sum(one.judged is word for one in shown)} {JUDGED[word].word}" for word in _ORDER]
    name = first.project_name or "Project"
    return ProjectTable(
        title=f"{name} ({first.project_id})",
        text=f"{type_name(first.project_types)}. Of {count(len(shown), 'result')} with a benchmark: {joined(tally)}.",
        rows=tuple(_row(titles.get(one.benchmark.measure.id, ""), one) for one in shown),
    )


def _row(measure: str, one: Judgement) -> ProjectRow:
    result, unit = one.result, one.benchmark.unit
    value = result.value if result else None
    shown = "–" if value is None else measured_text(value, unit, one.target)
    return ProjectRow(
        title=one.benchmark.title,
        asked=named_asked(measure, one.benchmark.title, asked_text([one.target], one.benchmark.direction, unit)),
        value=shown,
        counts=f"{result.numerator:,} of {result.denominator:,}" if result and unit == "ratio" else "",
        mark=JUDGED[one.judged],
    )


_GRAVITY = tuple(Severity)


def _mend(found: Iterable[ProjectFinding]) -> list[MendRow]:
    by_check: dict[str, list[ProjectFinding]] = {}
    for one in found:
        by_check.setdefault(one.check.id, []).append(one)
    rows = [(own[0].check, sum(one.count for one in own), _where(own)) for own in by_check.values()]
    rows.sort(key=lambda row: (_GRAVITY.index(row[0].severity), -row[1], row[0].id))
    return [
        MendRow(
            title=check.title,
            id=check.id,
            severity=cap(check.severity.label),
            found=f"{count(number, 'record')}{where}",
            rule=check.rule,
            agency=check.guidance.agency,
        )
        for check, number, where in rows
    ]


def _where(own: list[ProjectFinding]) -> str:
    """In which projects, where there are several."""
    return f": {joined(f'{one.count:,} in {one.project_id}' for one in own)}" if len(own) > 1 else ""


def _flagged(found: Iterable[Finding]) -> list[Finding]:
    flagged = [one for one in found if one.count]
    return sorted(flagged, key=lambda one: (_GRAVITY.index(one.check.severity), -one.count, one.check.id))


def _system(found: Iterable[Finding]) -> list[MendRow]:
    return [
        MendRow(
            title=one.check.title,
            id=one.check.id,
            severity=cap(one.check.severity.label),
            found=f"{one.count:,} of {one.denominator:,} in the whole system",
            rule=one.check.rule,
            agency=one.check.guidance.agency,
        )
        for one in _flagged(found)
    ]


def vendor_rows(found: Iterable[Finding]) -> tuple[VendorRow, ...]:
    """The checks that found something with what the vendor can do; in an order that tells nothing of counts."""
    flagged = sorted(_flagged(found), key=lambda one: (_GRAVITY.index(one.check.severity), one.check.id))
    return tuple(
        VendorRow(
            title=one.check.title,
            id=one.check.id,
            severity=cap(one.check.severity.label),
            rule=one.check.rule,
            vendor=one.check.guidance.vendor,
        )
        for one in flagged
    )
