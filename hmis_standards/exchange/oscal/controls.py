"""One item as an OSCAL control."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from hmis_standards.exchange.oscal.markup import line, markdown
from hmis_standards.exchange.oscal.names import (
    NAMESPACE,
    control_id,
    objective_id,
    one_uuid,
    prop,
    props,
    statement_id,
)
from hmis_standards.model import Catalog, EvidenceNeed, Item, Remedy, Retired

__all__ = ["control", "source_uuid", "withdrawn"]

_RMF = "http://csrc.nist.gov/ns/rmf"  # where NIST has the methods of assessment


def control(catalog: Catalog, item: Item) -> dict[str, Any]:
    """The item as a control: its id, texts, facts, authorities and neighbors."""
    parts = [part for part in _parts(catalog, item) if part]
    filled = {"params": _params(item), "links": list(_links(catalog, item))}
    return {
        "id": control_id(item.id),
        "class": item.kind.value,
        "title": line(item.title),
        **({"params": filled["params"]} if filled["params"] else {}),
        "props": list(_props(item)),
        **({"links": filled["links"]} if filled["links"] else {}),
        "parts": parts,
    }


def withdrawn(catalog: Catalog, retired: Retired) -> dict[str, Any]:
    """An id that is no more, as a withdrawn control that points to what took its place."""
    there = [{"href": f"#{control_id(one)}", "rel": "moved-to"} for one in retired.replaced_by if one in catalog]
    return {
        "id": control_id(retired.id),
        "class": "retired",
        "title": line(retired.title),
        "props": [
            prop("id", retired.id),
            prop("retired-since", retired.since, retired.reason),
            {"name": "status", "value": "withdrawn"},
        ],
        **({"links": there} if there else {}),
    }


def source_uuid(source: str) -> str:
    """The UUID of the back-matter resource of a source of the register."""
    return one_uuid("source", source)


# --- facts -------------------------------------------------------------------------------------------------


def _props(item: Item) -> Iterator[dict[str, str]]:
    yield {"name": "label", "value": item.id}
    yield from props(
        [
            ("id", item.id),
            ("obligation", item.obligation),
            ("basis", item.basis),
            ("confidence", item.confidence),
            ("confidence-detail", item.confidence_detail),
            ("derived", item.derived),
            ("rule-version", item.rule_version),
            ("edition-since", item.since),
            ("edition-until", item.until),
            ("weight", item.weight),
            ("scale", item.scale),
            ("frequency", item.frequency.every),
            ("frequency-also", item.frequency.also),
            ("not-applicable-allowed", item.na.allowed),
            ("minutes", item.minutes),
            ("before-access", item.when and item.when.before_access),
            ("every-months", item.when and item.when.every_months),
            *(("role", role) for role in item.roles),
            *(("audience", one) for one in item.audience),
            *(("delivery", one) for one in item.delivery),
            *(("tag", tag) for tag in item.tags),
        ]
    )
    yield from (prop("measured-by", one.benchmark, kind=one.speaks_to.value) for one in item.measured_by)


def _params(item: Item) -> list[dict[str, Any]]:
    """What a community can set to another value: the level to reach, or the limits a number is judged by."""
    goal = item.goal
    values = [
        ("target", "Level to reach", item.target),
        ("met", f"Met if {goal.direction.label}" if goal else "", goal and goal.met),
        ("near", f"Partly met if {goal.direction.label}" if goal else "", goal and goal.near),
    ]
    usage = {"usage": markdown(goal.of)} if goal else {}
    return [
        {"id": f"{control_id(item.id)}_prm_{name}", "label": label, **usage, "values": [str(value)]}
        for name, label, value in values
        if value is not None
    ]


def _links(catalog: Catalog, item: Item) -> Iterator[dict[str, str]]:
    for one in item.citations:
        where = {"text": line(one.at)} if one.at else {}
        yield {"href": f"#{source_uuid(one.source)}", "rel": "reference", **where}
    for other in item.requires:
        yield {"href": f"#{control_id(other)}", "rel": "required"}
    for link in catalog.related(item.id):
        if link.id in catalog:
            text = line(f"{link.relation} (strength {link.strength} of 3): {link.reason}")
            yield {"href": f"#{control_id(link.id)}", "rel": "related", "text": text}


# --- texts -------------------------------------------------------------------------------------------------


def _parts(catalog: Catalog, item: Item) -> Iterator[dict[str, Any] | None]:
    name = control_id(item.id)
    yield {"id": statement_id(item.id), "name": "statement", "prose": markdown(item.text)}
    yield {"id": f"{name}_gdn", "name": "guidance", "prose": markdown(item.why)}
    yield _own(f"{name}_scope", "scope", item.scope)
    yield from (_own(f"{name}_level.{one.level}", "level", one.text, _label(one.level)) for one in item.levels)
    for place, text in enumerate(item.objectives, start=1):
        yield _own(f"{name}_learned.{place}", "learning-objective", text, _label(place))
    if item.check:
        marks = props([("kind", item.check.kind), ("pass-mark", item.check.pass_mark)])
        yield _own(f"{name}_check", "learning-check", item.check.text, marks)
    yield {"id": objective_id(item.id), "name": "assessment-objective", "prose": markdown(_asked(catalog, item))}
    yield _method(item)
    yield _own(f"{name}_na", "not-applicable", item.na.when)
    yield _remedy(f"{name}_remedy", "remedy", item.remedy)
    yield _remedy(f"{name}_advance", "advance", item.advance)


def _asked(catalog: Catalog, item: Item) -> str:
    """What is determined. It names no wording, so that it stays true where a profile words the item anew."""
    answers = "; ".join(f"{one.label} ({one.answer})" for one in catalog.scale(item).answers)
    return f"Determine where the item stands on its scale: {answers}."


def _method(item: Item) -> dict[str, Any] | None:
    """What a reviewer asks to see, in the shape NIST gives to methods of assessment."""
    name = f"{control_id(item.id)}_asm-examine"
    if not item.evidence:
        return None
    return {
        "id": name,
        "name": "assessment-method",
        "props": [{"name": "method", "ns": _RMF, "value": "EXAMINE"}],
        "parts": [_objects(name, need) for need in item.evidence],
    }


def _objects(above: str, need: EvidenceNeed) -> dict[str, Any]:
    facts = [
        ("need", need.id),
        ("kind", need.kind),
        ("demanded", need.demanded),
        ("max-age-months", need.max_age_months),
    ]
    return {
        "id": f"{above}.{need.id}",
        "name": "assessment-objects",
        "props": props(facts),
        "prose": markdown(need.text),
    }


def _remedy(name: str, kind: str, remedy: Remedy | None) -> dict[str, Any] | None:
    if remedy is None:
        return None
    effort = [(f"effort-{one}", getattr(remedy.effort, one)) for one in ("time", "money", "skill")]
    return _own(name, kind, remedy.text, props(effort))


def _own(name: str, kind: str, text: str | None, facts: Iterable[dict[str, str]] = ()) -> dict[str, Any] | None:
    """A part of a kind that OSCAL does not know; None where there is nothing to say."""
    if not text:
        return None
    listed = list(facts)
    facts_of = {"props": listed} if listed else {}
    return {"id": name, "name": kind, "ns": NAMESPACE, **facts_of, "prose": markdown(text)}


def _label(place: int) -> list[dict[str, str]]:
    return [{"name": "label", "value": str(place)}]
