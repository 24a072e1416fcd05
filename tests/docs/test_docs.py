"""The pages do what they say: their Python runs, their commands run, their links lead somewhere."""

from __future__ import annotations

import importlib.util
import os
import re
import shlex
import shutil
from collections.abc import Iterator
from functools import cache
from importlib.resources import as_file
from pathlib import Path
from typing import Any

import pytest

from hmis_standards.store import load_catalog, load_changes, load_checks, sample_root

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
_BUILT = {"generated", "_build", "_ext"}
_BLOCK = re.compile(r"^```(?P<kind>python|console)\n(?P<body>.*?)^```$", re.M | re.S)
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\((?P<target>[^)\s]+)\)")
_TOCTREE = re.compile(r"^```\{toctree\}\n(?P<body>.*?)^```$", re.M | re.S)


def hand_written() -> list[Path]:
    inside = [path for path in DOCS.rglob("*.md") if not _BUILT & set(path.relative_to(DOCS).parts)]
    return sorted([*inside, *(path for path in (ROOT / "README.md", ROOT / "CHANGELOG.md") if path.is_file())])


def blocks(path: Path) -> list[tuple[int, str, str]]:
    """Line, kind and body of every block that must run."""
    text = path.read_text(encoding="utf-8")
    return [(text.count("\n", 0, one.start()) + 2, one["kind"], one["body"]) for one in _BLOCK.finditer(text)]


@cache
def generated() -> Any:
    """The module that writes the catalog pages; it lies outside the package, where Sphinx looks for extensions."""
    spec = importlib.util.spec_from_file_location("catalog_pages", DOCS / "_ext" / "catalog_pages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def made() -> dict[str, str]:
    """The generated pages by file name."""
    pages: dict[str, str] = generated().pages(load_catalog())
    return pages


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


PAGES = hand_written()
RUNNING = [path for path in PAGES if blocks(path)]


# --- code and commands -------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A working directory with an export and the files of the working tools in it, as the pages take for granted."""
    before = Path.cwd()
    with as_file(sample_root() / "hmis-export.zip") as export:
        shutil.copy(export, tmp_path / "export.zip")
    shutil.copytree(ROOT / "examples" / "toolkit", tmp_path, dirs_exist_ok=True)
    os.chdir(tmp_path)
    yield tmp_path
    os.chdir(before)


@pytest.mark.parametrize("path", RUNNING, ids=_name)
def test_blocks_run_in_order(path: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, Any] = {"__name__": "__main__"}
    for line, kind, body in blocks(path):
        if kind == "python":
            # Line numbers of a failure are those of the page.
            exec(compile("\n" * (line - 1) + body, str(path), "exec"), names)
        else:
            for command in _commands(body):
                assert _run(command) == 0, f"{_name(path)}: {command}\n{capsys.readouterr().err}"


def _commands(body: str) -> list[str]:
    return [line[2:] for line in body.splitlines() if line.startswith("$ hmis-standards ")]


def _run(command: str) -> int:
    from hmis_standards.cli import main

    return main(shlex.split(command)[1:])


def test_every_command_of_the_page_is_there_and_the_other_way_round() -> None:
    from hmis_standards.cli.app import app

    page = (DOCS / "cli.md").read_text(encoding="utf-8").split("## Not there yet")[0]
    told = set(re.findall(r"^`([a-z-]+)(?: [^`]*)?`[^\n]*\n: ", page, re.M))
    assert told == set(app.commands)


# --- links -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [*PAGES, ROOT / "standards_data" / "README.md"], ids=_name)
def test_links_between_pages_lead_somewhere(path: Path) -> None:
    there = {DOCS / "generated" / name for name in made()}
    text = re.sub(r"^```.*?^```$", "", path.read_text(encoding="utf-8"), flags=re.M | re.S)
    for link in _LINK.finditer(text):
        target = link["target"].partition("#")[0]
        if not target or "://" in target:
            continue
        place = Path(os.path.normpath(path.parent / target))
        assert place.exists() or place in there, f"{_name(path)}: {target}"


def test_every_page_is_in_the_table_of_contents() -> None:
    listed = {DOCS / "index.md"}
    for path in PAGES:
        for tree in _TOCTREE.finditer(path.read_text(encoding="utf-8")):
            entries = [line for line in tree["body"].splitlines() if line and not line.startswith(":")]
            listed |= {path.parent / f"{entry}.md" for entry in entries}
    inside = {path for path in PAGES if path.is_relative_to(DOCS)}
    assert inside <= listed


# --- generated pages ---------------------------------------------------------------------------------------


def test_generated_pages_hold_everything() -> None:
    catalog = load_catalog()
    pages = made()
    for document in catalog.documents:
        page = pages[f"{document.id}.md"]
        assert all(f'<span id="{item.id.partition("/")[2]}"></span>' in page for item in document.items)
    assert all(f"(source-{one.id.lower()})=" in pages["sources.md"] for one in catalog.sources)
    assert all(f"(measure-{one.id})=" in pages["measures.md"] for one in catalog.measures)
    for group in load_checks().groups:
        assert all(f"(check-{one.id})=" in pages[f"checks-{group.id}.md"] for one in group.checks)


def test_references_of_generated_pages_are_labels_of_generated_pages() -> None:
    text = "\n".join(made().values())
    labels = re.findall(r"^\(([^)\n]+)\)=$", text, re.M)
    assert len(labels) == len(set(labels))
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= set(labels)


def test_the_page_of_changes_tells_every_change_with_what_stood_before() -> None:
    page = made()["edition-changes.md"]
    for change in load_changes():
        assert all(f": {item}\n" in page for item in change.items)
    assert "- title: Choices on screen are those of FY2024" in page


def test_writing_removes_pages_of_what_is_gone(tmp_path: Path) -> None:
    (tmp_path / "gone.md").write_text("old", encoding="utf-8")
    generated().write(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == set(made())


def test_the_numbers_of_readme_and_changes_are_right() -> None:
    catalog = load_catalog()
    computed = sum(one.computed for one in catalog.measures)
    benchmarks = len(catalog.benchmark_set("default").benchmarks)
    told = {
        "README.md": [
            *(f"product {one.number}; {len(one.items)} items" for one in catalog.documents),
            f"{len(catalog.sources)} sources",
            f"one default set of {benchmarks}",
            f"{computed} calculated",
            f"({len(catalog.measures) - computed}; they come back as *not measured*",
        ],
        "CHANGELOG.md": [
            *(f"product {d.number}): {len(d.items)} items in {len(d.sections)} sections" for d in catalog.documents),
            f"{len(catalog.sources)} sources",
            f"{benchmarks} benchmarks",
            f"{computed} measures",
        ],
    }
    for name, numbers in told.items():
        text = (ROOT / name).read_text(encoding="utf-8")
        assert [one for one in numbers if one not in text] == [], name


def test_the_page_lists_every_measure_that_an_export_does_not_suffice_for() -> None:
    page = (ROOT / "docs" / "concepts" / "measuring.md").read_text(encoding="utf-8")
    section = page.split("## What an export does not suffice for")[1].split("\n## ")[0]
    listed = dict(re.findall(r"^\| `([a-z0-9-]+)` \| (.+) \|$", section, re.M))
    assert listed == {one.id: " ".join(one.needs.split()) for one in load_catalog().measures if not one.computed}
