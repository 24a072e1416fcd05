"""Going through the files of a data tree, from its index, to its records.

Reading goes on past a fault: a record that does not fit is left out and reported, and the rest is still there.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, TypeVar

from hmis_standards import model
from hmis_standards.errors import InvalidDocument, Problem
from hmis_standards.ids import join
from hmis_standards.store.parts import Heading, Listed, Parts, Placed
from hmis_standards.store.raw import Raw
from hmis_standards.store.structuring import structure

__all__ = ["collect", "document_parts", "file_parts", "without_format"]

T = TypeVar("T")
_BEHIND_INDEX = ("documents", "items", "sets", "benchmarks")
# Files that are one list, and the class of its records; by name, because asking for a class is what makes it.
_FIXED = {"sources": "Source", "scales": "Scale", "measures": "Measure"}
_DATED = frozenset(("since", "until", "earlier"))


def collect(
    tree: Mapping[str, Raw], unread: Collection[str] = (), without: Collection[str] = ()
) -> tuple[Parts, tuple[Problem, ...]]:
    """The parts of a tree of read files, by relative path, and what did not fit.

    ``unread`` are files that are there and were reported already because they cannot be read. The files of the
    kinds ``without`` are not gone after: ``documents``, ``sets``, ``sources``, ``measures``, ``links``.
    """
    reader = _Reader(tree, unread, without)
    return reader.tree_parts(), tuple(reader.problems)


def file_parts(raw: Raw, kind: str) -> tuple[Parts, tuple[Problem, ...]]:
    """The parts of one file of the catalog by itself, and what did not fit."""
    reader = _Reader({}, ())
    own: dict[str, Any] = reader.file_parts(raw, kind)
    return Parts(**own, known=reader.names(), partial=frozenset(reader.partial)), tuple(reader.problems)


def document_parts(tree: Mapping[str, Raw], entry: Listed) -> tuple[Parts, tuple[Problem, ...]]:
    """The parts of one document and its sections, and what did not fit."""
    reader = _Reader(tree, ())
    documents, headings, items = reader.documents((Placed(entry.id, entry, Raw("index.yaml", {})),))
    return Parts(documents=documents, headings=headings, items=items), tuple(reader.problems)


def without_format(data: Any, *also: str) -> Any:
    """A file's mapping without its ``format`` and the other keys named."""
    if not isinstance(data, dict):
        return data
    return {key: value for key, value in data.items() if key not in {"format", *also}}


class _Reader:
    """Goes through a tree from its index and remembers what did not fit."""

    def __init__(self, tree: Mapping[str, Raw], unread: Collection[str], without: Collection[str] = ()) -> None:
        self.tree, self.unread, self.without = tree, unread, without
        self.problems: list[Problem] = []
        self.partial: set[str] = set()
        self.reached: set[str] = set()
        self.seen: dict[str, set[str]] = {}
        self.dated: list[Placed[dict[str, Any]]] = []

    def names(self) -> dict[str, frozenset[str]]:
        return {kind: frozenset(names) for kind, names in self.seen.items()}

    def tree_parts(self) -> Parts:
        index = self.file("index.yaml", "index", *_BEHIND_INDEX)
        index = index or Raw("index.yaml", {"editions": [], "documents": [], "benchmarks": []})
        listed = self.records("index", Listed, index, "documents")
        sets = self.records("index", Listed, index, "benchmarks")
        documents, headings, items = self.documents(self.wanted("documents", listed, "items"))
        benchmark_sets, benchmarks = self.sets(self.wanted("sets", sets, "benchmarks"))
        return Parts(
            editions=self.records("editions", model.Edition, index, "editions"),
            listed_documents=listed,
            listed_sets=sets,
            documents=documents,
            headings=headings,
            items=items,
            sources=self.fixed("sources"),
            scales=self.fixed("scales"),
            ratings=self.ratings(),
            measures=self.fixed("measures"),
            sets=benchmark_sets,
            benchmarks=benchmarks,
            links=self.links(),
            changes=self.changes(),
            retired=self.retired(),
            dated=tuple(self.dated),
            known=self.names(),
            partial=frozenset(self.partial),
            reached=frozenset(self.reached),
        )

    def file_parts(self, raw: Raw, kind: str) -> dict[str, Any]:
        """The fields of Parts that a file of that kind fills."""
        if kind == "items":
            return {"items": self.items(raw, *_said_place(raw)), "dated": tuple(self.dated)}
        if kind == "benchmarks":
            sets = self.head("sets", model.BenchmarkSet, raw, raw.data, "benchmarks")
            return {"sets": sets, "benchmarks": self.benchmarks(raw)}
        if kind == "crosswalk":
            return {"links": self.linked(raw)}
        if kind == "changes":
            return {"changes": self.changed(raw)}
        if kind == "retired":
            return {"retired": self.records("retired", model.Retired, raw, "retired")}
        if kind == "index":
            return {"editions": self.records("editions", model.Edition, raw, "editions")}
        if kind == "document":
            return {"documents": self.head("documents", model.Document, raw, raw.data)}
        if kind == "ratings":
            return {"ratings": self.head("ratings", model.Ratings, raw, raw.data)}
        return {kind: self.records(kind, getattr(model, _FIXED[kind]), raw, kind)}

    # --- files -------------------------------------------------------------------------------------------

    def file(self, path: str, *kinds: str, named: Placed[Any] | None = None) -> Raw | None:
        """The file at ``path``; if it cannot be had, the ids of ``kinds`` are not all known."""
        self.reached.add(path)
        if path in self.tree:
            return self.tree[path]
        self.partial.update(kinds)
        if path not in self.unread:
            absent = Problem(path, None, "", "is not there")
            self.problems.append(named.problem(f"{path} is not there") if named else absent)
        return None

    def fixed(self, kind: str) -> tuple[Placed[Any], ...]:
        raw = None if self.later(kind) else self.file(f"{kind}.yaml", kind)
        return self.records(kind, getattr(model, _FIXED[kind]), raw, kind) if raw else ()

    def ratings(self) -> tuple[Placed[model.Ratings], ...]:
        raw = self.file("ratings.yaml", "ratings")
        return self.head("ratings", model.Ratings, raw, raw.data) if raw else ()

    def links(self) -> tuple[Placed[model.Link], ...]:
        """The crosswalk, which a tree may do without."""
        if self.later("links") or "crosswalk.yaml" not in self.tree:
            return ()
        return self.linked(self.tree["crosswalk.yaml"])

    def linked(self, raw: Raw) -> tuple[Placed[model.Link], ...]:
        self.reached.add("crosswalk.yaml")
        found: list[Placed[model.Link]] = []
        for place, one in enumerate(self.listed("links", raw, "links")):
            name = f"{one.get('source')} {one.get('relation')} {one.get('target')}" if isinstance(one, dict) else "?"
            found += self.record("links", model.Link, raw, ("links", place), one, name)
        return tuple(found)

    def changes(self) -> tuple[Placed[model.Change], ...]:
        """What each edition changed, where the files are in the tree; loading a catalog does without."""
        paths = sorted(path for path in self.tree if path.startswith("changes/"))
        self.reached.update(paths)
        return tuple(one for path in paths for one in self.changed(self.tree[path]))

    def changed(self, raw: Raw) -> tuple[Placed[model.Change], ...]:
        edition = raw.data.get("edition") if isinstance(raw.data, dict) else None
        found: list[Placed[model.Change]] = []
        for place, one in enumerate(self.listed("changes", raw, "changes")):
            data = {**one, "edition": edition} if isinstance(one, dict) else one
            found += self.record("changes", model.Change, raw, ("changes", place), data, f"change {place + 1}")
        return tuple(found)

    def retired(self) -> tuple[Placed[model.Retired], ...]:
        """The ids that are no more, which a tree may do without."""
        self.reached.add("retired.yaml")
        raw = self.tree.get("retired.yaml")
        return self.records("retired", model.Retired, raw, "retired") if raw else ()

    def wanted(self, kind: str, listed: tuple[Placed[Listed], ...], inside: str) -> tuple[Placed[Listed], ...]:
        """The lines of the index to go after."""
        return () if self.later(kind, inside) else listed

    def later(self, kind: str, *inside: str) -> bool:
        """Whether the kind is left for later; then its ids, and those inside it, are not known."""
        if kind in self.without:
            self.partial.update((kind, *inside))
        return kind in self.without

    def documents(
        self, listed: tuple[Placed[Listed], ...]
    ) -> tuple[tuple[Placed[model.Document], ...], tuple[Placed[Heading], ...], tuple[Placed[model.Item], ...]]:
        documents: list[Placed[model.Document]] = []
        headings: list[Placed[Heading]] = []
        items: list[Placed[model.Item]] = []
        for entry in listed:
            raw = self.file(f"{entry.value.path}/document.yaml", "documents", "items", named=entry)
            if raw is None:
                continue
            documents += self.head("documents", model.Document, raw, raw.data)
            for place, section in _section_ids(raw):
                more_headings, more_items = self.section(raw, entry.value, place, section)
                headings += more_headings
                items += more_items
        return tuple(documents), tuple(headings), tuple(items)

    def section(
        self, head: Raw, entry: Listed, place: int, section: str
    ) -> tuple[tuple[Placed[Heading], ...], tuple[Placed[model.Item], ...]]:
        named = Placed(section, None, head, ("sections", place))
        raw = self.file(f"{entry.path}/{section.lower()}.yaml", "items", named=named)
        if raw is None:
            return (), ()
        said = raw.data if isinstance(raw.data, dict) else {}
        heading = Heading(
            document=said.get("document"),
            section=said.get("section"),
            expected_document=entry.id,
            expected_section=section,
        )
        return (Placed(section, heading, raw),), self.items(raw, entry.id, section)

    def sets(
        self, listed: tuple[Placed[Listed], ...]
    ) -> tuple[tuple[Placed[model.BenchmarkSet], ...], tuple[Placed[model.Benchmark], ...]]:
        sets: list[Placed[model.BenchmarkSet]] = []
        benchmarks: list[Placed[model.Benchmark]] = []
        for entry in listed:
            raw = self.file(entry.value.path, "sets", "benchmarks", named=entry)
            if raw is not None:
                sets += self.head("sets", model.BenchmarkSet, raw, raw.data, "benchmarks")
                benchmarks += self.benchmarks(raw)
        return tuple(sets), tuple(benchmarks)

    # --- records -----------------------------------------------------------------------------------------

    def head(self, kind: str, cls: type[T], raw: Raw, data: Any, *without: str) -> tuple[Placed[T], ...]:
        """A file that is one record, such as a document's head."""
        return self.record(kind, cls, raw, (), without_format(data, *without), _id_of(data))

    def items(self, raw: Raw, document: str, section: str) -> tuple[Placed[model.Item], ...]:
        return self.records("items", model.Item, raw, "items", document, {"document": document, "section": section})

    def benchmarks(self, raw: Raw) -> tuple[Placed[model.Benchmark], ...]:
        return self.records("benchmarks", model.Benchmark, raw, "benchmarks", _id_of(raw.data) or "?")

    def records(
        self, kind: str, cls: type[T], raw: Raw, key: str, owner: str = "", more: Mapping[str, str] | None = None
    ) -> tuple[Placed[T], ...]:
        """The records of a file's list; ``owner`` is what their full ids begin with, ``more`` what all have."""
        found: list[Placed[T]] = []
        for place, one in enumerate(self.listed(kind, raw, key)):
            name = _id_of(one)
            full = join(owner, name) if owner and name else name
            data = {**one, **more, "id": full} if more and isinstance(one, dict) else one
            found += self.record(kind, cls, raw, (key, place), data, full)
        return tuple(found)

    def listed(self, kind: str, raw: Raw, key: str) -> list[Any]:
        found = raw.data.get(key) if isinstance(raw.data, dict) else None
        if isinstance(found, list):
            return found
        self.lost(kind)
        self.problems.append(Placed("", None, raw).problem(f"should have a list {key!r}"))
        return []

    def record(
        self, kind: str, cls: type[T], raw: Raw, at: tuple[str | int, ...], data: Any, name: str
    ) -> tuple[Placed[T], ...]:
        if kind == "items" and isinstance(data, dict) and not _DATED.isdisjoint(data):
            self.dated.append(Placed(name, data, raw, at))
            if "until" in data:
                return ()
            data = {key: value for key, value in data.items() if key != "earlier"}
        if name:
            self.seen.setdefault(kind, set()).add(name)
        elif kind != "ratings":
            self.lost(kind)
        if data is None:
            return self.left_out(kind, [Placed(name, data, raw, at).problem("should be a mapping")])
        try:
            return (Placed(name, structure(raw, cls, data, at), raw, at),)
        except InvalidDocument as error:
            return self.left_out(kind, error.problems)

    def left_out(self, kind: str, problems: Collection[Problem]) -> tuple[()]:
        self.problems += problems
        if kind == "index":
            self.lost(kind)
        return ()

    def lost(self, kind: str) -> None:
        """Not all ids of the kind are known; behind a line of the index there may be any number."""
        self.partial.update((kind, *_BEHIND_INDEX) if kind == "index" else (kind,))


def _id_of(data: Any) -> str:
    found = data.get("id") if isinstance(data, dict) else None
    return found if isinstance(found, str) else ""


def _said_place(raw: Raw) -> tuple[str, str]:
    """Document and section as a file of items names them."""
    said = raw.data if isinstance(raw.data, dict) else {}
    return str(said.get("document")), str(said.get("section"))


def _section_ids(raw: Raw) -> list[tuple[int, str]]:
    """Place and id of a document's sections, also where the head does not fit otherwise."""
    listed = raw.data.get("sections") if isinstance(raw.data, dict) else None
    found = [(place, _id_of(one)) for place, one in enumerate(listed if isinstance(listed, list) else [])]
    return [(place, name) for place, name in found if name]
