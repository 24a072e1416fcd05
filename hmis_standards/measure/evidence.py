"""From judgements and checks to proposals: what was measured, laid beside the items it speaks to. A person decides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from hmis_standards.assess.answers import Assessment, Response
from hmis_standards.assess.evidence import Evidence
from hmis_standards.measure.findings import Finding, FindingSet
from hmis_standards.measure.judging import Judgement, Judgements, shortfall, value_text
from hmis_standards.model import Catalog, CheckGroup, CheckSet, Item
from hmis_standards.store import load_checks
from hmis_standards.vocabulary import EvidenceKind, Judged, Severity, SpeaksTo, Status

__all__ = ["propose", "propose_from_checks"]

_STATUS = {Judged.MET: Status.MET, Judged.NEAR: Status.PARTIAL, Judged.BELOW: Status.NOT_MET}
_NOTE = "From a measurement of the HMIS CSV export; confirm or replace."
_CHECKED_NOTE = "From checks of an HMIS CSV export; look whether software or entry made the faults, then confirm."
_FAULTS = {Severity.HIGH_PRIORITY, Severity.ERROR}
_WORST_FIRST = (Judged.BELOW, Judged.NEAR, Judged.MET)


def propose(assessment: Assessment, judgements: Judgements, *, on: date | None = None) -> Assessment:
    """The assessment with evidence from measurement on items that nobody has answered.

    An item whose outcome is measured also gets an answer, marked as proposed: the worst of its benchmarks, each judged
    over the whole system, or over its worst project type where the benchmark has targets by project type only. "Met" is
    only proposed when every benchmark of the item was measured. An item that is about the practice of measuring gets
    evidence and no answer. Answers of people are never touched.

    Args:
        assessment: whose items are looked at.
        judgements: of ``judge``.
        on: the day of the evidence; the day of the judgements if left out.
    """
    day = on or judgements.on
    proposals = []
    for item in assessment.items():
        before = assessment.response(item.id)
        if before is not None and before.answer is not None and not before.proposed:
            continue
        proposal = _proposal(assessment.catalog, item, judgements, day, before)
        if proposal is not None:
            proposals.append(proposal)
    return assessment.with_responses(proposals)


def _proposal(
    catalog: Catalog, item: Item, judgements: Judgements, day: date, before: Response | None
) -> Response | None:
    measured = {one.benchmark: _above_projects(judgements.of(one.benchmark)) for one in item.measured_by}
    evidence = tuple(_evidence(name, found, day) for name, found in measured.items() if _counted(found))
    if not evidence:
        return None
    outcomes = [_deciding(measured[one.benchmark]) for one in item.measured_by if one.speaks_to is SpeaksTo.OUTCOME]
    status = _worst(outcomes)
    answer = catalog.answer_for(item, status) if status else None
    kept = tuple(one for one in (before.evidence if before else ()) if not _ours(one, measured))
    return Response(
        item=item.id,
        answer=answer,
        note=(before.note if before else None) or _NOTE,
        reason=before.reason if before else None,
        evidence=(*kept, *evidence),
        proposed=answer is not None,
    )


def _ours(one: Evidence, benchmarks: Iterable[str]) -> bool:
    """Whether the evidence is of an earlier proposal; what a person attached stays."""
    return one.kind is EvidenceKind.MEASUREMENT and any(f"({name}): " in one.title for name in benchmarks)


def _above_projects(found: tuple[Judgement, ...]) -> tuple[Judgement, ...]:
    """Judgements of the system and of project types; single projects would make every community fail."""
    return tuple(one for one in found if one.result is None or one.result.slice != "project")


def _deciding(found: tuple[Judgement, ...]) -> tuple[Judgement, ...]:
    """The judgement of the whole system where there is one: a small project type does not decide for everybody."""
    system = tuple(one for one in _counted(found) if one.result and one.result.slice == "system")
    return system or found


def _counted(found: tuple[Judgement, ...]) -> list[Judgement]:
    return [one for one in found if one.judged in _STATUS]


def _worst(outcomes: list[tuple[Judgement, ...]]) -> Status | None:
    """The status the outcomes speak for, or None where they do not suffice for one."""
    words = {one.judged for found in outcomes for one in _counted(found)}
    worst = next((word for word in _WORST_FIRST if word in words), None)
    complete = all(_counted(found) for found in outcomes)
    if worst is None or (worst is Judged.MET and not complete):
        return None
    return _STATUS[worst]


def _evidence(benchmark_id: str, found: tuple[Judgement, ...], day: date) -> Evidence:
    counted = _counted(found)
    tally = Counter(one.judged for one in counted)
    parts = ", ".join(f"{tally[word]} {word.label}" for word in (Judged.MET, Judged.NEAR, Judged.BELOW) if tally[word])
    word = next(word for word in _WORST_FIRST if tally[word])
    worst = max((one for one in counted if one.judged is word), key=_off)
    value = value_text(worst.result.value, worst.target, worst.benchmark.unit) if worst.result else ""
    which = "worst" if word is Judged.MET else "furthest off"
    title = f"{worst.benchmark.title} ({benchmark_id}): {parts}; {which} {value}"
    return Evidence(kind=EvidenceKind.MEASUREMENT, title=title, date=day)


def _off(one: Judgement) -> Fraction:
    """How far a judged value is on the bad side of its own target."""
    if one.result is None or one.target is None or one.result.value is None:
        raise ValueError("only what was judged against a target can be compared")
    return shortfall(one.result.value, one.target, one.benchmark.direction)


# --- from checks ---------------------------------------------------------------------------------------------


def propose_from_checks(
    assessment: Assessment, findings: FindingSet, *, on: date, checks: CheckSet | None = None
) -> Assessment:
    """The assessment with evidence from checks of an export, on items about the software that nobody has answered.

    An export that does not keep to HUD's format speaks against the item its fault is about: where a check of a high
    priority or an error flags anything, "not met" is proposed. Where none does, the item gets the evidence and no
    answer: one good export does not show that all are. Answers of people are never touched.

    Args:
        assessment: whose items are looked at, such as one of vendor monitoring.
        findings: of ``check``, on an export that the software wrote.
        on: the day of the export.
        checks: those the findings are of; the shipped ones if left out.
    """
    groups = [group for group in (checks or load_checks()).groups if group.evidence_for]
    proposals = []
    for item in assessment.items():
        before = assessment.response(item.id)
        about = {group.id: _of_group(findings, group) for group in groups if item.id in group.evidence_for}
        if about and (before is None or before.answer is None or before.proposed):
            proposals.append(_checked(assessment.catalog, item, about, on, before))
    return assessment.with_responses(proposals)


def _of_group(findings: FindingSet, group: CheckGroup) -> tuple[Finding, ...]:
    names = {check.id for check in group.checks}
    return tuple(one for one in findings if one.check.id in names and one.status != "not_applicable")


def _checked(
    catalog: Catalog, item: Item, about: dict[str, tuple[Finding, ...]], day: date, before: Response | None
) -> Response:
    faults = any(_is_fault(one) for found in about.values() for one in found)
    answer = catalog.answer_for(item, Status.NOT_MET) if faults else None
    kept = tuple(one for one in (before.evidence if before else ()) if not _ours(one, about))
    return Response(
        item=item.id,
        answer=answer,
        note=(before.note if before else None) or _CHECKED_NOTE,
        reason=before.reason if before else None,
        evidence=(*kept, *(_check_evidence(group, found, day) for group, found in about.items())),
        proposed=answer is not None,
    )


def _is_fault(one: Finding) -> bool:
    return one.count > 0 and one.check.severity in _FAULTS


def _check_evidence(group: str, found: tuple[Finding, ...], day: date) -> Evidence:
    faults = [one for one in found if _is_fault(one)]
    unmade = sum(one.status == "error" for one in found)
    told = f"{len(faults)} of {len(found)} found faults" if faults else f"none of {len(found)} found a fault"
    which = ": " + ", ".join(f"{one.check.id} {one.count:,}" for one in faults[:3]) if faults else ""
    more = f" and {len(faults) - 3} more" if len(faults) > 3 else ""
    lost = f"; {unmade} could not be made" if unmade else ""
    title = f"Checks of an export ({group}): {told}{which}{more}{lost}"
    return Evidence(kind=EvidenceKind.MEASUREMENT, title=title, date=day)
