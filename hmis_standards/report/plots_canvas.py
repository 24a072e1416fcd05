"""What all plots share: colors, a figure that shows itself, text that cannot run into other text, files."""

from __future__ import annotations

import io
import os
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from attrs import frozen

from hmis_standards.errors import MissingExtra
from hmis_standards.report.plot_data import PlotData

try:
    import matplotlib
    from matplotlib import style
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.ft2font import FT2Font
except ImportError:
    raise MissingExtra("report") from None

__all__ = [
    "ACCENT",
    "DARK",
    "FILLS",
    "GRID",
    "INK",
    "MUTED",
    "PALE",
    "SHADES",
    "Figure",
    "Plot",
    "Row",
    "as_percent",
    "framed",
    "on_shade",
    "printable",
    "row_axes",
    "save_plot",
    "shortened",
    "styled",
]

# Blues of very different lightness, and one orange: told apart in grey, and by the color-blind.
INK, MUTED, GRID = "#1b1f24", "#57606a", "#d0d7de"
DARK, ACCENT, PALE = "#1f5a92", "#a85300", "#c3d7ea"
SHADES = ("#ffffff", "#dce8f3", "#a9c8e6", "#2b6499", "#0b3560")
"""From nothing missed to all missed, a quarter a step."""
FILLS: dict[str, tuple[str, str]] = {
    "met": (DARK, ""),
    "partly met": (PALE, "///"),
    "not met": ("#f2b26b", "xxx"),
    "not applicable": ("#ffffff", ".."),
    "not assessed": ("#ffffff", ""),
    "not usable": ("#ffffff", "++"),
    "not covered": ("#eaeef2", "\\\\"),
    "withheld": ("#ffffff", "---"),
}
"""Color and hatch of each state in a stacked bar."""
_STYLE: dict[str, Any] = {
    "font.family": ["DejaVu Sans"],
    "font.size": 9,
    "text.color": INK,
    "text.parse_math": False,
    "axes.edgecolor": MUTED,
    "axes.labelcolor": MUTED,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "xtick.color": MUTED,
    "ytick.color": INK,
    "hatch.linewidth": 0.7,
    "svg.hashsalt": "hmis-standards",
    "savefig.dpi": 144,
}
_WIDTH = 10
_LONGEST = 400
_ROUNDING = 1.04
"""By how much letters drawn on whole dots can be wider."""
_METADATA: dict[str, dict[str, Any]] = {
    ".png": {"Software": None},
    ".svg": {"Date": None, "Creator": None},
    ".pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}


@contextmanager
def styled() -> Iterator[None]:
    """Our style over matplotlib's own, whatever the reader has set; all settings are as before afterwards."""
    with style.context(["default", _STYLE]):
        yield


class Plot(Figure):
    """A matplotlib figure that a notebook shows without pyplot. ``data`` is what it shows."""

    def __init__(self, data: PlotData, width: float, height: float) -> None:
        super().__init__(figsize=(width, height), layout="constrained")
        engine: Any = self.get_layout_engine()
        engine.set(w_pad=0.12, h_pad=0.07)
        FigureCanvasAgg(self)
        self.data = data

    def __repr__(self) -> str:
        return f"<Plot {printable(self.data.title)!r}>"

    def _repr_png_(self) -> tuple[bytes, dict[str, Any]]:
        width, height = (int(inches * 96) for inches in self.get_size_inches())
        return _bytes(self, ".png"), {"width": width, "height": height, "alt": alt_text(self.data)}


def alt_text(data: PlotData) -> str:
    """The plot in words, for who cannot see it: title, note and source."""
    return " ".join(one for one in (f"{data.title}.", data.note, data.source) if one)


def save_plot(figure: Figure, path: str | os.PathLike[str]) -> None:
    """Write a plot as ``.png``, ``.svg`` or ``.pdf``: the same figure gives the same bytes, without date or program.

    Raises:
        ValueError: another suffix.
        OSError: the file cannot be written.
    """
    target = Path(path)
    if target.suffix.lower() not in _METADATA:
        given = f"has the suffix {target.suffix}" if target.suffix else "has no suffix"
        raise ValueError(f"{target.name} {given}; a plot is written as {', '.join(_METADATA)}")
    target.write_bytes(_bytes(figure, target.suffix.lower()))


def _bytes(figure: Figure, suffix: str) -> bytes:
    out = io.BytesIO()
    titled = {"Title": printable(figure.data.title)} if isinstance(figure, Plot) else {}
    with styled():
        figure.savefig(out, format=suffix[1:], metadata={**_METADATA[suffix], **titled})
    return out.getvalue()


# --- text --------------------------------------------------------------------------------------------------


@cache
def _fonts() -> tuple[FT2Font, ...]:
    """The two faces that are used; they come with matplotlib, so a plot looks the same everywhere."""
    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    return tuple(FT2Font(str(folder / name)) for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"))


def printable(text: str) -> str:
    """One line that the fonts can draw: no control or direction marks, a sign in place of unknown letters.

    A text of any length comes out no longer than a few lines.
    """
    cut = text[:_LONGEST] + ("…" if len(text) > _LONGEST else "")
    line = " ".join("".join(" " if one.isspace() else one for one in cut if _is_shown(one)).split())
    return "".join(one if all(font.get_char_index(ord(one)) for font in _fonts()) else "\ufffd" for one in line)


def _is_shown(letter: str) -> bool:
    return letter.isspace() or unicodedata.category(letter)[0] not in {"C", "M"} or unicodedata.category(letter) == "Mn"


@cache
def _advance(letter: str, bold: bool) -> float:
    """How far a letter of one point moves the next one, in inches."""
    font = _fonts()[bold]
    font.set_size(64, 72)
    return float(font.load_char(ord(letter)).linearHoriAdvance) / 65536 / 64 / 72


def shortened(text: str, inches: float, size: float, lines: int = 1, *, bold: bool = False) -> str:
    """``text`` in at most so many lines of that width, with … where more was there. ``size`` of the letters in points.

    Widths are those of the letters themselves: wide ones take more room.
    """

    def fits(line: str) -> bool:
        return sum(_advance(one, bold) for one in line) * size * _ROUNDING <= inches

    made = [""]
    for word in _pieces(printable(text).split(), fits):
        longer = f"{made[-1]} {word}".strip()
        if fits(longer):
            made[-1] = longer
        else:
            made.append(word)
    if len(made) <= lines:
        return "\n".join(made)
    last = made[lines - 1]
    while last and not fits(f"{last} …"):
        last = last[:-1].rstrip()
    return "\n".join([*made[: lines - 1], f"{last} …".strip()])


def _pieces(words: Iterable[str], fits: Callable[[str], bool]) -> Iterator[str]:
    """The words, those that are longer than a line cut to its length."""
    for word in words:
        rest = word
        while not fits(rest):
            most = next(place for place in range(len(rest) - 1, 0, -1) if place == 1 or fits(rest[:place]))
            yield rest[:most]
            rest = rest[most:]
            if len(rest) < 2:
                break
        if rest:
            yield rest


# --- figures -----------------------------------------------------------------------------------------------


@frozen
class Row:
    """A line of a plot that goes downward: its label; a heading stands alone, in bold."""

    label: str
    heading: bool = False


def framed(data: PlotData, ax: Any, height: float, axis: str = "", width: float = _WIDTH) -> Any:
    """The axes to draw into, with title and footnote: the reader's own, or those of a new ``Plot``.

    ``height`` and ``width`` are of a new figure without its title and footnote, in inches.
    """
    room = width - 0.3 if ax is None else ax.get_window_extent().width / ax.figure.dpi
    foot = "\n".join(shortened(one, room, 8, 3) for one in (data.note, data.source) if one)
    title = shortened(data.title, room, 12 if ax is None else 10, 3, bold=True)
    if ax is not None:
        ax.set_title(title, loc="left", fontsize=10, fontweight="bold")
        ax.set_xlabel("\n".join(one for one in (axis, foot) if one), loc="left", fontsize=8)
        return ax
    around = 0.24 * (title.count("\n") + 1) + 0.16 * (foot.count("\n") + 1) + 0.6
    figure = Plot(data, width, height + around)
    figure.suptitle(title, x=0.01, ha="left", fontsize=12, fontweight="bold")
    figure.supxlabel(foot, x=0.01, ha="left", fontsize=8, color=MUTED)
    made = figure.subplots()
    made.set_xlabel(axis, loc="left", fontsize=8)
    return made


def row_axes(data: PlotData, rows: Sequence[Row], ax: Any, axis: str, *, room: float = 2.9) -> tuple[Any, list[float]]:
    """Axes with a labelled place for every row, and the places, from the top downward. Nothing is there for no rows."""
    labels = [
        shortened(row.label, 4, 9, bold=True) if row.heading else shortened(row.label, room, 9, 2) for row in rows
    ]
    places, at = [], 0.0
    for row, label in zip(rows, labels, strict=True):
        tall = 1.0 if row.heading else 0.55 + 0.45 * (label.count("\n") + 1)
        places.append(at + tall / 2)
        at += tall
    made = framed(data, ax, max(0.27 * at, 0.6), axis)
    with_labels = [(place, label) for place, label, row in zip(places, labels, rows, strict=True) if not row.heading]
    made.set_yticks([place for place, _ in with_labels], [label for _, label in with_labels], parse_math=False)
    made.tick_params(axis="y", length=0)
    made.set_ylim(max(at, 1), 0)
    for place, label, row in zip(places, labels, rows, strict=True):
        if row.heading:
            made.text(
                0, place + 0.1, label, transform=made.get_yaxis_transform(), fontweight="bold", va="center", fontsize=9
            )
    made.grid(axis="x", color=GRID, linewidth=0.6)
    made.set_axisbelow(True)
    return made, places


def on_shade(step: int) -> str:
    """The color of text on a shade."""
    return "#ffffff" if step >= 3 else INK


def as_percent(share: Fraction) -> float:
    """A share in percent, as matplotlib takes numbers."""
    return float(share * 100)
