"""What the report says: the numbers of a hand-worked case, and nothing that the answers do not bear out."""

from __future__ import annotations

from fractions import Fraction

import pytest

from hmis_standards.assess import Response, gaps, score
from hmis_standards.model import Target
from hmis_standards.report import html_report, markdown_report, report_parts
from hmis_standards.report.standing import all_gaps, total_score
from hmis_standards.report.view import build_view
from hmis_standards.report.words import measured_text, share_text
from hmis_standards.vocabulary import Status
from tests.report.helpers import DAY, Page, full, hud, judged, measured, measurement, worked
from tests.small import CON1, GOV1, GOV2, GOV3


def test_hand_worked_case() -> None:
    view = build_view(report_parts(worked()))
    assert view.standing is not None
    shown = view.standing
    assert (shown.value, shown.range, shown.coverage) == ("57 %", "44–67 %", "78 %")
    assert shown.rating == "Developing"
    assert shown.provisional == "Provisional: only 78 % of the weight was assessed; a rating stands from 80 %."
    assert str(shown.verdict) == "○ Fail"
    assert [row.item for row in shown.gates[0].deciding] == [GOV2]
    sections = [(row.title, row.value, row.range, row.met) for row in shown.documents[0].sections]
    assert sections == [("Section GOV", "50 %", "38–63 %", "1 of 3"), ("Section SEC", "100 %", "100 %", "1 of 1")]
    assert view.words == (
        "Of the 4 checklist items that apply here, 2 are in place, 1 not in place and 1 without a confirmed answer.",
        "By weight, counting partly met items in part, 57 % of what was assessed is in place, which rates as "
        "Developing (provisional, because much is unanswered); because 1 item is unanswered, the figure for the whole "
        "could be anywhere in the range 44–67 %.",
        "The gate “Required” fails, and no score makes up for it: 1 of 2 required items is not met or only partly met.",
        "There is one known gap, not fully true today: “Title of GOV-02”.",
    )


def test_nothing_answered_is_unknown_and_not_unmet() -> None:
    view = build_view(report_parts(worked().with_responses([]).answer(GOV1, None).answer(GOV2, None)))
    assert view.standing is not None
    blank = build_view(report_parts(full().start(worked().catalog, subject="X", on=DAY, documents=["lead-basics"])))
    assert blank.standing is not None
    assert str(blank.standing.verdict) == "? Cannot say yet"
    assert (blank.standing.value, blank.standing.range) == ("–", "0–100 %")
    assert blank.gaps == ()
    assert "there is no score; that is unknown, not zero" in blank.words[1]
    assert {item.mark.word for one in blank.documents for part in one.sections for item in part.items} == {"No answer"}


def test_unanswered_is_never_shown_as_not_met() -> None:
    assessment = full()
    marks = {
        item.id: item.mark.word
        for document in build_view(report_parts(assessment)).documents
        for section in document.sections
        for item in section.items
    }
    assert len(marks) == len(assessment.items())
    unanswered = [item.id for item in assessment.items() if assessment.response(item.id) is None]
    assert unanswered
    assert {marks[item] for item in unanswered} == {"No answer"}


def test_every_gap_is_shown() -> None:
    assessment = full()
    found = gaps(assessment)
    assert len(found) > 10
    parts = report_parts(assessment)
    page, markdown = Page(html_report(parts)), markdown_report(parts)
    for gap in found:
        assert gap.item.title in page.text()
        assert gap.remedy in page.text()
        assert f"({gap.item.id})" in markdown
    assert [row.item for row in build_view(parts).gaps] == [gap.item.id for gap in found]


def test_gaps_of_several_assessments_add_up() -> None:
    first = worked()
    second = first.start(first.catalog, subject="XX-500", on=DAY, documents=["vendor-basics"]).answer(CON1, "not_met")
    parts = report_parts([first, second])
    total = total_score(parts)
    assert total is not None
    assert total.applicable == 15
    merged = all_gaps(parts, total)
    assert {gap.item.id: gap.gain for gap in merged} == {GOV2: Fraction(3, 15), CON1: Fraction(3, 15)}
    together = first.start(first.catalog, subject="XX-500", on=DAY, documents=["lead-basics", "vendor-basics"])
    together = together.with_responses([*first.responses, *second.responses])
    assert merged == gaps(together)
    assert total == score(together)


def test_proposals_wait_for_a_person() -> None:
    waiting = Response(item=GOV3, answer="met", evidence=(measurement("Measured so"),), proposed=True)
    view = build_view(report_parts(worked().with_responses([waiting])))
    assert view.words[-1] == "1 answer was proposed from the data; it does not count until a person confirms it."
    assert [(row.item, str(row.mark), row.remark) for row in view.proposals] == [(GOV3, "● Met", "awaits a person")]
    item = next(one for part in view.documents[0].sections for one in part.items if one.id == GOV3)
    assert item.mark.word == "Proposed, not confirmed"
    assert item.answer == "met (proposed, not confirmed)"
    assert view.standing is not None
    assert view.standing.range == "44–67 %"


def test_met_without_evidence_says_so() -> None:
    view = build_view(report_parts(worked().answer(GOV3, "met")))
    row = next(one for one in view.gaps if one.item == GOV3)
    assert row.mark.word == "Partly met"
    assert row.reason == "Answered met; evidence missing: The signed agreement"


def test_matrix_of_benchmarks_and_project_types() -> None:
    data = build_view(report_parts(measures=measured(), judgements=judged())).data
    assert data is not None
    assert [short for short, _ in data.columns] == ["All", "ES-EE", "TH", "PSH"]
    rows = {row.title: row for group in data.groups for row in group.rows}
    cells = [(cell.value, cell.mark and cell.mark.word, cell.counts) for cell in rows["Name is known"].cells]
    assert cells == [
        ("3.0 %", None, "30/1,000"),
        ("4.0 %", "met", "20/500"),
        ("8.0 %", "near", "8/100"),
        ("30.0 %", "missed", "30/100"),
    ]
    assert rows["HMIS bed coverage"].cells[1].value == "74.7 %"
    assert data.absent == "Left out, with nothing to count in the period: ES-NbN and SH."
    assert [(row.title, row.beds, row.value) for row in data.coverage] == [
        ("Emergency shelter", "130 of 174", "74.7 %"),
        ("PH – Permanent Supportive Housing", "90 of 100", "90.0 %"),
    ]
    assert ("Average nightly utilization", "Utilization") in data.not_measured
    assert "No federal pass mark exists" in data.notice


def test_measures_without_judgement_show_values_and_no_status() -> None:
    parts = report_parts(measures=measured())
    data = build_view(parts).data
    assert data is not None
    assert all(cell.mark is None for group in data.groups for row in group.rows for cell in row.cells)
    assert "was measured and not judged" in build_view(parts).words[0]
    assert "69.0 %" in build_view(parts).words[0]


def test_timeliness_bars_of_q6e() -> None:
    data = build_view(report_parts(hud=hud())).data
    assert data is not None
    assert [(row.label, row.starts, row.exits) for row in data.lags] == [
        ("Before the event", "0 (0 %)", "0"),
        ("Same day", "3 (75 %)", "0"),
        ("1–3 days", "0 (0 %)", "0"),
        ("4–6 days", "0 (0 %)", "0"),
        ("7–10 days", "0 (0 %)", "0"),
        ("11 days or more", "1 (25 %)", "0"),
    ]
    assert [table.name for table in data.hud] == ["Q5a", "Q6a", "Q6b", "Q6c", "Q6d", "Q6e", "Q6f"]


@pytest.mark.parametrize("kind", ["answers", "data"])
def test_markdown_has_the_numbers_of_the_page(kind: str) -> None:
    data = report_parts(measures=measured(), judgements=judged(), hud=hud())
    parts = report_parts(full()) if kind == "answers" else data
    view, text, page = build_view(parts), markdown_report(parts), Page(html_report(parts)).text()
    wanted = [*view.words]
    if view.standing:
        wanted += [view.standing.value, view.standing.range, view.standing.coverage]
        wanted += [part.range for document in view.standing.documents for part in document.sections]
    if view.data:
        wanted += [cell.value for group in view.data.groups for row in group.rows for cell in row.cells]
        wanted += [row.beds for row in view.data.coverage] + [row.starts for row in view.data.lags]
        wanted += [view.data.notice]
    for one in wanted:
        assert one in page
        assert one in text


def test_counts_of_statuses_add_up() -> None:
    shown = build_view(report_parts(full())).standing
    assert shown is not None
    expected = score(full()).counts()
    assert sum(number for _, number in shown.counts) == len(full().items())
    assert {mark.word: number for mark, number in shown.counts}["Met"] == expected[Status.MET]


def test_a_gap_names_what_it_waits_for() -> None:
    rows = build_view(report_parts(worked().answer(GOV1, "partial"))).gaps
    waiting = next(row for row in rows if row.item == GOV2)
    assert waiting.blocked_by == (("item-lead-basics-gov-01", "GOV-01"),)
    assert waiting.gated
    assert waiting.effort == (("Time", 3), ("Money", 1), ("Skill", 2))


@pytest.mark.parametrize(
    ("value", "limits", "shown"),
    [
        (Fraction(7471, 10000), (Fraction(3, 4),), "74.7 %"),
        (Fraction(74996, 100000), (Fraction(3, 4),), "74.996 %"),
        (Fraction(3, 4), (Fraction(3, 4),), "75 %"),
        (Fraction(7549, 10000), (Fraction(3, 4),), "75 %"),
        (Fraction(997, 1000), (), "99.7 %"),
        (Fraction(1, 1000), (), "0.1 %"),
        (Fraction(1), (), "100 %"),
        (Fraction(0), (), "0 %"),
        (None, (), "–"),
    ],
)
def test_no_rounding_across_a_limit(value: Fraction | None, limits: tuple[Fraction, ...], shown: str) -> None:
    assert share_text(value, limits) == shown


def target(met: Fraction | tuple[Fraction, Fraction], near: Fraction | None = None) -> Target:
    return Target(met=met, near=near)


@pytest.mark.parametrize(
    ("value", "unit", "limits", "shown"),
    [
        (Fraction(3, 293), "ratio", target(Fraction(1, 100)), "1.02 %"),
        (Fraction(1, 100), "ratio", target(Fraction(1, 100)), "1.0 %"),
        (Fraction(4, 10_000), "ratio", target(Fraction(0)), "0.04 %"),
        (Fraction(8_999, 10_000), "ratio", target(Fraction(9, 10)), "89.99 %"),
        (Fraction(1, 3), "ratio", target((Fraction(333, 1000), Fraction(1))), "33.33 %"),
        (Fraction(1501, 10_000), "ratio", target(Fraction(1, 10), Fraction(15, 100)), "15.01 %"),
        (Fraction(302, 100), "days", target(Fraction(3)), "3.02 days"),
        (Fraction(1, 3), "ratio", None, "33.3 %"),
    ],
)
def test_a_result_is_not_rounded_onto_what_is_asked(
    value: Fraction, unit: str, limits: Target | None, shown: str
) -> None:
    assert measured_text(value, unit, limits) == shown
