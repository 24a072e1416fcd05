"""What a report is made of. Every part may be absent; the page then leaves out what it would have shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from hmis_standards.assess import Assessment, Plan
from hmis_standards.model import Alignment, Catalog

if TYPE_CHECKING:  # a report on results must not need the engine that measured them
    from hmis_standards.measure import FindingSet, HudReport, Judgements, Measures, ProjectFinding

__all__ = ["ReportParts", "in_time", "report_parts"]


def _as_tuple(value: Assessment | Iterable[Assessment]) -> tuple[Assessment, ...]:
    return (value,) if isinstance(value, Assessment) else tuple(value)


@frozen(kw_only=True)
class ReportParts:
    """The parts of one report, about one subject.

    ``export_facts`` is what ``Export.facts()`` gives. ``as_of`` is the day on which evidence is looked at; each
    assessment's own date if left out. ``catalog`` names sources and measures where there is no assessment to do so;
    the shipped one if left out. ``withheld`` is the note of ``for_public`` where the results are its.
    ``alignment`` puts HUD's numbers, from the reader's own file, beside the items' ids.

    ``before`` are earlier assessments of the same subject, ``measures_before`` counts of earlier periods. ``projects``
    are the ProjectIDs that a page for an agency is about, ``project_findings`` what the checks found in them. ``files``
    are the names and digests of what all of it was read from, for an auditor.

    Raises ValueError where the assessments do not fit on one page: different subjects, editions or ratings, or one
    document twice; where one that should be earlier is not; or where small counts are withheld and periods overlap.
    """

    title: str | None = None
    assessments: tuple[Assessment, ...] = field(default=(), converter=_as_tuple)
    measures: Measures | None = None
    judgements: Judgements | None = None
    hud: HudReport | None = None
    findings: FindingSet | None = None
    withheld: str = ""
    export_facts: Mapping[str, Any] | None = None
    plan: Plan | None = None
    as_of: date | None = None
    catalog: Catalog | None = field(default=None, eq=False, repr=False)
    alignment: Alignment | None = field(default=None, repr=False)
    before: tuple[Assessment, ...] = field(default=(), converter=_as_tuple)
    measures_before: tuple[Measures, ...] = field(default=())
    projects: tuple[str, ...] = field(default=())
    project_findings: tuple[ProjectFinding, ...] | None = None
    files: Mapping[str, str] = field(factory=dict, repr=False)

    def __attrs_post_init__(self) -> None:
        _one(sorted({one.subject.name for one in (*self.assessments, *self.before)}), "subject")
        _earlier(self.before, self.assessments)
        if self.withheld:
            _apart([*self.measures_before, *([] if self.measures is None else [self.measures])])
        _one(sorted({one.edition for one in self.assessments}), "edition")
        documents = [document for one in self.assessments for document in one.documents]
        twice = sorted({document for document in documents if documents.count(document) > 1})
        if twice:
            raise ValueError(f"a report shows each document once; {', '.join(twice)} is in several assessments")
        if any(one.catalog.ratings != self.assessments[0].catalog.ratings for one in self.assessments):
            raise ValueError("a report adds up scores with the same weights, bands and gates; these assessments differ")

    @property
    def measured(self) -> bool:
        """Whether anything comes from an export."""
        return any(one is not None for one in (self.measures, self.judgements, self.hud, self.findings))


def _one(found: list[str], what: str) -> None:
    if len(found) > 1:
        raise ValueError(f"a report is about one {what}; the assessments name {' and '.join(found)}")


def _earlier(before: tuple[Assessment, ...], today: tuple[Assessment, ...]) -> None:
    """Each earlier assessment shares a document with one of today that is not older."""
    for one in before:
        beside = [other.date for other in today if set(one.documents) & set(other.documents)]
        if not beside:
            raise ValueError(f"the assessment of {one.date} covers no document that the report is about")
        if one.date > max(beside):
            raise ValueError(f"the assessment of {one.date} is given as the earlier one; the other is of {max(beside)}")


def _apart(measured: Iterable[Measures]) -> None:
    """Small counts withheld in each of two periods that overlap could be worked out from their difference."""
    periods = sorted((one.start, one.end) for one in measured)
    for (begin, end), (start, last) in pairwise(periods):
        if start <= end:
            raise ValueError(
                f"the periods {begin} to {end} and {start} to {last} overlap, so their difference could tell what a "
                "page for the public withholds; give periods that do not overlap"
            )


def in_time(assessments: Iterable[Assessment]) -> tuple[tuple[Assessment, ...], tuple[Assessment, ...]]:
    """The newest assessments, in the order given, and the earlier ones that cover a document of theirs again.

    Two of one day on the same document have no order in time; both are among the newest, which ReportParts refuses.
    """
    given = list(assessments)
    newest: list[Assessment] = []
    for one in sorted(given, key=lambda each: each.date, reverse=True):
        if not any(set(one.documents) & set(other.documents) and one.date < other.date for other in newest):
            newest.append(one)
    kept = {id(one) for one in newest}
    return tuple(one for one in given if id(one) in kept), tuple(one for one in given if id(one) not in kept)


def report_parts(
    assessments: Assessment | Iterable[Assessment] = (),
    *,
    title: str | None = None,
    measures: Measures | None = None,
    judgements: Judgements | None = None,
    hud: HudReport | None = None,
    findings: FindingSet | None = None,
    withheld: str = "",
    export_facts: Mapping[str, Any] | None = None,
    plan: Plan | None = None,
    as_of: str | date | None = None,
    catalog: Catalog | None = None,
    alignment: Alignment | None = None,
    before: Assessment | Iterable[Assessment] = (),
    measures_before: Iterable[Measures] = (),
    projects: Iterable[str] = (),
    project_findings: Iterable[ProjectFinding] | None = None,
    files: Mapping[str, str] | None = None,
) -> ReportParts:
    """The parts of a report; ``as_of`` may be text such as ``2026-03-01``. Raises ValueError as ReportParts does."""
    return ReportParts(
        title=title,
        assessments=_as_tuple(assessments),
        measures=measures,
        judgements=judgements,
        hud=hud,
        findings=findings,
        withheld=withheld,
        export_facts=export_facts,
        plan=plan,
        as_of=date.fromisoformat(as_of) if isinstance(as_of, str) else as_of,
        catalog=catalog,
        alignment=alignment,
        before=_as_tuple(before),
        measures_before=tuple(measures_before),
        projects=tuple(projects),
        project_findings=None if project_findings is None else tuple(project_findings),
        files=files or {},
    )
