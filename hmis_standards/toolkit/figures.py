"""Figures: numbers that say how they came about, down to each input and where it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from html import escape
from typing import Any

from attrs import field, frozen

from hmis_standards.model import Citation, Parameter
from hmis_standards.tabular import Plain, Table, decimal_text, exact
from hmis_standards.toolkit.formula import calculate, names_in
from hmis_standards.vocabulary import FigureOrigin

__all__ = ["Figure", "Figures", "brief", "computed", "given", "number_text", "taken", "total"]

MONEY = "USD"
_SHOWN = 2


@frozen(kw_only=True)
class Figure(Plain):
    """One number of a calculation.

    ``name`` is what formulas call it. ``value`` is exact; None where it cannot be said, such as a share of nothing.
    Money (``unit`` is ``USD``) was rounded to the cent, halves up, when it was computed, so that what is printed adds
    up. A computed figure has its ``formula`` and the ``inputs`` that the formula names; any other has ``why``, the
    reason for the number, and ``citations``.
    """

    name: str
    title: str
    value: Fraction | None
    unit: str
    origin: FigureOrigin
    why: str = field(default="", repr=False)
    formula: str = field(default="", repr=False)
    inputs: tuple[Figure, ...] = field(default=(), repr=False)
    citations: tuple[Citation, ...] = field(default=(), repr=False)

    @property
    def amount(self) -> Decimal | None:
        """The value as a Decimal: money to the cent. Raises ValueError for a figure that is not money."""
        if self.unit != MONEY:
            raise ValueError(f"{self.name} is not money, it is in {self.unit}")
        return None if self.value is None else Decimal(decimal_text(self.value, _SHOWN))

    @property
    def text(self) -> str:
        """The value for people, with its unit, shares in percent; a dash where it cannot be said."""
        if self.value is None:
            return "–"
        if self.unit == MONEY:
            return f"${_shown(self.value, _SHOWN)}"
        share = self.unit.split(" ")[0] == "share"
        unit = self.unit.replace("share", "%", 1) if share else self.unit
        return f"{_shown(self.value * 100 if share else self.value, 0, most=_most(self.unit))} {unit}".strip()

    @property
    def number(self) -> str:
        """The value for tables of numbers, without its unit: two decimals at most; empty where it cannot be said."""
        return "" if self.value is None else _shown(self.value, _SHOWN if self.unit == MONEY else 0, group=False)

    def sources(self) -> tuple[Figure, ...]:
        """The figures this one rests on in the end, each once: those that were given or taken, not computed."""
        return tuple(dict.fromkeys(self._sources()))

    def _sources(self) -> Iterator[Figure]:
        if not self.inputs:
            yield self
        for one in self.inputs:
            yield from one._sources()

    def explain(self) -> str:
        """The calculation as indented text: each figure with its formula, the inputs below it with their origin."""
        return "\n".join(_lines(self, 0, set()))

    def row(self) -> dict[str, Any]:
        """Flat, for a table."""
        return {
            "figure": self.name,
            "title": self.title,
            "value": self.number,
            "unit": self.unit,
            "origin": self.origin.value,
            "how": self.formula or self.why,
        }

    def to_dict(self) -> dict[str, Any]:
        """The figure and all below it as plain values; ``value`` is exact text."""
        told: dict[str, Any] = {**self.row(), "value": None if self.value is None else str(self.value)}
        told["inputs"] = [one.to_dict() for one in self.inputs]
        told["citations"] = [one.to_dict() for one in self.citations]
        return told

    def _repr_html_(self) -> str:
        return f"<pre>{escape(self.explain())}</pre>"


class Figures(Table[Figure]):
    """Several figures, as a tuple that is a table too."""

    kind = "figures"

    def explain(self) -> str:
        """Every figure with its calculation; what was explained above is named only."""
        told: set[Figure] = set()
        return "\n\n".join("\n".join(_lines(one, 0, told)) for one in self)

    def sources(self) -> Figures:
        """The inputs all of them rest on, each once."""
        return Figures(dict.fromkeys(below for one in self for below in one.sources()))


def given(name: str, title: str, value: Fraction | int | str | Decimal, unit: str, why: str = "Given.") -> Figure:
    """A number the user gave. Raises ValueError for what is no number."""
    number = exact(value) if isinstance(value, str) else Fraction(value)
    return Figure(name=name, title=title, value=number, unit=unit, origin=FigureOrigin.GIVEN, why=why)


def taken(parameter: Parameter, name: str = "") -> Figure:
    """A parameter as an input of a calculation, under its own id or another name."""
    return Figure(
        name=name or parameter.id,
        title=parameter.title,
        value=parameter.value,
        unit=parameter.unit,
        origin=parameter.origin,
        why=parameter.why,
        citations=parameter.citations,
    )


def computed(name: str, title: str, formula: str, unit: str, inputs: Iterable[Figure]) -> Figure:
    """A figure by a formula over other figures; money is rounded to the cent, halves up.

    Of ``inputs`` those are kept that the formula names. Raises ValueError where it names one that is not there.
    """
    by_name = _by_name(inputs)
    names = names_in(formula)
    absent = [name for name in names if name not in by_name]
    if absent:
        raise ValueError(f"{name}: the formula {formula!r} names {', '.join(absent)}, which is not given")
    value = calculate(formula, {each: by_name[each].value for each in names})
    if unit == MONEY and value is not None:
        value = Fraction(decimal_text(value, _SHOWN))
    kept = tuple(by_name[each] for each in names)
    origin = FigureOrigin.COMPUTED
    return Figure(name=name, title=title, value=value, unit=unit, origin=origin, formula=formula, inputs=kept)


def _by_name(inputs: Iterable[Figure]) -> dict[str, Figure]:
    found: dict[str, Figure] = {}
    for one in inputs:
        if found.setdefault(one.name, one) != one:
            raise ValueError(f"two different figures are called {one.name}")
    return found


def total(name: str, title: str, unit: str, parts: Iterable[Figure]) -> Figure:
    """The sum of figures, under the names they bear. Of no figures it is 0."""
    held = tuple(parts)
    return computed(name, title, " + ".join(one.name for one in held) or "0", unit, held)


def brief(figure: Figure | None) -> str:
    """A figure inside the repr of a result: its value alone."""
    return "None" if figure is None else figure.text


def number_text(figure: Figure | None, places: int = _SHOWN) -> str:
    """The bare number of a figure for a cell of a table; empty where there is none."""
    return "" if figure is None else decimal_text(figure.value, places)


# --- showing -----------------------------------------------------------------------------------------------


def _most(unit: str) -> int:
    """Decimals that are shown at most: one more of percentages, where 99.95 and 99.954 are different promises."""
    return _SHOWN + unit.startswith("%")


def _shown(value: Fraction, least: int, group: bool = True, most: int = _SHOWN) -> str:
    """A number with so many decimals at most, at least ``least`` of them, thousands set off by commas."""
    text = decimal_text(value, most)
    if not least:
        text = text.rstrip("0").rstrip(".")
    whole, dot, rest = text.partition(".")
    return f"{int(whole):,}{dot}{rest}" if group and whole not in {"", "-0"} else text


def _lines(figure: Figure, depth: int, told: set[Figure]) -> Iterator[str]:
    """A figure met a second time is named only."""
    pad = "  " * depth
    again = figure.inputs and figure in told
    yield f"{pad}{figure.name} = {figure.text}  ({figure.title}{'; see above' if again else ''})"
    if again:
        return
    told.add(figure)
    if figure.formula:
        yield f"{pad}  = {figure.formula}"
    elif figure.origin is FigureOrigin.GIVEN:
        yield f"{pad}  given: {figure.why}" if figure.why != "Given." else f"{pad}  given"
    else:
        cited = "".join(f" [{one.source}]" for one in figure.citations)
        yield f"{pad}  {_WORDS[figure.origin]}: {figure.why}{cited}"
    for one in figure.inputs:
        yield from _lines(one, depth + 1, told)


_WORDS: Mapping[FigureOrigin, str] = {
    FigureOrigin.GIVEN: "given",
    FigureOrigin.REGULATION: "set by a rule",
    FigureOrigin.HUD: "HUD's number",
    FigureOrigin.MEASURED: "measured somewhere",
    FigureOrigin.EXAMPLE: "an example of one community",
    FigureOrigin.CONVENTION: "a convention of this project, not HUD's",
}
