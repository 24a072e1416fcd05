"""An item: one thing a community can be asked about, with all a person needs to act on it."""

from __future__ import annotations

from html import escape

from attrs import field, frozen

from hmis_standards.tabular import Plain
from hmis_standards.vocabulary import (
    Basis,
    Confidence,
    Every,
    EvidenceKind,
    ItemKind,
    Obligation,
    Role,
    SpeaksTo,
)

__all__ = [
    "Citation",
    "Effort",
    "EvidenceNeed",
    "Frequency",
    "Item",
    "MeasuredBy",
    "NotApplicableRule",
    "Remedy",
]


@frozen(kw_only=True)
class Citation(Plain):
    """A source of the register, and the place inside it."""

    source: str
    at: str | None = None


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
class Item(Plain):
    """One item of a document. ``id`` is the full id, ``document/LOCAL``; all texts are our own wording.

    ``derived`` is always true today: no row reproduces HUD's. ``rule_version`` names the edition of HUD's data
    standards in which the rule was read. ``confidence_detail`` is set where the theme is better known than the detail.
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
    tags: tuple[str, ...] = field(default=(), repr=False)
    scale: str = field(default="checklist", repr=False)

    @property
    def owner(self) -> Role:
        """The role that acts: the first of ``roles``."""
        return self.roles[0]

    def _repr_html_(self) -> str:
        facts = f"{self.obligation.label} · {self.basis.label} · confidence {self.confidence}"
        return (
            f"<h4>{escape(self.id)}: {escape(self.title)}</h4><p>{escape(self.text)}</p>"
            f"<p><small>{escape(facts)}</small></p><p><b>Why.</b> {escape(self.why)}</p>"
            f"<p><b>If not met.</b> {escape(self.remedy.text)}</p>"
        )
