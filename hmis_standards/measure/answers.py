"""Answers given of answers due: shares of answers, where error rates are shares of people."""

from __future__ import annotations

from hmis_standards.measure.prepare import run_view
from hmis_standards.measure.results import MeasureResult
from hmis_standards.measure.slices import Ratio, Run, by_slice, results_of
from hmis_standards.vocabulary import Dimension

__all__ = ["answers"]

_SPECIFIC = {
    "IncomeBenefits": (
        "EnrollmentID", "DataCollectionStage", "IncomeFromAnySource", "BenefitsFromAnySource",
        "InsuranceFromAnySource",
    ),
    "Disabilities": ("EnrollmentID", "DataCollectionStage", "DisabilityType", "DisabilityResponse"),
    "Funder": ("ProjectID", "Funder", "EndDate"),
}  # fmt: skip
_VIOLENCE = {"HealthAndDV": ("EnrollmentID", "DataCollectionStage", "DomesticViolenceSurvivor")}


def _share(measure: str, which: str, who: str, reads: dict[str, tuple[str, ...]]) -> Ratio:
    return Ratio(
        id=measure,
        dimension=Dimension.COMPLETENESS,
        above=f"{which}_given",
        below=f"{which}_due",
        who=who,
        reads=reads,
    )


_RATIOS = (
    _share("universal-answered", "universal", "answers due", {"Exit": ("Destination",)}),
    _share("specific-start-answered", "start", "answers due at start", _SPECIFIC | _VIOLENCE),
    _share("specific-exit-answered", "exit", "answers due at exit", _SPECIFIC),
)
_NAMES = tuple(f"{which}_{what}" for which in ("universal", "start", "exit") for what in ("due", "given"))


def answers(run: Run) -> list[MeasureResult]:
    """Answers to universal elements, and to the common program-specific ones at start and exit that a funder asks for.

    Of every enrollment open on a day of the report. An answer is any code but 8, 9 and 99, and for the destination 30;
    it is taken at its word.
    """
    run_view(run.export, "answers")
    sums = ", ".join(f"sum({name}) AS {name}" for name in _NAMES)
    rows = run.export.engine.rows(f'SELECT "ProjectID", {sums} FROM "answers" GROUP BY "ProjectID"')
    return results_of(run, _RATIOS, by_slice(run.slices, rows, _NAMES))
