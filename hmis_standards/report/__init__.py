"""The report: an offline HTML page, Markdown, a workbook, whole or cut for one kind of reader; plots and their data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hmis_standards._lazy import attach

if TYPE_CHECKING:
    from hmis_standards.report.cuts import CUTS, Cut
    from hmis_standards.report.forms import form_markdown
    from hmis_standards.report.markdown import markdown_report, plan_markdown
    from hmis_standards.report.page import html_report
    from hmis_standards.report.parts import ReportParts, in_time, report_parts
    from hmis_standards.report.plot_data import (
        GapMap,
        GapPoint,
        PlotData,
        SectionBar,
        SectionScores,
        gap_map,
        section_scores,
    )
    from hmis_standards.report.plot_data_change import (
        ChangeStep,
        ChangeSteps,
        ScoreTrend,
        TrendPoint,
        change_steps,
        score_trend,
    )
    from hmis_standards.report.plot_data_quality import (
        LagBar,
        QualityCell,
        QualityMap,
        Timeliness,
        quality_map,
        timeliness,
    )
    from hmis_standards.report.plot_data_spread import (
        ItemBar,
        ItemShares,
        PortfolioSpread,
        SpreadBox,
        item_shares,
        portfolio_spread,
    )
    from hmis_standards.report.plots import (
        plot_change,
        plot_gaps,
        plot_portfolio,
        plot_portfolio_items,
        plot_quality,
        plot_sections,
        plot_timeliness,
        plot_trend,
        save_plot,
    )
    from hmis_standards.report.tool_charts import Bar, ToolChart, tool_chart
    from hmis_standards.report.writing import write_report

__all__ = [
    "CUTS",
    "Bar",
    "ChangeStep",
    "ChangeSteps",
    "Cut",
    "GapMap",
    "GapPoint",
    "ItemBar",
    "ItemShares",
    "LagBar",
    "PlotData",
    "PortfolioSpread",
    "QualityCell",
    "QualityMap",
    "ReportParts",
    "ScoreTrend",
    "SectionBar",
    "SectionScores",
    "SpreadBox",
    "Timeliness",
    "ToolChart",
    "TrendPoint",
    "change_steps",
    "form_markdown",
    "gap_map",
    "html_report",
    "in_time",
    "item_shares",
    "markdown_report",
    "plan_markdown",
    "plot_change",
    "plot_gaps",
    "plot_portfolio",
    "plot_portfolio_items",
    "plot_quality",
    "plot_sections",
    "plot_timeliness",
    "plot_trend",
    "portfolio_spread",
    "quality_map",
    "report_parts",
    "save_plot",
    "score_trend",
    "section_scores",
    "timeliness",
    "tool_chart",
    "write_report",
]

__getattr__, __dir__ = attach(
    __name__,
    {
        "Bar": "tool_charts",
        "ChangeStep": "plot_data_change",
        "ChangeSteps": "plot_data_change",
        "GapMap": "plot_data",
        "GapPoint": "plot_data",
        "ItemBar": "plot_data_spread",
        "ItemShares": "plot_data_spread",
        "LagBar": "plot_data_quality",
        "PlotData": "plot_data",
        "PortfolioSpread": "plot_data_spread",
        "QualityCell": "plot_data_quality",
        "QualityMap": "plot_data_quality",
        "CUTS": "cuts",
        "Cut": "cuts",
        "ReportParts": "parts",
        "ScoreTrend": "plot_data_change",
        "SectionBar": "plot_data",
        "SectionScores": "plot_data",
        "SpreadBox": "plot_data_spread",
        "Timeliness": "plot_data_quality",
        "ToolChart": "tool_charts",
        "TrendPoint": "plot_data_change",
        "change_steps": "plot_data_change",
        "form_markdown": "forms",
        "gap_map": "plot_data",
        "html_report": "page",
        "item_shares": "plot_data_spread",
        "in_time": "parts",
        "markdown_report": "markdown",
        "plan_markdown": "markdown",
        "plot_change": "plots",
        "plot_gaps": "plots",
        "plot_portfolio": "plots",
        "plot_portfolio_items": "plots",
        "plot_quality": "plots",
        "plot_sections": "plots",
        "plot_timeliness": "plots",
        "plot_trend": "plots",
        "portfolio_spread": "plot_data_spread",
        "quality_map": "plot_data_quality",
        "report_parts": "parts",
        "save_plot": "plots",
        "score_trend": "plot_data_change",
        "section_scores": "plot_data",
        "timeliness": "plot_data_quality",
        "tool_chart": "tool_charts",
        "write_report": "writing",
    },
)
