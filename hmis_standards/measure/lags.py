"""Days to enter records, with all their numbers: for shares within other days than those of the measures."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from attrs import field, frozen

from hmis_standards.measure.columns import REPORT
from hmis_standards.measure.export import Export, require
from hmis_standards.measure.prepare import Slice
from hmis_standards.measure.run import run_of
from hmis_standards.measure.slices import Run
from hmis_standards.measure.timeliness import CREATED, Lags, Records, records_by_event
from hmis_standards.tabular import Plain, Table, decimal_text

__all__ = ["EntryLags", "EntryLagsTable", "entry_lags"]


@frozen(kw_only=True)
class EntryLags(Plain):
    """How late records of one kind of event were made, on one slice.

    ``event`` is ``start``, ``exit``, ``night`` (bed nights), ``service`` (others) or ``contact``; ``slice`` is
    ``system``, ``project_type`` or ``project``. ``reason`` says what the export lacks for it; ``lags`` is empty then.
    """

    event: str
    slice: str
    project_types: tuple[int, ...] = ()
    project_id: str | None = None
    lags: Lags = field(repr=lambda lags: f"<{lags.number} records>")
    reason: str = ""

    def row(self) -> dict[str, Any]:
        """The event with its number of records, those not made before it, and what is known of the days."""
        lags = self.lags
        return {
            "event": self.event,
            "slice": self.slice,
            "project_type": "+".join(map(str, self.project_types)),
            "project_id": self.project_id or "",
            "records": lags.number,
            "due": lags.due,
            **{f"within_{most}": decimal_text(lags.share_within(most), 6) for most in (0, 1, 3, 7, 14)},
            "median": decimal_text(lags.median, 1) if lags.number else "",
            "p90": lags.percentile(90) if lags.number else "",
            "longest": lags.longest if lags.number else "",
            "reason": self.reason,
        }


class EntryLagsTable(Table[EntryLags]):
    """Lags by event and slice, as a tuple that is a table too."""

    kind = "lags"


def entry_lags(
    export: Export,
    *,
    start: str | date | None = None,
    end: str | date | None = None,
    by: str | None = None,
    projects: Iterable[str] | None = None,
    coc: Iterable[str] | None = None,
) -> EntryLagsTable:
    """Days from events of the period to their records, by event and slice; the arguments are those of ``measure``.

    ``entry_lags(export)[0].lags.share_within(5)`` is the share of project starts entered within 5 days.

    Raises:
        ExportError: no usable period, or no such project.
        MissingTable, MissingColumn: what all of the report reads is not in the export.
        ValueError: ``by`` is neither None nor ``"project"``.
    """
    require(export, REPORT)
    run = run_of(export, start, end, by, projects, coc)
    run.set()
    records = records_by_event(run)
    return EntryLagsTable(_on(run, one, event, records) for one in run.slices for event in CREATED)


def _on(run: Run, one: Slice, event: str, records: Records) -> EntryLags:
    kind, which, code = run.kind_of(one)
    lack = ", ".join(run.export.missing(CREATED[event]))
    found = [] if lack else [days for project in one.projects for days in records.get((project, event), ())]
    return EntryLags(
        event=event,
        slice=kind,
        project_types=() if code is None else (code,),
        project_id=which if kind == "project" else None,
        lags=Lags.of((lag, number) for _, lag, number in found),
        reason=f"the export has no {lack}" if lack else "",
    )
