"""Measuring an HMIS CSV export: counts first, judged afterwards, proposed to a person last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hmis_standards._lazy import attach

if TYPE_CHECKING:
    from hmis_standards.measure.evidence import propose
    from hmis_standards.measure.export import ColumnProblem, Export, open_export
    from hmis_standards.measure.files import Limits
    from hmis_standards.measure.hud_report import HudReport, HudRow, HudTable, hud_dq_report
    from hmis_standards.measure.judging import Judgement, Judgements, judge
    from hmis_standards.measure.results import MeasureResult, Measures
    from hmis_standards.measure.run import measure

__all__ = [
    "ColumnProblem",
    "Export",
    "HudReport",
    "HudRow",
    "HudTable",
    "Judgement",
    "Judgements",
    "Limits",
    "MeasureResult",
    "Measures",
    "hud_dq_report",
    "judge",
    "measure",
    "open_export",
    "propose",
]

__getattr__, __dir__ = attach(
    __name__,
    {
        "ColumnProblem": "export",
        "Export": "export",
        "HudReport": "hud_report",
        "HudRow": "hud_report",
        "HudTable": "hud_report",
        "Judgement": "judging",
        "Judgements": "judging",
        "Limits": "files",
        "MeasureResult": "results",
        "Measures": "results",
        "hud_dq_report": "hud_report",
        "judge": "judging",
        "measure": "run",
        "open_export": "export",
        "propose": "evidence",
    },
)
