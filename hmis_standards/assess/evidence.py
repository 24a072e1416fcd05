"""Evidence: what a reviewer could look at."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from attrs import Attribute, evolve, field, frozen

from hmis_standards.assess.days import as_day
from hmis_standards.ids import close_matches
from hmis_standards.model import Item
from hmis_standards.tabular import Plain, plain
from hmis_standards.vocabulary import EvidenceKind

__all__ = ["Evidence", "Given", "fitting", "not_blank", "one_line", "pieces", "title_of"]


def one_line(text: str | None) -> str | None:
    """A name, title or place on one line; None for nothing. Raises ValueError for what is no text."""
    if text is not None and not isinstance(text, str):
        raise ValueError(f"{text!r} is not text")
    return None if text is None else " ".join(text.split()) or None


def title_of(text: str) -> str:
    """A title on one line, empty where there is none."""
    return one_line(text) or ""


def not_blank(_: Any, attribute: Attribute[str], value: str) -> None:
    """A validator that refuses an empty text."""
    if not value.strip():
        raise ValueError(f"{attribute.name} must not be empty")


def _kind(word: str) -> EvidenceKind:
    try:
        return EvidenceKind(word)
    except ValueError:
        known = [one.value for one in EvidenceKind]
        raise ValueError(f"kind {word!r} is not one of {', '.join(known)}") from None


def _day_or_none(value: str | datetime.date | None) -> datetime.date | None:
    return None if value is None else as_day(value, "the date")


@frozen(kw_only=True)
class Evidence(Plain):
    """Something a reviewer could look at.

    ``need`` is the id of the item's evidence need that it serves. Without it, the evidence serves needs of its kind;
    where the item demands only one piece of evidence, that one. ``valid_until`` is the last day on which it proves
    anything, such as the end of an agreement or a certificate; None where it has no such day.

    Dates may be given as text such as ``2026-03-01``. Raises ValueError for what is no date, for a kind there is not,
    for an empty title, and where ``valid_until`` lies before ``date``.
    """

    kind: EvidenceKind = field(converter=_kind)
    title: str = field(converter=title_of, validator=not_blank)
    date: datetime.date | None = field(default=None, converter=_day_or_none)
    location: str | None = field(default=None, converter=one_line)
    need: str | None = field(default=None, converter=one_line)
    valid_until: datetime.date | None = field(default=None, converter=_day_or_none)

    def __attrs_post_init__(self) -> None:
        if self.date and self.valid_until and self.valid_until < self.date:
            raise ValueError(f"valid_until {self.valid_until} is before its date {self.date}")

    def to_dict(self) -> dict[str, Any]:
        """As it stands in an assessment file: ``need`` and ``valid_until`` only where they are set."""
        shown = {name: plain(getattr(self, name)) for name in _EVIDENCE_KEYS}
        return {name: value for name, value in shown.items() if value is not None or name in _EVIDENCE_KEYS[:4]}


Given = Evidence | Mapping[str, Any]
"""A piece of evidence as a person gives it: itself, or a dict with its keys."""

_EVIDENCE_KEYS = ("kind", "title", "date", "location", "need", "valid_until")


def pieces(given: Given | Iterable[Given]) -> tuple[Evidence, ...]:
    """Pieces of evidence, or a single one. Raises ValueError for what is none, such as the name of a file."""
    several = (given,) if isinstance(given, Evidence | Mapping | str) else given
    return tuple(map(_piece, several))


def _piece(given: Given) -> Evidence:
    """Evidence as it is, or out of a dict. Raises ValueError with the key that is wrong."""
    if isinstance(given, Evidence):
        return given
    if not isinstance(given, Mapping):
        raise ValueError(f"evidence is a list of Evidence or of dicts; {given!r} is neither")  # noqa: TRY004
    for key in given:
        if key not in _EVIDENCE_KEYS:
            near = close_matches(key, _EVIDENCE_KEYS, most=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise ValueError(f"evidence has no key {key!r}, only {', '.join(_EVIDENCE_KEYS)}{hint}")
    missing = [key for key in ("kind", "title") if given.get(key) is None]
    if missing:
        raise ValueError(f"evidence needs {' and '.join(missing)}")
    days = {name: as_day(given[name], name) for name in ("date", "valid_until") if given.get(name) is not None}
    return Evidence(**{**given, **days})


def fitting(evidence: tuple[Evidence, ...], item: Item) -> tuple[Evidence, ...]:
    """The evidence, without the names of needs that the item does not have."""
    needs = {need.id for need in item.evidence}
    return tuple(one if one.need is None or one.need in needs else evolve(one, need=None) for one in evidence)
