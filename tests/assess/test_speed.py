"""What scoring may cost. In CPU time and three times the budget, best of ten, for slow and busy machines."""

from __future__ import annotations

from attrs import evolve

from hmis_standards.assess import score
from hmis_standards.store import load_catalog
from tests.assess.helpers import filled
from tests.benchmarks.assess_speed import BUDGET, everything, milliseconds, planned
from tests.small import GOV1, GOV2


def test_score_gaps_and_plan_of_the_whole_catalog() -> None:
    assert min(milliseconds(planned, everything(load_catalog()), runs=10)) <= 3 * BUDGET


def test_a_score_is_made_once_for_one_question() -> None:
    a = filled({GOV1: "met", GOV2: "met"})
    assert score(a) is score(a, "2026-03-01")
    assert score(a) is not score(a, "2027-06-01")  # the plan of GOV-02 is stale by then
    assert score(a, "2027-06-01").verdict is not score(a).verdict
    assert score(a) is not score(a, count_proposals=True)
    assert score(a, model="weakest-item").model.id == "weakest-item"
    assert score(evolve(a)) == score(a)
    assert score(a.answer(GOV1, "not_met")) != score(a)
