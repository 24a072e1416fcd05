"""Rules on the crosswalk and on the stages of a contract: every end of a link is there, and nothing is said twice."""

from __future__ import annotations

from collections.abc import Iterator

from hmis_standards.errors import Problem
from hmis_standards.store.parts import Parts
from hmis_standards.store.references import absent, repeated

__all__ = ["LINK_RULES"]


def links_lead_somewhere(parts: Parts) -> Iterator[Problem]:
    """Both ends of a link are items, and not the same one."""
    for link in parts.links:
        for end in ("source", "target"):
            yield from absent(parts, link, "items", "item", getattr(link.value, end), end)
        if link.value.source == link.value.target:
            yield link.problem("the item is linked to itself", "target")


def pairs_are_linked_once(parts: Parts) -> Iterator[Problem]:
    """Two items have one link, in one direction."""
    first: dict[frozenset[str], str] = {}
    for link in parts.links:
        pair = frozenset((link.value.source, link.value.target))
        if pair in first:
            yield link.problem(f"these two are linked already in {first[pair]}", "source")
        else:
            first[pair] = link.where


def strengths_are_one_to_three(parts: Parts) -> Iterator[Problem]:
    """1 is loose, 3 is close."""
    for link in parts.links:
        if link.value.strength not in {1, 2, 3}:
            yield link.problem(f"the strength {link.value.strength} is not 1, 2 or 3", "strength")


def stages_are_sound(parts: Parts) -> Iterator[Problem]:
    """Stages of a document have an order each, use forms that are there, and support items that are there."""
    for document in parts.documents:
        forms = [form.id for form in document.value.forms]
        yield from repeated(document, "form", forms, "forms")
        staged = [(place, one.stage) for place, one in enumerate(document.value.sections) if one.stage]
        yield from repeated(document, "stage", [stage.order for _, stage in staged], "sections")
        for place, stage in staged:
            below = ("sections", place, "stage")
            for name in stage.forms:
                if name not in forms:
                    yield document.problem(f"there is no form {name!r} in this document", *below, "forms")
            for number, clause in enumerate(stage.clauses):
                for item in clause.supports:
                    yield from absent(parts, document, "items", "item", item, *below, "clauses", number, "supports")


LINK_RULES = (links_lead_somewhere, pairs_are_linked_once, strengths_are_one_to_three, stages_are_sound)
