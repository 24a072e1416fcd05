"""The findings of the checks on the page: counts by dimension and severity, the gravest and the most first."""

from __future__ import annotations

import hmis_standards as hs
from hmis_standards.measure import Finding, FindingSet
from hmis_standards.report import html_report, markdown_report, report_parts
from hmis_standards.report.check_view import FIRST_FINDINGS, ChecksView, checks_view, made_and_found
from tests.report.helpers import Page, found


def view() -> ChecksView:
    made = checks_view(report_parts(findings=found()))
    assert made is not None
    return made


def test_no_checks_no_view() -> None:
    assert checks_view(report_parts()) is None


def test_the_sentence_counts_what_was_made_and_what_was_found() -> None:
    """Nine were made: one of high priority with findings, eight errors of which one, at place 0, has none."""
    told = "Of 9 data quality checks made on the records, 8 found something, 1 of them of high priority"
    assert view().intro == f"{told}; 1 more could not be made."
    clean = FindingSet(
        edition="FY2026",
        settings=(),
        findings=(Finding(check=hs.load_checks()["several-heads"], count=0, denominator=7),),
        records=lambda one: [],
    )
    assert made_and_found(clean) == "Of 1 data quality check made on the records, 0 found something."


def test_tallies_add_up() -> None:
    made = view()
    pairs = [cell.split(" of ") for row in made.tallies for cell in row.cells if cell != "–"]
    assert sum(int(few) for few, _ in pairs) == 8
    assert sum(int(all_of) for _, all_of in pairs) == 9
    assert sum(row.nothing for row in made.tallies) == 1
    assert sum(row.unmade for row in made.tallies) == 1
    consistency = next(row for row in made.tallies if row.name == "Consistency")
    assert consistency.cells[0] == "1 of 1"


def test_findings_stand_by_severity_and_number() -> None:
    groups = view().groups
    assert [(group.title, len(group.rows)) for group in groups] == [("High priority", 1), ("Errors", 7)]
    assert groups[0].rows[0].found == "5 of 2,003 households"
    assert groups[0].rows[0].share == "0.2 %"
    assert [int(row.found.split()[0]) for row in groups[1].rows] == [7, 6, 5, 4, 3, 2, 1]


def test_each_finding_has_its_rule_and_what_the_agency_does() -> None:
    page = Page(html_report(report_parts(findings=found()))).text()
    markdown = markdown_report(report_parts(findings=found()))
    for group in view().groups:
        for row in group.rows:
            check = hs.load_checks()[row.id]
            assert " ".join(check.rule.split()) in page
            assert " ".join(check.guidance.agency.split()) in page
            assert f"{row.found}" in page
            assert f"| {row.found} | {row.share} |" in markdown
    assert "Exit.csv is missing from the export" in page


def test_the_first_are_in_sight_and_the_others_in_a_fold() -> None:
    text = html_report(report_parts(findings=found()))
    open_part, _, folded = text.partition("<summary>The other 2</summary>")
    rows = view().groups[1].rows
    assert all(f">{row.id}<" in open_part for row in rows[:FIRST_FINDINGS])
    assert all(f">{row.id}<" in folded for row in rows[FIRST_FINDINGS:])


def test_the_contents_lead_to_the_checks() -> None:
    page = Page(html_report(report_parts(findings=found())))
    assert "#checks" in {one["href"] for one in page.all("a")}
    assert "checks" in {one.get("id") for one in page.all("section")}
    without = Page(html_report(report_parts()))
    assert "#checks" not in {one["href"] for one in without.all("a")}
