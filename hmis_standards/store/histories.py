"""In which editions an item is, and how it read in the older ones.

Apart from ``store/editions.py``, because loading the newest edition does without.
"""

from __future__ import annotations

from typing import Any

from attrs import evolve, frozen

from hmis_standards.errors import InvalidDocument, Problem
from hmis_standards.model import Citation, EvidenceNeed, NotApplicableRule, Remedy
from hmis_standards.store.parts import Parts, Placed
from hmis_standards.store.structuring import structure
from hmis_standards.vocabulary import Obligation

__all__ = ["Earlier", "History", "histories", "history_of"]

_DATED = ("since", "until", "earlier")


@frozen(kw_only=True)
class Earlier:
    """Fields of an item as they stood up to the edition ``until``; what is not given stood as it did after."""

    until: str
    title: str | None = None
    text: str | None = None
    why: str | None = None
    obligation: Obligation | None = None
    citations: tuple[Citation, ...] | None = None
    rule_version: str | None = None
    scope: str | None = None
    evidence: tuple[EvidenceNeed, ...] | None = None
    na: NotApplicableRule | None = None
    remedy: Remedy | None = None


@frozen(kw_only=True)
class History:
    """In which editions an item is, and how it read in the older ones."""

    since: str | None = None
    until: str | None = None
    earlier: tuple[Earlier, ...] = ()


def histories(parts: Parts) -> tuple[tuple[Placed[History], ...], tuple[Problem, ...]]:
    """The history of every item that has one, and what of it does not fit."""
    found: list[Placed[History]] = []
    problems: list[Problem] = []
    for one in parts.dated:
        try:
            found.append(evolve(one, value=history_of(one)))  # type: ignore[arg-type]
        except InvalidDocument as error:
            problems += error.problems
    return tuple(found), tuple(problems)


def history_of(one: Placed[dict[str, Any]]) -> History:
    """The history of one item. Raises InvalidDocument."""
    return structure(one.raw, History, {key: one.value[key] for key in _DATED if key in one.value}, one.at)
