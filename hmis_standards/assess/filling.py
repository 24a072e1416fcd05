"""Filling a form: its fields, and what an assessment says of each clause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import field, frozen

from hmis_standards.assess.answers import Assessment
from hmis_standards.assess.form_tables import FilledTable, Filling, authorities, filled_table
from hmis_standards.errors import UnknownField
from hmis_standards.ids import close_matches
from hmis_standards.model import Catalog, Clause, Eligibility, FormSection, FormTemplate, Source
from hmis_standards.tabular import Plain, Tabular
from hmis_standards.vocabulary import Status

__all__ = ["FilledClause", "FilledForm", "FilledSection", "fill_form"]

NOTICES = (
    "A starting point for your counsel and your board, written by the hmis_standards project. It is not HUD's form; "
    "HUD's own forms of this kind were not seen. It is not legal advice: have it reviewed before anybody signs it.",
    "Each clause names what it rests on. Only sources that are in effect bind anybody today.",
)
# What answers a clause is marked by: these are settled, and of these nothing is known.
_SETTLED = frozenset({Status.MET, Status.NOT_APPLICABLE})
_UNKNOWN = frozenset({Status.NOT_ASSESSED, Status.ERROR})
# What an assessment fills by itself: this field, and the one named after the kind of its subject: coc, agency, vendor.
_DATE = "assessment_date"


@frozen(kw_only=True)
class FilledClause(Plain):
    """A clause with its fields filled in. ``number`` is its place, such as ``2.1``.

    ``standing`` is empty, or says what the assessment found: ``in place``, ``to be agreed``, ``not assessed``; then
    ``reasons`` has the items that say so, with status and note. ``authorities`` are the sources in words.
    """

    number: str
    clause: Clause
    text: str
    standing: str = ""
    reasons: tuple[str, ...] = ()
    authorities: tuple[str, ...] = ()


@frozen(kw_only=True)
class FilledSection(Plain):
    """A part of a filled form."""

    number: str
    title: str
    text: str
    clauses: tuple[FilledClause, ...]
    table: FilledTable | None


@frozen(kw_only=True)
class FilledForm(Tabular, Plain):
    """A form filled in as far as is known: what a Markdown or Excel file of it is made of.

    ``open_fields`` are the labels that still stand in brackets; ``to_agree`` counts the clauses to be agreed.
    """

    template: FormTemplate = field(repr=lambda one: one.id)
    title: str
    about: str
    notices: tuple[str, ...] = field(repr=False)
    sections: tuple[FilledSection, ...] = field(repr=False)
    sources: tuple[Source, ...] = field(repr=False)
    open_fields: tuple[str, ...] = ()

    @property
    def to_agree(self) -> int:
        """How many clauses are to be agreed."""
        return sum(row["standing"] == "to be agreed" for row in self.rows())

    def rows(self) -> list[dict[str, Any]]:
        """One row a clause."""
        return [
            {
                "number": one.number,
                "clause": one.text,
                "standing": one.standing,
                "obligation": one.clause.obligation.value,
                "rests_on": "; ".join(one.authorities),
                "items": "; ".join(one.clause.items),
            }
            for section in self.sections
            for one in section.clauses
        ]


def fill_form(
    template: FormTemplate,
    catalog: Catalog,
    assessment: Assessment | None = None,
    values: Mapping[str, str] | None = None,
    *,
    notes: bool = False,
    eligibility: Eligibility | None = None,
) -> FilledForm:
    """The form with ``values`` in its fields, by their ids; a field that is not given stays as ``[label]``.

    An assessment fills ``assessment_date`` and the field named after the kind of its subject (``coc``, ``agency``,
    ``vendor``). Each clause whose items it covers is marked: to be agreed where one of them is not met or only partly,
    in place where all are met, not assessed else. A proposal that nobody confirmed counts as not assessed.
    Text that is put in is not looked through for fields. ``notes`` also puts in the notes of the answers, which were
    written for other readers. A table of costs is made from ``eligibility``, as ``load_eligibility()`` gives it.

    Raises:
        UnknownField: the form has no such field.
        ValueError: the form has a table of costs, and no ``eligibility`` was given.
    """
    known = {one.id: one.label for one in template.fields}
    for name in values or {}:
        if name not in known:
            raise UnknownField(name, close_matches(name, known))
    filled = {**_of_assessment(assessment), **(values or {})}
    filling = Filling(catalog, assessment, known, filled, notes, eligibility)
    sections = tuple(_section(place, one, filling) for place, one in enumerate(template.sections, start=1))
    cited = dict.fromkeys(citation.source for clause in template.clauses for citation in clause.citations)
    return FilledForm(
        template=template,
        title=template.title,
        about=_of(assessment),
        notices=NOTICES,
        sections=sections,
        sources=tuple(catalog.source(name) for name in cited),
        open_fields=tuple(label for name, label in known.items() if not filled.get(name)),
    )


def _of_assessment(assessment: Assessment | None) -> dict[str, str]:
    if assessment is None:
        return {}
    return {assessment.subject.kind: assessment.subject.name, _DATE: assessment.date.isoformat()}


def _of(assessment: Assessment | None) -> str:
    if assessment is None:
        return ""
    titles = ", ".join(assessment.catalog.document(name).title for name in assessment.documents)
    return f"Filled from the assessment of {assessment.subject.name} on {assessment.date} ({titles})"


def _section(place: int, section: FormSection, filling: Filling) -> FilledSection:
    clauses = tuple(
        _clause(f"{place}.{number}", clause, filling) for number, clause in enumerate(section.clauses, start=1)
    )
    table = filled_table(section.table, filling) if section.table else None
    return FilledSection(
        number=str(place), title=section.title, text=filling.text(section.text), clauses=clauses, table=table
    )


def _clause(number: str, clause: Clause, filling: Filling) -> FilledClause:
    found = {name: status for name in clause.items if (status := filling.status(name)) is not None}
    standing = _standing(found.values())
    return FilledClause(
        number=number,
        clause=clause,
        text=filling.text(clause.text),
        standing=standing,
        reasons=tuple(_reason(name, status, filling) for name, status in found.items() if status not in _SETTLED),
        authorities=tuple(authorities(clause.citations, filling.catalog)),
    )


def _standing(found: Iterable[Status]) -> str:
    statuses = set(found)
    if not statuses:
        return ""
    if statuses - _SETTLED - _UNKNOWN:
        return "to be agreed"
    return "not assessed" if statuses & _UNKNOWN else "in place"


def _reason(name: str, status: Status, filling: Filling) -> str:
    response = filling.assessment.response(name) if filling.assessment and filling.notes else None
    note = f": {response.note}" if response and response.note else ""
    return f"{filling.catalog[name].title} ({name}): {status.label}{note}"
