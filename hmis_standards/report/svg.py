"""Small drawings as inline SVG: flat bars that stretch to the width they get. All numbers also stand beside them."""

from __future__ import annotations

from fractions import Fraction
from html import escape

from attrs import frozen

from hmis_standards.tabular import decimal_text, visible

__all__ = ["Svg", "change_bar", "count_bar", "range_bar", "target_bar"]


@frozen
class Svg:
    """A finished drawing; templates that escape everything else take it as it is."""

    text: str

    def __html__(self) -> str:
        return self.text

    def __str__(self) -> str:
        return self.text


def range_bar(title: str, desc: str, *, low: Fraction, high: Fraction, value: Fraction | None) -> Svg:
    """In place up to ``low``, unknown up to ``high``, missing after it, and a line at ``value``."""
    shapes = [_track(), _rect("sure", Fraction(0), low), _rect("unknown", low, high)]
    if value is not None:
        shapes.append(_line("value", value))
    return _drawing(title, desc, shapes)


def target_bar(title: str, desc: str, *, value: Fraction, target: Fraction | None) -> Svg:
    """A share with a line at its target."""
    shapes = [_track(), _rect("sure", Fraction(0), value)]
    if target is not None:
        shapes.append(_line("target", target))
    return _drawing(title, desc, shapes)


def count_bar(title: str, desc: str, *, share: Fraction, stands_out: bool = False) -> Svg:
    """A plain bar of that share of the width."""
    return _drawing(title, desc, [_track(), _rect("out" if stands_out else "sure", Fraction(0), share)])


def change_bar(title: str, desc: str, *, change: Fraction, most: Fraction) -> Svg:
    """A change from a zero in the middle: to the right what adds, to the left what takes away; ``most`` is half."""
    half = Fraction(1, 2)
    end = half + (change / most * half if most else 0)
    bar = _rect("sure", half, end) if end > half else _rect("out", end, half)
    return _drawing(title, desc, [_track(), bar, '<path class="zero" d="M50 0V10"/>'])


def _drawing(title: str, desc: str, shapes: list[str]) -> Svg:
    """One name for the whole drawing, so that a screen reader tells it in one go; the number stands beside it, too."""
    name = escape(visible(f"{title}. {desc}"))
    named = f'role="img" aria-label="{name}"'
    head = f'<svg class="bar" {named} viewBox="0 0 100 10" preserveAspectRatio="none">'
    return Svg(head + "".join(shapes) + "</svg>")


def _track() -> str:
    return '<rect class="track" width="100" height="10"/>'


def _rect(kind: str, start: Fraction, end: Fraction) -> str:
    left, right = _within(start), _within(end)
    if right <= left:
        return ""
    return f'<rect class="{kind}" x="{_number(left)}" width="{_number(right - left)}" height="10"/>'


def _line(kind: str, at: Fraction) -> str:
    place = _number(_within(at))
    path = f'd="M{place} 0V10"'
    return f'<path class="halo" {path}/><path class="{kind}" {path}/>'


def _within(share: Fraction) -> Fraction:
    return min(max(share, Fraction(0)), Fraction(1))


def _number(share: Fraction) -> str:
    return decimal_text(share * 100, 2).rstrip("0").rstrip(".")
