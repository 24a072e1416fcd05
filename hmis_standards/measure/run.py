"""Measuring an export: every measure this version computes, on the system, each project type and each project."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from hmis_standards.measure.coverage import coverage
from hmis_standards.measure.export import Export
from hmis_standards.measure.hud_report import COUNTS, chosen_projects
from hmis_standards.measure.periods import count_night, outside_of, period_of
from hmis_standards.measure.prepare import Progress, Slice, check_cocs, people_by_slice, projects_of
from hmis_standards.measure.results import MeasureResult, Measures
from hmis_standards.vocabulary import Dimension

__all__ = ["measure"]

_ERROR = ("declined", "missing", "issue")
_WITHIN_3 = ("0", "1_3")
_COUNTED = ("0", "1_3", "4_6", "7_10", "11")


def _sum(prefix: str, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"{prefix}_{name}" for name in names)


_ALL_LAGS = (*_sum("start", ("below_0", *_COUNTED)), *_sum("exit", ("below_0", *_COUNTED)))

# Measure, dimension, counts that add up to the numerator, counts that add up to the denominator, who is counted.
_RATES: tuple[tuple[str, Dimension, tuple[str, ...], tuple[str, ...], str], ...] = (
    ("name-error", Dimension.COMPLETENESS, _sum("name", _ERROR), ("all",), "people"),
    ("ssn-error", Dimension.COMPLETENESS, _sum("ssn", _ERROR), ("all",), "people"),
    ("dob-error", Dimension.COMPLETENESS, _sum("dob", _ERROR), ("all",), "people"),
    ("race-error", Dimension.COMPLETENESS, _sum("race", _ERROR), ("all",), "people"),
    ("race-missing", Dimension.COMPLETENESS, ("race_missing",), ("all",), "people"),
    ("gender-error", Dimension.COMPLETENESS, _sum("gender", _ERROR), ("all",), "people"),
    ("pii-error", Dimension.COMPLETENESS, ("identity_error",), ("all",), "people"),
    ("veteran-error", Dimension.COMPLETENESS, _sum("veteran", _ERROR), ("adults", "children"), "people of known age"),
    ("start-date-issue", Dimension.ACCURACY, _sum("start", _ERROR), ("all",), "people"),
    ("relationship-error", Dimension.CONSISTENCY, _sum("relationship", _ERROR), ("all",), "people"),
    ("coc-error", Dimension.COMPLETENESS, _sum("coc", _ERROR), ("adult_heads", "other_heads"), "heads of household"),
    ("disabling-error", Dimension.COMPLETENESS, _sum("disabling", _ERROR), ("all",), "people"),
    ("start-within-3-days", Dimension.TIMELINESS, _sum("start", _WITHIN_3), _sum("start", _COUNTED), "project starts"),
    ("exit-within-3-days", Dimension.TIMELINESS, _sum("exit", _WITHIN_3), _sum("exit", _COUNTED), "exits"),
    ("entered-before-event", Dimension.TIMELINESS, ("start_below_0", "exit_below_0"), _ALL_LAGS, "starts and exits"),
)


def measure(
    export: Export,
    *,
    start: str | date | None = None,
    end: str | date | None = None,
    by: str | None = None,
    projects: Iterable[str] | None = None,
    coc: Iterable[str] | None = None,
    progress: Progress | None = None,
) -> Measures:
    """Every measure this version computes, as counts.

    Args:
        export: an open export.
        start, end: first and last day; the export's own period if left out.
        by: ``"project"`` adds a result for each project to those of the system and of each project type.
        projects: limit to these ProjectIDs (coverage is of the whole export all the same).
        coc: limit to these CoC codes.
        progress: called with step, number done and number of steps; may raise to cancel.

    Raises:
        ExportError: no usable period, or no such project.
        ValueError: ``by`` is something else.
    """
    if by not in {None, "project"}:
        raise ValueError("by is None or 'project'")
    first, last = period_of(export, start, end)
    listed = _listed(export, projects)
    check_cocs(export, coc)
    slices = _slices(listed, by)
    counts = people_by_slice(export, first, last, slices, coc, COUNTS, progress)
    names = {str(row["ProjectID"]): row for row in listed}
    found: list[MeasureResult] = []
    for one in slices:
        found += _rates(one, counts[one.id], names, export.edition)
    night = count_night(first, last)
    found += coverage(export, night, coc)
    outside = outside_of(export, first, last)
    return Measures(start=first, end=last, bed_night=night, outside=outside, results=tuple(found))


def _listed(export: Export, projects: Iterable[str] | None) -> list[dict[str, Any]]:
    wanted = set(chosen_projects(export, projects))
    return [row for row in projects_of(export) if str(row["ProjectID"]) in wanted]


def _slices(listed: list[dict[str, Any]], by: str | None) -> list[Slice]:
    """The system, every project type present, and if asked every project."""
    everything = tuple(str(row["ProjectID"]) for row in listed)
    types = sorted({row["ProjectType"] for row in listed if row["ProjectType"] is not None})
    slices = [Slice(id="system", projects=everything)]
    for kind in types:
        members = tuple(str(row["ProjectID"]) for row in listed if row["ProjectType"] == kind)
        slices.append(Slice(id=f"project_type {kind}", projects=members))
    if by == "project":
        slices += [Slice(id=f"project {project}", projects=(project,)) for project in everything]
    return slices


def _rates(one: Slice, counts: dict[str, int], names: dict[str, dict[str, Any]], edition: str) -> list[MeasureResult]:
    kind, _, which = one.id.partition(" ")
    project = names[which] if kind == "project" else None
    code = project["ProjectType"] if project else (int(which) if kind == "project_type" else None)
    results = []
    for name, dimension, above, below, who in _RATES:
        if name == "gender-error" and edition != "FY2024":
            continue
        among = sum(counts[count] for count in below)
        results.append(
            MeasureResult(
                measure=name,
                dimension=dimension,
                slice=kind,
                project_types=() if code is None else (code,),
                project_id=which if project else None,
                project_name=project["ProjectName"] if project else None,
                numerator=sum(counts[count] for count in above),
                denominator=among,
                status="ok" if among else "not_applicable",
                reason="" if among else f"no {who} to count",
            )
        )
    return results
