"""The records of a data tree, each with the place it stands at: what the catalog is built of and the rules look at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from attrs import evolve, field, frozen

from hmis_standards.errors import Problem
from hmis_standards.store.raw import Raw

if TYPE_CHECKING:
    from hmis_standards.model import (
        Benchmark,
        BenchmarkSet,
        Change,
        Document,
        Edition,
        Item,
        Link,
        Measure,
        Ratings,
        Retired,
        Scale,
        Source,
    )

__all__ = ["Heading", "Listed", "Parts", "Placed"]

T = TypeVar("T")


@frozen
class Placed(Generic[T]):
    """A record under its full id, with the file it comes from and its place in it.

    ``moved``: fields that stand elsewhere below the record, such as those of an older edition.
    """

    name: str
    value: T
    raw: Raw
    at: tuple[str | int, ...] = ()
    moved: Mapping[str, tuple[str | int, ...]] = field(factory=dict, eq=False)

    def problem(self, message: str, *below: str | int, hint: str = "") -> Problem:
        """Something wrong with the record, or with what stands ``below`` it."""
        pointer = (*self.at, *self.moved.get(str(below[0]) if below else "", ()), *below)
        return Problem(self.raw.path, self.raw.line_of(pointer), "/".join(map(str, pointer)), message, hint)

    @property
    def where(self) -> str:
        """File and line, for a message about another record."""
        line = self.raw.line_of(self.at)
        return f"{self.raw.path}:{line}" if line else self.raw.path


@frozen(kw_only=True)
class Listed:
    """A document or a benchmark set named in the index, and where it is."""

    id: str
    path: str


@frozen(kw_only=True)
class Heading:
    """What a file of items says it belongs to, and what its place says."""

    document: str | None
    section: str | None
    expected_document: str
    expected_section: str


@frozen(kw_only=True, eq=False, repr=False)
class Parts:
    """Everything that could be read. ``known`` holds the ids of each kind, with those of records left out.

    ``partial`` names the kinds of which not even all ids are known: nothing can be called missing there.
    ``reached`` are the paths that the index leads to. ``items`` are those of the newest edition; ``dated`` are the
    mappings, as read, of items that differ between editions or are not in all of them. ``excused`` are sources that
    an older edition cites for want of an older text.
    """

    editions: tuple[Placed[Edition], ...] = ()
    listed_documents: tuple[Placed[Listed], ...] = ()
    listed_sets: tuple[Placed[Listed], ...] = ()
    documents: tuple[Placed[Document], ...] = ()
    headings: tuple[Placed[Heading], ...] = ()
    items: tuple[Placed[Item], ...] = ()
    sources: tuple[Placed[Source], ...] = ()
    scales: tuple[Placed[Scale], ...] = ()
    ratings: tuple[Placed[Ratings], ...] = ()
    measures: tuple[Placed[Measure], ...] = ()
    sets: tuple[Placed[BenchmarkSet], ...] = ()
    benchmarks: tuple[Placed[Benchmark], ...] = ()
    links: tuple[Placed[Link], ...] = ()
    changes: tuple[Placed[Change], ...] = ()
    retired: tuple[Placed[Retired], ...] = ()
    dated: tuple[Placed[dict[str, Any]], ...] = ()
    known: Mapping[str, frozenset[str]] = field(factory=dict)
    partial: frozenset[str] = frozenset()
    reached: frozenset[str] = frozenset()
    excused: frozenset[str] = frozenset()

    def lacks(self, kind: str, name: str) -> bool:
        """Whether there is certainly no record of that kind and id."""
        return kind not in self.partial and name not in self.ids(kind)

    def among(self, others: Parts) -> Parts:
        """These records in place of the others' of the same kind; the ids of both are known."""
        kinds = (
            "editions",
            "documents",
            "items",
            "sources",
            "scales",
            "ratings",
            "measures",
            "sets",
            "benchmarks",
            "links",
        )
        own = {kind: getattr(self, kind) for kind in (*kinds, "changes", "retired", "dated") if getattr(self, kind)}
        known = {kind: self.ids(kind) | others.ids(kind) for kind in {*self.known, *others.known}}
        return evolve(others, **own, known=known, partial=self.partial | others.partial)

    def ids(self, kind: str) -> frozenset[str]:
        """The known ids of a kind."""
        return self.known.get(kind, frozenset())
