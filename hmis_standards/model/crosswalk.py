"""The crosswalk: which item of one document is the same duty as, part of, or a help to an item of another."""

from __future__ import annotations

from attrs import frozen

from hmis_standards.tabular import Plain
from hmis_standards.vocabulary import Relation

__all__ = ["Link", "Related"]


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
