"""Filling a form: its fields, what an assessment says of each clause, and the rows of its tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import field, frozen

from hmis_standards.assess.answers import Assessment
from hmis_standards.assess.verdict import verdict
from hmis_standards.errors import UnknownField
from hmis_standards.ids import close_matches
from hmis_standards.model import PLACEHOLDER, Catalog, Clause, FormSection, FormTable, FormTemplate, Item, Source
from hmis_standards.model.benchmarks import Benchmark
from hmis_standards.tabular import Plain, Tabular, decimal_text, percent_text
from hmis_standards.vocabulary import Direction, ItemKind, Role, StaffRole, Status, TableRows

__all__ = ["FilledClause", "FilledForm", "FilledSection", "FilledTable", "fill_form"]

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
# Who answers for the work of a job; an organization answers for its own. A convention of this project.
_ANSWERS = {
    Role.PROJECT_MANAGER: Role.HMIS_LEAD,
    Role.SYSTEM_ADMINISTRATOR: Role.HMIS_LEAD,
    Role.SECURITY_OFFICER: Role.HMIS_LEAD,
    Role.TRAINER: Role.HMIS_LEAD,
    Role.HELPDESK: Role.HMIS_LEAD,
    Role.DATA_ANALYST: Role.HMIS_LEAD,
    Role.VENDOR: Role.HMIS_LEAD,
    Role.AGENCY_ADMINISTRATOR: Role.PARTICIPATING_AGENCY,
    Role.END_USER: Role.PARTICIPATING_AGENCY,
}


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
class FilledTable(Tabular):
    """A table of a form: the names of its columns, and a cell of text for each of them in every row."""

    columns: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]

    def rows(self) -> list[dict[str, Any]]:
        """One dict a row."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.cells]

    def to_dict(self) -> dict[str, Any]:
        """Columns and cells as plain lists."""
        return {"columns": list(self.columns), "cells": [list(row) for row in self.cells]}


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
) -> FilledForm:
    """The form with ``values`` in its fields, by their ids; a field that is not given stays as ``[label]``.

    An assessment fills ``assessment_date`` and the field named after the kind of its subject (``coc``, ``agency``,
    ``vendor``). Each clause whose items it covers is marked: to be agreed where one of them is not met or only partly,
    in place where all are met, not assessed else. A proposal that nobody confirmed counts as not assessed.
    Text that is put in is not looked through for fields. ``notes`` also puts in the notes of the answers, which were
    written for other readers.

    Raises:
        UnknownField: the form has no such field.
    """
    known = {one.id: one.label for one in template.fields}
    for name in values or {}:
        if name not in known:
            raise UnknownField(name, close_matches(name, known))
    filled = {**_of_assessment(assessment), **(values or {})}
    sections = tuple(
        _section(place, section, _Filling(catalog, assessment, known, filled, notes))
        for place, section in enumerate(template.sections, start=1)
    )
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


@frozen
class _Filling:
    """All that is needed while one form is filled."""

    catalog: Catalog
    assessment: Assessment | None
    labels: Mapping[str, str]
    values: Mapping[str, str]
    notes: bool

    def text(self, text: str) -> str:
        """The text with its fields; what is put in is not looked at again."""
        return PLACEHOLDER.sub(self._field, text)

    def _field(self, found: re.Match[str]) -> str:
        return self.values.get(found[1]) or f"[{self.labels[found[1]]}]"

    def status(self, name: str) -> Status | None:
        """Where the item stands in the assessment; None if that does not cover it."""
        if self.assessment is None or name not in self.catalog:
            return None
        if self.catalog[name].document not in self.assessment.documents or name not in self.assessment.catalog:
            return None
        return verdict(self.assessment, name).status


def _section(place: int, section: FormSection, filling: _Filling) -> FilledSection:
    clauses = tuple(
        _clause(f"{place}.{number}", clause, filling) for number, clause in enumerate(section.clauses, start=1)
    )
    table = _table(section.table, filling) if section.table else None
    return FilledSection(
        number=str(place), title=section.title, text=filling.text(section.text), clauses=clauses, table=table
    )


def _clause(number: str, clause: Clause, filling: _Filling) -> FilledClause:
    found = {name: status for name in clause.items if (status := filling.status(name)) is not None}
    standing = _standing(found.values())
    return FilledClause(
        number=number,
        clause=clause,
        text=filling.text(clause.text),
        standing=standing,
        reasons=tuple(_reason(name, status, filling) for name, status in found.items() if status not in _SETTLED),
        authorities=tuple(_authorities(clause, filling.catalog)),
    )


def _standing(found: Iterable[Status]) -> str:
    statuses = set(found)
    if not statuses:
        return ""
    if statuses - _SETTLED - _UNKNOWN:
        return "to be agreed"
    return "not assessed" if statuses & _UNKNOWN else "in place"


def _reason(name: str, status: Status, filling: _Filling) -> str:
    response = filling.assessment.response(name) if filling.assessment and filling.notes else None
    note = f": {response.note}" if response and response.note else ""
    return f"{filling.catalog[name].title} ({name}): {status.label}{note}"


def _authorities(clause: Clause, catalog: Catalog) -> Iterator[str]:
    """Citation, place, id, and whether it binds; proposed and replaced texts are called so."""
    for citation in clause.citations:
        source = catalog.source(citation.source)
        at = f", {citation.at}" if citation.at else ""
        force = "in effect" if source.in_effect else source.status.label
        yield f"{source.citation}{at} ({source.id}; {force})"


# --- tables ------------------------------------------------------------------------------------------------


def _table(table: FormTable, filling: _Filling) -> FilledTable:
    head, cells = _HEADS[table.rows](table, filling)
    blank = [()] * table.blank
    width = len(head)
    rows = [*cells, *blank]
    filled = tuple((*row, *("",) * (width - len(row)), *("",) * len(table.columns)) for row in rows)
    return FilledTable(columns=(*head, *table.columns), cells=filled)


def _chosen(table: FormTable, filling: _Filling) -> list[Item]:
    """The items of a table: those named, else those the assessment covers, else all."""
    found = list(filling.catalog.values())
    if table.documents or table.sections or table.items:
        return [
            one
            for one in found
            if one.document in table.documents
            or f"{one.document}/{one.section}" in table.sections
            or one.id in table.items
        ]
    covered = filling.assessment.documents if filling.assessment else ()
    return [one for one in found if not covered or one.document in covered]


Rows = tuple[tuple[str, ...], list[tuple[str, ...]]]


def _items(table: FormTable, filling: _Filling) -> Rows:
    head = ("Item", "What should be true", "Evidence", "Standing")
    return head, [
        (one.id, one.title, "; ".join(need.text for need in one.evidence), _said(filling.status(one.id)))
        for one in _chosen(table, filling)
    ]


def _said(status: Status | None) -> str:
    return "" if status is None else status.label


def _roles(table: FormTable, filling: _Filling) -> Rows:
    """R does the work, A answers for it, C is asked; who is told (I) is left to the parties."""
    items = _chosen(table, filling)
    letters = {one.id: _letters(one) for one in items}
    roles = [role for role in Role if any(role in by for by in letters.values())]
    head = ("Item", "What should be true", *(_short(role) for role in roles))
    return head, [(one.id, one.title, *(letters[one.id].get(role, "") for role in roles)) for one in items]


def _letters(item: Item) -> dict[Role, str]:
    answers = _ANSWERS.get(item.owner, item.owner)
    found = dict.fromkeys(item.roles, "C")
    found[answers] = "A"
    found[item.owner] = "A/R" if answers is item.owner else "R"
    return found


def _short(role: Role) -> str:
    return role.label[0].upper() + role.label[1:]


def _staff(table: FormTable, filling: _Filling) -> Rows:
    return ("Role",), [(role.label[0].upper() + role.label[1:],) for role in StaffRole]


def _topics(table: FormTable, filling: _Filling) -> Rows:
    head = ("Topic", "Title", "Before access", "Again after", "Pass mark")
    topics = [one for one in filling.catalog.values() if one.kind is ItemKind.TRAINING_TOPIC]
    return head, [_topic(one) for one in topics]


def _topic(item: Item) -> tuple[str, ...]:
    months = item.when.every_months if item.when else None
    mark = item.check.pass_mark if item.check else None
    before = "yes" if item.when and item.when.before_access else "no"
    again = f"{months} months" if months else ""
    return (item.id, item.title, before, again, "" if mark is None else percent_text(mark))


def _benchmarks(table: FormTable, filling: _Filling) -> Rows:
    head = ("Benchmark", "What is counted", "Project types", "Target", "Whose number")
    return head, [row for name in table.benchmarks for row in _targets(filling.catalog.benchmark(name))]


def _targets(one: Benchmark) -> Iterator[tuple[str, ...]]:
    for target in one.targets:
        limits = target.met if isinstance(target.met, tuple) else (target.met,)
        said = " to ".join(percent_text(limit) if one.unit == "ratio" else decimal_text(limit, 0) for limit in limits)
        prefix = "" if one.direction is Direction.WITHIN else f"{one.direction.label} "
        unit = "" if one.unit == "ratio" else f" {one.unit}"
        types = ", ".join(map(str, target.project_types)) or "all"
        yield (one.id, one.title, types, f"{prefix}{said}{unit}", one.origin.label)


def _blank(table: FormTable, filling: _Filling) -> Rows:
    return (), []


_HEADS = {
    TableRows.ITEMS: _items,
    TableRows.ROLES: _roles,
    TableRows.STAFF: _staff,
    TableRows.TOPICS: _topics,
    TableRows.BENCHMARKS: _benchmarks,
    TableRows.BLANK: _blank,
}
