from __future__ import annotations

from fractions import Fraction

import pytest

from hmis_standards.assess import WhatIf, what_if
from hmis_standards.errors import UnknownItem
from hmis_standards.vocabulary import Status, Verdict
from tests.assess.helpers import blank, filled
from tests.small import ALL, CON1, GOV1, GOV2, SEC1, SEC2

BUT_ONE = filled({**dict.fromkeys(ALL, "met"), GOV2: "not_met", SEC2: None})


def test_a_gate_opens_and_an_item_changes() -> None:
    # Before: 12 of 15 assessed, 15.5 applicable. After GOV-02: 15 of 15.
    found = what_if(BUT_ONE, {GOV2: "met"})
    assert found.gains() == {
        "value": Fraction(3, 15),
        "low": Fraction(6, 31),
        "high": Fraction(6, 31),
        "coverage": 0,
    }
    assert found.gain == Fraction(6, 31)
    (item,), (gate,) = found.items, found.gates
    assert (item.item, item.before, item.after) == (GOV2, Status.NOT_MET, Status.MET)
    assert (gate.before, gate.after, gate.opens, gate.closes) == (Verdict.FAIL, Verdict.PASS, True, False)
    assert repr(found) == (
        "<WhatIf value 80.0 % → 100.0 % (+20.0 points), low 77.4 % → 96.8 % (+19.4 points): "
        "1 items change, 1 gates open, 0 close>"
    )


def test_a_gate_closes_and_a_score_falls() -> None:
    found = what_if(filled(dict.fromkeys(ALL, "met")), {GOV1: "partial", SEC1: "not_applicable"})
    assert [one.closes for one in found.gates] == [True]
    assert [(one.item, one.after) for one in found.items] == [
        (GOV1, Status.PARTIAL),
        (SEC1, Status.NOT_APPLICABLE),
    ]
    assert found.gain == Fraction(26, 29) - 1  # 13 of 14.5
    assert "Verdict: pass → fail" in found.text()


def test_nothing_changes() -> None:
    found = what_if(BUT_ONE, {GOV1: "met"})
    assert [*found.items, *found.gates] == []
    assert found.gain == 0
    assert found.rows() == []
    assert "nothing to show" in found._repr_html_()


def test_from_nothing_there_is_no_gain_of_the_value() -> None:
    found = what_if(blank(), {CON1: "met"})
    assert found.gains()["value"] is None
    assert "Score: – → 100.0 %" in found.text()


def test_plain_values() -> None:
    found = what_if(BUT_ONE, {GOV2: "met"})
    data = found.to_dict()
    assert data["before"]["low"] == "24/31"
    assert data["after"]["verdict"] == "pass"
    assert data["gains"]["low"] == "6/31"
    assert data["items"] == [{"item": GOV2, "title": "Title of GOV-02", "before": "not_met", "after": "met"}]
    assert data["gates"][0]["gate"] == "required-met"
    assert found.rows()[0]["after"] == "met"
    assert len(found.to_frame()) == 1
    assert f"<td>{GOV2}</td>" in found._repr_html_()
    assert isinstance(found, WhatIf)


def test_the_assessment_is_left_alone_and_mistakes_are_told() -> None:
    before = BUT_ONE.response(GOV2)
    what_if(BUT_ONE, {GOV2: "met"})
    assert BUT_ONE.response(GOV2) == before
    with pytest.raises(UnknownItem):
        what_if(BUT_ONE, {"lead-basics/GOV-9": "met"})
    with pytest.raises(ValueError, match="mostly"):
        what_if(BUT_ONE, {GOV2: "mostly"})


def test_by_another_model() -> None:
    # The weakest item is GOV-02 before, and nothing that was assessed is weak after; SEC-02 is still open.
    found = what_if(BUT_ONE, {GOV2: "met"}, model="weakest-item")
    assert found.gains() == {"value": 1, "low": 0, "high": 1, "coverage": 0}


def test_an_answer_taken_back() -> None:
    # GOV-02 weighs 3: 12 of 15 assessed before, 12 of 12 after, of 15 1/2.
    found = what_if(BUT_ONE, {GOV2: None})
    assert found.gains() == {"value": Fraction(1, 5), "low": 0, "high": Fraction(6, 31), "coverage": Fraction(-6, 31)}
    assert [one.after for one in found.items] == [Status.NOT_ASSESSED]
