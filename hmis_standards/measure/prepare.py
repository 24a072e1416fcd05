"""Running the prepared views: parameters in, one row of integer counts a slice out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from attrs import frozen

from hmis_standards.errors import ExportError
from hmis_standards.measure.columns import FURTHER, REPORT
from hmis_standards.measure.export import Export, require
from hmis_standards.measure.hud_counts import BY, COUNTS, summed

__all__ = [
    "SHARED",
    "Progress",
    "Slice",
    "check_cocs",
    "fill",
    "fill_cocs",
    "lacking",
    "number_of",
    "people_by_slice",
    "projects_of",
    "run_view",
    "set_parameters",
    "slices_of",
]

COC_CODE = "[A-Z]{2}-[0-9]{3}"
Progress = Callable[[str, int, int], None]

# What the view `people` is made of, in the order in which they build on each other.
_PEOPLE = (
    "projects",
    "identity",
    "bed_nights",
    "nights_counted",
    "contacts",
    "collected",
    "double_starts",
    "stays",
    "household_slices",
    "households",
    "person_slices",
    "superseded",
    "income_records",
    "incomes",
    "annual_incomes",
)
_READ_ELSEWHERE = {"projects", "bed_nights", "collected", "stays", "income_records"}
"""Those that the measures of the system read too."""
_DESCRIPTORS = {
    "bed_projects", "funder_records", "inventory_records", "participation_gaps", "participation_records",
    "project_coc_records", "project_records",
}  # fmt: skip
SHARED = frozenset(
    {"bed_nights", "collected", "funding", "household_members", "move_ins", "stay_pairs", "this_export"} | _DESCRIPTORS
)
"""Views that both checks and measures read."""


@frozen(kw_only=True)
class Slice:
    """A part of the system that is counted by itself: all projects, one project type, or one project."""

    id: str
    projects: tuple[str, ...]


def slices_of(projects: Sequence[Mapping[str, Any]], by: str | None) -> list[Slice]:
    """All these projects together (``system``), every project type among them, and for ``by="project"`` each project.

    ``projects`` are rows with ``ProjectID`` and ``ProjectType``.
    """
    everything = tuple(str(row["ProjectID"]) for row in projects)
    slices = [Slice(id="system", projects=everything)]
    for kind in sorted({row["ProjectType"] for row in projects if row["ProjectType"] is not None}):
        members = tuple(str(row["ProjectID"]) for row in projects if row["ProjectType"] == kind)
        slices.append(Slice(id=f"project_type {kind}", projects=members))
    if by == "project":
        slices += [Slice(id=f"project {project}", projects=(project,)) for project in everything]
    return slices


def number_of(condition: str) -> str:
    """How many rows a condition is true of, as an aggregate: much quicker than a FILTER where there are many."""
    return f"count(CASE WHEN {condition} THEN 1 END)"


def people_by_slice(
    export: Export,
    start: date,
    end: date,
    slices: Sequence[Slice],
    cocs: Iterable[str] | None,
    progress: Progress | None = None,
) -> dict[str, dict[str, int]]:
    """Every count of ``COUNTS``, per slice, over the view ``people`` (one row a person, the latest active stay).

    Slices in which nobody was active come back with zeros. What was counted once on this export for the same period,
    CoCs and projects is not counted again. ``progress`` is told step, number and of how many; an exception it raises
    cancels.

    Raises:
        MissingTable, MissingColumn: what all views read is not in the export; blanks would count as missing answers.
    """
    require(export, REPORT)
    run = (start, end, tuple(_codes(cocs)))
    if any((*run, one.projects) not in export.counted for one in slices):
        found = _counted(export, start, end, slices, cocs, progress)
        export.counted.update({(*run, one.projects): counts for one, counts in zip(slices, found, strict=True)})
    else:
        _tell(progress, "counts", 0, 1)
        _tell(progress, "counts", 1, 1)
    return {one.id: export.counted[(*run, one.projects)] for one in slices}


def _counted(
    export: Export,
    start: date,
    end: date,
    slices: Sequence[Slice],
    cocs: Iterable[str] | None,
    progress: Progress | None,
) -> list[dict[str, int]]:
    """The views, and the counts of each slice."""
    set_parameters(export, start, end, slices, cocs)
    steps = len(_PEOPLE) + 1
    for number, view in enumerate(_PEOPLE):
        _tell(progress, view, number, steps)
        run_view(export, view)
    _tell(progress, "counts", steps - 1, steps)
    asked = ", ".join(f'{number_of(condition)} AS "{name}"' for name, condition in COUNTS.items())
    by = ", ".join(("slice", '"ProjectID"', *BY))
    people = export.session.source(export.engine, "people")
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in export.engine.rows(f"SELECT {by}, {asked} FROM {people} GROUP BY {by}"):
        groups.setdefault((row["slice"], row["ProjectID"]), []).append(row)
    export.session.drop(export.engine, set(_PEOPLE) - _READ_ELSEWHERE)
    _tell(progress, "counts", steps, steps)
    # People who are the same in every slice are in the groups of their project, the others in those of the slice.
    return [
        summed([row for name in ("", one.id) for project in one.projects for row in groups.get((name, project), ())])
        for one in slices
    ]


def lacking(export: Export) -> dict[str, str]:
    """Groups of lines of the report that cannot be made, each with what is missing for it."""
    lacks = {group: export.missing(reads) for group, reads in FURTHER.items()}
    if export.edition >= "FY2026":  # until then the line of contacts did not ask who pays
        lacks["contact"] = (*lacks["contact"], *lacks["path"])
    return {group: ", ".join(names) for group, names in lacks.items() if names and group != "path"}


def _tell(progress: Progress | None, step: str, done: int, steps: int) -> None:
    if progress is not None:
        progress(step, done, steps)


def set_parameters(export: Export, start: date, end: date, slices: Sequence[Slice], cocs: Iterable[str] | None) -> None:
    """Write the parameters of the views into small tables: period, projects, slices, CoCs (none: no limit)."""
    period = (start, end, int(export.edition.removeprefix("FY")), export.hashed)
    fill(export, "period", "report_start DATE, report_end DATE, edition INTEGER, hashed BOOLEAN", [period])
    chosen = sorted({project for one in slices for project in one.projects})
    fill(export, "chosen", '"ProjectID" VARCHAR', [(project,) for project in chosen])
    fill(export, "slices", 'slice VARCHAR, "ProjectID" VARCHAR', [(s.id, p) for s in slices for p in s.projects])
    fill_cocs(export, cocs)


def fill_cocs(export: Export, cocs: Iterable[str] | None) -> None:
    """Write the CoC codes of a limit into their table; none: no limit. One code by itself will do."""
    fill(export, "cocs", '"CoCCode" VARCHAR', [(code,) for code in _codes(cocs)])


def check_cocs(export: Export, cocs: Iterable[str] | None) -> None:
    """Raises ExportError where a limit leaves nothing because the export knows none of its CoC codes."""
    codes = _codes(cocs)
    both = 'SELECT "CoCCode" AS code FROM "ProjectCoC" UNION SELECT "EnrollmentCoC" FROM "Enrollment"'
    known = [str(row["code"]) for row in export.engine.rows(f"{both} ORDER BY code") if row["code"]] if codes else []
    if codes and not set(codes) & set(known):
        shown = ", ".join(code for code in known if re.fullmatch(COC_CODE, code))
        raise ExportError(f"no project or enrollment is in CoC {', '.join(codes)}; this export has {shown or 'none'}")


def _codes(cocs: Iterable[str] | None) -> list[str]:
    return sorted({cocs} if isinstance(cocs, str) else set(cocs or ()))


def run_view(export: Export, view: str) -> None:
    """Have one prepared view, and those under it, materialized from their SQL files, unless they are there already."""
    export.session.need(export.engine, view)


def fill(export: Export, table: str, columns: str, values: Iterable[Sequence[Any]]) -> None:
    """A small table of parameters for the views; ``columns`` as in CREATE TABLE."""
    export.session.fill(export.engine, table, columns, values)


def projects_of(export: Export) -> list[dict[str, Any]]:
    """Every project of the export: id, name, type, and what kind of rapid re-housing it is."""
    return export.engine.rows(
        'SELECT "ProjectID", "ProjectName", "ProjectType", "RRHSubType" FROM "Project" '
        'WHERE "ProjectID" IS NOT NULL ORDER BY "ProjectID"'
    )
