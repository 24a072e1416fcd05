"""What became of an item between two assessments, as one word and as one line."""

from __future__ import annotations

from hmis_standards.assess.answers import Assessment
from hmis_standards.assess.lines import ASSESSED, Line
from hmis_standards.vocabulary import Movement, Status

__all__ = ["movement", "why"]


def movement(before: Line | None, after: Line | None) -> Movement | None:
    """How the item moved; None where it stands as it stood. A line is None where the item is not asked."""
    if before is None or after is None:
        return _asked(before, after)
    one, other = before.status in ASSESSED, after.status in ASSESSED
    if Status.NOT_APPLICABLE in {before.status, after.status}:
        return _applicability(before.status, after.status)
    if one and other:
        return _credit(before, after)
    if one or other:
        return Movement.NEWLY_ASSESSED if other else Movement.NO_LONGER_ASSESSED
    return Movement.REWEIGHED if before.weight != after.weight else None


def _asked(before: Line | None, after: Line | None) -> Movement | None:
    if before is None and after is None:
        return None
    return Movement.NEWLY_ASKED if before is None else Movement.NO_LONGER_ASKED


def _applicability(before: Status, after: Status) -> Movement | None:
    if before is after:
        return None
    return Movement.NOT_APPLICABLE if after is Status.NOT_APPLICABLE else Movement.APPLICABLE_AGAIN


def _credit(before: Line, after: Line) -> Movement | None:
    gain = (after.verdict.credit or 0) - (before.verdict.credit or 0)
    if gain:
        return Movement.IMPROVED if gain > 0 else Movement.WORSENED
    return Movement.REWEIGHED if before.weight != after.weight else None


def why(before: Assessment, after: Assessment, one: Line | None, other: Line | None) -> str:
    """One line on an item that changed: its statuses with their reasons, or why it is asked on one side only."""
    if one is None and other is not None:
        return f"{_absence(before, other).removesuffix('.')}; now {_stands(other)}"
    if other is None and one is not None:
        return f"was {_stands(one)}; {_absence(after, one)}"
    if one is None or other is None:
        return ""
    weights = f"; weighs {other.weight}, before {one.weight}" if one.weight != other.weight else ""
    if one.status is other.status and one.verdict.reason == other.verdict.reason:
        return f"{_stands(other)}{weights}"
    return f"{_stands(one)} -> {_stands(other)}{weights}"


def _stands(line: Line) -> str:
    told = "" if line.verdict.reason in {"", "not answered"} else f" ({line.verdict.reason})"
    return f"{line.status.label}{told}"


def _absence(where: Assessment, line: Line) -> str:
    """Why an assessment does not ask the item."""
    catalog, item = where.catalog, line.item
    left = next((one for one in catalog.excluded if one.id == item.id), None)
    if left:
        return f"left out by profile {left.layer}: {left.reason}"
    gone = next((one for one in catalog.retired if one.id == item.id), None)
    if gone:
        return f"retired in edition {gone.since}"
    if item.id in catalog:
        return f"document {item.document} was not covered" if item.document not in where.documents else ""
    return f"not in edition {catalog.edition}"
