"""Reading on demand: files of a checkout once, benchmark sets behind the first when they are reached."""

from __future__ import annotations

from pathlib import Path

import pytest

from hmis_standards.errors import InvalidDocument, UnknownBenchmark
from hmis_standards.store import load_benchmarks, load_catalog
from hmis_standards.store.lazy import Files
from hmis_standards.store.load import build_catalog
from hmis_standards.vocabulary import SetStatus
from tests.store.trees import copied, line_with, plant


def files(tree: Path) -> Files:
    paths = sorted(path.relative_to(tree).as_posix() for path in tree.rglob("*.yaml"))
    return Files(tree, [path for path in paths if not path.startswith("hmis_csv/")])


def test_a_file_is_read_once_and_when_it_is_asked_for(tmp_path: Path) -> None:
    tree = copied(tmp_path)
    read = files(tree)
    first = read["benchmarks/none.yaml"]
    (tree / "benchmarks/none.yaml").unlink()
    assert read["benchmarks/none.yaml"] is first
    assert "benchmarks/none.yaml" in read
    assert "benchmarks/other.yaml" not in read
    assert len(read) == len(list(read))
    with pytest.raises(KeyError):
        read["benchmarks/other.yaml"]


def test_only_the_first_set_is_built_with_the_catalog(tmp_path: Path) -> None:
    tree = copied(tmp_path)
    (tree / "benchmarks/none.yaml").write_text("not: [a set\n")
    catalog = build_catalog(files(tree), "2026.1")
    assert len(catalog.benchmark_sets) == 2
    assert catalog.benchmark("few/USE-1").id == "USE-1"
    assert "2 benchmark sets" in repr(catalog.benchmark_sets)


def test_a_set_is_built_once(tmp_path: Path) -> None:
    catalog = build_catalog(files(copied(tmp_path)), "2026.1")
    none = catalog.benchmark_set("none")
    assert none.status is SetStatus.UNVERIFIED
    assert (none.place, none.benchmarks) == ("Nowhere", ())
    assert catalog.benchmark_sets[1] is none
    assert catalog.benchmark_sets[:2] == tuple(catalog.benchmark_sets)
    assert [one.id for one in catalog.benchmark_sets] == ["few", "none"]


def test_a_set_that_does_not_fit_is_told_when_it_is_reached(tmp_path: Path) -> None:
    tree = copied(tmp_path)
    path = plant(tree, "benchmarks/none.yaml", "status: unverified", "status: unverifed")
    catalog = build_catalog(files(tree), "2026.1")
    with pytest.raises(InvalidDocument) as caught:
        catalog.benchmark_set("none")
    (problem,) = caught.value.problems
    assert (problem.path, problem.line) == (str(path), line_with(path, "status:"))
    assert "did you mean unverified?" in problem.message


def test_a_set_whose_file_is_gone_is_told(tmp_path: Path) -> None:
    tree = copied(tmp_path)
    (tree / "benchmarks/none.yaml").unlink()
    catalog = build_catalog(files(tree), "2026.1")
    with pytest.raises(InvalidDocument, match="is not there"):
        catalog.benchmark_set("none")


def test_shipped_sets_by_id() -> None:
    assert load_benchmarks("oc-ca") is load_benchmarks("oc-ca")
    assert load_benchmarks("oc-ca") is load_catalog().benchmark_set("oc-ca")
    with pytest.raises(UnknownBenchmark, match="oc-ca"):
        load_benchmarks("oc_ca")
