"""Charts of the working tools as drawings that stand by themselves: bars from zero, every number beside its bar."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from html import escape
from typing import Any

from attrs import field, frozen

from hmis_standards.tabular import Plain, Tabular, decimal_text
from hmis_standards.toolkit import (
    Budget,
    Claims,
    Evaluation,
    Figure,
    Scorecard,
    ServiceLevels,
    Staffing,
    Training,
)

__all__ = ["Bar", "ToolChart", "tool_chart"]

# Points of the drawing: its width, where bars begin and the longest ends, height and room of a bar.
_WIDTH, _LEFT, _RIGHT, _HEIGHT, _STEP, _TOP = 760, 250, 640, 14, 22, 64
_LETTERS = 34
_STYLE = (
    "text{font:12px system-ui,sans-serif;fill:#1b1f24}.h{font-size:15px;font-weight:600}.n{fill:#57606a}"
    ".a{fill:#1f5a92}.b{fill:#fff;stroke:#1f5a92;stroke-width:1.5}.t{stroke:#b3261e;stroke-width:2}"
)


@frozen(kw_only=True)
class Bar(Plain):
    """One bar: what it is of, its value from 0, the number as text, a mark such as a goal, and whether it is hollow."""

    label: str
    value: Fraction
    text: str
    mark: Fraction | None = None
    hollow: bool = False


@frozen(kw_only=True)
class ToolChart(Tabular, Plain):
    """A chart: ``bars`` are its data, ``svg`` the drawing, which a notebook shows by itself.

    ``note`` says what the bars and marks are. Full and hollow bars can be told apart in grey, and the numbers stand
    beside them.
    """

    title: str
    note: str
    bars: tuple[Bar, ...] = field(repr=lambda bars: f"<{len(bars)} bars>")

    @property
    def svg(self) -> str:
        """The drawing as SVG, the same text every time; it needs nothing beside itself."""
        height = _TOP + _STEP * len(self.bars) + 14
        longest = max((max(one.value, one.mark or Fraction(0)) for one in self.bars), default=Fraction(0))
        told = "; ".join(f"{one.label}: {one.text}" for one in self.bars)
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" '
            f'height="{height}" role="img" aria-labelledby="t d">'
            f'<title id="t">{_safe(self.title)}</title><desc id="d">{_safe(told)}</desc>'
            f'<style>{_STYLE}</style><rect width="{_WIDTH}" height="{height}" fill="#fff"/>'
            f'<text class="h" x="16" y="26">{_safe(self.title)}</text>'
            f'<text class="n" x="16" y="46">{_safe(self.note)}</text>'
        )
        return head + "".join(_drawn(one, row, longest) for row, one in enumerate(self.bars)) + "</svg>\n"

    def rows(self) -> list[dict[str, Any]]:
        """One row a bar; values and marks as decimals."""
        return [
            {**one.to_dict(), "value": float(one.value), "mark": None if one.mark is None else float(one.mark)}
            for one in self.bars
        ]

    def _repr_html_(self) -> str:
        return self.svg

    def _repr_svg_(self) -> str:
        return self.svg


def _drawn(bar: Bar, row: int, longest: Fraction) -> str:
    top = _TOP + row * _STEP
    end = _at(bar.value, longest)
    label = bar.label if len(bar.label) <= _LETTERS else f"{bar.label[: _LETTERS - 1]}…"
    kind = "b" if bar.hollow else "a"
    base = top + _HEIGHT - 3
    mark = ""
    if bar.mark is not None:
        at = _shown(_at(bar.mark, longest))
        mark = f'<path class="t" d="M{at} {top - 3}V{top + _HEIGHT + 3}"/>'
    return (
        f'<text x="16" y="{base}">{_safe(label)}</text>'
        f'<rect class="{kind}" x="{_LEFT}" y="{top}" width="{_shown(end - _LEFT)}" height="{_HEIGHT}"/>{mark}'
        f'<text x="{_shown(max(end, _at(bar.mark or Fraction(0), longest)) + 8)}" y="{base}">{_safe(bar.text)}</text>'
    )


def _at(value: Fraction, longest: Fraction) -> Fraction:
    return _LEFT + (_RIGHT - _LEFT) * max(value, Fraction(0)) / longest if longest else Fraction(_LEFT)


def _shown(number: Fraction | int) -> str:
    return decimal_text(Fraction(number), 2).rstrip("0").rstrip(".")


def _safe(text: str) -> str:
    """Escaped, without what XML cannot hold."""
    return escape("".join(letter for letter in text if letter.isprintable()))


# --- which chart of which result ---------------------------------------------------------------------------


def tool_chart(result: Any) -> ToolChart:
    """The chart of a result: of staffing, a budget, an evaluation, service levels, training, a scorecard, declarations.

    Raises TypeError for anything else.
    """
    for kind, draw in _CHARTS.items():
        if isinstance(result, kind):
            return draw(result)
    raise TypeError(f"there is no chart of {type(result).__name__}")


def _bar(label: str, figure: Figure, mark: Figure | None = None, *, hollow: bool = False) -> Bar:
    value = figure.value if figure.value is not None else Fraction(0)
    return Bar(label=label, value=value, text=figure.text, mark=mark.value if mark else None, hollow=hollow)


def _paired(pairs: Iterable[Sequence[Bar | None]]) -> tuple[Bar, ...]:
    return tuple(one for pair in pairs for one in pair if one is not None)


def _of_staffing(found: Staffing) -> ToolChart:
    note = "FTE the workload asks for (full) and FTE that are filled (hollow)."
    pairs = (
        (
            _bar(one.role.label.capitalize(), one.fte),
            _bar("filled", one.filled, hollow=True) if one.filled is not None else None,
        )
        for one in found.roles
    )
    return ToolChart(title="Staffing by role", note=note, bars=_paired(pairs))


def _of_budget(found: Budget) -> ToolChart:
    pairs = (
        (_bar(f"{one.year}: costs", one.total), _bar(f"{one.year}: funding", one.funding, hollow=True))
        for one in found.years
    )
    note = "Costs (full) and the funding named for them (hollow)."
    return ToolChart(title=f"Budget of {found.subject}", note=note, bars=_paired(pairs))


def _of_evaluation(found: Evaluation) -> ToolChart:
    bars = tuple(_bar(one.proposal, one.total) for one in found.ranked if one.total is not None)
    out = ", ".join(one.proposal for one in found.not_ranked)
    note = "Points of 100, by published weights." + (f" Not ranked, a gate is not passed: {out}." if out else "")
    return ToolChart(title=found.title, note=note, bars=bars)


def _of_service(found: ServiceLevels) -> ToolChart:
    down = [(one.month, one.availability.down) for one in found.months if one.availability is not None]
    bars = tuple(_bar(month, figure) for month, figure in down)
    return ToolChart(title="Minutes down by month", note="Outages that count against the service level.", bars=bars)


def _of_training(found: Training) -> ToolChart:
    bars = tuple(_bar(f"{one.topic.rpartition('/')[2]} {one.title}", one.coverage, one.goal) for one in found.topics)
    note = "Share of the users who need a topic and hold it; the line is its goal."
    return ToolChart(title=f"Training on {found.on.isoformat()}", note=note, bars=bars)


def _of_scorecard(found: Scorecard) -> ToolChart:
    bars = tuple(_bar(one.title, one) for one in found.domains)
    note = "Score of each domain, of what was assessed."
    return ToolChart(title=f"Scorecard of {found.subject}", note=note, bars=bars)


def _of_claims(found: Claims) -> ToolChart:
    pairs = (
        (
            Bar(
                label=one.label,
                value=Fraction(one.there, one.required or 1) * 100,
                text=f"{one.there} of {one.required}",
            ),
            _bar("features", one.features, hollow=True),
        )
        for one in found.standings
    )
    note = "Required functions claimed to be there (full), weighted share of features (hollow)."
    return ToolChart(title="What vendors declare", note=note, bars=_paired(pairs))


_CHARTS: dict[type[Any], Callable[[Any], ToolChart]] = {
    Staffing: _of_staffing,
    Budget: _of_budget,
    Evaluation: _of_evaluation,
    ServiceLevels: _of_service,
    Training: _of_training,
    Scorecard: _of_scorecard,
    Claims: _of_claims,
}
