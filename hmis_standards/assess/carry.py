"""Answer once: what a person said of one item, proposed for the items that are the same duty."""

from __future__ import annotations

from hmis_standards.assess.answers import Assessment, Response
from hmis_standards.assess.evidence import fitting
from hmis_standards.assess.verdict import verdict
from hmis_standards.model import Item, Related
from hmis_standards.vocabulary import Status

__all__ = ["carry_over"]

# From the least to the most that can be said; where links disagree, the least is proposed.
_ORDER = (Status.NOT_MET, Status.PARTIAL, Status.MET)


def carry_over(assessment: Assessment, *, strength: int = 3) -> Assessment:
    """The assessment with proposals on items nobody has answered, from answers on items the crosswalk links to them.

    An item gets the status of an *equal* item. A part of an item that is met is proposed as met; of one that is not,
    nothing follows for its parts. Where several links speak, the least is proposed. Proposals do not count until a
    person confirms them; "not applicable" is never carried, since its reason belongs to one item. Only links of at
    least ``strength`` (1 to 3) are used, and only answers of people: a proposal leads to no other.
    """
    proposals = []
    for item in assessment.items():
        before = assessment.response(item.id)
        if before is not None and before.answer is not None:
            continue
        found = _speaking(assessment, item, strength)
        if found:
            proposals.append(_proposal(assessment, item, before, found))
    return assessment.with_responses(proposals)


def _speaking(assessment: Assessment, item: Item, strength: int) -> list[tuple[Status, Related]]:
    """The statuses that other items' answers give this one, the least first."""
    found = []
    for one in assessment.catalog.related(item.id):
        status = _status(assessment, one) if one.strength >= strength else None
        if status is not None:
            found.append((status, one))
    return sorted(found, key=lambda pair: (_ORDER.index(pair[0]), pair[1].id))


def _status(assessment: Assessment, related: Related) -> Status | None:
    if related.relation not in {"equal", "part of"} or related.id not in assessment.catalog:
        return None
    if assessment.catalog[related.id].document not in assessment.documents:
        return None
    status = verdict(assessment, related.id).status
    if status not in _ORDER or (related.relation == "part of" and status is not Status.MET):
        return None
    return status


def _proposal(
    assessment: Assessment, item: Item, before: Response | None, found: list[tuple[Status, Related]]
) -> Response:
    status, least = found[0]
    said = assessment.response(least.id)
    same = "Same duty as" if least.relation == "equal" else "Part of"
    return Response(
        item=item.id,
        answer=assessment.catalog.answer_for(item, status),
        note=(before.note if before else None) or f"{same} {least.id}, which was answered; confirm or replace.",
        reason=before.reason if before else None,
        evidence=(before.evidence if before else ()) or (fitting(said.evidence, item) if said else ()),
        proposed=True,
    )
