"""A fault planted in an example file, and what is told of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hmis_standards.errors import InvalidDocument, Problem
from hmis_standards.exchange import validate

__all__ = ["told_of"]


def told_of(
    example: Path, old: str, new: str, folder: Path, read: Callable[[Path], Any]
) -> tuple[Path, tuple[Problem, ...]]:
    """The file with the first ``old`` replaced, and the problems that reading it tells; ``validate`` tells the same."""
    text = example.read_text(encoding="utf-8")
    assert old in text
    path = folder / example.name
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InvalidDocument) as caught:
        read(path)
    assert set(validate(path)) == set(caught.value.problems)
    return path, caught.value.problems
