"""Rules on the index, the documents' heads, the register of authorities, the scales and the ratings."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Any

from hmis_standards.errors import Problem
from hmis_standards.model import Ratings
from hmis_standards.store.parts import Heading, Parts, Placed
from hmis_standards.store.references import absent, near, repeated, twice
from hmis_standards.vocabulary import Obligation, PartKind, SourceStatus

__all__ = ["TREE_RULES"]

_NEVER_IN_EFFECT = {
    SourceStatus.PROPOSED,
    SourceStatus.SUPERSEDED,
    SourceStatus.WITHDRAWN,
    SourceStatus.GUIDANCE,
    SourceStatus.PRACTICE,
}


# --- ids ---------------------------------------------------------------------------------------------------


def unique_ids(parts: Parts) -> Iterator[Problem]:
    """No id of a kind is used twice."""
    yield from twice("edition", parts.editions)
    yield from twice("document", parts.listed_documents)
    yield from twice("benchmark set", parts.listed_sets)
    yield from twice("source", parts.sources)
    yield from twice("measure", parts.measures)
    yield from twice("scale", parts.scales)
    yield from twice("item", parts.items)
    yield from twice("benchmark", parts.benchmarks)


def index_names_what_is_there(parts: Parts) -> Iterator[Problem]:
    """A document, or a benchmark set, calls itself what the index calls it."""
    for listed, kind, what in (
        (parts.listed_documents, "documents", "document"),
        (parts.listed_sets, "sets", "benchmark set"),
    ):
        for entry in listed:
            yield from absent(parts, entry, kind, what, entry.name, "id")


def measures_say_what_they_lack(parts: Parts) -> Iterator[Problem]:
    """A measure that is not computed says what it needs, and no other does."""
    for measure in parts.measures:
        if measure.value.computed == bool(measure.value.needs):
            wrong = (
                "is for measures that are not computed" if measure.value.computed else "should say what it would take"
            )
            yield measure.problem(f"needs: {wrong}", "needs" if measure.value.needs else "computed")


# --- documents ---------------------------------------------------------------------------------------------


def sections_are_distinct(parts: Parts) -> Iterator[Problem]:
    """A document has each section once."""
    for document in parts.documents:
        names = [section.id for section in document.value.sections]
        yield from repeated(document, "section", names, "sections")


def files_belong_to_their_place(parts: Parts) -> Iterator[Problem]:
    """A file of items names the document of its folder and the section it is called after."""
    for heading in parts.headings:
        yield from _wrong_place(heading, "document", heading.value.document, heading.value.expected_document)
        yield from _wrong_place(heading, "section", heading.value.section, heading.value.expected_section)


def _wrong_place(heading: Placed[Heading], key: str, said: str | None, expected: str) -> Iterator[Problem]:
    if said != expected:
        hint = near(str(said), [expected])
        yield heading.problem(f"the file says {key} {said!r}; its place is that of {expected!r}", key, hint=hint)


def sections_have_items(parts: Parts) -> Iterator[Problem]:
    """Every section's file holds at least one item."""
    for heading in parts.headings:
        whole = heading.raw.data
        if isinstance(whole, dict) and not whole.get("items"):
            yield heading.problem(f"section {heading.name} has no items", "items")


# --- authorities -------------------------------------------------------------------------------------------


def standing_agrees_with_effect(parts: Parts) -> Iterator[Problem]:
    """What was proposed, superseded, withdrawn, or is guidance or practice binds nobody."""
    for source in parts.sources:
        if source.value.in_effect and source.value.status in _NEVER_IN_EFFECT:
            yield source.problem(f"a source that is {source.value.status.label} cannot be in effect", "in_effect")


def replacements_exist(parts: Parts) -> Iterator[Problem]:
    """A source is replaced by another one of the register."""
    for source in parts.sources:
        other = source.value.replaced_by
        if other == source.name:
            yield source.problem(f"source {source.name!r} is replaced by itself", "replaced_by")
        elif other is not None:
            yield from absent(parts, source, "sources", "source", other, "replaced_by")


# --- scales and ratings ------------------------------------------------------------------------------------


def scales_are_sound(parts: Parts) -> Iterator[Problem]:
    """A scale has each answer once, with a credit from 0 to 1."""
    for scale in parts.scales:
        yield from repeated(scale, "answer", scale.value.words(), "answers", key="answer")
        for place, answer in enumerate(scale.value.answers):
            yield from _share(scale, answer.credit, "the credit", "answers", place, "credit")


def bands_start_at_zero(parts: Parts) -> Iterator[Problem]:
    """Bands are distinct and the lowest begins at 0, so that every score has exactly one."""
    for ratings in parts.ratings:
        bands = ratings.value.bands
        minima = [band.minimum for band in bands]
        if minima and min(minima) != 0:
            yield ratings.problem(f"the lowest band starts at {min(minima)}, it should start at 0", "bands")
        yield from repeated(ratings, "band", [band.id for band in bands], "bands")
        yield from repeated(ratings, "a band's minimum of", minima, "bands", key="minimum")
        for place, minimum in enumerate(minima):
            yield from _share(ratings, minimum, "the minimum", "bands", place, "minimum")


def every_obligation_is_weighed(parts: Parts) -> Iterator[Problem]:
    """Each obligation has one weight, and none is negative."""
    for ratings in parts.ratings:
        yield from _weights(ratings)
        yield from repeated(ratings, "gate", [gate.id for gate in ratings.value.gates], "gates")
        yield from _gated_parts(parts, ratings)
        yield from _share(ratings, ratings.value.provisional_below, "provisional_below", "provisional_below")


def _gated_parts(parts: Parts, ratings: Placed[Ratings]) -> Iterator[Problem]:
    """The sections and documents a gate names are there."""
    sections = {f"{item.value.document}/{item.value.section}" for item in parts.items}
    known = {PartKind.SECTION: sections, PartKind.DOCUMENT: parts.ids("documents")}
    for place, gate in enumerate(ratings.value.gates if not {"items", "documents"} & parts.partial else ()):
        for at, name in enumerate(gate.only):
            there = known[gate.by] if gate.by else set()
            if name not in there:
                hint = near(name, sorted(there))
                yield ratings.problem(f"there is no {gate.by} {name!r}", "gates", place, "only", at, hint=hint)


def _weights(ratings: Placed[Ratings]) -> Iterator[Problem]:
    weighed = [weight.obligation for weight in ratings.value.weights]
    yield from repeated(ratings, "a weight for", weighed, "weights", key="obligation")
    for obligation in Obligation:
        if obligation not in weighed:
            yield ratings.problem(f"there is no weight for {obligation}", "weights")
    for place, weight in enumerate(ratings.value.weights):
        if weight.weight < 0:
            yield ratings.problem(f"the weight {weight.weight} is below 0", "weights", place, "weight")


def every_effort_in_time_has_days(parts: Parts) -> Iterator[Problem]:
    """Each rating of time, 1 to 5, stands for a number of days, and a higher rating for more of them."""
    for ratings in parts.ratings:
        durations, below = ratings.value.planning.durations, ("planning", "durations")
        yield from repeated(ratings, "the days of time", [one.time for one in durations], *below, key="time")
        days = {one.time: one.days for one in durations}
        for time in sorted({1, 2, 3, 4, 5} - set(days)):
            yield ratings.problem(f"there are no days for time {time}", *below)
        if any(days[less] >= days[more] for less, more in pairwise(sorted(days))):
            yield ratings.problem("a higher rating of time should stand for more days", *below)


def _share(record: Placed[Any], value: Fraction, what: str, *below: str | int) -> Iterator[Problem]:
    if not 0 <= value <= 1:
        yield record.problem(f"{what} {value} is not between 0 and 1", *below)


TREE_RULES = (
    unique_ids,
    index_names_what_is_there,
    measures_say_what_they_lack,
    sections_are_distinct,
    files_belong_to_their_place,
    sections_have_items,
    standing_agrees_with_effect,
    replacements_exist,
    scales_are_sound,
    bands_start_at_zero,
    every_obligation_is_weighed,
    every_effort_in_time_has_days,
)
