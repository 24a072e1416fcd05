"""Measuring an export: every measure this version computes, on the system, each project type and each project."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from hmis_standards.measure.coverage import coverage
from hmis_standards.measure.elements import HIGHEST, highest
from hmis_standards.measure.export import Export
from hmis_standards.measure.from_checks import from_checks
from hmis_standards.measure.hud_counts import prior_count
from hmis_standards.measure.hud_report import chosen_projects
from hmis_standards.measure.hud_tables import prior_lines_of
from hmis_standards.measure.periods import count_night, outside_of, period_of
from hmis_standards.measure.prepare import (
    SHARED,
    Progress,
    Slice,
    check_cocs,
    lacking,
    people_by_slice,
    projects_of,
    slices_of,
)  # fmt: skip
from hmis_standards.measure.results import MeasureResult, Measures
from hmis_standards.measure.session import view_names
from hmis_standards.measure.slices import Run
from hmis_standards.measure.system import system_measures
from hmis_standards.measure.utilization import four_nights
from hmis_standards.vocabulary import Dimension

__all__ = ["counts_of", "measure", "run_of"]

_ERROR = ("declined", "missing", "issue")
_WITHIN_3 = ("0", "1_3")
_COUNTED = ("0", "1_3", "4_6", "7_10", "11")


def _sum(prefix: str, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"{prefix}_{name}" for name in names)


_ALL_LAGS = (*_sum("start", ("below_0", *_COUNTED)), *_sum("exit", ("below_0", *_COUNTED)))

_PEOPLE = ("all",)
_HEADS = ("adult_heads", "other_heads")
_ADULTS_AND_HEADS = ("adults", "other_heads")

# Measure, dimension, counts that add up to the numerator, counts that add up to the denominator, who is counted.
_Rate = tuple[str, Dimension, tuple[str, ...], tuple[str, ...], str]
_RATES: tuple[_Rate, ...] = (
    ("name-error", Dimension.COMPLETENESS, _sum("name", _ERROR), _PEOPLE, "people"),
    ("ssn-error", Dimension.COMPLETENESS, _sum("ssn", _ERROR), _PEOPLE, "people"),
    ("dob-error", Dimension.COMPLETENESS, _sum("dob", _ERROR), _PEOPLE, "people"),
    ("race-error", Dimension.COMPLETENESS, _sum("race", _ERROR), _PEOPLE, "people"),
    ("race-missing", Dimension.COMPLETENESS, ("race_missing",), _PEOPLE, "people"),
    ("pii-error", Dimension.COMPLETENESS, ("identity_error",), _PEOPLE, "people"),
    ("start-date-issue", Dimension.ACCURACY, _sum("start", _ERROR), _PEOPLE, "people"),
    ("relationship-error", Dimension.CONSISTENCY, _sum("relationship", _ERROR), _PEOPLE, "people"),
    ("coc-error", Dimension.COMPLETENESS, _sum("coc", _ERROR), _HEADS, "heads of household"),
    ("disabling-error", Dimension.COMPLETENESS, _sum("disabling", _ERROR), _PEOPLE, "people"),
    ("destination-error", Dimension.COMPLETENESS, _sum("destination", _ERROR), ("leavers",), "people who left"),
    (
        "income-start-error",
        Dimension.COMPLETENESS,
        _sum("start_income", _ERROR),
        _ADULTS_AND_HEADS,
        "adults or heads of household",
    ),
    (
        "income-annual-error",
        Dimension.COMPLETENESS,
        _sum("annual_income", _ERROR),
        ("stayed_a_year",),
        "adults or heads of household who stayed a year",
    ),
    (
        "income-exit-error",
        Dimension.COMPLETENESS,
        _sum("exit_income", _ERROR),
        ("adult_head_leavers",),
        "adults or heads of household who left",
    ),
    ("start-within-3-days", Dimension.TIMELINESS, _sum("start", _WITHIN_3), _sum("start", _COUNTED), "project starts"),
    ("exit-within-3-days", Dimension.TIMELINESS, _sum("exit", _WITHIN_3), _sum("exit", _COUNTED), "exits"),
    ("entered-before-event", Dimension.TIMELINESS, ("start_below_0", "exit_below_0"), _ALL_LAGS, "starts and exits"),
    ("inactive-records", Dimension.TIMELINESS, ("silent",), ("silence_due",), "open records of 90 days"),
)


# Measures that read more than all others do, and the group of lines in HUD's tables that they share this with.
_GROUPS = {
    "destination-error": "destination",
    "income-start-error": "income",
    "income-annual-error": "income",
    "income-exit-error": "income",
    "prior-living-error": "prior",
    "inactive-records": "contact",
}


def _rates_of(edition: str) -> tuple[_Rate, ...]:
    """The rates of an edition: those of all, and those whose lines in HUD's tables differ."""
    lines = [name for _, name in prior_lines_of(edition)]
    known = ("adults",) if edition == "FY2022" else ("adults", "children")
    people = "adults" if edition == "FY2022" else "people of known age"
    found: list[_Rate] = [
        ("veteran-error", Dimension.COMPLETENESS, _sum("veteran", _ERROR), known, people),
        (
            "prior-living-error",
            Dimension.COMPLETENESS,
            tuple(prior_count(line, "unable") for line in lines),
            tuple(prior_count(line) for line in lines),
            "adults or heads of household",
        ),
    ]
    if edition != "FY2026":
        found.append(("gender-error", Dimension.COMPLETENESS, _sum("gender", _ERROR), _PEOPLE, "people"))
    return (*_RATES, *found)


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
        projects: limit to these ProjectIDs (coverage and what checks find are of the whole export all the same).
        coc: limit to these CoC codes.
        progress: called with step, number done and number of steps; may raise to cancel.

    Raises:
        ExportError: no usable period, or no such project.
        ValueError: ``by`` is something else.
    """
    run = run_of(export, start, end, by, projects, coc)
    first, last = run.start, run.end
    every = slices_of([*run.projects.values()], "project")
    counts = people_by_slice(export, first, last, every, run.cocs, progress)
    found: list[MeasureResult] = []
    lacks = lacking(export)
    for one in run.slices:
        found += _rates_on(one, counts[one.id], run.projects, export.edition, lacks)
    found += system_measures(run, progress)
    found += from_checks(export)
    export.session.drop(export.engine, view_names() - SHARED)
    night = count_night(first, last)
    found += coverage(export, night, run.cocs, four_nights(first, last).values())
    outside = outside_of(export, first, last)
    return Measures(start=first, end=last, bed_night=night, outside=outside, results=tuple(found))


def run_of(
    export: Export,
    start: str | date | None,
    end: str | date | None,
    by: str | None,
    projects: Iterable[str] | None,
    coc: Iterable[str] | None,
) -> Run:
    """What is to be measured; the arguments, and what is wrong with them, are those of ``measure``."""
    if by not in {None, "project"}:
        raise ValueError("by is None or 'project'")
    first, last = period_of(export, start, end)
    listed = _listed(export, projects)
    codes = None if coc is None else (coc,) if isinstance(coc, str) else tuple(coc)
    check_cocs(export, codes)
    return Run(
        export=export,
        start=first,
        end=last,
        slices=tuple(slices_of(listed, by)),
        projects={str(row["ProjectID"]): row for row in listed},
        cocs=codes,
    )


def _listed(export: Export, projects: Iterable[str] | None) -> list[dict[str, Any]]:
    wanted = set(chosen_projects(export, projects))
    return [row for row in projects_of(export) if str(row["ProjectID"]) in wanted]


def _rates_on(
    one: Slice,
    counts: Mapping[str, int],
    names: Mapping[str, Mapping[str, Any]],
    edition: str,
    lacks: Mapping[str, str],
) -> list[MeasureResult]:
    found = []
    for name, dimension, above, below, who in _rates_of(edition):
        share = sum(counts[count] for count in above), sum(counts[count] for count in below)
        found.append(_result_on(one, names, name, dimension, share, who, lacks.get(_GROUPS.get(name, ""), "")))
    lack = next((lacks[group] for group in ("destination", "income") if group in lacks), "")
    for name, column in HIGHEST.items():
        share = highest(counts, column, edition)
        found.append(_result_on(one, names, name, Dimension.COMPLETENESS, share, "people", lack))
    return found


def _result_on(
    one: Slice,
    names: Mapping[str, Mapping[str, Any]],
    measure: str,
    dimension: Dimension,
    share: tuple[int, int],
    who: str,
    lack: str,
) -> MeasureResult:
    kind, _, which = one.id.partition(" ")
    project = names[which] if kind == "project" else None
    code = project["ProjectType"] if project else (int(which) if kind == "project_type" else None)
    above, among = (0, 0) if lack else share
    return MeasureResult(
        measure=measure,
        dimension=dimension,
        slice=kind,
        project_types=() if code is None else (code,),
        project_id=which if project else None,
        project_name=project["ProjectName"] if project else None,
        numerator=above,
        denominator=among,
        status="error" if lack else "ok" if among else "not_applicable",
        reason=f"the export has no {lack}" if lack else "" if among else f"no {who} to count",
    )


def counts_of(measure: str, edition: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Which counts of people add up to numerator and denominator of a rate; None where the measure is no such rate."""
    return next(((above, below) for name, _, above, below, _ in _rates_of(edition) if name == measure), None)
