"""From judgements to proposals: a person's word stands, the worst counts, and nothing is met on a guess."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

import pytest
from attrs import evolve

import hmis_standards as hs
from hmis_standards.assess import Assessment, Evidence, Response, score
from hmis_standards.measure import Judgements, judge, propose
from hmis_standards.measure.results import MeasureResult
from hmis_standards.model import Catalog, MeasuredBy, MeasureRef
from hmis_standards.vocabulary import EvidenceKind, SpeaksTo
from tests.measure.made_up import DAY, benchmark, made_set, result, target
from tests.small import ALL, DOCUMENTS, GOV1, GOV2, SEC1, small_catalog

OTHER = MeasureRef(id="other")
SET = made_set(
    benchmark(target("0.1", "0.2")),
    benchmark(target("0.9", "0.5"), name="B-2", direction="at_least", measure=OTHER),
    benchmark(target("0.1"), name="B-3", measure=MeasureRef(id="never")),
)
NOTE = "From a measurement of the HMIS CSV export; confirm or replace."


def catalog(by: Iterable[tuple[str, str]], items: Collection[str]) -> Catalog:
    """The small catalog with these items measured by these benchmarks: (name, outcome or practice) each."""
    links = tuple(MeasuredBy(benchmark=f"made/{name}", speaks_to=SpeaksTo(word)) for name, word in by)
    small = small_catalog()
    documents = []
    for document in small.documents:
        changed = (evolve(item, measured_by=links if item.id in items else ()) for item in document.items)
        documents.append(evolve(document, items=tuple(changed)))
    return evolve(small, documents=tuple(documents))


def assessment(*by: tuple[str, str], items: Collection[str] = (GOV1,)) -> Assessment:
    return Assessment.start(catalog(by, items), subject="XX-500", on=DAY, documents=DOCUMENTS)


def on(*results: MeasureResult) -> Judgements:
    return judge(results, SET, on=DAY)


def other(numerator: int, denominator: int, kind: int | None = None) -> MeasureResult:
    return result(numerator, denominator, kind, measure="other")


def proposed(judgements: Judgements, *by: tuple[str, str]) -> Response:
    response = propose(assessment(*by), judgements).response(GOV1)
    assert response is not None
    return response


OUTCOME, PRACTICE = ("B-1", "outcome"), ("B-1", "practice")


# --- the answer --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("numerators", "answer"),
    [
        # the whole system decides where it was judged, whatever a type says
        ((0, None, None), "met"),
        ((1, 9, 9), "met"),
        ((2, 0, 0), "partial"),
        ((3, 0, 0), "not_met"),
        # else the worst type
        ((None, 0, 2), "partial"),
        ((None, 3, 0), "not_met"),
        ((None, 0, 1), "met"),
    ],
)
def test_the_system_decides_or_the_worst_type(numerators: tuple[int | None, ...], answer: str) -> None:
    pairs = zip((None, 0, 4), numerators, strict=True)
    results = [result(numerator, 10, kind) for kind, numerator in pairs if numerator is not None]
    found = proposed(on(*results), OUTCOME)
    assert (found.answer, found.proposed) == (answer, True)


def test_single_projects_do_not_decide() -> None:
    lone = result(9, 10, slice="project", project_types=(2,), project_id="P", project_name="A house")
    found = proposed(on(result(0, 10), lone), OUTCOME)
    assert found.answer == "met"
    assert "1 met" in found.evidence[0].title
    assert propose(assessment(OUTCOME), on(lone)).responses == ()


def test_the_worst_benchmark_wins() -> None:
    two = (OUTCOME, ("B-2", "outcome"))
    assert proposed(on(result(0, 10), other(9, 10)), *two).answer == "met"
    assert proposed(on(result(0, 10), other(8, 10)), *two).answer == "partial"
    assert proposed(on(result(2, 10), other(1, 10)), *two).answer == "not_met"


def test_met_needs_every_outcome_benchmark_measured() -> None:
    with_unmeasured = (OUTCOME, ("B-3", "outcome"))
    assert proposed(on(result(0, 10)), *with_unmeasured).answer is None
    assert proposed(on(result(0, 10)), *with_unmeasured).proposed is False
    assert proposed(on(result(2, 10)), *with_unmeasured).answer == "partial"
    assert proposed(on(result(9, 10)), *with_unmeasured).answer == "not_met"
    assert proposed(on(result(0, 10)), OUTCOME, ("B-3", "practice")).answer == "met"
    assert proposed(on(result(0, 10), other(0, 0)), OUTCOME, ("B-2", "outcome")).answer is None
    assert proposed(on(result(0, 10)), OUTCOME, ("no-such", "outcome")).answer is None


def test_nothing_is_said_where_nothing_was_counted() -> None:
    assert propose(assessment(OUTCOME), on()).responses == ()
    assert propose(assessment(OUTCOME), on(result(0, 0))).responses == ()
    assert propose(assessment(), on(result(0, 10))).responses == ()


def test_practice_gets_evidence_and_no_answer() -> None:
    found = proposed(on(result(0, 10)), PRACTICE)
    assert (found.answer, found.proposed, found.note) == (None, False, NOTE)
    assert [one.kind for one in found.evidence] == [EvidenceKind.MEASUREMENT]
    mixed = proposed(on(result(0, 10), other(0, 10)), OUTCOME, ("B-2", "practice"))
    assert mixed.answer == "met"
    assert len(mixed.evidence) == 2


def test_a_proposal_is_not_assessed_until_confirmed() -> None:
    made = propose(assessment(OUTCOME), on(result(0, 10)))
    assert score(made).assessed == 0
    assert score(made, count_proposals=True).assessed == 3
    assert score(made.answer(GOV1, "met")).assessed == 3


# --- a person's word ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("answer", ["met", "partial", "not_met"])
@pytest.mark.parametrize("numerator", [0, 2, 9])
def test_an_answer_of_a_person_is_never_touched(answer: str, numerator: int) -> None:
    before = assessment(OUTCOME).answer(GOV1, answer, note="Seen.", evidence=[Evidence(kind="log", title="A log")])
    assert propose(before, on(result(numerator, 10))) == before


def test_not_applicable_is_an_answer_too() -> None:
    blank = assessment(OUTCOME, items=ALL)
    before = blank.answer(SEC1, "not_applicable", reason="None here.").answer(GOV2, "met")
    after = propose(before, on(result(9, 10)))
    assert after.response(SEC1) == before.response(SEC1)
    assert after.response(GOV2) == before.response(GOV2)
    assert {one.answer for one in after.responses if one.item not in {SEC1, GOV2}} == {"not_met"}
    assert len(after.responses) == 8


def test_what_a_person_wrote_beside_an_open_item_stays() -> None:
    mine = (
        Evidence(kind="log", title="A log", date=DAY),
        Evidence(kind="measurement", title="Our own count of names", date=DAY),
    )
    before = assessment(OUTCOME).with_responses([Response(item=GOV1, note="Ask Ann.", reason="Later.", evidence=mine)])
    after = propose(before, on(result(0, 10))).response(GOV1)
    assert after is not None
    assert (after.answer, after.note, after.reason) == ("met", "Ask Ann.", "Later.")
    assert after.evidence[:2] == mine
    assert len(after.evidence) == 3


def test_a_note_on_a_proposal_outlives_the_next_one() -> None:
    first = propose(assessment(OUTCOME), on(result(0, 10)))
    said = first.response(GOV1)
    assert said is not None
    noted = first.with_responses([evolve(said, note="Discussed on Monday.")])
    second = propose(noted, on(result(9, 10))).response(GOV1)
    assert second is not None
    assert (second.answer, second.note, second.proposed) == ("not_met", "Discussed on Monday.", True)


# --- again and again ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", [(OUTCOME,), (PRACTICE,), (OUTCOME, ("B-2", "practice"), ("B-3", "outcome"))])
def test_proposing_twice_is_proposing_once(by: tuple[tuple[str, str], ...]) -> None:
    judgements = on(result(1, 10), result(2, 10, 4), other(9, 10))
    once = propose(assessment(*by), judgements)
    assert once.responses
    assert propose(once, judgements) == once


def test_a_new_measurement_replaces_the_old_one() -> None:
    first = propose(assessment(OUTCOME), on(result(9, 10)))
    second = propose(first, on(result(0, 10)))
    assert second == propose(assessment(OUTCOME), on(result(0, 10)))


def test_proposing_twice_on_the_shipped_items() -> None:
    measures = [
        result(numerator, 100, kind, measure=name)
        for name in ("name-error", "relationship-error", "coc-error", "start-within-3-days")
        for kind, numerator in ((None, 0), (0, 3), (4, 12))
    ]
    judgements = judge(measures, hs.load_benchmarks("default"), on=DAY)
    shipped = hs.load_catalog()
    documents = [document.id for document in shipped.documents]
    once = propose(Assessment.start(shipped, subject="XX-500", on=DAY, documents=documents), judgements)
    assert once.responses
    assert propose(once, judgements) == once


# --- evidence ----------------------------------------------------------------------------------------------


def title(judgements: Judgements, name: str = "B-1") -> str:
    return proposed(judgements, (name, "practice")).evidence[0].title


def test_evidence_counts_and_names_the_furthest_off() -> None:
    assert title(on(result(1, 10), result(2, 10, 0), result(35, 100, 4), result(9, 10, 2))) == (
        "Title of B-1 (made/B-1): 1 met, 1 near, 2 missed; furthest off 90.0 %"
    )
    assert title(on(result(9, 10, 0), result(3, 10, 4))).endswith("furthest off 90.0 %")
    assert title(on(result(3, 10, 0), result(9, 10, 4))).endswith("furthest off 90.0 %")
    assert title(on(other(4, 10, 0), other(1, 10, 4), other(3, 10, 8)), "B-2").endswith("3 missed; furthest off 10.0 %")
    assert title(on(other(8, 10, 0), other(6, 10, 4)), "B-2").endswith("2 near; furthest off 60.0 %")


def test_where_all_is_met_nothing_is_off() -> None:
    assert title(on(result(0, 10, 0), result(1, 10, 4))) == "Title of B-1 (made/B-1): 2 met; worst 10.0 %"


def test_furthest_from_its_own_target() -> None:
    made = made_set(benchmark(target("0.5", project_types=(4,)), target("0.1", project_types=(0,))))
    judgements = judge([result(6, 10, 4), result(4, 10, 0)], made, on=DAY)
    assert title(judgements).endswith("furthest off 40.0 %")


@pytest.mark.parametrize(("day", "dated"), [(None, DAY), (date(2026, 4, 1), date(2026, 4, 1))])
def test_evidence_has_the_day(day: Any, dated: date) -> None:
    response = propose(assessment(OUTCOME), on(result(0, 10)), on=day).response(GOV1)
    assert response is not None
    assert {one.date for one in response.evidence} == {dated}
