"""Answers that are no word: how many or which parts were covered, and numbers judged by a goal."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

import hmis_standards as hs
from hmis_standards.assess import what_if
from hmis_standards.assess.answers import allowed_answers
from hmis_standards.errors import AnswerNotAllowed
from hmis_standards.vocabulary import ScaleKind, Status
from tests.assess.forms import FORMS, LEV1, LEV2, TOP1, TOP2, TOP3, TOP4, training

HALF = Fraction(1, 2)


def stands(item: str, given: Any) -> tuple[str | None, Status, Fraction | None]:
    """The answer as it is kept, its status and its credit."""
    a = hs.Assessment.start(FORMS, subject="XX-500", on="2026-03-01", documents=["training-basics"])
    a = a.answer(item, given)
    line, said = hs.score(a).line(item), a.response(item)
    assert said is not None
    return said.answer, line.status, line.verdict.credit


@pytest.mark.parametrize(
    ("given", "kept", "status", "credit"),
    [
        ("0 of 3", "0 of 3", Status.NOT_MET, Fraction(0)),
        ("1 of 3", "1 of 3", Status.PARTIAL, Fraction(1, 3)),
        ("2  of 3", "2 of 3", Status.PARTIAL, Fraction(2, 3)),
        ("3 of 3", "3 of 3", Status.MET, Fraction(1)),
        (2, "2 of 3", Status.PARTIAL, Fraction(2, 3)),
        ([], "0 of 3", Status.NOT_MET, Fraction(0)),
        ([2], "parts 2", Status.PARTIAL, Fraction(1, 3)),
        ([3, 1], "parts 1, 3", Status.PARTIAL, Fraction(2, 3)),
        (("1", "2", "3"), "parts 1, 2, 3", Status.MET, Fraction(1)),
        ("part 1", "parts 1", Status.PARTIAL, Fraction(1, 3)),
        ("partial", "partial", Status.PARTIAL, HALF),  # words stay allowed
        ("met", "met", Status.MET, Fraction(1)),
    ],
)
def test_parts_are_worth_their_share(given: Any, kept: str, status: Status, credit: Fraction) -> None:
    assert stands(TOP1, given) == (kept, status, credit)


@pytest.mark.parametrize(
    "given", ["4 of 3", "3 of 4", "2/3", 4, -1, True, 0.5, [0], [4], [1, 1], ["x"], "parts", "97%"]
)
def test_what_is_no_count_of_the_parts_is_refused(given: Any) -> None:
    with pytest.raises(AnswerNotAllowed, match=r"a count from 0 of 3 to 3 of 3, or the parts covered such as \[1, 2\]"):
        stands(TOP1, given)


@pytest.mark.parametrize(
    ("item", "given", "kept", "status", "credit"),
    [
        (TOP2, "0.9", "0.9", Status.MET, Fraction(1)),  # exactly at the limit
        (TOP2, "0.899999999999", "0.899999999999", Status.PARTIAL, HALF),
        (TOP2, "0.80", "0.8", Status.PARTIAL, HALF),
        (TOP2, "0.79", "0.79", Status.NOT_MET, Fraction(0)),
        (TOP2, "97 %", "0.97", Status.MET, Fraction(1)),
        (TOP2, 0.97, "0.97", Status.MET, Fraction(1)),
        (TOP2, 1, "1", Status.MET, Fraction(1)),
        (TOP2, Fraction(26, 29), "26 of 29", Status.PARTIAL, HALF),  # 0.8966
        (TOP2, "27 of 30", "27 of 30", Status.MET, Fraction(1)),
        (TOP3, 0, "0", Status.MET, Fraction(1)),
        (TOP3, "1 of 100", "1 of 100", Status.PARTIAL, HALF),
        (TOP3, "0.0100001", "0.0100001", Status.NOT_MET, Fraction(0)),
        (TOP4, 5, "5", Status.MET, Fraction(1)),
        (TOP4, "006", "6", Status.NOT_MET, Fraction(0)),  # no near limit: nothing is partly met
        (TOP2, "partial", "partial", Status.PARTIAL, HALF),
    ],
)
def test_numbers_are_judged_by_the_goal_exactly(
    item: str, given: Any, kept: str, status: Status, credit: Fraction
) -> None:
    assert stands(item, given) == (kept, status, credit)


@pytest.mark.parametrize(
    "given", [97, "97", "1.01", "101%", -0.1, "5 of 0", "0 of 0", "3 of 2", True, [], [1], float("nan"), 1e300]
)
def test_what_is_no_share_is_refused(given: Any) -> None:
    with pytest.raises(AnswerNotAllowed, match=r"a share from 0 to 1 such as 0.97 or 97%"):
        stands(TOP2, given)


@pytest.mark.parametrize("given", ["0.5", "5%", "1 of 2", -1])
def test_what_is_no_whole_number_is_refused_where_things_are_counted(given: Any) -> None:
    with pytest.raises(AnswerNotAllowed, match="a whole number"):
        stands(TOP4, given)


@pytest.mark.parametrize("given", [[], [1], "1 of 3", "0.5", 4, 1.5])
def test_levels_and_words_take_no_other_form(given: Any) -> None:
    for item in (LEV2, "training-basics/LEV-01"):
        with pytest.raises(AnswerNotAllowed, match=r"use one of 3, 2, 1, 0$"):
            stands(item, given)


def test_met_without_its_evidence_is_worth_no_less_than_a_lower_answer() -> None:
    # Level 1 of 2 is worth 1/2; level 2 without the document it demands is worth the same, and stands at level 1.
    line = hs.score(training(LEV01="3")).line(LEV1)
    assert (line.status, line.verdict.credit, line.verdict.level) == (Status.PARTIAL, HALF, 1)
    assert hs.score(training(LEV01="1")).line(LEV1).verdict.credit == HALF
    assert "evidence missing" in line.verdict.reason


def test_forms_stand_in_dicts_as_a_person_writes_them() -> None:
    a = training(TOP01=[1, 3], TOP02="97%", TOP03="1 of 200")
    assert [one["answer"] for one in a.to_dict()["responses"]] == [[1, 3], "0.97", "1 of 200"]
    assert [row["answer"] for row in a.rows()[:3]] == ["parts 1, 3", "0.97", "1 of 200"]


def test_gaps_and_what_if_know_the_forms() -> None:
    a = training(TOP01="1 of 3", TOP02="0.5")
    assert {(gap.item.id, gap.to_reach) for gap in hs.gaps(a)} == {(TOP1, "met"), (TOP2, "met")}
    # all six weigh 3+2+2+2+2+1/2 = 11 1/2; from 1 of 3 to 2 of 3 is one point
    assert what_if(a, {TOP1: [1, 2]}).gain == Fraction(1) / Fraction(23, 2)


def test_every_topic_and_two_rates_take_these_forms() -> None:
    catalog = hs.load_catalog()
    kinds = {item.id: catalog.scale(item).kind for item in catalog.values()}
    assert [one for one, kind in kinds.items() if kind is ScaleKind.MEASURED] == [
        "system-administrator/DQM-06",
        "system-administrator/DQM-07",
    ]
    topics = [item for item in catalog.values() if item.objectives]
    assert len(topics) == 38
    assert all(kinds[item.id] is ScaleKind.PARTS for item in topics)
    assert allowed_answers(catalog, topics[0]) == (
        "met", "partial", "not_met", "a count from 0 of 3 to 3 of 3", "or the parts covered such as [1, 2]",
    )  # fmt: skip
