"""Bed coverage and participation on one night, from project descriptor data."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from hmis_standards.measure.columns import COVERAGE
from hmis_standards.measure.export import Export, require
from hmis_standards.measure.prepare import fill, fill_cocs, run_view
from hmis_standards.measure.results import MeasureResult
from hmis_standards.vocabulary import Dimension

__all__ = ["coverage"]

# The rows of HUD's bed coverage table: emergency shelter, safe haven, transitional, rapid re-housing, PSH, other PH.
BED_GROUPS = ((0, 1), (8,), (2,), (13,), (3,), (9, 10))
WITHOUT_BEDS = (4, 6, 11, 12, 14)


def coverage(export: Export, night: date, cocs: Iterable[str] | None) -> list[MeasureResult]:
    """Coverage by project type on ``night``: beds in HMIS, beds in HMIS or comparable databases, projects taking part.

    Only continuum projects that are open that night; year-round beds (Availability 1 or blank). A project of a victim
    service provider never counts as being in HMIS. Beds are limited to a CoC by their own code, projects without
    beds by ProjectCoC.csv.

    Raises:
        MissingTable, MissingColumn: what is read is not in the export.
    """
    require(export, COVERAGE)
    fill(export, "night", "night DATE", [(night,)])
    fill_cocs(export, cocs)
    run_view(export, "coverage")
    projects = export.engine.rows("SELECT * FROM coverage")
    found: list[MeasureResult] = []
    for group in BED_GROUPS:
        beds = [p for p in projects if p["ProjectType"] in group and not p["services_only"]]
        found += [_in_hmis(group, beds), _with_comparable(group, beds)]
    for kind in WITHOUT_BEDS:
        found.append(_taking_part(kind, [p for p in projects if p["ProjectType"] == kind and p["in_coc"]]))
    return found


def _in_hmis(group: tuple[int, ...], projects: list[dict[str, Any]]) -> MeasureResult:
    others = [p for p in projects if not p["victim_service_provider"]]
    covered = sum(p["beds"] for p in others if p["in_hmis"])
    return _result("bed-coverage", group, covered, sum(p["beds"] for p in others), "beds")


def _with_comparable(group: tuple[int, ...], projects: list[dict[str, Any]]) -> MeasureResult:
    covered = [p for p in projects if p["in_comparable"] or (p["in_hmis"] and not p["victim_service_provider"])]
    total = sum(p["beds"] for p in projects)
    return _result("bed-coverage-comparable", group, sum(p["beds"] for p in covered), total, "beds")


def _taking_part(kind: int, projects: list[dict[str, Any]]) -> MeasureResult:
    others = [p for p in projects if not p["victim_service_provider"]]
    return _result("project-participation", (kind,), sum(p["in_hmis"] for p in others), len(others), "projects")


def _result(measure: str, group: tuple[int, ...], covered: int, total: int, what: str) -> MeasureResult:
    return MeasureResult(
        measure=measure,
        dimension=Dimension.COVERAGE,
        slice="project_type",
        project_types=group,
        numerator=covered,
        denominator=total,
        status="ok" if total else "not_applicable",
        reason="" if total else f"no {what} of this type on that night",
    )
