"""What is shipped: built from a copy of the checkout, installed, and loaded from each form of installation.

Nothing here needs a network: the build tools are those of the running environment, and a wheel of pure Python is
installed by unpacking it.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import pytest
from build import ProjectBuilder
from pyproject_hooks import quiet_subprocess_runner

ROOT = Path(__file__).resolve().parents[1]
LEFT_OUT = shutil.ignore_patterns(
    ".*", "__pycache__", "*.egg-info", "build", "dist", "_build", "generated", "hmis-standards-demo"
)
INSIDE = "hmis_standards/standards_data"

# What a fresh interpreter finds, as one line of JSON.
LOOK = """
import json, sys
from hmis_standards import load_catalog, load_hmis_csv
from hmis_standards.store.bundle import read_bundle
from hmis_standards.store.locate import data_root, schema_text
from hmis_standards.store.schema import KINDS
import hmis_standards
catalog = load_catalog()
print(json.dumps({
    "package": str(hmis_standards.__file__),
    "data": str(data_root()),
    "bundled": [g for g in ("catalog", "fy2022", "fy2024", "fy2026") if read_bundle(data_root(), g) is not None],
    "catalog": catalog.to_dict(),
    "sources": [source.to_dict() for source in catalog.sources],
    "benchmarks": [one.to_dict() for one in catalog.benchmark_sets],
    "spec": load_hmis_csv("FY2026").to_dict(),
    "schemas": [bool(schema_text(kind)) for kind in KINDS],
}))
"""
BUDGET = """
import sys, time
start = time.process_time()
import hmis_standards
hmis_standards.load_catalog()
print(time.process_time() - start)
assert not {"yaml", "cattrs", "jsonschema", "html", "difflib", "hmis_standards.model.items"} & set(sys.modules)
"""


# --- building ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the checkout: building must not touch the original."""
    return Path(shutil.copytree(ROOT, tmp_path_factory.mktemp("checkout") / "project", ignore=LEFT_OUT))


def built(kind: Literal["sdist", "wheel", "editable"], source: Path, to: Path) -> Path:
    """A wheel, sdist or editable wheel of the project in ``source``."""
    builder = ProjectBuilder(source, runner=quiet_subprocess_runner)
    return Path(builder.build(kind, to))


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built("wheel", checkout, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def sdist(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built("sdist", checkout, tmp_path_factory.mktemp("sdist"))


@pytest.fixture(scope="module")
def unpacked_sdist(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    to = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(sdist) as archive:
        archive.extractall(to, filter="data") if hasattr(tarfile, "data_filter") else archive.extractall(to)
    (folder,) = to.iterdir()
    return folder


# --- installing and looking --------------------------------------------------------------------------------

Environment = Callable[[Path], Path]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """Makes an environment with a wheel in it; the dependencies are borrowed from the running one."""

    def install(from_wheel: Path) -> Path:
        folder = tmp_path_factory.mktemp("environment")
        venv.create(folder, with_pip=False, symlinks=True)
        packages = next(folder.glob("lib*/**/site-packages"))
        (packages / "zz_borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
        with zipfile.ZipFile(from_wheel) as archive:
            archive.extractall(packages)
        return folder

    return install


def run(python: str | Path, code: str) -> str:
    """What the code prints in a fresh interpreter that sees neither this checkout nor PYTHONPATH."""
    done = subprocess.run([str(python), "-I", "-c", code], capture_output=True, text=True, check=False, cwd="/")
    assert done.returncode == 0, done.stderr
    return done.stdout


def look(python: str | Path, before: str = "") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(python, before + LOOK))
    return found


def python_of(environment: Path) -> Path:
    return next(path for path in (environment / "bin/python", environment / "Scripts/python.exe") if path.exists())


def packages_of(environment: Path) -> Path:
    return next(environment.glob("lib*/**/site-packages"))


CONTENT = ("catalog", "sources", "benchmarks", "spec", "schemas")


def content(found: dict[str, Any]) -> dict[str, Any]:
    return {key: found[key] for key in CONTENT}


@pytest.fixture(scope="module")
def of_checkout() -> dict[str, Any]:
    """What a plain checkout on the path gives."""
    return look(sys.executable, f"import sys; sys.path.insert(0, {str(ROOT)!r})\n")


# --- the tests ---------------------------------------------------------------------------------------------


def test_a_checkout_reads_the_yaml(of_checkout: dict[str, Any]) -> None:
    assert of_checkout["data"] == str(ROOT / "standards_data")
    assert of_checkout["bundled"] == []
    assert of_checkout["catalog"]["edition"] == "2026.1"


def test_the_wheel_holds_what_it_should(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    data = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "standards_data").rglob("*.yaml"))
    assert [name for name in data if f"hmis_standards/{name}" not in names] == []
    assert sorted(name for name in names if "/bundles/" in name) == [
        f"{INSIDE}/bundles/{group}.json"
        for group in ("catalog", "changes", "checks", "fy2022", "fy2024", "fy2026", "parameters")
    ]
    assert "hmis_standards/py.typed" in names
    assert "hmis_standards/sample/hmis-export.zip" in names
    assert {name.split("/")[0].split("-")[0] for name in names} == {"hmis_standards"}
    assert not [name for name in names if "__pycache__" in name]
    assert len(names) == len(set(names))


def test_no_python_file_lies_in_the_data() -> None:
    assert [path for path in (ROOT / "standards_data").rglob("*") if path.suffix not in {".yaml", ".md", ""}] == []


def test_the_sdist_holds_all_that_a_build_needs(unpacked_sdist: Path) -> None:
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE", "CHANGELOG.md", "tests/test_packaging.py",
                 "examples/notebooks/analyst.ipynb"):  # fmt: skip
        assert (unpacked_sdist / name).is_file(), name
    assert not [path for path in unpacked_sdist.rglob("*.json") if path.parent.name == "bundles"]


def test_the_wheel_of_the_sdist_is_the_same(wheel: Path, unpacked_sdist: Path, tmp_path: Path) -> None:
    again = built("wheel", unpacked_sdist, tmp_path)
    first, second = zipfile.ZipFile(wheel), zipfile.ZipFile(again)
    assert sorted(first.namelist()) == sorted(second.namelist())
    differing = [name for name in first.namelist() if first.read(name) != second.read(name)]
    assert differing == []


def test_building_leaves_the_checkout_as_it_was(wheel: Path, checkout: Path) -> None:
    assert wheel.is_file()
    assert not list(checkout.rglob("bundles"))


def test_an_installed_wheel_uses_its_bundle(wheel: Path, installed: Environment, of_checkout: dict[str, Any]) -> None:
    environment = installed(wheel)
    found = look(python_of(environment))
    assert found["package"].startswith(str(environment))
    assert found["data"] == str(packages_of(environment) / INSIDE)
    assert found["bundled"] == ["catalog", "fy2022", "fy2024", "fy2026"]
    assert content(found) == content(of_checkout)
    assert min(float(run(python_of(environment), BUDGET)) for _ in range(5)) <= 3 * 0.100


def test_a_stale_bundle_is_ignored(wheel: Path, installed: Environment, of_checkout: dict[str, Any]) -> None:
    environment = installed(wheel)
    ratings = packages_of(environment) / INSIDE / "ratings.yaml"
    text = ratings.read_text(encoding="utf-8")
    ratings.write_text(text + "# changed\n", encoding="utf-8")
    found = look(python_of(environment))
    assert found["bundled"] == ["fy2022", "fy2024", "fy2026"]
    assert content(found) == content(of_checkout)
    ratings.write_text(text.replace('minimum: "0"\n', 'minimum: "0.01"\n'), encoding="utf-8")
    band = "from hmis_standards import load_catalog; print(load_catalog().ratings.bands[-1].minimum)"
    assert run(python_of(environment), band).strip() == "1/100"


def test_a_file_added_or_removed_makes_the_bundle_stale(wheel: Path, installed: Environment) -> None:
    environment = installed(wheel)
    (packages_of(environment) / INSIDE / "hmis_csv/fy2024.yaml").unlink()
    (packages_of(environment) / INSIDE / "benchmarks/more.yaml").write_text("a: b\n")
    assert look(python_of(environment))["bundled"] == ["fy2022", "fy2026"]


def test_an_editable_install_reads_the_checkout(
    checkout: Path, installed: Environment, of_checkout: dict[str, Any], tmp_path: Path
) -> None:
    environment = installed(built("editable", checkout, tmp_path))
    found = look(python_of(environment))
    assert found["package"] == str(checkout / "hmis_standards/__init__.py")
    assert found["data"] == str(checkout / "standards_data")
    assert found["bundled"] == []
    assert content(found) == content(of_checkout)


def test_the_wheel_can_be_imported_as_a_zip(wheel: Path, of_checkout: dict[str, Any]) -> None:
    found = look(sys.executable, f"import sys; sys.path.insert(0, {str(wheel)!r})\n")
    assert found["package"].startswith(str(wheel))
    assert found["bundled"] == ["catalog", "fy2022", "fy2024", "fy2026"]
    assert content(found) == content(of_checkout)


def test_the_build_needs_nothing_but_yaml() -> None:
    """The build environment holds hatchling and PyYAML: the modules of the hook import nothing else."""
    code = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
for name in ("attr", "attrs", "cattrs", "jsonschema"):
    sys.modules[name] = None
from pathlib import Path
from hmis_standards.store.bundle import build_bundle
print(len(build_bundle(Path({str(ROOT / "standards_data")!r}), "fy2026")) > 1000)
"""
    assert run(sys.executable, code).strip() == "True"


def test_a_group_without_files_has_no_bundle_and_no_specification() -> None:
    code = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from hmis_standards.errors import UnsupportedSpec
from hmis_standards.store import data_root, load_hmis_csv
from hmis_standards.store.bundle import group_paths
assert group_paths(data_root(), "fy2020") == ()
try:
    load_hmis_csv("FY2020")
except UnsupportedSpec as error:
    print(error)
"""
    assert run(sys.executable, code).strip() == "the export is HMIS CSV FY2020; supported here: FY2022, FY2024, FY2026"
