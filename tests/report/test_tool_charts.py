"""Charts of the working tools: well-formed, from zero, numbers beside the bars, harmless whatever the text."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from hmis_standards.cli.app import app
from hmis_standards.report import Bar, ToolChart, tool_chart
from hmis_standards.store import load_parameters
from hmis_standards.toolkit import scorecard
from tests.toolkit.made_up_vendors import monitored

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "toolkit"
SVG = "{http://www.w3.org/2000/svg}"
COMMANDS = {
    "staffing": ["staffing", "staffing.yaml"],
    "budget": ["budget", "budget.yaml"],
    "procurement": ["procurement", "proposals.yaml"],
    "service": ["service-levels", "--outages", "outages.csv", "--from", "2025-01", "--to", "2025-12"],
    "training": ["training", "--users-file", "users.csv", "--log", "training-log.csv", "--courses", "courses.yaml"],
    "vendors": ["declaration", "compare", "declaration-lantern.yaml", "declaration-ferry.yaml"],
}


def widths(svg: str) -> list[float]:
    return [float(one.get("width", "")) for one in ElementTree.fromstring(svg).iter(f"{SVG}rect")][1:]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_tool_draws_its_example(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(EXAMPLES)
    path = tmp_path / "chart.svg"
    result = CliRunner().invoke(app, ["toolkit", *COMMANDS[name], "--chart", str(path)])
    assert result.exit_code == 0, result.output
    drawn = ElementTree.fromstring(path.read_text(encoding="utf-8"))
    assert drawn.tag == f"{SVG}svg"
    assert max(widths(path.read_text(encoding="utf-8"))) > 100


def test_a_chart_of_a_scorecard_by_hand() -> None:
    """The longest bar is as long as bars get, 390, and half its value is half as long, 195."""
    chart = tool_chart(scorecard(monitored("met"), load_parameters("vendor-monitoring")))
    assert len(chart.bars) == 10
    two = ToolChart(
        title="T",
        note="N",
        bars=(Bar(label="a", value=Fraction(100), text="100 %"), Bar(label="b", value=Fraction(50), text="50 %")),
    )
    assert widths(two.svg) == [390, 195]


@given(st.lists(st.tuples(st.text(max_size=60), st.fractions(0, 10**9)), max_size=8), st.text(max_size=30))
def test_any_text_and_number_gives_a_drawing(bars: list[tuple[str, Fraction]], title: str) -> None:
    chart = ToolChart(
        title=title, note=title, bars=tuple(Bar(label=text, value=value, text=text) for text, value in bars)
    )
    assert all(0 <= width <= 390 for width in widths(chart.svg))
    assert chart.svg == chart.svg


def test_hostile_text_stays_text() -> None:
    hostile = "<script>alert(1)</script>"
    chart = ToolChart(title=hostile, note="&", bars=(Bar(label='"/>', value=Fraction(1), text="<"),))
    assert "<script" not in chart.svg
    assert ElementTree.fromstring(chart.svg).findtext(f"{SVG}title") == hostile


def test_a_mark_longer_than_the_bars_stays_inside() -> None:
    chart = ToolChart(title="T", note="N", bars=(Bar(label="a", value=Fraction(1), text="1", mark=Fraction(4)),))
    assert widths(chart.svg) == [97.5]
    assert "M640 " in chart.svg


def test_nothing_else_has_a_chart() -> None:
    with pytest.raises(TypeError, match="there is no chart of str"):
        tool_chart("staffing")


def test_a_chart_is_an_svg_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(EXAMPLES)
    result = CliRunner().invoke(app, ["toolkit", "staffing", "staffing.yaml", "--chart", str(tmp_path / "c.png")])
    assert result.exit_code == 2
    assert "a chart is written to .svg" in result.output
