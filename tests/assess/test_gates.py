"""Gates on sections and documents: certain only where nothing that is open can change the outcome.

The small catalog's sections weigh: lead-basics/GOV 3 + 3 + 2 = 8, lead-basics/SEC 1 + 1/2 = 1 1/2,
vendor-basics/CON 3 + 1 + 2 = 6; its documents 9 1/2 and 6.
"""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve

from hmis_standards.assess import GateResult, Score, score
from hmis_standards.model import Catalog, Gate
from hmis_standards.vocabulary import GateKind, Obligation, PartKind, Verdict
from tests.assess.helpers import filled
from tests.small import ALL, CON1, CON2, CON3, GOV1, GOV2, GOV3, SEC1, SEC2, small_catalog

GOV, SEC, CON = "lead-basics/GOV", "lead-basics/SEC", "vendor-basics/CON"
MET = dict.fromkeys(ALL, "met")


def gated(
    minimum: str = "1/2",
    *,
    kind: GateKind = GateKind.PARTS,
    by: PartKind = PartKind.SECTION,
    only: tuple[str, ...] = (),
    minimum_coverage: str = "0",
    weights: dict[Obligation, Fraction] | None = None,
) -> Catalog:
    """The small catalog with one gate."""
    gate = Gate(
        id="parts",
        title="Parts",
        kind=kind,
        by=by,
        only=only,
        minimum=Fraction(minimum),
        minimum_coverage=Fraction(minimum_coverage),
        text="Made up.",
    )
    catalog = small_catalog(weights)
    return evolve(catalog, ratings=evolve(catalog.ratings, gates=(gate,)))


def outcome(answers: dict[str, str], catalog: Catalog) -> tuple[Verdict, tuple[str, ...]]:
    (result,) = score(filled(answers, catalog)).gates
    return result.verdict, result.deciding


def test_every_section_below_the_minimum_is_named() -> None:
    # SEC: 0 of 1 1/2. CON: 1/2 of 3 and nothing else = 1 1/2 of 6. GOV: all.
    answers = {**MET, SEC1: "not_met", SEC2: "not_met", CON1: "partial", CON2: "not_met", CON3: "not_met"}
    s = score(filled(answers, gated()))
    assert s.verdict is Verdict.FAIL
    (result,) = s.gates
    assert result.deciding == (SEC, CON)
    assert [(one.part, one.low, one.high, one.coverage) for one in result.parts] == [
        (GOV, Fraction(1), Fraction(1), Fraction(1)),
        (SEC, Fraction(0), Fraction(0), Fraction(1)),
        (CON, Fraction(1, 4), Fraction(1, 4), Fraction(1)),
    ]
    assert result.to_dict() == {
        "gate": "parts",
        "kind": "parts",
        "title": "Parts",
        "verdict": "fail",
        "deciding": [SEC, CON],
        "minimum": "1/2",
        "parts": [
            {"part": SEC, "low": "0", "high": "0", "coverage": "1", "verdict": "fail"},
            {"part": CON, "low": "1/4", "high": "1/4", "coverage": "1", "verdict": "fail"},
        ],
    }


@pytest.mark.parametrize(
    ("gov", "verdict"),
    [
        # of 8: surely at least half from 4 earned, surely below when more than 4 are lost
        ({}, Verdict.CANNOT_SAY),
        ({GOV1: "met"}, Verdict.CANNOT_SAY),  # 3 earned, 5 open: 3/8 to 1
        ({GOV1: "met", GOV2: "partial"}, Verdict.PASS),  # 4 1/2 of 8, the rest open
        ({GOV1: "met", GOV2: "not_met"}, Verdict.CANNOT_SAY),  # 3/8 to 5/8
        ({GOV1: "not_met", GOV3: "not_met"}, Verdict.FAIL),  # at most 3 of 8
        ({GOV1: "not_met", GOV2: "partial"}, Verdict.FAIL),  # at most 3 1/2 of 8
        ({GOV1: "partial", GOV2: "partial", GOV3: "partial"}, Verdict.PASS),  # exactly half
    ],
)
def test_what_is_open_decides_nothing(gov: dict[str, str], verdict: Verdict) -> None:
    assert outcome(gov, gated(only=(GOV,)))[0] is verdict


def test_enough_must_be_assessed_before_a_part_can_pass() -> None:
    answers = {GOV1: "met", GOV2: "met"}  # 6 of 8 earned and assessed
    assert outcome(answers, gated(only=(GOV,), minimum_coverage="3/4")) == (Verdict.PASS, ())
    assert outcome(answers, gated(only=(GOV,), minimum_coverage="0.7501")) == (Verdict.CANNOT_SAY, (GOV,))
    # a part that is out of reach fails however little was assessed
    assert outcome({GOV1: "not_met", GOV2: "not_met"}, gated(only=(GOV,), minimum_coverage="1"))[0] is Verdict.FAIL


def test_the_weakest_part_is_named_alone() -> None:
    answers = {**MET, SEC1: "not_met", SEC2: "not_met", CON1: "partial", CON2: "not_met", CON3: "not_met"}
    assert outcome(answers, gated(kind=GateKind.WEAKEST)) == (Verdict.FAIL, (SEC,))
    # of two that may or may not reach it, the one with less in place
    assert outcome({**MET, SEC1: "not_met", CON3: "not_met"}, gated("0.60", kind=GateKind.WEAKEST)) == (
        Verdict.FAIL,
        (SEC,),  # 1/3; CON has 2/3
    )
    some = {GOV1: "met", GOV2: "met", GOV3: "met", CON1: "met"}
    assert outcome(some, gated("0.60", kind=GateKind.WEAKEST)) == (Verdict.CANNOT_SAY, (SEC,))
    assert outcome({**MET, SEC1: "partial"}, gated("0.60", kind=GateKind.WEAKEST)) == (Verdict.PASS, ())


def test_parts_can_be_documents() -> None:
    answers = {**MET, CON1: "not_met", CON2: "not_met"}  # 2 of 6
    assert outcome(answers, gated(by=PartKind.DOCUMENT)) == (Verdict.FAIL, ("vendor-basics",))
    assert outcome(answers, gated(by=PartKind.DOCUMENT, only=("lead-basics",))) == (Verdict.PASS, ())


def test_a_part_of_which_nothing_applies_or_weighs_is_not_looked_at() -> None:
    assert outcome({SEC1: "not_applicable", SEC2: "not_applicable"}, gated(only=(SEC,))) == (Verdict.NO_GATE, ())
    light = {Obligation.RECOMMENDED: Fraction(0), Obligation.OPTIONAL: Fraction(0)}
    assert outcome({SEC1: "not_met", SEC2: "not_met"}, gated(only=(SEC,), weights=light)) == (Verdict.NO_GATE, ())
    assert outcome(MET, gated(only=("lead-basics/XXX",))) == (Verdict.NO_GATE, ())


def test_a_gate_fails_beside_gates_that_pass() -> None:
    catalog = gated()
    both = evolve(
        catalog, ratings=evolve(catalog.ratings, gates=(*small_catalog().ratings.gates, *catalog.ratings.gates))
    )
    s = score(filled({**MET, SEC1: "not_met", SEC2: "not_met"}, both))
    assert [result.verdict for result in s.gates] == [Verdict.PASS, Verdict.FAIL]
    assert s.verdict is Verdict.FAIL
    assert s.value == Fraction(28, 31)  # 14 of 15 1/2: strong, and the verdict stands beside it


def test_a_gate_does_not_depend_on_the_model() -> None:
    answers = {**MET, SEC1: "partial", SEC2: "not_met"}  # 1/2 of 1 1/2: a third
    a = filled(answers, gated())
    found = [score(a, model=name).gates for name in ("weighted-mean", "weakest-item", "maturity")]
    assert found[0] == found[1] == found[2]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, "a gate on items needs obligation"),
        ({"obligation": Obligation.REQUIRED, "minimum": Fraction(1)}, "a gate on items takes no minimum"),
        ({"obligation": Obligation.REQUIRED, "only": ("a",)}, "takes no only"),
        ({"kind": GateKind.PARTS, "minimum": Fraction(1)}, "a gate on parts needs by"),
        ({"kind": GateKind.WEAKEST, "by": PartKind.SECTION}, "a gate on weakest needs minimum"),
        ({"kind": GateKind.PARTS, "by": PartKind.SECTION, "minimum": Fraction(50)}, "50 is not between 0 and 1"),
        (
            {"kind": GateKind.PARTS, "by": PartKind.SECTION, "minimum": Fraction(1), "obligation": Obligation.REQUIRED},
            "a gate on parts takes no obligation",
        ),
    ],
)
def test_a_gate_that_makes_no_sense_cannot_be_made(given: dict[str, object], told: str) -> None:
    with pytest.raises(ValueError, match=f"^gate g: .*{told}"):
        Gate(id="g", title="G", text="G", **given)  # type: ignore[arg-type]


def test_a_result_knows_its_parts() -> None:
    result: GateResult = score(filled(MET, gated())).gates[0]
    assert result.part(GOV).verdict is Verdict.PASS
    with pytest.raises(KeyError):
        result.part("nothing")
    assert isinstance(score(filled(MET, gated())), Score)
