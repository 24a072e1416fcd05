"""A small catalog of two documents and eight items, so that tests of the arithmetic do not depend on shipped content.

| item                 | obligation  | weight | gate | N/A | demanded evidence              | requires             |
| -------------------- | ----------- | ------ | ---- | --- | ------------------------------ | -------------------- |
| lead-basics/GOV-01   | required    | 3      | yes  | no  |                                |                      |
| lead-basics/GOV-02   | required    | 3      | yes  | yes | plan, at most 12 months old    | lead-basics/GOV-01   |
| lead-basics/GOV-03   | expected    | 2      | no   | no  | agreement, of any age          | lead-basics/GOV-02   |
| lead-basics/SEC-01   | recommended | 1      | no   | yes |                                |                      |
| lead-basics/SEC-02   | optional    | 1/2    | no   | yes |                                |                      |
| vendor-basics/CON-01 | required    | 3      | no   | no  |                                |                      |
| vendor-basics/CON-02 | recommended | 1      | no   | yes |                                | lead-basics/GOV-01   |
| vendor-basics/CON-03 | expected    | 2      | no   | no  | agreement and report (6 months)| vendor-basics/CON-01 |

All weights: 9 1/2 and 6, together 15 1/2. CON-01 cites only a proposed rule, so the gate does not look at it.
"""

from __future__ import annotations

from fractions import Fraction

from hmis_standards.model import (
    Band,
    Catalog,
    Citation,
    Document,
    Duration,
    Effort,
    EvidenceNeed,
    Frequency,
    Gate,
    Item,
    NotApplicableRule,
    Planning,
    Ratings,
    Remedy,
    Scale,
    ScaleAnswer,
    Section,
    Source,
    Weight,
)
from hmis_standards.vocabulary import (
    Basis,
    Confidence,
    Every,
    EvidenceKind,
    ItemKind,
    Obligation,
    Origin,
    Read,
    Role,
    SourceStatus,
    Status,
)

GOV1, GOV2, GOV3 = "lead-basics/GOV-01", "lead-basics/GOV-02", "lead-basics/GOV-03"
SEC1, SEC2 = "lead-basics/SEC-01", "lead-basics/SEC-02"
CON1, CON2, CON3 = "vendor-basics/CON-01", "vendor-basics/CON-02", "vendor-basics/CON-03"
ALL = (GOV1, GOV2, GOV3, SEC1, SEC2, CON1, CON2, CON3)
DOCUMENTS = ("lead-basics", "vendor-basics")
WEIGHTS = {
    Obligation.REQUIRED: Fraction(3),
    Obligation.EXPECTED: Fraction(2),
    Obligation.RECOMMENDED: Fraction(1),
    Obligation.OPTIONAL: Fraction(1, 2),
}


def small_catalog(weights: dict[Obligation, Fraction] | None = None) -> Catalog:
    """Two documents, eight items; ``weights`` replaces those of single obligations."""
    return Catalog(
        edition="2026.1",
        documents=(_lead(), _vendor()),
        sources=(_source("law", True), _source("draft", False), _source("habit", False)),
        scales=(_scale(),),
        ratings=_ratings(WEIGHTS | (weights or {})),
        measures=(),
        benchmark_sets=(),
    )


def _lead() -> Document:
    plan = _need("plan", EvidenceKind.DOCUMENT, "The plan, with the date of approval", 12)
    pact = _need("pact", EvidenceKind.AGREEMENT, "The signed agreement", None)
    idea = EvidenceNeed(id="idea", kind=EvidenceKind.LOG, text="A log, if there is one", max_age_months=3)
    items = (
        _item(GOV1, "required", "law", (1, 1, 1)),
        _item(GOV2, "required", "law", (3, 1, 2), requires=(GOV1,), evidence=(plan, idea), na=True),
        _item(GOV3, "expected", "law", (2, 1, 1), requires=(GOV2,), evidence=(pact,)),
        _item(SEC1, "recommended", "habit", (1, 1, 1), role=Role.SECURITY_OFFICER, na=True),
        _item(SEC2, "optional", "habit", (5, 5, 5), role=Role.SECURITY_OFFICER, na=True),
    )
    return _document("lead-basics", 4, ("GOV", "SEC"), items)


def _vendor() -> Document:
    pact = _need("contract", EvidenceKind.AGREEMENT, "The contract in force", None)
    report = _need("report", EvidenceKind.REPORT, "The last service report", 6)
    items = (
        _item(CON1, "required", "draft", (4, 3, 2), role=Role.VENDOR),
        _item(CON2, "recommended", "habit", (2, 2, 2), role=Role.VENDOR, requires=(GOV1,), na=True),
        _item(CON3, "expected", "law", (2, 2, 1), role=Role.COC, requires=(CON1,), evidence=(pact, report)),
    )
    return _document("vendor-basics", 3, ("CON",), items)


def _item(
    item_id: str,
    obligation: str,
    source: str,
    effort: tuple[int, int, int],
    *,
    role: Role = Role.HMIS_LEAD,
    requires: tuple[str, ...] = (),
    evidence: tuple[EvidenceNeed, ...] = (),
    na: bool = False,
) -> Item:
    document, _, local = item_id.partition("/")
    time, money, skill = effort
    return Item(
        id=item_id,
        document=document,
        section=local.partition("-")[0],
        kind=ItemKind.CHECKLIST_ITEM,
        title=f"Title of {local}",
        text=f"What is asked by {local}.",
        why="Because.",
        obligation=Obligation(obligation),
        basis=Basis.REGULATION if source == "law" else Basis.COMMON_PRACTICE,
        citations=(Citation(source=source, at="(a)"),),
        confidence=Confidence.B,
        derived=True,
        roles=(role, Role.COC) if role is not Role.COC else (role,),
        frequency=Frequency(every=Every.YEAR),
        evidence=evidence,
        na=NotApplicableRule(allowed=na, when="Where there is nothing of the kind." if na else None),
        requires=requires,
        remedy=Remedy(effort=Effort(time=time, money=money, skill=skill), text=f"First step for {local}."),
        tags=("tagged",) if na else (),
    )


def _need(need_id: str, kind: EvidenceKind, text: str, months: int | None) -> EvidenceNeed:
    return EvidenceNeed(id=need_id, kind=kind, text=text, demanded=True, max_age_months=months)


def _document(document_id: str, number: int, sections: tuple[str, ...], items: tuple[Item, ...]) -> Document:
    return Document(
        id=document_id,
        number=number,
        title=document_id.replace("-", " ").capitalize(),
        hud_title="A product",
        published="2024-01",
        url="https://example.org/",
        text="Made up for tests.",
        notice="These items are ours.",
        sections=tuple(Section(id=one, title=f"Section {one}", text="Made up.") for one in sections),
        items=items,
    )


def _source(source_id: str, in_effect: bool) -> Source:
    return Source(
        id=source_id,
        citation=f"Citation of {source_id}",
        title=f"Title of {source_id}",
        publisher="Nobody",
        group="tests",
        basis=Basis.REGULATION if in_effect else Basis.COMMON_PRACTICE,
        status=SourceStatus.IN_FORCE if in_effect else SourceStatus.PROPOSED,
        in_effect=in_effect,
        read=Read.TEXT,
        summary="Made up.",
    )


def _scale() -> Scale:
    answers = (("met", Fraction(1)), ("partial", Fraction(1, 2)), ("not_met", Fraction(0)))
    return Scale(
        id="checklist",
        title="Checklist",
        answers=tuple(
            ScaleAnswer(answer=word, label=word, status=Status(word), credit=credit, text=word)
            for word, credit in answers
        ),
        origin=Origin.CONVENTION,
    )


PLANNING = Planning(
    durations=tuple(Duration(time=time, days=days) for time, days in ((1, 14), (2, 30), (3, 60), (4, 91), (5, 182))),
    capacity=8,
    origin=Origin.CONVENTION,
)


def _ratings(weights: dict[Obligation, Fraction]) -> Ratings:
    bands = (("strong", "0.90"), ("sound", "0.75"), ("developing", "0.50"), ("starting", "0"))
    return Ratings(
        weights=tuple(Weight(obligation=o, weight=w, origin=Origin.CONVENTION) for o, w in weights.items()),
        bands=tuple(Band(id=b, label=b.capitalize(), minimum=Fraction(least), text=b) for b, least in bands),
        gates=(Gate(id="required-met", title="Required", obligation=Obligation.REQUIRED, text="All of them."),),
        provisional_below=Fraction(4, 5),
        minimum_coverage=Fraction(1, 2),
        planning=PLANNING,
        origin=Origin.CONVENTION,
    )
