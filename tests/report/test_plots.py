"""Plots: every number and word stands clear of every other, color is never needed, the same bytes every time."""

from __future__ import annotations

import itertools
import subprocess
import sys
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial
from inspect import ismodule
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.font_manager import FontProperties

import hmis_standards as hs
from hmis_standards.assess import Assessment
from hmis_standards.report import (
    GapMap,
    GapPoint,
    QualityCell,
    QualityMap,
    SectionBar,
    SectionScores,
    change_steps,
    plots,
    plots_canvas,
    save_plot,
)
from hmis_standards.report.plots_canvas import FILLS, SHADES, on_shade, printable, shortened
from tests.assess.helpers import blank
from tests.report.helpers import found, full, hud, judged, worked
from tests.report.test_plot_data import EVERY, later
from tests.small import SEC1

HOSTILE = "<script>alert(1)</script> $\\frac{1}{$ =cmd|' \u202egnorw\u202c 😀 שלום 漢字 \x00\x07\n"
LONG = "word " * 20_000
FONT = FontProperties(family="DejaVu Sans")
DRAW: dict[str, Callable[..., Any]] = {
    "sections": plots.plot_sections,
    "gaps": plots.plot_gaps,
    "change": plots.plot_change,
    "trend": plots.plot_trend,
    "portfolio": plots.plot_portfolio,
    "items": plots.plot_portfolio_items,
    "quality": plots.plot_quality,
    "checks": plots.plot_quality,
    "timeliness": plots.plot_timeliness,
}


def sections(number: int) -> SectionScores:
    """So many sections with every kind of text that is hard to place."""
    titles = (HOSTILE, LONG, "A" * 500, "Short")
    bars = tuple(
        SectionBar(
            section=f"d/S{place}",
            title=titles[place % 4],
            document=(LONG, HOSTILE)[place // 30],
            items=1,
            value=Fraction(place, 60),
            low=Fraction(place, 90),
            high=Fraction(1),
            coverage=Fraction(1, 3),
            text="33.3 % (11–100 %), 33 % assessed",
        )
        for place in range(number)
    )
    return SectionScores(title=HOSTILE + LONG, note=LONG, source=HOSTILE * 9, bars=bars)


def crowd(number: int) -> GapMap:
    """So many gaps all over the map."""
    points = tuple(
        GapPoint(
            item=f"document/S-{place}",
            title=(HOSTILE, LONG)[place % 2],
            status="not_met",
            effort=3 + place % 13,
            gain=Fraction(place * place % 97, 1000),
            gated=place % 3 == 0,
            blocked=False,
        )
        for place in range(number)
    )
    return GapMap(title=HOSTILE, note=LONG, source="", points=points)


def wide() -> QualityMap:
    """As many columns as there are project types, numbers as long as they get."""
    lines = ("coverage", "utilization", "completeness", "timeliness", "accuracy", "consistency")
    columns = ("All", *(f"ES, both types {place}" for place in range(15)))
    cells = tuple(
        QualityCell(row=line, column=name, good=12, of=13, withheld=11, unknown=10)
        for line in lines
        for name in columns
    )
    return QualityMap(title=LONG, note=HOSTILE, source=LONG, lines=lines, columns=columns, cells=cells)


HARD: dict[str, Callable[[], Any]] = {
    **{name: partial(draw, EVERY[name]) for name, draw in DRAW.items()},
    "one section": lambda: plots.plot_sections(sections(1)),
    "sixty sections": lambda: plots.plot_sections(sections(60)),
    "four hundred gaps": lambda: plots.plot_gaps(crowd(400)),
    "every project type": lambda: plots.plot_quality(wide()),
    "two documents": lambda: plots.plot_sections(full()),
    "ten years": lambda: plots.plot_trend([later({}, days=9 * place) for place in range(10)]),
    "nothing assessed": lambda: plots.plot_sections(blank()),
    "no gaps": lambda: plots.plot_gaps(blank()),
    "no change": lambda: plots.plot_change(hs.compare(blank(), blank())),
    "no trend": lambda: plots.plot_trend([blank()]),
    "nobody": lambda: plots.plot_portfolio(hs.portfolio([])),
    "no items": lambda: plots.plot_portfolio_items(hs.portfolio([])),
    "no targets": lambda: plots.plot_quality(evolve(judged(), judgements=())),
    "no checks": lambda: plots.plot_quality(evolve(found(), findings=())),
}


def words_of(figure: Any) -> list[tuple[str, Any]]:
    """Every text that is seen, and the box it fills, a little within its edges."""
    from matplotlib.text import Text

    figure.canvas.draw()
    renderer = figure.canvas.get_renderer()
    texts = [one for one in figure.findobj(Text) if one.get_visible() and one.get_text().strip()]
    unseen = {label for axes in figure.axes for label in _beyond(axes)}
    seen = [(one.get_text(), one.get_window_extent(renderer)) for one in texts if one not in unseen]
    return [(text, box.padded(-1.5)) for text, box in seen]


def _beyond(axes: Any) -> Iterator[Any]:
    """Labels of ticks that lie beyond the ends of an axis, and are not drawn."""
    for axis in (axes.xaxis, axes.yaxis):
        low, high = sorted(axis.get_view_interval())
        for tick in axis.get_major_ticks():
            if not low <= tick.get_loc() <= high:
                yield from (tick.label1, tick.label2)


@pytest.mark.parametrize("name", HARD)
def test_no_text_runs_into_another_or_out_of_the_picture(name: str) -> None:
    figure = HARD[name]()
    seen = words_of(figure)
    assert seen
    page = figure.bbox
    outside = [text for text, box in seen if box.x0 < 0 or box.y0 < 0 or box.x1 > page.x1 or box.y1 > page.y1]
    assert outside == []
    pairs = itertools.combinations(seen, 2)
    assert [(one, other) for (one, a), (other, b) in pairs if a.overlaps(b)] == []


def test_the_search_for_overlaps_finds_one() -> None:
    figure = plots.plot_gaps(blank())
    figure.text(0.5, 0.5, "one text")
    figure.text(0.51, 0.5, "another text")
    (one, other) = (box for text, box in words_of(figure) if text.endswith("text"))
    assert one.overlaps(other)


def test_marks_of_gaps_keep_their_distance() -> None:
    figure = plots.plot_gaps(crowd(400))
    figure.canvas.draw()
    (axes,) = figure.axes
    lines: Any = axes.lines
    places = [axes.transData.transform((line.get_xdata()[0], line.get_ydata()[0])) for line in lines]
    near = min(float(((one - other) ** 2).sum()) ** 0.5 for one, other in itertools.combinations(places, 2))
    assert near > 13 * figure.dpi / 72


def test_nothing_to_show_is_said_and_nothing_drawn() -> None:
    for name in ("no gaps", "no change", "no trend", "nobody", "no items", "no targets", "no checks"):
        figure = HARD[name]()
        (axes,) = figure.axes
        assert [one.get_text() for one in axes.texts] == ["Nothing to show."], name
        assert not [*axes.patches, *axes.collections], name


def test_numbers_stand_beside_the_bars() -> None:
    told = [text for text, _ in words_of(plots.plot_sections(worked()))]
    assert "50 % (38–63 %), 75 % assessed" in told
    assert "75.0 %, 3" in [text for text, _ in words_of(plots.plot_timeliness(hud()))]


# --- text --------------------------------------------------------------------------------------------------


def test_hostile_text_is_one_harmless_line() -> None:
    assert printable(HOSTILE) == "<script>alert(1)</script> $\\frac{1}{$ =cmd|' gnorw 😀 שלום \ufffd\ufffd"
    assert len(printable(LONG)) <= 401
    assert shortened(LONG, 1, 9, 2).count("\n") == 1
    assert shortened("A word", 9, 9) == "A word"
    # A wide letter takes more room: fewer of them stand in a line, and none is lost that there is room for.
    wide, narrow = (shortened(letter * 90, 2, 9, 9).replace("\n", "") for letter in "Wi")
    assert len(shortened("W" * 90, 2, 9).strip(" …")) < len(shortened("i" * 90, 2, 9).strip(" …"))
    assert (wide, narrow) == ("W" * 90, "i" * 90)


@settings(max_examples=60)
@given(text=st.text(), inches=st.floats(0.4, 9), size=st.integers(7, 12), lines=st.integers(1, 3))
def test_shortened_text_has_its_width_and_loses_nothing_that_fits(
    text: str, inches: float, size: int, lines: int
) -> None:
    made = shortened(text, inches, size, lines).splitlines()
    assert len(made) <= lines
    assert all(drawn_width(line) * size <= inches for line in made)
    if not made or not made[-1].endswith("…"):
        assert "".join(made).replace(" ", "") == printable(text).replace(" ", "")


def drawn_width(line: str) -> float:
    """Inches of a line at one point, as matplotlib lays it out with no regard to dots."""
    from matplotlib.textpath import TextPath

    path = TextPath((0, 0), line.replace("$", "\\$"), size=100, prop=FONT)
    return float(path.get_extents().width) / 7200 if len(path.vertices) else 0.0


# --- color -------------------------------------------------------------------------------------------------


def linear(color: str) -> tuple[float, float, float]:
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return red, green, blue


def grey(light: tuple[float, float, float]) -> float:
    """Luminance, which is all that is left of a color in a grey print."""
    return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2]


def deuteranope(light: tuple[float, float, float]) -> tuple[float, float, float]:
    """The color as it is seen without the green cones: Machado, Oliveira and Fernandes 2009, severity 1."""
    rows = ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881))
    red, green, blue = (min(max(sum(a * b for a, b in zip(row, light, strict=True)), 0.0), 1.0) for row in rows)
    return red, green, blue


def contrast(one: str, other: str, seen: Callable[[Any], Any] = lambda light: light) -> float:
    """The contrast ratio of WCAG 2.1."""
    low, high = sorted(grey(seen(linear(color))) for color in (one, other))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("seen", [lambda light: light, deuteranope], ids=["all cones", "deuteranope"])
def test_text_can_be_read_on_every_ground(seen: Callable[[Any], Any]) -> None:
    grounds = [(on_shade(step), shade) for step, shade in enumerate(SHADES)]
    pairs = [*grounds, (plots_canvas.INK, "#ffffff"), (plots_canvas.MUTED, "#ffffff")]
    marks = [("#ffffff", plots_canvas.ACCENT), (plots_canvas.INK, plots_canvas.PALE)]
    assert [(pair, contrast(*pair, seen)) for pair in [*pairs, *marks] if contrast(*pair, seen) < 4.5] == []


@pytest.mark.parametrize("seen", [lambda light: light, deuteranope], ids=["grey", "deuteranope"])
def test_states_differ_without_color(seen: Callable[[Any], Any]) -> None:
    """By their hatch, or by how light they are."""
    for (one, (color, hatch)), (other, (color2, hatch2)) in itertools.combinations(FILLS.items(), 2):
        assert hatch != hatch2 or contrast(color, color2, seen) > 3, (one, other)
    assert all(contrast(one, other, seen) > 1.2 for one, other in itertools.pairwise(SHADES))
    assert contrast(plots_canvas.DARK, "#ffffff", seen) > 3


def test_gates_and_falls_are_told_by_shape() -> None:
    (axes,) = plots.plot_gaps(crowd(4)).axes
    assert {line.get_marker() for line in axes.lines} == {"D", "o"}
    falls = change_steps(hs.compare(worked(), later({SEC1: "not_met"})))
    (axes,) = plots.plot_change(falls).axes
    assert [bool(bar.get_hatch()) for bar in axes.patches] == [
        one.change < 0 for one in falls.steps if one.change is not None
    ]


# --- the figure --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf"])
def test_the_same_result_gives_the_same_bytes(suffix: str, tmp_path: Path) -> None:
    first, second = tmp_path / f"a{suffix}", tmp_path / f"b{suffix}"
    save_plot(plots.plot_gaps(full()), first)
    save_plot(plots.plot_gaps(full()), second)
    assert first.read_bytes() == second.read_bytes()
    assert not [word for word in (b"CreationDate", b"Matplotlib v", b"dc:date") if word in first.read_bytes()]


def test_another_suffix_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"has the suffix \.gif; a plot is written as \.png, \.svg, \.pdf"):
        save_plot(plots.plot_gaps(blank()), tmp_path / "a.gif")
    with pytest.raises(ValueError, match="has no suffix"):
        save_plot(plots.plot_gaps(blank()), tmp_path / "a")


@pytest.fixture
def dark() -> Iterator[None]:
    """A reader whose own plots are dark, with other letters and formulas."""
    import matplotlib

    with matplotlib.rc_context({"axes.facecolor": "black", "font.size": 20, "axes.grid": True, "svg.fonttype": "none"}):
        yield


def test_the_readers_settings_change_nothing_and_stay(dark: None, tmp_path: Path) -> None:
    import matplotlib

    before = dict(matplotlib.rcParams)
    save_plot(plots.plot_sections(worked()), tmp_path / "a.svg")
    assert dict(matplotlib.rcParams) == before
    with matplotlib.rc_context(matplotlib.rcParamsDefault):
        save_plot(plots.plot_sections(worked()), tmp_path / "b.svg")
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()


@pytest.mark.parametrize("name", DRAW)
def test_a_plot_can_be_drawn_into_axes_of_the_reader(name: str) -> None:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(24, 10), layout="constrained")
    ours, theirs = figure.subplots(1, 2)
    theirs.plot([1, 2], [3, 4])
    assert DRAW[name](EVERY[name], ax=ours) is figure
    figure.canvas.draw()
    assert ours.get_title(loc="left").replace("\n", " ").startswith(EVERY[name].title[:20])
    assert EVERY[name].source[:20] in ours.get_xlabel().replace("\n", " ")
    assert len(theirs.lines) == 1


def test_a_notebook_gets_a_picture_with_words_for_it() -> None:
    plot: Any = plots.plot_sections(worked())
    picture, about = plot._repr_png_()
    assert picture.startswith(b"\x89PNG")
    assert about["alt"].startswith("XX-500: score 57 %, lowest in Section GOV. Dot:")
    assert repr(plot) == "<Plot 'XX-500: score 57 %, lowest in Section GOV'>"


def test_pyplot_is_not_used_and_the_data_do_without_matplotlib() -> None:
    code = (
        "import sys, hmis_standards.report as report\n"
        "report.section_scores, report.quality_map, report.portfolio_spread, report.change_steps\n"
        "assert 'matplotlib' not in sys.modules\n"
        "report.plot_sections\n"
        "assert 'matplotlib' in sys.modules and 'matplotlib.pyplot' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_without_matplotlib_the_extra_is_named() -> None:
    code = (
        "import sys\nsys.modules['matplotlib'] = None\nimport hmis_standards.report as report\n"
        "from hmis_standards.errors import MissingExtra\n"
        "try:\n    report.plot_sections\nexcept MissingExtra as error:\n    assert 'report' in str(error)\n"
        "else:\n    raise AssertionError\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_functions_take_results_as_they_are() -> None:
    one: Assessment = worked()
    made: tuple[Any, Any] = plots.plot_sections(hs.score(one)), plots.plot_gaps(hs.gaps(one))
    assert made[0].data.bars
    assert made[1].data.points


def test_functions_are_callable_whatever_was_imported_first() -> None:
    """A module of the same name as a public function would hide it."""
    import hmis_standards.report as report

    assert [name for name in report.__all__ if ismodule(getattr(report, name))] == []
