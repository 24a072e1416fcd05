"""Where the subject stands: the score with its range, in parts, and the gates beside it."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve, frozen

from hmis_standards.assess import Gap, Gaps, Score, gaps, score
from hmis_standards.assess.gaps import urgency
from hmis_standards.model import Document
from hmis_standards.report.gate_view import GateView, gate_view
from hmis_standards.report.parts import ReportParts
from hmis_standards.report.reading import covered, waiting
from hmis_standards.report.svg import Svg, range_bar
from hmis_standards.report.words import (
    STATUS,
    VERDICT,
    Mark,
    anchor,
    count,
    coverage_text,
    range_text,
    score_text,
    whole,
)
from hmis_standards.tabular import percent_text
from hmis_standards.vocabulary import Status, Verdict

__all__ = [
    "BandView",
    "DocumentScore",
    "Figure",
    "PartRow",
    "Standing",
    "all_gaps",
    "score_bar",
    "standing",
    "total_score",
]


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


@frozen
class Figure:
    """A number of the headline with what it is."""

    text: str
    label: str


@frozen(kw_only=True)
class Standing:
    """The whole, ready for display."""

    verdict: Mark
    verdict_text: str
    gates: tuple[GateView, ...]
    value: str
    range: str
    coverage: str
    figures: tuple[Figure, ...]
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


def all_gaps(parts: ReportParts, total: Score) -> Gaps:
    """The gaps of all assessments in one order, with gains as shares of the total."""
    found: list[Gap] = []
    for one in parts.assessments:
        own = score(one, parts.as_of).applicable
        share = own / total.applicable if total.applicable else Fraction(0)
        found += [evolve(gap, gain=gap.gain * share, low=total.low) for gap in gaps(one, parts.as_of)]
    still_open = {gap.item.id for gap in found}
    linked = (evolve(gap, blocked_by=tuple(i for i in gap.item.requires if i in still_open)) for gap in found)
    return Gaps(sorted(linked, key=urgency))


def standing(parts: ReportParts, total: Score) -> Standing:
    """The view of the score. ``parts`` has at least one assessment."""
    counts = total.counts()
    return Standing(
        verdict=VERDICT[total.verdict],
        verdict_text=_VERDICT_TEXT[total.verdict],
        gates=tuple(gate_view(parts, total, result) for result in total.gates),
        value=score_text(total),
        range=range_text(total),
        coverage=coverage_text(total),
        figures=_figures(total),
        coverage_text=_coverage_text(total),
        bar=score_bar("Score of all documents", total),
        rating=total.rating.label if total.rating else "No rating",
        rating_text=_rating_text(total),
        provisional=_provisional(total),
        counts=tuple((STATUS[status], counts[status]) for status in Status if counts[status]),
        bands=_bands(total),
        documents=tuple(_document(one, total) for _, one in covered(parts)),
    )


def _figures(total: Score) -> tuple[Figure, ...]:
    """The headline. Where too little was answered for a rating, the range leads."""
    label = "provisional rating" if total.provisional and total.rating else "rating"
    value = Figure(score_text(total), "of what was assessed")
    span = Figure(range_text(total), "possible range")
    return (
        *((value, span) if total.rating else (span, value)),
        Figure(coverage_text(total), "of the weight assessed"),
        Figure(total.rating.label if total.rating else "No rating", label),
    )


def _rating_text(total: Score) -> str:
    if total.rating:
        return total.rating.text
    return "Too little was answered for a rating." if total.assessed else "Nothing was assessed that could be rated."


_VERDICT_TEXT = {
    Verdict.PASS: "Every gate passes.",
    Verdict.FAIL: "At least one gate fails. Points earned elsewhere cannot make up for it.",
    Verdict.CANNOT_SAY: (
        "No gate fails on what is known, and at least one waits for answers. Unknown is neither a pass nor a fail."
    ),
    Verdict.NO_GATE: "No gate looks at any of these items, so there is neither a pass nor a fail.",
}


def _coverage_text(total: Score) -> str:
    unknown = waiting(total)
    if not unknown:
        return "Every item that applies has an answer."
    verb = "has" if unknown == 1 else "have"
    return f"{count(unknown, 'item')} {verb} no confirmed answer. They count as unknown, not as unmet."


def _provisional(total: Score) -> str:
    """What the coverage means for the rating, where it is too small for a firm one."""
    if not total.provisional or total.value is None:
        return ""
    firm, least = percent_text(total.ratings.provisional_below), percent_text(total.ratings.minimum_coverage)
    seen = f"only {coverage_text(total)} of the weight was assessed"
    if total.rating is None:
        return f"No rating: {seen}; a rating is given from {least} and stands from {firm}."
    return f"Provisional: {seen}; a rating stands from {firm}."


def score_bar(title: str, part: Score) -> Svg | None:
    """What is in place, unknown and missing, with a line at the score; None where nothing applies."""
    low, high = part.low, part.high
    if low is None or high is None:
        return None
    shares = f"In place {whole(low)}, unknown {whole(high - low)}, missing {whole(1 - high)}"
    desc = f"{shares} of the weight. Score of what was assessed: {score_text(part)}."
    return range_bar(title, desc, low=low, high=high, value=part.value)


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
        subtitle=f"{_ground(document)}; {count(len(own), 'item')}",
        sections=sections,
    )


def _ground(document: Document) -> str:
    """Which of HUD's nine products the document goes with; local requirements go with none."""
    return f"Covers the ground of HUD product {document.number}" if document.number else "Set locally"


def _part(title: str, link: str, part: Score) -> PartRow:
    counts = part.counts()
    applies = len(part) - counts[Status.NOT_APPLICABLE]
    return PartRow(
        title=title,
        bar=score_bar(title, part),
        value=score_text(part),
        range=range_text(part),
        coverage=coverage_text(part),
        met=f"{counts[Status.MET]} of {applies}",
        link=link,
    )
