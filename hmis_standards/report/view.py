"""The whole page as a view: display text only, so that HTML and Markdown show the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any

from attrs import evolve, frozen

from hmis_standards.assess import Gap, Score
from hmis_standards.model import Catalog
from hmis_standards.report.audit_view import GateLogic, PointRow, RecordFact, gate_logic, point_rows, record
from hmis_standards.report.check_view import ChecksView
from hmis_standards.report.cuts import Cut, cut_named
from hmis_standards.report.data_view import DataView, data_view
from hmis_standards.report.decision_view import Decision, decisions
from hmis_standards.report.gap_view import GapRow, PlanView, gap_rows, plan_view
from hmis_standards.report.item_view import DocumentItems, ProposalRow, document_items, proposals
from hmis_standards.report.narrow import narrowed
from hmis_standards.report.parts import ReportParts
from hmis_standards.report.project_view import ProjectView, VendorRow, project_view, vendor_rows
from hmis_standards.report.reading import covered, period
from hmis_standards.report.source_view import MethodNote, SourceGroup, limits, method_notes, source_groups
from hmis_standards.report.standing import Standing, all_gaps, standing, total_score
from hmis_standards.report.summary import plain_words
from hmis_standards.report.trend_view import Trends, trends
from hmis_standards.report.words import cap, day_text, joined

__all__ = ["FIRST_GAPS", "FIRST_ITEMS", "Fact", "PartHead", "ReportView", "build_view", "catalog_of"]

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
class PartHead:
    """A part of the page: its name, the anchor it is reached by, and its heading."""

    name: str
    link: str
    heading: str


@frozen(kw_only=True)
class ReportView:
    """Everything the page shows. ``parts`` says in which order; what the cut leaves out is empty or None."""

    cut: Cut
    title: str
    kind: str
    facts: tuple[Fact, ...]
    words: tuple[str, ...] = ()
    parts: tuple[PartHead, ...] = ()
    standing: Standing | None = None
    decisions: tuple[Decision, ...] = ()
    gaps: tuple[GapRow, ...] = ()
    plan: PlanView | None = None
    trends: Trends | None = None
    data: DataView | None = None
    vendor_checks: tuple[VendorRow, ...] = ()
    project: ProjectView | None = None
    proposals: tuple[ProposalRow, ...] = ()
    documents: tuple[DocumentItems, ...] = ()
    logic: tuple[GateLogic, ...] = ()
    points: tuple[PointRow, ...] = ()
    record: tuple[RecordFact, ...] = ()
    sources: tuple[SourceGroup, ...] = ()
    method: tuple[MethodNote, ...] = ()
    limits: tuple[str, ...] = ()

    @property
    def checks(self) -> ChecksView | None:
        """What the checks found."""
        return self.data.checks if self.data else None

    @property
    def contents(self) -> tuple[tuple[str, str], ...]:
        """Anchor and heading of every part."""
        return tuple((one.link, one.heading) for one in self.parts)


@frozen(kw_only=True)
class _Basis:
    """What the parts of a view are made from; worked out once."""

    parts: ReportParts
    cut: Cut
    catalog: Catalog | None
    total: Score | None
    gaps: tuple[Gap, ...]


def build_view(parts: ReportParts, cut: str | Cut = "all") -> ReportView:
    """The view of the parts for one kind of reader; only what its cut shows is worked out.

    Reads the shipped catalog only where benchmarks are cited and no catalog is at hand. Raises ValueError for a cut
    there is not.
    """
    chosen = cut_named(cut)
    shown = narrowed(parts, chosen)
    total = total_score(shown)
    found: tuple[Gap, ...] = all_gaps(shown, total) if total else ()
    basis = _Basis(parts=shown, cut=chosen, catalog=catalog_of(shown), total=total, gaps=found)
    fields = dict.fromkeys(_PARTS[name].field for name in chosen.parts)
    made: dict[str, Any] = {name: _MAKERS[name](basis) for name in fields}
    view = ReportView(cut=chosen, title=_title(shown), kind=_kind(shown), facts=tuple(_facts(shown, chosen)), **made)
    there = [name for name in chosen.parts if _PARTS[name].there(view)]
    heads = (PartHead(name=name, link=_PARTS[name].link, heading=_PARTS[name].heading) for name in there)
    return evolve(view, parts=tuple(heads))


@frozen
class _Part:
    """Where a part is reached, what it is called, and the field of the view it shows.

    It is there if that field has something to show, or what ``when`` names has; always, if ``when`` is empty.
    """

    link: str
    heading: str
    field: str
    when: str | None = None

    def there(self, view: ReportView) -> bool:
        return self.when == "" or bool(getattr(view, self.when or self.field))


_PARTS = {
    "words": _Part("words", "In plain words", "words", when=""),
    "decisions": _Part("decisions", "What the board is asked to decide", "decisions"),
    "verdict": _Part("verdict", "Verdict and gates", "standing"),
    "score": _Part("score", "Score", "standing"),
    "overview": _Part("score", "Where the HMIS stands", "standing"),
    "gaps": _Part("gaps", "Gaps to close first", "gaps", when="standing"),
    "plan": _Part("plan", "Plan by quarter", "plan"),
    "trends": _Part("trends", "Change over time", "trends"),
    "trend": _Part("trends", "Change over time", "trends"),
    "data": _Part("data", "Measured data quality", "data"),
    "tallies": _Part("data", "Measured data quality", "data"),
    "checks": _Part("checks", "Checks of the records", "data", when="checks"),
    "vendor_checks": _Part("checks", "What the software can do", "vendor_checks"),
    "project": _Part("projects", "Your projects against the benchmarks", "project", when=""),
    "project_checks": _Part("checks", "What to correct in the records", "project", when=""),
    "proposals": _Part("proposals", "Measurements beside the checklist", "proposals"),
    "items": _Part("items", "All items", "documents"),
    "logic": _Part("logic", "How the gates are decided", "logic"),
    "points": _Part("points", "The score, exactly", "points"),
    "sources": _Part("sources", "Sources", "sources"),
    "method": _Part("method", "Method and limits", "method", when=""),
    "limits": _Part("method", "What these numbers are, and are not", "limits", when=""),
    "record": _Part("record", "Versions and digests", "record"),
}
_MAKERS: dict[str, Callable[[_Basis], Any]] = {
    "words": lambda basis: plain_words(basis.parts, basis.total, basis.gaps),
    "standing": lambda basis: standing(basis.parts, basis.total) if basis.total else None,
    "decisions": lambda basis: decisions(basis.parts, basis.total, basis.gaps),
    "gaps": lambda basis: gap_rows(basis.gaps, basis.parts),
    "plan": lambda basis: plan_view(basis.parts.plan) if basis.parts.plan else None,
    "trends": lambda basis: trends(basis.parts),
    "data": lambda basis: data_view(basis.parts, basis.catalog),
    "vendor_checks": lambda basis: vendor_rows(basis.parts.findings or ()),
    "project": lambda basis: project_view(basis.parts, basis.catalog),
    "proposals": lambda basis: proposals(basis.parts),
    "documents": lambda basis: document_items(basis.parts, basis.total, basis.cut) if basis.total else (),
    "logic": lambda basis: gate_logic(basis.total) if basis.total else (),
    "points": lambda basis: point_rows(basis.total) if basis.total else (),
    "record": lambda basis: record(basis.parts, basis.catalog),
    "sources": lambda basis: source_groups(basis.parts, basis.catalog),
    "limits": lambda basis: limits(basis.parts, basis.catalog),
    "method": lambda basis: method_notes(basis.parts, basis.catalog),
}


def catalog_of(parts: ReportParts) -> Catalog | None:
    """The catalog of the parts; the shipped one where only an export was measured; None where nothing was given."""
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


def _facts(parts: ReportParts, cut: Cut) -> list[Fact]:
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
    return [Fact(label=label, value=value) for label, value in facts if value and label in (cut.facts or (label,))]


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
