"""The parts of a report as a reader may have them: fewer documents, and no word that others wrote for themselves."""

from __future__ import annotations

from attrs import evolve

from hmis_standards.assess import Assessment, Response
from hmis_standards.report.cuts import Cut
from hmis_standards.report.parts import ReportParts

__all__ = ["narrowed"]

_KEPT = "The reason is kept with the assessment."


def narrowed(parts: ReportParts, cut: Cut) -> ReportParts:
    """The parts that this cut starts from.

    Where the cut is of some products only, everything else is left out before anything is counted, so the score, the
    gates and the gaps are of those documents. Where answers are not shown, notes, reasons and titles of evidence are
    taken away here, so that no view can show them.
    """
    if not cut.products:
        return parts
    return evolve(
        parts,
        assessments=_all_narrowed(parts.assessments, cut),
        before=(),
        measures=None,
        judgements=None,
        hud=None,
        export_facts=None,
        plan=None,
        measures_before=(),
        projects=(),
        project_findings=None,
    )


def _all_narrowed(assessments: tuple[Assessment, ...], cut: Cut) -> tuple[Assessment, ...]:
    found = (_narrowed(one, cut) for one in assessments)
    return tuple(one for one in found if one is not None)


def _narrowed(one: Assessment, cut: Cut) -> Assessment | None:
    kept = [name for name in one.documents if one.catalog.document(name).number in cut.products]
    if not kept:
        return None
    items = {item.id for item in one.items() if item.document in kept}
    responses = (response for response in one.responses if response.item in items)
    return evolve(
        one,
        documents=tuple(kept),
        responses=tuple(response if cut.answers else _bare(response) for response in responses),
        archive=(),
    )


def _bare(response: Response) -> Response:
    """The answer with the dates of its evidence, on which the score rests, and nothing that somebody wrote."""
    bare = tuple(evolve(one, title=one.kind.label, location=None) for one in response.evidence)
    return evolve(response, note=None, reason=_KEPT if response.reason else None, evidence=bare, decided_by=None)
