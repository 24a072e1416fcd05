"""Whether an assessment file fits the catalog: items, answers, reasons. Works on the file as it was read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hmis_standards.errors import Problem
from hmis_standards.ids import split
from hmis_standards.model import Catalog, Item
from hmis_standards.model.standing import answer_forms, taken
from hmis_standards.store.parts import Placed
from hmis_standards.store.raw import Raw
from hmis_standards.store.references import near

__all__ = ["check_assessment"]

_NOT_APPLICABLE = "not_applicable"


def check_assessment(raw: Raw, catalog: Catalog) -> tuple[Problem, ...]:
    """All places where the answers do not fit the catalog. What the schema finds is left to the schema."""
    data = raw.data if isinstance(raw.data, dict) else {}
    whole = Placed("", data, raw)
    return (
        *_edition(whole, catalog),
        *_documents(whole, catalog),
        *_items_occur_once(whole),
        *(problem for one in _responses(whole) for problem in _response(one, catalog, _ids(data.get("documents")))),
    )


def _edition(whole: Placed[Any], catalog: Catalog) -> Iterator[Problem]:
    found = whole.value.get("edition")
    if isinstance(found, str) and found != catalog.edition:
        yield whole.problem(f"the assessment is for edition {found}, the catalog is {catalog.edition}", "edition")


def _documents(whole: Placed[Any], catalog: Catalog) -> Iterator[Problem]:
    known = [document.id for document in catalog.documents]
    for place, name in enumerate(_ids(whole.value.get("documents"))):
        if name not in known:
            yield whole.problem(f"there is no document {name!r}", "documents", place, hint=near(name, known))


def _items_occur_once(whole: Placed[Any]) -> Iterator[Problem]:
    first: dict[str, Placed[Any]] = {}
    for one in _responses(whole):
        before = first.setdefault(one.name, one)
        if before is not one:
            yield one.problem(f"item {one.name!r} is answered twice, first in {before.where}", "item")


def _response(one: Placed[Any], catalog: Catalog, documents: list[str]) -> Iterator[Problem]:
    if one.name not in catalog:
        yield _absent(one, catalog)
        return
    if split(one.name)[0] not in documents:
        yield one.problem(f"the item is of a document that the assessment does not list: {split(one.name)[0]}", "item")
    item = catalog[one.name]
    yield from _answer(one, item, catalog)
    yield from _needs(one, item)


def _absent(one: Placed[Any], catalog: Catalog) -> Problem:
    for gone in catalog.retired:
        if gone.id == one.name:
            hint = f"see {', '.join(gone.replaced_by)}" if gone.replaced_by else ""
            return one.problem(f"item {one.name!r} was retired in edition {gone.since}", "item", hint=hint)
    return one.problem(f"there is no item {one.name!r}", "item", hint=near(one.name, catalog))


def _answer(one: Placed[Any], item: Item, catalog: Catalog) -> Iterator[Problem]:
    answer = one.value.get("answer")
    if answer is None:
        return
    if answer == _NOT_APPLICABLE:
        yield from _not_applicable(one, item)
        return
    scale = catalog.scale(item)
    if not isinstance(answer, str | int | float | list) or taken(scale, item, answer) is None:
        words = (*scale.words(), _NOT_APPLICABLE) if item.na.allowed else scale.words()
        allowed = ", ".join((*words, *answer_forms(scale, item)))
        hint = near(str(answer), words)
        yield one.problem(f"{answer!r} is not an answer of the item: {allowed}", "answer", hint=hint)


def _not_applicable(one: Placed[Any], item: Item) -> Iterator[Problem]:
    if not item.na.allowed:
        yield one.problem("not_applicable is not an answer of this item: it applies to everyone", "answer")
    elif not str(one.value.get("reason") or "").strip():
        yield one.problem("not_applicable needs a reason", "answer", hint="fill in `reason`")


def _needs(one: Placed[Any], item: Item) -> Iterator[Problem]:
    known = [need.id for need in item.evidence]
    listed = one.value.get("evidence")
    for place, evidence in enumerate(listed if isinstance(listed, list) else []):
        need = evidence.get("need") if isinstance(evidence, dict) else None
        if isinstance(need, str) and need not in known:
            message = f"the item asks for no evidence {need!r}, only for {', '.join(known)}"
            yield one.problem(message, "evidence", place, "need", hint=near(need, known))


def _responses(whole: Placed[Any]) -> list[Placed[Any]]:
    """The responses that name an item, each under its item's id."""
    listed = whole.value.get("responses")
    numbered = enumerate(listed if isinstance(listed, list) else [])
    return [
        Placed(one["item"], one, whole.raw, ("responses", place))
        for place, one in numbered
        if isinstance(one, dict) and isinstance(one.get("item"), str)
    ]


def _ids(listed: Any) -> list[str]:
    return [name for name in listed if isinstance(name, str)] if isinstance(listed, list) else []
