"""An assessment with one of everything, and assessments with any text in them."""

from __future__ import annotations

import datetime

from attrs import evolve
from hypothesis import strategies as st

from hmis_standards.assess import Archived, Assessment, Assessor, Evidence, Response, Subject
from hmis_standards.assess.answers import allowed_answers
from hmis_standards.vocabulary import EvidenceKind
from tests.small import ALL, CON3, DOCUMENTS, GOV1, GOV2, GOV3, SEC1, small_catalog

CATALOG = small_catalog()
DAY = datetime.date(2026, 3, 1)
PLAN = Evidence(kind=EvidenceKind.DOCUMENT, title="Plan | draft", date=DAY, location=r"S:\new\plan.pdf", need="plan")


def blank(documents: tuple[str, ...] = DOCUMENTS) -> Assessment:
    return Assessment.start(
        CATALOG,
        subject=Subject(name="XX-500", kind="implementation"),
        on=DAY,
        documents=documents,
        assessor=Assessor(name="A. Reviewer", kind="peer"),
        profile="small-coc",
    )


ARCHIVE = (
    Archived(edition="2024.1", response=Response(item="lead-basics/OLD-01", answer="3", note="=no\nformula")),
    Archived(edition="2024.1", response=Response(item=GOV1, answer="met", evidence=(PLAN,), decided_by="B")),
)


def with_archive() -> Assessment:
    return evolve(one_of_everything(), archive=ARCHIVE)


def one_of_everything() -> Assessment:
    return blank().with_responses(
        [
            Response(item=GOV1, answer="met", note="=1+1\nsecond line", evidence=()),
            Response(item=GOV2, answer="partial", evidence=(PLAN, Evidence(kind=EvidenceKind.LOG, title="Log"))),
            Response(item=GOV3, answer=None, note="ask the board"),
            Response(item=SEC1, answer="not_applicable", reason="- none here", decided_by="=Board, 2026"),
            Response(item=CON3, answer="met", proposed=True, evidence=(PLAN_OF_CON3,)),
        ]
    )


PLAN_OF_CON3 = Evidence(kind=EvidenceKind.REPORT, title="'=quoted", location="@place")

letters = st.text(
    st.one_of(
        st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")),
        st.sampled_from(list("'\"=+-@|\\#,;:\n \t{}[]&*!%~_x0041é€")),
    ),
    max_size=15,
)
titles = letters.filter(lambda text: bool(text.strip()))
days = st.dates(datetime.date(1990, 1, 1), datetime.date(2100, 1, 1))


def evidence_of(item: str) -> st.SearchStrategy[Evidence]:
    needs = [need.id for need in CATALOG[item].evidence]
    return st.builds(
        Evidence,
        kind=st.sampled_from(EvidenceKind),
        title=titles,
        date=st.none() | days,
        location=st.none() | letters,
        need=st.sampled_from([None, *needs]),
    )


def response_to(item: str) -> st.SearchStrategy[Response]:
    words = [None, *allowed_answers(CATALOG, CATALOG[item])]
    return st.builds(
        Response,
        item=st.just(item),
        answer=st.sampled_from(words),
        note=st.none() | letters,
        reason=letters.map(lambda text: f"because {text}"),
        evidence=st.lists(evidence_of(item), max_size=3).map(tuple),
        proposed=st.booleans(),
        decided_by=st.none() | letters,
    )


responses = st.lists(st.sampled_from(ALL), unique=True, max_size=4).flatmap(
    lambda items: st.tuples(*(response_to(item) for item in items))
)
archives = st.tuples(st.sampled_from(["2024.1", "2028.10"]), responses).map(
    lambda pair: tuple(Archived(edition=pair[0], response=one) for one in pair[1] if not one.empty)
)
assessments = st.builds(
    lambda said, name, assessor, archive: evolve(
        Assessment.start(
            CATALOG,
            subject=name,
            on=DAY,
            documents=DOCUMENTS,
            assessor=assessor,
        ).with_responses(said),
        archive=archive,
    ),
    responses,
    titles,
    st.none() | titles,
    archives,
)
