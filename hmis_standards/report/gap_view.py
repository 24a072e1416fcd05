"""Gaps and the plan as rows of text."""

from __future__ import annotations

from attrs import frozen

from hmis_standards.assess import Action, Actions, Gap, Plan
from hmis_standards.ids import split
from hmis_standards.model import Item
from hmis_standards.report.parts import ReportParts
from hmis_standards.report.reading import Authority, assessment_of, rests_on
from hmis_standards.report.words import STATUS, Mark, anchor, cap, count, day_text, effort_text, joined, short_day
from hmis_standards.tabular import percent_text
from hmis_standards.vocabulary import Status

__all__ = ["ActionRow", "GapRow", "PlanView", "QuarterView", "gap_rows", "plan_view"]


@frozen(kw_only=True)
class GapRow:
    """One gap. ``blocked_by`` holds pairs of link and id; an id of the same document goes without it."""

    place: int
    link: str
    item: str
    title: str
    mark: Mark
    reason: str
    authority: Authority
    why: str
    remedy: str
    who: str
    effort: tuple[tuple[str, int], ...]
    gain: str
    blocked_by: tuple[tuple[str, str], ...]
    gated: bool


@frozen(kw_only=True)
class ActionRow:
    """One action of the plan."""

    item: str
    link: str
    title: str
    who: str
    start: str
    due: str
    gain: str
    after: str
    gated: bool
    remedy: str


@frozen(kw_only=True)
class QuarterView:
    """The actions that start in one quarter of the plan."""

    title: str
    actions: tuple[ActionRow, ...]


@frozen(kw_only=True)
class PlanView:
    """The plan: one paragraph, then a table a quarter."""

    text: str
    quarters: tuple[QuarterView, ...]


def gap_rows(found: tuple[Gap, ...], parts: ReportParts) -> tuple[GapRow, ...]:
    """The gaps in their order, numbered. What was answered beside a stricter status is told in the reason."""
    return tuple(_gap(place, gap, parts) for place, gap in enumerate(found, 1))


def _gap(place: int, gap: Gap, parts: ReportParts) -> GapRow:
    return GapRow(
        place=place,
        link=anchor("item", gap.item.id),
        item=gap.item.id,
        title=gap.item.title,
        mark=STATUS[gap.status],
        reason=_reason(gap, parts),
        authority=rests_on(assessment_of(parts, gap.item).catalog, gap.item),
        why=gap.item.why,
        remedy=gap.remedy,
        who=_who(gap.item),
        effort=effort_text(gap.effort),
        gain=percent_text(gap.gain, 1),
        blocked_by=tuple((anchor("item", one), _near_id(gap.item, one)) for one in gap.blocked_by),
        gated=gap.gated,
    )


def _near_id(item: Item, other: str) -> str:
    """The id of another item as one says it beside this one: without the document where that is the same."""
    document, local = split(other)
    return local if document == item.document else other


def _reason(gap: Gap, parts: ReportParts) -> str:
    response = assessment_of(parts, gap.item).response(gap.item.id)
    claimed = response is not None and response.answer == Status.MET.value and gap.status is Status.PARTIAL
    return f"Answered met; {gap.reason}" if claimed else cap(gap.reason)


def _who(item: Item) -> str:
    first, *others = [role.label for role in item.roles]
    return f"{cap(first)}, with {joined(others)}" if others else cap(first)


def plan_view(plan: Plan) -> PlanView:
    """The plan by quarter."""
    return PlanView(
        text=_plan_text(plan),
        quarters=tuple(
            QuarterView(title=_quarter(plan, name, actions), actions=tuple(_action(one) for one in actions))
            for name, actions in plan.by("quarter").items()
        ),
    )


def _plan_text(plan: Plan) -> str:
    begin = f"{count(len(plan.actions), 'action')}, from {day_text(plan.start)} to {day_text(plan.end)}."
    target = f" The target is {percent_text(plan.target)}." if plan.target is not None else ""
    span = ""
    if plan.begins is not None and plan.reaches is not None:
        low, high = percent_text(plan.begins, 1), percent_text(plan.reaches, 1)
        span = f" They raise the low end of the score from {low} to {high}, if each one is finished."
    return f"{begin}{target}{span} {plan.note} {plan.how}".strip()


def _quarter(plan: Plan, name: str, actions: Actions) -> str:
    called = name if plan.quarters.calendar else f"Quarter {name[1:]}"
    return f"{called}, starting {day_text(plan.quarters.first_day(actions[0].start))}"


def _action(action: Action) -> ActionRow:
    return ActionRow(
        item=action.item,
        link=anchor("item", action.item),
        title=action.title,
        who=cap(action.role.label),
        start=short_day(action.start),
        due=short_day(action.due),
        gain=percent_text(action.gain, 1),
        after=", ".join(action.after),
        gated=action.gated,
        remedy=action.remedy,
    )
