"""A small data tree for the tests, copied for each of them, and faults planted in the copy."""

from __future__ import annotations

import shutil
from pathlib import Path

from hmis_standards.store.raw import Raw
from hmis_standards.store.yaml_text import read_raw

SMALL = Path(__file__).parent / "small_tree"


def copied(to: Path) -> Path:
    """The small tree under ``to``."""
    return Path(shutil.copytree(SMALL, to / "standards_data"))


def plant(tree: Path, file: str, old: str, new: str) -> Path:
    """Replace the first ``old`` in a file of the tree; the file's path."""
    path = tree / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{file} has no {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def read(tree: Path) -> dict[str, Raw]:
    """The files of the catalog, by path in the tree."""
    paths = sorted(path for path in tree.rglob("*.yaml") if path.parent.name != "hmis_csv")
    return {path.relative_to(tree).as_posix(): read_raw(path) for path in paths}


def line_with(path: Path, text: str, nth: int = 1) -> int:
    """The line, counted from 1, on which ``text`` stands for the nth time."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [number for number, line in enumerate(lines, 1) if text in line][nth - 1]
