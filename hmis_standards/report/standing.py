"""Where the subject stands: the score with its range, in parts, and the gates beside it."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve, frozen

from hmis_standards.assess import Assessment, Gap, GateResult, Line, Score, gaps, score
from hmis_standards.assess.gaps import urgency
from hmis_standards.model import Catalog, Document
from hmis_standards.report.parts import ReportParts
from hmis_standards.report.svg import Svg, range_bar
from hmis_standards.report.words import (
    STATUS,
    VERDICT,
    Mark,
    anchor,
    cap,
    count,
    coverage_text,
    range_text,
    score_text,
    status_mark,
)
from hmis_standards.tabular import percent_text
from hmis_standards.vocabulary import Status, Verdict

__all__ = [
    "BandView",
    "DecidingRow",
    "DocumentScore",
    "GateView",
    "PartRow",
    "Standing",
    "all_gaps",
    "standing",
    "total_score",
]

OPEN = (Status.NOT_ASSESSED, Status.ERROR)


@frozen(kw_only=True)
class BandView:
    """A band of the rating: its name, from where it counts, what it means, and how wide it is in percent."""

    label: str
    start: str
    text: str
    width: str
    here: bool


@frozen(kw_only=True)
class PartRow:
    """A document or a section in numbers."""

    title: str
    bar: Svg | None
    value: str
    range: str
    coverage: str
    met: str
    link: str


@frozen(kw_only=True)
class DocumentScore:
    """A document with its sections."""

    whole: PartRow
    subtitle: str
    sections: tuple[PartRow, ...]


@frozen(kw_only=True)
class DecidingRow:
    """An item on which a gate hangs."""

    link: str
    item: str
    title: str
    mark: Mark
    reason: str
    authority: str


@frozen(kw_only=True)
class GateView:
    """A gate: what it asks, how it stands, and the items that decide."""

    title: str
    text: str
    mark: Mark
    sentence: str
    deciding: tuple[DecidingRow, ...]


@frozen(kw_only=True)
class Standing:
    """The whole, ready for display."""

    verdict: Mark
    verdict_text: str
    gates: tuple[GateView, ...]
    value: str
    range: str
    coverage: str
    coverage_text: str
    bar: Svg | None
    rating: str
    rating_text: str
    provisional: str
    counts: tuple[tuple[Mark, int], ...]
    bands: tuple[BandView, ...]
    documents: tuple[DocumentScore, ...]


def total_score(parts: ReportParts) -> Score | None:
    """The scores of all assessments added up; None without an assessment."""
    scores = [score(one, parts.as_of) for one in parts.assessments]
    return sum(scores[1:], scores[0]) if scores else None


def all_gaps(parts: ReportParts, total: Score) -> tuple[Gap, ...]:
    """The gaps of all assessments in one order, with gains as shares of the total."""
    found: list[Gap] = []
    for one in parts.assessments:
        own = score(one, parts.as_of).applicable
        share = own / total.applicable if total.applicable else Fraction(0)
        found += [evolve(gap, gain=gap.gain * share, low=total.low or Fraction(0)) for gap in gaps(one, parts.as_of)]
    still_open = {gap.item.id for gap in found}
    linked = (evolve(gap, blocked_by=tuple(i for i in gap.item.requires if i in still_open)) for gap in found)
    return tuple(sorted(linked, key=urgency))


def standing(parts: ReportParts, total: Score) -> Standing:
    """The view of the score. ``parts`` has at least one assessment."""
    counts = total.counts()
    return Standing(
        verdict=VERDICT[total.verdict],
        verdict_text=_verdict_text(total),
        gates=tuple(_gate(parts, total, result) for result in total.gates),
        value=score_text(total),
        range=range_text(total),
        coverage=coverage_text(total),
        coverage_text=_coverage_text(total),
        bar=_bar("bar-total", "Score of all documents", total),
        rating=total.rating.label if total.rating else "No rating",
        rating_text=total.rating.text if total.rating else "Nothing was assessed that could be rated.",
        provisional=_provisional(total),
        counts=tuple((STATUS[status], counts[status]) for status in Status if counts[status]),
        bands=_bands(total),
        documents=tuple(_document(one, total) for one in _documents(parts)),
    )


def _documents(parts: ReportParts) -> list[Document]:
    return [one.catalog.document(name) for one in parts.assessments for name in one.documents]


def _verdict_text(total: Score) -> str:
    if total.verdict is Verdict.PASS:
        return "Every gate passes."
    if total.verdict is Verdict.FAIL:
        return "At least one gate fails. Points earned elsewhere cannot make up for it."
    return "No gate fails on what is known, and at least one waits for answers. Unknown is neither a pass nor a fail."


def _coverage_text(total: Score) -> str:
    waiting = sum(total.counts()[status] for status in OPEN)
    if not waiting:
        return "Every item that applies has an answer."
    verb = "has" if waiting == 1 else "have"
    return f"{count(waiting, 'item')} {verb} no confirmed answer. They count as unknown, not as unmet."


def _provisional(total: Score) -> str:
    if not total.provisional or total.rating is None:
        return ""
    least = percent_text(total.ratings.provisional_below)
    return f"Provisional: only {coverage_text(total)} of the weight was assessed; a rating stands from {least}."


def _bar(uid: str, title: str, part: Score) -> Svg | None:
    low, high = part.low, part.high
    if low is None or high is None:
        return None
    shares = f"In place {percent_text(low)}, unknown {percent_text(high - low)}, missing {percent_text(1 - high)}"
    desc = f"{shares} of the weight. Score of what was assessed: {score_text(part)}."
    return range_bar(uid, title, desc, low=low, high=high, value=part.value)


def _bands(total: Score) -> tuple[BandView, ...]:
    ordered = sorted(total.ratings.bands, key=lambda band: band.minimum)
    ends = [*(band.minimum for band in ordered[1:]), Fraction(1)]
    return tuple(
        BandView(
            label=band.label,
            start=percent_text(band.minimum),
            text=band.text,
            width=f"{float((end - band.minimum) * 100):g}",
            here=total.rating == band,
        )
        for band, end in zip(ordered, ends, strict=True)
    )


def _document(document: Document, total: Score) -> DocumentScore:
    own = total.by("document")[document.id]
    parts = own.by("section")
    sections = tuple(
        _part(section.title, anchor("section", key), parts[key])
        for section in document.sections
        if (key := f"{document.id}/{section.id}") in parts
    )
    return DocumentScore(
        whole=_part(document.title, anchor("document", document.id), own),
        subtitle=f"Covers the ground of HUD product {document.number}; {count(len(own), 'item')}",
        sections=sections,
    )


def _part(title: str, link: str, part: Score) -> PartRow:
    counts = part.counts()
    applies = len(part) - counts[Status.NOT_APPLICABLE]
    return PartRow(
        title=title,
        bar=_bar(f"bar-{link}", title, part),
        value=score_text(part),
        range=range_text(part),
        coverage=coverage_text(part),
        met=f"{counts[Status.MET]} of {applies}",
        link=link,
    )


def _gate(parts: ReportParts, total: Score, result: GateResult) -> GateView:
    return GateView(
        title=result.gate.title,
        text=result.gate.text,
        mark=VERDICT[result.verdict],
        sentence=gate_sentence(total, result),
        deciding=tuple(_deciding(parts, total.line(item)) for item in result.deciding),
    )


def gate_sentence(total: Score, result: GateResult) -> str:
    """How the gate stands and why, in counts."""
    seen = [line for line in total.lines if line.under(result.gate) and line.status is not Status.NOT_APPLICABLE]
    waiting = sum(line.status in OPEN for line in seen)
    among, number = count(len(seen), f"{result.gate.obligation.value} item"), len(result.deciding)
    if result.verdict is Verdict.FAIL:
        rest = f"; {waiting} more {'has' if waiting == 1 else 'have'} no confirmed answer" if waiting else ""
        verb = "is" if number == 1 else "are"
        return f"{number} of {among} {verb} not met or only partly met{rest}."
    if result.verdict is Verdict.CANNOT_SAY:
        verb = "has" if number == 1 else "have"
        return f"{number} of {among} {verb} no confirmed answer; none is known to be unmet."
    if not seen:
        return "No item of these checklists falls under it."
    return f"{among} that {'applies' if len(seen) == 1 else 'apply'}: all met."


def _deciding(parts: ReportParts, line: Line) -> DecidingRow:
    assessment = assessment_of(parts, line)
    return DecidingRow(
        link=anchor("item", line.item.id),
        item=line.item.id,
        title=line.item.title,
        mark=status_mark(line.status, assessment.response(line.item.id)),
        reason=cap(line.verdict.reason),
        authority=_authority(assessment.catalog, line),
    )


def assessment_of(parts: ReportParts, line: Line) -> Assessment:
    """The assessment that covers the item of the line."""
    return next(one for one in parts.assessments if line.item.document in one.documents)


def _authority(catalog: Catalog, line: Line) -> str:
    binding = [catalog.source(one.source) for one in line.item.citations if catalog.source(one.source).in_effect]
    return binding[0].citation if binding else ""
