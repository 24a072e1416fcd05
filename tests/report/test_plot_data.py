"""What the plots show: hand-worked numbers, titles that say what is seen, and nothing that is withheld."""

from __future__ import annotations

import datetime
import json
from collections import Counter
from fractions import Fraction

import pytest
from attrs import evolve

import hmis_standards as hs
from hmis_standards.assess import Assessment, Subject
from hmis_standards.errors import NotComparable
from hmis_standards.measure import EntryLags, EntryLagsTable, Lags, for_public
from hmis_standards.measure.hud_tables import HudRow, HudTable
from hmis_standards.report import (
    PlotData,
    change_steps,
    gap_map,
    item_shares,
    portfolio_spread,
    quality_map,
    score_trend,
    section_scores,
    timeliness,
)
from tests.assess.helpers import blank, filled
from tests.report.helpers import found, hud, judged, worked
from tests.small import ALL, GOV1, GOV2, SEC1, small_catalog


def later(answers: dict[str, str], days: int = 365) -> Assessment:
    """``worked`` with these answers, so many days later."""
    one = worked()
    for item, answer in answers.items():
        one = one.answer(item, answer)
    return evolve(one, date=one.date + datetime.timedelta(days=days))


def many() -> list[Assessment]:
    """Six with everything met, five without GOV-01."""
    strong = [filled(dict.fromkeys(ALL, "met")) for _ in range(6)]
    weak = [filled({**dict.fromkeys(ALL, "met"), GOV1: "not_met"}) for _ in range(5)]
    return [evolve(one, subject=Subject(name=f"Organization {n}")) for n, one in enumerate([*strong, *weak])]


# --- sections ----------------------------------------------------------------------------------------------


def test_sections_of_the_hand_worked_case() -> None:
    # GOV: 3 of 6 assessed points earned, GOV-03 (2) open: 3/6, from 3/8 to 5/8, 6/8 assessed. SEC: SEC-01 met, SEC-02
    # not applicable: all of it.
    data = section_scores(worked())
    numbers = [(one.section, one.value, one.low, one.high, one.coverage) for one in data.bars]
    assert numbers == [
        ("lead-basics/GOV", Fraction(1, 2), Fraction(3, 8), Fraction(5, 8), Fraction(3, 4)),
        ("lead-basics/SEC", Fraction(1), Fraction(1), Fraction(1), Fraction(1)),
    ]
    assert [one.text for one in data.bars] == ["50 % (38–63 %), 75 % assessed", "100 %"]
    assert data.title == "XX-500: score 57 %, lowest in Section GOV"
    assert data.source.startswith("Source: assessment of XX-500, March 1, 2026; catalog edition 2026.1.")


def test_sections_of_a_score_have_its_numbers_and_the_source_that_is_given() -> None:
    one = worked()
    assert section_scores(hs.score(one)).rows() == [
        {**row, "title": row["section"].rpartition("/")[2], "document": "lead-basics"}
        for row in section_scores(one).rows()
    ]
    assert section_scores(hs.score(one)).source == ""
    assert section_scores(hs.score(one), source="Ours.").source == "Ours."


def test_nothing_assessed_is_said() -> None:
    data = section_scores(blank())
    assert data.title == "XX-500: nothing assessed yet in 3 sections"
    assert {(one.value, one.text) for one in data.bars} == {(None, "not assessed")}


# --- gaps --------------------------------------------------------------------------------------------------


def test_gaps_of_the_hand_worked_case() -> None:
    # GOV-02 is not met: 3 of 9 applicable points. Its effort is 3 + 1 + 2.
    data = gap_map(worked())
    assert [(one.item, one.effort, one.gain, one.gated) for one in data.points] == [(GOV2, 6, Fraction(1, 3), True)]
    assert data.title == "XX-500: 1 gap worth 33.3 points of 100 in all; a gate waits for 1 of them"
    assert gap_map(hs.gaps(worked())).points == data.points
    assert len(gap_map(worked(), include_unassessed=True).points) == 2


def test_no_gaps_are_said() -> None:
    assert gap_map(blank()).title == "XX-500: no gaps among what was assessed"


# --- over time ---------------------------------------------------------------------------------------------


def test_steps_lead_from_the_score_before_to_the_score_after() -> None:
    # 4/7, then SEC-01 (1 point) is lost: 3/7.
    data = change_steps(hs.compare(worked(), later({SEC1: "not_met"}, days=0)))
    assert [(one.label, one.start, one.end, one.change) for one in data.steps] == [
        ("Before, March 1, 2026", Fraction(4, 7), Fraction(4, 7), None),
        ("Answers", Fraction(4, 7), Fraction(3, 7), Fraction(-1, 7)),
        ("After, March 1, 2026", Fraction(3, 7), Fraction(3, 7), None),
    ]
    assert data.steps[1].text == "-14.3 (1 item)"
    assert data.title == "XX-500: from 57.1 % to 42.9 %, largest cause answers (-14.3)"


def test_each_step_begins_where_the_last_ends() -> None:
    steps = change_steps(hs.compare(worked(), evolve(later({GOV2: "partial"}), catalog=small_catalog()))).steps
    assert [one.start for one in steps[1:]] == [one.end for one in steps[:-1]]


def test_a_change_without_a_value_is_said() -> None:
    data = change_steps(hs.compare(blank(), filled(dict.fromkeys(ALL, "met"))))
    assert data.steps == ()
    assert "no change to show" in data.title


def test_a_change_of_nothing_is_said() -> None:
    assert change_steps(hs.compare(worked(), worked())).title == "XX-500: the score stays at 57.1 %"


def test_a_trend_is_in_the_order_of_days_with_its_causes() -> None:
    data = score_trend([later({SEC1: "not_met"}), worked()])
    assert [(one.date.year, one.value) for one in data.points] == [(2026, Fraction(4, 7)), (2027, Fraction(3, 7))]
    assert [one.causes for one in data.points] == [(), (("answers", Fraction(-1, 7)),)]
    assert data.title == "XX-500: from 57.1 % on March 1, 2026 to 42.9 % on March 1, 2027"
    assert data.rows()[1]["causes"] == "answers -14.3"


def test_a_trend_is_of_one_subject() -> None:
    other = evolve(worked(), subject=Subject(name="XX-501"), date=datetime.date(2027, 1, 1))
    with pytest.raises(NotComparable):
        score_trend([worked(), other])
    with pytest.raises(ValueError, match="at least one"):
        score_trend([])


# --- portfolio ---------------------------------------------------------------------------------------------


def test_spreads_are_those_of_the_portfolio() -> None:
    # GOV weighs 3 + 3 + 2; the five without GOV-01 have 5/8, and are the lower quartile of eleven.
    data = portfolio_spread(hs.portfolio(many()), catalog=small_catalog())
    by = {one.section: one for one in data.boxes}
    assert (by["lead-basics/GOV"].minimum, by["lead-basics/GOV"].median) == (Fraction(5, 8), Fraction(1))
    assert by["lead-basics/GOV"].text == "100 % (63–100 %), 11 organizations"
    assert by["lead-basics/GOV"].title == "Section GOV"
    assert data.withheld == 0


def test_what_a_portfolio_withholds_is_not_in_its_plots() -> None:
    # Of GOV-01: six met, ten not met, three not assessed. The three are withheld, and the next smallest with them.
    blanks = [evolve(blank(), subject=Subject(name=f"Blank {n}")) for n in range(3)]
    more = [evolve(one, subject=Subject(name=f"More {n}")) for n, one in enumerate(many()[6:])]
    data = item_shares(hs.portfolio([*many(), *more, *blanks]))
    assert [(bar.item, dict(bar.counts)["not_met"]) for bar in data.bars] == [(GOV1, 10)]
    assert (data.bars[0].share("not_assessed"), data.bars[0].share("met")) == (None, None)
    assert data.bars[0].withheld == 9
    few = hs.portfolio(many()[:3])
    assert portfolio_spread(few).boxes == ()
    assert portfolio_spread(few).withheld == 3
    assert item_shares(few).bars == ()


def test_items_left_out_are_counted() -> None:
    lacking = [evolve(filled(dict.fromkeys(ALL, "not_met")), subject=Subject(name=f"O{n}")) for n in range(6)]
    data = item_shares(hs.portfolio(lacking), most=3)
    assert len(data.bars) == 3
    assert "5 more items not met somewhere" in data.note


# --- measured ----------------------------------------------------------------------------------------------


def test_targets_are_counted_by_dimension_and_type() -> None:
    data = quality_map(judged())
    listed = [one for one in judged() if one.result and one.judged.value in {"met", "near", "below"}]
    assert Counter({(c.row): c.of for c in data.cells}).keys() == {one.benchmark.dimension.value for one in listed}
    assert sum(one.of for one in data.cells) == len(listed)
    assert sum(one.good for one in data.cells) == sum(one.judged.value == "met" for one in listed)
    # Bed coverage is measured for both types of emergency shelter together, beside each by itself.
    assert data.columns.index("ES, both types") > data.columns.index("ES-EE")
    assert data.columns[0] == "All"


def test_checks_are_counted_by_dimension_and_severity() -> None:
    # Made: one of high priority with findings; eight errors, of which the first found nothing; one could not be made.
    data = quality_map(found())
    assert (sum(one.good for one in data.cells), sum(one.of for one in data.cells)) == (1, 9)
    assert sum(one.unknown for one in data.cells) == 1
    assert data.title.startswith("Checks that found nothing: 1 of 9")
    assert "? unknown" in data.note


def test_days_are_grouped_as_in_table_q6e() -> None:
    data = timeliness(hud())
    starts = {one.group: (one.number, one.share) for one in data.bars if one.event == "Project starts"}
    assert starts["same day"] == (3, Fraction(3, 4))
    assert starts["11 days or more"] == (1, Fraction(1, 4))
    assert data.title == "Recorded within three days: 75 % of project starts"
    assert data.source.endswith("October 1, 2024 to September 30, 2025.")


def test_days_of_all_records_are_grouped_the_same() -> None:
    lags = Lags.of([(-2, 1), (0, 4), (3, 2), (4, 1), (10, 1), (11, 5)])
    table = EntryLagsTable([EntryLags(event="exit", slice="system", lags=lags)])
    numbers = {one.group: one.number for one in timeliness(table).bars}
    assert list(numbers.values()) == [1, 4, 2, 1, 1, 5]
    # Within three days: 4 + 2 of the 13 that were not made before the event.
    assert timeliness(table).title == "Recorded within three days: 46 % of project exits"


def test_a_withheld_number_is_in_no_bar_no_share_and_no_title() -> None:
    lines = {"< 0 days": 2, "0 days": 500, "1-3 days": 300, "4-6 days": 3, "7-10 days": 40, "11+ days": 60}
    table = HudTable(
        name="Q6e",
        title="Timeliness",
        header=("Time for record entry", "starts", "exits"),
        lines=tuple(HudRow(label=label, cells=(number, 0)) for label, number in lines.items()),
    )
    public = for_public(hud=evolve(hud(), tables=(table,))).hud
    assert public is not None
    data = timeliness(public)
    starts = {one.group: one for one in data.bars if one.event == "Project starts"}
    assert (starts["4–6 days"].number, starts["4–6 days"].share) == (None, None)
    shown = [one.number for one in starts.values() if one.number is not None]
    assert sum(one.share for one in starts.values() if one.share is not None) == 1
    assert starts["same day"].share == Fraction(500, sum(shown))
    assert "of project starts" not in data.title
    assert "Withheld" in data.note


# --- for other programs ------------------------------------------------------------------------------------

EVERY: dict[str, PlotData] = {
    "sections": section_scores(worked()),
    "gaps": gap_map(worked()),
    "change": change_steps(hs.compare(worked(), later({SEC1: "not_met"}))),
    "trend": score_trend([worked(), later({SEC1: "not_met"})]),
    "portfolio": portfolio_spread(hs.portfolio(many()), catalog=small_catalog()),
    "items": item_shares(hs.portfolio(many())),
    "quality": quality_map(judged()),
    "checks": quality_map(found()),
    "timeliness": timeliness(hud()),
}


@pytest.mark.parametrize("name", EVERY)
def test_plot_data_are_plain_and_flat(name: str) -> None:
    data = EVERY[name]
    assert json.loads(json.dumps(data.to_dict()))["title"] == data.title
    rows = data.rows()
    assert rows
    assert len({tuple(row) for row in rows}) == 1
    assert all(value is None or isinstance(value, (str, int, float)) for row in rows for value in row.values())
    assert len(data.to_frame()) == len(rows)
