"""The report as a file."""

from __future__ import annotations

import os
from pathlib import Path

from hmis_standards.report.markdown import markdown_report
from hmis_standards.report.page import html_report
from hmis_standards.report.parts import ReportParts

__all__ = ["write_report"]

_FORMS = {".html": html_report, ".md": markdown_report}


def write_report(parts: ReportParts, path: str | os.PathLike[str]) -> None:
    """Write the report to ``path``, in the form its suffix names: ``.html`` or ``.md``.

    Raises:
        ValueError: any other suffix.
        MissingExtra: an HTML page without Jinja2.
    """
    target = Path(path)
    form = _FORMS.get(target.suffix.lower())
    if form is None:
        given = f"has the suffix {target.suffix}" if target.suffix else "has no suffix"
        raise ValueError(f"{target.name} {given}; a report is written as .html or .md")
    target.write_text(form(parts), encoding="utf-8", newline="\n")
