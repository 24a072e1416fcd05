"""A vendor's declaration: what it says of its product, requirement by requirement, with a hash of the content."""

from __future__ import annotations

import json
from datetime import date
from functools import cached_property

from attrs import field, frozen

from hmis_standards.tabular import Plain, Tabular
from hmis_standards.vocabulary import ClaimMethod, ClaimWord, EvidenceKind

__all__ = ["REQUIREMENTS", "Claim", "ClaimEvidence", "Declaration", "Module"]


REQUIREMENTS = "vendor-capacity"
"""The document whose items a declaration speaks to."""


@frozen(kw_only=True)
class Module(Plain):
    """A part of the product that is sold or delivered by itself."""

    id: str
    title: str
    version: str | None = None


@frozen(kw_only=True)
class ClaimEvidence(Plain):
    """What a buyer can look at to see whether a claim holds."""

    kind: EvidenceKind
    title: str
    date: date
    location: str | None = None


@frozen(kw_only=True)
class Claim(Plain):
    """What the vendor says on one requirement.

    ``module`` is the part of the product that does it, ``method`` how, ``version`` since which version. ``available``
    is the day by which something planned will be there.
    """

    item: str
    claim: ClaimWord
    module: str | None = None
    method: ClaimMethod | None = None
    version: str | None = None
    available: date | None = None
    evidence: tuple[ClaimEvidence, ...] = field(default=(), repr=False)
    note: str | None = field(default=None, repr=False)


@frozen(kw_only=True)
class Declaration(Plain, Tabular):
    """All claims of a vendor about one version of its product, as of a day.

    ``content_hash`` was written by ``sealed()`` when the vendor was done. It shows that a copy is unaltered to somebody
    who has the hash from the vendor by another way. It is no signature: whoever alters the file can write a new one.
    """

    vendor: str
    product: str
    version: str
    edition: str
    date: date
    declared_by: str
    modules: tuple[Module, ...] = field(default=(), repr=False)
    claims: tuple[Claim, ...] = field(repr=lambda claims: f"<{len(claims)} claims>")
    content_hash: str | None = None

    @property
    def label(self) -> str:
        """Product and version, as a column of a comparison is headed."""
        return f"{self.product} {self.version}"

    def claim(self, item_id: str) -> Claim | None:
        """The claim on an item, or None where the vendor says nothing."""
        return self._by_item.get(item_id)

    @cached_property
    def _by_item(self) -> dict[str, Claim]:
        return {one.item: one for one in self.claims}

    @cached_property
    def hash_now(self) -> str:
        """The hash of what stands here: ``sha256:`` and 64 digits. The order of claims and modules is no part of it."""
        import hashlib

        told = {**self.to_dict(), "content_hash": None}
        told["claims"] = sorted(told["claims"], key=lambda one: str(one["item"]))
        told["modules"] = sorted(told["modules"], key=lambda one: str(one["id"]))
        text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"

    @property
    def unaltered(self) -> bool | None:
        """Whether the content is what its hash was made of; None for a declaration without one."""
        return None if self.content_hash is None else self.content_hash == self.hash_now

    def rows(self) -> list[dict[str, object]]:
        """One row a claim, in the order of the file."""
        return [_row(one) for one in self.claims]


def _row(claim: Claim) -> dict[str, object]:
    return {
        "item": claim.item,
        "claim": claim.claim.value,
        "module": claim.module,
        "method": claim.method.value if claim.method else None,
        "version": claim.version,
        "available": claim.available.isoformat() if claim.available else None,
        "evidence": len(claim.evidence),
        "note": claim.note,
    }
