"""How full projects are: people and households present against beds and units, night by night without a row a night."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from hmis_standards.measure.prepare import fill, run_view
from hmis_standards.measure.results import MeasureResult
from hmis_standards.measure.slices import Counts, Ratio, Run, by_slice, results_of
from hmis_standards.vocabulary import Dimension

__all__ = ["WITH_BEDS", "fill_windows", "four_nights", "utilization"]

WITH_BEDS = (0, 1, 2, 3, 8, 9, 10, 13)
"""Project types that have beds; rapid re-housing with services only has none."""

Span = tuple[date, date]
"""A first day and the day after the last."""

_MONTHS = {"january": 1, "april": 4, "july": 7, "october": 10}
_EVER = (date.min, date.max)

_READS = {
    "Project": ("ProjectID", "ProjectType", "OperatingStartDate", "OperatingEndDate", "RRHSubType"),
    "Inventory": (
        "ProjectID", "CoCCode", "BedInventory", "UnitInventory", "InventoryStartDate", "InventoryEndDate",
    ),
    "HMISParticipation": (
        "ProjectID", "HMISParticipationType", "HMISParticipationStatusStartDate", "HMISParticipationStatusEndDate",
    ),
    "Enrollment": ("MoveInDate",),
    "Services": ("EnrollmentID", "DateProvided", "RecordType"),
}  # fmt: skip


def _use(measure: str, above: str, below: str, who: str, levels: tuple[str, ...] = ()) -> Ratio:
    return Ratio(
        id=measure,
        dimension=Dimension.UTILIZATION,
        above=above,
        below=below,
        who=who,
        levels=levels or ("system", "project_type", "project"),
        project_types=WITH_BEDS,
        reads=_READS,
    )


_RATIOS = (
    _use("bed-utilization", "period people", "period beds", "beds", ("system", "project_type")),
    _use("project-utilization", "period people", "period beds", "beds", ("project",)),
    _use("unit-utilization", "period households", "period units", "units"),
    _use("bed-utilization-four-nights", "four people", "four beds", "beds on these nights"),
    *(_use(f"bed-utilization-{month}", f"{month} people", f"{month} beds", "beds on that night") for month in _MONTHS),
    _use("projects-unused", "unused", "projects with beds", "projects with beds"),
    _use("projects-without-inventory", "without inventory", "projects with people", "projects with people"),
    Ratio(
        id="bed-nights-unknown-household",
        dimension=Dimension.COMPLETENESS,
        above="period people_unknown",
        below="period people",
        who="bed nights",
        project_types=WITH_BEDS,
        reads=_READS,
    ),
)


def utilization(run: Run) -> list[MeasureResult]:
    """People and households present against beds and units, by system, project type and project.

    A night counts where the project is operating and taking part in HMIS on it. Sums over nights are divided, never
    rates averaged; nothing is capped at 1. People count once a night and project, households (one unit each) too.
    """
    run_view(run.export, "nights_by_project")
    return results_of(run, _RATIOS, _counts(run))


def fill_windows(run: Run) -> None:
    """The table ``windows``: by project the spans of days that count, which do not touch each other.

    Kinds: ``period`` (the project operates and takes part in HMIS), one for each of the four nights, and ``taking
    part`` (whether it operates or not).
    """
    open_spans = _open_spans(run)
    rows = [("period", project, *span) for project, spans in open_spans.items() for span in spans]
    for name, night in four_nights(run.start, run.end).items():
        rows += [(name, project, *one) for project, spans in open_spans.items() for one in _within(spans, _only(night))]
    rows += [("taking part", project, *span) for project, spans in _taking_part(run).items() for span in spans]
    fill(run.export, "windows", 'kind VARCHAR, "ProjectID" VARCHAR, begins DATE, ends DATE', rows)


def four_nights(start: date, end: date) -> dict[str, date]:
    """The last Wednesday of the latest January, April, July and October that has it in the period."""
    found = {}
    for name, month in _MONTHS.items():
        nights = [_last_wednesday(year, month) for year in range(end.year, start.year - 1, -1)]
        inside = [night for night in nights if start <= night <= end]
        if inside:
            found[name] = inside[0]
    return found


def _last_wednesday(year: int, month: int) -> date:
    last = date(year, month, 30 if month == 4 else 31)
    return last - timedelta(days=(last.weekday() - 2) % 7)


# --- spans of days -----------------------------------------------------------------------------------------


def _only(night: date) -> Span:
    return night, night + timedelta(days=1)


def _within(spans: Iterable[Span], limit: Span) -> list[Span]:
    """What of the spans lies in another."""
    cut = [(max(begins, limit[0]), min(ends, limit[1])) for begins, ends in spans]
    return [(begins, ends) for begins, ends in cut if begins < ends]


def _merged(spans: Iterable[Span]) -> list[Span]:
    """The same days in spans that neither overlap nor touch."""
    found: list[Span] = []
    for begins, ends in sorted(spans):
        if found and begins <= found[-1][1]:
            found[-1] = (found[-1][0], max(ends, found[-1][1]))
        else:
            found.append((begins, ends))
    return found


def _days(spans: Iterable[Span]) -> int:
    return sum((ends - begins).days for begins, ends in spans)


def _period(run: Run) -> Span:
    return run.start, run.end + timedelta(days=1)


def _taking_part(run: Run) -> dict[str, list[Span]]:
    """By project the days of the report on which it takes part in HMIS; the last day of a participation is not one."""
    rows = run.export.engine.rows(
        'SELECT "ProjectID", "HMISParticipationStatusStartDate" AS begins, "HMISParticipationStatusEndDate" AS ends '
        'FROM "HMISParticipation" WHERE "HMISParticipationType" = 1 AND "HMISParticipationStatusStartDate" IS NOT NULL'
    )
    spans: dict[str, list[Span]] = {}
    for row in rows:
        spans.setdefault(str(row["ProjectID"]), []).append((row["begins"], row["ends"] or date.max))
    return {project: _merged(_within(all_of, _period(run))) for project, all_of in spans.items()}


def _open_spans(run: Run) -> dict[str, list[Span]]:
    """By project the days of the report on which it operates and takes part; its closing day is not one."""
    rows = run.export.engine.rows('SELECT "ProjectID", "OperatingStartDate", "OperatingEndDate" FROM "Project"')
    operating = {
        str(row["ProjectID"]): (row["OperatingStartDate"] or date.max, row["OperatingEndDate"] or date.max)
        for row in rows
    }
    return {project: _within(spans, operating.get(project, _EVER)) for project, spans in _taking_part(run).items()}


# --- counts ------------------------------------------------------------------------------------------------


def _counts(run: Run) -> Counts:
    present = run.export.engine.rows('SELECT * FROM "nights_by_project"')
    by_project: dict[str, dict[str, Any]] = {
        project: {"ProjectID": project, **supplied} for project, supplied in _supply(run).items()
    }
    for row in present:
        counts = by_project.setdefault(str(row["ProjectID"]), {"ProjectID": str(row["ProjectID"])})
        counts |= {f"{row['kind']} {name}": int(row[name]) for name in ("people", "households", "people_unknown")}
    listed = [_completed(counts) for counts in by_project.values() if _has_beds(run, counts["ProjectID"])]
    return by_slice(run.slices, listed, _NAMES)


def _has_beds(run: Run, project: str) -> bool:
    row = run.projects.get(project, {})
    return row.get("ProjectType") in WITH_BEDS and not (row["ProjectType"] == 13 and row["RRHSubType"] == 1)


_WINDOWS = ("period", *_MONTHS)
_NAMES = tuple(
    sorted(
        {f"{window} {what}" for window in (*_WINDOWS, "four") for what in ("people", "households", "beds", "units")}
        | {"period people_unknown", "unused", "without inventory", "projects with beds", "projects with people"}
    )
)


def _completed(counts: Mapping[str, Any]) -> dict[str, Any]:
    """Zeros for what is not there, the four nights together, and the project itself as a count."""
    full: dict[str, Any] = {**dict.fromkeys(_NAMES, 0), **counts}
    for what in ("people", "households", "beds", "units"):
        full[f"four {what}"] = sum(full[f"{month} {what}"] for month in _MONTHS)
    beds, people = full["period beds"] > 0, full["period people"] > 0
    full |= {"projects with beds": int(beds), "projects with people": int(people)}
    return full | {"unused": int(beds and not people), "without inventory": int(people and not beds)}


def _supply(run: Run) -> dict[str, dict[str, int]]:
    """Beds and units of each project, added up over the nights of each window; the last day of an inventory is one."""
    rows = run.export.engine.rows(
        'SELECT "ProjectID", "CoCCode", "BedInventory" AS beds, "UnitInventory" AS units, '
        '"InventoryStartDate" AS begins, "InventoryEndDate" AS ends FROM "Inventory" '
        'WHERE "InventoryStartDate" IS NOT NULL'
    )
    open_spans = _open_spans(run)
    found: dict[str, dict[str, int]] = {}
    for row in rows:
        if run.cocs and row["CoCCode"] not in run.cocs:
            continue
        project = str(row["ProjectID"])
        counts = found.setdefault(project, {})
        for window, nights in _nights(run, open_spans.get(project, []), row).items():
            for what in ("beds", "units"):
                counts[f"{window} {what}"] = counts.get(f"{window} {what}", 0) + nights * (row[what] or 0)
    return found


def _nights(run: Run, spans: Sequence[Span], row: Mapping[str, Any]) -> dict[str, int]:
    """On how many nights of each window an inventory record counts."""
    over = row["ends"] + timedelta(days=1) if row["ends"] and row["ends"] < date.max else date.max
    there = _within(spans, (row["begins"], over))
    single = {name: _days(_within(there, _only(night))) for name, night in four_nights(run.start, run.end).items()}
    return {"period": _days(there), **single}
