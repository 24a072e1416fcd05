"""Scoring models: the mean, two that do not average, and those of other packages."""

from __future__ import annotations

import importlib.metadata
from fractions import Fraction
from types import ModuleType
from typing import Any

import pytest

from hmis_standards.assess import MODELS, Score, score, scoring_model
from hmis_standards.errors import ScoringModelFault, UnknownScoringModel
from hmis_standards.model import Catalog
from hmis_standards.vocabulary import Obligation
from tests.assess.forms import training
from tests.assess.helpers import filled
from tests.small import ALL, GOV1, GOV2, GOV3, SEC2, small_catalog

MET = dict.fromkeys(ALL, "met")


def numbers(s: Score) -> list[Fraction | None]:
    return [s.value, s.low, s.high]


def test_these_are_built_in() -> None:
    assert [one.id for one in MODELS] == ["weighted-mean", "weakest-item", "maturity"]
    assert scoring_model("maturity").to_dict() == {"id": "maturity", "title": "Maturity by level"}
    assert score(filled(MET)).model.id == "weighted-mean"
    assert score(filled(MET)).to_dict()["model"] == "weighted-mean"


def test_the_weakest_item_decides_alone() -> None:
    assert numbers(score(filled({**MET, GOV3: "partial"}), model="weakest-item")) == [Fraction(1, 2)] * 3
    assert numbers(score(filled({GOV3: "partial"}), model="weakest-item")) == [Fraction(1, 2), 0, Fraction(1, 2)]
    assert numbers(score(filled({}), model="weakest-item")) == [None, 0, 1]


def test_an_item_without_weight_is_nobodys_weakest() -> None:
    light: Catalog = small_catalog({Obligation.OPTIONAL: Fraction(0)})
    assert numbers(score(filled({**MET, SEC2: "not_met"}, light), model="weakest-item")) == [1, 1, 1]


def test_a_level_is_reached_when_all_standards_are_at_it() -> None:
    # Two standards of four rungs, 0 to 3: one at 3, one at 1 is level 1 of 3. Other items do not count.
    assert numbers(score(training(LEV02="3", LEV01="1", TOP01="0 of 3"), model="maturity")) == [Fraction(1, 3)] * 3
    # only one of the two is known: at level 3 it leaves everything open, from 0 to 3
    assert numbers(score(training(LEV02="3"), model="maturity")) == [1, 0, 1]
    # level 2 without its evidence stands at 1
    assert score(training(LEV02="3", LEV01="2"), model="maturity").value == Fraction(1, 3)
    assert numbers(score(filled(MET), model="maturity")) == [None, None, None]


def test_other_models_have_no_rating_and_the_same_sums() -> None:
    mean, weakest = score(filled(MET)), score(filled(MET), model="weakest-item")
    assert mean.rating is not None
    assert weakest.value == 1
    assert weakest.rating is None
    assert (mean.earned, mean.coverage) == (weakest.earned, weakest.coverage)
    assert "the model weakest-item gives 100 %" in weakest.explain().text()
    assert {part.model.id for part in weakest.by("section").values()} == {"weakest-item"}
    with pytest.raises(ValueError, match="models do not add up"):
        mean + weakest


# --- models of other packages ------------------------------------------------------------------------------


def half_credit(s: Score, unknown: Fraction | None) -> Fraction | None:
    """As another package might write it: the share of items with at least half credit."""
    from hmis_standards.assess import credits

    found = [credit for _, credit in credits(s, unknown)]
    return Fraction(sum(credit >= Fraction(1, 2) for credit in found), len(found)) if found else None


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A package that is installed and offers models by entry points."""
    module = ModuleType("their_models")
    module.half_credit = half_credit  # type: ignore[attr-defined]
    module.NUMBER = 3  # type: ignore[attr-defined]
    module.generous = lambda s, unknown: Fraction(11, 10)  # type: ignore[attr-defined]
    module.inexact = lambda s, unknown: 0.5  # type: ignore[attr-defined]
    monkeypatch.setitem(__import__("sys").modules, "their_models", module)

    def entry_points(*, group: str) -> tuple[importlib.metadata.EntryPoint, ...]:
        names = {
            "half-credit": "half_credit", "number": "NUMBER", "generous": "generous", "inexact": "inexact",
            "gone": "no_such_name", "weighted-mean": "NUMBER",
        }  # fmt: skip
        made = (importlib.metadata.EntryPoint(name, f"their_models:{at}", group) for name, at in names.items())
        return tuple(made) if group == "hmis_standards.scoring_models" else ()

    monkeypatch.setattr(importlib.metadata, "entry_points", entry_points)
    return module


def test_another_package_offers_a_model(offered: ModuleType) -> None:
    # GOV-01 and GOV-02 reach half, GOV-03 does not: 2 of 3 assessed; of all eight 2, and with the five open ones 7
    s = score(filled({GOV1: "met", GOV2: "partial", GOV3: "not_met"}), model="half-credit")
    assert numbers(s) == [Fraction(2, 3), Fraction(2, 8), Fraction(7, 8)]
    assert s.model.to_dict() == {"id": "half-credit", "title": "Half credit"}


def test_a_built_in_model_cannot_be_replaced(offered: ModuleType) -> None:
    assert score(filled(MET), model="weighted-mean").value == 1


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("number", "their_models:NUMBER is not a function"),
        ("gone", "cannot be loaded from their_models:no_such_name"),
        ("generous", "gave Fraction(11, 10), which is not an exact share"),
        ("inexact", "gave 0.5, which is not an exact share"),
    ],
)
def test_a_model_that_does_not_work_is_told_by_name(offered: ModuleType, name: str, told: str) -> None:
    with pytest.raises(ScoringModelFault, match=f"^scoring model {name}: ") as caught:
        _ = score(filled(MET), model=name).value
    assert told in str(caught.value)


def test_an_unknown_model_says_what_is_close(offered: ModuleType) -> None:
    with pytest.raises(UnknownScoringModel, match="no scoring model 'half-credits'; did you mean half-credit"):
        score(filled(MET), model="half-credits")


@pytest.mark.parametrize("wrong", ["nothing of the kind", 3])
def test_where_nothing_is_close_those_there_are_stand(wrong: Any) -> None:
    with pytest.raises(UnknownScoringModel, match="there are weighted-mean, weakest-item, maturity"):
        score(filled(MET), model=wrong)


def test_entry_points_are_not_looked_at_for_built_in_models(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: Any) -> None:
        raise AssertionError("looked at")

    monkeypatch.setattr(importlib.metadata, "entry_points", refuse)
    for model in MODELS:
        score(filled(MET), model=model.id)
    with pytest.raises(AssertionError, match="looked at"):
        score(filled(MET), model="other")
