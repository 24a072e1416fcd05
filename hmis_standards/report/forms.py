"""A filled form as Markdown, ready for a word processor; nothing that was filled in can act as markup."""

from __future__ import annotations

from collections.abc import Iterator

from hmis_standards.assess import FilledClause, FilledForm, FilledSection, FilledTable
from hmis_standards.report.markdown_text import grid, text

__all__ = ["form_markdown"]


def form_markdown(form: FilledForm) -> str:
    """The form as text in Markdown. The same form gives the same bytes."""
    return "\n".join(_lines(form)).rstrip() + "\n"


def _lines(form: FilledForm) -> Iterator[str]:
    yield from (f"# {text(form.title)}", "")
    for notice in form.notices:
        yield from (f"> **{text(notice)}**", ">")
    yield f"> {text(form.template.text)}"
    yield ""
    if form.about:
        yield from (f"{text(form.about)}. Clauses to be agreed: {form.to_agree}.", "")
    for section in form.sections:
        yield from _section(section)
    yield from _sources(form)


def _section(section: FilledSection) -> Iterator[str]:
    yield from (f"## {section.number}. {text(section.title)}", "")
    if section.text:
        yield from (text(section.text), "")
    for clause in section.clauses:
        yield from _clause(clause)
    if section.table:
        yield from _table(section.table)


def _clause(one: FilledClause) -> Iterator[str]:
    mark = "**To be agreed.** " if one.standing == "to be agreed" else ""
    yield from (f"**{one.number}** {mark}{text(one.text)}", "")
    for reason in one.reasons:
        yield f"- {text(reason)}"
    if one.reasons:
        yield ""
    yield from (
        f"*{text(one.clause.obligation.label.capitalize())}. Rests on: {text('; '.join(one.authorities))}.*",
        "",
    )


def _table(one: FilledTable) -> Iterator[str]:
    yield from grid(one.columns, one.cells)


def _sources(form: FilledForm) -> Iterator[str]:
    if not form.sources:
        return
    yield from ("## Sources", "")
    for one in form.sources:
        force = "in effect" if one.in_effect else one.status.label
        yield f"- {text(one.id)}: {text(one.citation)}. {text(one.title)} ({force})"
