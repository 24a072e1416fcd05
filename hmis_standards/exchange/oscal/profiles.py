"""Tailoring in OSCAL: a profile that selects controls of the catalog and changes some of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from hmis_standards.exchange.oscal.catalogs import untailored
from hmis_standards.exchange.oscal.controls import control, source_uuid
from hmis_standards.exchange.oscal.heads import cited, day_of, metadata, source_resource
from hmis_standards.exchange.oscal.names import control_id, prop, props, sealed
from hmis_standards.model import Catalog, Item

__all__ = ["CATALOG_FILE", "oscal_profile"]

CATALOG_FILE = "catalog.json"
_REMARKS = (
    "Which controls are asked here, and what is asked otherwise than in the catalog. Each change carries the layer it "
    "comes from and the reason that was given. Weights of obligations and gates of the verdict are no matter of "
    "controls; they stand among the properties."
)


def oscal_profile(catalog: Catalog, documents: Iterable[str] | None = None) -> dict[str, Any]:
    """The tailoring of a catalog as an OSCAL 1.1.3 profile on what ``oscal_catalog`` makes of it.

    ``documents`` selects among them; all if left out. What a layer of tailoring leaves out is excluded. Levels to reach
    and limits of numbers are set as parameters; other changes are alterations of the control.

    Raises UnknownDocument, and ValueError if the edition has no date.
    """
    named = [document.id for document in catalog.documents] if documents is None else list(documents)
    asked = [item for name in named for item in catalog.document(name).items]
    base = untailored(catalog)
    left = [one for one in catalog.excluded if one.id in base and base[one.id].document in named]
    changed = [(base, catalog, item) for item in asked if item.changes and item.id in base]
    chosen = {"include-controls": _with_ids([*(item.id for item in asked), *(one.id for one in left)])}
    excluded = {"exclude-controls": _with_ids(one.id for one in left)} if left else {}
    head = metadata(
        " and ".join(profile.title for profile in catalog.profiles) or "All items of the documents covered",
        day_of(catalog),
        catalog.edition,
        _REMARKS,
        props=list(_props(catalog, named)),
    )
    body = {
        "metadata": head,
        "imports": [{"href": CATALOG_FILE, **chosen, **excluded}],
        "merge": {"as-is": True},
        **_modify(changed),
        **_back_matter(catalog),
    }
    return sealed("profile", body)


def _with_ids(items: Iterable[str]) -> list[dict[str, Any]]:
    return [{"with-ids": [control_id(item) for item in dict.fromkeys(items)]}]


def _props(catalog: Catalog, documents: list[str]) -> Iterator[dict[str, str]]:
    yield from props([("edition", catalog.edition), *(("document", name) for name in documents)])
    for profile in catalog.profiles:
        yield prop("layer", profile.id, profile.text)
    for one in catalog.excluded:
        yield prop("excluded", one.id, one.reason, kind=one.layer)
    for change in catalog.changes:
        yield prop(change.field, change.after, change.reason, kind=change.layer)


def _back_matter(catalog: Catalog) -> dict[str, Any]:
    """The sources that profiles brought, so that links an alteration adds lead somewhere in this file too."""
    cites = {one.source for item in catalog.values() if item.changes for one in item.citations}
    found = [source_resource(source_uuid(one.id), one) for one in catalog.sources if one.id in cites]
    return cited(found) if found else {}


# --- changes -----------------------------------------------------------------------------------------------


def _modify(changed: list[tuple[Catalog, Catalog, Item]]) -> dict[str, Any]:
    pairs = [(control(base, base[item.id]), control(catalog, item), item) for base, catalog, item in changed]
    values = [one for before, after, _ in pairs for one in _set_parameters(before, after)]
    alters = [_alter(before, after, item) for before, after, item in pairs]
    found = {"set-parameters": values, "alters": [one for one in alters if one]}
    filled = {name: listed for name, listed in found.items() if listed}
    return {"modify": filled} if filled else {}


def _set_parameters(before: dict[str, Any], after: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Parameters of the control with another value. One that it did not have comes as an addition."""
    old = {one["id"]: one for one in before.get("params", ())}
    for param in after.get("params", ()):
        if param["id"] in old and param != old[param["id"]]:
            more = {name: param[name] for name in ("label", "usage", "values") if name in param}
            yield {"param-id": param["id"], **more}


def _alter(before: dict[str, Any], after: dict[str, Any], item: Item) -> dict[str, Any] | None:
    removes, adds = list(_removes(before, after)), _adds(before, after)
    if not (removes or adds):
        return None
    told = [prop("changed", one.field, one.reason, kind=one.layer) for one in item.changes]
    adds["props"] = [*adds.get("props", ()), *told]
    first = {"removes": removes} if removes else {}
    return {"control-id": before["id"], **first, "adds": [{"position": "ending", **adds}]}


def _removes(before: dict[str, Any], after: dict[str, Any]) -> Iterator[dict[str, str]]:
    """What must go before the additions: each kind of property that differs, each part, all links if one is gone."""
    for name in _differing(before, after):
        yield {"by-name": name, "by-item-name": "prop"}
    for kind, listed in (("param", "params"), ("part", "parts")):
        new = {one["id"]: one for one in after.get(listed, ())}
        for one in before.get(listed, ()):
            if one["id"] not in new or (kind == "part" and new[one["id"]] != one):
                yield {"by-id": one["id"], "by-item-name": kind}
    if _links_lost(before, after):
        yield {"by-item-name": "link"}


def _adds(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    adds: dict[str, Any] = {}
    if before["title"] != after["title"]:
        adds["title"] = after["title"]
    old = {one["id"] for one in before.get("params", ())}
    names = _differing(before, after)
    kept = () if _links_lost(before, after) else before.get("links", ())
    lists = {
        "params": [one for one in after.get("params", ()) if one["id"] not in old],
        "props": [one for one in after["props"] if one["name"] in names],
        "links": [one for one in after.get("links", ()) if one not in kept],
        "parts": [one for one in after["parts"] if one not in before["parts"]],
    }
    return adds | {name: listed for name, listed in lists.items() if listed}


def _differing(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """The names of the properties that are not the same before and after."""
    names = dict.fromkeys(one["name"] for one in (*before["props"], *after["props"]))
    return [name for name in names if _named(before, name) != _named(after, name)]


def _named(one: dict[str, Any], name: str) -> list[dict[str, str]]:
    return [fact for fact in one["props"] if fact["name"] == name]


def _links_lost(before: dict[str, Any], after: dict[str, Any]) -> bool:
    """Whether a link is gone. One to an item that left the catalog goes with that item's control, and is left alone."""
    there = after.get("links", ())
    return any(one not in there for one in before.get("links", ()) if one["rel"] != "related")
