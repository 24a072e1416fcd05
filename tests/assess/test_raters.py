from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve

import hmis_standards as hs
from hmis_standards.assess import Assessment, Assessor, Evidence, Response, Subject
from hmis_standards.errors import AnswerNotAllowed, DecisionIncomplete, EditionMismatch, RatersDiffer, UnknownItem
from hmis_standards.vocabulary import Status
from tests.assess.helpers import SHOWN, filled
from tests.small import CON1, CON2, CON3, GOV1, GOV2, GOV3, SEC1, SEC2

ANSWERS_OF_SELF = {GOV1: "met", GOV2: "met", GOV3: "partial", SEC1: "met", SEC2: "not_applicable", CON1: "met"}
ANSWERS_OF_PEER = {GOV1: "met", GOV2: "partial", SEC1: "met", SEC2: "not_met"}
ANSWERS_OF_MONITOR = {GOV1: "met", GOV2: "not_met", GOV3: "partial", SEC1: "partial", CON2: "met"}


def by(kind: str, answers: dict[str, str], name: str | None = None) -> Assessment:
    return evolve(filled(answers), assessor=Assessor(name=name, kind=kind))


SELF, PEER, MONITOR = by("self", ANSWERS_OF_SELF), by("peer", ANSWERS_OF_PEER), by("monitor", ANSWERS_OF_MONITOR)


def test_two_raters() -> None:
    # Both rated GOV-01 met/met, GOV-02 met/not met, GOV-03 partial/partial, SEC-01 met/partial: 2 of 4 the same.
    # Self: met 3, partial 1. Monitor: met 1, partial 2, not met 1. Expected (3*1 + 1*2 + 0) / 16 = 5/16.
    # Kappa (8/16 - 5/16) / (11/16) = 3/11. Weighted: observed (2 + 0 + 1/2) / 4 = 5/8;
    # expected (3*1 + 3*2/2 + 1*1/2 + 1*2 + 1*1/2) / 16 = 9/16; kappa (10/16 - 9/16) / (7/16) = 1/7.
    found = hs.agreement([SELF, MONITOR])
    assert found.raters == ("self", "monitor")
    (pair,) = found.pairs
    assert (pair.first, pair.second, pair.items, pair.same) == ("self", "monitor", 4, 2)
    assert pair.agreement == found.agreement == Fraction(1, 2)
    assert pair.kappa.value == Fraction(3, 11)
    assert (pair.weighted.observed, pair.weighted.expected) == (Fraction(5, 8), Fraction(9, 16))
    assert pair.weighted.value == Fraction(1, 7)
    assert found.fleiss is None
    assert found.compared == 4


def test_disagreements_largest_first() -> None:
    found = hs.agreement(iter([SELF, PEER, MONITOR]))
    # GOV-02 is two steps apart. One step: SEC-01 (weight 1) before SEC-02 (weight 1/2, not applicable against not met).
    assert [(line.item.id, line.distance) for line in found.disagreements] == [(GOV2, 2), (SEC1, 1), (SEC2, 1)]
    assert (found.compared, found.agreement) == (5, Fraction(2, 5))
    line = found.disagreements[0]
    assert line.statuses == (Status.MET, Status.PARTIAL, Status.NOT_MET)
    assert line.answers == ("met", "partial", "not_met")


def test_fleiss_is_of_the_items_that_all_rated() -> None:
    found = hs.agreement([SELF, PEER, MONITOR]).fleiss
    assert found is not None
    # GOV-01 met 3; GOV-02 one of each; SEC-01 met 2, partial 1. Agreeing pairs (6 + 0 + 2) / (3*6) = 4/9.
    # Of 9 ratings met 6, partial 2, not met 1: expected (36 + 4 + 1) / 81 = 41/81; kappa (36 - 41) / 40 = -1/8.
    assert (found.items, found.observed, found.expected) == (3, Fraction(4, 9), Fraction(41, 81))
    assert found.value == Fraction(-1, 8)


def test_not_applicable_has_no_place_in_the_order() -> None:
    (pair,) = hs.agreement([SELF, PEER]).pairs
    assert (pair.items, pair.kappa.items, pair.weighted.items) == (4, 4, 3)


def test_a_proposal_is_no_rating_and_evidence_counts() -> None:
    proposed = SELF.with_responses([Response(item=GOV1, answer="not_met", proposed=True)])
    bare = MONITOR.with_responses([Response(item=GOV2, answer="met")])  # the plan is demanded and not shown: partial
    found = hs.agreement([proposed, bare])
    by_item = {line.item.id: line for line in found.lines}
    assert by_item[GOV1].statuses == (Status.NOT_ASSESSED, Status.MET)
    assert by_item[GOV1].distance == 0
    assert by_item[GOV2].statuses == (Status.MET, Status.PARTIAL)
    assert by_item[GOV2].answers == ("met", "met")


def test_scores_are_on_the_documents_all_cover() -> None:
    lead = evolve(MONITOR, documents=("lead-basics",), responses=MONITOR.responses[:-1])
    found = hs.agreement([SELF, lead])
    assert [len(score) for score in found.scores] == [5, 5]
    assert found.scores[0].value == hs.score(SELF).by("document")["lead-basics"].value
    assert [line.item.id for line in found.lines] == [GOV1, GOV2, GOV3, SEC1, SEC2]


def test_labels_tell_raters_apart() -> None:
    twice = [by("peer", ANSWERS_OF_PEER, "A"), by("peer", ANSWERS_OF_PEER, "B"), by("peer", {}, "B")]
    assert hs.agreement(twice).raters == ("peer A", "peer B 2", "peer B 3")
    assert hs.agreement([PEER, PEER]).raters == ("peer 1", "peer 2")


def test_without_an_item_in_common() -> None:
    found = hs.agreement([by("self", {GOV1: "met"}), by("peer", {GOV2: "met"})])
    assert (found.agreement, found.pairs[0].agreement, found.disagreements) == (None, None, ())
    assert found.pairs[0].kappa.reason == "no item was rated by all of them"
    assert "– of 0 items" in repr(found)


def test_what_cannot_be_laid_side_by_side() -> None:
    with pytest.raises(ValueError, match="at least two"):
        hs.agreement([SELF])
    with pytest.raises(RatersDiffer, match="differ in subject: XX-500, XX-501"):
        hs.agreement([SELF, evolve(PEER, subject=Subject(name="XX-501"))])
    with pytest.raises(RatersDiffer, match="differ in profile: no profile, small-coc"):
        hs.agreement([SELF, evolve(PEER, profile="small-coc")])
    with pytest.raises(EditionMismatch):
        hs.agreement([SELF, evolve(PEER, edition="2024.1")])
    lead, vendor = (evolve(SELF, documents=(one,), responses=()) for one in ("lead-basics", "vendor-basics"))
    with pytest.raises(RatersDiffer, match="differ in documents: lead-basics, vendor-basics"):
        hs.agreement([lead, vendor])


def test_shows_itself() -> None:
    found = hs.agreement([SELF, MONITOR])
    assert repr(found) == "<Agreement of self, monitor: 50 % of 4 items rated by at least two, 2 in dispute>"
    assert '<th scope="col">weighted kappa</th>' in found._repr_html_()
    assert list(found.to_frame()["distance"])[:3] == [0, 2, 0]
    told = found.to_dict()
    assert told["pairs"][0]["kappa"]["value"] == "3/11"
    assert told["disagreements"] == [GOV2, SEC1]
    assert told["scores"]["self"]["value"] == str(hs.score(SELF).value)
    assert set(found.rows()[0]) == {
        "item", "title", "self status", "monitor status", "distance", "self answer", "monitor answer"
    }  # fmt: skip


# --- one out of several ------------------------------------------------------------------------------------


def test_agreed_decided_undecided() -> None:
    found = hs.reconcile(
        [SELF, PEER, MONITOR],
        {GOV2: ("partial", None, "The plan lacks a chapter."), CON3: ("not_met", "J. Chair", "Nothing was shown.")},
        decided_by="HMIS committee",
    )
    a = found.assessment
    assert (found.agreed, found.decided, found.undecided) == ((GOV1, GOV3), (GOV2, CON3), (SEC1, SEC2, CON1, CON2))
    assert a.assessor == Assessor(name="HMIS committee", kind="reconciled")
    said = {response.item: response for response in a.responses}
    assert (said[GOV1].answer, said[GOV1].decided_by, said[GOV1].evidence) == ("met", None, SHOWN)
    assert (said[GOV2].answer, said[GOV2].decided_by) == ("partial", "HMIS committee")
    assert said[GOV2].reason == "The plan lacks a chapter."
    assert said[GOV2].note == "self: met\npeer: partial\nmonitor: not_met"
    assert (said[CON3].decided_by, said[CON3].note) == ("J. Chair", None)
    assert (said[SEC1].answer, said[SEC1].note) == (None, "self: met\npeer: met\nmonitor: partial")
    assert [row["state"] for row in found.rows()] == [
        "agreed", "decided", "agreed", "undecided", "undecided", "undecided", "undecided", "decided"
    ]  # fmt: skip
    assert repr(found) == "<Reconciliation of XX-500: 2 agreed, 2 decided, 4 undecided>"
    assert found.to_dict()["undecided"] == [SEC1, SEC2, CON1, CON2]
    assert found.to_dict()["assessment"]["responses"][1]["decided_by"] == "HMIS committee"
    assert len(found.to_frame()) == 8


def test_one_voice_is_no_agreement_and_a_proposal_is_none() -> None:
    one = by("self", {GOV1: "met"})
    proposed = by("peer", {}).with_responses([Response(item=GOV1, answer="met", proposed=True)])
    assert hs.reconcile([one, proposed]).undecided == (GOV1,)


def test_notes_reasons_and_evidence_come_together() -> None:
    log = Evidence(kind="log", title="Log")
    one = by("self", {}).answer(SEC1, "not_applicable", reason="None here.", note="Seen", evidence=[log])
    two = by("peer", {}).answer(SEC1, "not_applicable", reason="No such system.", evidence=[log, *SHOWN[:1]])
    (response,) = hs.reconcile([one, two]).assessment.responses
    assert response.reason == "None here.\nNo such system."
    assert (response.note, response.evidence) == ("self: Seen", (log, SHOWN[0]))


def test_a_decision_goes_before_agreement() -> None:
    found = hs.reconcile([SELF, PEER], {GOV1: ("not_met", "Board", "Lapsed in May.")})
    assert (GOV1 in found.agreed, found.decided) == (False, (GOV1,))


def test_documents_and_day() -> None:
    later = evolve(PEER, date=datetime.date(2026, 4, 2), documents=("lead-basics",))
    assert hs.reconcile([SELF, later]).assessment.documents == ("lead-basics",)
    assert hs.reconcile([SELF, later]).assessment.date == datetime.date(2026, 4, 2)
    assert hs.reconcile([SELF, later], on="2026-05-01").assessment.date == datetime.date(2026, 5, 1)


def test_a_decision_says_who_and_why() -> None:
    with pytest.raises(DecisionIncomplete, match="GOV-01: a decision says who decided and why; decided_by is missing"):
        hs.reconcile([SELF, PEER], {GOV1: ("met", None, "So it is.")})
    with pytest.raises(DecisionIncomplete, match="reason is missing"):
        hs.reconcile([SELF, PEER], {GOV1: ("met", "Board", " ")})
    with pytest.raises(UnknownItem):
        hs.reconcile([SELF, PEER], {"lead-basics/GOV-99": ("met", "Board", "So it is.")})
    with pytest.raises(AnswerNotAllowed):
        hs.reconcile([SELF, PEER], {GOV1: ("yes", "Board", "So it is.")})


@pytest.mark.parametrize("wrong", ["met", ("met", "J. Chair")])
def test_a_decision_is_answer_who_and_why(wrong: Any) -> None:
    with pytest.raises(ValueError, match=r"is no decision; write \(answer, who decided, why\)"):
        hs.reconcile([filled({GOV1: "met"}), filled({GOV1: "not_met"})], decisions={GOV1: wrong})
