"""From an answer to a verdict: what the answer is worth once the evidence has been looked at."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any

from attrs import field, frozen

from hmis_standards.assess.answers import NOT_APPLICABLE, Assessment, Response
from hmis_standards.assess.days import add_months, as_day
from hmis_standards.assess.evidence import Evidence
from hmis_standards.model import Catalog, EvidenceNeed, Item
from hmis_standards.model.standing import best_partial
from hmis_standards.tabular import Plain, plain
from hmis_standards.vocabulary import Status

__all__ = ["ItemVerdict", "settled", "verdict", "verdict_on"]


@frozen(kw_only=True)
class ItemVerdict(Plain):
    """Where one item stands. ``credit`` is from 0 to 1, and None where there is nothing to credit.

    ``reason`` says why the status is not simply the answer: evidence that is missing or stale, a proposal nobody
    confirmed, the reason given for "not applicable". ``level`` is the level that stands on a matrix standard: the one
    answered, or the one below that aimed at where the evidence for it is lacking.
    """

    item: Item
    status: Status
    credit: Fraction | None = field(default=None)
    reason: str = ""
    level: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """Item id, status, credit and reason as plain values."""
        return {"item": self.item.id, **{name: plain(getattr(self, name)) for name in ("status", "credit", "reason")}}


def verdict(
    assessment: Assessment,
    item: Item | str,
    as_of: str | datetime.date | None = None,
    *,
    count_proposals: bool = False,
) -> ItemVerdict:
    """The verdict on one item on a day, by default the assessment's own date.

    "Met" becomes partial where demanded evidence is missing, dated after the day, no longer valid on it, undated
    although it may not be older than so many months, or older than that. It is then worth the most that an answer short
    of "met" is worth on the item, so that no better answer is worth less. A proposal counts as not assessed unless
    ``count_proposals``. An answer that the item does not take is an error, which is neither a pass nor a zero.
    """
    one = assessment.catalog[item] if isinstance(item, str) else item
    day = assessment.date if as_of is None else as_day(as_of)
    return verdict_on(assessment.catalog, one, assessment.response(one.id), day, count_proposals=count_proposals)


def verdict_on(
    catalog: Catalog, one: Item, response: Response | None, day: datetime.date, *, count_proposals: bool
) -> ItemVerdict:
    """The verdict on what was said of an item, None for nothing; see ``verdict``."""
    if response is None or response.answer is None:
        reason = "evidence attached, not answered" if response and response.evidence else "not answered"
        return ItemVerdict(item=one, status=Status.NOT_ASSESSED, reason=reason)
    if response.proposed and not count_proposals:
        return ItemVerdict(item=one, status=Status.NOT_ASSESSED, reason="proposed, not confirmed")
    if response.answer == NOT_APPLICABLE:
        return _not_applicable(one, response)
    return _on_scale(catalog, one, response, day)


def settled(catalog: Catalog, item: Item, response: Response) -> bool:
    """Whether the answer alone decides, whoever gives it and when: a word of the scale, with no evidence demanded."""
    if response.proposed or any(need.demanded for need in item.evidence):
        return False
    return catalog.scale(item).find(response.answer or "") is not None


def _not_applicable(item: Item, response: Response) -> ItemVerdict:
    if not item.na.allowed:
        return ItemVerdict(item=item, status=Status.ERROR, reason="not_applicable is not an answer this item takes")
    if response.reason is None:
        return ItemVerdict(item=item, status=Status.ERROR, reason="not_applicable without a reason")
    return ItemVerdict(item=item, status=Status.NOT_APPLICABLE, reason=response.reason)


def _on_scale(catalog: Catalog, item: Item, response: Response, day: datetime.date) -> ItemVerdict:
    answer = catalog.standing(item, str(response.answer))
    if answer is None:
        return ItemVerdict(item=item, status=Status.ERROR, reason=f"{response.answer!r} is not on its scale")
    level = None if item.target is None else int(answer.answer)
    lacking = _lacking(item, response, day) if answer.status is Status.MET and item.evidence else ""
    if not lacking:
        return ItemVerdict(item=item, status=answer.status, credit=answer.credit, level=level)
    credit = best_partial(catalog.scale(item), item)
    level = None if item.target is None else item.target - 1
    return ItemVerdict(item=item, status=Status.PARTIAL, credit=credit, reason=lacking, level=level)


def _lacking(item: Item, response: Response, day: datetime.date) -> str:
    """What is wrong with the demanded evidence, in words; empty if nothing is."""
    demanded = [need for need in item.evidence if need.demanded]
    told = (_lack(need, _serving(need, demanded, response.evidence), day) for need in demanded)
    return "; ".join(text for text in told if text)


def _serving(need: EvidenceNeed, demanded: list[EvidenceNeed], given: tuple[Evidence, ...]) -> list[Evidence]:
    only = len(demanded) == 1
    return [one for one in given if one.need == need.id or (one.need is None and (only or one.kind is need.kind))]


def _lack(need: EvidenceNeed, serving: list[Evidence], day: datetime.date) -> str:
    if not serving:
        return f"evidence missing: {need.text}"
    there = [one for one in serving if one.date is None or one.date <= day]
    if not there:
        return f"evidence dated after {day}: {need.text}"
    valid = [one for one in there if one.valid_until is None or day <= one.valid_until]
    if not valid:
        last = max(one.valid_until for one in there if one.valid_until is not None)
        return f"evidence expired: {need.text} (valid until {last})"
    if need.max_age_months is None:
        return ""
    dates = [one.date for one in valid if one.date is not None]
    if not dates:
        return f"evidence undated: {need.text} (at most {need.max_age_months} months old)"
    if add_months(max(dates), need.max_age_months) < day:
        return f"evidence stale: {need.text} (dated {max(dates)}, at most {need.max_age_months} months old)"
    return ""
