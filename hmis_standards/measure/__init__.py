"""Measuring an HMIS CSV export: counts first, judged afterwards, proposed to a person last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hmis_standards._lazy import attach

if TYPE_CHECKING:
    from hmis_standards.measure.beside import SideBySide, SideBySideRow, side_by_side
    from hmis_standards.measure.by_project import ProjectFinding, ProjectFindings, project_findings
    from hmis_standards.measure.checks import check
    from hmis_standards.measure.door.facts import ColumnFacts, Facts, FileFacts, LinkFacts
    from hmis_standards.measure.door.source import Limits
    from hmis_standards.measure.evidence import propose, propose_from_checks
    from hmis_standards.measure.export import Export, open_export
    from hmis_standards.measure.findings import Finding, FindingSet
    from hmis_standards.measure.hud_report import HudReport, hud_dq_report
    from hmis_standards.measure.hud_tables import HudRow, HudTable
    from hmis_standards.measure.judging import Judgement, Judgements, judge
    from hmis_standards.measure.lags import EntryLags, EntryLagsTable, entry_lags
    from hmis_standards.measure.measure_sql import measure_statement
    from hmis_standards.measure.problems import ColumnProblem
    from hmis_standards.measure.public import SMALLEST, PublicParts, for_public
    from hmis_standards.measure.results import MeasureResult, Measures
    from hmis_standards.measure.run import measure
    from hmis_standards.measure.saved import read_measures, write_measures
    from hmis_standards.measure.timeliness import Lags

__all__ = [
    "SMALLEST",
    "ColumnFacts",
    "ColumnProblem",
    "EntryLags",
    "EntryLagsTable",
    "Export",
    "Facts",
    "FileFacts",
    "Finding",
    "FindingSet",
    "HudReport",
    "HudRow",
    "HudTable",
    "Judgement",
    "Judgements",
    "Lags",
    "Limits",
    "LinkFacts",
    "MeasureResult",
    "Measures",
    "ProjectFinding",
    "ProjectFindings",
    "PublicParts",
    "SideBySide",
    "SideBySideRow",
    "check",
    "entry_lags",
    "for_public",
    "hud_dq_report",
    "judge",
    "measure",
    "measure_statement",
    "open_export",
    "project_findings",
    "propose",
    "propose_from_checks",
    "read_measures",
    "side_by_side",
    "write_measures",
]

__getattr__, __dir__ = attach(
    __name__,
    {
        "ColumnFacts": "door.facts",
        "ColumnProblem": "problems",
        "EntryLags": "lags",
        "EntryLagsTable": "lags",
        "Export": "export",
        "Facts": "door.facts",
        "FileFacts": "door.facts",
        "Finding": "findings",
        "FindingSet": "findings",
        "HudReport": "hud_report",
        "HudRow": "hud_tables",
        "HudTable": "hud_tables",
        "Judgement": "judging",
        "Judgements": "judging",
        "Lags": "timeliness",
        "Limits": "door.source",
        "LinkFacts": "door.facts",
        "MeasureResult": "results",
        "Measures": "results",
        "ProjectFinding": "by_project",
        "ProjectFindings": "by_project",
        "PublicParts": "public",
        "SMALLEST": "public",
        "SideBySide": "beside",
        "SideBySideRow": "beside",
        "check": "checks",
        "entry_lags": "lags",
        "for_public": "public",
        "hud_dq_report": "hud_report",
        "judge": "judging",
        "measure": "run",
        "measure_statement": "measure_sql",
        "open_export": "export",
        "project_findings": "by_project",
        "propose": "evidence",
        "propose_from_checks": "evidence",
        "read_measures": "saved",
        "side_by_side": "beside",
        "write_measures": "saved",
    },
)
