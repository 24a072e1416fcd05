"""Reading an alignment: HUD's numbers beside our items, from a private file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from hmis_standards.errors import InvalidDocument, Problem
from hmis_standards.model import Alignment
from hmis_standards.store.own_files import sound_file
from hmis_standards.store.parts import Placed
from hmis_standards.store.raw import Raw
from hmis_standards.store.reader import without_format
from hmis_standards.store.references import near
from hmis_standards.store.structuring import structure

__all__ = ["check_alignment", "load_alignment"]


def load_alignment(path: str | Path) -> Alignment:
    """The alignment in a YAML or JSON file. Nothing of it is copied anywhere but where it is asked for.

    Raises:
        InvalidDocument: the file has another shape, or names items that do not exist; all problems are listed.
        DocumentSyntaxError: it is not readable as YAML.
        OSError: it cannot be opened.
    """
    return _read(sound_file(path, "alignment"))


def _read(raw: Raw) -> Alignment:
    return structure(raw, Alignment, without_format(raw.data))


def check_alignment(raw: Raw, items: Iterable[str]) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """What cannot be read as an alignment, and what does not fit the items."""
    try:
        alignment = _read(raw)
    except InvalidDocument as error:
        return error.problems, ()
    return (), tuple(_rules(Placed("", alignment, raw), frozenset(items)))


def _rules(alignment: Placed[Alignment], items: frozenset[str]) -> Iterator[Problem]:
    """Each entry is about an item that exists, and each item has one entry."""
    names = [entry.item for entry in alignment.value.entries]
    for place, name in enumerate(names):
        below = ("entries", place, "item")
        if name not in items and "/LOCAL-" not in name:
            yield alignment.problem(f"there is no item {name!r}", *below, hint=near(name, items))
        if name in names[:place]:
            yield alignment.problem(f"item {name!r} has two entries", *below, hint="write all numbers into one")
