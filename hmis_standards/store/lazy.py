"""What is read only when it is looked at: files, benchmark sets, and most of the catalog of an installed package."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar, overload

from attrs import evolve

from hmis_standards.errors import InvalidDocument, Problem
from hmis_standards.ids import split
from hmis_standards.store.bundle import file_at
from hmis_standards.store.parts import Listed, Parts
from hmis_standards.store.raw import Raw
from hmis_standards.store.reader import document_parts, file_parts

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from hmis_standards.model import BenchmarkSet, Document

__all__ = ["Bundled", "Files", "Later", "Reached", "filled_documents", "filled_sets", "read_document", "read_set"]


T = TypeVar("T")


class Files(Mapping[str, Raw]):
    """The files at some relative paths, each read once, when it is first asked for."""

    def __init__(self, root: Traversable, paths: Iterable[str]) -> None:
        self._root = root
        self._read: dict[str, Raw | None] = dict.fromkeys(paths)

    def __getitem__(self, path: str) -> Raw:
        found = self._read[path]
        if found is None:
            found = self._read[path] = self._open(path)
        return found

    def _open(self, path: str) -> Raw:
        return Raw.read(file_at(self._root, path))

    def __contains__(self, path: object) -> bool:
        return path in self._read

    def __iter__(self) -> Iterator[str]:
        return iter(self._read)

    def __len__(self) -> int:
        return len(self._read)


class Bundled(Files):
    """The same files out of a bundle that fits them: nothing in them has changed since they were checked."""

    def __init__(self, root: Traversable, held: Mapping[str, bytes]) -> None:
        super().__init__(root, held)
        self._held = held

    def _open(self, path: str) -> Raw:
        return Raw(path, json.loads(self._held[path]))


class Reached(Sequence[T]):
    """What lines of an index name, in its order: each made once, when it is first reached.

    Reaching one raises DocumentSyntaxError or InvalidDocument if a file of it was altered and no longer fits.
    """

    def __init__(
        self, tree: Mapping[str, Raw], listed: Sequence[Listed], read: Callable[[Mapping[str, Raw], Listed], T]
    ) -> None:
        self._tree, self._listed, self._read = tree, tuple(listed), read
        self._made: dict[str, T] = {}

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[T, ...]: ...
    def __getitem__(self, place: int | slice) -> T | tuple[T, ...]:
        if isinstance(place, slice):
            return tuple(self._reach(one) for one in self._listed[place])
        return self._reach(self._listed[place])

    def __len__(self) -> int:
        return len(self._listed)

    def __repr__(self) -> str:
        return f"<{', '.join(one.id for one in self._listed)}>"

    def _reach(self, entry: Listed) -> T:
        """Of two threads that reach the same one at once, both get what the first has made."""
        found = self._made.get(entry.id)
        return found if found is not None else self._made.setdefault(entry.id, self._read(self._tree, entry))


class Later(Sequence[T]):
    """The records of one file, all made when one of them is first reached; equal to a tuple of the same.

    Reaching them raises InvalidDocument if the file is gone, or was altered and no longer fits.
    """

    def __init__(self, tree: Mapping[str, Raw], kind: str, records: str = "") -> None:
        self._tree, self._kind, self._records = tree, kind, records or kind

    @cached_property
    def _made(self) -> tuple[T, ...]:
        parts = _fitting(self._tree, f"{self._kind}.yaml", self._kind)
        return tuple(one.value for one in getattr(parts, self._records))

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[T, ...]: ...
    def __getitem__(self, place: int | slice) -> T | tuple[T, ...]:
        return self._made[place]

    def __len__(self) -> int:
        return len(self._made)

    def __iter__(self) -> Iterator[T]:
        return iter(self._made)

    def __eq__(self, other: object) -> bool:
        return self._made == (other._made if isinstance(other, Later) else other)

    def __hash__(self) -> int:
        return hash(self._made)

    def __repr__(self) -> str:
        return f"<{len(self)} {self._records}>"


def read_set(tree: Mapping[str, Raw], entry: Listed) -> BenchmarkSet:
    """The benchmark set that a line of the index names. Raises InvalidDocument."""
    return filled_sets(_fitting(tree, entry.path, "benchmarks"))[0]


def _fitting(tree: Mapping[str, Raw], path: str, kind: str) -> Parts:
    """The parts of one file of a tree. Raises InvalidDocument if it is not there or does not fit."""
    if path not in tree:
        raise InvalidDocument("standards_data", (Problem(path, None, "", "is not there"),))
    parts, problems = file_parts(tree[path], kind)
    if problems:
        raise InvalidDocument(path, problems)
    return parts


def read_document(tree: Mapping[str, Raw], entry: Listed) -> Document:
    """The document, with its items, that a line of the index names. Raises InvalidDocument."""
    parts, problems = document_parts(tree, entry)
    if problems:
        raise InvalidDocument(entry.path, problems)
    return filled_documents(parts)[0]


def filled_sets(parts: Parts) -> tuple[BenchmarkSet, ...]:
    """The benchmark sets that were read, each with its benchmarks."""
    heads = [one.value for one in parts.sets]
    return tuple(
        evolve(head, benchmarks=tuple(one.value for one in parts.benchmarks if split(one.name)[0] == head.id))
        for head in heads
    )


def filled_documents(parts: Parts) -> tuple[Document, ...]:
    """The documents that were read, each with its items."""
    heads = [one.value for one in parts.documents]
    return tuple(
        evolve(head, items=tuple(one.value for one in parts.items if one.value.document == head.id)) for head in heads
    )
