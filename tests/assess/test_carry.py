"""Answer once, see it proposed elsewhere."""

from __future__ import annotations

import hmis_standards as hs

EQUAL = ("lead-standards/GOV-01", "system-administrator/GOV-07")  # both ask for the designation of one HMIS


def start(*documents: str) -> hs.Assessment:
    chosen = documents or ("lead-standards", "system-administrator", "improvement-matrix")
    return hs.Assessment.start(hs.load_catalog(), subject="XX-500", on="2026-03-01", documents=chosen)


def answer_with_evidence(a: hs.Assessment, item: str) -> hs.Assessment:
    needs = [need for need in a.catalog[item].evidence if need.demanded]
    given = [hs.Evidence(kind=need.kind, title="Held", date=a.date, need=need.id) for need in needs]
    return a.answer(item, "met", evidence=given)


def test_an_equal_item_is_proposed_and_does_not_count() -> None:
    answered = answer_with_evidence(start(), EQUAL[0])
    carried = hs.carry_over(answered)
    response = carried.response(EQUAL[1])
    assert response is not None
    assert (response.answer, response.proposed) == ("met", True)
    assert EQUAL[0] in str(response.note)
    assert hs.score(carried).value == hs.score(answered).value
    assert hs.score(carried).coverage == hs.score(answered).coverage


def test_the_answer_of_a_person_is_never_touched() -> None:
    answered = answer_with_evidence(start(), EQUAL[0]).answer(EQUAL[1], "not_met")
    assert hs.carry_over(answered).response(EQUAL[1]) == answered.response(EQUAL[1])


def test_only_met_goes_down_to_parts() -> None:
    whole, part = "improvement-matrix/GOV-01", "system-administrator/GOV-07"
    catalog = hs.load_catalog()
    assert any(one.id == whole and one.relation == "part of" for one in catalog.related(part))
    assert hs.carry_over(start().answer(whole, "1")).response(part) is None
    assert hs.carry_over(start().answer(whole, "0")).response(part) is None


def test_a_status_is_put_in_the_words_of_the_other_scale() -> None:
    one, other = "system-administrator/GOV-09", "improvement-matrix/GOV-02"
    assert any(related.id == other and related.relation == "equal" for related in hs.load_catalog().related(one))
    proposed = hs.carry_over(start().answer(one, "not_met")).response(other)
    assert proposed is not None
    assert proposed.answer == "0"


def test_documents_that_are_not_assessed_say_nothing() -> None:
    answered = answer_with_evidence(start("lead-standards"), EQUAL[0])
    assert {one.item.split("/")[0] for one in hs.carry_over(answered).responses} == {"lead-standards"}


def test_a_proposal_leads_to_no_other_and_twice_is_once() -> None:
    answered = answer_with_evidence(start(), EQUAL[0])
    carried = hs.carry_over(answered)
    assert hs.carry_over(carried) == carried


def test_not_applicable_is_not_carried() -> None:
    catalog = hs.load_catalog()
    pairs = [
        (link.source, link.target)
        for link in catalog.links
        if link.relation.value == "equal" and catalog[link.source].na.allowed and catalog[link.target].na.allowed
    ]
    assert pairs
    one, other = pairs[0]
    a = start(*{catalog[one].document, catalog[other].document}).answer(one, "not_applicable", reason="No such grant")
    assert hs.carry_over(a).response(other) is None


def test_evidence_that_is_carried_names_no_need_of_the_other_item() -> None:
    """Nobody could read the file again: a need is known by its id within one item."""
    answered = answer_with_evidence(start(), EQUAL[0])
    own, carried = answered.response(EQUAL[0]), hs.carry_over(answered).response(EQUAL[1])
    assert own is not None
    assert carried is not None
    needs = {need.id for need in answered.catalog[EQUAL[1]].evidence}
    assert not {one.need for one in own.evidence} <= needs
    assert {one.need for one in carried.evidence} <= {None, *needs}
    assert [one.title for one in carried.evidence] == [one.title for one in own.evidence]
