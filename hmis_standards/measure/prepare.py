"""Running the prepared views: parameters in, one row of integer counts a slice out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from attrs import frozen

from hmis_standards.errors import ExportError
from hmis_standards.measure.columns import REPORT, gender_columns, race_columns
from hmis_standards.measure.export import Export, require
from hmis_standards.measure.session import view_file

__all__ = [
    "Progress",
    "Slice",
    "check_cocs",
    "fill",
    "fill_cocs",
    "people_by_slice",
    "projects_of",
    "run_view",
    "set_parameters",
]

COC_CODE = "[A-Z]{2}-[0-9]{3}"
Progress = Callable[[str, int, int], None]

# In the order in which they build on each other.
_PEOPLE = (
    "bed_nights",
    "needs",
    "nights_counted",
    "stays",
    "placed",
    "households",
    "households_at_start",
    "double_starts",
    "identity",
    "people",
)


@frozen(kw_only=True)
class Slice:
    """A part of the system that is counted by itself: all projects, one project type, or one project."""

    id: str
    projects: tuple[str, ...]


def people_by_slice(
    export: Export,
    start: date,
    end: date,
    slices: Sequence[Slice],
    cocs: Iterable[str] | None,
    counts: dict[str, str],
    progress: Progress | None = None,
) -> dict[str, dict[str, int]]:
    """The counts asked for, per slice, over the view ``people`` (one row a person, the latest active stay).

    ``counts`` maps a name to a condition in SQL; each is a count of people. Slices in which nobody was active
    come back with zeros. ``progress`` is told step, number and of how many; an exception it raises cancels.

    Raises:
        MissingTable, MissingColumn: what the views read is not in the export; blanks would count as missing answers.
    """
    require(export, REPORT)
    set_parameters(export, start, end, slices, cocs)
    steps = len(_PEOPLE) + 1
    for number, view in enumerate(_PEOPLE):
        _tell(progress, view, number, steps)
        run_view(export, view)
    _tell(progress, "counts", steps - 1, steps)
    asked = ", ".join(f'count(*) FILTER (WHERE {condition}) AS "{name}"' for name, condition in counts.items())
    found = {row.pop("slice"): row for row in export.engine.rows(f"SELECT slice, {asked} FROM people GROUP BY slice")}
    _tell(progress, "counts", steps, steps)
    nobody = dict.fromkeys(counts, 0)
    return {one.id: found.get(one.id, nobody) for one in slices}


def _tell(progress: Progress | None, step: str, done: int, steps: int) -> None:
    if progress is not None:
        progress(step, done, steps)


def set_parameters(export: Export, start: date, end: date, slices: Sequence[Slice], cocs: Iterable[str] | None) -> None:
    """Write the parameters of the views into small tables: period, slices, CoCs (none: no limit)."""
    fill(export, "period", "report_start DATE, report_end DATE, hashed BOOLEAN", [(start, end, export.hashed)])
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
    export.session.need(export.engine, view, lambda name: _text(name, export.edition))


def fill(export: Export, table: str, columns: str, values: Iterable[Sequence[Any]]) -> None:
    """A small table of parameters for the views; ``columns`` as in CREATE TABLE."""
    export.session.fill(export.engine, table, columns, values)


def _text(view: str, edition: str) -> str:
    return _filled(view_file(view), edition) if view == "identity" else view_file(view)


def _filled(text: str, edition: str) -> str:
    """The identity view for an edition: its race and gender columns, and the impossible SSNs that are runs."""
    genders = gender_columns(edition)
    gender = "0"
    if genders:
        gender = (
            'CASE WHEN c."GenderNone" IN (8, 9) THEN 1 '
            f'WHEN c."GenderNone" = 99 OR NOT ({_any_of(genders)}) THEN 2 ELSE 0 END'
        )
    runs = ", ".join(f"'{run}'" for run in ssn_runs())
    return text.replace("{race}", _any_of(race_columns())).replace("{gender}", gender).replace("{runs}", runs)


def _any_of(columns: tuple[str, ...]) -> str:
    return " OR ".join(f'coalesce(c."{column}", 0) = 1' for column in columns)


def ssn_runs() -> tuple[str, ...]:
    """Nine equal digits, and nine that run up or down by one all the way, 9 and 0 adjoining."""
    ring = "0123456789" * 2
    up = [ring[place : place + 9] for place in range(10)]
    return (*(digit * 9 for digit in "0123456789"), *up, *(run[::-1] for run in up))


def projects_of(export: Export) -> list[dict[str, Any]]:
    """Every project of the export: id, name, type."""
    return export.engine.rows(
        'SELECT "ProjectID", "ProjectName", "ProjectType" FROM "Project" '
        'WHERE "ProjectID" IS NOT NULL ORDER BY "ProjectID"'
    )
