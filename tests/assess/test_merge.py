"""Parts of one assessment put together: cases worked by hand, and what holds for any parts."""

from __future__ import annotations

import datetime
import itertools

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from hmis_standards.assess import (
    Archived,
    Assessment,
    Assessor,
    Evidence,
    MergeConflicts,
    Merged,
    Response,
    Subject,
    merge_answers,
)
from hmis_standards.assess.merge import TAKES
from hmis_standards.errors import EditionMismatch, RatersDiffer
from hmis_standards.store import load_catalog
from hmis_standards.vocabulary import EvidenceKind
from tests.exchange.sample import CATALOG, responses
from tests.small import ALL, CON1, DOCUMENTS, GOV1, GOV2, SEC1

MINUTES = Evidence(kind=EvidenceKind.MINUTES, title="Board meeting")
CHARTER = Evidence(kind=EvidenceKind.DOCUMENT, title="Charter")


def part(
    name: str | None, *said: Response, day: int = 1, documents: tuple[str, ...] = DOCUMENTS, kind: str = "self"
) -> Assessment:
    """What somebody filled in, on a day of March."""
    return Assessment.start(
        CATALOG,
        subject=Subject(name="XX-500"),
        on=datetime.date(2026, 3, day),
        documents=documents,
        assessor=Assessor(name=name, kind=kind),
    ).with_responses(said)


def says(item: str, answer: str | None = None, note: str | None = None, **more: object) -> Response:
    return Response(item=item, answer=answer, note=note, **more)  # type: ignore[arg-type]


def answer_of(merged: Merged, item: str) -> str | None:
    response = merged.assessment.response(item)
    return response.answer if response else None


def note_of(merged: Merged, item: str) -> str | None:
    response = merged.assessment.response(item)
    return response.note if response else None


# --- parts -------------------------------------------------------------------------------------------------


def test_parts_are_put_together() -> None:
    ann = part("Ann", says(GOV1, "met"), says(GOV2, "partial", "Draft."), day=3)
    bob = part("Bob", says(CON1, "not_met"), day=9, documents=("vendor-basics",))
    merged = merge_answers([ann, bob])
    assert {one.item: one.answer for one in merged.assessment.responses} == {
        GOV1: "met",
        GOV2: "partial",
        CON1: "not_met",
    }
    assert note_of(merged, GOV2) == "Ann: Draft."
    assert merged.respondents == ("Ann", "Bob")
    assert merged.assessment.documents == DOCUMENTS
    assert merged.assessment.date == datetime.date(2026, 3, 9)
    assert merged.assessment.assessor == Assessor(name="Ann, Bob")
    assert merged.conflicts == ()


def test_the_same_answer_is_no_conflict_and_texts_are_joined() -> None:
    ann = part(
        "Ann", says(GOV1, "met", "Seen.", evidence=(MINUTES,)), says(SEC1, "not_applicable", reason="None here.")
    )
    bob = part(
        "Bob", says(GOV1, "met", "Also seen.", evidence=(CHARTER, MINUTES)), says(SEC1, "not_applicable", reason="No.")
    )
    merged = merge_answers([ann, bob])
    assert merged.conflicts == ()
    gov = merged.assessment.response(GOV1)
    assert gov is not None
    assert gov.evidence == (MINUTES, CHARTER)
    assert gov.note == (
        "Ann: Seen.\nBob: Also seen.\nEvidence of Ann: Board meeting\nEvidence of Bob: Charter; Board meeting"
    )
    sec = merged.assessment.response(SEC1)
    assert sec is not None
    assert sec.reason == "Ann: None here.\nBob: No."


def test_what_all_have_stands_there_as_it_was() -> None:
    given_out = says(GOV1, "met", "From last year.", evidence=(MINUTES,))
    merged = merge_answers(
        [part("Ann", given_out, says(GOV2, None, "x")), part("Bob", given_out, says(GOV2, None, "x"))]
    )
    assert merged.assessment.response(GOV1) == given_out
    assert note_of(merged, GOV2) == "x"
    # Of three who were asked two wrote the same: then it is theirs.
    three = merge_answers([part("Ann", given_out), part("Bob", given_out), part("Cy", says(GOV1, "met"))])
    assert note_of(three, GOV1) == "Ann, Bob: From last year."


# --- conflicts ---------------------------------------------------------------------------------------------


def in_conflict(take: str = "none") -> Merged:
    """Ann, on the 5th: met; Bob, on the 7th: partial; Cy, on the 6th: not applicable. GOV-02 can be that."""
    ann = part("Ann", says(GOV2, "met", "Approved."), day=5)
    bob = part("Bob", says(GOV2, "partial", evidence=(MINUTES,)), says(GOV1, "met"), day=7)
    cy = part("Cy", says(GOV2, "not_applicable", reason="One project."), day=6)
    return merge_answers([ann, bob, cy], take=take)


def test_a_conflict_stays_open_with_what_each_said() -> None:
    merged = in_conflict()
    assert answer_of(merged, GOV2) is None
    assert note_of(merged, GOV2) == "Ann: met (Approved.)\nBob: partial\nCy: not_applicable (One project.)"
    response = merged.assessment.response(GOV2)
    assert response is not None
    assert response.evidence == (MINUTES,)
    assert [one.item.id for one in merged.open] == [GOV2]
    assert merged.open[0].answers == (("met", ("Ann",)), ("partial", ("Bob",)), ("not_applicable", ("Cy",)))
    assert answer_of(merged, GOV1) == "met"


@pytest.mark.parametrize(
    ("take", "answer", "whose"),
    # First: Ann. Latest: Bob, the 7th. Cautious: partial is worth 1/2, met 1; not applicable goes last.
    [("first", "met", "Ann"), ("latest", "partial", "Bob"), ("cautious", "partial", "Bob")],
)
def test_what_is_taken_on_request(take: str, answer: str, whose: str) -> None:
    merged = in_conflict(take)
    assert answer_of(merged, GOV2) == answer
    assert merged.conflicts[0].taken_from == (whose,)
    assert merged.open == ()
    assert str(note_of(merged, GOV2)).startswith(f"Taken ({take}): {answer}\nAnn: met (Approved.)\nBob: partial\n")


def test_not_applicable_that_is_taken_keeps_its_reason() -> None:
    cy = part("Cy", says(GOV2, "not_applicable", reason="One project."), day=6)
    merged = merge_answers([cy, part("Ann", says(GOV2, "met"))], take="first")
    response = merged.assessment.response(GOV2)
    assert response is not None
    assert (response.answer, response.reason) == ("not_applicable", "Cy: One project.")


def test_of_the_latest_day_several_that_differ_leave_it_open() -> None:
    ann, bob = part("Ann", says(GOV1, "met"), day=7), part("Bob", says(GOV1, "partial"), day=7)
    old = part("Cy", says(GOV1, "not_met"), day=1)
    assert [one.state for one in merge_answers([ann, bob, old], take="latest").conflicts] == ["open"]
    same = part("Bob", says(GOV1, "met"), day=7)
    assert merge_answers([ann, same, old], take="latest").conflicts[0].taken_from == ("Ann", "Bob")


def test_the_most_cautious_of_counts_and_levels() -> None:
    catalog = load_catalog()
    topic, standard = "end-user-training/T01", "improvement-matrix/GOV-01"
    levels = catalog.scale(catalog[standard]).words()
    start = Assessment.start(
        catalog, subject="X", on="2026-03-01", documents=["end-user-training", "improvement-matrix"]
    )
    high = start.answer(topic, "2 of 3").answer(standard, levels[0])
    low = start.answer(topic, [1]).answer(standard, levels[-1])
    merged = merge_answers([high, low], take="cautious", names=["A", "B"])
    # One part of three against two of three; the lowest level against the highest.
    assert [(one.item.id, one.response.answer) for one in merged.conflicts] == [(topic, "parts 1"), (standard, "0")]


# --- proposals, decisions, archive -------------------------------------------------------------------------


def test_a_person_goes_before_a_proposal_and_that_is_told() -> None:
    measured = part("Data", says(GOV1, "not_met", "Counted.", proposed=True))
    merged = merge_answers([measured, part("Ann", says(GOV1, "met"))])
    response = merged.assessment.response(GOV1)
    assert response is not None
    assert (response.answer, response.proposed) == ("met", False)
    assert response.note == "Data: Counted.\nData: proposed not_met"
    assert merged.conflicts == ()


def test_a_proposal_alone_stays_one_and_different_ones_are_a_conflict() -> None:
    one = part("A", says(GOV1, "met", proposed=True))
    merged = merge_answers([one, part("B")])
    response = merged.assessment.response(GOV1)
    assert response is not None
    assert response.proposed
    assert len(merge_answers([one, part("B", says(GOV1, "partial", proposed=True))]).open) == 1


def test_who_decided_and_the_archive_are_kept() -> None:
    kept = Archived(edition="2024.1", response=says(GOV1, "met"))
    ann = evolve(part("Ann", says(GOV1, "met", decided_by="Board")), archive=(kept,))
    bob = evolve(part("Bob", says(GOV1, "met", decided_by="Chair")), archive=(kept,))
    merged = merge_answers([ann, bob])
    response = merged.assessment.response(GOV1)
    assert response is not None
    assert response.decided_by == "Board; Chair"
    assert merged.assessment.archive == (kept,)


# --- who, and what is refused ------------------------------------------------------------------------------


def test_names_and_kinds() -> None:
    unnamed = [part(None, says(GOV1, "met", "x")), part(None, says(GOV1, "met"), kind="peer")]
    merged = merge_answers(unnamed)
    assert merged.respondents == ("self", "peer")
    assert merged.assessment.assessor == Assessor(kind="reconciled")
    assert merge_answers(unnamed, names=["North", "South"]).respondents == ("North", "South")
    assert merge_answers(unnamed, assessor="Committee", on="2026-04-01").assessment.assessor.name == "Committee"
    with pytest.raises(ValueError, match=r"2 assessments need as many names, all different; given: A, A"):
        merge_answers(unnamed, names=["A", "A"])


def test_what_cannot_be_merged() -> None:
    one = part("A")
    with pytest.raises(ValueError, match=r"take is 'best'; use one of none, first, latest, cautious"):
        merge_answers([one, one], take="best")
    with pytest.raises(ValueError, match="at least two"):
        merge_answers([one])
    with pytest.raises(RatersDiffer, match="subject: XX-500, YY-501"):
        merge_answers([one, evolve(one, subject=Subject(name="YY-501"))])
    with pytest.raises(EditionMismatch):
        merge_answers([one, evolve(one, edition="1999.1")])


def test_as_table_and_plain_values() -> None:
    merged = in_conflict("latest")
    assert isinstance(merged.conflicts, MergeConflicts)
    assert merged.rows()[1] == {
        "item": GOV2,
        "title": "Title of GOV-02",
        "state": "taken",
        "answer": "partial",
        "said": "Ann: met; Bob: partial; Cy: not_applicable",
        "taken_from": "Bob",
        "evidence_of": "Bob",
        "note": note_of(merged, GOV2),
    }
    told = merged.to_dict()
    assert told["respondents"] == ["Ann", "Bob", "Cy"]
    assert told["assessment"]["format"] == "hmis-standards/assessment/1"
    assert [one["by"] for one in told["items"][1]["said"]] == ["Ann", "Bob", "Cy"]
    assert repr(merged) == "<Merged XX-500 from 3 respondents: 2 of 8 items answered, 1 in conflict, 0 open>"
    assert "Ann: met; Bob: partial" in merged._repr_html_()
    assert len(merged.to_frame()) == 2
    assert list(merged.conflicts.to_dict()) == ["conflicts"]


# --- for any parts -----------------------------------------------------------------------------------------


def each_once(response: Response) -> Response:
    """The response without evidence that stands there twice, of which merging keeps one."""
    return evolve(response, evidence=tuple(dict.fromkeys(response.evidence)))


@settings(max_examples=40)
@given(responses, st.randoms(use_true_random=False))
def test_a_whole_that_was_shared_out_comes_together_again(said: tuple[Response, ...], chance: object) -> None:
    whole = [each_once(one) for one in said if not one.empty]
    hands: list[list[Response]] = [[], [], []]
    for one in whole:
        hands[chance.randrange(3)].append(one)  # type: ignore[attr-defined]
    merged = merge_answers([part(name, *hand) for name, hand in zip("ABC", hands, strict=True)])
    found = {one.item: one for one in merged.assessment.responses}
    assert {item: (one.answer, one.evidence, one.proposed) for item, one in found.items()} == {
        one.item: (one.answer, one.evidence, one.proposed) for one in whole
    }
    assert all(one.note is None or one.note in str(found[one.item].note) for one in whole)
    assert merged.conflicts == ()


@settings(max_examples=40)
@given(responses)
def test_copies_of_one_assessment_are_that_assessment(said: tuple[Response, ...]) -> None:
    one = part("A", *map(each_once, said))
    assert merge_answers([one, evolve(one, assessor=Assessor(name="B"))]).assessment.responses == one.responses


@settings(max_examples=25)
@given(st.lists(responses, min_size=3, max_size=3), st.sampled_from(TAKES))
def test_nothing_is_lost_and_the_order_of_files_decides_only_what_is_first(
    hands: list[tuple[Response, ...]], take: str
) -> None:
    parts = [part(name, *hand, day=day) for name, hand, day in zip("ABC", hands, (1, 2, 3), strict=True)]
    results = [merge_answers(order, take=take) for order in itertools.permutations(parts)]
    for merged in results:
        found = {one.item: one for one in merged.assessment.responses}
        for said in (response for hand in hands for response in hand if not response.empty):
            assert set(said.evidence) <= set(found[said.item].evidence)
            assert said.note is None or said.note in str(found[said.item].note)
        for conflict in merged.conflicts:
            assert all(f"{one.by}: " in str(found[conflict.item.id].note) for one in conflict.said)
            assert (conflict.state == "open") == (found[conflict.item.id].answer is None)
    assert len({tuple(one.item.id for one in merged.conflicts) for merged in results}) == 1
    if take != "first":
        answered = [{one.item for one in merged.assessment.responses if one.answer} for merged in results]
        assert all(one == answered[0] for one in answered)


def test_every_item_can_be_in_conflict() -> None:
    ann = part("Ann", *(says(item, "met") for item in ALL))
    bob = part("Bob", *(says(item, "partial") for item in ALL))
    assert [one.item.id for one in merge_answers([ann, bob]).open] == list(ALL)
