"""An assessment in OSCAL: its plan, and its results."""

from __future__ import annotations

from typing import Any

from hmis_standards.assess import Assessment, Score, score
from hmis_standards.exchange.oscal.findings import Found, found_in
from hmis_standards.exchange.oscal.heads import (
    cited,
    file_resource,
    metadata,
    people,
    resource,
    scope,
    subject_uuid,
)
from hmis_standards.exchange.oscal.names import control_id, moment, one_uuid, props, sealed
from hmis_standards.tabular import decimal_text
from hmis_standards.vocabulary import Status

__all__ = ["PLAN_FILE", "PROFILE_FILE", "oscal_assessment_plan", "oscal_assessment_results"]

PLAN_FILE, PROFILE_FILE = "assessment-plan.json", "profile.json"
_NO_SSP = one_uuid("no system security plan")
_NO_SSP_TEXT = (
    "OSCAL makes an assessment plan import a system security plan. There is none: what is assessed is the work of an "
    "organization on standards for an HMIS, and no security plan in OSCAL was given. This resource stands in its "
    "place and holds nothing. The controls are those of the profile."
)
_PLAN_REMARKS = "Which controls are assessed, of whom, by whom and when. Written from the assessment itself."
_RESULTS_REMARKS = (
    "A finding stands only where an item was judged: satisfied if it is met, not satisfied if it is partly met or not "
    "met (the properties tell which). What is not applicable has an observation with its reason and no finding. What "
    "nobody answered is not among the reviewed controls. An answer that a measurement proposed and nobody confirmed "
    "counts as no answer."
)


def oscal_assessment_plan(assessment: Assessment) -> dict[str, Any]:
    """The assessment as it was set up, as an OSCAL 1.1.3 assessment plan: which controls, of whom, by whom, when.

    Raises ValueError for a date that OSCAL cannot say.
    """
    day = moment(assessment.date)
    whom = {"type": "party", "include-subjects": [{"subject-uuid": subject_uuid(assessment), "type": "party"}]}
    head = metadata(
        f"Assessment of {assessment.subject.name}",
        assessment.date,
        assessment.date.isoformat(),
        _PLAN_REMARKS,
        **_head(assessment),
    )
    files = [
        resource(_NO_SSP, "No system security plan", _NO_SSP_TEXT),
        file_resource(PROFILE_FILE, "The profile whose controls are assessed."),
    ]
    body = {
        "metadata": head,
        "import-ssp": {"href": f"#{_NO_SSP}", "remarks": "There is none; see the resource."},
        "reviewed-controls": _reviewed(
            assessment, [item.id for item in assessment.items()], "All controls of the profile."
        ),
        "assessment-subjects": [whom],
        "tasks": [
            {
                "uuid": one_uuid("assessment", *scope(assessment), assessment.date),
                "type": "action",
                "title": "Assessment",
                "timing": {"on-date": {"date": day}},
                "subjects": [whom],
                "responsible-roles": [{"role-id": "assessor"}],
            }
        ],
        **cited(files),
    }
    return sealed("assessment-plan", body)


def oscal_assessment_results(assessment: Assessment) -> dict[str, Any]:
    """What the assessment found, as OSCAL 1.1.3 assessment results.

    Observations with their evidence wherever something was said; findings where an item was judged; a risk for each
    gap. Not applicable and not assessed are never findings. Scores are exact to six decimals.

    Raises ValueError for a date that OSCAL cannot say.
    """
    found = list(found_in(assessment))
    reached = score(assessment)
    reviewed = [one.item for one in found if one.judged or one.line.status is Status.NOT_APPLICABLE]
    told = "Controls that were judged or are not applicable." if reviewed else "No control was judged."
    result = {
        "uuid": one_uuid("result", *scope(assessment), assessment.date),
        "title": f"Result of {assessment.date}",
        "description": _summary(reached),
        "start": moment(assessment.date),
        "end": moment(assessment.date),
        "props": _scores(reached),
        "reviewed-controls": _reviewed(assessment, reviewed, told),
        **_lists(found),
    }
    head = metadata(
        f"Results for {assessment.subject.name}",
        assessment.date,
        assessment.date.isoformat(),
        _RESULTS_REMARKS,
        **_head(assessment),
    )
    return sealed("assessment-results", {"metadata": head, "import-ap": {"href": PLAN_FILE}, "results": [result]})


def _head(assessment: Assessment) -> dict[str, Any]:
    facts = [("edition", assessment.edition), *(("document", one) for one in assessment.documents)]
    layers = [("layer", layer) for layer in (assessment.profile or "").split("; ")]
    return {"props": props([*facts, *layers]), **people(assessment)}


def _reviewed(assessment: Assessment, items: list[str], description: str) -> dict[str, Any]:
    """These controls. None at all is said as all but all: a selection that says nothing is read as all."""
    listed = [{"control-id": control_id(item)} for item in items or (item.id for item in assessment.items())]
    chosen = {"include-controls": listed} if items else {"include-all": {}, "exclude-controls": listed}
    return {"control-selections": [{"description": description, **chosen}]}


def _lists(found: list[Found]) -> dict[str, Any]:
    lists: dict[str, list[dict[str, Any] | None]] = {
        "observations": [one.observation() for one in found],
        "risks": [one.risk() for one in found],
        "findings": [one.finding() for one in found],
    }
    kept = {name: [one for one in listed if one] for name, listed in lists.items()}
    return {name: listed for name, listed in kept.items() if listed}


def _summary(reached: Score) -> str:
    counts = ", ".join(f"{status.label} {number}" for status, number in reached.counts().items())
    return f"Items: {counts}."


def _scores(reached: Score) -> list[dict[str, str]]:
    named = {"score": reached.value, "low": reached.low, "high": reached.high, "coverage": reached.coverage}
    shares = [(name, decimal_text(share, 6)) for name, share in named.items()]
    rating = reached.rating.label if reached.rating else None
    counts = [(f"items-{status.value.replace('_', '-')}", number) for status, number in reached.counts().items()]
    return props([*shares, ("verdict", reached.verdict), ("rating", rating), *counts])
