"""Declarations and monitoring rounds for the tests, made up."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from hmis_standards.assess import Assessment
from hmis_standards.model import Claim, ClaimEvidence, Declaration, Module
from hmis_standards.store import load_catalog
from hmis_standards.vocabulary import ClaimMethod, ClaimWord, EvidenceKind

CATALOG = load_catalog()
REQUIREMENTS = CATALOG.document("vendor-capacity").items
MONITORED = CATALOG.document("vendor-monitoring").items
DAY = date(2026, 10, 5)
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=20)


def declared(*claims: Claim, product: str = "Lantern", vendor: str = "Made up") -> Declaration:
    return Declaration(
        vendor=vendor,
        product=product,
        version="8.2",
        edition=CATALOG.edition,
        date=DAY,
        declared_by="Product manager",
        modules=(Module(id="core", title="Records"),),
        claims=claims,
    )


def claim(item: str, word: str = "available", **more: object) -> Claim:
    there = word in {"available", "extra_cost"}
    told: dict[str, object] = {"module": "core", "method": ClaimMethod.STANDARD} if there else {}
    return Claim(item=f"vendor-capacity/{item}", claim=ClaimWord(word), **{**told, **more})  # type: ignore[arg-type]


@st.composite
def claims(draw: st.DrawFn) -> tuple[Claim, ...]:
    """Sound claims on some of the requirements."""
    chosen = draw(st.lists(st.sampled_from(REQUIREMENTS), unique_by=lambda item: item.id, max_size=12))
    return tuple(draw(_claims_on(item.id, item.na.allowed)) for item in chosen)


@st.composite
def _claims_on(draw: st.DrawFn, item: str, not_applicable: bool) -> Claim:
    words = [word for word in ClaimWord if not_applicable or word is not ClaimWord.NOT_APPLICABLE]
    word = draw(st.sampled_from(words))
    there = word in {ClaimWord.AVAILABLE, ClaimWord.EXTRA_COST}
    return Claim(
        item=item,
        claim=word,
        module="core" if there else None,
        method=draw(st.sampled_from(ClaimMethod)) if there else None,
        version=draw(st.none() | TEXT),
        available=DAY + timedelta(days=draw(st.integers(1, 500))) if word is ClaimWord.PLANNED else None,
        evidence=tuple(draw(st.lists(_evidence(), max_size=2))),
        note=draw(TEXT) if word is ClaimWord.NOT_APPLICABLE else draw(st.none() | TEXT),
    )


def _evidence() -> st.SearchStrategy[ClaimEvidence]:
    days = st.integers(0, 900).map(lambda number: DAY - timedelta(days=number))
    kinds = st.sampled_from(EvidenceKind)
    return st.builds(ClaimEvidence, kind=kinds, title=TEXT, date=days, location=st.none() | TEXT)


def monitored(default: str = "met", on: str = "2026-10-01", **answers: str) -> Assessment:
    """A round of monitoring: every item answered so, but those named, such as ``SEC_07="not_met"``."""
    made = Assessment.start(CATALOG, subject="Lantern", on=on, documents=["vendor-monitoring"])
    for item in MONITORED:
        answer = answers.get(item.id.partition("/")[2].replace("-", "_"), default)
        made = made.answer(item.id, answer) if answer else made
    return made
