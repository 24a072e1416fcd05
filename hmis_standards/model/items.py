"""An item: one thing a community can be asked about, with all a person needs to act on it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from attrs import field, frozen

from hmis_standards.model.sources import Citation
from hmis_standards.tabular import Plain, Table, escape
from hmis_standards.vocabulary import (
    Basis,
    Confidence,
    Direction,
    Every,
    EvidenceKind,
    ItemKind,
    Obligation,
    Origin,
    Role,
    SpeaksTo,
)

__all__ = [
    "Effort",
    "EvidenceNeed",
    "FieldChange",
    "Frequency",
    "Goal",
    "Item",
    "Items",
    "Level",
    "MeasuredBy",
    "NotApplicableRule",
    "Remedy",
    "TrainingCheck",
    "TrainingWhen",
    "goal_faults",
]


@frozen(kw_only=True)
class Frequency(Plain):
    """How often the duty comes round, and what else sets it off."""

    every: Every
    also: str | None = None

    def __str__(self) -> str:
        words = {"continuous": "all the time", "event": ""}.get(self.every.value, f"every {self.every.label}")
        return "; ".join(part for part in (words, self.also) if part)


@frozen(kw_only=True)
class EvidenceNeed(Plain):
    """What a reviewer would ask to see. Where it is ``demanded``, "met" does not stand without it.

    ``max_age_months``: older evidence counts as stale.
    """

    id: str
    kind: EvidenceKind
    text: str
    demanded: bool = False
    max_age_months: int | None = None


@frozen(kw_only=True)
class NotApplicableRule(Plain):
    """Whether "not applicable" may be answered, and the one situation in which it is honest."""

    allowed: bool
    when: str | None = None


@frozen(kw_only=True)
class Effort(Plain):
    """What closing the gap takes, each from 1 (little) to 5 (much): elapsed time, money, skill. Ours."""

    time: int
    money: int
    skill: int

    @property
    def total(self) -> int:
        """The three added up, from 3 to 15."""
        return self.time + self.money + self.skill


@frozen(kw_only=True)
class Remedy(Plain):
    """The first concrete step if the item is not met."""

    effort: Effort
    text: str


@frozen(kw_only=True)
class MeasuredBy(Plain):
    """A benchmark that bears on the item, by full id such as ``default/COV-1``."""

    benchmark: str
    speaks_to: SpeaksTo


@frozen(kw_only=True)
class Level(Plain):
    """One rung of a matrix standard: 0 not met, 1 partly, 2 baseline, 3 advanced."""

    level: int
    text: str


@frozen(kw_only=True)
class Goal(Plain):
    """What a number given as the answer is judged by.

    ``met`` and ``near`` are limits on the same side (``direction``), both inclusive; without ``near`` no number is
    partly met. Numbers are shares from 0 to 1; with ``counts``, whole numbers. ``of`` says what is divided by what.
    """

    of: str
    direction: Direction
    met: Fraction
    near: Fraction | None = None
    counts: bool = False
    origin: Origin

    def __str__(self) -> str:
        return f"{self.direction.label} {self.met}" + (f", near {self.near}" if self.near is not None else "")


def goal_faults(goal: Goal) -> Iterator[str]:
    """What does not fit together in a goal, in words."""
    if goal.direction is Direction.WITHIN:
        yield "a goal is at_most or at_least; within takes two limits"
    limits = [one for one in (goal.met, goal.near) if one is not None]
    if not goal.counts and any(not 0 <= one <= 1 for one in limits):
        yield "the limits of a share are between 0 and 1"
    better = 1 if goal.direction is Direction.AT_LEAST else -1
    if goal.near is not None and (goal.near - goal.met) * better > 0:
        yield f"near {goal.near} is on the good side of met {goal.met}"


@frozen(kw_only=True)
class TrainingWhen(Plain):
    """When a topic is taught: before a user gets access or not, and every so many months after."""

    before_access: bool
    every_months: int | None = None


@frozen(kw_only=True)
class TrainingCheck(Plain):
    """How one sees that a topic was learned. ``pass_mark`` is a share from 0 to 1, where there is one."""

    kind: str
    text: str
    pass_mark: Fraction | None = None


@frozen(kw_only=True)
class FieldChange(Plain):
    """What a profile changed: the field, the values before and after as text, the profile and its reason."""

    field: str
    before: str | None
    after: str | None
    layer: str
    reason: str


@frozen(kw_only=True)
class Item(Plain):
    """One item of a document. ``id`` is the full id, ``document/LOCAL``; all texts are our own wording.

    ``derived`` is true of every item of the catalog: no row reproduces HUD's. A local requirement can
    stand in the words of its source. ``rule_version`` names the edition of HUD's data
    standards in which the rule was read. ``confidence_detail`` is set where the theme is better known than the detail.
    ``weight`` and ``changes`` come from profiles; without a weight of its own, an item weighs what its obligation does.
    """

    id: str
    document: str
    section: str
    kind: ItemKind
    title: str
    text: str = field(repr=False)
    why: str = field(repr=False)
    obligation: Obligation
    basis: Basis
    citations: tuple[Citation, ...] = field(repr=False)
    confidence: Confidence
    confidence_detail: Confidence | None = field(default=None, repr=False)
    derived: bool = field(repr=False)
    rule_version: str | None = field(default=None, repr=False)
    scope: str | None = field(default=None, repr=False)
    roles: tuple[Role, ...] = field(repr=False)
    frequency: Frequency = field(repr=False)
    evidence: tuple[EvidenceNeed, ...] = field(repr=False)
    na: NotApplicableRule = field(repr=False)
    requires: tuple[str, ...] = field(default=(), repr=False)
    measured_by: tuple[MeasuredBy, ...] = field(default=(), repr=False)
    remedy: Remedy = field(repr=False)
    # A matrix standard: its rungs, the one to reach, and how to get above the baseline.
    levels: tuple[Level, ...] = field(default=(), repr=False)
    target: int | None = field(default=None, repr=False)
    advance: Remedy | None = field(default=None, repr=False)
    # A training topic: who learns what, how, when, and how one sees it.
    audience: tuple[str, ...] = field(default=(), repr=False)
    objectives: tuple[str, ...] = field(default=(), repr=False)
    delivery: tuple[str, ...] = field(default=(), repr=False)
    minutes: int | None = field(default=None, repr=False)
    when: TrainingWhen | None = field(default=None, repr=False)
    check: TrainingCheck | None = field(default=None, repr=False)
    tags: tuple[str, ...] = field(default=(), repr=False)
    scale: str = field(default="checklist", repr=False)
    goal: Goal | None = field(default=None, repr=False)
    # First and last edition that has the item; None: from the first one on, or to this day.
    since: str | None = field(default=None, repr=False)
    until: str | None = field(default=None, repr=False)
    # Set by tailoring.
    weight: Fraction | None = field(default=None, repr=False)
    changes: tuple[FieldChange, ...] = field(default=(), repr=False)

    @property
    def owner(self) -> Role:
        """The role that acts: the first of ``roles``."""
        return self.roles[0]

    @property
    def parts(self) -> tuple[str, ...]:
        """What the item consists of and an answer can count: the objectives of a training topic."""
        return self.objectives

    def row(self) -> dict[str, Any]:
        """What a list of items shows of each: id, title, obligation, basis, confidence, roles."""
        return {
            "id": self.id,
            "title": self.title,
            "obligation": self.obligation.value,
            "basis": self.basis.value,
            "confidence": self.confidence.value,
            "roles": ", ".join(role.value for role in self.roles),
        }

    def _repr_html_(self) -> str:
        facts = f"{self.obligation.label} · {self.basis.label} · confidence {self.confidence}"
        return (
            f"<h4>{escape(self.id)}: {escape(self.title)}</h4><p>{escape(self.text)}</p>"
            f"<p><small>{escape(facts)}</small></p><p><b>Why.</b> {escape(self.why)}</p>"
            f"<p><b>If not met.</b> {escape(self.remedy.text)}</p>"
            + "".join(
                f"<p><b>Changed by {one.layer}: {one.field}.</b> {escape(one.reason)}</p>" for one in self.changes
            )
        )


class Items(Table[Item]):
    """Items in an order: a tuple, and a table with one row an item."""

    __slots__ = ()
    kind = "items"
