"""The tables of a form: what each kind has a row for, and what is known of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import frozen

from hmis_standards.assess.answers import Assessment
from hmis_standards.assess.verdict import verdict
from hmis_standards.model import (
    PLACEHOLDER,
    Catalog,
    Citation,
    CostCategory,
    Eligibility,
    EligibilityAnswer,
    Form,
    FormTable,
    Item,
)
from hmis_standards.model.benchmarks import Benchmark
from hmis_standards.tabular import Tabular, decimal_text, percent_text
from hmis_standards.vocabulary import Direction, ItemKind, Role, StaffRole, Status, TableRows

__all__ = ["FilledTable", "Filling", "authorities", "filled_table"]

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


@frozen
class Filling:
    """All that is needed while one form is filled."""

    catalog: Catalog
    assessment: Assessment | None
    labels: Mapping[str, str]
    values: Mapping[str, str]
    notes: bool
    eligibility: Eligibility | None

    def text(self, text: str) -> str:
        """The text with its fields; what is put in is not looked at again."""
        return PLACEHOLDER.sub(self._field, text)

    def costs(self) -> Eligibility:
        """What may pay for what; it comes from a file, so the caller has to give it."""
        if self.eligibility is None:
            raise ValueError("this form has a table of costs: give fill_form eligibility=load_eligibility()")
        return self.eligibility

    def _field(self, found: re.Match[str]) -> str:
        return self.values.get(found[1]) or f"[{self.labels[found[1]]}]"

    def status(self, name: str) -> Status | None:
        """Where the item stands in the assessment; None if that does not cover it."""
        if self.assessment is None or name not in self.catalog:
            return None
        if self.catalog[name].document not in self.assessment.documents or name not in self.assessment.catalog:
            return None
        return verdict(self.assessment, name).status


def authorities(citations: Iterable[Citation], catalog: Catalog) -> Iterator[str]:
    """Citation, place, id, and whether it binds; proposed and replaced texts are called so."""
    for citation in citations:
        source = catalog.source(citation.source)
        at = f", {citation.at}" if citation.at else ""
        force = "in effect" if source.in_effect else source.status.label
        yield f"{source.citation}{at} ({source.id}; {force})"


def filled_table(table: FormTable, filling: Filling) -> FilledTable:
    """The table with its rows; what is left to be filled in is empty."""
    head, cells = _HEADS[table.rows](table, filling)
    blank = [()] * table.blank
    width = len(head)
    rows = [*cells, *blank]
    filled = tuple((*row, *("",) * (width - len(row)), *("",) * len(table.columns)) for row in rows)
    return FilledTable(columns=(*head, *table.columns), cells=filled)


def _chosen(table: FormTable, filling: Filling) -> list[Item]:
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


def _items(table: FormTable, filling: Filling) -> Rows:
    head = ("Item", "What should be true", "Evidence", "Standing")
    return head, [
        (one.id, one.title, "; ".join(need.text for need in one.evidence), _said(filling.status(one.id)))
        for one in _chosen(table, filling)
    ]


def _said(status: Status | None) -> str:
    return "" if status is None else status.label


def _roles(table: FormTable, filling: Filling) -> Rows:
    """R does the work, A answers for it, C is asked; who is told (I) is left to the parties."""
    items = _chosen(table, filling)
    letters = {one.id: _letters(one) for one in items}
    roles = [role for role in Role if any(role in by for by in letters.values())]
    head = ("Item", "What should be true", *(_begun(role.label) for role in roles))
    return head, [(one.id, one.title, *(letters[one.id].get(role, "") for role in roles)) for one in items]


def _letters(item: Item) -> dict[Role, str]:
    answers = _ANSWERS.get(item.owner, item.owner)
    found = dict.fromkeys(item.roles, "C")
    found[answers] = "A"
    found[item.owner] = "A/R" if answers is item.owner else "R"
    return found


def _begun(label: str) -> str:
    """With a capital to begin with; HUD and HMIS keep theirs."""
    return label[0].upper() + label[1:]


def _staff(table: FormTable, filling: Filling) -> Rows:
    return ("Role",), [(_begun(role.label),) for role in StaffRole]


def _topics(table: FormTable, filling: Filling) -> Rows:
    head = ("Topic", "Title", "Before access", "Again after", "Pass mark")
    topics = [one for one in filling.catalog.values() if one.kind is ItemKind.TRAINING_TOPIC]
    return head, [_topic(one) for one in topics]


def _topic(item: Item) -> tuple[str, ...]:
    months = item.when.every_months if item.when else None
    mark = item.check.pass_mark if item.check else None
    before = "yes" if item.when and item.when.before_access else "no"
    again = f"{months} months" if months else ""
    return (item.id, item.title, before, again, "" if mark is None else percent_text(mark))


def _benchmarks(table: FormTable, filling: Filling) -> Rows:
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


def _standards(table: FormTable, filling: Filling) -> Rows:
    """What is looked at, by which authority, what is asked for as proof, and the standing so far as the rating."""
    head = ("Item", "Standard", "Rests on", "What is looked at", "Evidence", "Rating")
    return head, [_standard(one, filling) for one in _chosen(table, filling)]


def _standard(one: Item, filling: Filling) -> tuple[str, ...]:
    rests = f"{_begun(one.obligation.label)}. {'; '.join(authorities(one.citations, filling.catalog))}"
    proof = "; ".join(need.text for need in one.evidence)
    return (one.id, one.title, rests, one.text, proof, _said(filling.status(one.id)))


def _log(table: FormTable, filling: Filling) -> Rows:
    return _form(table, filling).fields, []


def _sheet(table: FormTable, filling: Filling) -> Rows:
    return ("What",), [(one,) for one in _form(table, filling).fields]


def _form(table: FormTable, filling: Filling) -> Form:
    document, _, name = table.form.partition("/")
    return next(one for one in filling.catalog.document(document).forms if one.id == name)


def _costs(table: FormTable, filling: Filling) -> Rows:
    """Amounts: a row a kind of cost, a column a kind of money."""
    costs = filling.costs()
    head = ("Kind of cost", *(one.title for one in costs.payers), "In all")
    return head, [(one.title,) for one in costs.categories]


def _eligibility(table: FormTable, filling: Filling) -> Rows:
    """What the rules say: a row a kind of cost, a column each kind of money that they are about."""
    costs = filling.costs()
    head = ("Kind of cost", *(costs.payer(one).title for one in costs.ruled()), "Rests on")
    return head, [_ruled(one, costs, filling.catalog) for one in costs.categories]


def _ruled(category: CostCategory, costs: Eligibility, catalog: Catalog) -> tuple[str, ...]:
    citations = dict.fromkeys(citation for answer in category.answers for citation in answer.citations)
    answers = (_answer(category.for_payer(payer)) for payer in costs.ruled())
    return (category.title, *answers, "; ".join(authorities(citations, catalog)))


def _answer(found: EligibilityAnswer | None) -> str:
    if found is None:
        return ""
    unseen = "We have not seen the text of the paragraph." if found.verify else ""
    return " ".join(filter(None, (f"{_begun(found.answer.label)}.", found.condition, unseen)))


def _blank(table: FormTable, filling: Filling) -> Rows:
    return (), []


_HEADS = {
    TableRows.ITEMS: _items,
    TableRows.ROLES: _roles,
    TableRows.STAFF: _staff,
    TableRows.TOPICS: _topics,
    TableRows.BENCHMARKS: _benchmarks,
    TableRows.STANDARDS: _standards,
    TableRows.LOG: _log,
    TableRows.SHEET: _sheet,
    TableRows.COSTS: _costs,
    TableRows.ELIGIBILITY: _eligibility,
    TableRows.BLANK: _blank,
}
