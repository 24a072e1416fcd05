"""What is wrong with a profile, seen beside the catalog it is for. Pure: used when tailoring and when validating."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import field, frozen

from hmis_standards.ids import close_matches, split
from hmis_standards.model.items import Item, goal_faults
from hmis_standards.model.profile import LOCAL, Override, Profile, Selection
from hmis_standards.model.sources import Source
from hmis_standards.vocabulary import Obligation, PartKind

__all__ = ["Fault", "Known", "profile_faults", "weakenings"]

_STRENGTH = {word: place for place, word in enumerate(Obligation)}


@frozen
class Fault:
    """One thing wrong: where in the profile, what, and a hint."""

    at: tuple[str | int, ...]
    message: str
    hint: str = ""


@frozen(kw_only=True)
class Known:
    """What a profile can refer to. ``complete`` is false where not all items could be read: nothing is absent then.

    ``untailored`` are the items as they were before earlier layers, if there are any: a profile does not contradict
    itself because of what another one did.
    """

    items: Mapping[str, Item]
    untailored: Mapping[str, Item] = field(factory=dict)
    documents: frozenset[str]
    sources: Mapping[str, Source]
    benchmark_sets: frozenset[str]
    complete: bool = True

    def places(self, kind: str) -> frozenset[str]:
        """The ids of a kind that a selection or an exclusion can name."""
        if kind == "documents":
            return self.documents
        if kind == "items":
            return frozenset(self.items)
        if kind == "sections":
            return frozenset(f"{item.document}/{item.section}" for item in self.items.values())
        return frozenset(tag for item in self.items.values() for tag in item.tags)


def profile_faults(profile: Profile, known: Known) -> Iterator[Fault]:
    """Everything that is wrong with the profile."""
    yield from _selection(profile, known)
    yield from _exclusions(profile, known)
    yield from _overrides(profile, known)
    yield from _weights(profile)
    yield from _gates(profile, known)
    yield from _sources(profile, known)
    yield from _additions(profile, known)
    if profile.benchmarks is not None and known.complete and profile.benchmarks not in known.benchmark_sets:
        yield _absent(("benchmarks",), "benchmark set", profile.benchmarks, known.benchmark_sets)
    if known.complete and not profile.add and not any(_stays(profile, one, known) for one in known.items):
        yield Fault(("id",), "the profile leaves no item", "select more, or exclude less")


def _stays(profile: Profile, item_id: str, known: Known) -> bool:
    item = known.untailored.get(item_id, known.items[item_id])
    return profile.select.keeps(item) and not any(one.covers(item) for one in profile.exclude)


def _absent(at: tuple[str | int, ...], what: str, name: str, known: Iterable[str]) -> Fault:
    close = close_matches(name, sorted(known), most=1)
    return Fault(at, f"there is no {what} {name!r}", f"did you mean {close[0]}?" if close else "")


# --- what stays and what goes ------------------------------------------------------------------------------

_KINDS = {"documents": "document", "sections": "section", "items": "item", "tags": "tag"}


def _unknown(record: object, known: Known, *at: str | int) -> Iterator[Fault]:
    """Names in a selection or an exclusion that lead nowhere."""
    for kind, what in _KINDS.items() if known.complete else ():
        there = known.places(kind)
        for place, name in enumerate(getattr(record, kind)):
            if name not in there:
                yield _absent((*at, kind, place), what, name, there)


def _selection(profile: Profile, known: Known) -> Iterator[Fault]:
    yield from _unknown(profile.select, known, "select")
    if profile.select == Selection() or profile.select.reason.strip():
        return
    gone = [item for item in known.items.values() if not profile.select.keeps(item)]
    yield from _unexplained(gone, "leaves out", ("select",))


def _exclusions(profile: Profile, known: Known) -> Iterator[Fault]:
    for place, one in enumerate(profile.exclude):
        at = ("exclude", place)
        yield from _unknown(one, known, *at)
        if not (one.items or one.sections or one.documents or one.tags):
            yield Fault(at, "excludes nothing", "name items, sections, documents or tags")
        if not one.reason.strip():
            yield from _unexplained([item for item in known.items.values() if one.covers(item)], "leaves out", at)


def _unexplained(items: list[Item], what: str, at: tuple[str | int, ...]) -> Iterator[Fault]:
    required = [item.id for item in items if item.obligation is Obligation.REQUIRED]
    if required:
        more = f" and {len(required) - 1} more" if len(required) > 1 else ""
        yield Fault(at, f"{what} {required[0]}{more}, which is required: that needs a reason", "fill in `reason`")
    else:
        yield Fault(at, "gives no reason", "fill in `reason`")


# --- overrides ---------------------------------------------------------------------------------------------


def _overrides(profile: Profile, known: Known) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for place, one in enumerate(profile.override):
        at = ("override", place)
        first = seen.setdefault(one.item, place)
        if first != place:
            yield Fault((*at, "item"), f"item {one.item!r} is overridden twice in this profile", "join the two")
        item = known.items.get(one.item)
        if item is None:
            if known.complete:
                yield _absent((*at, "item"), "item", one.item, known.items)
            continue
        if not _stays(profile, one.item, known):
            yield Fault((*at, "item"), f"item {one.item!r} is overridden, but this profile leaves it out")
        yield from _override(one, item, profile, known, at)


def _override(one: Override, item: Item, profile: Profile, known: Known, at: tuple[str | int, ...]) -> Iterator[Fault]:
    if one == Override(item=one.item, reason=one.reason):
        yield Fault(at, "overrides nothing", "name a field and its new value")
    yield from _reason(one, item, at)
    yield from _target(one, item, at)
    yield from _goal(one, item, at)
    if one.weight is not None and one.weight < 0:
        yield Fault((*at, "weight"), f"the weight {one.weight} is below 0")
    if one.na and one.na.allowed and not one.na.when:
        yield Fault((*at, "na"), "not applicable is allowed, but `when` does not say in which situation")
    if one.na and one.na.when and not one.na.allowed:
        yield Fault((*at, "na", "when"), "`when` is given, but not applicable is not allowed")
    if one.roles == ():
        yield Fault((*at, "roles"), "somebody has to act on the item", "name at least one role")
    needs = {need.id for need in item.evidence}
    for place, change in enumerate(one.evidence):
        if change.id not in needs and not (change.kind and change.text):
            hint = _absent((), "", change.id, needs).hint or "a new need has a kind and a text"
            yield Fault((*at, "evidence", place, "id"), f"the item asks for no evidence {change.id!r}", hint)
    yield from _citations([c.source for c in one.citations], profile, known, (*at, "citations"))
    if one.obligation is Obligation.REQUIRED and item.obligation is not Obligation.REQUIRED:
        cited = [c.source for c in (*item.citations, *one.citations)]
        yield from _binding(cited, profile, known, (*at, "obligation"))


def _reason(one: Override, item: Item, at: tuple[str | int, ...]) -> Iterator[Fault]:
    if one.reason.strip():
        return
    weaker = weakenings(item, one)
    if weaker:
        message = f"{item.id} is required, and this {' and '.join(weaker)}: that needs a reason"
        yield Fault(at, message, "fill in `reason`")
    else:
        yield Fault(at, "gives no reason", "fill in `reason`")


def weakenings(item: Item, override: Override) -> tuple[str, ...]:
    """How the override makes a ``required`` item ask for less, in words; nothing for other items."""
    if item.obligation is not Obligation.REQUIRED:
        return ()
    lower = override.obligation is not None and _STRENGTH[override.obligation] > _STRENGTH[item.obligation]
    demanded = {need.id for need in item.evidence if need.demanded}
    dropped = [one.id for one in override.evidence if one.demanded is False and one.id in demanded]
    found = {
        f"makes it {override.obligation}": lower,
        "gives it weight 0": override.weight == 0,
        "allows not_applicable": bool(override.na and override.na.allowed and not item.na.allowed),
        f"lowers the level to reach to {override.target}": (override.target or 9) < (item.target or 0),
        f"no longer demands {', '.join(dropped)}": bool(dropped),
    }
    return tuple(words for words, true in found.items() if true)


def _goal(one: Override, item: Item, at: tuple[str | int, ...]) -> Iterator[Fault]:
    if one.goal is None:
        return
    if item.goal is None:
        yield Fault((*at, "goal"), "the item takes no number, so there is nothing to judge by a goal")
    for fault in goal_faults(one.goal):
        yield Fault((*at, "goal"), fault)


def _target(one: Override, item: Item, at: tuple[str | int, ...]) -> Iterator[Fault]:
    rungs = [level.level for level in item.levels]
    if one.target is None or (one.target in rungs and one.target > 0):
        return
    why = f"is none of its levels {', '.join(map(str, rungs[1:]))}" if rungs else "does not fit: it has no levels"
    yield Fault((*at, "target"), f"the target {one.target} {why}")


# --- weights, sources, local requirements ------------------------------------------------------------------


def _weights(profile: Profile) -> Iterator[Fault]:
    given = [one.obligation for one in profile.weights]
    for place, one in enumerate(profile.weights):
        at = ("weights", place)
        if one.obligation in given[:place]:
            yield Fault((*at, "obligation"), f"{one.obligation} is weighed twice")
        if one.weight < 0:
            yield Fault((*at, "weight"), f"the weight {one.weight} is below 0")
        if one.weight == 0 and one.obligation is Obligation.REQUIRED and not one.reason.strip():
            yield Fault(at, "gives everything required weight 0: that needs a reason", "fill in `reason`")


def _gates(profile: Profile, known: Known) -> Iterator[Fault]:
    given = [one.id for one in profile.gates]
    for place, one in enumerate(profile.gates):
        at = ("gates", place)
        if one.id in given[:place]:
            yield Fault((*at, "id"), f"gate {one.id!r} stands there twice")
        if not one.reason.strip():
            yield Fault(at, f"gate {one.id!r} gives no reason", "fill in `reason`")
        there = known.places("documents" if one.by is PartKind.DOCUMENT else "sections")
        for number, name in enumerate(one.only if known.complete else ()):
            if name not in there:
                yield _absent((*at, "only", number), str(one.by), name, there)


def _sources(profile: Profile, known: Known) -> Iterator[Fault]:
    own = [source.id for source in profile.sources]
    for place, source in enumerate(profile.sources):
        at = ("sources", place, "id")
        if source.id in own[:place]:
            yield Fault(at, f"source {source.id!r} stands there twice")
        if source.id in known.sources and known.sources[source.id] != source:
            yield Fault(at, f"source {source.id!r} is in the register already", "choose another id")


def _additions(profile: Profile, known: Known) -> Iterator[Fault]:
    own = [item.id for item in profile.add]
    for place, item in enumerate(profile.add):
        at = ("add", place)
        if not split(item.id)[1].startswith("LOCAL-"):
            yield Fault((*at, "id"), "the id of a local requirement begins with LOCAL-")
        if item.id in own[:place]:
            yield Fault((*at, "id"), f"local requirement {item.id!r} stands there twice")
        if item.document != LOCAL and known.complete and item.document not in known.documents:
            yield _absent((*at, "document"), "document", item.document, {*known.documents, LOCAL})
        cited = [citation.source for citation in item.citations]
        if not cited:
            yield Fault(at, "a local requirement cites what it rests on", "add a citation")
        yield from _citations(cited, profile, known, (*at, "citations"))
        if item.obligation is Obligation.REQUIRED:
            yield from _binding(cited, profile, known, (*at, "obligation"))


def _citations(cited: list[str], profile: Profile, known: Known, at: tuple[str | int, ...]) -> Iterator[Fault]:
    there = {*known.sources, *(source.id for source in profile.sources)}
    for place, name in enumerate(cited):
        if name not in there and known.complete:
            yield _absent((*at, place, "source"), "source", name, there)


def _binding(cited: list[str], profile: Profile, known: Known, at: tuple[str | int, ...]) -> Iterator[Fault]:
    """``required`` needs something that binds: a source that is known and in effect."""
    there = {**known.sources, **{source.id: source for source in profile.sources}}
    found = [there[name] for name in cited if name in there]
    if len(found) == len(cited) and not any(source.in_effect for source in found):
        yield Fault(at, "required, but none of its sources is in effect", "cite what binds, or make it expected")
