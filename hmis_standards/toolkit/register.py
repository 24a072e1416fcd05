"""The requirements register: items of the catalog as demands on those who offer software, each with its test."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from attrs import field, frozen

from hmis_standards.model import Catalog, Item
from hmis_standards.tabular import Plain, Table
from hmis_standards.vocabulary import Basis, Obligation, Priority, Role

__all__ = ["Requirement", "Requirements", "requirements"]

_RULES = {Basis.REGULATION, Basis.FEDERAL_NOTICE, Basis.HUD_STANDARD, Basis.HUD_GUIDANCE}


@frozen(kw_only=True)
class Requirement(Plain):
    """One requirement. ``id`` is that of the item. ``test`` is how one sees that it is met, a line a way.

    ``source`` is HUD, local or practice. ``applies`` says where it is asked and where not; empty for everywhere.
    """

    id: str
    need: str
    text: str = field(repr=False)
    source: str
    priority: Priority
    test: str = field(repr=False)
    owner: Role
    applies: str = field(default="", repr=False)
    authorities: tuple[str, ...] = field(default=(), repr=False)

    @property
    def mandatory(self) -> bool:
        """Whether a proposal without it is not ranked."""
        return self.priority is Priority.MUST

    def row(self) -> dict[str, Any]:
        """Flat, for a table."""
        return {
            "id": self.id,
            "need": self.need,
            "requirement": self.text,
            "priority": self.priority.value,
            "mandatory": "yes" if self.mandatory else "no",
            "applies": self.applies,
            "how_to_verify": self.test,
            "source": self.source,
            "authorities": "; ".join(self.authorities),
            "owner": self.owner.value,
        }


class Requirements(Table[Requirement]):
    """The register, as a tuple that is a table too."""

    __slots__ = ()
    kind = "requirements"

    @property
    def mandatory(self) -> Requirements:
        """The musts alone."""
        return Requirements(one for one in self if one.mandatory)


def requirements(
    catalog: Catalog, document: str = "vendor-capacity", sections: Iterable[str] = (), optional: bool = True
) -> Requirements:
    """The items of a document, or of some of its sections, as requirements for those who offer software.

    A must is an item that an authority in effect requires; what is expected or recommended is a should, what is
    optional a could, left out without ``optional``. The words and their ranks are a proposal to begin with: which of
    them a purchase asks, its buyer decides. Of a tailored catalog its local requirements are in the register too.

    Raises UnknownDocument; ValueError for a section the document does not have.
    """
    known = [one.id for one in catalog.document(document).sections]
    wanted = tuple(sections)
    absent = [one for one in wanted if one not in known]
    if absent:
        raise ValueError(f"{document} has no section {', '.join(absent)}; it has {', '.join(known)}")
    items = [item for item in catalog.select(document=document) if not wanted or item.section in wanted]
    found = [_requirement(item, catalog) for item in items]
    return Requirements(one for one in found if optional or one.priority is not Priority.COULD)


def _requirement(item: Item, catalog: Catalog) -> Requirement:
    return Requirement(
        id=item.id,
        need=item.title,
        text=item.text,
        source=_source(item),
        priority=_priority(item, catalog),
        test="\n".join(one.text for one in item.evidence),
        owner=item.owner,
        applies=_applies(item),
        authorities=tuple(catalog.source(one.source).citation for one in item.citations),
    )


def _priority(item: Item, catalog: Catalog) -> Priority:
    if catalog.binding(item):
        return Priority.MUST
    return Priority.COULD if item.obligation is Obligation.OPTIONAL else Priority.SHOULD


def _applies(item: Item) -> str:
    """Where it is asked, and where not; empty for what is asked everywhere."""
    beyond = f"Not asked where: {item.na.when}" if item.na.allowed and item.na.when else ""
    return " ".join(part for part in (item.scope or "", beyond) if part)


def _source(item: Item) -> str:
    if item.basis is Basis.LOCAL_AGREEMENT:
        return "local"
    return "HUD" if item.basis in _RULES else "practice"
