"""The catalog: all that an edition holds, as a read-only mapping from item id to item."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import Enum
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

from attrs import frozen

from hmis_standards.errors import (
    RetiredItem,
    UnknownBenchmark,
    UnknownBenchmarkSet,
    UnknownDocument,
    UnknownItem,
    UnknownMeasure,
    UnknownSource,
)
from hmis_standards.ids import close_matches
from hmis_standards.model.editions import Edition, Retired
from hmis_standards.model.ratings import Ratings, Scale, ScaleAnswer
from hmis_standards.tabular import escape, frame, html_table
from hmis_standards.vocabulary import Basis, Confidence, Obligation, Role, Status

if TYPE_CHECKING:
    from hmis_standards.model.benchmarks import Benchmark, BenchmarkSet
    from hmis_standards.model.crosswalk import Link, Related
    from hmis_standards.model.documents import Document
    from hmis_standards.model.items import FieldChange, Item, Items
    from hmis_standards.model.measures import Measure
    from hmis_standards.model.profile import Profile
    from hmis_standards.model.sources import Source
    from hmis_standards.model.tailoring import Conflict, Excluded

__all__ = ["Catalog"]


@frozen(kw_only=True, repr=False, eq=False)
class Catalog(Mapping[str, "Item"]):
    """All documents of an edition with what they refer to. Immutable: tailoring makes another catalog.

    Iterates over item ids in document order. ``catalog[id]`` raises UnknownItem with the ids that are close.
    """

    edition: str
    documents: Sequence[Document]
    sources: Sequence[Source]
    scales: tuple[Scale, ...]
    ratings: Ratings
    measures: Sequence[Measure]
    benchmark_sets: Sequence[BenchmarkSet]
    links: Sequence[Link] = ()
    # Set by tailoring; ``base`` is the catalog before any, ``changes`` are those that concern no single item.
    base: Catalog | None = None
    profiles: tuple[Profile, ...] = ()
    excluded: tuple[Excluded, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    changes: tuple[FieldChange, ...] = ()
    editions: tuple[Edition, ...] = ()
    retired: tuple[Retired, ...] = ()

    @property
    def _edition(self) -> Edition | None:
        return next((one for one in self.editions if one.id == self.edition), None)

    @property
    def data_standards(self) -> str:
        """HUD's data standards the edition stands on, such as ``FY2026``; empty for a catalog without editions."""
        return self._edition.data_standards if self._edition else ""

    @property
    def period(self) -> tuple[date, date] | None:
        """First and last day of the edition; None for a catalog without editions."""
        return self._edition.period if self._edition else None

    @cached_property
    def _items(self) -> dict[str, Item]:
        return {item.id: item for document in self.documents for item in document.items}

    @cached_property
    def weights(self) -> dict[str, Fraction]:
        """What each item weighs: its own weight where a profile gives it one, else that of its obligation."""
        by = {one: self.ratings.weight(one) for one in Obligation}
        return {item.id: by[item.obligation] if item.weight is None else item.weight for item in self._items.values()}

    @cached_property
    def in_effect(self) -> frozenset[str]:
        """The items that cite at least one authority that is in effect."""
        return frozenset(item.id for item in self._items.values() if self._cites_in_effect(item))

    @cached_property
    def _sources(self) -> dict[str, Source]:
        return {source.id: source for source in self.sources}

    @cached_property
    def _settled(self) -> dict[tuple[str, str | None], Any]:
        """For ``score`` alone, which keeps here the lines of answers that say the same whoever gives them."""
        return {}

    @cached_property
    def _related(self) -> dict[str, tuple[Related, ...]]:
        from hmis_standards.model.crosswalk import related

        return related(self.links, self.values())

    def __getitem__(self, item_id: str) -> Item:
        try:
            return self._items[item_id]
        except KeyError:
            raise self._absent(item_id) from None

    def _absent(self, item_id: str) -> RetiredItem | UnknownItem:
        """The error for an id that is not here: retired, or never there."""
        for one in self.retired:
            if one.id == item_id:
                return RetiredItem(item_id, since=one.since, replaced_by=one.replaced_by)
        return UnknownItem(item_id, close_matches(item_id, self._items))

    def __contains__(self, item_id: object) -> bool:
        return item_id in self._items

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __repr__(self) -> str:
        by = f", tailored by {', '.join(self.layers)}" if self.layers else ""
        return f"<Catalog {self.edition}{by}: {len(self)} items in {len(self.documents)} documents>"

    def _repr_html_(self) -> str:
        by = f", tailored by {', '.join(self.layers)}" if self.layers else ""
        rows = [_counts(document) for document in self.documents]
        return f"<p>Catalog, edition {escape(self.edition + by)}: {len(self)} items</p>{html_table(rows)}"

    @property
    def layers(self) -> tuple[str, ...]:
        """The ids of the profiles that made this catalog, in the order in which they were applied."""
        return tuple(profile.id for profile in self.profiles)

    @property
    def benchmarks(self) -> str:
        """The id of the benchmark set that the latest profile with a preference names; else ``default``."""
        return next((one.benchmarks for one in reversed(self.profiles) if one.benchmarks), "default")

    def document(self, document_id: str) -> Document:
        """The document of that id. Raises UnknownDocument."""
        for document in self.documents:
            if document.id == document_id:
                return document
        raise UnknownDocument(document_id, close_matches(document_id, [d.id for d in self.documents]))

    def source(self, source_id: str) -> Source:
        """The authority of that id. Raises UnknownSource."""
        try:
            return self._sources[source_id]
        except KeyError:
            raise UnknownSource(source_id, close_matches(source_id, self._sources)) from None

    def scale(self, item: Item) -> Scale:
        """The scale on which the item is answered."""
        return self._scales[item.scale]

    @cached_property
    def _scales(self) -> dict[str, Scale]:
        return {scale.id: scale for scale in self.scales}

    def standing(self, item: Item, answer: str) -> ScaleAnswer | None:
        """What an answer gives on the item: status and credit; None if the item does not take it.

        On a matrix standard that depends on the level the item aims at: reaching it is full credit, and going beyond
        adds nothing. Parts covered are worth their share; a number is judged by the item's goal.
        """
        from hmis_standards.model.standing import standing

        return standing(self.scale(item), item, answer)

    def answer_for(self, item: Item, status: Status) -> str | None:
        """The least answer that gives the item this status, or None: ``met``, or the level aimed at."""
        words = self.scale(item).words()
        standings = ((word, self.standing(item, word)) for word in reversed(words))
        return next((word for word, standing in standings if standing and standing.status is status), None)

    def measure(self, measure_id: str) -> Measure:
        """The definition of a measure. Raises UnknownMeasure."""
        for measure in self.measures:
            if measure.id == measure_id:
                return measure
        raise UnknownMeasure(measure_id, close_matches(measure_id, [m.id for m in self.measures]))

    def benchmark_set(self, set_id: str) -> BenchmarkSet:
        """The benchmark set of that id. Raises UnknownBenchmarkSet."""
        for one in self.benchmark_sets:
            if one.id == set_id:
                return one
        raise UnknownBenchmarkSet(set_id, close_matches(set_id, [s.id for s in self.benchmark_sets]))

    def benchmark(self, benchmark_id: str) -> Benchmark:
        """The benchmark of a full id such as ``default/COV-1``. Raises UnknownBenchmark."""
        for one in self.benchmark_sets:
            for benchmark in one.benchmarks:
                if f"{one.id}/{benchmark.id}" == benchmark_id:
                    return benchmark
        known = [f"{s.id}/{b.id}" for s in self.benchmark_sets for b in s.benchmarks]
        raise UnknownBenchmark(benchmark_id, close_matches(benchmark_id, known))

    def related(self, item_id: str) -> tuple[Related, ...]:
        """What the crosswalk says of an item, or of a benchmark: the closest first; empty if nothing.

        Raises UnknownItem for an id that is neither.
        """
        if item_id not in self._related and item_id not in self:
            self[item_id]
        return self._related.get(item_id, ())

    def binding(self, item: Item) -> bool:
        """Whether the item is ``required`` by an authority that is in effect."""
        return item.obligation is Obligation.REQUIRED and self._cites_in_effect(item)

    def _cites_in_effect(self, item: Item) -> bool:
        return any(self.source(citation.source).in_effect for citation in item.citations)

    def select(
        self,
        *,
        document: str | None = None,
        section: str | None = None,
        obligation: str | None = None,
        basis: str | None = None,
        role: str | None = None,
        confidence: str | None = None,
        tag: str | None = None,
    ) -> Items:
        """The items for which everything given holds, in document order.

        Raises UnknownDocument for a document that does not exist, ValueError for a word outside its list.
        """
        from hmis_standards.model.items import Items

        if document is not None:
            self.document(document)
        wanted = _wanted(document, section, obligation, basis, confidence)
        who = _word(Role, "role", role)
        return Items(
            item
            for item in self.values()
            if all(getattr(item, name) == value for name, value in wanted.items())
            and (who is None or who in item.roles)
            and (tag is None or tag in item.tags)
        )

    def search(self, words: str) -> Items:
        """Items in whose id, texts or tags every word occurs; those with more of them in the title come first."""
        from hmis_standards.model.items import Items

        needles = words.lower().split()
        found = [item for item in self.values() if needles and all(n in _haystack(item) for n in needles)]
        return Items(sorted(found, key=lambda item: -sum(n in item.title.lower() for n in needles)))

    def to_dict(self) -> dict[str, object]:
        """Edition and all documents as plain values."""
        return {"edition": self.edition, "documents": [document.to_dict() for document in self.documents]}

    def to_frame(self) -> object:
        """One row an item, as pandas or Arrow."""
        return frame([item.row() for item in self.values()])


def _counts(document: Document) -> dict[str, object]:
    """A document as a row: its sections and items, and how many items bind how much."""
    listed = [item.obligation for item in document.items]
    return {
        "document": document.id,
        "HUD product": document.number,
        "title": document.title,
        "sections": len(document.sections),
        "items": len(listed),
        **{one.value: listed.count(one) for one in Obligation},
    }


def _wanted(
    document: str | None, section: str | None, obligation: str | None, basis: str | None, confidence: str | None
) -> dict[str, object]:
    """Only the criteria that were given, with words turned into members of their lists."""
    given: dict[str, object] = {
        "document": document,
        "section": section,
        "obligation": _word(Obligation, "obligation", obligation),
        "basis": _word(Basis, "basis", basis),
        "confidence": _word(Confidence, "confidence", confidence),
    }
    return {name: value for name, value in given.items() if value is not None}


def _word(words: type[Enum], name: str, given: str | None) -> Enum | None:
    """The member of a closed list, None for nothing. Raises ValueError with the words of the list."""
    if not given:
        return None
    known = [str(word.value) for word in words]
    if given in known:
        return words(given)
    near = close_matches(str(given).strip().replace(" ", "_"), known, most=1)
    hint = f"; did you mean {near[0]}?" if near else ""
    raise ValueError(f"{name} {given!r} is not one of {', '.join(known)}{hint}")


def _haystack(item: Item) -> str:
    return " ".join((item.id, item.title, item.text, item.why, item.remedy.text, *item.tags)).lower()
