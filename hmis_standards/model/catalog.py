"""The catalog: all that an edition holds, as a read-only mapping from item id to item."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from functools import cached_property
from html import escape

from attrs import frozen

from hmis_standards.errors import (
    UnknownBenchmark,
    UnknownBenchmarkSet,
    UnknownDocument,
    UnknownItem,
    UnknownMeasure,
    UnknownSource,
)
from hmis_standards.ids import close_matches
from hmis_standards.model.benchmarks import Benchmark, BenchmarkSet
from hmis_standards.model.documents import Document, item_row
from hmis_standards.model.items import Item
from hmis_standards.model.measures import Measure
from hmis_standards.model.ratings import Ratings, Scale
from hmis_standards.model.sources import Source
from hmis_standards.tabular import frame, html_table
from hmis_standards.vocabulary import Basis, Confidence, Obligation, Role

__all__ = ["Catalog"]


@frozen(kw_only=True, repr=False, eq=False)
class Catalog(Mapping[str, Item]):
    """All documents of an edition with what they refer to. Immutable: tailoring makes another catalog.

    Iterates over item ids in document order. ``catalog[id]`` raises UnknownItem with the ids that are close.
    """

    edition: str
    documents: tuple[Document, ...]
    sources: tuple[Source, ...]
    scales: tuple[Scale, ...]
    ratings: Ratings
    measures: tuple[Measure, ...]
    benchmark_sets: tuple[BenchmarkSet, ...]

    @cached_property
    def _items(self) -> dict[str, Item]:
        return {item.id: item for document in self.documents for item in document.items}

    @cached_property
    def _sources(self) -> dict[str, Source]:
        return {source.id: source for source in self.sources}

    def __getitem__(self, item_id: str) -> Item:
        try:
            return self._items[item_id]
        except KeyError:
            raise UnknownItem(item_id, close_matches(item_id, self._items)) from None

    def __contains__(self, item_id: object) -> bool:
        return item_id in self._items

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __repr__(self) -> str:
        return f"<Catalog {self.edition}: {len(self)} items in {len(self.documents)} documents>"

    def _repr_html_(self) -> str:
        rows = [
            {"document": d.id, "HUD product": d.number, "title": d.title, "items": len(d.items)} for d in self.documents
        ]
        return f"<p>Catalog, edition {escape(self.edition)}: {len(self)} items</p>{html_table(rows)}"

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
        return next(scale for scale in self.scales if scale.id == item.scale)

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
        known = {f"{s.id}/{b.id}": b for s in self.benchmark_sets for b in s.benchmarks}
        if benchmark_id not in known:
            raise UnknownBenchmark(benchmark_id, close_matches(benchmark_id, known))
        return known[benchmark_id]

    def binding(self, item: Item) -> bool:
        """Whether the item is ``required`` by an authority that is in effect."""
        return item.obligation is Obligation.REQUIRED and any(self.source(c.source).in_effect for c in item.citations)

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
    ) -> tuple[Item, ...]:
        """The items for which everything given holds, in document order.

        Raises UnknownDocument for a document that does not exist, ValueError for a word outside its list.
        """
        if document is not None:
            self.document(document)
        wanted = _wanted(document, section, obligation, basis, confidence)
        who = _word(Role, "role", role)
        return tuple(
            item
            for item in self.values()
            if all(getattr(item, name) == value for name, value in wanted.items())
            and (who is None or who in item.roles)
            and (tag is None or tag in item.tags)
        )

    def search(self, words: str) -> tuple[Item, ...]:
        """Items in whose id, texts or tags every word occurs; those with more of them in the title come first."""
        needles = words.lower().split()
        found = [item for item in self.values() if needles and all(n in _haystack(item) for n in needles)]
        return tuple(sorted(found, key=lambda item: -sum(n in item.title.lower() for n in needles)))

    def to_dict(self) -> dict[str, object]:
        """Edition and all documents as plain values."""
        return {"edition": self.edition, "documents": [document.to_dict() for document in self.documents]}

    def to_frame(self) -> object:
        """One row an item, as pandas or Arrow."""
        return frame([item_row(item) for item in self.values()])


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
