"""The report for a board: one offline HTML page, and the same as Markdown and as a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hmis_standards._lazy import attach

if TYPE_CHECKING:
    from hmis_standards.report.forms import form_markdown
    from hmis_standards.report.markdown import markdown_report, plan_markdown
    from hmis_standards.report.page import html_report
    from hmis_standards.report.parts import ReportParts, report_parts
    from hmis_standards.report.tool_charts import Bar, ToolChart, tool_chart
    from hmis_standards.report.writing import write_report

__all__ = [
    "Bar",
    "ReportParts",
    "ToolChart",
    "form_markdown",
    "html_report",
    "markdown_report",
    "plan_markdown",
    "report_parts",
    "tool_chart",
    "write_report",
]

__getattr__, __dir__ = attach(
    __name__,
    {
        "Bar": "tool_charts",
        "ReportParts": "parts",
        "ToolChart": "tool_charts",
        "form_markdown": "forms",
        "html_report": "page",
        "markdown_report": "markdown",
        "plan_markdown": "markdown",
        "report_parts": "parts",
        "tool_chart": "tool_charts",
        "write_report": "writing",
    },
)
