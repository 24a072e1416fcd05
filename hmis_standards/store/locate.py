"""Where the data is: inside the installed package, or beside it in a checkout. One resolver for both."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hmis_standards.errors import DataNotInstalled

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["data_root", "sample_root", "schema_text"]


def data_root() -> Traversable:
    """The folder ``standards_data``: of the installed package if it is there, else the checkout's.

    Raises:
        DataNotInstalled: neither place holds it; the error lists both.
    """
    return _resolve("standards_data", "standards_data", marker="index.yaml")


def sample_root() -> Traversable:
    """The folder with the sample export and the filled assessment, found in the same way."""
    return _resolve("sample", "examples/sample", marker="hmis-export.zip")


def schema_text(name: str) -> str:
    """The text of one of the package's JSON Schemas, by kind such as ``items``."""
    return (_package() / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")


def _package() -> Traversable:
    """Where the package is: a folder, as a rule. What knows of zip files too is imported only if it is none."""
    folder = Path(__file__).parents[1]
    if folder.is_dir():
        return folder
    from importlib.resources import files

    return files("hmis_standards")


def _resolve(installed: str, checkout: str, marker: str) -> Traversable:
    package = _package()
    inside = package / installed
    if (inside / marker).is_file():
        return inside
    beside = Path(str(package)).parent / checkout
    if (beside / marker).is_file():
        return beside
    raise DataNotInstalled((str(inside), str(beside)))
