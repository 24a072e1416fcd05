"""Measures that are counts of what data quality checks find: project descriptors, and the structure of the files."""

from __future__ import annotations

from hmis_standards.measure.checks import check
from hmis_standards.measure.export import Export
from hmis_standards.measure.findings import FindingSet
from hmis_standards.measure.results import MeasureResult
from hmis_standards.store import load_checks
from hmis_standards.vocabulary import CheckKind, Dimension, Severity

__all__ = ["from_checks"]

_WHOLE_EXPORT = "Export"
"""A fault of the export as a whole counts with the file that describes it."""


def from_checks(export: Export) -> list[MeasureResult]:
    """Projects, and files, in which a shipped check of high priority finds something; of the whole export.

    A check that could not be made leaves its measure without a result: the status is ``error``.
    """
    urgent = load_checks().select(severity=Severity.HIGH_PRIORITY)
    descriptors = check(export, [one for one in urgent if one.kind is CheckKind.PROJECT])
    files = check(export, [one for one in urgent if one.kind is CheckKind.FILE])
    expected = {one.table for one in export.found.files if one.expected}
    faulty = {row["table"] or _WHOLE_EXPORT for row in _rows(files)} & expected
    return [
        _result("descriptor-failures", Dimension.ACCURACY, descriptors, _projects(export, descriptors)),
        _result("file-structure-errors", Dimension.CONSISTENCY, files, (len(faulty), len(expected))),
    ]


def _rows(found: FindingSet) -> list[dict[str, str]]:
    return [row for one in found if one.count for row in found.rows(one.check.id)]


def _projects(export: Export, found: FindingSet) -> tuple[int, int]:
    """Findings without a project, such as a record that names none, are of no project."""
    listed = {str(row["ProjectID"]) for row in export.engine.rows('SELECT "ProjectID" FROM "Project"')}
    return len({row["project_id"] for row in _rows(found)} & listed), len(listed)


def _result(measure: str, dimension: Dimension, found: FindingSet, share: tuple[int, int]) -> MeasureResult:
    unmade = [one for one in found if one.status == "error"]
    reason = "; ".join(f"{one.check.id}: {one.reason}" for one in unmade)
    return MeasureResult(
        measure=measure,
        dimension=dimension,
        slice="system",
        numerator=0 if unmade else share[0],
        denominator=0 if unmade else share[1],
        status="error" if unmade else "ok" if share[1] else "not_applicable",
        reason=reason or ("" if share[1] else "nothing to look at"),
    )
