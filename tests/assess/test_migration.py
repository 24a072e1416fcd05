"""From one edition to another: what becomes of each answer, by hand; and that none is lost, for any answers."""

from __future__ import annotations

import datetime
import json

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from hmis_standards.assess import Archived, Assessment, Evidence, Migration, Response, carried_to, score
from hmis_standards.assess.answers import allowed_answers
from hmis_standards.assess.ways import Way
from hmis_standards.model import Catalog, tailor
from hmis_standards.vocabulary import EvidenceKind, Outcome, Status
from tests.assess.helpers import blank
from tests.assess.two_editions import CHANGES, CON4, FIRST, FIRST_ONLY, GOV4, GOV5, GOV6, SEC3, SECOND, STRICT, THIRD
from tests.small import CON1, CON2, CON3, DOCUMENTS, GOV1, GOV2, GOV3, SEC1, SEC2

REPORT = Evidence(kind=EvidenceKind.REPORT, title="Report", need="report")


def moved(*responses: Response, to: Catalog = THIRD) -> Migration:
    return carried_to(blank(FIRST).with_responses(responses), to, CHANGES)


def outcome(found: Migration) -> dict[str | None, Outcome]:
    return {one.old: one.outcome for one in found.entries if one.old}


def test_what_asks_the_same_is_carried() -> None:
    said = Response(item=CON1, answer="met", note="As agreed.", evidence=(REPORT,))
    found = moved(evolve(said, evidence=()))
    assert outcome(found) == {CON1: Outcome.CARRIED}
    assert found.assessment.response(CON1) == evolve(said, evidence=())
    assert found.assessment.archive == ()
    assert found.assessment.edition == "2028.1"


def test_what_asks_something_else_is_proposed_with_the_reason() -> None:
    found = moved(Response(item=GOV1, answer="met", note="Minutes."))
    assert outcome(found) == {GOV1: Outcome.NEEDS_REVIEW}
    (entry,) = found.to_review()
    assert entry.reason == "Reads otherwise since edition 2027.1: Because of GOV-01."
    told = found.assessment.response(GOV1)
    assert told is not None
    assert (told.answer, told.proposed) == ("met", True)
    assert told.note == f"Minutes.\n{entry.reason} Confirm or replace."
    assert score(found.assessment).line(GOV1).status is Status.NOT_ASSESSED
    assert found.assessment.archive == (
        Archived(edition="2026.1", response=Response(item=GOV1, answer="met", note="Minutes.")),
    )


def test_evidence_for_a_need_that_is_no_more_stays_without_its_name() -> None:
    found = moved(Response(item=CON3, answer="partial", evidence=(REPORT,)))
    told = found.assessment.response(CON3)
    assert told is not None
    assert told.evidence == (evolve(REPORT, need=None),)
    assert found.assessment.archive[0].response.evidence == (REPORT,)


def test_a_moved_item_takes_its_answer_along() -> None:
    found = moved(Response(item=GOV3, answer="met", note="Signed."))
    assert outcome(found) == {GOV3: Outcome.CARRIED}
    assert found.entries[0].new == (GOV6,)
    assert found.assessment.response(GOV6) == Response(item=GOV6, answer="met", note="Signed.")


def test_a_split_item_proposes_its_answer_for_each_part() -> None:
    found = moved(Response(item=GOV2, answer="partial"))
    assert outcome(found) == {GOV2: Outcome.SPLIT}
    assert found.entries[0].new == (GOV4, GOV5)
    for part in (GOV4, GOV5):
        told = found.assessment.response(part)
        assert told is not None
        assert (told.answer, told.proposed) == ("partial", True)
        assert told.note == "Split in edition 2028.1: Because of GOV-02. Confirm or replace."


def test_an_answer_that_a_part_does_not_take_is_told_and_left_open() -> None:
    found = moved(Response(item=GOV2, answer="not_applicable", reason="No plan."))
    one, other = found.assessment.response(GOV4), found.assessment.response(GOV5)
    assert one is not None
    assert other is not None
    assert (one.answer, one.proposed) == ("not_applicable", True)
    assert (other.answer, other.proposed, other.reason) == (None, False, "No plan.")
    assert other.note is not None
    assert other.note.startswith("Answered not_applicable before, which this item does not take.\n")
    assert other.note.endswith("Answer it anew.")


def test_of_merged_items_the_least_is_proposed_and_all_are_noted() -> None:
    pieces = (Evidence(kind=EvidenceKind.LOG, title="Log"), Evidence(kind=EvidenceKind.DOCUMENT, title="Plan"))
    found = moved(
        Response(item=SEC1, answer="met", note="All of it.", evidence=pieces[:1]),
        Response(item=SEC2, answer="not_met", evidence=pieces),
    )
    assert outcome(found) == {SEC1: Outcome.MERGED, SEC2: Outcome.MERGED}
    told = found.assessment.response(SEC3)
    assert told is not None
    assert (told.answer, told.proposed, told.evidence) == ("not_met", True, pieces)
    assert told.note == (
        f"{SEC1}, met: All of it.\n{SEC2}, not_met\nMerged in edition 2028.1: Because of SEC-01. Confirm or replace."
    )


@pytest.mark.parametrize(
    ("one", "other", "least"),
    [
        ("not_applicable", "partial", "partial"),
        ("not_applicable", "not_applicable", "not_applicable"),
        ("met", None, "met"),
        ("partial", "met", "partial"),
    ],
)
def test_the_least_of_two(one: str, other: str | None, least: str) -> None:
    said = [Response(item=SEC1, answer=one, reason="None."), Response(item=SEC2, answer=other, reason="None.")]
    told = moved(*said).assessment.response(SEC3)
    assert told is not None
    assert told.answer == least


def test_a_part_of_a_merger_without_a_response_is_named() -> None:
    told = moved(Response(item=SEC1, answer="met")).assessment.response(SEC3)
    assert told is not None
    assert told.note is not None
    assert f"{SEC2}, not answered" in told.note


def test_a_retired_answer_is_kept_and_points_to_what_came_after() -> None:
    said = Response(item=CON2, answer="partial", note="Half.", proposed=True)
    found = moved(said)
    assert outcome(found) == {CON2: Outcome.RETIRED}
    assert found.entries[0].reason == f"Retired in edition 2028.1: Because of CON-02. See {CON4}."
    assert found.assessment.responses == ()
    assert found.assessment.archive == (Archived(edition="2026.1", response=said),)
    assert found.assessment.to_dict()["archive"] == [{"edition": "2026.1", **said.to_dict()}]


def test_items_that_are_new_are_listed() -> None:
    found = moved(Response(item=CON1, answer="met"))
    assert [one.new for one in found.entries if one.outcome is Outcome.NEW] == [(CON4,)]
    assert found.counts()[Outcome.NEW] == 1


def test_going_back_meanwhile_answered_anew_takes_the_newer_answer_and_keeps_the_older() -> None:
    there = moved(Response(item=GOV1, answer="met", note="Then.")).assessment
    back = carried_to(there.answer(GOV1, "not_met", note="Now."), FIRST, CHANGES)
    told = back.assessment.response(GOV1)
    assert told is not None
    assert (told.answer, told.proposed) == ("not_met", True)
    kept = [(one.edition, one.response.answer) for one in back.assessment.archive]
    assert kept == [("2026.1", "met"), ("2028.1", "not_met")]


def test_a_proposal_that_was_taken_back_gives_way_to_the_older_answer() -> None:
    there = moved(Response(item=GOV1, answer="met", note="Then.")).assessment
    back = carried_to(there.with_responses([Response(item=GOV1)]), FIRST, CHANGES)
    assert back.assessment.responses == (Response(item=GOV1, answer="met", note="Then."),)
    assert back.assessment.archive == ()


def test_a_retired_answer_comes_back_beside_new_ones() -> None:
    there = moved(Response(item=CON2, answer="met"), Response(item=CON1, answer="met")).assessment
    back = carried_to(there.answer(CON4, "met"), FIRST, CHANGES)
    assert outcome(back)[CON4] is Outcome.RETIRED
    assert back.assessment.response(CON2) == Response(item=CON2, answer="met")
    assert [one.response.item for one in back.assessment.archive] == [CON4]


def test_what_a_profile_leaves_out_is_kept() -> None:
    profile = evolve(FIRST_ONLY, based_on=None, override=())
    found = moved(Response(item=SEC1, answer="met"), to=tailor(FIRST, profile))
    assert found.entries[0].reason == "Left out by profile first-only: Not here."
    assert found.assessment.profile == "first-only"
    assert found.assessment.archive[0].response == Response(item=SEC1, answer="met")


def test_only_covered_documents_are_carried() -> None:
    one = Assessment.start(FIRST, subject="XX-500", on="2026-03-01", documents=["lead-basics"])
    found = carried_to(one, THIRD, CHANGES)
    assert found.assessment.documents == ("lead-basics",)
    assert found.entries == ()
    empty = evolve(THIRD, documents=THIRD.documents[1:])
    with pytest.raises(ValueError, match=r"edition 2028\.1 has none of the documents covered: lead-basics"):
        carried_to(one, empty, CHANGES)


def test_it_can_be_read_in_every_form() -> None:
    found = moved(Response(item=GOV1, answer="met"), Response(item=CON2, answer="met"))
    assert repr(found) == "<Migration 2026.1 to 2028.1: 1 needs review, 1 retired, 1 new>"
    told = json.loads(json.dumps(found.to_dict()))
    assert (told["from"], told["to"], told["counts"]["retired"]) == ("2026.1", "2028.1", 1)
    assert [row["outcome"] for row in found.rows()] == ["needs_review", "retired", "new"]
    assert len(found.to_frame()) == 3
    assert "needs_review" in found._repr_html_()


def test_the_way_is_the_same_in_both_directions() -> None:
    there, back = Way(FIRST, THIRD, CHANGES), Way(THIRD, FIRST, CHANGES)
    forward = {(old, new) for old in FIRST for new in there.leads(old)}
    assert forward == {(old, new) for new in THIRD for old in back.leads(new)}
    assert back.absence(CON4) == "Added in edition 2028.1: Because of CON-04."
    assert Way(FIRST, FIRST, CHANGES).leads(GOV1) == (GOV1,)


def test_without_records_what_differs_still_needs_review() -> None:
    found = carried_to(blank(FIRST).with_responses([Response(item=GOV1, answer="met")]), SECOND, ())
    assert found.entries[0].reason == "Reads otherwise in edition 2027.1."
    gone = carried_to(blank(FIRST).with_responses([Response(item=CON2, answer="met")]), THIRD, ())
    assert gone.entries[0].reason.startswith("Not in edition 2028.1.") or CON4 in gone.entries[0].reason


# --- any answers -------------------------------------------------------------------------------------------

texts = st.none() | st.sampled_from(["A remark.", "Two\nlines", "Confirm or replace."])
CATALOGS = {one.edition: one for one in (FIRST, SECOND, THIRD)}


def responses_to(catalog: Catalog, item: str) -> st.SearchStrategy[Response]:
    needs = [need.id for need in catalog[item].evidence]
    evidence = st.builds(
        Evidence,
        kind=st.sampled_from([EvidenceKind.LOG, EvidenceKind.REPORT]),
        title=st.sampled_from(["One", "Two"]),
        date=st.none() | st.just(datetime.date(2026, 1, 1)),
        need=st.sampled_from([None, *needs]),
    )
    return st.builds(
        Response,
        item=st.just(item),
        answer=st.sampled_from([None, *allowed_answers(catalog, catalog[item])]),
        note=texts,
        reason=st.sampled_from(["Because.", "None here."]),
        evidence=st.lists(evidence, max_size=2).map(tuple),
        proposed=st.booleans(),
    )


@st.composite
def any_assessment(draw: st.DrawFn, catalog: Catalog) -> Assessment:
    one = Assessment.start(catalog, subject="XX-500", on="2026-03-01", documents=DOCUMENTS)
    items = draw(st.lists(st.sampled_from([item.id for item in one.items()]), unique=True))
    return one.with_responses([draw(responses_to(catalog, item)) for item in items])


editions = st.sampled_from(sorted(CATALOGS))
anything = editions.flatmap(lambda edition: any_assessment(CATALOGS[edition]))


@given(anything, editions)
def test_there_and_back_is_where_one_was(one: Assessment, edition: str) -> None:
    there = carried_to(one, CATALOGS[edition], CHANGES)
    back = carried_to(there.assessment, one.catalog, CHANGES)
    assert back.assessment == one
    assert {entry.outcome for entry in back.entries} <= {Outcome.CARRIED, Outcome.NEW}


@given(anything, editions)
def test_there_and_back_with_a_tailored_catalog(one: Assessment, edition: str) -> None:
    tailored = evolve(one, catalog=tailor(one.catalog, STRICT), profile="strict")
    there = carried_to(tailored, tailor(CATALOGS[edition], STRICT), CHANGES)
    assert there.assessment.profile == "strict"
    assert carried_to(there.assessment, tailored.catalog, CHANGES).assessment == tailored


@given(anything, editions, editions)
def test_there_and_back_over_another_edition(one: Assessment, first: str, second: str) -> None:
    journey = (first, second, first, one.edition)
    found = one
    for edition in journey:
        found = carried_to(found, CATALOGS[edition], CHANGES).assessment
    assert found == one


@given(anything, editions)
def test_every_response_has_one_outcome_and_stands_somewhere(one: Assessment, edition: str) -> None:
    found = carried_to(one, CATALOGS[edition], CHANGES)
    named = [entry.old for entry in found.entries if entry.outcome is not Outcome.NEW]
    assert sorted(named, key=str) == sorted(response.item for response in one.responses)
    new = {entry.old: entry.new for entry in found.entries}
    for response in one.responses:
        carried = [found.assessment.response(item) == evolve(response, item=item) for item in new[response.item]]
        assert carried == [True] or Archived(edition=one.edition, response=response) in found.assessment.archive


@given(anything, editions, st.data())
def test_whatever_is_answered_in_between_no_response_is_lost(
    one: Assessment, edition: str, data: st.DataObject
) -> None:
    """What was given in between and what the archive held is in the end the response or in the archive."""
    there = carried_to(one, CATALOGS[edition], CHANGES).assessment
    items = data.draw(st.lists(st.sampled_from([item.id for item in there.items()]), unique=True, max_size=4))
    given_anew = [data.draw(responses_to(there.catalog, item)) for item in items]
    changed = there.with_responses(given_anew)
    back = carried_to(changed, one.catalog, CHANGES).assessment
    standing = {evolve(response, item="") for response in back.responses}
    kept = {evolve(entry.response, item="") for entry in back.archive}
    assert {evolve(response, item="") for response in changed.responses if response in given_anew} <= standing | kept
    assert all(entry in back.archive or entry.response in back.responses for entry in there.archive)
    untouched = {response.item for response in one.responses} - {
        old for item in items for old in Way(there.catalog, one.catalog, CHANGES).leads(item)
    }
    for item in untouched:
        assert back.response(item) == one.response(item)


@given(anything, editions)
def test_nothing_that_needs_a_person_counts(one: Assessment, edition: str) -> None:
    found = carried_to(one, CATALOGS[edition], CHANGES)
    for entry in found.to_review():
        for item in entry.new:
            assert score(found.assessment).line(item).status is Status.NOT_ASSESSED
