"""What an assessment found, in OSCAL: observations, findings, risks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import frozen

from hmis_standards.assess import Assessment, Evidence, Gap, Response, gaps, score
from hmis_standards.assess.lines import ASSESSED, Line
from hmis_standards.exchange.oscal.heads import assessor_uuid, scope, subject_uuid
from hmis_standards.exchange.oscal.markup import line, markdown
from hmis_standards.exchange.oscal.names import control_id, href_of, moment, objective_id, one_uuid, props
from hmis_standards.tabular import decimal_text
from hmis_standards.vocabulary import EvidenceKind, Status

__all__ = ["Found", "found_in", "risk"]

_MEASURED = {EvidenceKind.MEASUREMENT, EvidenceKind.DATA}
_REASONS = {Status.MET: "pass", Status.PARTIAL: "other", Status.NOT_MET: "fail"}
_IMPLEMENTED = {Status.MET: "implemented", Status.PARTIAL: "partial"}


@frozen(kw_only=True)
class Found:
    """One item of an assessment with what was said of it, where it stands, and the gap it leaves."""

    assessment: Assessment
    line: Line
    response: Response | None
    gap: Gap | None

    @property
    def item(self) -> str:
        """The id of the item."""
        return self.line.item.id

    @property
    def judged(self) -> bool:
        """Whether it is met, partly met or not met: only then OSCAL has a finding for it."""
        return self.line.status in ASSESSED

    def uuid(self, kind: str) -> str:
        """The UUID of its finding or risk: the same for this subject and item in every assessment."""
        return one_uuid(kind, *scope(self.assessment), self.item)

    def observation_uuid(self) -> str:
        """The UUID of what was seen on the day."""
        return one_uuid("observation", *scope(self.assessment), self.assessment.date, self.item)

    def observation(self) -> dict[str, Any] | None:
        """What was said and shown; None where nobody said anything."""
        return _observation(self, self.response) if self.response else None

    def finding(self) -> dict[str, Any] | None:
        """The judgement; None where there is none, which is never the same as satisfied."""
        return _finding(self) if self.judged else None

    def risk(self) -> dict[str, Any] | None:
        """The gap as a risk with the first step against it as a recommendation; None where there is no gap."""
        return risk(self, [_recommended(self)]) if self.gap and self.judged else None


def found_in(assessment: Assessment, *, include_unassessed: bool = False) -> Iterator[Found]:
    """Every item of the documents covered, in order."""
    open_gaps = {gap.item.id: gap for gap in gaps(assessment, include_unassessed=include_unassessed)}
    for one in score(assessment).lines:
        said = assessment.response(one.item.id)
        yield Found(assessment=assessment, line=one, response=said, gap=open_gaps.get(one.item.id))


# --- observations ------------------------------------------------------------------------------------------


def _observation(found: Found, said: Response) -> dict[str, Any]:
    day = moment(found.assessment.date)
    reason = f"Reason: {said.reason}" if said.reason else ""
    judged = found.line.verdict.reason
    why = f"{judged[:1].upper()}{judged[1:]}." if judged and judged != said.reason else ""
    told = [_answer_text(said), said.note, reason, why]
    facts = [
        ("item", found.item),
        ("answer", said.answer),
        ("status", found.line.status),
        ("proposed", "true" if said.proposed else None),
        ("decided-by", said.decided_by),
    ]
    evidence = [_evidence(one) for one in said.evidence]
    return {
        "uuid": found.observation_uuid(),
        "title": line(found.line.item.title),
        "description": "\n\n".join(markdown(text) for text in told if text),
        "props": props(facts),
        "methods": list(dict.fromkeys(map(_method, said.evidence))) or ["UNKNOWN"],
        "types": ["control-objective"],
        "origins": [_origin(found.assessment)],
        "subjects": [{"subject-uuid": subject_uuid(found.assessment), "type": "party"}],
        **({"relevant-evidence": evidence} if evidence else {}),
        "collected": day,
        **_expires(said),
    }


def _answer_text(said: Response) -> str:
    if said.answer is None:
        return "Nothing was answered."
    return (
        f"Proposed by a measurement, confirmed by nobody: {said.answer}."
        if said.proposed
        else f"Answer: {said.answer}."
    )


def _origin(assessment: Assessment) -> dict[str, Any]:
    return {"actors": [{"type": "party", "actor-uuid": assessor_uuid(assessment)}]}


def _method(evidence: Evidence) -> str:
    """How the evidence was come by. Without evidence nobody knows how the assessor found out."""
    return "TEST" if evidence.kind in _MEASURED else "EXAMINE"


def _evidence(one: Evidence) -> dict[str, Any]:
    address = href_of(one.location)
    facts = [
        ("kind", one.kind),
        ("date", one.date),
        ("valid-until", one.valid_until),
        ("need", one.need),
        ("location", one.location),
    ]
    return {**({"href": address} if address else {}), "description": markdown(one.title), "props": props(facts)}


def _expires(said: Response) -> dict[str, str]:
    """The first day on which something shown no longer proves anything."""
    last = [one.valid_until for one in said.evidence if one.valid_until]
    return {"expires": moment(min(last))} if last else {}


# --- findings and risks ------------------------------------------------------------------------------------


def _finding(found: Found) -> dict[str, Any]:
    status, verdict = found.line.status, found.line.verdict
    item = found.line.item
    remarks = {"remarks": markdown(verdict.reason)} if verdict.reason else {}
    credit = decimal_text(verdict.credit, 6) or None
    shown = _IMPLEMENTED.get(status)
    return {
        "uuid": found.uuid("finding"),
        "title": line(item.title),
        "description": markdown(f"{status.label.capitalize()}: {item.id}."),
        "props": props([("item", item.id), ("status", status), ("credit", credit), ("weight", found.line.weight)]),
        "origins": [_origin(found.assessment)],
        "target": {
            "type": "objective-id",
            "target-id": objective_id(item.id),
            "status": {
                "state": "satisfied" if status is Status.MET else "not-satisfied",
                "reason": _REASONS[status],
                **remarks,
            },
            **({"implementation-status": {"state": shown}} if shown else {}),
        },
        "related-observations": [{"observation-uuid": found.observation_uuid()}],
        **({"related-risks": [{"risk-uuid": found.uuid("risk")}]} if found.gap else {}),
    }


def risk(found: Found, remediations: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """The gap of an item as a risk. It has no likelihood or impact: nobody rated any."""
    item, gap = found.line.item, found.gap
    facts = [
        ("item", item.id),
        ("control", control_id(item.id)),
        ("status", found.line.status),
        ("obligation", item.obligation),
        ("gain", decimal_text(gap.gain, 6) if gap else None),
        ("to-reach", gap.to_reach if gap else None),
        ("gate-waits", "true" if gap and gap.gated else None),
        ("effort", gap.effort.total if gap else None),
    ]
    seen = {"related-observations": [{"observation-uuid": found.observation_uuid()}]} if found.response else {}
    return {
        "uuid": found.uuid("risk"),
        "title": line(item.title),
        "description": markdown(item.why),
        "statement": markdown(f"{found.line.status.label.capitalize()}: {item.text}"),
        "props": props(facts),
        "status": "open" if found.judged else "investigating",
        "origins": [_origin(found.assessment)],
        **more,
        "remediations": remediations,
        **seen,
    }


def _recommended(found: Found) -> dict[str, Any]:
    return {
        "uuid": found.uuid("recommendation"),
        "lifecycle": "recommendation",
        "title": "First step",
        "description": markdown(found.gap.remedy if found.gap else ""),
    }
