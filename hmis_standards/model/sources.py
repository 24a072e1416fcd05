"""An authority: a statute, rule, notice, specification, guide or local practice. And how an item cites one."""

from __future__ import annotations

from attrs import field, frozen

from hmis_standards.tabular import Plain
from hmis_standards.vocabulary import Basis, Read, SourceStatus

__all__ = ["Citation", "Source"]


@frozen(kw_only=True)
class Source(Plain):
    """One row of the register of authorities.

    ``in_effect`` is true only where the text binds somebody today; ``read`` says how far its wording was checked
    by us; ``verify`` marks an address or text that must be confirmed before it is quoted.
    """

    id: str
    citation: str
    title: str
    publisher: str
    group: str
    basis: Basis
    status: SourceStatus
    in_effect: bool
    read: Read
    summary: str = field(repr=False)
    date: str | None = None
    until: str | None = None
    replaced_by: str | None = None
    url: str | None = field(default=None, repr=False)
    verify: bool = False


@frozen(kw_only=True)
class Citation(Plain):
    """A source of the register, and the place inside it."""

    source: str
    at: str | None = None
