"""From the items of one edition to those of another: which became which, and what was said about it.

The records of changes are followed edition by edition, forward or backward.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from attrs import fields, frozen

from hmis_standards.model import Catalog, Change, Item
from hmis_standards.vocabulary import ChangeKind

__all__ = ["Way", "asks_the_same"]

_PLACE = ("id", "document", "section", "kind", "since", "until", "tags", "weight", "changes")
_GROUNDS = ("why", "basis", "citations", "rule_version", "derived", "confidence", "confidence_detail")
_HELP = ("roles", "remedy", "advance", "requires", "measured_by")
_BESIDE = frozenset((*_PLACE, *_GROUNDS, *_HELP))
"""The fields of an item that do not decide what is asked of it. All others do, such as text, evidence and target."""


def asks_the_same(one: Item, other: Item) -> bool:
    """Whether an answer to one item is an answer to the other: nothing that decides what is asked differs."""
    asked = (field.name for field in fields(Item) if field.name not in _BESIDE)
    return all(getattr(one, name) == getattr(other, name) for name in asked)


@frozen
class _Leg:
    """One edition's changes, in the direction of the journey: what became of ids, and what was said of an id."""

    became: dict[str, tuple[str, ...]]
    told: dict[str, tuple[Change, ...]]


@frozen(eq=False)
class Way:
    """The way from one catalog's items to another's. ``changes`` are the records of all editions."""

    source: Catalog
    target: Catalog
    changes: tuple[Change, ...]

    @cached_property
    def _legs(self) -> tuple[_Leg, ...]:
        first, last = _place(self.source.edition), _place(self.target.edition)
        forward = first <= last
        between = [one for one in self.changes if min(first, last) < _place(one.edition) <= max(first, last)]
        editions = sorted({one.edition for one in between}, key=_place, reverse=not forward)
        return tuple(_leg([one for one in between if one.edition == edition], forward) for edition in editions)

    def leads(self, item: str) -> tuple[str, ...]:
        """The ids in the target that an id of the source became; none where it has no place there."""
        return tuple(name for name in self._journey(item)[0] if name in self.target)

    def _journey(self, item: str) -> tuple[tuple[str, ...], tuple[Change, ...]]:
        ids: tuple[str, ...] = (item,)
        told: dict[Change, None] = {}
        for leg in self._legs:
            told |= {change: None for name in ids for change in leg.told.get(name, ())}
            ids = tuple(dict.fromkeys(new for name in ids for new in leg.became.get(name, (name,))))
        return ids, tuple(told)

    @cached_property
    def sources(self) -> dict[str, tuple[str, ...]]:
        """For each id of the target, the ids of the source that became it."""
        found: dict[str, list[str]] = {}
        for name in self.source:
            for new in self.leads(name):
                found.setdefault(new, []).append(name)
        return {name: tuple(ids) for name, ids in found.items()}

    def reason(self, item: str) -> str:
        """What the records say of an id of the source on its way; that it reads otherwise where they say nothing."""
        told = [_words(change) for change in self._journey(item)[1] if _matters(change)]
        return " ".join(told) or f"Reads otherwise in edition {self.target.edition}."

    def absence(self, item: str) -> str:
        """Why an id of the source has no place in the target."""
        ids, told = self._journey(item)
        left = next((one for one in self.target.excluded if one.id in ids), None)
        if left:
            return f"Left out by profile {left.layer}: {left.reason}"
        reasons = (_words(change) for change in told if change.kind is not ChangeKind.MODIFIED)
        return " ".join((*reasons, *self._pointers(item))) or f"Not in edition {self.target.edition}."

    def _pointers(self, item: str) -> Iterator[str]:
        for one in self.target.retired:
            if one.id == item and one.replaced_by:
                yield f"See {', '.join(one.replaced_by)}."


def _place(edition: str) -> tuple[int, ...]:
    """So that 2024.10 comes after 2024.9."""
    return tuple(int(part) for part in edition.split("."))


_WORDS = {
    ChangeKind.ADDED: "Added in",
    ChangeKind.MODIFIED: "Reads otherwise since",
    ChangeKind.MOVED: "Moved in",
    ChangeKind.SPLIT: "Split in",
    ChangeKind.MERGED: "Merged in",
    ChangeKind.RETIRED: "Retired in",
}


def _words(change: Change) -> str:
    """What a record says, so that it is true in both directions."""
    return f"{_WORDS[change.kind]} edition {change.edition}: {change.reason.strip()}"


def _matters(change: Change) -> bool:
    """Whether a record is about what is asked."""
    return change.kind is not ChangeKind.MODIFIED or not _BESIDE.issuperset(change.fields)


def _leg(changes: Iterable[Change], forward: bool) -> _Leg:
    became: dict[str, tuple[str, ...]] = {}
    told: dict[str, tuple[Change, ...]] = {}
    for change in changes:
        for old, new in _pairs(change, forward):
            became[old] = tuple(dict.fromkeys((*became.get(old, ()), *new)))
        for name in _starts(change, forward):
            told[name] = (*told.get(name, ()), change)
    return _Leg(became, told)


def _starts(change: Change, forward: bool) -> tuple[str, ...]:
    """The ids a record speaks of, as they are called where the journey comes from."""
    if forward:
        return () if change.kind is ChangeKind.ADDED else change.items
    return () if change.kind is ChangeKind.RETIRED else change.became or change.items


def _pairs(change: Change, forward: bool) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each id with what it became in the direction of the journey; nothing for one that goes on."""
    ends = ChangeKind.RETIRED if forward else ChangeKind.ADDED
    if change.kind is ends:
        yield from ((name, ()) for name in change.items)
    elif change.became:
        old, new = (change.items, change.became) if forward else (change.became, change.items)
        yield from ((name, new) for name in old)
