"""What is read only when it is looked at: the YAML files of a checkout, and all benchmark sets but the first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, overload

from attrs import evolve

from hmis_standards.errors import InvalidDocument, Problem
from hmis_standards.ids import split
from hmis_standards.model import BenchmarkSet
from hmis_standards.store.bundle import file_at
from hmis_standards.store.parts import Listed, Parts, file_parts
from hmis_standards.store.raw import Raw

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["Files", "Sets", "filled_sets"]


class Files(Mapping[str, Raw]):
    """The files at some relative paths, each read once, when it is first asked for."""

    def __init__(self, root: Traversable, paths: Iterable[str]) -> None:
        self._root = root
        self._read: dict[str, Raw | None] = dict.fromkeys(paths)

    def __getitem__(self, path: str) -> Raw:
        found = self._read[path]
        if found is None:
            found = self._read[path] = Raw.read(file_at(self._root, path))
        return found

    def __contains__(self, path: object) -> bool:
        return path in self._read

    def __iter__(self) -> Iterator[str]:
        return iter(self._read)

    def __len__(self) -> int:
        return len(self._read)


class Sets(Sequence[BenchmarkSet]):
    """The benchmark sets of an index in its order; those not given are built from the tree when they are reached.

    Reaching a set raises DocumentSyntaxError or InvalidDocument if its file was altered and no longer fits.
    """

    def __init__(self, tree: Mapping[str, Raw], listed: Sequence[Listed], built: Iterable[BenchmarkSet]) -> None:
        self._tree, self._listed = tree, tuple(listed)
        self._built = {one.id: one for one in built}

    @overload
    def __getitem__(self, place: int) -> BenchmarkSet: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[BenchmarkSet, ...]: ...
    def __getitem__(self, place: int | slice) -> BenchmarkSet | tuple[BenchmarkSet, ...]:
        if isinstance(place, slice):
            return tuple(self._reach(one) for one in self._listed[place])
        return self._reach(self._listed[place])

    def __len__(self) -> int:
        return len(self._listed)

    def __repr__(self) -> str:
        return f"<{len(self)} benchmark sets>"

    def _reach(self, entry: Listed) -> BenchmarkSet:
        found = self._built.get(entry.id)
        return found if found is not None else self._built.setdefault(entry.id, _read_set(self._tree, entry))


def _read_set(tree: Mapping[str, Raw], entry: Listed) -> BenchmarkSet:
    if entry.path not in tree:
        raise InvalidDocument("standards_data", (Problem(entry.path, None, "", "is not there"),))
    parts, problems = file_parts(tree[entry.path], "benchmarks")
    if problems:
        raise InvalidDocument(entry.path, problems)
    return filled_sets(parts)[0]


def filled_sets(parts: Parts) -> tuple[BenchmarkSet, ...]:
    """The benchmark sets that were read, each with its benchmarks."""
    heads = [one.value for one in parts.sets]
    return tuple(
        evolve(head, benchmarks=tuple(one.value for one in parts.benchmarks if split(one.name)[0] == head.id))
        for head in heads
    )
