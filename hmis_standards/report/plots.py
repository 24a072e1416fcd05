"""Plots of results, drawn with matplotlib (extra ``report``).

Each function takes a result, or the plot data made of it, and gives a figure. Nothing is shown on a screen and no
global setting stays changed: ``pyplot`` is not used. With ``ax`` the plot is drawn into axes of the reader's own
figure. What is seen is told by place, shape, hatch and number too, so that color is never needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import groupby
from typing import Any

from hmis_standards.assess import Assessment, Comparison, Gaps, Portfolio, Score
from hmis_standards.measure import EntryLagsTable, FindingSet, HudReport, Judgements
from hmis_standards.report.plot_data import (
    GapMap,
    PlotData,
    SectionScores,
    gap_map,
    points_text,
    section_scores,
)
from hmis_standards.report.plot_data_change import (
    ChangeStep,
    ChangeSteps,
    ScoreTrend,
    TrendPoint,
    change_steps,
    score_trend,
)
from hmis_standards.report.plot_data_quality import BEFORE, QualityCell, QualityMap, Timeliness, quality_map, timeliness
from hmis_standards.report.plot_data_spread import ItemBar, ItemShares, PortfolioSpread, item_shares, portfolio_spread
from hmis_standards.report.plots_canvas import (
    ACCENT,
    DARK,
    FILLS,
    GRID,
    INK,
    MUTED,
    PALE,
    SHADES,
    Figure,
    Plot,
    Row,
    as_percent,
    framed,
    on_shade,
    printable,
    row_axes,
    save_plot,
    shortened,
    styled,
)
from hmis_standards.report.plots_gaps import KEYS, draw_key, draw_mark, gap_axes, gap_marks
from hmis_standards.report.words import short_day
from hmis_standards.tabular import percent_text

__all__ = [
    "plot_change",
    "plot_gaps",
    "plot_portfolio",
    "plot_portfolio_items",
    "plot_quality",
    "plot_sections",
    "plot_timeliness",
    "plot_trend",
    "save_plot",
]

_SHARES = [0, 20, 40, 60, 80, 100]


def plot_sections(found: Assessment | Score | SectionScores, *, ax: Any = None) -> Figure:
    """The score of each section as a dot, what it can still become as a line, and how much was assessed in words."""
    data = found if isinstance(found, SectionScores) else section_scores(found)
    with styled():
        rows = _under_headings((one.document, one.title) for one in data.bars)
        made, places = row_axes(data, rows, ax, "score in percent")
        own = [place for place, row in zip(places, rows, strict=True) if not row.heading]
        for place, one in zip(own, data.bars, strict=True):
            if one.low is not None and one.high is not None:
                made.hlines(place, as_percent(one.low), as_percent(one.high), color=PALE, linewidth=7)
            if one.value is not None:
                made.plot(as_percent(one.value), place, "o", color=DARK, markersize=7, clip_on=False)
            _beside(made, place, one.text)
        _share_axis(made)
        return _done(made, data, not data.bars)


def plot_gaps(found: Assessment | Gaps | GapMap, *, ax: Any = None) -> Figure:
    """Gaps by effort, across, and gain, upward. A number in a mark leads to its items, the most urgent first."""
    data = found if isinstance(found, GapMap) else gap_map(found)
    with styled():
        marks = gap_marks(data.points)
        made = framed(data, ax, max(4.4, 0.19 * min(len(marks), KEYS) + 0.6) if marks else 0.6, "effort", width=14)
        for number, mark in enumerate(marks, start=1):
            draw_mark(made, mark, str(number) if number <= KEYS else "")
        draw_key(made, marks, len({one.item.partition("/")[0] for one in data.points}) == 1)
        gap_axes(made, data.points)
        return _done(made, data, not marks)


def plot_quality(found: Judgements | FindingSet | QualityMap, *, ax: Any = None) -> Figure:
    """Data quality by dimension and project type, or of checks by dimension and severity: numbers on shades."""
    data = found if isinstance(found, QualityMap) else quality_map(found)
    with styled():
        made = framed(data, ax, max(0.62 * len(data.lines) + 0.7, 1.4))
        for place, line in enumerate(data.lines):
            for column, name in enumerate(data.columns):
                _draw_cell(made, column, place, data.cell(line, name))
        names = [shortened(one, 0.54, 8, 3) for one in data.columns]
        made.set_xticks(range(len(names)), names, parse_math=False, fontsize=8)
        made.set_yticks(range(len(data.lines)), [one.capitalize() for one in data.lines])
        made.xaxis.tick_top()
        made.tick_params(length=0)
        made.set_xlim(-0.5, max(len(data.columns), 1) - 0.5)
        made.set_ylim(max(len(data.lines), 1) - 0.5, -0.5)
        made.spines[:].set_visible(False)
        return _done(made, data, not data.cells)


def plot_timeliness(found: HudReport | EntryLagsTable | Timeliness, *, ax: Any = None) -> Figure:
    """How many records were made how many days after their event; records made before it are hatched."""
    data = found if isinstance(found, Timeliness) else timeliness(found)
    with styled():
        rows = _under_headings((one.event, one.group) for one in data.bars)
        made, places = row_axes(data, rows, ax, "percent of the records shown")
        own = [place for place, row in zip(places, rows, strict=True) if not row.heading]
        for place, one in zip(own, data.bars, strict=True):
            early = one.group == BEFORE
            fill = {"facecolor": "#ffffff", "hatch": "///", "edgecolor": DARK} if early else {"facecolor": DARK}
            if one.share:
                made.barh(place, as_percent(one.share), height=0.62, **fill)
            told = "withheld" if one.number is None else f"{percent_text(one.share, 1)}, {one.number:,}"
            _beside(made, place, told)
        _share_axis(made)
        return _done(made, data, not data.bars)


def plot_change(found: Comparison | ChangeSteps, *, ax: Any = None) -> Figure:
    """From the score before to the score after, one step a cause: full bars raise it, hatched ones lower it."""
    data = found if isinstance(found, ChangeSteps) else change_steps(found)
    with styled():
        made, places = row_axes(data, [Row(one.label) for one in data.steps], ax, "score in percent")
        for place, one in zip(places, data.steps, strict=True):
            _draw_step(made, place, one)
            _beside(made, place, one.text)
        for (place, one), below in zip(zip(places, data.steps, strict=True), places[1:], strict=False):
            made.vlines(as_percent(one.end), place, below, color=MUTED, linewidth=0.8, linestyle=":")
        ends = [as_percent(number) for one in data.steps for number in (one.start, one.end)]
        if ends:
            room = max(0.12 * (max(ends) - min(ends)), 0.5)
            made.set_xlim(min(ends) - room, max(ends) + room)
        return _done(made, data, not data.steps)


def plot_trend(found: Iterable[Assessment] | ScoreTrend, *, ax: Any = None) -> Figure:
    """Scores of several assessments in the order of their days, with ranges, and what changed them in between."""
    data = found if isinstance(found, ScoreTrend) else score_trend(found)
    with styled():
        made = framed(data, ax, 3.6, width=max(10, 1.6 * len(data.points) + 1))
        known = [(place, as_percent(one.value)) for place, one in enumerate(data.points) if one.value is not None]
        for place, one in enumerate(data.points if known else ()):
            if one.low is not None and one.high is not None:
                made.vlines(place, as_percent(one.low), as_percent(one.high), color=PALE, linewidth=9)
            if one.value is not None:
                _point_label(made, place, one.text, as_percent(one.value))
        made.plot([place for place, _ in known], [value for _, value in known], "o-", color=DARK, linewidth=1.4)
        made.set_xticks(range(len(data.points)), [_day_label(one) for one in data.points], parse_math=False, fontsize=8)
        made.set_xlim(-0.5, len(data.points) - 0.3)
        made.set_ylim(0, 104)
        made.set_ylabel("score in percent", fontsize=8)
        made.grid(axis="y", color=GRID, linewidth=0.6)
        made.set_axisbelow(True)
        return _done(made, data, not known)


def plot_portfolio(found: Portfolio | PortfolioSpread, *, ax: Any = None) -> Figure:
    """How scores are spread over the organizations, by section. Sections that are withheld are not drawn."""
    data = found if isinstance(found, PortfolioSpread) else portfolio_spread(found)
    with styled():
        rows = _under_headings((one.document, one.title) for one in data.boxes)
        made, places = row_axes(data, rows, ax, "score in percent")
        own = [place for place, row in zip(places, rows, strict=True) if not row.heading]
        for place, one in zip(own, data.boxes, strict=True):
            made.hlines(place, as_percent(one.minimum), as_percent(one.maximum), color=MUTED, linewidth=1.2, zorder=0.5)
            low, high = as_percent(one.lower), as_percent(one.upper)
            made.barh(place, high - low, left=low, height=0.56, facecolor=PALE, edgecolor=DARK, linewidth=0.9)
            made.vlines(as_percent(one.median), place - 0.36, place + 0.36, color=INK, linewidth=2.4)
            _beside(made, place, one.text)
        _share_axis(made)
        return _done(made, data, not data.boxes)


def plot_portfolio_items(found: Portfolio | ItemShares, *, ax: Any = None) -> Figure:
    """Where the organizations stand on the items most often not met, as parts of a whole bar."""
    data = found if isinstance(found, ItemShares) else item_shares(found)
    with styled():
        rows = [Row(f"{one.item.rpartition('/')[2]} {one.title}") for one in data.bars]
        made, places = row_axes(data, rows, ax, "percent of the organizations", room=3.3)
        for place, one in zip(places, data.bars, strict=True):
            _draw_parts(made, place, one)
            _beside(made, place, f"not met {percent_text(one.share('not_met'))}")
        _share_axis(made)
        if data.bars:
            _legend(made, [name for name in FILLS if any(name in dict(_parts(one)) for one in data.bars)])
        return _done(made, data, not data.bars)


# --- pieces ------------------------------------------------------------------------------------------------


def _under_headings(pairs: Iterable[tuple[str, str]]) -> list[Row]:
    """A row for each pair of group and label, under a heading for each group; one group needs none."""
    listed = list(pairs)
    groups = [(name, list(members)) for name, members in groupby(listed, key=lambda pair: pair[0])]
    rows: list[Row] = []
    for name, members in groups:
        if len(groups) > 1 and name:
            rows.append(Row(name, heading=True))
        rows += [Row(label) for _, label in members]
    return rows


def _beside(made: Any, place: float, text: str) -> None:
    """The numbers of a row, in a column of their own to the right."""
    made.text(1.02, place, printable(text), transform=made.get_yaxis_transform(), va="center", fontsize=8)


def _share_axis(made: Any) -> None:
    made.set_xlim(0, 100)
    made.set_xticks(_SHARES)


def _done(made: Any, data: PlotData, empty: bool) -> Figure:
    """The figure; where there is nothing to draw it says so in place of an empty frame."""
    figure: Figure = made.figure
    if empty:
        made.set(xticks=[], yticks=[], ylabel="")
        made.grid(False)
        made.spines[:].set_visible(False)
        made.text(0, 0.5, "Nothing to show.", transform=made.transAxes, va="center", color=MUTED)
        if isinstance(figure, Plot):
            made.set_xlabel("")
    return figure


def _draw_step(made: Any, place: float, one: ChangeStep) -> None:
    if one.change is None:
        made.plot(as_percent(one.end), place, "D", color=INK, markersize=8)
        return
    falls = one.change < 0
    fill = {"facecolor": "#ffffff", "hatch": "///", "edgecolor": ACCENT} if falls else {"facecolor": DARK}
    left = min(one.start, one.end)
    made.barh(place, as_percent(abs(one.change)), left=as_percent(left), height=0.6, **fill)


def _point_label(made: Any, place: int, text: str, value: float) -> None:
    """The number beside a point, on white, so that no line runs through it."""
    ground = {"facecolor": "#ffffff", "edgecolor": "none", "pad": 1.2}
    made.annotate(text, (place, value), (11, 0), textcoords="offset points", va="center", bbox=ground, zorder=5)


def _day_label(one: TrendPoint) -> str:
    change = [f"{points_text(sum((moved for _, moved in one.causes), Fraction(0)))} in all"] if one.causes else []
    causes = [f"{shortened(label, 1.05, 8)} {points_text(moved)}" for label, moved in one.causes[:3]]
    return "\n".join([short_day(one.date), shortened(f"edition {one.edition}", 1.45, 8), *change, *causes])


def _draw_cell(made: Any, column: int, place: int, cell: QualityCell | None) -> None:
    missed = cell.missed if cell else None
    step = 0 if missed is None else -(-(missed * 4).numerator // (missed * 4).denominator)
    hatch = "///" if missed is None else ""
    corner = {"xy": (column - 0.48, place - 0.46), "width": 0.96, "height": 0.92}
    made.add_patch(_rectangle(**corner, facecolor=SHADES[step], edgecolor=MUTED, linewidth=0.6, hatch=hatch))
    told = _cell_text(cell)
    if told:
        ground = {"facecolor": "#ffffff", "edgecolor": "none", "pad": 1.5} if hatch else None
        made.text(column, place, told, ha="center", va="center", fontsize=8, color=on_shade(step), bbox=ground)


def _rectangle(**given: Any) -> Any:
    from matplotlib.patches import Rectangle

    return Rectangle(given.pop("xy"), given.pop("width"), given.pop("height"), **given)


def _cell_text(cell: QualityCell | None) -> str:
    if cell is None:
        return ""
    told = [f"{cell.good} of {cell.of}"] if cell.of else []
    told += [f"▫ {cell.withheld}"] if cell.withheld else []
    told += [f"? {cell.unknown}"] if cell.unknown else []
    return "\n".join(told)


_STATES = {"partial": "partly met", "not_met": "not met", "not_applicable": "not applicable",
           "not_assessed": "not assessed", "error": "not usable", "not_covered": "not covered"}  # fmt: skip


def _parts(one: ItemBar) -> list[tuple[str, int]]:
    """Names and sizes of the parts of a bar, withheld last."""
    told = [(_STATES.get(state, state), number) for state, number in one.counts if number]
    return [*told, ("withheld", one.withheld)] if one.withheld else told


def _draw_parts(made: Any, place: float, one: ItemBar) -> None:
    left = 0.0
    for name, number in _parts(one):
        color, hatch = FILLS[name]
        wide = as_percent(Fraction(number, one.organizations))
        made.barh(place, wide, left=left, height=0.62, facecolor=color, hatch=hatch, edgecolor=INK, linewidth=0.5)
        left += wide


def _legend(made: Any, names: Sequence[str]) -> None:
    handles = [
        _rectangle(
            xy=(0, 0), width=1, height=1, facecolor=FILLS[one][0], hatch=FILLS[one][1], edgecolor=INK, linewidth=0.5
        )
        for one in names
    ]
    made.legend(
        handles, names, loc="lower left", bbox_to_anchor=(0, 1), ncols=4, frameon=False, fontsize=8, borderaxespad=0.2
    )
