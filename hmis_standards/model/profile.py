"""A profile: how a community, a kind of provider or a vendor tailors the catalog, with a reason for each step.

Frozen values; ``tailor`` in ``model/tailoring.py`` carries them out, ``store/profiles.py`` reads them from YAML.
"""

from __future__ import annotations

from fractions import Fraction

from attrs import field, frozen

from hmis_standards.model.items import Effort, Frequency, Goal, Item, NotApplicableRule
from hmis_standards.model.ratings import Gate
from hmis_standards.model.sources import Citation, Source
from hmis_standards.tabular import Plain
from hmis_standards.vocabulary import EvidenceKind, Obligation, Role

__all__ = [
    "LOCAL",
    "EvidenceChange",
    "Exclusion",
    "Override",
    "Profile",
    "ProfileWeight",
    "RemedyChange",
    "Selection",
]

LOCAL = "local"
"""The document that holds local requirements which belong to none of the nine."""


@frozen(kw_only=True)
class Selection(Plain):
    """What a profile keeps. Empty keeps everything.

    An item stays if it is named in ``items``; or if it is of one of the ``documents`` or ``sections`` (where any are
    given) and fits ``obligations``, ``roles`` and ``tags`` (one of each that is given). ``reason`` says why the rest
    is left out.
    """

    reason: str = ""
    documents: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    roles: tuple[Role, ...] = ()
    tags: tuple[str, ...] = ()

    def keeps(self, item: Item) -> bool:
        """Whether the item stays."""
        if item.id in self.items or not (self.items or self._broad):
            return True
        return self._broad and self._place(item) and self._fits(item)

    @property
    def _broad(self) -> bool:
        """Whether anything but single items is named."""
        return bool(self.documents or self.sections or self.obligations or self.roles or self.tags)

    def _place(self, item: Item) -> bool:
        if not (self.documents or self.sections):
            return True
        return item.document in self.documents or f"{item.document}/{item.section}" in self.sections

    def _fits(self, item: Item) -> bool:
        return (
            (not self.obligations or item.obligation in self.obligations)
            and (not self.roles or any(role in self.roles for role in item.roles))
            and (not self.tags or any(tag in self.tags for tag in item.tags))
        )


@frozen(kw_only=True)
class Exclusion(Plain):
    """Items left out for one reason: named by id, by section (``document/SECTION``), by document or by tag."""

    reason: str = ""
    items: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    def covers(self, item: Item) -> bool:
        """Whether the item is left out."""
        return (
            item.id in self.items
            or item.document in self.documents
            or f"{item.document}/{item.section}" in self.sections
            or any(tag in self.tags for tag in item.tags)
        )


@frozen(kw_only=True)
class EvidenceChange(Plain):
    """A change to one evidence need, by its id; a need the item does not have is added (``kind`` and ``text``)."""

    id: str
    kind: EvidenceKind | None = None
    text: str | None = None
    demanded: bool | None = None
    max_age_months: int | None = None


@frozen(kw_only=True)
class RemedyChange(Plain):
    """Another first step, another effort, or both."""

    text: str | None = None
    effort: Effort | None = None


@frozen(kw_only=True)
class Override(Plain):
    """New values for fields of one item; what is None stays as it is. ``citations`` are added to the item's own."""

    item: str
    reason: str = ""
    title: str | None = None
    text: str | None = None
    why: str | None = None
    scope: str | None = None
    obligation: Obligation | None = None
    weight: Fraction | None = None
    target: int | None = None
    goal: Goal | None = None
    na: NotApplicableRule | None = None
    roles: tuple[Role, ...] | None = None
    frequency: Frequency | None = None
    remedy: RemedyChange | None = None
    evidence: tuple[EvidenceChange, ...] = ()
    citations: tuple[Citation, ...] = ()


@frozen(kw_only=True)
class ProfileWeight(Plain):
    """What an item of an obligation weighs, in place of the weight in ``ratings.yaml``."""

    obligation: Obligation
    weight: Fraction
    reason: str = ""


@frozen(kw_only=True)
class Profile(Plain):
    """One layer of tailoring.

    ``based_on`` is the edition it was written for; with another one it is refused. ``add`` are whole items with ids
    that begin with ``LOCAL-``, citing ``sources`` of the profile or of the register. ``gates`` stand beside the
    catalog's own; one with the id of a gate that is there takes its place. ``benchmarks`` names the benchmark set that
    fits.
    """

    id: str
    title: str
    text: str = field(repr=False)
    based_on: str | None = None
    select: Selection = field(factory=Selection, repr=False)
    exclude: tuple[Exclusion, ...] = field(default=(), repr=False)
    override: tuple[Override, ...] = field(default=(), repr=False)
    weights: tuple[ProfileWeight, ...] = field(default=(), repr=False)
    gates: tuple[Gate, ...] = field(default=(), repr=False)
    sources: tuple[Source, ...] = field(default=(), repr=False)
    add: tuple[Item, ...] = field(default=(), repr=lambda items: f"<{len(items)} items>")
    benchmarks: str | None = None

    def overriding(self, item_id: str) -> Override | None:
        """What the profile changes in an item, or None."""
        return next((one for one in self.override if one.item == item_id), None)
