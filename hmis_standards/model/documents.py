"""A document: one of HUD's nine products as we encode it, in sections of items."""

from __future__ import annotations

from attrs import field, frozen

from hmis_standards.model.items import Item, Items
from hmis_standards.tabular import Plain, Tabular
from hmis_standards.vocabulary import Role

__all__ = ["Document", "Form", "Part", "Section", "Stage"]


@frozen(kw_only=True)
class Part(Plain):
    """Something a stage takes or gives. ``due_days`` counts from the start of the stage; ``supports`` are items."""

    id: str
    text: str
    due_days: int | None = None
    supports: tuple[str, ...] = ()


@frozen(kw_only=True)
class Stage(Plain):
    """A step of managing a contract: what goes in, what comes out, what is settled, and when it is over."""

    order: int
    who: tuple[Role, ...]
    inputs: tuple[Part, ...]
    deliverables: tuple[Part, ...]
    clauses: tuple[Part, ...] = ()
    forms: tuple[str, ...] = ()
    metrics: tuple[Part, ...] = ()
    exit_criteria: tuple[str, ...]
    typical_days: int | None = None


@frozen(kw_only=True)
class Form(Plain):
    """A form that stages use, with the fields it has."""

    id: str
    title: str
    text: str = field(repr=False)
    fields: tuple[str, ...] = field(repr=False)


@frozen(kw_only=True)
class Section(Plain):
    """A part of a document; ``id`` is the letters its items' ids begin with. Ours, not HUD's chapters."""

    id: str
    title: str
    text: str = field(repr=False)
    stage: Stage | None = field(default=None, repr=False)


@frozen(kw_only=True)
class Document(Tabular, Plain):
    """One product of the series. ``number`` is HUD's own of the nine; ``notice`` must be shown with the items."""

    id: str
    number: int
    title: str
    hud_title: str
    published: str
    url: str = field(repr=False)
    text: str = field(repr=False)
    notice: str = field(repr=False)
    sections: tuple[Section, ...] = field(repr=False)
    forms: tuple[Form, ...] = field(default=(), repr=False)
    items: tuple[Item, ...] = field(default=(), repr=lambda items: f"<{len(items)} items>")

    def section(self, section_id: str) -> Items:
        """The items of one section, in order; empty if there is no such section."""
        return Items(item for item in self.items if item.section == section_id)

    def rows(self) -> list[dict[str, object]]:
        """One row an item: id, title, obligation, basis, confidence, roles."""
        return [item.row() for item in self.items]
