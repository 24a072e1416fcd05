"""What a calculation points out: a rule that was broken, with the figures that show it and whose rule it is."""

from __future__ import annotations

from typing import Any

from attrs import field, frozen

from hmis_standards.model import Citation
from hmis_standards.tabular import Plain, Table
from hmis_standards.toolkit.figures import Figure
from hmis_standards.vocabulary import FigureOrigin

__all__ = ["Flag", "Flags"]


@frozen(kw_only=True)
class Flag(Plain):
    """One thing to look at. ``about`` is the role, vendor, month or grant; ``origin`` says whose rule was applied."""

    id: str
    text: str
    about: str = ""
    origin: FigureOrigin
    figures: tuple[Figure, ...] = field(default=(), repr=False)
    citations: tuple[Citation, ...] = field(default=(), repr=False)

    def row(self) -> dict[str, Any]:
        """Flat, for a table."""
        cited = "; ".join(one.source for one in self.citations)
        return {"flag": self.id, "about": self.about, "text": self.text, "rule": self.origin.value, "sources": cited}


class Flags(Table[Flag]):
    """What was pointed out, as a tuple that is a table too."""

    kind = "flags"
