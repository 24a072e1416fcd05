from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve

from hmis_standards.assess import Score, score, what_if
from hmis_standards.errors import AnswerNotAllowed
from hmis_standards.tabular import percent_text
from hmis_standards.vocabulary import Obligation, Status, Verdict
from tests.assess.helpers import CATALOG, blank, filled
from tests.small import ALL, CON1, CON2, CON3, GOV1, GOV2, GOV3, SEC1, SEC2, small_catalog

MIXED = {GOV1: "met", GOV2: "partial", GOV3: "not_met", SEC1: "not_applicable", CON1: "met", CON3: "partial"}
# Worked by hand. Weights: GOV-01 3, GOV-02 3, GOV-03 2, SEC-01 1, SEC-02 1/2, CON-01 3, CON-02 1, CON-03 2.
# earned      3*1 + 3*1/2 + 2*0 + 3*1 + 2*1/2            = 8 1/2
# assessed    3 + 3 + 2 + 3 + 2                          = 13
# applicable  all 15 1/2 less SEC-01                     = 14 1/2   (open: SEC-02 1/2 and CON-02 1)


def sums(s: Score) -> list[Fraction]:
    return [s.earned, s.assessed, s.applicable]


def test_hand_worked_score() -> None:
    s = score(filled(MIXED))
    assert sums(s) == [Fraction(17, 2), 13, Fraction(29, 2)]
    assert s.value == Fraction(17, 26)  # 65.4 %
    assert s.low == Fraction(17, 29)  # 58.6 %
    assert s.high == Fraction(20, 29)  # (8 1/2 + 1 1/2) / 14 1/2 = 69.0 %
    assert s.coverage == Fraction(26, 29)  # 89.7 %
    assert s.rating is not None
    assert s.rating.id == "developing"
    assert not s.provisional
    assert repr(s) == "<Score 65 % (59–69 %) of 8 items, 90 % assessed: developing, fail>"


def test_nothing_assessed_has_no_value_not_zero() -> None:
    s = score(blank())
    assert s.value is None
    assert [s.low, s.high, s.coverage] == [0, 1, 0]
    assert s.rating is None
    assert s.provisional
    assert s.verdict is Verdict.CANNOT_SAY
    assert repr(s) == "<Score – (0–100 %) of 8 items, 0 % assessed: no rating, cannot say>"


def test_nothing_applicable_has_no_numbers_at_all() -> None:
    s = score(filled({SEC1: "not_applicable", SEC2: "not_applicable"})).by("section")["lead-basics/SEC"]
    assert (s.value, s.low, s.high, s.coverage, s.rating) == (None, None, None, None, None)
    assert not s.provisional
    assert repr(s) == "<Score – of 2 items, – assessed: no rating, no gate>"


def test_weight_0_is_not_turned_into_1() -> None:
    light = small_catalog({Obligation.OPTIONAL: Fraction(0)})
    base = {GOV1: "met"}
    for answer in ("met", "partial", "not_met"):
        s = score(filled({**base, SEC2: answer}, light))
        assert sums(s) == [3, 3, 15]
    only = score(filled({SEC2: "met"}, light))
    assert only.value is None  # met, but it weighs nothing: no value rather than 100 %
    assert only.low == 0


def test_not_applicable_is_not_counted_as_passed() -> None:
    without = score(filled({GOV1: "not_met"}))
    with_na = score(filled({GOV1: "not_met", GOV2: "not_applicable", SEC1: "not_applicable"}))
    assert with_na.value == without.value == 0
    assert with_na.earned == 0
    assert with_na.applicable == without.applicable - 4


def test_unassessed_is_not_counted_as_passed() -> None:
    s = score(filled({GOV1: "met"}))
    assert s.earned == 3
    assert s.low == Fraction(3) / Fraction(31, 2)
    assert s.verdict is Verdict.CANNOT_SAY  # GOV-02 is required and unanswered


def test_an_error_counts_as_open_not_as_passed_or_as_zero() -> None:
    a = filled({GOV1: "met", SEC1: "met"})
    broken = evolve(a, responses=tuple(evolve(r, answer="yes") if r.item == GOV1 else r for r in a.responses))
    s = score(broken)
    assert s.counts()[Status.ERROR] == 1
    assert sums(s) == [1, 1, Fraction(31, 2)]
    assert s.verdict is Verdict.CANNOT_SAY
    assert s.gates[0].deciding == (GOV1, GOV2)


def test_no_rounding_before_the_band() -> None:
    # earned 1.6 of 1.7999...: 0.8999 shows as 90 %, and is still below the band that begins at 0.90
    heavy = small_catalog({Obligation.RECOMMENDED: Fraction(8999), Obligation.OPTIONAL: Fraction(1001)})
    s = score(filled({SEC1: "met", SEC2: "not_met"}, heavy)).by("section")["lead-basics/SEC"]
    assert s.value == Fraction(8999, 10000)
    assert percent_text(s.value) == "90 %"
    assert s.rating is not None
    assert s.rating.id == "sound"


def test_no_rounding_before_the_gate() -> None:
    # All but one half of a required item of 3 in a million: 100 % for the eye, and the gate fails.
    heavy = small_catalog({Obligation.RECOMMENDED: Fraction(10**6)})
    s = score(filled({**dict.fromkeys(ALL, "met"), GOV1: "partial"}, heavy))
    assert percent_text(s.value) == "100 %"
    assert s.verdict is Verdict.FAIL
    assert s.gates[0].deciding == (GOV1,)


def test_provisional_compares_exactly() -> None:
    # The vendor document weighs 6; CON-01 and CON-03 make 5/6 = 83 %, CON-01 and CON-02 4/6.
    part = score(filled({CON1: "met", CON3: "met"})).by("document")["vendor-basics"]
    assert (part.coverage, part.provisional) == (Fraction(5, 6), False)
    part = score(filled({CON1: "met", CON2: "met"})).by("document")["vendor-basics"]
    assert (part.coverage, part.provisional) == (Fraction(2, 3), True)
    assert "starting" not in repr(part)
    assert repr(part).endswith("67 % assessed: strong (provisional), no gate>")


def test_too_little_assessed_has_no_rating() -> None:
    # The vendor document weighs 6: CON-01 alone is 3/6, exactly the half that a rating takes.
    half = score(filled({CON1: "met"})).by("document")["vendor-basics"]
    less = score(filled({CON2: "met"})).by("document")["vendor-basics"]
    assert (half.coverage, less.coverage) == (Fraction(1, 2), Fraction(1, 6))
    assert (half.value, less.value) == (Fraction(1), Fraction(1))
    assert half.rating is not None
    assert less.rating is None


@pytest.mark.parametrize(
    ("answers", "verdict", "deciding"),
    [
        ({}, Verdict.CANNOT_SAY, (GOV1, GOV2)),
        ({GOV1: "met"}, Verdict.CANNOT_SAY, (GOV2,)),
        ({GOV1: "not_met"}, Verdict.FAIL, (GOV1,)),
        ({GOV1: "partial", GOV2: "not_met"}, Verdict.FAIL, (GOV1, GOV2)),
        ({GOV1: "met", GOV2: "met"}, Verdict.PASS, ()),
        ({GOV1: "met", GOV2: "not_applicable"}, Verdict.PASS, ()),
        ({GOV1: "met", GOV2: "met", CON1: "not_met"}, Verdict.PASS, ()),  # a proposed rule binds nobody
    ],
)
def test_gate(answers: dict[str, str], verdict: Verdict, deciding: tuple[str, ...]) -> None:
    s = score(filled(answers))
    assert (s.verdict, s.gates[0].verdict, s.gates[0].deciding) == (verdict, verdict, deciding)


def test_a_high_score_does_not_hide_a_failed_gate() -> None:
    s = score(filled({**dict.fromkeys(ALL, "met"), GOV1: "not_met"}))
    assert s.value == Fraction(25, 31)  # (15.5 - 3) / 15.5
    assert s.verdict is Verdict.FAIL


def test_parts_add_up_to_the_whole() -> None:
    s = score(filled(MIXED))
    for dimension in ("document", "section"):
        assert sum(s.by(dimension).values()) == s
    by_duty = s.by("obligation")
    assert list(by_duty) == ["required", "expected", "recommended", "optional"]
    assert sum(part.earned for part in by_duty.values()) == s.earned
    assert list(s.by("section")) == ["lead-basics/GOV", "lead-basics/SEC", "vendor-basics/CON"]


def test_by_role_and_tag_can_count_an_item_twice() -> None:
    s = score(filled(MIXED))
    assert len(s.by("role")["coc"]) == 8
    assert len(s.by("owner")["coc"]) == 1
    assert len(s.by("tag")["tagged"]) == 4
    with pytest.raises(ValueError, match="'colour' is not one of document, section"):
        s.by("colour")


def test_adding_scores_of_other_ratings_is_refused() -> None:
    other = small_catalog({Obligation.REQUIRED: Fraction(5)})
    with pytest.raises(ValueError, match="do not add up"):
        score(blank()) + score(blank(other))
    with pytest.raises(TypeError):
        score(blank()) + 1


def test_explanation_in_numbers_and_words() -> None:
    tree = score(filled(MIXED)).explain()
    assert [(child.label, child.earned, child.applicable) for child in tree.children] == [
        ("lead-basics", Fraction(9, 2), Fraction(17, 2)),
        ("vendor-basics", 4, 6),
    ]
    assert tree.text().splitlines()[:5] == [
        "total: 8.5 of 13 points = 65 %, 1.5 points not assessed",
        "  lead-basics: 4.5 of 8 points = 56 %, 0.5 points not assessed",
        "    lead-basics/GOV: 4.5 of 8 points = 56 %",
        "      lead-basics/GOV-01: 3 × 1 = 3 of 3 points (met)",
        "      lead-basics/GOV-02: 3 × 0.5 = 1.5 of 3 points (partial)",
    ]
    assert "      lead-basics/SEC-01: 0 of 0 points (not applicable: None here.)" in tree.text()
    assert tree.to_dict()["children"][1]["earned"] == "4"


def test_as_of_decides_what_is_stale() -> None:
    a = filled(dict.fromkeys(ALL, "met"))
    assert score(a).value == 1
    later = score(a, "2026-09-02")  # CON-03's report of 1 March may be six months old: half of 2 points is lost
    assert later.value == Fraction(29, 31)
    assert later.verdict is Verdict.PASS


def test_what_if_supposes_the_evidence_too() -> None:
    a = blank().answer(GOV1, "met").answer(GOV3, "not_met")
    found = what_if(a, {GOV3: "met", GOV2: "not_applicable"})
    assert found.before == score(a)
    assert found.after.line(GOV3).status is Status.MET
    assert found.gain == Fraction(5) / Fraction(25, 2) - Fraction(3) / Fraction(31, 2)
    assert a.response(GOV2) is None
    with pytest.raises(AnswerNotAllowed):
        what_if(a, {GOV1: "not_applicable"})


def test_plain_values_table_and_lines() -> None:
    s = score(filled(MIXED))
    data = s.to_dict()
    assert (data["value"], data["rating"], data["verdict"]) == ("17/26", "developing", "fail")
    assert data["counts"] == {
        "met": 2, "partial": 2, "not_met": 1, "not_applicable": 1, "not_assessed": 2, "error": 0,
    }  # fmt: skip
    assert data["gates"] == [
        {"gate": "required-met", "kind": "items", "title": "Required", "verdict": "fail", "deciding": [GOV2]},
    ]
    assert data["items"][1] == {"item": GOV2, "status": "partial", "credit": "1/2", "reason": "", "weight": "3"}
    assert [row["item"] for row in s.rows()] == list(ALL)
    assert list(s.to_frame()["weight"]) == [3, 3, 2, 1, 0.5, 3, 1, 2]
    assert "<table>" in s._repr_html_()
    with pytest.raises(KeyError):
        s.line("nobody/X-01")


def test_an_empty_score_is_still_a_score() -> None:
    empty = Score(lines=(), ratings=CATALOG.ratings)
    assert empty
    assert (len(empty), empty.value, empty.verdict, empty.explain().children) == (0, None, Verdict.NO_GATE, ())
