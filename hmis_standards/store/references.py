"""What several rules share: ids that occur twice, and ids that lead nowhere."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import Any, Protocol

from hmis_standards.errors import Problem
from hmis_standards.ids import close_matches
from hmis_standards.model import Citation
from hmis_standards.store.parts import Parts, Placed

__all__ = ["absent", "absent_sources", "near", "repeated", "twice"]


class Cites(Protocol):
    """A record with citations: an item, a measure, a benchmark."""

    @property
    def citations(self) -> tuple[Citation, ...]: ...


def near(wrong: str, known: Iterable[str]) -> str:
    """The hint for an id that does not exist; empty where nothing looks like it."""
    close = close_matches(wrong, sorted(known), most=1)
    return f"did you mean {close[0]}?" if close else ""


def absent(parts: Parts, record: Placed[Any], kind: str, what: str, name: str, *below: str | int) -> Iterator[Problem]:
    """The problem that ``name``, which stands ``below`` the record, does not exist."""
    if parts.lacks(kind, name):
        yield record.problem(f"there is no {what} {name!r}", *below, hint=near(name, parts.ids(kind)))


def absent_sources(parts: Parts, records: Iterable[Placed[Any]]) -> Iterator[Problem]:
    """Citations of sources that are not in the register."""
    for record in records:
        citing: Cites = record.value
        for place, citation in enumerate(citing.citations):
            yield from absent(parts, record, "sources", "source", citation.source, "citations", place, "source")


def twice(what: str, records: Iterable[Placed[Any]]) -> Iterator[Problem]:
    """Records of the same id: each after the first."""
    first: dict[str, Placed[Any]] = {}
    for record in records:
        before = first.setdefault(record.name, record)
        if before is not record:
            yield record.problem(f"{what} id {record.name!r} is used twice, first in {before.where}")


def repeated(
    record: Placed[Any], what: str, names: Sequence[Hashable], *below: str | int, key: str = "id"
) -> Iterator[Problem]:
    """Names that occur twice in a list inside a record."""
    for place, name in enumerate(names):
        if name in names[:place]:
            yield record.problem(f"{what} {name!s} occurs twice", *below, place, key)
