"""Declarations of vendors: the hash, the comparison, and the claims as proposed answers."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from hmis_standards.assess import Assessment
from hmis_standards.exchange import propose_claims, sealed
from hmis_standards.model import Claim, Declaration
from hmis_standards.store import load_parameters
from hmis_standards.toolkit import Claims, compare_declarations
from hmis_standards.vocabulary import ClaimWord, Obligation, Status
from tests.toolkit.made_up_vendors import CATALOG, REQUIREMENTS, claim, claims, declared
from tests.toolkit.origins import assert_traceable

NUMBERS = load_parameters("declaration")
REQUIRED = [item for item in REQUIREMENTS if item.obligation is Obligation.REQUIRED]
FEATURES = [item for item in REQUIREMENTS if item.obligation is not Obligation.REQUIRED]


def compared(*declarations: Declaration) -> Claims:
    return compare_declarations(CATALOG, declarations, NUMBERS)


def test_the_hash_tells_any_change() -> None:
    one = sealed(declared(claim("EXC-01"), claim("EXC-05", "not_available")))
    assert one.unaltered is True
    assert declared(claim("EXC-01")).unaltered is None
    for altered in (
        evolve(one, version="8.3"),
        evolve(one, claims=one.claims[:1]),
        evolve(one, claims=(one.claims[0], evolve(one.claims[1], claim=ClaimWord.AVAILABLE))),
    ):
        assert altered.unaltered is False


@given(claims(), st.randoms())
def test_the_hash_does_not_depend_on_the_order(made: tuple[Claim, ...], chance: object) -> None:
    shuffled = list(made)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert declared(*made).hash_now == declared(*shuffled).hash_now


def test_a_case_worked_by_hand() -> None:
    """FEATURES[0] and [1] are there, [2] at extra cost; the rest is silent. By hand: the weights of the three, that of
    the third halved, over the weight of all features. Of the required functions one is there, one planned.
    """
    names = [item.id.partition("/")[2] for item in (*FEATURES[:3], *REQUIRED[:2])]
    planned = claim(names[4], "planned", available=declared().date.replace(year=2027))
    made = declared(claim(names[0]), claim(names[1]), claim(names[2], "extra_cost"), claim(names[3]), planned)
    (standing,) = compared(made).standings
    weights = [CATALOG.weights[item.id] for item in FEATURES]
    points = weights[0] + weights[1] + weights[2] / 2
    assert standing.features.value == 100 * points / sum(weights)
    assert (standing.required, standing.there) == (len(REQUIRED), 1)
    assert standing.gaps == (REQUIRED[1].id,)
    assert len(standing.silent) == len(REQUIRED) - 2


@given(claims())
def test_functions_add_up_and_shares_stay_in_range(made: tuple[Claim, ...]) -> None:
    found = compared(declared(*made))
    (standing,) = found.standings
    assert standing.there + len(standing.gaps) + len(standing.silent) == standing.required
    assert 0 <= (standing.features.value or 0) <= 100
    assert_traceable(found.standings)


@given(claims(), st.data())
def test_more_claimed_is_never_less(made: tuple[Claim, ...], data: st.DataObject) -> None:
    spoken = {one.item for one in made}
    item = data.draw(st.sampled_from([one for one in REQUIREMENTS if one.id not in spoken]))
    before, after = (
        compared(declared(*more)).standings[0] for more in (made, (*made, claim(item.id.partition("/")[2])))
    )
    assert after.there >= before.there
    assert (after.features.value or Fraction(0)) >= (before.features.value or Fraction(0))


def test_features_do_not_make_up_for_a_function() -> None:
    everything = [claim(item.id.partition("/")[2]) for item in REQUIREMENTS]
    missing = REQUIRED[0].id.partition("/")[2]
    all_but = declared(*(one for one in everything if not one.item.endswith(missing)), claim(missing, "not_available"))
    standing = compared(all_but).standings[0]
    assert standing.features.value == 100
    assert standing.gaps == (REQUIRED[0].id,)


def test_side_by_side() -> None:
    one = declared(claim("EXC-01"), claim("EXC-05", "not_available"))
    other = declared(claim("EXC-01"), product="Ferry")
    found = compared(one, other)
    row = next(row for row in found.rows() if row["item"] == "vendor-capacity/EXC-05")
    assert (row["Lantern 8.2"], row["Ferry 8.2"]) == ("not_available", "silent")
    assert [row.item for row in found.differing().requirements] == ["vendor-capacity/EXC-05"]
    assert len(found.requirements) == len(REQUIREMENTS)
    assert {flag.id for flag in found.flags} == {"not-sealed", "required-gap"}
    assert [one.label for one in compared(one, one).standings] == ["Lantern 8.2 (Made up) 1", "Lantern 8.2 (Made up) 2"]


def test_what_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="no declarations"):
        compared()
    with pytest.raises(ValueError, match=r"is for edition 2024\.1, not 2026\.1"):
        compared(evolve(declared(), edition="2024.1"))


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("available", Status.MET),
        ("extra_cost", Status.PARTIAL),
        ("not_available", Status.NOT_MET),
    ],
)
def test_claims_are_proposed_and_do_not_count(word: str, status: Status) -> None:
    answers = Assessment.start(CATALOG, subject="XX-500", on="2026-11-01", documents=["vendor-capacity"])
    after = propose_claims(answers, declared(claim("EXC-01", word)))
    said = after.response("vendor-capacity/EXC-01")
    assert said is not None
    assert said.proposed
    assert said.answer == CATALOG.answer_for(CATALOG["vendor-capacity/EXC-01"], status)
    assert said.evidence[0].title == f"Declaration of the vendor, Lantern 8.2: {ClaimWord(word).label}"
    assert propose_claims(after, declared(claim("EXC-01", word))) == after


def test_an_answer_of_a_person_stays() -> None:
    answers = Assessment.start(CATALOG, subject="XX-500", on="2026-11-01", documents=["vendor-capacity"])
    answers = answers.answer("vendor-capacity/EXC-01", "not_met")
    assert propose_claims(answers, declared(claim("EXC-01"))) == answers


def test_not_applicable_keeps_the_vendors_reason() -> None:
    item = next(item for item in REQUIREMENTS if item.na.allowed)
    answers = Assessment.start(CATALOG, subject="XX-500", on="2026-11-01", documents=["vendor-capacity"])
    told = claim(item.id.partition("/")[2], "not_applicable", note="Not sold for that.")
    said = propose_claims(answers, declared(told)).response(item.id)
    assert said is not None
    assert (said.answer, said.reason) == ("not_applicable", "Not sold for that.")


def test_a_required_function_called_not_applicable_is_pointed_out() -> None:
    """It leaves the count of what is required; nobody should have to find that out by counting."""
    (item,) = [one for one in REQUIREMENTS if one.obligation == "required" and one.na.allowed][:1]
    made = declared(claim(item.id.partition("/")[2], "not_applicable", note="No such project in the system."))
    found = compare_declarations(CATALOG, [made], NUMBERS)
    (flag,) = [one for one in found.flags if one.id == "required-not-applicable"]
    assert item.id in flag.text
