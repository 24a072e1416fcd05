"""The gaps: what is not met, what closing it would bring, and what stands in the way."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from attrs import field, frozen

from hmis_standards.assess.answers import Assessment
from hmis_standards.assess.lines import Line
from hmis_standards.assess.scoring import Score, score
from hmis_standards.model import Catalog, Effort, Item, Planning
from hmis_standards.tabular import Plain, Table, html_table, percent_text, plain
from hmis_standards.vocabulary import Status

__all__ = ["Branch", "Gap", "Gaps", "gaps", "low_end", "urgency"]

_GAPS = frozenset({Status.NOT_MET, Status.PARTIAL})
_UNKNOWN = frozenset({Status.NOT_ASSESSED, Status.ERROR})


@frozen(kw_only=True)
class Gap(Plain):
    """One item that is not fully met.

    ``gain`` is what closing it adds to the low end of the score. ``blocked_by`` are the items it requires that are
    gaps themselves. ``gated``: a gate fails, or stays open, until it is met. ``low`` is the low end of the score in
    which the gap was found, None where nothing weighs anything; ``planning`` is what a plan takes for granted there.
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
    low: Fraction | None = field(repr=False)
    planning: Planning = field(repr=False)

    @property
    def days(self) -> int:
        """How many days closing it takes, by the time rating of its effort."""
        return self.planning.days(self.effort.time)

    def row(self) -> dict[str, Any]:
        """The gap as one flat row of a table."""
        return {
            "item": self.item.id,
            "title": self.item.title,
            "owner": self.item.owner.value,
            "status": self.status.value,
            "to_reach": self.to_reach,
            "gain": float(self.gain),
            "effort": self.effort.total,
            "gated": self.gated,
            "blocked_by": ", ".join(self.blocked_by),
            "reason": self.reason,
            "remedy": self.remedy,
        }

    def to_dict(self) -> dict[str, Any]:
        """All fields as plain values but the planning; of the item, its id, title and owner."""
        names = ("status", "reason", "to_reach", "gain", "effort", "blocked_by", "remedy", "gated", "low")
        item = {"item": self.item.id, "title": self.item.title, "owner": self.item.owner.value}
        return {**item, **{name: plain(getattr(self, name)) for name in names}}


@frozen(kw_only=True)
class Branch(Plain):
    """A gap, and ``below`` it the gaps it stands in the way of."""

    gap: Gap
    below: tuple[Branch, ...] = ()

    def walk(self, depth: int = 0) -> Iterator[tuple[int, Gap]]:
        """The gap and all below it, each with its depth, what blocks before what is blocked."""
        yield depth, self.gap
        for branch in self.below:
            yield from branch.walk(depth + 1)

    def to_dict(self) -> dict[str, Any]:
        """The gap as plain values, with ``below`` as a list of the same."""
        return {**self.gap.to_dict(), "below": [branch.to_dict() for branch in self.below]}


class Gaps(Table[Gap]):
    """The gaps found, the most urgent first: a tuple, and a table with one row a gap.

    In a notebook, and with ``tree()`` and ``text()``, a blocked gap stands under what blocks it.
    """

    __slots__ = ()
    kind = "gaps"

    def tree(self) -> tuple[Branch, ...]:
        """Every gap once: a blocked one under what blocks it, the others side by side.

        Of several blockers that wait for one another, it is under the last to be closed. A branch with an item that a
        gate waits for comes first; otherwise the order stays. A blocker that is not among these gaps is passed over.
        """
        above = _above(self)
        below: dict[str | None, list[Gap]] = {}
        for gap in self:
            below.setdefault(above.get(gap.item.id), []).append(gap)
        return _branches(None, below)

    def text(self) -> str:
        """The tree as indented lines for a person."""
        walked = ((depth, gap) for branch in self.tree() for depth, gap in branch.walk())
        return "\n".join(f"{'  ' * depth}{_line(gap)}" for depth, gap in walked)

    def _repr_html_(self) -> str:
        walked = ((depth, gap) for branch in self.tree() for depth, gap in branch.walk())
        shown = (
            {**gap.row(), "item": f"{'↳ ' * depth}{gap.item.id}", "gain": percent_text(gap.gain, 1)}
            for depth, gap in walked
        )
        return html_table(shown)


def gaps(
    assessment: Assessment,
    as_of: str | datetime.date | None = None,
    *,
    include_unassessed: bool = False,
    count_proposals: bool = False,
) -> Gaps:
    """The items not met or only partly met, the most urgent first (see ``urgency``).

    ``include_unassessed`` adds those without a usable answer, as if they were not met.
    """
    found = score(assessment, as_of, count_proposals=count_proposals)
    wanted = _GAPS | _UNKNOWN if include_unassessed else _GAPS
    lines = [line for line in found.lines if line.status in wanted]
    return Gaps(sorted(_gaps_of(assessment.catalog, found, lines), key=urgency))


def low_end(found: Score) -> Fraction | None:
    """The points earned as a share of all applicable, to which gains are added; None if nothing is applicable."""
    return found.earned / found.applicable if found.applicable else None


def urgency(gap: Gap) -> tuple[bool, Fraction, str]:
    """The sort key of gaps: those a gate waits for, then the most gain for the effort, then by id."""
    return (not gap.gated, -gap.gain / gap.effort.total, gap.item.id)


def _gaps_of(catalog: Catalog, found: Score, lines: list[Line]) -> Iterator[Gap]:
    """A gap for each line. What is the same for many, goals and gains, is worked out once: fractions are slow."""
    goals: dict[tuple[str, int | None], tuple[str, Fraction]] = {}
    gains: dict[tuple[Fraction, Fraction, Fraction | None], Fraction] = {}
    low, ratings = low_end(found), found.ratings
    still_open = frozenset(line.item.id for line in lines)
    for line in lines:
        item, credit = line.item, line.verdict.credit
        aim = (item.scale, item.target)
        goal, best = goals[aim] = goals.get(aim) or _goal(catalog, item)
        kind = (line.weight, best, credit)
        if kind not in gains:
            gains[kind] = (line.weight * best - line.earned) / found.applicable if found.applicable else Fraction(0)
        yield Gap(
            item=item,
            status=line.status,
            reason=line.verdict.reason,
            to_reach=goal,
            gain=gains[kind],
            effort=item.remedy.effort,
            blocked_by=tuple(one for one in item.requires if one in still_open),
            remedy=item.remedy.text,
            gated=any(line.under(gate) for gate in ratings.gates),
            low=low,
            planning=ratings.planning,
        )


def _goal(catalog: Catalog, item: Item) -> tuple[str, Fraction]:
    """The least answer with which the item is met, and its credit."""
    goal = catalog.answer_for(item, Status.MET) or ""
    best = catalog.standing(item, goal)
    return goal, best.credit if best else Fraction(1)


# --- the tree ----------------------------------------------------------------------------------------------


def _above(found: Gaps) -> dict[str, str]:
    """For each blocked gap the one it stands under: of its blockers the one with the longest way before it."""
    known = {gap.item.id: gap for gap in found}
    blockers = {name: [one for one in gap.blocked_by if one in known] for name, gap in known.items()}
    level: dict[str, int] = {}
    while ready := [name for name in known if name not in level and all(one in level for one in blockers[name])]:
        level.update({name: 1 + max((level[one] for one in blockers[name]), default=-1) for name in ready})
    return {name: max(blockers[name], key=level.__getitem__) for name in level if blockers[name]}


def _branches(name: str | None, below: Mapping[str | None, list[Gap]]) -> tuple[Branch, ...]:
    branches = [Branch(gap=gap, below=_branches(gap.item.id, below)) for gap in below.get(name, ())]
    return tuple(sorted(branches, key=lambda branch: not any(gap.gated for _, gap in branch.walk())))


def _line(gap: Gap) -> str:
    gate = ", a gate waits for it" if gap.gated else ""
    return f"{gap.item.id}: +{percent_text(gap.gain, 1)} for effort {gap.effort.total}{gate} ({gap.item.title})"
