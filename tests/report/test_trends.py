"""Change over time: the newest and the earlier assessments, points by date, causes that add up, rates by period."""

from __future__ import annotations

import datetime
import re

import pytest
from attrs import evolve

from hmis_standards.assess import Assessment, Subject, compare
from hmis_standards.report import html_report, in_time, markdown_report, report_parts
from hmis_standards.report.trend_view import trends
from hmis_standards.report.view import build_view
from tests.report.helpers import DAY, Page, judged, measured, worked
from tests.small import GOV1, GOV2, SEC1, small_catalog

EARLIER = datetime.date(2025, 3, 1)


def before() -> Assessment:
    """GOV-01 not met and SEC-01 met: 1 of 4 assessed points, where today it is 4 of 7."""
    begun = Assessment.start(small_catalog(), subject="XX-500", on=EARLIER, documents=["lead-basics"])
    return begun.answer(GOV1, "not_met").answer(SEC1, "met")


def test_points_and_causes_of_a_hand_worked_change() -> None:
    """From 1/4 to 4/7 is 9/28, or 32.1 points of 100: all of it by other answers, on GOV-01, GOV-02 and SEC-02.

    GOV-01 earns 3 more of the same 3: (3 * (4 + 7)) / (2 * 4 * 7) = 33/56, 58.9 points. GOV-02 adds 3 assessed
    points and earns none: -3 * (1 + 4) / 56 = -15/56, -26.8 points. SEC-02 was not assessed and is left out now.
    """
    view = trends(report_parts(worked(), before=[before()]))
    assert view is not None
    (trend,) = view.assessed
    assert [(one.day, one.value) for one in trend.points] == [("March 1, 2025", "25 %"), ("March 1, 2026", "57 %")]
    (step,) = trend.steps
    assert step.sentence == "The score went from 25 % to 57 %: +32.1 points of 100."
    assert next((one.label, one.change) for one in step.causes) == ("Other answers or other evidence", "+32.1")
    assert [(one.item, one.change) for one in step.moves[:2]] == [(GOV1, "+58.9"), (GOV2, "−26.8")]


def test_the_causes_are_those_of_compare() -> None:
    found = compare(before(), worked())
    (trend,) = trends(report_parts(worked(), before=before())).assessed  # type: ignore[union-attr]
    assert len(trend.steps[0].causes) == sum(bool(one.items) for one in found.parts)
    assert sum(one.value or 0 for one in found.parts) == found.change()


def test_the_drawing_of_a_cause_starts_at_zero() -> None:
    (trend,) = trends(report_parts(worked(), before=before())).assessed  # type: ignore[union-attr]
    bar = str(trend.steps[0].causes[0].bar)
    assert re.search('<rect class="sure" x="50" width="50" height="10"/>', bar)
    assert "+32.1 points of 100." in bar


def test_several_earlier_ones_stand_in_order() -> None:
    older = evolve(before(), date=datetime.date(2024, 3, 1))
    (trend,) = trends(report_parts(worked(), before=[before(), older])).assessed  # type: ignore[union-attr]
    assert [one.day for one in trend.points] == ["March 1, 2024", "March 1, 2025", "March 1, 2026"]
    assert trend.steps[0].sentence.endswith("nothing changed it.")


def test_the_newest_counts_and_the_others_are_earlier() -> None:
    vendor = Assessment.start(small_catalog(), subject="XX-500", on=EARLIER, documents=["vendor-basics"])
    newest, earlier = in_time([before(), vendor, worked()])
    assert (newest, earlier) == ((vendor, worked()), (before(),))
    assert in_time([worked(), worked()]) == ((worked(), worked()), ()), "of one day: a report refuses them"
    assert in_time([]) == ((), ())


def test_without_anything_earlier_there_is_no_trend() -> None:
    assert trends(report_parts(worked())) is None
    assert "trends" not in {one.name for one in build_view(report_parts(worked())).parts}


def test_earlier_ones_must_fit() -> None:
    vendor = Assessment.start(small_catalog(), subject="XX-500", on=EARLIER, documents=["vendor-basics"])
    with pytest.raises(ValueError, match="covers no document that the report is about"):
        report_parts(worked(), before=[vendor])
    with pytest.raises(ValueError, match="given as the earlier one; the other is of 2026-03-01"):
        report_parts(worked(), before=[evolve(before(), date=datetime.date(2026, 3, 2))])
    with pytest.raises(ValueError, match="a report is about one subject"):
        report_parts(worked(), before=[evolve(before(), subject=Subject(name="XX-501"))])


def test_rates_of_an_earlier_period_are_judged_by_their_own_targets() -> None:
    """Starts within three days: 690 of 1,000 now, 950 of 1,000 a year before."""
    results = [
        evolve(one, numerator=950) if one.measure == "start-within-3-days" else one for one in measured().results
    ]
    year = datetime.timedelta(days=365)
    old = evolve(measured(), start=measured().start - year, end=measured().end - year, results=tuple(results))
    parts = report_parts(measures=measured(), judgements=judged(), measures_before=[old])
    view = trends(parts)
    assert view is not None
    assert view.measured is not None
    assert view.measured.columns == ("Oct 2, 2023 to Sep 30, 2024", "Oct 1, 2024 to Sep 30, 2025")
    row = next(one for one in view.measured.rows if one.cells[0][0] == "95.0 %")
    assert [value for value, _ in row.cells] == ["95.0 %", "69.0 %"]
    assert row.cells[0][1] is not None
    assert row.cells[0][1].word == "met"
    for page in (Page(html_report(parts)).text(), markdown_report(parts)):
        assert "Change over time" in page
        assert row.title in page


def test_the_section_says_the_same_in_both_forms() -> None:
    parts = report_parts(worked(), before=before(), as_of=DAY)
    for cut in ("all", "board", "auditor"):
        for page in (Page(html_report(parts, cut)).text(), markdown_report(parts, cut)):
            assert "Change over time" in page
            assert "+32.1" in page
    assert "+58.9" in Page(html_report(parts)).text()
    assert "+58.9" not in Page(html_report(parts, "board")).text()


def test_periods_that_overlap_are_not_published_together() -> None:
    """The counts of a year less those of its first half are those of the other half, withheld or not."""
    today = measured()
    start, end = (day.replace(year=day.year - 1) for day in (today.start, today.end))
    year_before = [evolve(today, start=start, end=end)]
    half = evolve(today, end=today.start + (today.end - today.start) / 2)
    assert report_parts(measures=today, withheld="Small counts.", measures_before=year_before).measures_before
    assert report_parts(measures=today, measures_before=[half]).measures_before
    with pytest.raises(ValueError, match=r"overlap, so their difference could tell"):
        report_parts(measures=today, withheld="Small counts.", measures_before=[half])
