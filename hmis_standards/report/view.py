"""The whole page as a view: display text only, so that HTML and Markdown show the same."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from attrs import frozen

from hmis_standards.assess import Gap
from hmis_standards.model import Catalog
from hmis_standards.report.data_view import DataView, data_view
from hmis_standards.report.gap_view import GapRow, PlanView, gap_rows, plan_view
from hmis_standards.report.item_view import DocumentItems, ProposalRow, document_items, proposals
from hmis_standards.report.parts import ReportParts
from hmis_standards.report.reading import covered, period
from hmis_standards.report.source_view import MethodNote, SourceGroup, method_notes, source_groups
from hmis_standards.report.standing import Standing, all_gaps, standing, total_score
from hmis_standards.report.summary import plain_words
from hmis_standards.report.words import cap, day_text, joined

__all__ = ["FIRST_GAPS", "FIRST_ITEMS", "Fact", "ReportView", "build_view", "catalog_of"]

FIRST_GAPS = 10
"""Gaps shown at once; the others follow in a fold."""
FIRST_ITEMS = 8
"""Items shown at once of those that decide a gate."""

_KINDS = {"coc": "CoC", "agency": "agency", "vendor": "vendor", "implementation": "HMIS implementation"}
_ASSESSORS = {"self": "self-assessment", "peer": "peer review", "monitor": "monitoring"}


@frozen(kw_only=True)
class Fact:
    """A label and a value at the head of the page."""

    label: str
    value: str


@frozen(kw_only=True)
class ReportView:
    """Everything the page shows, in its order."""

    title: str
    kind: str
    facts: tuple[Fact, ...]
    words: tuple[str, ...]
    contents: tuple[tuple[str, str], ...]
    standing: Standing | None
    gaps: tuple[GapRow, ...]
    plan: PlanView | None
    data: DataView | None
    proposals: tuple[ProposalRow, ...]
    documents: tuple[DocumentItems, ...]
    sources: tuple[SourceGroup, ...]
    method: tuple[MethodNote, ...]


def build_view(parts: ReportParts) -> ReportView:
    """The view of the parts. Reads the shipped catalog only where benchmarks are cited and no catalog is at hand."""
    total = total_score(parts)
    found: tuple[Gap, ...] = all_gaps(parts, total) if total else ()
    catalog = catalog_of(parts)
    shown = {
        "standing": standing(parts, total) if total else None,
        "gaps": gap_rows(found, parts),
        "plan": plan_view(parts.plan) if parts.plan else None,
        "data": data_view(parts, catalog),
        "proposals": proposals(parts),
        "documents": document_items(parts, total) if total else (),
        "sources": source_groups(parts, catalog),
    }
    return ReportView(
        title=_title(parts),
        kind=_kind(parts),
        facts=tuple(_facts(parts)),
        words=plain_words(parts, total, found),
        contents=tuple(_contents({**shown, "checks": parts.findings})),
        method=method_notes(parts, catalog),
        **shown,  # type: ignore[arg-type]
    )


def catalog_of(parts: ReportParts) -> Catalog | None:
    """The catalog that names sources and measures on the page; None where nothing on it has any."""
    if parts.catalog is not None or parts.assessments:
        return parts.catalog or parts.assessments[0].catalog
    if parts.judgements is None and parts.measures is None:
        return None
    from hmis_standards.store import load_catalog

    return load_catalog()


def _title(parts: ReportParts) -> str:
    if parts.title:
        return parts.title
    if parts.assessments:
        return parts.assessments[0].subject.name
    return "HMIS data quality"


def _kind(parts: ReportParts) -> str:
    if not parts.assessments:
        return "Measured on an HMIS CSV export" if parts.measured else "HMIS report"
    measured = " and measured data quality" if parts.measured else ""
    return f"HMIS assessment{measured}"


def _facts(parts: ReportParts) -> list[Fact]:
    facts = []
    if parts.assessments:
        subject = parts.assessments[0].subject
        kind = _KINDS.get(subject.kind)
        facts.append(("Subject", f"{subject.name} ({kind})" if kind else subject.name))
        facts.append(("Assessed", joined(dict.fromkeys(day_text(one.date) for one in parts.assessments))))
        facts.append(("By", joined(dict.fromkeys(_assessor(parts, place) for place in range(len(parts.assessments))))))
        facts.append(("Checklists", joined(document.title for _, document in covered(parts))))
        facts.append(("Profile", joined(dict.fromkeys(one.profile for one in parts.assessments if one.profile))))
        facts.append(("Evidence as of", day_text(parts.as_of) if parts.as_of else ""))
    facts += _data_facts(parts)
    if parts.assessments:
        facts.append(("Edition", parts.assessments[0].edition))
    return [Fact(label=label, value=value) for label, value in facts if value]


def _assessor(parts: ReportParts, place: int) -> str:
    one = parts.assessments[place].assessor
    kind = _ASSESSORS[one.kind]
    return f"{one.name} ({kind})" if one.name else cap(kind)


def _data_facts(parts: ReportParts) -> list[tuple[str, str]]:
    facts = parts.export_facts or {}
    span = period(parts)
    name = PurePosixPath(str(facts.get("source") or "").replace("\\", "/")).name
    edition = f" (HMIS CSV {facts['edition']})" if facts.get("edition") else ""
    benchmarks = parts.judgements.benchmarks.title if parts.judgements else ""
    return [
        ("Data", f"{name}{edition}" if name else ""),
        ("Data period", f"{day_text(span[0])} to {day_text(span[1])}" if span else ""),
        ("Benchmarks", benchmarks),
    ]


_HEADINGS = (
    ("verdict", "Verdict and gates", "standing"),
    ("score", "Score", "standing"),
    ("gaps", "Gaps to close first", "standing"),
    ("plan", "Plan by quarter", "plan"),
    ("data", "Measured data quality", "data"),
    ("checks", "Checks of the records", "checks"),
    ("proposals", "Measurements beside the checklist", "proposals"),
    ("items", "All items", "documents"),
    ("sources", "Sources", "sources"),
)


def _contents(shown: Mapping[str, object]) -> list[tuple[str, str]]:
    """Anchor and heading of every section that has something to show."""
    found = [(link, heading) for link, heading, part in _HEADINGS if shown[part]]
    return [("words", "In plain words"), *found, ("method", "Method and limits")]
