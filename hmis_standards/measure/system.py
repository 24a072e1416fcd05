"""The measures of the system beside HUD's report: utilization, timeliness, overlaps, assessments, answers, counts."""

from __future__ import annotations

from collections.abc import Callable

from hmis_standards.measure.annual import annual
from hmis_standards.measure.answers import answers
from hmis_standards.measure.cohort import cohort
from hmis_standards.measure.lsa import lsa
from hmis_standards.measure.overlaps import overlaps
from hmis_standards.measure.prepare import Progress
from hmis_standards.measure.results import MeasureResult
from hmis_standards.measure.slices import Run
from hmis_standards.measure.timeliness import timeliness
from hmis_standards.measure.utilization import fill_windows, utilization

__all__ = ["system_measures"]

_FAMILIES: tuple[Callable[[Run], list[MeasureResult]], ...] = (
    utilization,
    timeliness,
    annual,
    overlaps,
    cohort,
    lsa,
    answers,
)


def system_measures(run: Run, progress: Progress | None = None) -> list[MeasureResult]:
    """Every family, on every slice of the run; ``progress`` is told each family and may raise to cancel."""
    run.set()
    fill_windows(run)
    found: list[MeasureResult] = []
    for number, family in enumerate(_FAMILIES):
        if progress is not None:
            progress(family.__name__, number, len(_FAMILIES))
        found += family(run)
    if progress is not None:
        progress("system", len(_FAMILIES), len(_FAMILIES))
    return found
