"""Evidence from checks of an export on items about the software: proposed, never decided."""

from __future__ import annotations

from datetime import date

from hmis_standards.assess import Assessment
from hmis_standards.measure import Finding, FindingSet, propose_from_checks
from hmis_standards.store import load_catalog, load_checks
from hmis_standards.vocabulary import CheckKind, Severity


def checked(**counts: int) -> FindingSet:
    """Findings of the checks of files: each flags so many of 100, or nothing."""
    found = tuple(
        Finding(check=one, count=counts.get(one.id.replace("-", "_"), 0), denominator=100)
        for one in load_checks()
        if one.kind is CheckKind.FILE
    )
    return FindingSet(edition="FY2026", settings=(), findings=found, records=lambda check: [])


def monitoring() -> Assessment:
    return Assessment.start(load_catalog(), subject="Lantern", on="2026-10-01", documents=["vendor-monitoring"])


def test_a_fault_of_the_files_speaks_against_the_item_it_is_about() -> None:
    after = propose_from_checks(monitoring(), checked(invalid_client_code=12), on=date(2026, 10, 1))
    said = after.response("vendor-monitoring/DAT-01")
    assert said is not None
    assert (said.answer, said.proposed) == ("not_met", True)
    codes = next(one for one in said.evidence if "(file-codes)" in one.title)
    assert codes.title.endswith("found faults: invalid-client-code 12")
    assert [one.item for one in after.responses] == ["vendor-monitoring/DAT-01"]


def test_one_good_export_proposes_nothing() -> None:
    said = propose_from_checks(monitoring(), checked(), on=date(2026, 10, 1)).response("vendor-monitoring/DAT-01")
    assert said is not None
    assert (said.answer, said.proposed) == (None, False)
    assert all("found a fault" in one.title for one in said.evidence)


def test_a_warning_is_no_fault() -> None:
    warning = next(one for one in load_checks() if one.kind is CheckKind.FILE and one.severity is Severity.WARNING)
    after = propose_from_checks(monitoring(), checked(**{warning.id.replace("-", "_"): 3}), on=date(2026, 10, 1))
    said = after.response("vendor-monitoring/DAT-01")
    assert said is not None
    assert said.answer is None


def test_an_answer_of_a_person_and_evidence_of_a_person_stay() -> None:
    answered = monitoring().answer("vendor-monitoring/DAT-01", "met")
    assert propose_from_checks(answered, checked(invalid_client_code=1), on=date(2026, 10, 1)) == answered


def test_a_second_export_takes_the_place_of_the_first() -> None:
    first = propose_from_checks(monitoring(), checked(invalid_client_code=12), on=date(2026, 10, 1))
    second = propose_from_checks(first, checked(), on=date(2026, 11, 1))
    said = second.response("vendor-monitoring/DAT-01")
    assert said is not None
    assert said.answer is None
    assert {one.date for one in said.evidence} == {date(2026, 11, 1)}
