"""The sample assessment: it can be read, its gaps are the ones meant, and it leaves room for measurement."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

import hmis_standards as hs
from hmis_standards.vocabulary import SpeaksTo, Status, Verdict

PATH = Path(__file__).resolve().parents[2] / "examples" / "sample" / "assessment.yaml"
STALE = {"system-administrator/PRJ-02", "system-administrator/RPT-06"}
MISSING = {"system-administrator/RPT-07"}


@pytest.fixture(scope="module")
def sample() -> hs.Assessment:
    return hs.read_assessment(PATH)


@pytest.fixture(scope="module")
def scored(sample: hs.Assessment) -> hs.Score:
    return hs.score(sample)


def _answers(sample: hs.Assessment) -> dict[str, str]:
    return {response.item: response.answer for response in sample.responses if response.answer is not None}


def test_head(sample: hs.Assessment) -> None:
    assert sample.edition == "2026.1"
    assert sample.documents == ("system-administrator", "data-quality-program")
    assert sample.profile is None
    assert (sample.subject.name, sample.subject.kind) == ("XX-500", "coc")
    assert (sample.assessor.name, sample.assessor.kind) == ("HMIS committee", "self")
    assert sample.date == date(2025, 10, 20)


def test_the_file_has_the_responses_in_the_order_of_the_items(sample: hs.Assessment) -> None:
    lines = PATH.read_text(encoding="utf-8").splitlines()
    written = [line.removeprefix("  - item: ") for line in lines if line.startswith("  - item: ")]
    assert written == [item.id for item in sample.items() if item.id in set(written)]
    assert written == [response.item for response in sample.responses]


def test_most_items_are_answered(sample: hs.Assessment) -> None:
    answers = _answers(sample)
    assert 100 <= len(answers) <= 140
    share = {answer: count / len(answers) for answer, count in Counter(answers.values()).items()}
    assert share == pytest.approx({"met": 0.60, "partial": 0.22, "not_met": 0.15, "not_applicable": 0.03}, abs=0.03)


def test_items_whose_outcome_is_measured_are_left_open(sample: hs.Assessment) -> None:
    measured = {
        item.id for item in sample.items() if any(link.speaks_to is SpeaksTo.OUTCOME for link in item.measured_by)
    }
    assert measured
    assert measured.isdisjoint(response.item for response in sample.responses)


def test_what_is_partly_met_has_a_note(sample: hs.Assessment) -> None:
    assert [one.item for one in sample.responses if one.answer == "partial" and not one.note] == []


def test_each_piece_of_evidence_serves_a_need_of_its_item_and_is_of_that_kind(sample: hs.Assessment) -> None:
    for response in sample.responses:
        needs = {need.id: need.kind for need in sample.catalog[response.item].evidence}
        for piece in response.evidence:
            assert piece.need in needs, response.item
            assert piece.kind is needs[piece.need], response.item
            assert piece.date is not None, response.item
            assert piece.date <= sample.date, response.item


def test_it_scores_without_errors(scored: hs.Score) -> None:
    assert scored.value is not None
    assert not scored.provisional
    assert scored.counts()[Status.ERROR] == 0
    assert scored.verdict is Verdict.FAIL


def test_evidence_lowers_three_answers_and_no_more(sample: hs.Assessment, scored: hs.Score) -> None:
    answers = _answers(sample)
    lowered = {
        line.item.id: line.verdict.reason
        for line in scored.lines
        if answers.get(line.item.id) == "met" and line.status is not Status.MET
    }
    assert {item for item, reason in lowered.items() if reason.startswith("evidence stale")} == STALE
    assert {item for item, reason in lowered.items() if reason.startswith("evidence missing")} == MISSING
    assert set(lowered) == STALE | MISSING
