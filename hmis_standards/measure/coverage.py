"""Bed coverage and participation on one night or several, from project descriptor data."""

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
_POINT_IN_TIME = {"Project": ("PITCount",)}

_Projects = list[dict[str, Any]]


def coverage(export: Export, night: date, cocs: Iterable[str] | None, four: Iterable[date] = ()) -> list[MeasureResult]:
    """Coverage by project type on ``night``: beds in HMIS, beds in HMIS or comparable databases, projects taking part.

    Only continuum projects that are open that night, but for one measure that says so; year-round beds (Availability 1
    or blank), seasonal and overflow beds by themselves. A project of a victim service provider never counts as being
    in HMIS. Beds are limited to a CoC by their own code, projects without beds and people counted by ProjectCoC.csv.
    ``four`` are the nights of the measure that adds up several.

    Raises:
        MissingTable, MissingColumn: what is read is not in the export.
    """
    require(export, COVERAGE)
    nights = tuple(four)
    fill(export, "coverage_nights", "night DATE", [(one,) for one in sorted({night, *nights})])
    fill_cocs(export, cocs)
    run_view(export, "coverage")
    rows = export.engine.rows('SELECT * FROM "coverage"')
    every_project = [one for one in rows if one["night"] == night]
    projects = [one for one in every_project if one["continuum"]]
    together = [one for one in rows if one["continuum"] and one["night"] in nights]
    lack = ", ".join(export.missing(_POINT_IN_TIME))
    found: list[MeasureResult] = []
    for group in BED_GROUPS:
        beds = _of(group, projects)
        found += [
            _in_hmis("bed-coverage", group, beds),
            _with_comparable(group, beds),
            _in_hmis("bed-coverage-every-project", group, _of(group, every_project)),
            _in_hmis("bed-coverage-four-nights", group, _of(group, together)),
            _in_hmis("bed-coverage-seasonal", group, beds, "seasonal_beds", "seasonal beds"),
            _in_hmis("bed-coverage-overflow", group, beds, "overflow_beds", "overflow beds"),
            _point_in_time(group, [one for one in beds if one["in_coc"]], lack),
        ]
    for kind in WITHOUT_BEDS:
        found.append(_taking_part(kind, [p for p in projects if p["ProjectType"] == kind and p["in_coc"]]))
    return [*found, _organizations(projects)]


def _of(group: tuple[int, ...], projects: _Projects) -> _Projects:
    return [p for p in projects if p["ProjectType"] in group and not p["services_only"]]


def _others(projects: _Projects) -> _Projects:
    """All but those of victim service providers, which must not be in HMIS."""
    return [p for p in projects if not p["victim_service_provider"]]


def _in_hmis(
    measure: str, group: tuple[int, ...], projects: _Projects, count: str = "beds", what: str = "beds"
) -> MeasureResult:
    others = _others(projects)
    covered = sum(p[count] for p in others if p["in_hmis"])
    return _result(measure, group, covered, sum(p[count] for p in others), what)


def _point_in_time(group: tuple[int, ...], projects: _Projects, lack: str) -> MeasureResult:
    if lack:
        reason = f"the export has no {lack}"
        return _made("point-in-time-coverage", "project_type", group, 0, 0, "error", reason)
    return _in_hmis("point-in-time-coverage", group, projects, "people_counted", "people counted in projects")


def _with_comparable(group: tuple[int, ...], projects: _Projects) -> MeasureResult:
    covered = [p for p in projects if p["in_comparable"] or (p["in_hmis"] and not p["victim_service_provider"])]
    total = sum(p["beds"] for p in projects)
    return _result("bed-coverage-comparable", group, sum(p["beds"] for p in covered), total, "beds")


def _taking_part(kind: int, projects: _Projects) -> MeasureResult:
    others = _others(projects)
    return _result("project-participation", (kind,), sum(p["in_hmis"] for p in others), len(others), "projects")


def _organizations(projects: _Projects) -> MeasureResult:
    """Agencies, of all project types together: an agency takes part with one of its projects."""
    kinds = {*WITHOUT_BEDS, *(kind for group in BED_GROUPS for kind in group)}
    others = [p for p in _others(projects) if p["ProjectType"] in kinds and not p["services_only"] and p["in_coc"]]
    agencies = {p["OrganizationID"] for p in others if p["OrganizationID"]}
    covered = {p["OrganizationID"] for p in others if p["OrganizationID"] and p["in_hmis"]}
    status = "ok" if agencies else "not_applicable"
    reason = "" if agencies else "no organization with a project on that night"
    return _made("organization-participation", "system", (), len(covered), len(agencies), status, reason)


def _result(measure: str, group: tuple[int, ...], covered: int, total: int, what: str) -> MeasureResult:
    reason = "" if total else f"no {what} of this type on that night"
    return _made(measure, "project_type", group, covered, total, "ok" if total else "not_applicable", reason)


def _made(
    measure: str, place: str, group: tuple[int, ...], covered: int, total: int, status: str, reason: str
) -> MeasureResult:
    return MeasureResult(
        measure=measure,
        dimension=Dimension.COVERAGE,
        slice=place,
        project_types=group,
        numerator=covered,
        denominator=total,
        status=status,
        reason=reason,
    )
