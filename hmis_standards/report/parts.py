"""What a report is made of. Every part may be absent; the page then leaves out what it would have shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from hmis_standards.assess import Assessment, Plan
from hmis_standards.model import Alignment, Catalog

if TYPE_CHECKING:  # a report on results must not need the engine that measured them
    from hmis_standards.measure import FindingSet, HudReport, Judgements, Measures

__all__ = ["ReportParts", "report_parts"]


def _as_tuple(value: Assessment | Iterable[Assessment]) -> tuple[Assessment, ...]:
    return (value,) if isinstance(value, Assessment) else tuple(value)


@frozen(kw_only=True)
class ReportParts:
    """The parts of one report, about one subject.

    ``export_facts`` is what ``Export.facts()`` gives. ``as_of`` is the day on which evidence is looked at; each
    assessment's own date if left out. ``catalog`` names sources and measures where there is no assessment to do so;
    the shipped one if left out. ``withheld`` is the note of ``for_public`` where the results are its.
    ``alignment`` puts HUD's numbers, from the reader's own file, beside the items' ids.

    Raises ValueError where the assessments do not fit on one page: different subjects, editions or ratings, or one
    document twice.
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

    def __attrs_post_init__(self) -> None:
        _one(sorted({one.subject.name for one in self.assessments}), "subject")
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
    )
