"""Tailoring: a catalog and some profiles give another catalog, in which every change names its layer and reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from attrs import evolve, frozen

from hmis_standards.errors import ProfileError
from hmis_standards.model.catalog import Catalog
from hmis_standards.model.documents import Document, Section, Stage
from hmis_standards.model.items import Effort, EvidenceNeed, FieldChange, Frequency, Item, NotApplicableRule, Remedy
from hmis_standards.model.profile import LOCAL, EvidenceChange, Override, Profile, RemedyChange
from hmis_standards.model.profile_checks import Known, profile_faults
from hmis_standards.model.ratings import Ratings, Weight
from hmis_standards.model.sources import Source
from hmis_standards.tabular import Plain
from hmis_standards.vocabulary import Obligation, Origin

__all__ = ["Conflict", "Excluded", "known_in", "tailor"]

_PLAIN = ("title", "text", "why", "scope", "obligation", "weight", "target", "goal", "na", "roles", "frequency")


@frozen(kw_only=True)
class Excluded(Plain):
    """An item that a profile left out, and why."""

    id: str
    layer: str
    reason: str


@frozen(kw_only=True)
class Conflict(Plain):
    """Two profiles want different things. ``item`` is empty where it is about the whole catalog, such as a weight."""

    item: str
    field: str
    earlier: str
    later: str
    before: str
    after: str


def tailor(catalog: Catalog, *profiles: Profile) -> Catalog:
    """The catalog as these profiles, one after the other, make it.

    What two layers set differently the later one decides; ``conflicts`` names it. A profile that is among the
    catalog's layers already is not applied again, so that tailoring twice is tailoring once.

    Raises:
        ProfileError: a profile refers to what does not exist, makes a ``required`` item weaker without a reason, is
            written for another edition, or has the id of a different profile applied before.
    """
    for profile in profiles:
        if not _applied(catalog, profile):
            catalog = _layer(catalog, profile)
    return catalog


def _applied(catalog: Catalog, profile: Profile) -> bool:
    before = next((one for one in catalog.profiles if one.id == profile.id), None)
    if before is not None and before != profile:
        raise ProfileError(profile.id, "a different profile of this id was applied already; give one another id")
    return before is not None


def _layer(catalog: Catalog, profile: Profile) -> Catalog:
    _check(catalog, profile)
    gone = tuple(_leaving(catalog, profile))
    absent = frozenset(one.id for one in gone)
    reasons = {one.id: one.reason for one in gone}
    kept = [item for item in catalog.values() if item.id not in absent]
    if not kept and not profile.add:
        raise ProfileError(profile.id, f"leaves no item after {', '.join(catalog.layers)}")
    items = [_tailored(item, profile, reasons) for item in kept]
    ratings, weighed = _weighed(catalog.ratings, profile)
    ratings, gated = _gated(ratings, profile)
    return evolve(
        catalog,
        base=catalog.base or catalog,
        profiles=(*catalog.profiles, profile),
        documents=tuple(_documents(catalog, items, profile, absent)),
        sources=_sources(catalog.sources, profile.sources),
        ratings=ratings,
        links=tuple(link for link in catalog.links if not {link.source, link.target} & absent),
        excluded=catalog.excluded + gone,
        conflicts=catalog.conflicts + tuple(_conflicts(catalog, profile, absent)),
        changes=catalog.changes + weighed + gated,
    )


def _check(catalog: Catalog, profile: Profile) -> None:
    if profile.based_on is not None and profile.based_on != catalog.edition:
        raise ProfileError(profile.id, f"is written for edition {profile.based_on}, the catalog is {catalog.edition}")
    faults = list(profile_faults(profile, known_in(catalog, profile)))
    if faults:
        told = (f"{'/'.join(map(str, one.at))}: {one.message}{f' ({one.hint})' if one.hint else ''}" for one in faults)
        raise ProfileError(profile.id, "; ".join(told))


def known_in(catalog: Catalog, profile: Profile) -> Known:
    """What the profile can name: what is there, and what an earlier layer left out. Looks at sets only if asked to."""
    base = catalog.base or catalog
    added = {item.id: item for one in catalog.profiles for item in one.add}
    return Known(
        items={**base, **added, **catalog},
        untailored={**added, **base} if catalog.profiles else {},
        documents=frozenset(one.id for one in (*base.documents, *catalog.documents)),
        sources={source.id: source for source in base.sources},
        benchmark_sets=frozenset(one.id for one in (catalog.benchmark_sets if profile.benchmarks else ())),
    )


# --- what leaves -------------------------------------------------------------------------------------------


def _leaving(catalog: Catalog, profile: Profile) -> Iterator[Excluded]:
    """Items that are excluded or not selected. What an earlier layer added stays unless it is excluded."""
    added = {item.id for one in catalog.profiles for item in one.add}
    for item in catalog.values():
        one = next((one for one in profile.exclude if one.covers(item)), None)
        if one is not None:
            yield Excluded(id=item.id, layer=profile.id, reason=one.reason)
        elif item.id not in added and not profile.select.keeps(item):
            yield Excluded(id=item.id, layer=profile.id, reason=profile.select.reason)


# --- items -------------------------------------------------------------------------------------------------


def _tailored(item: Item, profile: Profile, gone: dict[str, str]) -> Item:
    one = profile.overriding(item.id)
    changed = _changed(item, _overridden(item, one), profile.id, one.reason) if one else item
    lost = [other for other in changed.requires if other in gone]
    if not lost:
        return changed
    fewer = evolve(changed, requires=tuple(other for other in changed.requires if other not in gone))
    reason = f"{', '.join(lost)} left the catalog: {gone[lost[0]]}"
    return _changed(changed, fewer, profile.id, reason)


def _overridden(item: Item, one: Override) -> Item:
    plain: dict[str, Any] = {name: getattr(one, name) for name in _PLAIN if getattr(one, name) is not None}
    return evolve(
        item,
        **plain,
        remedy=_remedied(item.remedy, one.remedy),
        evidence=_evidence(item.evidence, one.evidence),
        citations=tuple(dict.fromkeys((*item.citations, *one.citations))),
    )


def _remedied(remedy: Remedy, change: RemedyChange | None) -> Remedy:
    if change is None:
        return remedy
    return Remedy(text=change.text or remedy.text, effort=change.effort or remedy.effort)


def _evidence(needs: tuple[EvidenceNeed, ...], changes: tuple[EvidenceChange, ...]) -> tuple[EvidenceNeed, ...]:
    by_id = {change.id: change for change in changes}
    known = {need.id for need in needs}
    kept = tuple(evolve(need, **_given(by_id[need.id])) if need.id in by_id else need for need in needs)
    new = (EvidenceNeed(id=one.id, **_given(one)) for one in changes if one.id not in known)
    return (*kept, *new)


def _given(change: EvidenceChange) -> dict[str, Any]:
    named = {name: getattr(change, name) for name in ("kind", "text", "demanded", "max_age_months")}
    return {name: value for name, value in named.items() if value is not None}


def _changed(before: Item, after: Item, layer: str, reason: str) -> Item:
    """``after``, remembering in what it differs from ``before``."""
    old, new = _facets(before), _facets(after)
    names = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    changes = (FieldChange(field=n, before=old.get(n), after=new.get(n), layer=layer, reason=reason) for n in names)
    return evolve(after, changes=(*before.changes, *changes))


def _facets(item: Item) -> dict[str, str | None]:
    """Everything a profile can change in an item, as text by the name of the field."""
    return {
        **{name: _shown(getattr(item, name)) for name in _PLAIN},
        "remedy.text": item.remedy.text,
        "remedy.effort": _shown(item.remedy.effort),
        **{f"evidence.{need.id}": _shown(need) for need in item.evidence},
        "citations": "; ".join(f"{one.source}, {one.at}" if one.at else one.source for one in item.citations),
        "requires": ", ".join(item.requires) or None,
    }


def _shown(value: object) -> str | None:
    """A value of a field as a person would read it."""
    if value is None:
        return None
    if isinstance(value, NotApplicableRule):
        return f"allowed: {value.when}" if value.allowed else "not allowed"
    if isinstance(value, Effort):
        return f"time {value.time}, money {value.money}, skill {value.skill}"
    if isinstance(value, EvidenceNeed):
        age = f", at most {value.max_age_months} months old" if value.max_age_months else ""
        return f"{value.kind}: {value.text}{' (demanded' + age + ')' if value.demanded else age}"
    if isinstance(value, Frequency):
        return str(value)
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


# --- documents, sources, weights ---------------------------------------------------------------------------


def _documents(catalog: Catalog, items: list[Item], profile: Profile, gone: frozenset[str]) -> Iterator[Document]:
    """The documents that still hold items, with the local requirements at the end of theirs."""
    added = {item.id: _added(item, profile) for item in profile.add}
    for document in catalog.documents:
        own = [added.pop(item.id, item) for item in items if item.document == document.id]
        own += [added.pop(name) for name in list(added) if added[name].document == document.id]
        if own:
            yield evolve(document, items=tuple(own), sections=tuple(_sections(document, own, gone)))
    if added:
        yield _local(profile, tuple(added.values()))


def _added(item: Item, profile: Profile) -> Item:
    reason = f"local requirement of {profile.title}"
    return evolve(
        item, changes=(FieldChange(field="item", before=None, after="added", layer=profile.id, reason=reason),)
    )


def _sections(document: Document, items: Iterable[Item], gone: frozenset[str]) -> Iterator[Section]:
    used = {item.section for item in items}
    for section in document.sections:
        if section.id in used:
            used.discard(section.id)
            yield evolve(section, stage=_stage(section.stage, gone)) if section.stage else section
    if used:
        yield _LOCAL_SECTION


def _stage(stage: Stage, gone: frozenset[str]) -> Stage:
    clauses = (evolve(one, supports=tuple(name for name in one.supports if name not in gone)) for one in stage.clauses)
    return evolve(stage, clauses=tuple(clauses))


_LOCAL_SECTION = Section(
    id="LOCAL",
    title="Local requirements",
    text="What local contracts, agreements and policies ask for on top of the items above.",
)


def _local(profile: Profile, items: tuple[Item, ...]) -> Document:
    return Document(
        id=LOCAL,
        number=0,
        title="Local requirements",
        hud_title="",
        published="",
        url="",
        text="Duties from local contracts, agreements and policies that belong to none of the nine documents.",
        notice=f"Set and worded locally ({profile.title}). No part of HUD's series.",
        sections=(_LOCAL_SECTION,),
        items=items,
    )


def _sources(sources: Iterable[Source], more: Iterable[Source]) -> tuple[Source, ...]:
    """Those of the register and of the profile; where both have an id, the later."""
    return tuple({source.id: source for source in (*sources, *more)}.values())


def _weighed(ratings: Ratings, profile: Profile) -> tuple[Ratings, tuple[FieldChange, ...]]:
    given = {one.obligation: one for one in profile.weights}
    if not given:
        return ratings, ()
    kept = {one.obligation: one for one in ratings.weights}
    new = {name: Weight(obligation=name, weight=one.weight, origin=Origin.CONVENTION) for name, one in given.items()}
    changes = tuple(
        FieldChange(
            field=f"weights.{name}",
            before=str(ratings.weight(name)),
            after=str(one.weight),
            layer=profile.id,
            reason=one.reason,
        )
        for name, one in given.items()
        if ratings.weight(name) != one.weight
    )
    merged = {**kept, **new}
    return evolve(ratings, weights=tuple(merged[name] for name in Obligation if name in merged)), changes


def _gated(ratings: Ratings, profile: Profile) -> tuple[Ratings, tuple[FieldChange, ...]]:
    """With the profile's gates: in the place of those of the same id, or after the others."""
    if not profile.gates:
        return ratings, ()
    before = {gate.id: gate for gate in ratings.gates}
    changes = tuple(
        FieldChange(
            field=f"gates.{one.id}",
            before=before[one.id].title if one.id in before else None,
            after=one.title,
            layer=profile.id,
            reason=one.reason,
        )
        for one in profile.gates
        if before.get(one.id) != one
    )
    return evolve(ratings, gates=tuple({**before, **{one.id: one for one in profile.gates}}.values())), changes


# --- conflicts ---------------------------------------------------------------------------------------------


def _conflicts(catalog: Catalog, profile: Profile, gone: frozenset[str]) -> Iterator[Conflict]:
    """Where the profile and an earlier one want different things. The later one decides, except over what is gone."""
    for earlier in catalog.profiles:
        first, second = _settings(earlier), _settings(profile)
        for item, field in second:
            before, after = first.get((item, field)), second[item, field]
            if before is not None and before != after:
                yield _conflict(item, field, earlier.id, profile.id, before, after)
        touched = {*(one.item for one in earlier.override), *(item.id for item in earlier.add)}
        for item in sorted(touched & gone):
            yield _conflict(item, "item", earlier.id, profile.id, "tailored", "left out")
    left = {one.id: one for one in catalog.excluded if one.id not in catalog}
    for one in profile.override:
        if one.item in left:
            yield _conflict(one.item, "item", left[one.item].layer, profile.id, "left out", "tailored, without effect")


def _conflict(item: str, field: str, earlier: str, later: str, before: str, after: str) -> Conflict:
    return Conflict(item=item, field=field, earlier=earlier, later=later, before=before, after=after)


def _settings(profile: Profile) -> dict[tuple[str, str], str]:
    """What a profile sets, as text, by item (empty for the whole catalog) and field."""
    found: dict[tuple[str, str], str | None] = {}
    for one in profile.override:
        found |= {(one.item, name): text for name, text in _override_settings(one).items()}
    found |= {("", f"weights.{one.obligation}"): str(one.weight) for one in profile.weights}
    found |= {("", f"gates.{one.id}"): str(one.to_dict()) for one in profile.gates}
    found |= {("", f"sources.{source.id}"): str(source.to_dict()) for source in profile.sources}
    found |= {(item.id, "item"): str(item.to_dict()) for item in profile.add}
    found["", "benchmarks"] = profile.benchmarks
    return {key: text for key, text in found.items() if text is not None}


def _override_settings(one: Override) -> dict[str, str | None]:
    remedy = one.remedy or RemedyChange()
    needs = {f"evidence.{c.id}.{name}": str(value) for c in one.evidence for name, value in _given(c).items()}
    plain = {name: _shown(getattr(one, name)) for name in _PLAIN}
    return {**plain, "remedy.text": remedy.text, "remedy.effort": _shown(remedy.effort), **needs}
