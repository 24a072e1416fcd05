"""Comparisons: cases worked by hand, and the sum of the parts for any two assessments."""

from __future__ import annotations

import datetime
import json
import pickle
from fractions import Fraction
from itertools import permutations

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from hmis_standards.assess import Assessment, Comparison, Evidence, Response, Subject, compare, score
from hmis_standards.assess.answers import allowed_answers
from hmis_standards.assess.causes import Points, shares
from hmis_standards.errors import NotComparable
from hmis_standards.model import Catalog, Gate, Profile, tailor
from hmis_standards.vocabulary import Cause, EvidenceKind, GateKind, Movement, Obligation, PartKind
from tests.assess.helpers import CATALOG, SHOWN, blank, filled
from tests.assess.two_editions import CON4, FIRST, FIRST_ONLY, GOV6, LIGHT, SECOND, STRICT, THIRD
from tests.small import CON1, CON2, CON3, DOCUMENTS, GOV1, GOV2, GOV3, SEC1, SEC2, small_catalog

F = Fraction
NUMBERS = ("value", "low", "high", "coverage")
LATER = datetime.date(2026, 9, 1)
PLAN = Evidence(kind=EvidenceKind.DOCUMENT, title="Plan", date=datetime.date(2025, 6, 1))


def parts(found: Comparison, number: str = "value") -> dict[str, Fraction]:
    """The parts that are not zero."""
    named = ((part.cause.value, getattr(part, number)) for part in found.parts)
    return {cause: value for cause, value in named if value}


def worked() -> tuple[Assessment, Assessment]:
    """Before, 1 March: GOV-01 met, GOV-02 met with a plan of nine months, SEC-01 not met. After, 1 September: the same
    answers on GOV-01 and GOV-02, whose plan is 15 months old and stale; SEC-01 met; SEC-02 not applicable; CON-01 not
    met.

    |        | weight | before        | after         |
    | ------ | ------ | ------------- | ------------- |
    | GOV-01 | 3      | earns 3 of 3  | earns 3 of 3  |
    | GOV-02 | 3      | earns 3 of 3  | earns 1.5 of 3|
    | SEC-01 | 1      | earns 0 of 1  | earns 1 of 1  |
    | SEC-02 | 1/2    | open          | out           |
    | CON-01 | 3      | open          | earns 0 of 3  |
    |        |        | 6 of 7        | 5.5 of 10     |
    """
    common = [Response(item=GOV1, answer="met"), Response(item=GOV2, answer="met", evidence=(PLAN,))]
    before = blank().with_responses([*common, Response(item=SEC1, answer="not_met")])
    later = [
        Response(item=SEC1, answer="met"),
        Response(item=SEC2, answer="not_applicable", reason="No such thing."),
        Response(item=CON1, answer="not_met"),
    ]
    return before, evolve(before, date=LATER).with_responses(later)


def test_the_worked_case_adds_up() -> None:
    """2 * 7 * 10 = 140. GOV-02: -1.5 * 17 / 140. SEC-01: 1 * 17 / 140. CON-01: -3 * 11.5 / 140. Sum: -43 / 140."""
    found = compare(*worked())
    assert (found.before.value, found.after.value) == (F(6, 7), F(11, 20))
    assert found.change() == F(-43, 140)
    assert parts(found) == {"evidence_age": F(-51, 280), "answers": F(34 - 69, 280)}
    by_item = {item.id: [effect.value for effect in item.effects] for item in found.items}
    assert by_item == {
        GOV2: [F(-51, 280)],
        SEC1: [F(17, 140)],
        SEC2: [0],
        CON1: [F(-69, 280)],
    }


def test_what_is_declared_not_applicable_has_a_part_of_its_own() -> None:
    """Coverage goes from 7 / 15.5 to 10 / 15. SEC-02 takes 1/2 from below the line: 1/2 * 17 / (2 * 15.5 * 15)."""
    found = compare(*worked())
    assert found.change("coverage") == F(20, 30) - F(14, 31)
    assert parts(found, "coverage") == {"applicability": F(17, 930), "answers": F(3 * 61, 930)}
    assert found.part("applicability").items == (SEC2,)


def test_items_say_how_they_moved_and_why() -> None:
    found = compare(*worked())
    moved = {item.id: item.movement for item in found.items}
    assert moved == {
        GOV2: Movement.WORSENED,
        SEC1: Movement.IMPROVED,
        SEC2: Movement.NOT_APPLICABLE,
        CON1: Movement.NEWLY_ASSESSED,
    }
    why = {item.id: item.why for item in found.items}
    stale = "The plan, with the date of approval (dated 2025-06-01, at most 12 months old)"
    assert why[GOV2] == f"met -> partial (evidence stale: {stale})"
    assert why[SEC2] == "not assessed -> not applicable (No such thing.)"
    assert [item.id for item in found.moved("improved")] == [SEC1]
    with pytest.raises(ValueError, match="better"):
        found.moved("better")


def test_gates_that_changed_name_what_decides() -> None:
    (gate,) = compare(*worked()).gates
    assert (gate.before.value, gate.after.value) == ("pass", "fail")
    assert (gate.joined, gate.left) == ((GOV2,), ())
    assert gate.why[0].startswith(f"now decided by {GOV2}: met -> partial (evidence stale")
    before, after = worked()
    (back,) = compare(after, before).gates
    assert back.left == (GOV2,)
    assert back.why[0].startswith(f"no longer decided by {GOV2}: partial")


def test_a_gate_that_only_others_decide_now_is_told() -> None:
    before = filled({GOV1: "not_met", GOV2: None})
    (gate,) = compare(before, filled({GOV1: "met", GOV2: None})).gates
    assert (gate.before.value, gate.after.value) == ("fail", "cannot_say")
    assert gate.why == (
        f"no longer decided by {GOV1}: not met -> met",
        f"now decided by {GOV2}: as they stood before",
    )


def test_a_gate_on_sections_tells_between_what_shares_they_lie() -> None:
    by_section = Gate(id="half", title="Half", text="x", kind=GateKind.PARTS, by=PartKind.SECTION, minimum=F(1, 2))
    catalog = evolve(CATALOG, ratings=evolve(CATALOG.ratings, gates=(by_section,)))
    before = filled({GOV1: "met", GOV2: "not_met", GOV3: "met", SEC1: "not_met", SEC2: "not_met"}, catalog)
    after = filled({GOV1: "met", GOV2: "not_met", GOV3: "met", SEC1: "met", SEC2: "not_met"}, catalog)
    (gate,) = compare(before, after).gates
    assert (gate.before.value, gate.after.value) == ("fail", "cannot_say")
    assert gate.why[0] == "no longer decided by lead-basics/SEC: 0.0–0.0 % -> 66.7–66.7 %"
    assert gate.why[1] == "now decided by vendor-basics/CON: as they stood before"


def test_an_item_that_decides_in_another_way_is_told() -> None:
    """GOV-01 left the gate open and fails it now; GOV-02, which leaves it open as before, decides no more."""
    (gate,) = compare(filled({CON1: "met"}), filled({CON1: "met", GOV1: "not_met"})).gates
    assert (gate.before.value, gate.after.value, gate.left) == ("cannot_say", "fail", (GOV2,))
    assert gate.why == (f"still decided by {GOV1}: not assessed -> not met",)


def test_the_day_alone_makes_evidence_stale() -> None:
    one = blank().with_responses([Response(item=GOV2, answer="met", evidence=(PLAN,), note="as before")])
    found = compare(one, one, as_of_after="2026-06-02")
    assert parts(found) == {"evidence_age": F(-1, 2)}
    other = one.with_responses([Response(item=GOV2, answer="met", evidence=(PLAN,), note="another remark")])
    assert parts(compare(one, other, as_of_after="2026-06-02")) == {"evidence_age": F(-1, 2)}


def test_evidence_renewed_in_time_is_no_change() -> None:
    new = Evidence(kind=EvidenceKind.DOCUMENT, title="New plan", date=LATER)
    before = blank().with_responses([Response(item=GOV2, answer="met", evidence=(PLAN,))])
    after = evolve(before, date=LATER).with_responses([Response(item=GOV2, answer="met", evidence=(new,))])
    found = compare(before, after)
    assert found.change() == 0
    assert found.items == ()


def test_a_better_answer_with_new_evidence_is_all_answer() -> None:
    """The new evidence is dated after the first day; that must not count as age of evidence."""
    new = Evidence(kind=EvidenceKind.DOCUMENT, title="New plan", date=LATER)
    before = blank().with_responses([Response(item=GOV2, answer="not_met")])
    after = evolve(before, date=LATER).with_responses([Response(item=GOV2, answer="met", evidence=(new,))])
    assert parts(compare(before, after)) == {"answers": F(1)}


def test_where_two_causes_meet_in_one_item_each_gets_the_mean_of_both_orders() -> None:
    """CON-03 goes from not met to met, and a profile makes it weigh 7/3 in place of 2; GOV-01 (3) stays met.

    Points of CON-03. Tailored first: 0, then 7/3. Answered first: 2, then 1/3. So tailoring brings (0 + 1/3) / 2 = 1/6
    of what is earned and 1/3 of what is assessed; the answer brings (2 + 7/3) / 2 = 13/6 of what is earned.
    From 3/5 to 1: (13/6 * (5 + 16/3)) / (2 * 5 * 16/3) is the answer's part.
    """
    before = filled({GOV1: "met", CON3: "not_met"})
    after = filled({GOV1: "met", CON3: "met"}, tailor(CATALOG, STRICT))
    found = compare(before, after)
    under = 2 * 5 * F(16, 3)
    answers = F(13, 6) * (5 + F(16, 3)) / under
    tailoring = (F(1, 6) * (5 + F(16, 3)) - F(1, 3) * (3 + F(16, 3))) / under
    assert parts(found) == {"answers": answers, "tailoring": tailoring}
    assert answers + tailoring == found.change() == F(2, 5)


def test_an_edition_takes_items_out_and_brings_some_in() -> None:
    before = filled({GOV1: "met", CON2: "not_met", GOV3: "met"})
    after = Assessment.start(THIRD, subject="XX-500", on=before.date, documents=DOCUMENTS)
    after = after.with_responses([Response(item=GOV1, answer="met"), Response(item=GOV6, answer="met", evidence=SHOWN)])
    found = compare(before, after)
    assert set(parts(found)) == {"edition"}
    assert {one.id for one in found.moved("no_longer_asked")} == {GOV2, GOV3, SEC1, SEC2, CON2}
    told = {item.id: item.why for item in found.items}
    assert told[CON2] == "was not met; retired in edition 2028.1"
    assert told[CON4] == "not in edition 2026.1; now not assessed"
    assert "Made with edition 2026.1 and with edition 2028.1; each is scored with its own." in found.notes


def test_an_answer_that_waits_for_review_is_the_doing_of_the_edition() -> None:
    before = filled({GOV1: "met", SEC1: "not_met"})
    after = evolve(before, catalog=SECOND, edition="2027.1")
    after = after.with_responses([Response(item=GOV1, answer="met", proposed=True, evidence=SHOWN)])
    found = compare(before, after)
    assert set(parts(found)) == {"edition"}
    assert found.moved("no_longer_assessed")[0].why == "met -> not assessed (proposed, not confirmed)"


def test_profiles_leave_items_out() -> None:
    before = filled({GOV1: "met", CON1: "not_met"})
    after = Assessment.start(tailor(CATALOG, LIGHT), subject="XX-500", on=before.date, documents=["lead-basics"])
    after = after.with_responses([Response(item=GOV1, answer="met", evidence=SHOWN)])
    found = compare(before, after)
    assert set(parts(found)) <= {"tailoring", "documents"}
    assert found.part("tailoring").value
    told = {item.id: item.why for item in found.items}
    assert told[CON1] == "was not met; left out by profile light: Not here."
    assert "weighs 5, before 3" in told[GOV1]
    assert "Tailored by no profile before, by light after." in found.notes


def test_a_document_covered_once_is_a_part_of_its_own() -> None:
    before = filled({GOV1: "met", CON1: "not_met"})
    after = Assessment.start(CATALOG, subject="XX-500", on=before.date, documents=["lead-basics"])
    found = compare(before, after.with_responses([Response(item=GOV1, answer="met", evidence=SHOWN)]))
    assert parts(found) == {"documents": F(1, 2)}
    assert "Covered by one of the two only: vendor-basics." in found.notes
    assert found.part("documents").items == (CON1, CON2, CON3)


def test_profiles_that_do_not_fit_the_other_edition_are_told() -> None:
    before = filled({GOV1: "met", GOV2: "met"}, tailor(FIRST, FIRST_ONLY))
    after = Assessment.start(THIRD, subject="XX-500", on=before.date, documents=DOCUMENTS)
    after = after.with_responses([Response(item=GOV1, answer="not_met")])
    found = compare(before, after)
    assert any(note.startswith("first-only cannot be applied to edition 2028.1") for note in found.notes)
    assert sum(parts(found).values()) == found.change()


def test_other_subjects_only_on_demand() -> None:
    one = filled({GOV1: "met"})
    other = evolve(one, subject=Subject(name="XX-501"))
    with pytest.raises(NotComparable, match=r"of XX-500 \(coc\), the other of XX-501 \(coc\); same_subject=False"):
        compare(one, other)
    assert compare(one, other, same_subject=False).change() == 0


def test_assessments_without_a_common_document_are_refused() -> None:
    one, other = (Assessment.start(CATALOG, subject="XX-500", on="2026-03-01", documents=[name]) for name in DOCUMENTS)
    with pytest.raises(NotComparable, match="one covers lead-basics, the other vendor-basics"):
        compare(one, other)


def test_without_a_score_before_there_is_no_change_to_split() -> None:
    found = compare(blank(), filled({GOV1: "met"}))
    assert found.change() is None
    assert {part.value for part in found.parts} == {None}
    assert found.part("answers").low == found.change("low") == F(3) / F(31, 2)
    assert "–" in found.text()
    assert repr(found).startswith("<Comparison XX-500 2026-03-01 to 2026-03-01: – -> 100.0 %")


def test_the_earlier_one_last_is_told() -> None:
    before, after = worked()
    assert compare(after, before).notes[0].startswith("The second assessment is of an earlier day (2026-03-01)")


def test_it_can_be_read_in_every_form() -> None:
    found = compare(*worked())
    told = json.loads(json.dumps(found.to_dict()))
    assert told["value"] == {"before": "6/7", "after": "11/20", "change": "-43/140"}
    assert told["verdict"] == {"before": "pass", "after": "fail"}
    assert {part["cause"]: part["value"] for part in told["parts"]}["evidence_age"] == "-51/280"
    assert len({tuple(row) for row in found.rows()}) == 1
    assert sum(row["value"] for row in found.rows()) == pytest.approx(-43 / 140)
    assert len(found.to_frame()) == 4
    assert "age of evidence" in found._repr_html_()
    text = found.text()
    assert "score 85.7 % 55.0 % -30.7" in " ".join(text.split())
    assert "Improved: 1" in text
    assert pickle.loads(pickle.dumps(found)).parts == found.parts
    with pytest.raises(ValueError, match="'rating' is not one of value, low, high, coverage"):
        found.change("rating")


def test_a_number_without_a_value_has_no_shares() -> None:
    assert shares("value", Points(), Points(F(1), F(1), F(1)), [Points(F(1), F(1), F(1))]) == [None]


# --- any two assessments -----------------------------------------------------------------------------------


def assessments_of(catalog: Catalog) -> st.SearchStrategy[Assessment]:
    """Any answers, with or without a piece of evidence of any day, on any day, to one or both documents."""
    days = st.dates(datetime.date(2025, 1, 1), datetime.date(2027, 1, 1))
    evidence = st.none() | st.tuples(st.sampled_from(list(EvidenceKind)), days)

    @st.composite
    def one(draw: st.DrawFn) -> Assessment:
        there = [document.id for document in catalog.documents]
        documents = draw(st.sampled_from([["lead-basics"], there]))
        blank_one = Assessment.start(catalog, subject="XX-500", on=draw(days), documents=documents)
        said = []
        for item in blank_one.items():
            answer = draw(st.sampled_from([None, *allowed_answers(catalog, item)]))
            shown = draw(evidence)
            given_evidence = (Evidence(kind=shown[0], title="Shown", date=shown[1]),) if shown else ()
            said.append(Response(item=item.id, answer=answer, reason="Given.", evidence=given_evidence))
        return blank_one.with_responses(said)

    return one()


def _tailored(catalog: Catalog, profiles: tuple[Profile, ...]) -> Catalog:
    fitting = [one for one in profiles if one is not FIRST_ONLY or catalog.edition == "2026.1"]
    return tailor(catalog, *fitting)


weights = st.fixed_dictionaries({duty: st.fractions(0, 5, max_denominator=7) for duty in Obligation})
bases = st.sampled_from([FIRST, SECOND, THIRD]) | st.builds(small_catalog, weights)
tailorings = st.lists(st.sampled_from([LIGHT, STRICT, FIRST_ONLY]), unique_by=id, max_size=2).map(tuple)
anything = st.builds(_tailored, bases, tailorings).flatmap(assessments_of)


@given(anything, anything)
def test_the_parts_add_up_to_the_change_exactly(before: Assessment, after: Assessment) -> None:
    found = compare(before, after)
    assert (found.before, found.after) == (score(before), score(after))
    for number in NUMBERS:
        change = found.change(number)
        split = [getattr(part, number) for part in found.parts]
        assert split == [None] * len(split) if change is None else sum(split) == change
    if found.change() is not None:
        assert sum(section.effect or 0 for section in found.sections) == found.change()


@given(anything, anything)
def test_backward_gives_the_same_parts_with_the_other_sign(before: Assessment, after: Assessment) -> None:
    there, back = compare(before, after), compare(after, before)
    if not there.notes or "cannot be applied" not in there.notes[-1]:
        for number in NUMBERS:
            assert all(
                getattr(one, number) is None or getattr(one, number) == -getattr(other, number)
                for one, other in zip(there.parts, back.parts, strict=True)
            )


@given(anything)
def test_nothing_changes_against_itself(one: Assessment) -> None:
    found = compare(one, one)
    assert (found.items, found.gates, found.notes) == ((), (), ())


@given(anything, anything)
def test_a_cause_that_is_not_there_has_no_part(before: Assessment, after: Assessment) -> None:
    found = compare(before, after)
    same = {
        Cause.EDITION: (before.catalog.base or before.catalog) is (after.catalog.base or after.catalog),
        Cause.TAILORING: before.catalog.profiles == after.catalog.profiles,
        Cause.DOCUMENTS: set(before.documents) == set(after.documents),
        Cause.EVIDENCE_AGE: before.date == after.date,
    }
    for cause, absent in same.items():
        assert not (absent and found.part(cause.value).items)


@given(anything, anything)
def test_every_item_whose_standing_changed_is_listed(before: Assessment, after: Assessment) -> None:
    then, now = ({line.item.id: line.status for line in score(one).lines} for one in (before, after))
    listed = {item.id: (item.before, item.after) for item in compare(before, after).items}
    for name in {**then, **now}:
        pair = (then.get(name), now.get(name))
        if pair[0] is not pair[1]:
            assert listed[name] == pair


def test_the_mean_over_orders_is_that_of_all_orders() -> None:
    """Against all orders of edition, tailoring and answer, one by one, for an item that all three touch."""
    heavier = small_catalog({Obligation.EXPECTED: F(9, 2)})
    double = Profile(id="half", title="Half", text="x", override=(STRICT.override[0],))
    before = filled({CON3: "not_met", GOV1: "met"})
    after = filled({CON3: "partial", GOV1: "met"}, tailor(heavier, double))
    earned = {
        frozenset(some): F(int("a" in some), 2) * (F(7, 3) if "t" in some else F(9, 2) if "e" in some else 2)
        for some in ("", "a", "t", "e", "at", "ae", "te", "ate")
    }
    mean = dict.fromkeys("ate", F(0))
    for order in permutations("ate"):
        for place, cause in enumerate(order):
            mean[cause] += (earned[frozenset(order[: place + 1])] - earned[frozenset(order[:place])]) / 6
    found = compare(before, after)
    (item,) = [one for one in found.items if one.id == CON3]
    a0, a1 = found.before.assessed, found.after.assessed
    by = {effect.cause: effect.value for effect in item.effects}
    assert by[Cause.ANSWERS] == mean["a"] * (a0 + a1) / (2 * a0 * a1)
