"""The report as one HTML page that needs no network, no script and no other file."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from hmis_standards.errors import MissingExtra
from hmis_standards.report.check_view import FIRST_FINDINGS
from hmis_standards.report.cuts import Cut
from hmis_standards.report.parts import ReportParts
from hmis_standards.report.view import FIRST_GAPS, FIRST_ITEMS, build_view
from hmis_standards.tabular import visible

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["html_report"]


def html_report(parts: ReportParts, cut: str | Cut = "all") -> str:
    """The page as text, for the reader that ``cut`` names. The same parts give the same bytes.

    Raises:
        ValueError: there is no such cut.
        MissingExtra: Jinja2 is not installed.
    """
    template = _environment().get_template("page.html.j2")
    first = {"first_gaps": FIRST_GAPS, "first_items": FIRST_ITEMS, "first_findings": FIRST_FINDINGS}
    return template.render(view=build_view(parts, cut), **first)


def _read(name: str) -> str:
    return (files("hmis_standards.report") / "templates" / name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _environment() -> Environment:
    try:
        from jinja2 import Environment, FunctionLoader, StrictUndefined
    except ImportError:
        raise MissingExtra("report") from None
    made = Environment(
        loader=FunctionLoader(_read),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    made.filters["lower_first"] = lambda text: text[:1].lower() + text[1:]
    return made


def _shown(value: Any) -> Any:
    """Every text on the page with nothing in it that hides, or turns its neighbors around; drawings as they are."""
    return visible(value) if type(value) is str else value
