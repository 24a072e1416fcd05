"""The crosswalk: which item of one document is the same duty as, part of, or a help to an item of another."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from attrs import frozen

from hmis_standards.tabular import Plain
from hmis_standards.vocabulary import Relation, SpeaksTo

if TYPE_CHECKING:
    from hmis_standards.model.items import Item

__all__ = ["Link", "Related", "related"]

_FORWARD = {"equal": "equal", "covers": "covers", "supports": "supports"}
_BACKWARD = {"equal": "equal", "covers": "part of", "supports": "supported by"}
_MEASURED: dict[SpeaksTo, dict[str, Any]] = {
    SpeaksTo.OUTCOME: {"strength": 3, "reason": "Its result proposes an answer."},
    SpeaksTo.PRACTICE: {"strength": 1, "reason": "Its result shows that the practice happens."},
}


@frozen(kw_only=True)
class Link(Plain):
    """``source`` equals ``target``, covers it (the target is part of it), or supports it.

    ``strength`` runs from 1 (loose) to 3 (close); ``reason`` is one sentence. Ours, as all of the crosswalk.
    """

    source: str
    relation: Relation
    target: str
    strength: int
    reason: str


@frozen(kw_only=True)
class Related(Plain):
    """A link seen from one of its ends: the other item (or benchmark), and what it is to this one."""

    id: str
    relation: str
    strength: int
    reason: str


def related(links: Iterable[Link], items: Iterable[Item]) -> dict[str, tuple[Related, ...]]:
    """Of each item or benchmark that is linked, all links seen from it, the closest first."""
    found: dict[str, list[Related]] = {}
    for link in links:
        found.setdefault(link.source, []).append(_seen(link, link.target, _FORWARD))
        found.setdefault(link.target, []).append(_seen(link, link.source, _BACKWARD))
    for item in items:
        for one in item.measured_by:
            words = _MEASURED[one.speaks_to]
            found.setdefault(item.id, []).append(Related(id=one.benchmark, relation="measured by", **words))
            found.setdefault(one.benchmark, []).append(Related(id=item.id, relation="measures", **words))
    return {name: tuple(sorted(all_of, key=lambda one: -one.strength)) for name, all_of in found.items()}


def _seen(link: Link, other: str, words: dict[str, str]) -> Related:
    return Related(id=other, relation=words[link.relation.value], strength=link.strength, reason=link.reason)
