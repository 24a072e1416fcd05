from __future__ import annotations

import datetime
import pickle
from typing import Any

import pytest

from hmis_standards.assess import Assessment, Assessor, Evidence, ItemNotCovered, Response, Subject
from hmis_standards.errors import AnswerNotAllowed, JustificationMissing, NoSuchNeed, UnknownDocument, UnknownItem
from hmis_standards.vocabulary import EvidenceKind
from tests.assess.helpers import CATALOG, DAY, blank
from tests.small import ALL, CON1, GOV1, GOV2, SEC1

LOG = Evidence(kind=EvidenceKind.LOG, title="A log")


def test_start_takes_texts_for_subject_day_and_one_document() -> None:
    a = Assessment.start(CATALOG, subject="XX-500", on="2026-03-01", documents="lead-basics", assessor="A. Reviewer")
    assert (a.subject, a.assessor) == (Subject(name="XX-500", kind="coc"), Assessor(name="A. Reviewer", kind="self"))
    assert (a.edition, a.date, a.documents, a.responses) == ("2026.1", DAY, ("lead-basics",), ())
    assert [item.id for item in a.items()] == list(ALL[:5])


def test_start_refuses_unknown_documents_and_none_at_all() -> None:
    with pytest.raises(UnknownDocument) as caught:
        Assessment.start(CATALOG, subject="XX-500", on=DAY, documents=["lead-basic"])
    assert caught.value.close == ("lead-basics",)
    with pytest.raises(ValueError, match="at least one document"):
        Assessment.start(CATALOG, subject="XX-500", on=DAY, documents=[])


def test_a_datetime_counts_as_its_day() -> None:
    noon = datetime.datetime(2026, 3, 1, 12)
    assert Assessment.start(CATALOG, subject="X", on=noon, documents=["lead-basics"]).date == DAY


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Subject(name=" "), "name must not be empty"),
        (lambda: Subject(name="X", kind="city"), "kind 'city' is not one of coc, agency"),
        (lambda: Assessor(kind="auditor"), "kind 'auditor' is not one of self, peer, monitor"),
        (lambda: Evidence(kind=EvidenceKind.LOG, title=""), "title must not be empty"),
    ],
)
def test_facts_outside_their_lists_are_refused(make: type, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        make()


def test_answering_gives_another_assessment() -> None:
    before = blank()
    after = before.answer(GOV1, "met", note="Seen", evidence=[LOG])
    assert before.responses == ()
    assert after.response(GOV1) == Response(item=GOV1, answer="met", note="Seen", evidence=(LOG,))
    assert after.response(GOV2) is None


def test_order_of_answers_is_irrelevant() -> None:
    one = blank().answer(CON1, "met").answer(GOV1, "partial").answer(SEC1, "not_met")
    other = blank().answer(SEC1, "not_met").answer(CON1, "met").answer(GOV1, "partial")
    assert one == other
    assert [response.item for response in one.responses] == [GOV1, SEC1, CON1]


def test_a_later_answer_replaces_and_none_takes_back() -> None:
    a = blank().answer(GOV1, "not_met").answer(GOV1, "met")
    assert [response.answer for response in a.responses] == ["met"]
    assert a.answer(GOV1, None) == blank()


def test_evidence_stays_when_the_answer_changes() -> None:
    a = blank().answer(GOV1, None, evidence=[LOG])
    assert a.response(GOV1) == Response(item=GOV1, evidence=(LOG,))
    assert a.answer(GOV1, "met").response(GOV1) == Response(item=GOV1, answer="met", evidence=(LOG,))


def test_a_persons_answer_confirms_a_proposal() -> None:
    a = blank().with_responses([Response(item=GOV1, answer="met", evidence=(LOG,), proposed=True)])
    assert a.answer(GOV1, "met").response(GOV1) == Response(item=GOV1, answer="met", evidence=(LOG,))


def test_unknown_item_names_the_near_miss() -> None:
    with pytest.raises(UnknownItem) as caught:
        blank().answer("lead-basics/GOV-1", "met")
    assert GOV1 in caught.value.close


def test_item_of_a_document_not_covered() -> None:
    a = Assessment.start(CATALOG, subject="XX-500", on=DAY, documents=["lead-basics"])
    with pytest.raises(ItemNotCovered) as caught:
        a.answer(CON1, "met")
    assert str(caught.value) == (
        "item 'vendor-basics/CON-01' is of document vendor-basics, this assessment covers lead-basics"
    )
    assert pickle.loads(pickle.dumps(caught.value)) == caught.value


@pytest.mark.parametrize("answer", ["Met", "yes", "", "not_assessed"])
def test_answers_outside_the_scale_are_refused(answer: str) -> None:
    with pytest.raises(AnswerNotAllowed) as caught:
        blank().answer(GOV1, answer)
    assert caught.value.allowed == ("met", "partial", "not_met")


def test_not_applicable_only_where_the_item_allows_it() -> None:
    with pytest.raises(AnswerNotAllowed):
        blank().answer(GOV1, "not_applicable", reason="We are small")
    assert blank().answer(GOV2, "not_applicable", reason="No plan is due").responses


@pytest.mark.parametrize("reason", [None, "", "  "])
def test_not_applicable_needs_a_reason(reason: str | None) -> None:
    with pytest.raises(JustificationMissing):
        blank().answer(GOV2, "not_applicable", reason=reason)


def test_plain_values_are_those_of_the_file() -> None:
    a = blank().answer(GOV2, "met", evidence=[Evidence(kind=EvidenceKind.LOG, title="L", date=DAY, need="idea")])
    data = a.to_dict()
    assert list(data) == ["format", "edition", "documents", "profile", "subject", "assessor", "date", "responses"]
    assert data["subject"] == {"name": "XX-500", "kind": "coc"}
    assert data["responses"] == [
        {
            "item": GOV2,
            "answer": "met",
            "note": None,
            "reason": None,
            "evidence": [{"kind": "log", "title": "L", "date": "2026-03-01", "location": None, "need": "idea"}],
        }
    ]


def test_rows_show_every_item_and_equal_ones_are_equal() -> None:
    a = blank().answer(GOV1, "met")
    assert [row["answer"] for row in a.rows()] == ["met", *[None] * 7]
    assert a == blank().answer(GOV1, "met")
    assert hash(a) == hash(blank().answer(GOV1, "met"))
    assert "<1 responses>" in repr(a)


def test_evidence_as_dicts() -> None:
    given = {"kind": "minutes", "title": "Board", "date": "2026-02-11", "location": "board/02.pdf", "need": "plan"}
    a = blank().answer(GOV2, "met", evidence=[given, {"kind": "log", "title": "A log"}, LOG])
    (response,) = a.responses
    plan = Evidence(
        kind=EvidenceKind.MINUTES,
        title="Board",
        date=datetime.date(2026, 2, 11),
        location="board/02.pdf",
        need="plan",
    )
    assert response.evidence == (plan, LOG, LOG)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"kind": "log", "titel": "x"}, "no key 'titel', only kind, title, .*; did you mean title"),
        ({"kind": "log"}, "evidence needs title"),
        ({}, "evidence needs kind and title"),
        ({"kind": "film", "title": "x"}, "kind 'film' is not one of document, minutes"),
        ({"kind": "log", "title": "x", "date": "soon"}, "date is 'soon'; write it as YYYY-MM-DD"),
        ({"kind": "log", "title": " "}, "title must not be empty"),
        ("minutes", "'minutes' is neither"),
    ],
)
def test_evidence_that_cannot_be_taken_names_its_key(given: dict[str, str], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        blank().answer(GOV2, "met", evidence=[given])


# --- what does not fit -------------------------------------------------------------------------------------


def test_evidence_serves_a_need_the_item_has() -> None:
    """It would count for nothing, and the file it is written to could not be read again."""
    with pytest.raises(
        NoSuchNeed, match=r"lead-basics/GOV-01: the item has no evidence need 'vot'; .*leave `need` out"
    ):
        blank().answer(GOV1, "met", evidence={"kind": "minutes", "title": "Vote", "need": "vot"})
    with pytest.raises(NoSuchNeed, match=r"'vot'; use one of plan, idea, or leave `need` out"):
        blank().answer(GOV2, "met", evidence={"kind": "minutes", "title": "Vote", "need": "vot"})


def test_a_single_piece_of_evidence_needs_no_list() -> None:
    piece: dict[str, Any] = {"kind": "minutes", "title": "Vote", "date": "2026-02-01"}
    assert blank().answer(GOV1, "met", evidence=piece) == blank().answer(GOV1, "met", evidence=[piece])
    assert blank().answer(GOV1, "met", evidence=Evidence(**piece)) == blank().answer(GOV1, "met", evidence=[piece])
    with pytest.raises(ValueError, match=r"'minutes\.pdf' is neither"):
        blank().answer(GOV1, "met", evidence="minutes.pdf")  # type: ignore[arg-type]


def test_dates_of_evidence_are_dates() -> None:
    assert Evidence(kind="data", title="x", date="2026-02-01").date == datetime.date(2026, 2, 1)
    for name in ("date", "valid_until"):
        with pytest.raises(ValueError, match="write it as YYYY-MM-DD"):
            Evidence(kind="data", title="x", **{name: "1 Feb 2026"})


@pytest.mark.parametrize("wrong", [{"subject": None}, {"subject": 5}, {"assessor": 5}, {"documents": None}])
def test_an_assessment_starts_from_texts(wrong: Any) -> None:
    given: dict[str, Any] = {"subject": "XX-500", "on": "2026-03-01", "documents": ["lead-basics"]}
    with pytest.raises(ValueError, match=r"must not be empty|5 is not text|covers at least one document"):
        Assessment.start(CATALOG, **{**given, **wrong})


def test_notes_are_texts() -> None:
    with pytest.raises(ValueError, match="5 is not text"):
        blank().answer(GOV1, "met", note=5)  # type: ignore[arg-type]
