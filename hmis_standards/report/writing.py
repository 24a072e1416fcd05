"""The report as a file."""

from __future__ import annotations

import os
from pathlib import Path

from hmis_standards.report.cuts import Cut, cut_named
from hmis_standards.report.markdown import markdown_report
from hmis_standards.report.page import html_report
from hmis_standards.report.parts import ReportParts
from hmis_standards.report.workbook import write_workbook

__all__ = ["write_report"]

_TEXTS = {".html": html_report, ".md": markdown_report}


def write_report(parts: ReportParts, path: str | os.PathLike[str], cut: str | Cut = "all") -> None:
    """Write the report to ``path``, in the form its suffix names: ``.html``, ``.md`` or ``.xlsx``.

    ``cut`` names the reader it is for; a workbook is always whole.
    The same parts give the same bytes. In a workbook the numbers are values and no cell is a formula.

    Raises:
        ValueError: any other suffix; a cut there is not; a workbook with any cut but ``all``.
        MissingExtra: an HTML page without Jinja2, or a workbook without XlsxWriter.
        OSError: the file cannot be written.
    """
    target = Path(path)
    suffix = target.suffix.lower()
    if suffix == ".xlsx" and cut_named(cut).name != "all":
        raise ValueError(
            f"{target.name}: a workbook is always whole; a report cut for a reader is written as .html or .md"
        )
    if suffix == ".xlsx":
        write_workbook(parts, target)
    elif suffix in _TEXTS:
        target.write_text(_TEXTS[suffix](parts, cut), encoding="utf-8", newline="\n")
    else:
        given = f"has the suffix {target.suffix}" if target.suffix else "has no suffix"
        raise ValueError(f"{target.name} {given}; a report is written as {', '.join(_TEXTS)} or .xlsx")
