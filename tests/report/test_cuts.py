"""The cuts: what each kind of reader is shown, in which order, and what may not reach them."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from attrs import evolve

import hmis_standards as hs
from hmis_standards.assess import Evidence, Response, gaps, plan, score
from hmis_standards.measure import FindingSet, MeasureResult, Measures, ProjectFinding, for_public, judge
from hmis_standards.report import CUTS, Cut, ReportParts, html_report, markdown_report, report_parts, write_report
from hmis_standards.report.markdown import PARTS
from hmis_standards.report.view import build_view
from hmis_standards.report.words import range_text, share_text
from hmis_standards.vocabulary import EvidenceKind
from tests.report.helpers import DAY, Page, found, full, judged, measured, worked
from tests.report.test_page import everything
from tests.small import CON1, GOV1, GOV2, SEC1, small_catalog

SECRET = "Only for us 4711"
VENDOR = evolve(CUTS["vendor"], products=(3,))  # the small vendor document has that number


def agency() -> ReportParts:
    """Two projects: names wrong for 30 of 100 in the first, for none of 50 in the second; a check found 3 and 2."""
    results = [
        MeasureResult(
            measure="name-error",
            dimension=measured()[0].dimension,
            slice="project",
            project_types=(0,),
            project_id=name,
            project_name=title,
            numerator=above,
            denominator=below,
        )
        for name, title, above, below in (("p1", "Harbor Beds", 30, 100), ("p2", "Hill House", 0, 50))
    ]
    results += list(measured())
    counts = Measures(
        start=measured().start, end=measured().end, bed_night=measured().bed_night, results=tuple(results)
    )
    several = hs.load_checks()["several-heads"]
    own = [ProjectFinding(project_id=name, check=several, count=number) for name, number in (("p1", 3), ("p2", 2))]
    return report_parts(
        measures=counts,
        judgements=judge(counts, hs.load_benchmarks("default")),
        findings=found(),
        projects=["p1", "p2"],
        project_findings=own,
    )


@pytest.mark.parametrize("cut", CUTS)
def test_every_cut_is_a_whole_page(cut: str) -> None:
    page = Page(html_report(everything(), cut))
    assert len(page.all("h1")) == len(page.all("main")) == 1
    contents = build_view(everything(), cut).contents
    assert [one["href"] for one in page.all("a")[1 : 1 + len(contents)]] == [f"#{link}" for link, _ in contents]
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    for attrs in page.all("a"):
        href = attrs["href"] or ""
        assert not href.startswith("#") or href[1:] in ids, href
    assert markdown_report(everything(), cut).count("\n## ") == len(contents)


@pytest.mark.parametrize("cut", CUTS)
def test_every_cut_of_nothing_is_a_page(cut: str) -> None:
    assert "<h1" in html_report(report_parts(), cut)
    assert markdown_report(report_parts(), cut).startswith("# ")


def test_a_cut_is_data_with_parts_that_there_are() -> None:
    for cut in CUTS.values():
        assert set(cut.parts) <= set(PARTS), cut.name
        assert len(set(cut.parts)) == len(cut.parts)
    with pytest.raises(ValueError, match="there is no cut 'funder'; there are all, board, agency, vendor, auditor"):
        html_report(report_parts(), "funder")


def test_a_cut_of_ones_own() -> None:
    mine = Cut(name="mine", title="For us", text="", parts=("items", "words"))
    assert [one.name for one in build_view(report_parts(worked()), mine).parts] == ["items", "words"]


# --- the board -----------------------------------------------------------------------------------------------


def test_the_board_is_asked_what_follows_from_the_numbers() -> None:
    assessment = full()
    parts = everything()
    titles = [one.title for one in build_view(parts, "board").decisions]
    assert titles[0] == "Say who closes what holds up a gate, and by when"
    assert "Adopt the plan, or send it back" in titles
    assert "Ask for the answers that are missing" in titles
    gated = [one for one in gaps(assessment) if one.gated]
    assert build_view(parts, "board").decisions[0].text.startswith(f"{len(gated)} items hold up a gate. First: “")
    done = build_view(report_parts(worked().answer(GOV2, "not_applicable", reason="No such plan.")), "board")
    assert "Say who closes what holds up a gate, and by when" not in {one.title for one in done.decisions}


# --- the vendor ----------------------------------------------------------------------------------------------


def vendors() -> ReportParts:
    """A vendor's document beside another, both with words that are nobody else's business."""
    evidence = Evidence(kind=EvidenceKind.DOCUMENT, title=SECRET, location=SECRET, date=DAY)
    begun = hs.Assessment.start(small_catalog(), subject="XX-500", on=DAY, documents=["lead-basics", "vendor-basics"])
    said = begun.with_responses(
        [
            Response(item=CON1, answer="partial", note=SECRET, evidence=(evidence,), decided_by=SECRET),
            Response(item=GOV1, answer="met", note=SECRET),
            Response(item=SEC1, answer="not_met", note=SECRET),
        ]
    )
    return report_parts(said, measures=measured(), judgements=judged(), findings=found())


def test_the_vendor_sees_no_counts_and_no_words_of_others() -> None:
    for page in (Page(html_report(vendors(), VENDOR)).text(), markdown_report(vendors(), VENDOR)):
        assert CON1 in page
        assert GOV1 not in page
        assert SECRET not in page
        for one in found():
            assert f"{one.count:,} of {one.denominator:,}" not in page
        assert "2,003" not in page
        check = hs.load_checks()["several-heads"]
        assert check.title in page
        assert " ".join(check.guidance.vendor.split())[:40] in page
    assert SECRET in Page(html_report(vendors())).text()


def test_the_vendor_score_is_of_its_own_documents() -> None:
    standing = build_view(vendors(), VENDOR).standing
    assert standing is not None
    assert [one.whole.title for one in standing.documents] == [small_catalog().document("vendor-basics").title]
    only = hs.Assessment.start(small_catalog(), subject="XX-500", on=DAY, documents=["vendor-basics"])
    evidence = vendors().assessments[0].response(CON1)
    assert evidence is not None
    alone = score(only.with_responses([evidence]))
    assert standing.value == share_text(alone.value)
    assert standing.range == range_text(alone)


# --- an agency -----------------------------------------------------------------------------------------------


def test_an_agency_sees_its_projects_and_what_to_mend() -> None:
    view = build_view(agency(), "agency").project
    assert view is not None
    assert [one.title for one in view.projects] == ["Harbor Beds (p1)", "Hill House (p2)"]
    rows = view.projects[0].rows
    assert [(one.value, one.counts, one.mark.word) for one in rows] == [("30.0 %", "30 of 100", "missed")]
    (mend,) = view.mend
    assert mend.found == "5 records: 3 in p1 and 2 in p2"
    page = Page(html_report(agency(), "agency")).text()
    assert "Harbor Beds (p1)" in page
    assert "1,000" not in page.replace("hmis", ""), "counts of the whole system are not the agency's"


def test_what_is_published_has_no_single_projects() -> None:
    small = for_public(measures=agency().measures, findings=agency().findings)
    assert small.measures is not None
    parts = report_parts(
        measures=small.measures,
        judgements=judge(small.measures, hs.load_benchmarks("default")),
        findings=small.findings,
        withheld=small.note,
        projects=["p1"],
    )
    for cut in CUTS:
        for page in (Page(html_report(parts, cut)).text(), markdown_report(parts, cut)):
            assert "Harbor Beds" not in page
            assert "30 of 100" not in page
            assert "5 of 2,003" not in page, "five households are fewer than eleven"
    assert "may be published" in Page(html_report(parts, "agency")).text()


# --- an auditor ----------------------------------------------------------------------------------------------


def test_an_auditor_sees_every_number_exactly() -> None:
    """4 of 7 points of what was assessed, of 9 that apply; see ``worked``."""
    view = build_view(report_parts(worked()), "auditor")
    whole = view.points[0]
    assert (whole.earned, whole.assessed, whole.applicable) == ("4", "7", "9")
    assert (whole.value, whole.low, whole.high) == ("4/7 (57 %)", "4/9 (44 %)", "2/3 (67 %)")
    items = {item.id: item for document in view.documents for section in document.sections for item in section.items}
    assert items[GOV1].points == "3 × 1 = 3 of 3"
    assert items[GOV2].points == "3 × 0 = 0 of 3"
    assert view.logic[0].rule.startswith("Looks at every item that is required")
    labels = {one.label: one.value for one in view.record}
    assert labels["hmis-standards"] == hs.__version__
    digest = labels["Content of the assessment of lead-basics"]
    assert digest.startswith("sha256:")
    other = build_view(report_parts(worked().answer(GOV2, "met")), "auditor").record
    assert digest not in {one.value for one in other}


def test_an_auditor_sees_files_and_every_citation() -> None:
    parts = report_parts(worked(), files={"answers.yaml": "sha256:00"})
    assert ("File answers.yaml", "sha256:00") in {(one.label, one.value) for one in build_view(parts, "auditor").record}
    short, long = (build_view(parts, cut).documents[0].sections[0].items[0] for cut in ("all", "auditor"))
    assert long.points
    assert not short.points
    cited = next(item for item in full().items() if len(item.citations) > 3)
    names = [full().catalog.source(one.source).citation for one in cited.citations]
    whole, page = (Page(html_report(report_parts(full()), cut)).text() for cut in ("auditor", "all"))
    told = whole[whole.rindex(cited.title) :]
    assert all(" ".join(name.split()) in told for name in names)
    assert "not binding" in page


def test_a_workbook_is_never_cut(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="a workbook is always whole"):
        write_report(report_parts(worked()), tmp_path / "vendor.xlsx", cut="vendor")
    assert not list(tmp_path.iterdir())


def test_plan_and_findings_are_only_where_they_belong() -> None:
    made = plan(gaps(full()), start=datetime.date(2026, 4, 1), target="0.80", score=score(full()))
    none = FindingSet(edition="FY2026", settings=(), findings=(), records=lambda _: [])
    parts = report_parts(full(), plan=made, findings=none)
    assert build_view(parts, "vendor").plan is None
    assert build_view(parts, "board").plan is None
    assert build_view(parts).plan is not None
