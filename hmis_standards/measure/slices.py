"""Parts of the system that are measured by themselves, and the results on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from attrs import frozen

from hmis_standards.measure.export import Export
from hmis_standards.measure.prepare import Slice, set_parameters
from hmis_standards.measure.results import MeasureResult
from hmis_standards.vocabulary import Dimension

__all__ = ["Counts", "Ratio", "Run", "Stated", "by_slice", "results_of"]

Counts = dict[str, dict[str, int]]
"""For each slice by id its counts by name."""


@frozen(kw_only=True)
class Run:
    """What is measured: an open export, a period, slices, and a limit to CoCs; ``projects`` are rows by ProjectID."""

    export: Export
    start: date
    end: date
    slices: tuple[Slice, ...]
    projects: Mapping[str, Mapping[str, Any]]
    cocs: tuple[str, ...] | None = None

    def set(self) -> None:
        """Write period, slices and CoCs into the tables that the views read."""
        set_parameters(self.export, self.start, self.end, self.slices, self.cocs)

    def kind_of(self, one: Slice) -> tuple[str, str, int | None]:
        """What a slice is (``system``, ``project_type``, ``project``), which of them, and its project type."""
        kind, _, which = one.id.partition(" ")
        if kind == "project":
            return kind, which, self.projects[which]["ProjectType"]
        return kind, which, int(which) if kind == "project_type" else None


@frozen(kw_only=True)
class Ratio:
    """A measure as two counts by name. Without ``below`` it is a count or a length: its denominator is one.

    ``among`` is the count of those who were looked at: where it is 0 there is no result. ``levels`` and
    ``project_types`` say where the measure is made; ``reads`` what it needs of the export.
    """

    id: str
    dimension: Dimension
    above: str
    below: str = ""
    among: str = ""
    who: str
    levels: tuple[str, ...] = ("system", "project_type", "project")
    project_types: tuple[int, ...] = ()
    reads: Mapping[str, tuple[str, ...]] = {}


@frozen
class Stated:
    """Measures as SQL: which counts they are of, and the queries with their names that give these counts in rows."""

    ratios: tuple[Ratio, ...]
    queries: tuple[tuple[str, tuple[str, ...]], ...]


def by_slice(slices: Iterable[Slice], rows: Iterable[Mapping[str, Any]], names: Iterable[str]) -> Counts:
    """Counts by ProjectID, added up for each slice."""
    listed = tuple(names)
    by_project = {str(row["ProjectID"]): row for row in rows}
    return {
        one.id: {name: sum(int(by_project[p][name] or 0) for p in one.projects if p in by_project) for name in listed}
        for one in slices
    }


def results_of(run: Run, ratios: Iterable[Ratio], counts: Mapping[str, Mapping[str, int]]) -> list[MeasureResult]:
    """Every measure on every slice that it is made for."""
    found: list[MeasureResult] = []
    for ratio in ratios:
        lack = ", ".join(run.export.missing(ratio.reads))
        for one in run.slices:
            kind, which, code = run.kind_of(one)
            if kind in ratio.levels and (code is None or not ratio.project_types or code in ratio.project_types):
                found.append(_result(run, ratio, (kind, which, code), counts[one.id], lack))
    return found


def _result(
    run: Run, ratio: Ratio, place: tuple[str, str, int | None], counts: Mapping[str, int], lack: str
) -> MeasureResult:
    kind, which, code = place
    looked_at = 0 if lack else counts[ratio.among or ratio.below]
    below = counts[ratio.below] if ratio.below else 1
    return MeasureResult(
        measure=ratio.id,
        dimension=ratio.dimension,
        slice=kind,
        project_types=() if code is None else (code,),
        project_id=which if kind == "project" else None,
        project_name=run.projects[which]["ProjectName"] if kind == "project" else None,
        numerator=counts[ratio.above] if looked_at else 0,
        denominator=below if looked_at else 0,
        status="error" if lack else "ok" if looked_at else "not_applicable",
        reason=f"the export has no {lack}" if lack else "" if looked_at else f"no {ratio.who} to count",
    )
