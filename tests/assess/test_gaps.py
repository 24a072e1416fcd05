from __future__ import annotations

from fractions import Fraction

from hmis_standards.assess import gaps, score
from hmis_standards.vocabulary import Obligation, Status
from tests.assess.helpers import blank, filled
from tests.small import ALL, CON1, CON2, CON3, GOV1, GOV2, GOV3, SEC1, SEC2, small_catalog

ANSWERS = {
    GOV1: "not_met",  # gated, gain 3 / 13.5
    GOV2: "met",
    GOV3: "partial",  # gain 1 / 13.5 for effort 4
    SEC1: "not_applicable",
    CON1: "not_met",  # gain 3 / 13.5 for effort 9
    CON2: "not_applicable",
    CON3: "partial",  # gain 1 / 13.5 for effort 5
}  # applicable: 15.5 - 2 = 13.5; SEC-02 is not answered


def test_order_gain_and_blockers() -> None:
    found = gaps(filled(ANSWERS))
    assert [gap.item.id for gap in found] == [GOV1, CON1, GOV3, CON3]  # per effort: gate; 3/9 > 1/4 > 1/5
    assert [gap.gain * Fraction(27, 2) for gap in found] == [3, 3, 1, 1]
    assert [gap.gated for gap in found] == [True, False, False, False]
    assert [gap.blocked_by for gap in found] == [(), (), (), (CON1,)]  # GOV-02, which GOV-03 requires, is met
    assert {gap.to_reach for gap in found} == {"met"}
    assert found[0].remedy == "First step for GOV-01."


def test_closing_all_gaps_brings_low_to_one_less_what_is_not_assessed() -> None:
    a = filled(ANSWERS)
    found, total = gaps(a), score(a)
    assert total.low is not None
    assert total.low + sum(gap.gain for gap in found) == 1 - Fraction(1, 27)  # SEC-02: 0.5 of 13.5
    assert {gap.low for gap in found} == {total.low}


def test_evidence_that_lacks_is_a_gap_with_its_reason() -> None:
    (gap,) = gaps(blank().answer(GOV3, "met"))
    assert (gap.status, gap.reason) == (Status.PARTIAL, "evidence missing: The signed agreement")


def test_unassessed_only_when_asked() -> None:
    assert gaps(blank()) == ()
    found = gaps(blank(), include_unassessed=True)
    assert {gap.item.id for gap in found} == set(ALL)
    assert {gap.status for gap in found} == {Status.NOT_ASSESSED}
    assert sum(gap.gain for gap in found) == 1
    assert next(gap for gap in found if gap.item.id == CON2).blocked_by == (GOV1,)


def test_weight_0_gains_nothing() -> None:
    light = small_catalog({Obligation.OPTIONAL: Fraction(0)})
    (gap,) = gaps(filled({SEC2: "not_met"}, light))
    assert gap.gain == 0


def test_plain_values() -> None:
    data = gaps(filled(ANSWERS))[3].to_dict()
    assert data["item"] == CON3
    assert data["blocked_by"] == [CON1]
    assert data["gain"] == "2/27"
    assert data["effort"] == {"time": 2, "money": 2, "skill": 1}
    assert gaps(filled({GOV2: "met"})) == ()
