"""From a vendor's claims to proposed answers of a buyer's own assessment. A person decides."""

from __future__ import annotations

from hmis_standards.assess import Assessment, Evidence, Response
from hmis_standards.model import Claim, Declaration
from hmis_standards.vocabulary import ClaimWord, EvidenceKind, Status

__all__ = ["propose_claims"]

_STATUS = {
    ClaimWord.AVAILABLE: Status.MET,
    ClaimWord.EXTRA_COST: Status.PARTIAL,
    ClaimWord.PLANNED: Status.NOT_MET,
    ClaimWord.NOT_AVAILABLE: Status.NOT_MET,
}


def propose_claims(assessment: Assessment, declaration: Declaration) -> Assessment:
    """The assessment with the vendor's claims as proposed answers, on items that nobody has answered.

    Available is proposed as met, at extra cost as partly met, planned and not available as not met; not applicable with
    the vendor's reason. Each has the declaration as evidence, which proves only that it was said. A proposed answer
    does not count until a person confirms it.

    Raises ValueError for a declaration of another edition.
    """
    if declaration.edition != assessment.edition:
        raise ValueError(f"the declaration is for edition {declaration.edition}, the answers for {assessment.edition}")
    proposals = []
    for item in assessment.items():
        claim, before = declaration.claim(item.id), assessment.response(item.id)
        if claim is None or (before is not None and before.answer is not None and not before.proposed):
            continue
        proposals.append(_response(assessment, claim, declaration, before))
    return assessment.with_responses(proposals)


def _response(assessment: Assessment, claim: Claim, declaration: Declaration, before: Response | None) -> Response:
    said = f"{declaration.label}: {claim.claim.label}"
    evidence = Evidence(kind=EvidenceKind.DOCUMENT, title=f"Declaration of the vendor, {said}", date=declaration.date)
    kept = before.evidence if before else ()
    answer, reason = _answer(assessment, claim)
    return Response(
        item=claim.item,
        answer=answer,
        note=(before.note if before else None) or "The vendor's claim; confirm by looking.",
        reason=reason or (before.reason if before else None),
        evidence=kept if evidence in kept else (*kept, evidence),
        proposed=answer is not None,
    )


def _answer(assessment: Assessment, claim: Claim) -> tuple[str | None, str | None]:
    """The answer a claim speaks for, and the reason where it is not applicable."""
    if claim.claim is ClaimWord.NOT_APPLICABLE:
        return "not_applicable", claim.note
    return assessment.catalog.answer_for(assessment.catalog[claim.item], _STATUS[claim.claim]), None
