"""The drawings by their numbers: where each part starts, how wide it is, where the lines stand."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from hmis_standards.report import report_parts
from hmis_standards.report.svg import Svg, count_bar, range_bar, target_bar
from hmis_standards.report.view import build_view
from tests.report.helpers import hud, judged, measured, worked
from tests.small import SEC1


def parts_of(drawing: Svg | None) -> list[tuple[str, float, float]]:
    """Every rectangle in order of painting: its kind, its left end and its width, of 100."""
    found = re.findall(r'<rect class="(\w+)"(?: x="([\d.]+)")? width="([\d.]+)" height="10"/>', str(drawing))
    assert len(found) == str(drawing).count("<rect")
    return [(kind, float(left or 0), float(width)) for kind, left, width in found]


def lines_of(drawing: Svg | None) -> dict[str, float]:
    """Every upright line: its kind and where it stands, of 100."""
    found = re.findall(r'<path class="(\w+)" d="M([\d.]+) 0V10"', str(drawing))
    assert len(found) == str(drawing).count("<path")
    return {kind: float(place) for kind, place in found}


def test_a_hand_worked_score() -> None:
    """4 of 9 points in place, 2 unknown, 3 missing; 4 of the 7 assessed. See ``worked``."""
    standing = build_view(report_parts(worked())).standing
    assert standing is not None
    assert parts_of(standing.bar) == [("track", 0, 100), ("sure", 0, 44.44), ("unknown", 44.44, 22.22)]
    assert lines_of(standing.bar) == {"halo": 57.14, "value": 57.14}
    assert "In place 44 %, unknown 22 %, missing 33 % of the weight." in str(standing.bar)


def test_the_parts_of_a_hand_worked_score() -> None:
    """Section GOV: 3 of 8 in place, 2 unknown, 3 missing; 3 of the 6 assessed. Section SEC: all in place."""
    standing = build_view(report_parts(worked())).standing
    assert standing is not None
    governance, security = (row.bar for row in standing.documents[0].sections)
    assert parts_of(governance) == [("track", 0, 100), ("sure", 0, 37.5), ("unknown", 37.5, 25)]
    assert lines_of(governance) == {"halo": 50, "value": 50}
    assert parts_of(security) == [("track", 0, 100), ("sure", 0, 100)]
    assert lines_of(security) == {"halo": 100, "value": 100}


def test_what_is_empty_is_not_drawn() -> None:
    half = Fraction(1, 2)
    nothing = range_bar("t", "d", low=Fraction(0), high=Fraction(1), value=None)
    assert parts_of(nothing) == [("track", 0, 100), ("unknown", 0, 100)]
    assert lines_of(nothing) == {}
    assert parts_of(range_bar("t", "d", low=half, high=half, value=half)) == [("track", 0, 100), ("sure", 0, 50)]
    assert parts_of(count_bar("t", "d", share=Fraction(0))) == [("track", 0, 100)]


def test_a_section_without_points_is_drawn_as_missing() -> None:
    standing = build_view(report_parts(worked().answer(SEC1, "not_met"))).standing
    assert standing is not None
    security = standing.documents[0].sections[1].bar
    assert parts_of(security) == [("track", 0, 100)]
    assert lines_of(security) == {"halo": 0, "value": 0}


def test_value_and_target_of_bed_coverage() -> None:
    data = build_view(report_parts(measures=measured(), judgements=judged())).data
    assert data is not None
    shelter, housing = (row.bar for row in data.coverage)
    assert parts_of(shelter) == [("track", 0, 100), ("sure", 0, 74.71)]
    assert parts_of(housing) == [("track", 0, 100), ("sure", 0, 90)]
    assert lines_of(shelter) == lines_of(housing) == {"halo": 85, "target": 85}


@pytest.mark.parametrize(
    ("value", "width"), [(Fraction(5, 4), 100.0), (Fraction(1, 3), 33.33), (Fraction(2, 3), 66.67)]
)
def test_a_bar_stays_within_its_track(value: Fraction, width: float) -> None:
    bar = target_bar("t", "d", value=value, target=None)
    assert parts_of(bar) == [("track", 0, 100), ("sure", 0, width)]
    assert lines_of(bar) == {}


def test_bars_of_record_entry() -> None:
    data = build_view(report_parts(hud=hud())).data
    assert data is not None
    bars = [parts_of(row.starts_bar)[1:] for row in data.lags]
    assert bars == [[], [("sure", 0, 75)], [], [], [], [("out", 0, 25)]]
    assert all(parts_of(row.exits_bar) == [("track", 0, 100)] for row in data.lags)


def test_the_scale_under_the_bar_starts_where_the_bands_do() -> None:
    standing = build_view(report_parts(worked())).standing
    assert standing is not None
    assert [(band.label, band.start, band.width, band.here) for band in standing.bands] == [
        ("Starting", "0 %", "50", False),
        ("Developing", "50 %", "25", True),
        ("Sound", "75 %", "15", False),
        ("Strong", "90 %", "10", False),
    ]
