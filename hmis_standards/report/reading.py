"""What several parts of the page ask of the same parts: documents covered, whose item it is, what an item rests on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from attrs import frozen

from hmis_standards.assess import Assessment, Score
from hmis_standards.model import Catalog, Document, Item
from hmis_standards.report.parts import ReportParts
from hmis_standards.vocabulary import Read, Status

if TYPE_CHECKING:
    from hmis_standards.measure import MeasureResult

__all__ = [
    "OPEN",
    "UNREAD",
    "Authority",
    "assessment_of",
    "covered",
    "entered_promptly",
    "period",
    "rests_on",
    "waiting",
]

OPEN = (Status.NOT_ASSESSED, Status.ERROR)
"""Statuses that leave an item unknown."""
UNREAD = "text not read by us; check before quoting"


@frozen(kw_only=True)
class Authority:
    """What binds: a citation, and a warning where nobody here has read its text. Both empty where nothing binds."""

    citation: str = ""
    caution: str = ""

    def __str__(self) -> str:
        return f"{self.citation} ({self.caution})" if self.caution else self.citation


def covered(parts: ReportParts) -> tuple[tuple[Assessment, Document], ...]:
    """Every document of the page beside the assessment that covers it."""
    return tuple((one, one.catalog.document(name)) for one in parts.assessments for name in one.documents)


def assessment_of(parts: ReportParts, item: Item) -> Assessment:
    """The assessment that covers the item."""
    return next(one for one in parts.assessments if item.document in one.documents)


def rests_on(catalog: Catalog, item: Item) -> Authority:
    """The authority in effect behind an item: the first whose text was read, or else the first."""
    binding = [source for one in item.citations if (source := catalog.source(one.source)).in_effect]
    read = [source for source in binding if source.read is Read.TEXT]
    if read:
        return Authority(citation=read[0].citation)
    return Authority(citation=binding[0].citation, caution=UNREAD) if binding else Authority()


def period(parts: ReportParts) -> tuple[date, date] | None:
    """The first and the last day measured."""
    return next(((one.start, one.end) for one in (parts.measures, parts.hud) if one is not None), None)


def entered_promptly(results: Iterable[MeasureResult]) -> list[tuple[str, MeasureResult]]:
    """Starts and exits of the whole system entered within three days, each with its name, where there were any."""
    found = {one.measure: one for one in results if one.slice == "system" and one.value is not None}
    return [(what, found[name]) for name, what in _PROMPT if name in found]


_PROMPT = (("start-within-3-days", "project starts"), ("exit-within-3-days", "exits"))


def waiting(total: Score) -> int:
    """How many items have no confirmed answer."""
    counts = total.counts()
    return sum(counts[status] for status in OPEN)
