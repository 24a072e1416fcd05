"""Mistakes seen in other scoring tools, each with a test that fails where it is made.

The small catalog's items weigh 3, 3, 2, 1, 1/2 and 3, 1, 2 (see ``tests/small.py``).
"""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest
from attrs import evolve

from hmis_standards.assess import Assessment, score
from hmis_standards.errors import AnswerNotAllowed
from hmis_standards.measure.judging import Judgement, judge
from hmis_standards.measure.results import MeasureResult
from hmis_standards.model import Benchmark, BenchmarkSet, Catalog, Gate, MeasureRef, Target
from hmis_standards.tabular import decimal_text, percent_text
from hmis_standards.vocabulary import (
    Confidence,
    Dimension,
    Direction,
    GateKind,
    Judged,
    Obligation,
    Origin,
    PartKind,
    Status,
    Verdict,
)
from tests.assess.forms import LEV2, TOP1, TOP2, TOP3, training
from tests.assess.helpers import blank, filled
from tests.small import ALL, CON1, GOV1, GOV2, SEC1, SEC2, small_catalog

MET = dict.fromkeys(ALL, "met")
SECTION = "lead-basics/SEC"


def gated(minimum: str | None, weights: dict[Obligation, Fraction] | None = None) -> Catalog:
    """The small catalog with a minimum for its section SEC, or without any gate."""
    catalog = small_catalog(weights)
    kind, by = GateKind.PARTS, PartKind.SECTION
    gates = (
        (Gate(id="g", title="G", kind=kind, by=by, only=(SECTION,), minimum=Fraction(minimum), text="G"),)
        if minimum is not None
        else ()
    )
    return evolve(catalog, ratings=evolve(catalog.ratings, gates=gates))


def judged(numerator: int, denominator: int, direction: Direction, *targets: Target, status: str = "ok") -> Judgement:
    """One result of emergency shelters against one benchmark with these targets."""
    benchmark = Benchmark(
        id="B-1",
        title="B",
        text="B",
        dimension=Dimension.COMPLETENESS,
        measure=MeasureRef(id="m"),
        unit="ratio",
        direction=direction,
        origin=Origin.CONVENTION,
        citations=(),
        confidence=Confidence.C,
        reason="B",
        targets=targets,
    )
    result = MeasureResult(
        measure="m",
        dimension=Dimension.COMPLETENESS,
        slice="project_type",
        project_types=(1,),
        numerator=numerator,
        denominator=denominator,
        status=status,
    )
    (found,) = judge([result], BenchmarkSet(id="b", title="B", notice="B", benchmarks=(benchmark,)), on="2026-01-01")
    return found


# --- rounding ----------------------------------------------------------------------------------------------


def test_nothing_is_rounded_before_the_gate() -> None:
    # SEC earns 4999 of 10000: 50 % for the eye, and below a minimum of half.
    weights = {Obligation.RECOMMENDED: Fraction(4999), Obligation.OPTIONAL: Fraction(5001)}
    s = score(filled({SEC1: "met", SEC2: "not_met"}, gated("0.50", weights)))
    assert percent_text(s.by("section")[SECTION].value) == "50 %"
    assert s.gates[0].verdict is Verdict.FAIL
    assert judged(4999, 10000, Direction.AT_LEAST, Target(met=Fraction(1, 2))).judged is Judged.BELOW


def test_numbers_are_not_truncated() -> None:
    # 2/3 is shown as 67, not 66; a third of 3 points is exactly 1; 28 of 30 keeps its thirds
    assert percent_text(Fraction(2, 3)) == "67 %"
    assert decimal_text(Fraction(-2, 3), 1) == "-0.7"
    assert score(training(TOP01="1 of 3")).earned == 1
    assert score(training(TOP02=Fraction(26, 29))).line(TOP2).status is Status.PARTIAL  # 0.8966, not 0.9
    assert sum([score(training(TOP01="1 of 3")).value or 0] * 3) == 1


# --- limits ------------------------------------------------------------------------------------------------


def test_a_limit_of_0_is_a_limit() -> None:
    assert score(training(TOP03="0")).line(TOP3).status is Status.MET
    assert score(training(TOP03="0.000001")).line(TOP3).status is Status.PARTIAL
    assert score(training(TOP03="0.5")).line(TOP3).status is Status.NOT_MET
    none_wrong = Target(met=Fraction(0))
    assert judged(0, 10, Direction.AT_MOST, none_wrong).judged is Judged.MET
    assert judged(1, 10**6, Direction.AT_MOST, none_wrong).judged is Judged.BELOW
    # a near limit of 0 is one too: at least 0 is never missed
    assert judged(0, 10, Direction.AT_LEAST, Target(met=Fraction(1), near=Fraction(0))).judged is Judged.NEAR
    # a gate with a minimum of 0 looks, and passes
    assert score(filled({SEC1: "not_met", SEC2: "not_met"}, gated("0"))).gates[0].verdict is Verdict.PASS


def test_no_threshold_is_not_0_percent() -> None:
    everything_unmet = filled({SEC1: "not_met", SEC2: "not_met"}, gated(None))
    assert score(everything_unmet).verdict is Verdict.NO_GATE  # not a pass
    with pytest.raises(ValueError, match="needs minimum"):
        Gate(id="g", title="G", kind=GateKind.PARTS, by=PartKind.SECTION, text="G")
    past = Target(met=Fraction(0), until=datetime.date(2020, 1, 1))
    for targets in ((), (past,)):  # none at all, and none on that day: neither met nor missed
        assert judged(0, 10, Direction.AT_LEAST, *targets).judged is Judged.NOT_APPLICABLE
    # a goal without a near limit has no partly met, rather than one from 0 on
    assert score(training(TOP04="6")).line("training-basics/TOP-04").status is Status.NOT_MET


# --- what is unknown or does not apply ---------------------------------------------------------------------


def test_errors_are_not_counted_as_passed() -> None:
    a = filled({GOV1: "met", GOV2: "met"})
    broken = evolve(a, responses=tuple(evolve(one, answer="jes") for one in a.responses))
    s = score(broken)
    assert s.counts()[Status.ERROR] == 2
    assert s.value is None
    assert s.earned == 0
    assert s.verdict is Verdict.CANNOT_SAY
    anything = Target(met=Fraction(1))
    assert judged(0, 5, Direction.AT_MOST, anything).judged is Judged.MET
    assert judged(0, 5, Direction.AT_MOST, anything, status="error").judged is Judged.ERROR
    assert judged(0, 0, Direction.AT_MOST, anything).judged is Judged.NOT_APPLICABLE


def test_not_applicable_is_not_counted_as_passed() -> None:
    rest = {GOV1: "not_met", CON1: "met"}
    with_na = score(filled({**rest, SEC1: "not_applicable", SEC2: "not_applicable"}))
    assert with_na.value == score(filled(rest)).value == Fraction(1, 2)
    assert with_na.counts()[Status.MET] == 1
    # a section of which nothing applies has no value, no share, and no gate
    gone = score(filled({SEC1: "not_applicable", SEC2: "not_applicable"}, gated("0.50")))
    assert gone.by("section")[SECTION].value is None
    assert gone.gates[0].verdict is Verdict.NO_GATE


def test_nothing_out_of_nothing_is_neither_0_nor_100_percent() -> None:
    assert score(blank()).value is None
    with pytest.raises(AnswerNotAllowed):
        training(TOP02="0 of 0")


# --- weights -----------------------------------------------------------------------------------------------


def test_weight_0_stays_0() -> None:
    light = small_catalog({Obligation.REQUIRED: Fraction(0)})
    s = score(filled({GOV1: "not_met", GOV2: "not_met", CON1: "not_met", SEC1: "met"}, light))
    assert s.value == 1
    assert s.applicable == Fraction(13, 2)
    own = evolve(light[SEC1], weight=Fraction(0))
    lead = light.document("lead-basics")
    swapped = evolve(lead, items=tuple(own if item.id == SEC1 else item for item in lead.items))
    catalog = evolve(light, documents=(swapped, light.documents[1]))
    assert score(filled({SEC1: "not_met", SEC2: "met"}, catalog)).value == 1


def test_equal_scores_keep_their_weights() -> None:
    # Four items with the same credit: a set, or a mean of distinct scores, would lose three of them.
    s = score(filled({GOV1: "partial", GOV2: "partial", SEC1: "partial", SEC2: "met"}))
    assert s.earned == Fraction(3, 2) + Fraction(3, 2) + Fraction(1, 2) + Fraction(1, 2)
    assert s.value == Fraction(4) / Fraction(15, 2)
    same = score(filled({GOV1: "met"}))
    assert (same + same).earned == 6
    assert (same + same + same).assessed == 9


def test_different_scales_are_not_averaged_raw() -> None:
    # Level 2 of 3 (aimed at: 2), 3 of 3 parts and a share of 0.95: each is full credit, whatever its numbers.
    s = score(training(LEV02="2", TOP01="3 of 3", TOP02="0.95"))
    assert s.value == 1
    assert {s.line(one).verdict.credit for one in (LEV2, TOP1, TOP2)} == {1}
    low = score(training(LEV02="1", TOP01="partial"))  # 1/2 of 2 and 1/2 of 3, not 1 and 0.5
    assert low.value == Fraction(1, 2)


# --- percentages -------------------------------------------------------------------------------------------


def test_a_percentage_is_not_stored_as_a_whole_number() -> None:
    with pytest.raises(AnswerNotAllowed):
        training(TOP02=97)
    with pytest.raises(AnswerNotAllowed):
        training(TOP02="97")
    said = training(TOP02="97%").response(TOP2)
    assert said is not None
    assert said.answer == "0.97"
    with pytest.raises(ValueError, match="50 is not between 0 and 1"):
        Gate(id="g", title="G", kind=GateKind.PARTS, by=PartKind.SECTION, minimum=Fraction(50), text="G")


def test_denominators_are_not_typed_by_hand() -> None:
    # The topic has three objectives: its own data say so, and another total is refused.
    for given in ("2 of 2", "2 of 4", "3 of 9"):
        with pytest.raises(AnswerNotAllowed, match="from 0 of 3 to 3 of 3"):
            training(TOP01=given)
    said = training(TOP01=2).response(TOP1)
    assert said is not None
    assert said.answer == "2 of 3"


def test_more_than_100_percent_is_out_of_reach() -> None:
    for given in ("4 of 3", [1, 2, 3, 3], 4):
        with pytest.raises(AnswerNotAllowed):
            training(TOP01=given)
    for given in ("101 %", "1.0000001", "11 of 10"):
        with pytest.raises(AnswerNotAllowed):
            training(TOP02=given)
    a: Assessment = training(LEV02="3", TOP01="3 of 3", TOP02="1", TOP03="0", TOP04="0")
    s = score(a)  # LEV-01 stays open
    assert s.value == 1
    assert s.high == 1
    assert score(filled(MET)).high == 1


def test_a_date_is_not_today_unless_said() -> None:
    # The same answers give the same score on every day the library is run.
    assert score(filled(MET)) == score(filled(MET), as_of=datetime.date(2026, 3, 1))
