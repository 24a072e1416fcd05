from __future__ import annotations

import pickle
from fractions import Fraction

from attrs import evolve

from hmis_standards.assess import Gaps, gaps, score
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


def walked(found: Gaps) -> list[tuple[int, str]]:
    return [(depth, gap.item.id) for branch in found.tree() for depth, gap in branch.walk()]


def test_a_blocked_gap_stands_once_under_what_blocks_it() -> None:
    found = gaps(filled(dict.fromkeys(ALL, "not_met")))
    # GOV-01 blocks GOV-02 and CON-02, GOV-02 blocks GOV-03, CON-01 blocks CON-03. Branches with a gated item first,
    # then by gain for the effort: CON-01 3/9, SEC-01 1/3 (equal, by id), SEC-02.
    assert walked(found) == [
        (0, GOV1),
        (1, GOV2),
        (2, GOV3),
        (1, CON2),
        (0, SEC1),
        (0, CON1),
        (1, CON3),
        (0, SEC2),
    ]
    lines = found.text().splitlines()
    assert lines[:3] == [
        "lead-basics/GOV-01: +19.4 % for effort 3, a gate waits for it (Title of GOV-01)",
        "  lead-basics/GOV-02: +19.4 % for effort 6, a gate waits for it (Title of GOV-02)",
        "    lead-basics/GOV-03: +12.9 % for effort 4 (Title of GOV-03)",
    ]
    assert "<td>↳ ↳ lead-basics/GOV-03</td>" in found._repr_html_()


def test_the_branch_with_a_gated_item_comes_first_though_its_root_is_not_gated() -> None:
    some = {gap.item.id: gap for gap in gaps(filled(dict.fromkeys(ALL, "not_met")))}
    root, other = evolve(some[SEC2], gain=Fraction(1, 1000)), some[SEC1]
    waiting = evolve(some[GOV2], blocked_by=(SEC2,))
    assert walked(Gaps((waiting, other, root))) == [(0, SEC2), (1, GOV2), (0, SEC1)]


def test_of_several_blockers_the_last_to_be_closed_is_the_one_above() -> None:
    some = {gap.item.id: gap for gap in gaps(filled(dict.fromkeys(ALL, "not_met")))}
    both = evolve(some[GOV3], blocked_by=(GOV1, GOV2))
    assert walked(Gaps((both, some[GOV1], some[GOV2]))) == [(0, GOV1), (1, GOV2), (2, GOV3)]


def test_gaps_that_wait_for_each_other_are_still_shown() -> None:
    some = {gap.item.id: gap for gap in gaps(filled(dict.fromkeys(ALL, "not_met")))}
    circle = (evolve(some[SEC1], blocked_by=(SEC2,)), evolve(some[SEC2], blocked_by=(SEC1,)), some[CON3])
    assert walked(Gaps(circle)) == [(0, SEC1), (0, SEC2), (0, CON3)]


def test_a_tuple_and_a_table() -> None:
    found = gaps(filled(ANSWERS))
    assert isinstance(found, tuple)
    assert isinstance(found[:2], Gaps)
    assert found[:2] == (found[0], found[1])
    assert repr(found) == "<4 gaps: lead-basics/GOV-01, vendor-basics/CON-01, lead-basics/GOV-03, …>"
    assert repr(Gaps()) == "<0 gaps>"
    assert [row["item"] for row in found.rows()] == [gap.item.id for gap in found]
    assert found.rows()[3]["blocked_by"] == CON1
    assert len(found.to_frame()) == 4
    assert found.to_dict() == {"gaps": [gap.to_dict() for gap in found]}
    assert found.tree()[1].to_dict()["below"][0]["item"] == CON3
    assert pickle.loads(pickle.dumps(found)) == found
    assert found[0].days == 14


def test_open_items_under_a_gate_are_gated_beside_failed_ones() -> None:
    # GOV-01 fails the gate; GOV-02 has no answer, which keeps the gate from passing as well.
    found = gaps(filled({GOV1: "not_met"}), include_unassessed=True)
    assert {gap.item.id for gap in found if gap.gated} == {GOV1, GOV2}
