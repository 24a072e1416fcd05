"""Every format is written twice, by processes that differ in all that must not matter, and the bytes are the same.

The two differ in the order of sets, the day (their time zones are 26 hours apart), the language, the folder they run in
and the number of processors.
"""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.formats import FORMATS, ONE_CPU, ROOT

pytestmark = pytest.mark.xdist_group("same bytes")

ENVIRONMENTS = {
    "one": {"PYTHONHASHSEED": "1", "TZ": "Etc/GMT+12", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", ONE_CPU: ""},
    "other folder": {
        "PYTHONHASHSEED": "2",
        "TZ": "Pacific/Kiritimati",
        "LANG": "de_DE.UTF-8",
        "LC_ALL": "",
        ONE_CPU: "1",
    },
}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The two folders with all formats."""
    folders = []
    for name, differs in ENVIRONMENTS.items():
        home = tmp_path_factory.mktemp(name)
        command = [sys.executable, "-m", "tests.formats", str(home / "made")]
        environment = {**os.environ, **differs, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(command, cwd=home, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        folders.append(home / "made")
    return folders


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_bytes_whoever_writes_them(name: str, written: list[Path]) -> None:
    one, other = (contents(folder / name) for folder in written)
    assert one
    assert list(one) == list(other)
    assert [member for member in one if one[member] != other[member]] == []


def contents(path: Path) -> dict[str, bytes]:
    """What a file or a folder holds, by name; of a workbook its members too, so that a difference is named."""
    if path.is_dir():
        return {f"{one.name}/{name}": data for one in sorted(path.iterdir()) for name, data in contents(one).items()}
    if path.suffix != ".xlsx":
        return {path.name: path.read_bytes()}
    with zipfile.ZipFile(path) as book:
        return {**{name: book.read(name) for name in book.namelist()}, path.name: path.read_bytes()}


def test_a_difference_is_named(tmp_path: Path) -> None:
    for folder, text in (("a", b"<x/>"), ("b", b"<y/>")):
        (tmp_path / folder).mkdir()
        with zipfile.ZipFile(tmp_path / folder / "book.xlsx", "w") as book:
            book.writestr("xl/workbook.xml", text)
    one, other = contents(tmp_path / "a"), contents(tmp_path / "b")
    assert [name for name in one if one[name] != other[name]] == ["book.xlsx/xl/workbook.xml", "book.xlsx/book.xlsx"]
