"""Annual assessments: due, on time, late, missing, and whose window is still open."""

from __future__ import annotations

from typing import Any

from hmis_standards.measure.prepare import run_view
from hmis_standards.measure.results import MeasureResult
from hmis_standards.measure.slices import Ratio, Run, Stated, by_slice, results_of
from hmis_standards.vocabulary import Dimension

__all__ = ["annual", "stated"]

_READS = {"IncomeBenefits": ("EnrollmentID", "InformationDate", "DataCollectionStage")}
_WHO = "annual assessments due"


def _share(measure: str, above: str) -> Ratio:
    return Ratio(id=measure, dimension=Dimension.TIMELINESS, above=above, below="closed", who=_WHO, reads=_READS)


_RATIOS = (
    _share("annual-on-time", "on_time"),
    _share("annual-late", "late"),
    _share("annual-missing", "missing"),
    Ratio(
        id="annual-window-open",
        dimension=Dimension.TIMELINESS,
        above="window_open",
        below="due",
        who=_WHO,
        reads=_READS,
    ),
    Ratio(
        id="annual-offset-days",
        dimension=Dimension.TIMELINESS,
        above="furthest",
        among="dated",
        who="annual assessments",
        reads=_READS,
    ),
)

_ASKED = """
    SELECT
        a."ProjectID",
        count(*) AS due,
        count(*) FILTER (WHERE a.window_open) AS window_open,
        count(*) FILTER (WHERE NOT a.window_open) AS closed,
        count(*) FILTER (WHERE NOT a.window_open AND a.on_time) AS on_time,
        count(*) FILTER (WHERE NOT a.window_open AND a.late) AS late,
        count(*) FILTER (WHERE NOT a.window_open AND NOT a.on_time AND NOT a.late) AS missing,
        count(a.nearest) AS dated,
        max(CASE WHEN a.nearest % 2 = 0 THEN a.nearest END) AS last_after,
        max(CASE WHEN a.nearest % 2 = 1 THEN a.nearest END) AS first_before
    FROM "annual_dues" AS a
    GROUP BY a."ProjectID"
"""
_NAMES = ("due", "window_open", "closed", "on_time", "late", "missing", "dated")


def annual(run: Run) -> list[MeasureResult]:
    """Who is due as in HUD's report; on time is an income record of stage 5 within 30 days of the anniversary.

    Where the 30 days after the anniversary are not over by the end of the report, the assessment is not in the rates.
    """
    run_view(run.export, "annual_dues")
    rows = run.export.engine.rows(_ASKED)
    counts = by_slice(run.slices, rows, _NAMES)
    by_project = {str(row["ProjectID"]): row for row in rows}
    for one in run.slices:
        counts[one.id]["furthest"] = _furthest([by_project[p] for p in one.projects if p in by_project])
    return results_of(run, _RATIOS, counts)


def _furthest(rows: list[dict[str, Any]]) -> int:
    """The offset furthest from 0, in days; of two as far the one after the anniversary."""
    after = max((row["last_after"] // 2 for row in rows if row["last_after"] is not None), default=0)
    before = max((row["first_before"] // 2 for row in rows if row["first_before"] is not None), default=0)
    return int(after if after >= before else -before)


def stated() -> Stated:
    """The measures as SQL; the offset that is furthest is found outside it."""
    return Stated(_RATIOS, ((_ASKED, _NAMES),))
