"""What must hold for any answers in any form, under any model and any gate."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from hmis_standards.assess import MODELS, Assessment, Response, Score, score
from hmis_standards.model import Catalog, Gate, Profile, Selection, tailor
from hmis_standards.model.profile import Exclusion, Override, ProfileWeight
from hmis_standards.vocabulary import GateKind, Obligation, PartKind, Verdict
from tests.assess.forms import FORMS, LEV1, LEV2, TOP1, TOP2, TOP3
from tests.assess.helpers import DAY, SHOWN
from tests.small import ALL, GOV1, SEC1

FORM_ITEMS = (*ALL, TOP1, TOP2, TOP3, LEV1, LEV2)
RISING: dict[str, tuple[Any, ...]] = {
    **dict.fromkeys(ALL, ("not_met", "partial", "met")),
    TOP1: ("0 of 3", "1 of 3", "2 of 3", "3 of 3"),
    TOP2: ("0", "0.5", "0.8", "0.89", "0.9", "1"),
    TOP3: ("1", "0.5", "0.01", "0.001", "0"),
    LEV1: ("0", "1", "2", "3"),
    LEV2: ("0", "1", "2", "3"),
}
"""Answers of each item, none worse than the one before."""
Answers = dict[str, tuple[Any, bool]]

models = st.sampled_from([one.id for one in MODELS])
answers = st.fixed_dictionaries(
    {item: st.tuples(st.sampled_from((None, *rising)), st.booleans()) for item, rising in RISING.items()}
)
gates = st.builds(
    lambda kind, by, minimum, coverage: Gate(
        id="g", title="G", kind=kind, by=by, minimum=minimum, minimum_coverage=coverage, text="G"
    ),
    st.sampled_from([GateKind.PARTS, GateKind.WEAKEST]),
    st.sampled_from(list(PartKind)),
    st.fractions(0, 1, max_denominator=6),
    st.fractions(0, 1, max_denominator=6),
)


def assessed(given_answers: Answers, gate: Gate | None = None) -> Assessment:
    """Answers, each with fresh evidence of every kind or with none."""
    catalog: Catalog = FORMS
    if gate is not None:
        catalog = evolve(FORMS, ratings=evolve(FORMS.ratings, gates=(*FORMS.ratings.gates, gate)))
    documents = [document.id for document in catalog.documents]
    a = Assessment.start(catalog, subject="XX-500", on=DAY, documents=documents)
    return a.with_responses(
        Response(item=item, answer=answer, evidence=SHOWN if shown else ())
        for item, (answer, shown) in given_answers.items()
    )


@given(answers, models)
def test_the_value_stays_between_low_and_high(given_answers: Answers, model: str) -> None:
    s = score(assessed(given_answers), model=model)
    if s.value is not None:
        assert s.low is not None
        assert s.high is not None
        assert 0 <= s.low <= s.value <= s.high <= 1


@given(answers, models, st.sampled_from(FORM_ITEMS), gates)
def test_a_better_answer_never_lowers(given_answers: Answers, model: str, item: str, gate: Gate) -> None:
    shown = given_answers[item][1]
    found = [score(assessed({**given_answers, item: (one, shown)}, gate), model=model) for one in RISING[item]]
    for worse, better in pairwise(found):
        assert _numbers(worse) <= _numbers(better)  # same items assessed
        assert all(one <= other for one, other in zip(_numbers(worse), _numbers(better), strict=True))
        assert _verdict(worse) <= _verdict(better)


@given(answers, models, st.sampled_from(FORM_ITEMS))
def test_answering_never_lowers_the_low_end_nor_raises_the_high_one(
    given_answers: Answers, model: str, item: str
) -> None:
    before = score(assessed({**given_answers, item: (None, False)}), model=model)
    after = score(assessed(given_answers), model=model)
    assert (before.low or 0) <= (after.low or 0)
    assert (after.high or 0) <= (before.high or 0)


@given(answers, gates)
def test_a_gate_is_only_certain_of_what_stays(given_answers: Answers, gate: Gate) -> None:
    """However the open items are answered, a pass stays a pass and a fail stays a fail."""
    now = score(assessed(given_answers, gate)).gates[-1].verdict
    for fill in (0, -1):  # the worst and the best answer
        then = {
            item: (RISING[item][fill], True) if answer is None else (answer, shown)
            for item, (answer, shown) in given_answers.items()
        }
        later = score(assessed(then, gate)).gates[-1].verdict
        assert now not in {Verdict.PASS, Verdict.FAIL} or later is now


@given(answers, models)
def test_addition_does_not_depend_on_the_order(given_answers: Answers, model: str) -> None:
    s = score(assessed(given_answers), model=model)
    parts = list(s.by("section").values())
    forward, backward = sum(parts[1:], parts[0]), sum(parts[-2::-1], parts[-1])
    assert _numbers(forward) == _numbers(backward) == _numbers(s)
    assert {name: part.value for name, part in forward.by("document").items()} == {
        name: part.value for name, part in backward.by("document").items()
    }


PROFILE = Profile(
    id="ours",
    title="Ours",
    text="Ours.",
    select=Selection(reason="Why.", documents=("lead-basics", "training-basics")),
    exclude=(Exclusion(reason="Why.", items=(SEC1,)),),
    override=(Override(item=GOV1, reason="Why.", weight=Fraction(0)),),
    weights=(ProfileWeight(obligation=Obligation.EXPECTED, weight=Fraction(1, 3), reason="Why."),),
    gates=(
        Gate(id="g", title="G", kind=GateKind.PARTS, by=PartKind.SECTION, minimum=Fraction(1, 2), text="G", reason="R"),
    ),
)


@given(answers)
def test_tailoring_twice_is_tailoring_once(given_answers: Answers) -> None:
    once, twice = tailor(FORMS, PROFILE), tailor(tailor(FORMS, PROFILE), PROFILE)
    kept = {item: said for item, said in given_answers.items() if item in once}
    found = []
    for catalog in (once, twice):
        documents = [document.id for document in catalog.documents]
        a = Assessment.start(catalog, subject="XX-500", on=DAY, documents=documents)
        found.append(score(a.with_responses(Response(item=item, answer=said[0]) for item, said in kept.items())))
    assert found[0] == found[1]
    assert found[0].gates == found[1].gates
    assert [gate.id for gate in twice.ratings.gates] == ["required-met", "g"]


def _numbers(s: Score) -> tuple[Fraction, Fraction, Fraction]:
    return s.value or Fraction(0), s.low or Fraction(0), s.high or Fraction(0)


def _verdict(s: Score) -> int:
    return [Verdict.FAIL, Verdict.CANNOT_SAY, Verdict.NO_GATE, Verdict.PASS].index(s.verdict)
