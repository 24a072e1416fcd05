"""Editions of the catalog: when each was in force, what it changed, and which ids it retired."""

from __future__ import annotations

import datetime as dt
from typing import Any

from attrs import field, frozen

from hmis_standards.tabular import Plain, Table
from hmis_standards.vocabulary import ChangeKind

__all__ = ["Change", "Edition", "Retired", "Substitute"]


@frozen(kw_only=True)
class Substitute(Plain):
    """In an older edition, the text that stood in the place of ``source`` then."""

    source: str
    by: str


@frozen(kw_only=True)
class Edition(Plain):
    """One edition and its dates, both inclusive; past ``until`` of the newest nothing is known.

    ``no_older`` are sources of which the register holds no older text: items that cite them are in this edition,
    though what they cite came later.
    """

    id: str
    title: str
    data_standards: str
    date: dt.date
    since: dt.date = field(metadata={"yaml": "from"})
    until: dt.date
    sources: tuple[Substitute, ...] = ()
    no_older: tuple[str, ...] = ()

    @property
    def period(self) -> tuple[dt.date, dt.date]:
        """First and last day."""
        return self.since, self.until

    def covers(self, day: dt.date) -> bool:
        """Whether the edition was in force on that day."""
        return self.since <= day <= self.until


@frozen(kw_only=True)
class Change(Plain):
    """What ``edition`` changed. ``became`` holds the ids after a move, a split or a merger.

    ``fields`` are those of a modified item that read differently before. ``reason`` is what a reader is told.
    """

    kind: ChangeKind
    items: tuple[str, ...]
    became: tuple[str, ...] = ()
    edition: str
    fields: tuple[str, ...] = ()
    reason: str = field(repr=False)

    def row(self) -> dict[str, Any]:
        """The change as one flat row; lists as text."""
        told = {name: ", ".join(getattr(self, name)) for name in ("items", "became", "fields")}
        return {"edition": self.edition, "kind": self.kind.value, **told, "reason": self.reason}


class Changes(Table[Change]):
    """Changes between editions, as a tuple that is a table too."""

    kind = "changes"


@frozen(kw_only=True)
class Retired(Plain):
    """An id that no edition from ``since`` on has, and that is never used again."""

    id: str
    since: str
    title: str
    reason: str = field(repr=False)
    replaced_by: tuple[str, ...] = ()
