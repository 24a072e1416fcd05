"""Parts of reports made by hand, and a small reader of the page."""

from __future__ import annotations

import datetime
from collections import defaultdict
from functools import lru_cache
from html.parser import HTMLParser

import hmis_standards as hs
from hmis_standards.assess import Assessment, Evidence, Response, Subject
from hmis_standards.measure import Finding, FindingSet, HudReport, Judgements, MeasureResult, Measures, judge
from hmis_standards.measure.hud_tables import tables_from
from hmis_standards.model import Catalog
from hmis_standards.vocabulary import Dimension, EvidenceKind, Severity
from tests.small import GOV1, GOV2, SEC1, SEC2, small_catalog

DAY = datetime.date(2026, 3, 1)
START, END, NIGHT = datetime.date(2024, 10, 1), datetime.date(2025, 9, 30), datetime.date(2025, 1, 29)
VOID = {"meta", "link", "img", "br", "hr", "input", "col"}


class Page(HTMLParser):
    """What the tests ask of a page; fails on tags that do not nest."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open[-1] == tag, f"</{tag}> closes <{self.open[-1]}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)

    def text(self) -> str:
        """All text a reader sees, on one line."""
        return " ".join(" ".join(self.words).split())

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every such tag."""
        return [attrs for name, attrs in self.tags if name == tag]


def worked() -> Assessment:
    """One document: 4 of 7 assessed points earned, 2 points unknown, 1/2 not applicable.

    value 4/7 = 57 %, low 4/9 = 44 %, high 6/9 = 67 %, coverage 7/9 = 78 %.
    """
    started = Assessment.start(small_catalog(), subject="XX-500", on=DAY, documents=["lead-basics"])
    return (
        started.answer(GOV1, "met")
        .answer(GOV2, "not_met")
        .answer(SEC1, "met")
        .answer(SEC2, "not_applicable", reason="No such place.")
    )


@lru_cache(maxsize=1)
def catalog() -> Catalog:
    """The shipped catalog, read once."""
    return hs.load_catalog()


@lru_cache(maxsize=1)
def full() -> Assessment:
    """Both shipped documents: of ten items in a row, five met, two partial, one not met, two unanswered."""
    started = Assessment.start(
        catalog(),
        subject=Subject(name="XX-500 Sample County"),
        on=DAY,
        documents=["system-administrator", "data-quality-program"],
    )
    words = ("met", "met", "partial", None, "met", "not_met", "met", None, "partial", "met")
    answers = ((item, words[place % 10]) for place, item in enumerate(started.items()))
    return started.with_responses(
        Response(
            item=item.id,
            answer=answer,
            note="Seen by the data committee.",
            evidence=tuple(
                Evidence(kind=need.kind, title="Shown at the review", date=DAY, need=need.id) for need in item.evidence
            ),
        )
        for item, answer in answers
        if answer
    )


def measured() -> Measures:
    """Name errors and bed coverage of a few project types, starts of the system."""
    results = [
        _rate("name-error", Dimension.COMPLETENESS, (), 30, 1000),
        _rate("name-error", Dimension.COMPLETENESS, (0,), 20, 500),
        _rate("name-error", Dimension.COMPLETENESS, (2,), 8, 100),
        _rate("name-error", Dimension.COMPLETENESS, (3,), 30, 100),
        _rate("name-error", Dimension.COMPLETENESS, (1,), 0, 0),
        _rate("start-within-3-days", Dimension.TIMELINESS, (), 690, 1000),
        _rate("bed-coverage", Dimension.COVERAGE, (0, 1), 130, 174),
        _rate("bed-coverage", Dimension.COVERAGE, (3,), 90, 100),
        _rate("bed-coverage", Dimension.COVERAGE, (8,), 0, 0),
        _rate("bed-coverage-comparable", Dimension.COVERAGE, (0, 1), 152, 196),
    ]
    return Measures(start=START, end=END, bed_night=NIGHT, results=tuple(results))


def _rate(measure: str, dimension: Dimension, types: tuple[int, ...], above: int, below: int) -> MeasureResult:
    return MeasureResult(
        measure=measure,
        dimension=dimension,
        slice="project_type" if types else "system",
        project_types=types,
        numerator=above,
        denominator=below,
        status="ok" if below else "not_applicable",
        reason="" if below else "nobody to count",
    )


def judged() -> Judgements:
    """Those results against the default set."""
    return judge(measured(), hs.load_benchmarks("default"))


def hud() -> HudReport:
    """HUD's tables, nearly empty: 1,000 people; 3 starts the same day and 1 late."""
    counts: dict[str, int] = defaultdict(int, {"all": 1000, "start_0": 3, "start_11": 1})
    return HudReport(edition="FY2026", start=START, end=END, projects=("1",), tables=tables_from(counts, "FY2026"))


def found() -> FindingSet:
    """Shipped checks with counts: one of high priority, seven errors (as many as their place), one not made."""
    checks = hs.load_checks()
    errors = [one for one in checks if one.severity is Severity.ERROR][:9]
    findings = [Finding(check=checks["several-heads"], count=5, denominator=2003)]
    findings += [Finding(check=one, count=place, denominator=1000) for place, one in enumerate(errors[:8])]
    findings.append(Finding(check=errors[8], status="error", reason="Exit.csv is missing from the export"))
    findings.append(Finding(check=checks["stay-too-long"], status="not_applicable", reason="no enrollment to look at"))
    return FindingSet(edition="FY2026", settings=(), findings=tuple(findings), records=lambda one: [])


def measurement(title: str) -> Evidence:
    """Evidence as a measurement leaves it."""
    return Evidence(kind=EvidenceKind.MEASUREMENT, title=title, date=END)
