"""Every item of the checklist with what was said on it, and the proposals that wait for a person."""

from __future__ import annotations

from attrs import frozen

from hmis_standards.assess import Assessment, Evidence, Line, Response, Score
from hmis_standards.assess.explain import points_text
from hmis_standards.model import Alignment, FieldChange, Item
from hmis_standards.report.cuts import CUTS, Cut
from hmis_standards.report.parts import ReportParts
from hmis_standards.report.reading import covered
from hmis_standards.report.words import STATUS, Mark, anchor, cap, count, day_text, status_mark
from hmis_standards.vocabulary import EvidenceKind, SpeaksTo, Status

__all__ = ["DocumentItems", "ItemView", "ProposalRow", "SectionItems", "document_items", "proposals"]


@frozen(kw_only=True)
class ItemView:
    """One item and its answer. ``binding`` says how firmly it binds, on what basis, and how well that is known.

    ``number`` is HUD's, where an alignment was given; ``tailored`` says what profiles changed and why. ``points`` is
    what the item gives to the score, in workings. ``sources`` names all that it cites; ``in_effect`` what binds, and
    how many others there are.
    """

    anchor: str
    id: str
    number: str
    title: str
    text: str
    mark: Mark
    answer: str
    reason: str
    note: str
    evidence: tuple[str, ...]
    binding: str
    points: str
    sources: str
    in_effect: str
    tailored: tuple[str, ...]


@frozen(kw_only=True)
class SectionItems:
    """The items of a section; ``summary`` is a line of counts."""

    anchor: str
    title: str
    text: str
    summary: str
    items: tuple[ItemView, ...]


@frozen(kw_only=True)
class DocumentItems:
    """The sections of a document."""

    title: str
    sections: tuple[SectionItems, ...]


@frozen(kw_only=True)
class ProposalRow:
    """A measurement beside an item. ``mark`` is the answer it proposes, None where it only shows a practice."""

    link: str
    item: str
    title: str
    mark: Mark | None
    remark: str
    evidence: tuple[str, ...]


def document_items(parts: ReportParts, total: Score, cut: Cut = CUTS["all"]) -> tuple[DocumentItems, ...]:
    """All items of all documents covered."""
    lines = {line.item.id: line for line in total.lines}
    return tuple(
        DocumentItems(
            title=document.title,
            sections=tuple(
                SectionItems(
                    anchor=anchor("section", f"{document.id}/{section.id}"),
                    title=section.title,
                    text=section.text,
                    summary=_summary(own),
                    items=tuple(_item(assessment, line, parts.alignment, cut) for line in own),
                )
                for section in document.sections
                if (own := [lines[item.id] for item in document.section(section.id) if item.id in lines])
            ),
        )
        for assessment, document in covered(parts)
    )


def _summary(lines: list[Line]) -> str:
    counts = [(STATUS[status].word.lower(), sum(line.status is status for line in lines)) for status in Status]
    return ", ".join(f"{number} {word}" for word, number in counts if number)


def _item(assessment: Assessment, line: Line, alignment: Alignment | None, cut: Cut) -> ItemView:
    item, response = line.item, assessment.response(line.item.id)
    said = response or Response(item=item.id)
    return ItemView(
        anchor=anchor("item", item.id),
        id=item.id,
        number=alignment.label(item.id) if alignment else "",
        title=item.title,
        text=item.text,
        mark=status_mark(line.status, response),
        answer=_answer(assessment, item, said),
        reason=_reason(line, said),
        note=said.note or "",
        evidence=tuple(_evidence(one) for one in said.evidence) if cut.answers else (),
        binding=f"{cap(item.obligation.label)} · {item.basis.label} · confidence {item.confidence}",
        points=_points(line) if cut.workings else "",
        sources=_sources(assessment, item),
        in_effect=_in_effect(assessment, item),
        tailored=tuple(_tailored(one) for one in item.changes),
    )


def _tailored(one: FieldChange) -> str:
    """What a profile changed. Texts are long and are not repeated."""
    values = f": {one.before or 'none'} became {one.after or 'none'}"
    long = len(values) > 120
    return f"{one.layer} changed {one.field}{'' if long else values}. {one.reason}"


def _answer(assessment: Assessment, item: Item, said: Response) -> str:
    if said.answer is None:
        return "None"
    known = assessment.catalog.standing(item, said.answer)
    label = known.label if known else cap(said.answer.replace("_", " "))
    return f"{label} (proposed, not confirmed)" if said.proposed else label


def _reason(line: Line, said: Response) -> str:
    """The verdict's reason where it says more than the status does, and else the reason given with the answer."""
    plain = line.status is Status.NOT_ASSESSED
    return cap((said.reason or "") if plain else (line.verdict.reason or said.reason or ""))


def _evidence(one: Evidence) -> str:
    dated = f", {day_text(one.date)}" if one.date else ", undated"
    place = f", {one.location}" if one.location else ""
    return f"{cap(one.kind.label)}: {one.title}{dated}{place}"


def _sources(assessment: Assessment, item: Item) -> str:
    cited = []
    for one in item.citations:
        at = f", {one.at}" if one.at else ""
        source = assessment.catalog.source(one.source)
        cited.append(f"{source.citation}{at}{'' if source.in_effect else f' ({source.status.label}, not binding)'}")
    return "; ".join(cited)


def _in_effect(assessment: Assessment, item: Item) -> str:
    """What binds, with where in it; of the rest, which the list of sources names, only how many."""
    sources = [(assessment.catalog.source(one.source), one.at) for one in item.citations]
    binding = [f"{one.citation}, {at}" if at else one.citation for one, at in sources if one.in_effect]
    others = len(sources) - len(binding)
    rest = f"{count(others, 'source')} not binding" if others else ""
    return "; ".join([*binding, rest] if rest else binding)


def _points(line: Line) -> str:
    """Weight times credit, and out of how much, exactly."""
    if line.status is Status.NOT_APPLICABLE:
        return "Left out"
    weight = points_text(line.weight)
    if line.verdict.credit is None:
        return f"Weight {weight}, not assessed"
    return f"{weight} × {points_text(line.verdict.credit)} = {points_text(line.earned)} of {weight}"


def proposals(parts: ReportParts) -> tuple[ProposalRow, ...]:
    """Items with a proposed answer first, then those with measured evidence and no answer."""
    found = [
        _proposal(one, response)
        for one in parts.assessments
        for response in one.responses
        if response.proposed or (response.answer is None and _measured(response))
    ]
    return tuple(sorted(found, key=lambda row: row.mark is None))


def _measured(response: Response) -> tuple[Evidence, ...]:
    return tuple(one for one in response.evidence if one.kind is EvidenceKind.MEASUREMENT)


def _silence(item: Item) -> str:
    """Why nothing is proposed."""
    if any(one.speaks_to is SpeaksTo.OUTCOME for one in item.measured_by):
        return "too little was measured to propose one"
    return "the data shows the practice, not its outcome"


def _proposal(assessment: Assessment, response: Response) -> ProposalRow:
    item = assessment.catalog[response.item]
    known = assessment.catalog.standing(item, response.answer) if response.answer else None
    return ProposalRow(
        link=anchor("item", item.id),
        item=item.id,
        title=item.title,
        mark=STATUS[known.status] if known else None,
        remark="awaits a person" if known else _silence(item),
        evidence=tuple(one.title for one in _measured(response) or response.evidence),
    )
