"""A form: a template of an agreement, a record or a table, as data, from which a community makes its own."""

from __future__ import annotations

import re
from collections.abc import Iterable

from attrs import field, frozen

from hmis_standards.model.sources import Citation
from hmis_standards.tabular import Plain, Tabular
from hmis_standards.vocabulary import Obligation, TableRows

__all__ = ["PLACEHOLDER", "Clause", "FormField", "FormSection", "FormTable", "FormTemplate"]

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
"""Where a field stands in a text: its id in braces."""


@frozen(kw_only=True)
class FormField(Plain):
    """Something to be filled in. ``label`` stands in brackets as long as it is not."""

    id: str
    label: str


@frozen(kw_only=True)
class Clause(Plain):
    """One clause. ``text`` has fields in braces; ``items`` are those whose answers say whether it is in place.

    ``obligation`` says how strongly such a clause is called for, and ``citations`` by what.
    """

    id: str
    text: str
    obligation: Obligation
    citations: tuple[Citation, ...]
    items: tuple[str, ...] = ()


@frozen(kw_only=True)
class FormTable(Plain):
    """A table of a form. ``rows`` says what it has a row for; ``columns`` are left to be filled in.

    ``documents``, ``sections`` (``document/SECTION``) and ``items`` choose items, or ``benchmarks`` benchmarks, by id;
    of nothing chosen it has all. ``form`` (``document/F1``) is the form whose fields a log or sheet has.
    ``blank`` is how many empty rows it has besides.
    """

    rows: TableRows
    columns: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    benchmarks: tuple[str, ...] = ()
    form: str = ""
    blank: int = 0


@frozen(kw_only=True)
class FormSection(Plain):
    """A part of a form: a heading, a sentence or two about it, clauses, a table."""

    id: str
    title: str
    text: str = field(default="", repr=False)
    clauses: tuple[Clause, ...] = field(default=(), repr=False)
    table: FormTable | None = field(default=None, repr=False)


@frozen(kw_only=True)
class FormTemplate(Plain, Tabular):
    """A form of ours to start from; HUD's own forms of this kind were not seen. ``document`` is what it goes with."""

    id: str
    title: str
    document: str
    text: str = field(repr=False)
    fields: tuple[FormField, ...] = field(default=(), repr=False)
    sections: tuple[FormSection, ...] = field(repr=lambda all_of: f"<{len(all_of)} sections>")

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """All clauses, in order."""
        return tuple(clause for section in self.sections for clause in section.clauses)

    def texts(self) -> Iterable[str]:
        """Every text that may hold fields."""
        yield from (section.text for section in self.sections)
        yield from (clause.text for clause in self.clauses)

    def rows(self) -> list[dict[str, object]]:
        """One row a clause."""
        return [
            {
                "section": section.title,
                "clause": clause.id,
                "text": clause.text,
                "obligation": clause.obligation.value,
                "sources": "; ".join(one.source for one in clause.citations),
                "items": "; ".join(clause.items),
            }
            for section in self.sections
            for clause in section.clauses
        ]
