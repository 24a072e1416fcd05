from __future__ import annotations

import datetime
from fractions import Fraction

import pytest
from attrs import evolve

from hmis_standards.assess import Assessment, Evidence, Response, verdict
from hmis_standards.assess.days import add_months
from hmis_standards.vocabulary import EvidenceKind, Status
from tests.assess.helpers import DAY, blank, filled
from tests.small import CON3, GOV1, GOV2, GOV3, SEC1

HALF = Fraction(1, 2)


Told = tuple[Status, Fraction | int | None, str]


def told(a: Assessment, item: str, as_of: str | None = None, count: bool = False) -> Told:
    found = verdict(a, item, as_of, count_proposals=count)
    return found.status, found.credit, found.reason


def dated(kind: EvidenceKind, day: str | None, need: str | None = None) -> Evidence:
    return Evidence(kind=kind, title="E", date=datetime.date.fromisoformat(day) if day else None, need=need)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("met", (Status.MET, 1, "")),
        ("partial", (Status.PARTIAL, HALF, "")),
        ("not_met", (Status.NOT_MET, 0, "")),
    ],
)
def test_the_answer_gives_status_and_credit(answer: str, expected: tuple[Status, Fraction, str]) -> None:
    assert told(blank().answer(GOV1, answer), GOV1) == expected


def test_unanswered_has_no_credit_not_zero() -> None:
    assert told(blank(), GOV1) == (Status.NOT_ASSESSED, None, "not answered")
    with_evidence = blank().answer(GOV1, None, evidence=[dated(EvidenceKind.LOG, None)])
    assert told(with_evidence, GOV1) == (Status.NOT_ASSESSED, None, "evidence attached, not answered")


def test_not_applicable_has_no_credit_and_keeps_its_reason() -> None:
    a = blank().answer(SEC1, "not_applicable", reason="No servers")
    assert told(a, SEC1) == (Status.NOT_APPLICABLE, None, "No servers")


def test_proposals_count_only_when_asked() -> None:
    a = blank().with_responses([Response(item=GOV1, answer="met", proposed=True)])
    assert told(a, GOV1) == (Status.NOT_ASSESSED, None, "proposed, not confirmed")
    assert told(a, GOV1, count=True) == (Status.MET, 1, "")


def test_met_without_demanded_evidence_is_partial() -> None:
    a = blank().answer(GOV3, "met")
    assert told(a, GOV3) == (Status.PARTIAL, HALF, "evidence missing: The signed agreement")


def test_not_met_and_partial_need_no_evidence() -> None:
    assert told(blank().answer(GOV3, "partial"), GOV3) == (Status.PARTIAL, HALF, "")
    assert told(blank().answer(GOV3, "not_met"), GOV3) == (Status.NOT_MET, 0, "")


def test_where_one_piece_is_demanded_any_kind_serves_unless_it_names_another_need() -> None:
    assert told(blank().answer(GOV3, "met", evidence=[dated(EvidenceKind.DATA, None)]), GOV3)[0] is Status.MET
    assert told(blank().answer(GOV3, "met", evidence=[dated(EvidenceKind.DATA, None, "pact")]), GOV3)[0] is Status.MET
    other = Response(item=GOV3, answer="met", evidence=(dated(EvidenceKind.AGREEMENT, None, "x"),))
    assert told(evolve(blank(), responses=(other,)), GOV3)[0] is Status.PARTIAL


def test_where_several_are_demanded_each_needs_its_own() -> None:
    agreement = dated(EvidenceKind.AGREEMENT, None)
    report = dated(EvidenceKind.REPORT, "2026-01-15")
    assert told(blank().answer(CON3, "met", evidence=[agreement, report]), CON3)[0] is Status.MET
    assert told(blank().answer(CON3, "met", evidence=[agreement]), CON3)[2] == (
        "evidence missing: The last service report"
    )
    assert told(blank().answer(CON3, "met"), CON3)[2] == (
        "evidence missing: The contract in force; evidence missing: The last service report"
    )


@pytest.mark.parametrize(
    ("day", "as_of", "status"),
    [
        ("2025-03-01", "2026-03-01", Status.MET),  # twelve months to the day are still twelve months
        ("2025-02-28", "2026-03-01", Status.PARTIAL),
        ("2025-03-01", "2026-03-02", Status.PARTIAL),
        ("2024-02-29", "2025-02-28", Status.MET),  # there is no 29 February 2025
        ("2024-02-29", "2025-03-01", Status.PARTIAL),
    ],
)
def test_evidence_goes_stale(day: str, as_of: str, status: Status) -> None:
    a = blank().answer(GOV2, "met", evidence=[dated(EvidenceKind.DOCUMENT, day)])
    assert told(a, GOV2, as_of)[0] is status


def test_stale_says_how_old_and_the_freshest_piece_decides() -> None:
    old, fresh = dated(EvidenceKind.DOCUMENT, "2020-01-01"), dated(EvidenceKind.DOCUMENT, "2026-02-01")
    assert told(blank().answer(GOV2, "met", evidence=[old]), GOV2) == (
        Status.PARTIAL,
        HALF,
        "evidence stale: The plan, with the date of approval (dated 2020-01-01, at most 12 months old)",
    )
    assert told(blank().answer(GOV2, "met", evidence=[fresh, old]), GOV2)[0] is Status.MET


def test_undated_evidence_cannot_show_that_it_is_fresh() -> None:
    a = blank().answer(GOV2, "met", evidence=[dated(EvidenceKind.DOCUMENT, None)])
    assert told(a, GOV2)[2] == "evidence undated: The plan, with the date of approval (at most 12 months old)"


def test_evidence_that_is_not_demanded_never_lowers() -> None:
    plan = dated(EvidenceKind.DOCUMENT, "2026-01-01")
    old_log = dated(EvidenceKind.LOG, "2001-01-01", "idea")
    assert told(blank().answer(GOV2, "met", evidence=[plan, old_log]), GOV2)[0] is Status.MET


@pytest.mark.parametrize(
    ("response", "words"),
    [
        (Response(item=GOV1, answer="yes"), "'yes' is not on its scale"),
        (Response(item=GOV1, answer="not_applicable", reason="x"), "not_applicable is not an answer this item takes"),
        (Response(item=SEC1, answer="not_applicable"), "not_applicable without a reason"),
    ],
)
def test_what_slipped_past_the_checks_is_an_error_not_a_pass(response: Response, words: str) -> None:
    a = evolve(blank(), responses=(response,))  # the constructor does not check
    assert told(a, response.item) == (Status.ERROR, None, words)


def test_plain_values() -> None:
    assert verdict(filled({GOV1: "partial"}), GOV1).to_dict() == {
        "item": GOV1,
        "status": "partial",
        "credit": "1/2",
        "reason": "",
    }


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (datetime.date(2026, 1, 31), 1, datetime.date(2026, 2, 28)),
        (datetime.date(2023, 12, 15), 2, datetime.date(2024, 2, 15)),
        (datetime.date(2026, 11, 30), 3, datetime.date(2027, 2, 28)),
        (DAY, 0, DAY),
    ],
)
def test_add_months(day: datetime.date, months: int, expected: datetime.date) -> None:
    assert add_months(day, months) == expected


def test_evidence_dated_after_the_day_does_not_count() -> None:
    later = dated(EvidenceKind.DOCUMENT, "2026-03-02")
    a = blank().answer(GOV2, "met", evidence=[later])
    reason = "evidence dated after 2026-03-01: The plan, with the date of approval"
    assert told(a, GOV2) == (Status.PARTIAL, HALF, reason)
    assert told(a, GOV2, "2026-03-02")[0] is Status.MET
    a = blank().answer(GOV2, "met", evidence=[later, dated(EvidenceKind.DOCUMENT, "2026-03-01")])
    assert told(a, GOV2)[0] is Status.MET
    a = blank().answer(GOV2, "met", evidence=[later, dated(EvidenceKind.DOCUMENT, "2020-01-01")])
    assert told(a, GOV2)[2].startswith("evidence stale")


def test_evidence_that_may_be_of_any_age_may_not_be_of_the_future() -> None:
    a = blank().answer(GOV3, "met", evidence=[dated(EvidenceKind.AGREEMENT, "2026-03-02")])
    assert told(a, GOV3)[2] == "evidence dated after 2026-03-01: The signed agreement"
    assert told(a, GOV3, "2026-03-02")[0] is Status.MET


def test_the_end_of_the_calendar() -> None:
    a = blank().answer(GOV2, "met", evidence=[dated(EvidenceKind.DOCUMENT, "9999-06-01")])
    assert told(a, GOV2, "9999-12-31")[0] is Status.MET
    assert add_months(datetime.date(9999, 12, 1), 1) == datetime.date.max


@pytest.mark.parametrize("day", ["heute", "20260301", "2026-W09-7", "2026-02-30", ""])
def test_the_day_is_written_one_way(day: str) -> None:
    with pytest.raises(ValueError, match=f"as_of is {day!r}; write it as YYYY-MM-DD"):
        told(blank().answer(GOV1, "met"), GOV1, day)


def lease(until: str | None, day: str = "2025-01-01") -> Evidence:
    last = datetime.date.fromisoformat(until) if until else None
    return Evidence(kind=EvidenceKind.AGREEMENT, title="E", date=datetime.date.fromisoformat(day), valid_until=last)


@pytest.mark.parametrize(
    ("evidence", "as_of", "reason"),
    [
        ([lease("2026-03-01")], None, ""),  # the last day counts
        ([lease("2026-02-28")], None, "evidence expired: The signed agreement (valid until 2026-02-28)"),
        ([lease("2026-03-01")], "2026-03-02", "evidence expired: The signed agreement (valid until 2026-03-01)"),
        (
            [lease("2025-06-30"), lease("2026-02-28")],
            None,
            "evidence expired: The signed agreement (valid until 2026-02-28)",
        ),
        ([lease("2026-02-28"), lease(None)], None, ""),  # another piece still holds
        ([lease("2027-01-01", "2026-03-02")], None, "evidence dated after 2026-03-01: The signed agreement"),
    ],
)
def test_evidence_proves_nothing_after_its_last_day(evidence: list[Evidence], as_of: str | None, reason: str) -> None:
    status, credit, why = told(blank().answer(GOV3, "met", evidence=evidence), GOV3, as_of)
    assert (status, credit, why) == ((Status.PARTIAL, HALF, reason) if reason else (Status.MET, 1, ""))


def test_valid_until_comes_as_text_too() -> None:
    given = {"kind": "agreement", "title": "E", "valid_until": "2026-02-28"}
    assert told(blank().answer(GOV3, "met", evidence=[given]), GOV3)[0] is Status.PARTIAL
    with pytest.raises(ValueError, match="valid_until is 'soon'; write it as YYYY-MM-DD"):
        blank().answer(GOV3, "met", evidence=[{**given, "valid_until": "soon"}])
    with pytest.raises(ValueError, match="valid_until 2026-02-28 is before its date 2026-03-01"):
        blank().answer(GOV3, "met", evidence=[{**given, "date": "2026-03-01"}])
    (one,) = blank().answer(GOV3, "met", evidence=[given]).responses[0].evidence
    assert one.to_dict()["valid_until"] == "2026-02-28"
    assert "valid_until" not in Evidence(kind=EvidenceKind.LOG, title="E").to_dict()


def test_of_several_pieces_that_are_too_old_the_latest_is_named() -> None:
    old = tuple(Evidence(kind="document", title="Plan", date=day, need="plan") for day in ("2023-05-01", "2024-05-01"))
    found = verdict(blank().answer(GOV2, "met", evidence=old), GOV2)
    assert "dated 2024-05-01, at most 12 months old" in found.reason
