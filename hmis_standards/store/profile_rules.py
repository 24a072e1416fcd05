"""Whether a profile file is right: its shape, what it refers to, its reasons, its local requirements."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from attrs import evolve

from hmis_standards.errors import InvalidDocument, Problem
from hmis_standards.ids import join
from hmis_standards.model import Item, Known, Profile, profile_faults
from hmis_standards.model.profile import LOCAL
from hmis_standards.store.item_rules import ITEM_RULES
from hmis_standards.store.parts import Parts, Placed
from hmis_standards.store.raw import Raw
from hmis_standards.store.reader import without_format
from hmis_standards.store.references import near
from hmis_standards.store.structuring import structure

__all__ = ["check_profile", "read_profile"]

# The shared rules of which the faults of a profile tell in their own words.
_TOLD = {"ids_begin_with_their_section", "item_citations_exist", "required_rests_on_law"}
_LOCAL_RULES = tuple(rule for rule in ITEM_RULES if rule.__name__ not in _TOLD)


def read_profile(raw: Raw) -> Profile:
    """The profile in a file that was read. Raises InvalidDocument with everything that does not fit."""
    data = without_format(raw.data)
    if isinstance(data, dict) and isinstance(data.get("add"), list):
        data = {**data, "add": [_whole(one) for one in data["add"]]}
    return structure(raw, Profile, data)


def _whole(one: Any) -> Any:
    """A local requirement with its full id, its document and the section for its kind."""
    if not isinstance(one, dict):
        return one
    document, local = str(one.get("document", LOCAL)), one.get("id")
    named = {"id": join(document, local)} if isinstance(local, str) else {}
    return {**one, **named, "document": document, "section": "LOCAL"}


def check_profile(raw: Raw, parts: Parts) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """What cannot be read as a profile, and what does not fit the catalog whose parts these are."""
    try:
        profile = Placed("", read_profile(raw), raw)
    except InvalidDocument as error:
        return error.problems, ()
    return (), tuple(_rules(profile, parts))


def _rules(profile: Placed[Profile], parts: Parts) -> Iterator[Problem]:
    value = profile.value
    stem = PurePath(profile.raw.path).stem
    if value.id != stem:
        yield profile.problem(f"the id is {value.id!r}, the name of the file says {stem!r}", "id")
    editions = [one.name for one in parts.editions]
    if value.based_on is not None and value.based_on not in editions and "editions" not in parts.partial:
        hint = near(value.based_on, editions) or f"known are {', '.join(editions)}"
        yield profile.problem(f"there is no edition {value.based_on!r}", "based_on", hint=hint)
    for fault in profile_faults(value, _known(parts)):
        yield profile.problem(fault.message, *fault.at, hint=fault.hint)
    yield from _requirements(profile, parts)


def _known(parts: Parts) -> Known:
    return Known(
        items={one.name: one.value for one in parts.items},
        documents=parts.ids("documents"),
        sources={one.name: one.value for one in parts.sources},
        benchmark_sets=parts.ids("sets"),
        complete=not {"items", "documents", "sources", "sets"} & parts.partial
        and len(parts.items) == len(parts.ids("items")),
    )


def _requirements(profile: Placed[Profile], parts: Parts) -> Iterator[Problem]:
    """Local requirements obey the rules of items, among the items and sources of the catalog and their own."""
    added = tuple(_placed(profile, place, item) for place, item in enumerate(profile.value.add))
    own = frozenset(one.name for one in added)
    among = evolve(parts, items=added, known={**parts.known, "items": parts.ids("items") | own})
    for rule in _LOCAL_RULES if added else ():
        yield from rule(among)


def _placed(profile: Placed[Profile], place: int, item: Item) -> Placed[Item]:
    return Placed(item.id, item, profile.raw, ("add", place))
