"""An improvement plan in OSCAL: the plan of action and milestones."""

from __future__ import annotations

from typing import Any

from hmis_standards.assess import Action, Assessment, Plan
from hmis_standards.exchange.oscal.findings import Found, found_in, risk
from hmis_standards.exchange.oscal.heads import metadata, people, scope
from hmis_standards.exchange.oscal.markup import line, markdown
from hmis_standards.exchange.oscal.names import NAMESPACE, control_id, moment, one_uuid, prop, props, sealed
from hmis_standards.tabular import decimal_text

__all__ = ["oscal_poam"]

_REMARKS = (
    "The actions of the improvement plan. Each closes one risk and has a task with its first and last day and the "
    "role that acts. How long an action takes is a convention of the catalog, no promise of anybody. The time of the "
    "last change is the first day of the plan."
)


def oscal_poam(assessment: Assessment, plan: Plan) -> dict[str, Any]:
    """The plan as an OSCAL 1.1.3 plan of action and milestones: risks with planned remediations, and an item for each.

    Findings, risks and observations have the UUIDs they have in ``oscal_assessment_results``.

    Raises ValueError if the plan has no action, since OSCAL knows no plan without one; if an action is about an item
    that the assessment does not cover, or that is no gap in it; and for a date that OSCAL cannot say.
    """
    if not plan.actions:
        raise ValueError("the plan has no action, and a plan of action and milestones in OSCAL has at least one item")
    found = {one.item: one for one in found_in(assessment, include_unassessed=True)}
    strange = [action.item for action in plan.actions if action.item not in found or not found[action.item].gap]
    if strange:
        raise ValueError(f"the plan is not of this assessment: {strange[0]} is no gap in it")
    pairs = [(action, found[action.item]) for action in plan.actions]
    lists: dict[str, list[dict[str, Any] | None]] = {
        "observations": [one.observation() for _, one in pairs],
        "risks": [_risk(action, one) for action, one in pairs],
        "findings": [one.finding() for _, one in pairs],
        "poam-items": [_item(action, one) for action, one in pairs],
    }
    kept = {name: [one for one in listed if one] for name, listed in lists.items()}
    head = metadata(
        f"Plan of {assessment.subject.name}",
        plan.start,
        plan.start.isoformat(),
        _REMARKS,
        props=_facts(assessment, plan),
        **people(assessment),
    )
    system = {"identifier-type": NAMESPACE, "id": prop("subject", assessment.subject.name)["value"]}
    body = {"metadata": head, "system-id": system, **{name: listed for name, listed in kept.items() if listed}}
    return sealed("plan-of-action-and-milestones", body)


def _facts(assessment: Assessment, plan: Plan) -> list[dict[str, str]]:
    return props(
        [
            ("edition", assessment.edition),
            ("start", plan.start),
            ("end", plan.end),
            ("goal", plan.goal),
            ("target", decimal_text(plan.target, 6)),
            ("begins", decimal_text(plan.begins, 6)),
            ("reaches", decimal_text(plan.reaches, 6)),
            ("reached", plan.reached),
            ("method", plan.method if plan.goal != "all gaps" else None),  # all gaps are no choice
            ("note", plan.note),
        ]
    )


def _risk(action: Action, found: Found) -> dict[str, Any]:
    return risk(found, [_remediation(action, found)], deadline=moment(action.due))


def _remediation(action: Action, found: Found) -> dict[str, Any]:
    return {
        "uuid": found.uuid("remediation"),
        "lifecycle": "planned",
        "title": line(action.title),
        "description": markdown(action.remedy),
        "tasks": [_task(action, found), _milestone(action, found)],
    }


def _task(action: Action, found: Found) -> dict[str, Any]:
    """The work, from the first day to the day it is due, after the milestones it waits for."""
    waits = [{"task-uuid": one_uuid("milestone", *scope(found.assessment), other)} for other in action.after]
    return {
        "uuid": found.uuid("task"),
        "type": "action",
        "title": line(action.title),
        "props": props([("quarter", action.quarter), ("effort", action.effort.total)]),
        "timing": {"within-date-range": {"start": moment(action.start), "end": moment(action.due)}},
        **({"dependencies": waits} if waits else {}),
        "responsible-roles": [{"role-id": action.role.value}],
    }


def _milestone(action: Action, found: Found) -> dict[str, Any]:
    return {
        "uuid": found.uuid("milestone"),
        "type": "milestone",
        "title": line(f"Done: {action.title}"),
        "timing": {"on-date": {"date": moment(action.due)}},
        "dependencies": [{"task-uuid": found.uuid("task")}],
        "responsible-roles": [{"role-id": action.role.value}],
    }


def _item(action: Action, found: Found) -> dict[str, Any]:
    finding = {"related-findings": [{"finding-uuid": found.uuid("finding")}]} if found.judged else {}
    seen = {"related-observations": [{"observation-uuid": found.observation_uuid()}]} if found.response else {}
    facts = [
        ("item", action.item),
        ("control", control_id(action.item)),
        ("role", action.role),
        ("start", action.start),
        ("due", action.due),
        ("gain", decimal_text(action.gain, 6)),
        ("gate-waits", "true" if action.gated else None),
    ]
    return {
        "uuid": found.uuid("poam-item"),
        "title": line(action.title),
        "description": markdown(action.remedy),
        "props": props(facts),
        **finding,
        **seen,
        "related-risks": [{"risk-uuid": found.uuid("risk")}],
    }
