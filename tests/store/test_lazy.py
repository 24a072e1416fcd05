"""Reading on demand: files once, benchmark sets and the documents of a bundle when they are reached."""

from __future__ import annotations

import pickle
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from hmis_standards.errors import InvalidDocument, UnknownBenchmark
from hmis_standards.model import Catalog, tailor
from hmis_standards.store import load_benchmarks, load_catalog, load_profile
from hmis_standards.store.bundle import build_bundle, group_paths, read_bundle
from hmis_standards.store.lazy import Bundled, Files
from hmis_standards.store.load import CURRENT_EDITION, build_catalog, read_tree
from hmis_standards.store.raw import Raw
from hmis_standards.vocabulary import SetStatus
from tests.store.trees import copied, line_with, plant

SHIPPED = Path(__file__).resolve().parents[2] / "standards_data"


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


def test_no_set_is_built_with_the_catalog(tmp_path: Path) -> None:
    tree = copied(tmp_path)
    (tree / "benchmarks/none.yaml").write_text("not: [a set\n")
    catalog = build_catalog(files(tree), "2026.1")
    assert len(catalog.benchmark_sets) == 2
    assert catalog.benchmark("few/USE-1").id == "USE-1"
    assert repr(catalog.benchmark_sets) == "<few, none>"


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


# --- the documents of a bundle -------------------------------------------------------------------------------


class Watched(Bundled):
    """A bundle that remembers which files were opened."""

    opened: list[str]

    def _open(self, path: str) -> Raw:
        self.opened.append(path)
        return super()._open(path)


def watched(tree: Path) -> Watched:
    bundle(tree)
    held = read_bundle(tree, "catalog")
    assert held is not None
    found = Watched(tree, held)
    found.opened = []
    return found


def bundle(tree: Path) -> Path:
    """Write the bundle of the catalog beside its files, as a wheel holds it."""
    (tree / "bundles").mkdir()
    (tree / "bundles/catalog.json").write_bytes(build_bundle(tree, "catalog"))
    return tree


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bundle(Path(shutil.copytree(SHIPPED, tmp_path_factory.mktemp("shipped") / "standards_data")))


@pytest.fixture(scope="module")
def from_yaml(shipped: Path) -> Catalog:
    return build_catalog(Files(shipped, group_paths(shipped, "catalog")), CURRENT_EDITION)


@pytest.fixture
def from_bundle(shipped: Path) -> Catalog:
    tree = read_tree(shipped)
    assert isinstance(tree, Bundled)
    return build_catalog(tree, CURRENT_EDITION)


def test_a_bundle_gives_the_catalog_of_its_files(from_bundle: Catalog, from_yaml: Catalog) -> None:
    assert list(from_bundle) == list(from_yaml)
    assert [from_bundle[name] for name in from_yaml] == list(from_yaml.values())
    assert tuple(from_bundle.documents) == from_yaml.documents
    assert tuple(from_bundle.benchmark_sets) == tuple(from_yaml.benchmark_sets)
    for field in ("sources", "scales", "ratings", "measures", "links", "editions", "retired"):
        assert getattr(from_bundle, field) == getattr(from_yaml, field)
    assert from_bundle.to_dict() == from_yaml.to_dict()


def test_a_bundle_gives_the_older_editions_too(shipped: Path, from_yaml: Catalog) -> None:
    plain = Files(shipped, group_paths(shipped, "catalog"))
    for edition in from_yaml.editions[:-1]:
        bundled = build_catalog(read_tree(shipped), edition.id)
        assert list(bundled.values()) == list(build_catalog(plain, edition.id).values())


def test_a_catalog_of_a_bundle_is_tailored_alike(from_bundle: Catalog, from_yaml: Catalog) -> None:
    profile = load_profile("victim-services")
    bundled, plain = tailor(from_bundle, profile), tailor(from_yaml, profile)
    assert (bundled.documents, bundled.excluded, bundled.sources) == (plain.documents, plain.excluded, plain.sources)


def test_a_catalog_of_a_bundle_can_be_pickled_before_it_is_looked_at(from_bundle: Catalog, from_yaml: Catalog) -> None:
    again: Catalog = pickle.loads(pickle.dumps(from_bundle))
    assert list(again.values()) == list(from_yaml.values())


def test_documents_of_a_bundle_are_built_when_they_are_reached(tmp_path: Path) -> None:
    tree = watched(copied(tmp_path))
    catalog = build_catalog(tree, CURRENT_EDITION)
    assert [path for path in tree.opened if path.startswith(("documents/", "benchmarks/"))] == []
    assert len(catalog.documents) == 1
    assert catalog["small/GOV-01"] is catalog.documents[0].items[0]
    assert sorted(path for path in tree.opened if path.startswith("documents/")) == [
        "documents/small/document.yaml",
        "documents/small/gov.yaml",
        "documents/small/sec.yaml",
    ]


def test_lists_of_a_bundle_are_built_when_they_are_reached(tmp_path: Path) -> None:
    tree = watched(copied(tmp_path))
    catalog = build_catalog(tree, CURRENT_EDITION)
    assert {"sources.yaml", "measures.yaml"}.isdisjoint(tree.opened)
    assert catalog.sources[0] is catalog.sources[0]
    assert tree.opened.count("sources.yaml") == 1
    assert "measures.yaml" not in tree.opened
    assert catalog.links == ()  # there is no crosswalk in the small tree


@pytest.mark.parametrize("name", ["sources", "measures", "links"])
def test_a_list_of_a_bundle_is_like_a_tuple(name: str, from_bundle: Catalog, from_yaml: Catalog) -> None:
    held, known = getattr(from_bundle, name), getattr(from_yaml, name)
    assert not isinstance(held, tuple)
    assert (held, tuple(held), held[1:], held[-1], len(held)) == (known, known, known[1:], known[-1], len(known))
    assert held == pickle.loads(pickle.dumps(held))
    assert held != known[1:]
    assert hash(held) == hash(known)
    assert repr(held) == f"<{len(known)} {name}>"


def test_a_list_of_a_bundle_that_is_gone_or_does_not_fit_is_told_when_it_is_reached(tmp_path: Path) -> None:
    tree = copied(tmp_path)
    plant(tree, "measures.yaml", "computed: true", "computed: perhaps")
    (tree / "sources.yaml").unlink()
    catalog = build_catalog(watched(tree), CURRENT_EDITION)
    with pytest.raises(InvalidDocument, match="should be true or false"):
        len(catalog.measures)
    with pytest.raises(InvalidDocument, match=r"sources\.yaml: is not there"):
        len(catalog.sources)


def test_threads_get_the_same_document(from_bundle: Catalog) -> None:
    with ThreadPoolExecutor(8) as pool:
        reached = list(pool.map(lambda _: from_bundle.documents[0], range(32)))
    assert {id(one) for one in reached} == {id(from_bundle.documents[0])}


def test_a_file_altered_after_the_bundle_is_read_and_checked_at_once(tmp_path: Path) -> None:
    tree = bundle(copied(tmp_path))
    path = plant(tree, "documents/small/gov.yaml", "time: 2", "time: two")
    with pytest.raises(InvalidDocument) as caught:
        build_catalog(read_tree(tree), CURRENT_EDITION)
    (problem,) = caught.value.problems
    assert (problem.path, problem.line) == (str(path), line_with(path, "time: two"))


def test_a_bundle_of_files_that_never_fitted_is_told_when_they_are_reached(tmp_path: Path) -> None:
    tree = copied(tmp_path)
    plant(tree, "documents/small/gov.yaml", "time: 2", "time: two")
    catalog = build_catalog(read_tree(bundle(tree)), CURRENT_EDITION)
    with pytest.raises(InvalidDocument, match="whole number"):
        list(catalog)
