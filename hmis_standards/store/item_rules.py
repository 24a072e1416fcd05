"""Rules on items: their ids, what they rest on, what they need, what measures them, and how they are worded."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hmis_standards.errors import Problem
from hmis_standards.ids import split
from hmis_standards.model import Item, Source
from hmis_standards.model.items import goal_faults
from hmis_standards.store.parts import Parts, Placed
from hmis_standards.store.references import absent, absent_sources, repeated
from hmis_standards.vocabulary import Basis, Confidence, Every, Obligation, Read, ScaleKind, SourceStatus

__all__ = ["ITEM_RULES", "wording_claims_nothing"]

# What must never be said: the series is guidance, and no row of ours is HUD's.
_NUMBERED_THROUGH = re.compile(r"^[TP][0-9]{2}$")
_FORBIDDEN = (
    (re.compile(r"HUD['’]s checklist requires", re.I), "HUD's checklist is guidance and requires nothing"),
    (re.compile(r"\bthe official matrix\b", re.I), "no matrix here is an official one"),
    (re.compile(r"\bHUD product \d+\b[^.]{0,60}?\brequires\b", re.I), "the series is guidance and requires nothing"),
)


# --- ids ---------------------------------------------------------------------------------------------------


def ids_begin_with_their_section(parts: Parts) -> Iterator[Problem]:
    """An item of section GOV is called GOV-something; topics and practices of training are numbered T01, P01."""
    for item in parts.items:
        section, local = item.value.section, split(item.name)[1]
        if not local.startswith(f"{section}-") and not _NUMBERED_THROUGH.match(local):
            yield item.problem(f"the id of an item of section {section} begins with {section}-", "id")


def evidence_ids_are_distinct(parts: Parts) -> Iterator[Problem]:
    """A response can say which need its evidence serves."""
    for item in parts.items:
        yield from repeated(item, "evidence", [need.id for need in item.value.evidence], "evidence")


def scales_exist(parts: Parts) -> Iterator[Problem]:
    """Every item is answered on a scale that is there."""
    for item in parts.items:
        yield from absent(parts, item, "scales", "scale", item.value.scale, "scale")


def answers_fit_the_item(parts: Parts) -> Iterator[Problem]:
    """A scale of parts is for an item with parts, one of levels for levels, and a goal goes with a measured scale."""
    kinds = {scale.name: scale.value.kind for scale in parts.scales}
    for item in parts.items:
        one, kind = item.value, kinds.get(item.value.scale)
        if kind is ScaleKind.PARTS and not one.parts:
            yield item.problem(f"scale {one.scale!r} counts parts, and the item has no objectives", "scale")
        if kind is ScaleKind.LEVELS and not one.levels:
            yield item.problem(f"scale {one.scale!r} is of levels, and the item has none", "scale")
        if kind is ScaleKind.MEASURED and one.goal is None:
            yield item.problem(f"scale {one.scale!r} takes a number, and the item has no goal to judge it by", "scale")
        if one.goal and kind not in {None, ScaleKind.MEASURED}:
            yield item.problem("a goal judges numbers, and the scale takes none", "goal")
        yield from (item.problem(fault, "goal") for fault in (goal_faults(one.goal) if one.goal else ()))


# --- authority ---------------------------------------------------------------------------------------------


def item_citations_exist(parts: Parts) -> Iterator[Problem]:
    """Every source an item or a measure cites is in the register."""
    yield from absent_sources(parts, parts.items)
    yield from absent_sources(parts, parts.measures)


def citations_occur_once(parts: Parts) -> Iterator[Problem]:
    """The same place of the same source is cited once."""
    for item in parts.items:
        cited = [f"{one.source}, {one.at}" if one.at else one.source for one in item.value.citations]
        yield from repeated(item, "the citation of", cited, "citations", key="source")


def required_rests_on_law(parts: Parts) -> Iterator[Problem]:
    """``required`` is said only where a source in effect says so, and never on common practice alone."""
    known = _sources(parts)
    for item in parts.items:
        if item.value.obligation is not Obligation.REQUIRED:
            continue
        if item.value.basis is Basis.COMMON_PRACTICE:
            yield item.problem("common practice requires nothing", "obligation", hint="make it recommended")
        cited = _cited(known, item.value)
        if cited and not any(source.in_effect or source.id in parts.excused for source in cited):
            yield item.problem("required, but none of its sources is in effect", "obligation")


def the_best_known_were_read(parts: Parts) -> Iterator[Problem]:
    """Confidence A is for items of which a source was read itself."""
    known = _sources(parts)
    for item in parts.items:
        cited = _cited(known, item.value)
        if item.value.confidence is Confidence.A and cited and all(one.read is not Read.TEXT for one in cited):
            yield item.problem("confidence A, but none of its sources was read itself", "confidence", hint="make it B")


def proposed_rules_are_called_so(parts: Parts) -> Iterator[Problem]:
    """An item resting on proposed rules alone tells the reader."""
    known = _sources(parts)
    for item in parts.items:
        cited = _cited(known, item.value)
        if not cited or any(source.status is not SourceStatus.PROPOSED for source in cited):
            continue
        if "proposed" not in f"{item.value.text} {item.value.why}".lower():
            yield item.problem(
                "rests on proposed rules alone and does not say 'proposed'",
                "citations",
                hint="say in the text or the why that the rule was proposed and never made final",
            )


def _sources(parts: Parts) -> dict[str, Source]:
    return {source.name: source.value for source in parts.sources}


def _cited(known: dict[str, Source], item: Item) -> list[Source]:
    """The sources an item cites; none at all if one of them is not known, which is another rule's matter."""
    found = [known.get(citation.source) for citation in item.citations]
    return [source for source in found if source] if all(found) else []


# --- links -------------------------------------------------------------------------------------------------


def requirements_exist(parts: Parts) -> Iterator[Problem]:
    """What an item requires is an item, another one, and named once."""
    for item in parts.items:
        for place, other in enumerate(item.value.requires):
            if other == item.name:
                yield item.problem("the item requires itself", "requires", place)
            yield from absent(parts, item, "items", "item", other, "requires", place)


def requirements_have_no_cycle(parts: Parts) -> Iterator[Problem]:
    """No item comes, over others, before itself; a cycle is told once, at its first item."""
    needs = {item.name: item.value.requires for item in parts.items}
    placed = {item.name: item for item in parts.items}
    told: set[frozenset[str]] = set()
    for name in needs:
        cycle = _cycle_from(name, needs)
        if len(cycle) > 1 and frozenset(cycle) not in told:
            told.add(frozenset(cycle))
            yield placed[name].problem(f"these require each other: {' -> '.join([*cycle, name])}", "requires")


def _cycle_from(start: str, needs: dict[str, tuple[str, ...]]) -> list[str]:
    """A shortest way from an item over its requirements back to it; empty where there is none."""
    ways = [[start]]
    seen = {start}
    while ways:
        way = ways.pop(0)
        for other in needs.get(way[-1], ()):
            if other == start:
                return way
            if other not in seen:
                seen.add(other)
                ways.append([*way, other])
    return []


def measuring_benchmarks_exist(parts: Parts) -> Iterator[Problem]:
    """The benchmarks that bear on an item exist, and each is named once."""
    for item in parts.items:
        names = [one.benchmark for one in item.value.measured_by]
        yield from repeated(item, "benchmark", names, "measured_by", key="benchmark")
        for place, name in enumerate(names):
            yield from absent(parts, item, "benchmarks", "benchmark", name, "measured_by", place, "benchmark")


# --- sense -------------------------------------------------------------------------------------------------


def not_applicable_says_when(parts: Parts) -> Iterator[Problem]:
    """Where "not applicable" is possible, the item says when; where it is not, it does not."""
    for item in parts.items:
        rule = item.value.na
        if rule.allowed and not rule.when:
            yield item.problem("not applicable is allowed, but `when` does not say in which situation", "na")
        if rule.when and not rule.allowed:
            yield item.problem("`when` is given, but not applicable is not allowed", "na", "when")


def levels_climb(parts: Parts) -> Iterator[Problem]:
    """A matrix standard has its rungs in order, each once, and aims at one of them."""
    for item in parts.items:
        rungs = [level.level for level in item.value.levels]
        if rungs != list(range(len(rungs))):
            yield item.problem(f"the levels should be 0, 1, 2 and 3 in order, they are {rungs}", "levels")
        if rungs and item.value.target not in rungs:
            yield item.problem(f"the target {item.value.target} is not one of the levels", "target")


def events_are_named(parts: Parts) -> Iterator[Problem]:
    """A duty that follows an event says which."""
    for item in parts.items:
        if item.value.frequency.every is Every.EVENT and not item.value.frequency.also:
            yield item.problem("the duty follows an event, but `also` does not say which", "frequency")


def wording_claims_nothing(parts: Parts) -> Iterator[Problem]:
    """No text says that HUD's guidance requires something, or that a row of ours is HUD's."""
    for item in parts.items:
        for below, text in _texts(item):
            for pattern, reason in _FORBIDDEN:
                found = pattern.search(text)
                if found:
                    yield item.problem(f"{found.group()!r} must not be said: {reason}", *below)


def _texts(item: Placed[Item]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    value = item.value
    yield ("title",), value.title
    yield ("text",), value.text
    yield ("why",), value.why
    yield ("scope",), value.scope or ""
    yield ("na", "when"), value.na.when or ""
    yield ("remedy", "text"), value.remedy.text
    for place, need in enumerate(value.evidence):
        yield ("evidence", place, "text"), need.text
    for place, level in enumerate(value.levels):
        yield ("levels", place, "text"), level.text
    if value.advance:
        yield ("advance", "text"), value.advance.text


ITEM_RULES = (
    ids_begin_with_their_section,
    evidence_ids_are_distinct,
    scales_exist,
    answers_fit_the_item,
    item_citations_exist,
    citations_occur_once,
    required_rests_on_law,
    the_best_known_were_read,
    proposed_rules_are_called_so,
    requirements_exist,
    requirements_have_no_cycle,
    measuring_benchmarks_exist,
    not_applicable_says_when,
    levels_climb,
    events_are_named,
    wording_claims_nothing,
)
