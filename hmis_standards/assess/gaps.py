"""The gaps: what is not met, what closing it would bring, and what stands in the way."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any

from attrs import field, frozen

from hmis_standards.assess.answers import Assessment
from hmis_standards.assess.lines import Line
from hmis_standards.assess.scoring import Score, score
from hmis_standards.model import Catalog, Effort, Item
from hmis_standards.tabular import Plain, plain
from hmis_standards.vocabulary import Status

__all__ = ["Gap", "gaps", "urgency"]

_GAPS = frozenset({Status.NOT_MET, Status.PARTIAL})
_UNKNOWN = frozenset({Status.NOT_ASSESSED, Status.ERROR})


@frozen(kw_only=True)
class Gap(Plain):
    """One item that is not fully met.

    ``gain`` is what closing it adds to the low end of the score. ``blocked_by`` are the items it requires that are
    gaps themselves. ``gated``: a gate fails, or stays open, until it is met. ``low`` is the low end of the score in
    which the gap was found.
    """

    item: Item
    status: Status
    reason: str
    to_reach: str
    gain: Fraction
    effort: Effort = field(repr=False)
    blocked_by: tuple[str, ...]
    remedy: str = field(repr=False)
    gated: bool
    low: Fraction = field(repr=False)

    def to_dict(self) -> dict[str, Any]:
        """All fields as plain values; of the item, its id, title and owner."""
        names = ("status", "reason", "to_reach", "gain", "effort", "blocked_by", "remedy", "gated", "low")
        item = {"item": self.item.id, "title": self.item.title, "owner": self.item.owner.value}
        return {**item, **{name: plain(getattr(self, name)) for name in names}}


def gaps(
    assessment: Assessment,
    as_of: str | datetime.date | None = None,
    *,
    include_unassessed: bool = False,
    count_proposals: bool = False,
) -> tuple[Gap, ...]:
    """The items not met or only partly met, the most urgent first (see ``urgency``).

    ``include_unassessed`` adds those without a usable answer, as if they were not met.
    """
    found = score(assessment, as_of, count_proposals=count_proposals)
    wanted = _GAPS | _UNKNOWN if include_unassessed else _GAPS
    lines = [line for line in found.lines if line.status in wanted]
    still_open = frozenset(line.item.id for line in lines)
    return tuple(sorted((_gap(assessment.catalog, found, line, still_open) for line in lines), key=urgency))


def urgency(gap: Gap) -> tuple[bool, Fraction, str]:
    """The sort key of gaps: those a gate waits for, then the most gain for the effort, then by id."""
    return (not gap.gated, -gap.gain / gap.effort.total, gap.item.id)


def _gap(catalog: Catalog, found: Score, line: Line, still_open: frozenset[str]) -> Gap:
    item, applicable = line.item, found.applicable
    goal = catalog.answer_for(item, Status.MET) or ""
    best = catalog.standing(item, goal)
    return Gap(
        item=item,
        status=line.status,
        reason=line.verdict.reason,
        to_reach=goal,
        gain=(line.weight * (best.credit if best else 1) - line.earned) / applicable if applicable else Fraction(0),
        effort=item.remedy.effort,
        blocked_by=tuple(one for one in item.requires if one in still_open),
        remedy=item.remedy.text,
        gated=any(line.under(gate) for gate in found.ratings.gates),
        low=found.low or Fraction(0),
    )
