"""An alignment: HUD's own numbers beside our items, in a private file of somebody who holds HUD's documents."""

from __future__ import annotations

from functools import cached_property

from attrs import field, frozen

from hmis_standards.tabular import Plain, Tabular

__all__ = ["Alignment", "AlignmentEntry"]


@frozen(kw_only=True)
class AlignmentEntry(Plain):
    """What stands for one item of ours in the document its holder reads: its number and, if wanted, its wording."""

    item: str
    number: str
    wording: str | None = field(default=None, repr=False)

    @property
    def label(self) -> str:
        """The number as it is shown beside an item: ``HUD 12``."""
        return f"HUD {self.number}"


@frozen(kw_only=True)
class Alignment(Plain, Tabular):
    """The entries of an alignment file. This project ships none: the numbers are HUD's and the file is its holder's."""

    title: str | None = None
    entries: tuple[AlignmentEntry, ...] = field(repr=lambda entries: f"<{len(entries)} entries>")

    @cached_property
    def _by_item(self) -> dict[str, AlignmentEntry]:
        return {entry.item: entry for entry in self.entries}

    def get(self, item_id: str) -> AlignmentEntry | None:
        """The entry of an item, or None."""
        return self._by_item.get(item_id)

    def label(self, item_id: str) -> str:
        """``HUD 12``, or nothing for an item without an entry."""
        entry = self.get(item_id)
        return entry.label if entry else ""

    def rows(self) -> list[dict[str, object]]:
        """One row an entry."""
        return [entry.to_dict() for entry in self.entries]
