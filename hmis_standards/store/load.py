"""Loading: the shipped catalog, the benchmark sets, the HMIS CSV editions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from hmis_standards.errors import InvalidDocument, UnknownBenchmarkSet, UnsupportedSpec
from hmis_standards.model import Catalog
from hmis_standards.store.bundle import file_at, group_paths, read_bundle
from hmis_standards.store.collector import no_collecting
from hmis_standards.store.editions import edition_on, in_edition, order_of
from hmis_standards.store.lazy import (
    Bundled,
    Files,
    Later,
    Reached,
    filled_documents,
    filled_sets,
    read_document,
    read_set,
)
from hmis_standards.store.locate import data_root
from hmis_standards.store.parts import Listed, Parts, Placed
from hmis_standards.store.raw import Raw
from hmis_standards.store.reader import collect, file_parts, without_format
from hmis_standards.store.structuring import structure

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from hmis_standards.model import BenchmarkSet, Change, Changes, Edition, Retired, Spec

__all__ = [
    "build_catalog",
    "load_benchmarks",
    "load_catalog",
    "load_changes",
    "load_hmis_csv",
    "read_tree",
    "shipped_specs",
]

T = TypeVar("T")
CURRENT_EDITION = "2026.1"
_BUILT_LATER = ("documents", "sources", "measures", "links")


def load_catalog(edition: str | None = None, *, as_of: date | str | None = None) -> Catalog:
    """The shipped catalog of an edition: documents, authorities, scales, ratings, measures, benchmarks.

    Without ``edition`` the newest one, or with ``as_of`` (a date or ``"2024-05-01"``) the one in force on that day.
    Past the day up to which the newest is known, it comes with a UserWarning. In an older edition ``in_effect`` of
    a source and the texts of the items are those of its time; scales, ratings, measures and benchmark sets are
    today's. Loaded once a process: the result is immutable and shared.

    Raises:
        UnknownEdition: no such edition is shipped; NoEditionThen: none was in force on that day.
        EditionConflict: ``edition`` is not the one that was in force on ``as_of``.
        ValueError: ``as_of`` is no day.
        DataNotInstalled: ``standards_data`` was not found.
        InvalidDocument, DocumentSyntaxError: a data file was altered and no longer fits.
    """
    if as_of is not None:
        edition = edition_on(_editions(), as_of, edition)
    return _shipped(edition or CURRENT_EDITION)


@lru_cache(maxsize=1)
def _editions() -> tuple[Edition, ...]:
    raw = Raw.read(file_at(data_root(), "index.yaml"))
    return _values(file_parts(raw, "index")[0].editions)


def load_changes() -> Changes:
    """What every edition changed over the one before it, the oldest edition first.

    Raises InvalidDocument if a file of changes was altered and no longer fits.
    """
    from hmis_standards.model import Changes

    return Changes(_changes())


@lru_cache(maxsize=1)
def _changes() -> tuple[Change, ...]:
    found: list[Change] = []
    for raw in read_tree(data_root(), "changes").values():
        parts, problems = file_parts(raw, "changes")
        if problems:
            raise InvalidDocument(raw.path, problems)
        found += (one.value for one in parts.changes)
    return tuple(found)


@lru_cache(maxsize=4)
def _shipped(edition: str) -> Catalog:
    with no_collecting():
        return build_catalog(read_tree(data_root()), edition)


def load_benchmarks(name: str | Path) -> BenchmarkSet:
    """A shipped benchmark set by id (``"default"``), or one's own from a YAML file.

    Raises:
        UnknownBenchmarkSet: neither a shipped set nor a file.
        InvalidDocument: the file has another shape, or its targets or measures do not fit; all problems are listed.
    """
    path = Path(name)
    if path.suffix in {".yaml", ".yml", ".json"}:
        if not path.is_file():
            raise UnknownBenchmarkSet(str(name), ())
        return _own_set(path)
    return load_catalog().benchmark_set(str(name))


def _own_set(path: Path) -> BenchmarkSet:
    from hmis_standards.store.single import catalog_file_problems

    raw = Raw.read(path)
    problems = catalog_file_problems(raw, "benchmarks")
    if problems:
        raise InvalidDocument(str(path), problems)
    return filled_sets(file_parts(raw, "benchmarks")[0])[0]


def load_hmis_csv(version: str) -> Spec:
    """The files, columns and code lists of an edition of the HMIS CSV, such as ``"FY2026"``.

    Raises:
        UnsupportedSpec: no specification of that edition is shipped.
    """
    return _spec(version.upper())


@lru_cache(maxsize=4)
def _spec(version: str) -> Spec:
    from hmis_standards.model import Spec

    if version not in shipped_specs():
        raise UnsupportedSpec(version, shipped_specs())
    with no_collecting():
        (raw,) = read_tree(data_root(), version.lower()).values()
        return structure(raw, Spec, without_format(raw.data))


def shipped_specs() -> tuple[str, ...]:
    """The editions of the HMIS CSV that are shipped, the oldest first."""
    names = [one.name for one in (data_root() / "hmis_csv").iterdir()]
    return tuple(sorted(name[:-5].upper() for name in names if name.endswith(".yaml")))


# --- reading a tree ----------------------------------------------------------------------------------------


def read_tree(root: Traversable, group: str = "catalog") -> Mapping[str, Raw]:
    """Every YAML file of a group, by relative path: from the wheel's bundle if it is of these files, else from YAML.

    Files are read when they are first looked at.
    """
    bundled = read_bundle(root, group)
    if bundled is not None:
        return Bundled(root, bundled)
    return Files(root, group_paths(root, group))


def build_catalog(tree: Mapping[str, Raw], edition: str) -> Catalog:
    """The catalog of a tree that was read; every record goes through the strict structuring.

    The benchmark sets are built when they are reached. So are the documents, sources, measures and links of the newest
    edition if the tree is a bundle: that was checked before it was shipped, and its digest says that nothing has
    changed since.

    Raises:
        UnknownEdition: the tree's index does not name the edition.
        InvalidDocument: with everything that does not fit.
    """
    later = isinstance(tree, Bundled) and edition == CURRENT_EDITION
    parts, problems = collect(tree, without=("sets", *_BUILT_LATER) if later else ("sets",))
    if problems:
        raise InvalidDocument("standards_data", problems)
    parts, problems = in_edition(parts, edition)
    if problems:
        raise InvalidDocument("standards_data", problems)
    crosswalk = later and "crosswalk.yaml" in tree
    return Catalog(
        edition=edition,
        documents=_reached(tree, parts.listed_documents, read_document) if later else filled_documents(parts),
        sources=Later(tree, "sources") if later else _values(parts.sources),
        scales=_values(parts.scales),
        ratings=parts.ratings[0].value,
        measures=Later(tree, "measures") if later else _values(parts.measures),
        benchmark_sets=_reached(tree, parts.listed_sets, read_set),
        links=Later(tree, "crosswalk", "links") if crosswalk else _values(parts.links),
        editions=_values(parts.editions),
        retired=_retired(parts, edition),
    )


def _values(placed: Iterable[Placed[T]]) -> tuple[T, ...]:
    return tuple(one.value for one in placed)


def _retired(parts: Parts, edition: str) -> tuple[Retired, ...]:
    """The ids that this edition has no more; a later edition's retirements have not happened yet."""
    order = order_of(parts)
    return tuple(one.value for one in parts.retired if order.get(one.value.since, 0) <= order[edition])


def _reached(
    tree: Mapping[str, Raw], listed: Iterable[Placed[Listed]], read: Callable[[Mapping[str, Raw], Listed], T]
) -> Sequence[T]:
    return Reached(tree, _values(listed), read)
