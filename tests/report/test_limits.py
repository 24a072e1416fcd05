"""What the page may not overstate: gates, ratings of few answers, texts nobody read, periods outside the data."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve

from hmis_standards.assess import Assessment
from hmis_standards.report import html_report, markdown_report, report_parts
from hmis_standards.report.reading import UNREAD, rests_on
from hmis_standards.report.standing import standing, total_score
from hmis_standards.report.view import build_view
from hmis_standards.report.words import JUDGED, VERDICT, joint_name, whole
from hmis_standards.vocabulary import Judged, Obligation, Read, Verdict
from tests.report.helpers import DAY, Page, catalog, hud, judged, measured, worked
from tests.small import GOV1, GOV2, SEC1, small_catalog


def started(weight_of_the_open: Fraction) -> Assessment:
    """7 points assessed, of which 4 earned; GOV-03 is open and has the weight given. SEC-02 does not apply."""
    other = small_catalog({Obligation.EXPECTED: weight_of_the_open})
    begun = Assessment.start(other, subject="XX-500", on=DAY, documents=["lead-basics"])
    return begun.with_responses(worked().responses)


@pytest.mark.parametrize(
    ("weight", "rating", "told"),
    [
        (Fraction(7, 4), "Developing", ""),
        (
            Fraction(7, 4) + Fraction(1, 1000),
            "Developing",
            "Provisional: only 79.99 % of the weight was assessed; a rating stands from 80 %.",
        ),
        (Fraction(7), "Developing", "Provisional: only 50 % of the weight was assessed; a rating stands from 80 %."),
        (
            Fraction(7) + Fraction(1, 100),
            "No rating",
            "No rating: only 49.96 % of the weight was assessed; a rating is given from 50 % and stands from 80 %.",
        ),
    ],
)
def test_where_a_rating_becomes_provisional_and_where_it_ends(weight: Fraction, rating: str, told: str) -> None:
    parts = report_parts(started(weight))
    total = total_score(parts)
    assert total is not None
    shown = standing(parts, total)
    assert (shown.rating, shown.provisional) == (rating, told)
    labels = [one.label for one in shown.figures]
    assert ("provisional rating" in labels) is (told.startswith("Provisional"))


def test_few_answers_are_not_rated() -> None:
    begun = Assessment.start(small_catalog(), subject="XX-500", on=DAY, documents=["lead-basics"]).answer(GOV1, "met")
    parts = report_parts(begun)
    view, page = build_view(parts), Page(html_report(parts)).text()
    assert view.words[1] == (
        "Too little was answered for a rating: because 4 items are unanswered, the figure for the whole could be "
        "anywhere in the range 32–100 %. Answers cover 32 % of the weight; 100 % of that is in place."
    )
    assert view.standing is not None
    assert [one.text for one in view.standing.figures] == ["32–100 %", "100 %", "32 %", "No rating"]
    assert view.standing.rating_text == "Too little was answered for a rating."
    assert not any(band.here for band in view.standing.bands)
    for text in (page, markdown_report(parts)):
        assert "rates as" not in text
        assert "No rating: only 32 %" in text


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "–"),
        (Fraction(0), "0 %"),
        (Fraction(1, 1000), "under 1 %"),
        (Fraction(4, 1000), "under 1 %"),
        (Fraction(1, 100), "1 %"),
        (Fraction(1), "100 %"),
    ],
)
def test_a_little_is_not_nothing(value: Fraction | None, shown: str) -> None:
    assert whole(value) == shown


def test_little_coverage_is_told_as_little() -> None:
    shown = build_view(report_parts(started(Fraction(7000)))).standing
    assert shown is not None
    assert shown.coverage == "under 1 %"
    assert "In place under 1 %, unknown 100 %, missing under 1 %" in str(shown.bar)


def test_the_gate_says_whose_test_it_is() -> None:
    parts = report_parts(Assessment.start(catalog(), subject="XX-500", on=DAY, documents=["system-administrator"]))
    view = build_view(parts)
    assert view.standing is not None
    asked = view.standing.gates[0].text
    note = next(one.text for one in view.method if one.title == "Gates")
    for text in (asked, note):
        assert "a rule in effect requires" not in text
        assert "time limits are" in text
        assert "unless the item says that the rule sets them" in text
    for page in (Page(html_report(parts)).text(), markdown_report(parts)):
        assert asked in page
        assert note in page


def test_no_gate_is_neither_a_pass_nor_a_fail() -> None:
    parts = report_parts(Assessment.start(small_catalog(), subject="X", on=DAY, documents=["vendor-basics"]))
    view = build_view(parts)
    assert view.standing is not None
    assert str(view.standing.verdict) == "– No gate applies"
    assert "neither a pass nor a fail" in view.standing.verdict_text
    assert view.standing.gates[0].sentence == "No item that applies here falls under it."
    assert "The gate “Required” has nothing to look at here, so it neither passes nor fails." in view.words
    assert "No gate applies" in Page(html_report(parts)).text()


def test_every_verdict_and_judgement_has_a_mark_and_one_word() -> None:
    assert set(VERDICT) == set(Verdict)
    assert set(JUDGED) == set(Judged)
    assert JUDGED[Judged.BELOW].word == Judged.BELOW.label == "missed"


def unread(assessment: Assessment) -> Assessment:
    """The same answers, with no source read."""
    old = assessment.catalog
    known = tuple(evolve(source, read=Read.SECOND) for source in old.sources)
    begun = Assessment.start(evolve(old, sources=known), subject="XX-500", on=DAY, documents=assessment.documents)
    return begun.with_responses(assessment.responses)


def test_a_text_nobody_read_is_marked_where_it_binds() -> None:
    assert "not read by us" not in html_report(report_parts(worked()))
    parts = report_parts(unread(worked().answer(SEC1, "partial")))
    view = build_view(parts)
    assert view.standing is not None
    (deciding,) = view.standing.gates[0].deciding
    assert str(deciding.authority) == f"Citation of law ({UNREAD})"
    gaps = {row.item: row.authority for row in view.gaps}
    assert gaps[GOV2] == deciding.authority
    assert str(gaps[SEC1]) == ""
    assert Page(html_report(parts)).text().count(UNREAD[1:]) == 2
    assert markdown_report(parts).count(f"Citation of law ({UNREAD})") == 2


def test_the_authority_shown_is_one_that_was_read_where_there_is_one() -> None:
    shipped = catalog()
    for item in (item for document in shipped.documents for item in document.items):
        sources = [shipped.source(one.source) for one in item.citations]
        binding = [source for source in sources if source.in_effect]
        shown = rests_on(shipped, item)
        assert bool(shown.citation) is bool(binding)
        assert bool(shown.caution) is (bool(binding) and all(one.read is not Read.TEXT for one in binding))
        read = {one.citation for one in binding if one.read is Read.TEXT}
        assert not read or shown.citation in read


def test_a_period_outside_the_export_is_told_first() -> None:
    sentence = "The period measured ends after the export does."
    late = evolve(measured(), outside=sentence)
    parts = report_parts(measures=late, hud=evolve(hud(), outside=sentence), judgements=judged())
    page, markdown = Page(html_report(parts)).text(), markdown_report(parts)
    section = page[page.rindex("Measured data quality") :]
    assert section.index(sentence) < section.index("Whose numbers.")
    assert page.count(sentence) == 1
    assert markdown.count(f"**{sentence}**") == 1
    assert build_view(report_parts(measures=measured())).data.outside == ""  # type: ignore[union-attr]


def test_rates_of_hud_tables_are_percent() -> None:
    tables = hud().tables
    line = evolve(tables[1].lines[0], cells=(5, 1200, None, 1205, Fraction(2214, 10000)))
    table = evolve(tables[1], lines=(line,))
    parts = report_parts(hud=evolve(hud(), tables=(table, tables[3])))
    data = build_view(parts).data
    assert data is not None
    assert data.hud[0].rows == (("Name", "5", "1,200", "", "1,205", "22.14 %"),)
    for text in (Page(html_report(parts)).text(), markdown_report(parts)):
        assert "22.14 %" in text
        assert "0.2214" not in text
    assert table.text_rows()[1][-1] == "0.2214"


def test_a_joint_result_is_told_once() -> None:
    results = list(measured().results)
    results[4] = evolve(results[4], numerator=1, denominator=10, status="ok", reason="")  # names in ES-NbN
    parts = report_parts(measures=evolve(measured(), results=tuple(results)))
    data = build_view(parts).data
    assert data is not None
    assert [short for short, _ in data.columns] == ["All", "ES-EE", "ES-NbN", "TH", "PSH"]
    row = next(row for group in data.groups for row in group.rows if row.cells[1].value == "74.7 %")
    assert (row.cells[1].span, row.cells[1].joint) == (2, "ES, both types")
    markdown = next(one for one in markdown_report(parts).splitlines() if one.startswith("| ") and "74.7 %" in one)
    assert [cell.strip() for cell in markdown.split("|")][5:7] == ["ES, both types: 74.7 % (130/174)", "(see left)"]
    assert '<td colspan="2"><small>ES, both types</small>74.7 %' in html_report(parts)


def test_names_of_joint_results() -> None:
    assert joint_name((0, 1)) == "ES, both types"
    assert joint_name((2, 3)) == "TH and PSH"
    assert joint_name((2,)) == joint_name(()) == ""
