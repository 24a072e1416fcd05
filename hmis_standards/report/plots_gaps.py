"""The map of gaps: marks that keep their distance, and the list that tells what they stand for."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import groupby
from typing import Any

from attrs import frozen

from hmis_standards.report.plot_data import GapPoint
from hmis_standards.report.plots_canvas import ACCENT, GRID, INK, PALE, as_percent, shortened

__all__ = ["KEYS", "Mark", "draw_key", "draw_mark", "gap_axes", "gap_marks"]

KEYS = 24
"""So many marks have a number and a line in the list."""
_BINS = 14


@frozen
class Mark:
    """Gaps so close to one another that one mark stands for them all."""

    points: tuple[GapPoint, ...]

    @property
    def gated(self) -> bool:
        return self.points[0].gated

    @property
    def gain(self) -> float:
        """The least of their gains, so that marks of different gaps keep their distance."""
        return min(as_percent(one.gain) for one in self.points)


def gap_axes(made: Any, points: Sequence[GapPoint]) -> None:
    """Effort across, in whole steps, and gain upward from 0."""
    top = max((as_percent(one.gain) for one in points), default=0.0) or 1.0
    made.set_ylabel("gain in points of 100", fontsize=8)
    made.set_ylim(-0.08 * top, top * 1.1)
    efforts = sorted({one.effort for one in points}) or [0]
    made.set_xticks(range(efforts[0], efforts[-1] + 1))
    made.set_xlim(efforts[0] - 0.6, efforts[-1] + 0.6)
    made.grid(axis="y", color=GRID, linewidth=0.6)
    made.set_axisbelow(True)


def gap_marks(points: Sequence[GapPoint]) -> list[Mark]:
    """Marks in the order of their most urgent gap; no two of them overlap."""
    step = max((one.gain for one in points), default=Fraction(0)) / _BINS or Fraction(1)
    groups: list[list[GapPoint]] = []
    for _, column in groupby(sorted(points, key=_column), key=lambda one: (one.effort, one.gated)):
        last: list[GapPoint] = []
        for one in column:
            if last and one.gain - last[0].gain < step:
                last.append(one)
            else:
                last = [one]
                groups.append(last)
    order = {one.item: place for place, one in enumerate(points)}
    made = [Mark(tuple(sorted(group, key=lambda one: order[one.item]))) for group in groups]
    return sorted(made, key=lambda mark: order[mark.points[0].item])


def _column(one: GapPoint) -> tuple[int, bool, Fraction]:
    return one.effort, one.gated, one.gain


def draw_mark(made: Any, mark: Mark, number: str) -> None:
    """A diamond where a gate waits, left of its effort, else a circle to the right of it."""
    shape, fill, ink = ("D", ACCENT, "#ffffff") if mark.gated else ("o", PALE, INK)
    at = (mark.points[0].effort + (-0.2 if mark.gated else 0.2), mark.gain)
    made.plot(
        *at, shape, markersize=12 if mark.gated else 14, markerfacecolor=fill, markeredgecolor=INK, markeredgewidth=0.8
    )
    made.text(*at, number, ha="center", va="center", fontsize=7, color=ink, fontweight="bold")


def draw_key(made: Any, marks: Sequence[Mark], short: bool) -> None:
    """The list beside the map: the first item of each mark, and how many more it stands for."""
    lines = [_key_line(mark, place, short) for place, mark in enumerate(marks[:KEYS], start=1)]
    if len(marks) > KEYS:
        lines.append("Marks without a number are less urgent.")
    for place, line in enumerate(lines):
        height = 1 - (place + 0.5) / max(len(lines), 18)
        made.text(1.02, height, line, transform=made.transAxes, fontsize=7.5, va="center")


def _key_line(mark: Mark, place: int, short: bool) -> str:
    first, more = mark.points[0], len(mark.points) - 1
    name = first.item.rpartition("/")[2] if short else first.item
    label = shortened(f"{'◆' if mark.gated else '●'} {place}  {name} {first.title}", 4.6 if more else 4.9, 7.5)
    return f"{label} (+{more})" if more else label
