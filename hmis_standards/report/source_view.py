"""The authorities that the page rests on, and how its numbers come about."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from hmis_standards._version import __version__
from hmis_standards.model import Catalog, Citation, Ratings, Source
from hmis_standards.report.parts import ReportParts
from hmis_standards.report.reading import covered
from hmis_standards.report.words import cap, day_text, joined
from hmis_standards.tabular import decimal_text, percent_text
from hmis_standards.vocabulary import GateKind, Origin, Read

__all__ = ["MethodNote", "SourceGroup", "SourceRow", "limits", "method_notes", "source_groups"]

_READ = {
    Read.TEXT: "Text read by this project",
    Read.SECOND: "Known second hand",
    Read.MEMORY: "From general knowledge; check before quoting",
}


@frozen(kw_only=True)
class SourceRow:
    """One authority."""

    citation: str
    title: str
    publisher: str
    standing: str
    read: str
    url: str


@frozen(kw_only=True)
class SourceGroup:
    """Authorities in effect, or the others."""

    title: str
    text: str
    shape: str
    rows: tuple[SourceRow, ...]


@frozen(kw_only=True)
class MethodNote:
    """A paragraph on method with its heading."""

    title: str
    text: str


def source_groups(parts: ReportParts, catalog: Catalog | None) -> tuple[SourceGroup, ...]:
    """The sources cited by the items covered and the benchmarks used: those in effect, then the others."""
    if catalog is None:
        return ()
    known = {one.id: one for one in catalog.sources}
    cited = {one.source for one in _citations(parts)}
    found = sorted((known[one] for one in cited if one in known), key=lambda one: (one.citation.lower(), one.id))
    groups = (
        ("In effect", "These bind somebody today.", "●", True),
        ("Not in effect", "Guidance, practice, proposals, past notices. They explain and do not bind.", "○", False),
    )
    return tuple(
        SourceGroup(title=title, text=text, shape=shape, rows=tuple(map(_row, own)))
        for title, text, shape, wanted in groups
        if (own := [one for one in found if one.in_effect is wanted])
    )


def _citations(parts: ReportParts) -> Iterable[Citation]:
    for assessment in parts.assessments:
        for item in assessment.items():
            yield from item.citations
    if parts.judgements is not None:
        for benchmark in parts.judgements.benchmarks.benchmarks:
            yield from benchmark.citations


def _row(source: Source) -> SourceRow:
    url = source.url or ""
    return SourceRow(
        citation=source.citation,
        title=source.title,
        publisher=source.publisher,
        standing=cap(source.status.label),
        read=_READ[source.read],
        url=url if url.startswith(("https://", "http://")) else "",
    )


def method_notes(parts: ReportParts, catalog: Catalog | None) -> tuple[MethodNote, ...]:
    """Whose words and numbers these are, and how they were worked out."""
    notes = [*_document_notes(parts)]
    if parts.assessments:
        notes += _score_notes(parts.assessments[0].catalog.ratings)
    if parts.measures or parts.judgements or parts.hud:
        notes.append(MethodNote(title="Measurement", text=_measurement(parts)))
    notes.append(MethodNote(title="Confidence", text=_CONFIDENCE))
    notes.append(MethodNote(title="Version", text=_version(parts, catalog)))
    return tuple(notes)


def limits(parts: ReportParts, catalog: Catalog | None) -> tuple[str, ...]:
    """What a board should know of the numbers, in four lines at most."""
    measured = parts.measures or parts.judgements or parts.hud
    told = [*((_OURS, _RANGE) if parts.assessments else ()), *((_COUNTS,) if measured else ())]
    return (*told, _version(parts, catalog))


_OURS = (
    "Items, weights, bands and gates are this project’s own wording and conventions unless they cite a rule. Whether a "
    "rule was broken is for its text and its enforcer."
)
_RANGE = (
    "The score is what was earned out of what was assessed. The low end of the range counts every item without a "
    "confirmed answer as not met, the high end as met."
)
_COUNTS = (
    "Measured results are counts of records against targets. What was not measured is unknown, neither good nor bad."
)

_CONFIDENCE = (
    "Each item and benchmark carries a letter. A: this project read the text behind it. B: the text is known second "
    "hand. C: general knowledge, or this project's own."
)
_WORDING = (
    "Items, sections and ids are this project's own, not HUD's wording or numbering. An item is called required only "
    "where it cites a rule, and the gate looks at it only where that rule is in effect."
)
_GATE = (
    "A gate stands beside the score. It tests required items as this project words them: the item cites the rule, and "
    "its rhythm, evidence and time limits are ours unless the item says that the rule sets them. So a gate that fails "
    "says that such an item is not fully met; whether the rule itself was broken is for the rule's text and its "
    "enforcer. Where nobody here has read that text, the page says so beside the citation."
)

_PARTS_GATE = (
    "A gate on sections or documents fails only where the minimum is out of reach with all that is unanswered counted "
    "as met, and passes only where it is reached with none of it; shares are compared exactly. Its minimum was chosen "
    "by whoever tailored this assessment."
)


def _document_notes(parts: ReportParts) -> list[MethodNote]:
    notes = [MethodNote(title=one.title, text=one.notice) for _, one in covered(parts)]
    return [MethodNote(title="Whose words", text=_WORDING), *notes] if notes else []


def _score_notes(ratings: Ratings) -> list[MethodNote]:
    weights = joined(f"{one.obligation.label} {_short(decimal_text(one.weight, 2))}" for one in ratings.weights)
    bands = joined(f"{one.label} from {percent_text(one.minimum)}" for one in ratings.bands)
    whose = "They are conventions of this project, not HUD's." if ratings.origin is Origin.CONVENTION else ""
    return [
        MethodNote(
            title="Score",
            text=(
                f"Items weigh by how firmly they bind: {weights}. Met earns the full weight, partly met a share of "
                "it, not met nothing; an item that does not apply is left out. The score is what was earned out of "
                "what was assessed. The low end of the range counts every item without a confirmed answer as not met, "
                "the high end as met."
            ),
        ),
        MethodNote(title="Ratings", text=f"{bands}. {_coverage_needed(ratings)} {whose}".strip()),
        MethodNote(title="Gates", text=_gates(ratings)),
        MethodNote(
            title="Evidence",
            text=(
                "Where an item demands evidence and it is missing, undated or too old, an answer of met counts as "
                "partly met. Proposals from measurement do not count until a person confirms them."
            ),
        ),
    ]


def _gates(ratings: Ratings) -> str:
    on_parts = any(gate.kind is not GateKind.ITEMS for gate in ratings.gates)
    return f"{_GATE} {_PARTS_GATE}" if on_parts else _GATE


def _coverage_needed(ratings: Ratings) -> str:
    firm, least = percent_text(ratings.provisional_below), percent_text(ratings.minimum_coverage)
    none = f"With less than {least} of the weight assessed there is no rating; below" if least != "0 %" else "Below"
    return f"{none} {firm} it is provisional."


def _short(text: str) -> str:
    return text.rstrip("0").rstrip(".")


def _measurement(parts: ReportParts) -> str:
    facts = parts.export_facts or {}
    source = f"Source: an HMIS CSV export of edition {facts['edition']}." if facts.get("edition") else ""
    engine = f" Calculated with {facts['engine']}." if facts.get("engine") else ""
    night = f" Beds are those of the night of {day_text(parts.measures.bed_night)}." if parts.measures else ""
    hashed = " Names and SSNs came as digests, so their form was not tested." if facts.get("hashed") else ""
    return (
        f"{source}{engine}{night}{hashed} The page holds counts and no record of a person. Values are compared with "
        "targets exactly and rounded only for display. Results of single projects are not judged here."
    ).strip()


def _version(parts: ReportParts, catalog: Catalog | None) -> str:
    edition = parts.assessments[0].edition if parts.assessments else (catalog.edition if catalog else "")
    of_catalog = f" Catalog edition {edition}." if edition else ""
    return f"Made with hmis-standards {__version__} from the answers and counts named at its head.{of_catalog}"
