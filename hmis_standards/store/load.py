"""Loading: the shipped catalog, the benchmark sets, the HMIS CSV editions."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import evolve

from hmis_standards.errors import InvalidDocument, UnknownBenchmarkSet, UnknownEdition, UnsupportedSpec
from hmis_standards.ids import close_matches, split
from hmis_standards.model import BenchmarkSet, Catalog, Document, Spec
from hmis_standards.store.bundle import file_at, group_paths, read_bundle
from hmis_standards.store.locate import data_root
from hmis_standards.store.parts import Parts, collect, file_parts, without_format
from hmis_standards.store.structuring import structure
from hmis_standards.store.yaml_text import Raw, read_raw

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["build_catalog", "load_benchmarks", "load_catalog", "load_hmis_csv", "read_tree"]

CURRENT_EDITION = "2026.1"


def load_catalog(edition: str = CURRENT_EDITION) -> Catalog:
    """The shipped catalog of an edition: documents, authorities, scales, ratings, measures, benchmarks.

    Loaded once a process: the result is immutable and shared.

    Raises:
        UnknownEdition: no such edition is shipped.
        DataNotInstalled: ``standards_data`` was not found.
        InvalidDocument, DocumentSyntaxError: a data file was altered and no longer fits.
    """
    return _shipped(edition)


@lru_cache(maxsize=4)
def _shipped(edition: str) -> Catalog:
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
    catalog = load_catalog()
    known = [one.id for one in catalog.benchmark_sets]
    if str(name) not in known:
        raise UnknownBenchmarkSet(str(name), close_matches(str(name), known))
    return catalog.benchmark_set(str(name))


def _own_set(path: Path) -> BenchmarkSet:
    from hmis_standards.store.single import catalog_file_problems

    raw = read_raw(path)
    problems = catalog_file_problems(raw, "benchmarks")
    if problems:
        raise InvalidDocument(str(path), problems)
    parts, _ = file_parts(raw, "benchmarks")
    return _filled(parts.sets[0].value, parts)


def load_hmis_csv(version: str) -> Spec:
    """The files, columns and code lists of an edition of the HMIS CSV, such as ``"FY2026"``.

    Raises:
        UnsupportedSpec: no specification of that edition is shipped.
    """
    return _spec(version.upper())


@lru_cache(maxsize=4)
def _spec(version: str) -> Spec:
    root = data_root()
    names = [one.name for one in (root / "hmis_csv").iterdir()]
    supported = tuple(sorted(name[:-5].upper() for name in names if name.endswith(".yaml")))
    if version not in supported:
        raise UnsupportedSpec(version, supported)
    (raw,) = read_tree(root, version.lower()).values()
    return structure(raw, Spec, without_format(raw.data))


# --- reading a tree ----------------------------------------------------------------------------------------


def read_tree(root: Traversable, group: str = "catalog") -> dict[str, Raw]:
    """Every YAML file of a group, by relative path: from the wheel's bundle if it is of these files, else from YAML."""
    bundled = read_bundle(root, group)
    if bundled is not None:
        return {path: Raw(path, data) for path, data in bundled.items()}
    return {path: read_raw(file_at(root, path)) for path in group_paths(root, group)}


def build_catalog(tree: dict[str, Raw], edition: str) -> Catalog:
    """The catalog of a tree that was read; every record goes through the strict structuring.

    Raises:
        UnknownEdition: the tree's index does not name the edition.
        InvalidDocument: with everything that does not fit.
    """
    parts, problems = collect(tree)
    if problems:
        raise InvalidDocument("standards_data", problems)
    editions = [one.name for one in parts.editions]
    if edition not in editions:
        raise UnknownEdition(edition, close_matches(edition, editions) or tuple(editions))
    return Catalog(
        edition=edition,
        documents=tuple(_document(one.value, parts) for one in parts.documents),
        sources=tuple(one.value for one in parts.sources),
        scales=tuple(one.value for one in parts.scales),
        ratings=parts.ratings[0].value,
        measures=tuple(one.value for one in parts.measures),
        benchmark_sets=tuple(_filled(one.value, parts) for one in parts.sets),
    )


def _document(head: Document, parts: Parts) -> Document:
    return evolve(head, items=tuple(one.value for one in parts.items if one.value.document == head.id))


def _filled(head: BenchmarkSet, parts: Parts) -> BenchmarkSet:
    return evolve(head, benchmarks=tuple(one.value for one in parts.benchmarks if split(one.name)[0] == head.id))
