"""People in two beds on one night: every pair of stays that cannot both be true, once."""

from __future__ import annotations

from hmis_standards.measure.prepare import run_view
from hmis_standards.measure.results import MeasureResult
from hmis_standards.measure.slices import Ratio, Run, Stated, results_of
from hmis_standards.measure.utilization import WITH_BEDS
from hmis_standards.vocabulary import Dimension

__all__ = ["overlaps", "stated"]

_READS = {
    "Enrollment": ("EnrollmentID", "PersonalID", "EntryDate", "MoveInDate"),
    "Exit": ("EnrollmentID", "ExitDate"),
    "Services": ("EnrollmentID", "DateProvided", "RecordType"),
}


def _count(measure: str, above: str) -> Ratio:
    return Ratio(
        id=measure,
        dimension=Dimension.ACCURACY,
        above=above,
        among="residential",
        who="enrollments in projects with beds",
        project_types=WITH_BEDS,
        reads=_READS,
    )


_RATIOS = (
    Ratio(
        id="overlap-rate",
        dimension=Dimension.ACCURACY,
        above="enrollments",
        below="residential",
        who="enrollments in projects with beds",
        project_types=WITH_BEDS,
        reads=_READS,
    ),
    _count("overlap-pairs", "pairs"),
    _count("overlap-people", "people"),
    _count("overlap-nights", "nights"),
)

_RESIDENTIAL = f"""
    SELECT l.slice, count(*) AS residential
    FROM "active_stays" AS s
    JOIN "slices" AS l ON l."ProjectID" = s."ProjectID"
    WHERE s."ProjectType" IN ({", ".join(map(str, WITH_BEDS))})
    GROUP BY l.slice
"""
# A pair has two rows in a slice that holds both of its stays.
_PAIRS = """
    WITH pairs AS (
        SELECT l.slice, o.pair, max(o.personal_id) AS person, max(o.shared_nights) AS nights
        FROM "overlaps" AS o
        JOIN "slices" AS l ON l."ProjectID" = o."ProjectID"
        GROUP BY l.slice, o.pair
    ),
    stays AS (
        SELECT l.slice, count(DISTINCT o."EnrollmentID") AS enrollments
        FROM "overlaps" AS o
        JOIN "slices" AS l ON l."ProjectID" = o."ProjectID"
        GROUP BY l.slice
    )
    SELECT
        p.slice,
        count(*) AS pairs,
        count(DISTINCT p.person) AS people,
        sum(p.nights) AS nights,
        max(s.enrollments) AS enrollments
    FROM pairs AS p
    JOIN stays AS s ON s.slice = p.slice
    GROUP BY p.slice
"""
_NAMES = ("residential", "enrollments", "pairs", "people", "nights")


def overlaps(run: Run) -> list[MeasureResult]:
    """Enrollments in a pair of overlapping stays, pairs, people and nights shared.

    A pair counts in a slice that has one of its stays, once where it has both.
    """
    run_view(run.export, "overlaps")
    counts = {one.id: dict.fromkeys(_NAMES, 0) for one in run.slices}
    for row in (*run.export.engine.rows(_RESIDENTIAL), *run.export.engine.rows(_PAIRS)):
        counts[row["slice"]] |= {name: int(row[name]) for name in _NAMES if name in row}
    return results_of(run, _RATIOS, counts)


def stated() -> Stated:
    """The measures as SQL."""
    return Stated(_RATIOS, ((_RESIDENTIAL, _NAMES[:1]), (_PAIRS, _NAMES[1:])))
