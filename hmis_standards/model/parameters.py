"""What a calculation takes for granted: numbers with unit, origin and reason, which a community may set otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction

from attrs import evolve, field, frozen

from hmis_standards.errors import ParameterOutOfRange, UnknownParameter
from hmis_standards.ids import close_matches
from hmis_standards.model.sources import Citation
from hmis_standards.tabular import Plain, Tabular, decimal_text, exact
from hmis_standards.vocabulary import FigureOrigin

__all__ = ["Parameter", "ParameterSet"]


@frozen(kw_only=True)
class Parameter(Plain):
    """One number a calculation needs and its user has not been asked for.

    ``id`` is its name in formulas. ``of`` tells several of one id apart, such as the severities of a target. One that
    changed over time stands once for each ``since``, the first day it holds. ``why`` says how the number came about;
    ``minimum`` and ``maximum`` are the limits, themselves allowed, of what a user may set.
    """

    id: str
    of: str = ""
    title: str
    value: Fraction
    unit: str
    origin: FigureOrigin
    why: str = field(repr=False)
    since: date | None = None
    minimum: Fraction | None = field(default=None, repr=False)
    maximum: Fraction | None = field(default=None, repr=False)
    citations: tuple[Citation, ...] = field(default=(), repr=False)

    @property
    def name(self) -> str:
        """The id, with what tells it apart: ``severity_weight/critical``."""
        return f"{self.id}/{self.of}" if self.of else self.id

    def allows(self, value: Fraction) -> bool:
        """Whether the value lies between the limits."""
        low = self.minimum is None or value >= self.minimum
        return low and (self.maximum is None or value <= self.maximum)

    def limits(self) -> str:
        """The limits in words: ``from 0 to 1``; empty where there are none."""
        low = "" if self.minimum is None else f"from {_number(self.minimum)}"
        high = "" if self.maximum is None else f"to {_number(self.maximum)}"
        return " ".join(part for part in (low, high) if part)

    def row(self) -> dict[str, object]:
        """Flat, for a table."""
        return {
            "parameter": self.name,
            "title": self.title,
            "value": _number(self.value),
            "unit": self.unit,
            "origin": self.origin.value,
            "since": "" if self.since is None else self.since.isoformat(),
            "why": self.why,
            "sources": "; ".join(one.source for one in self.citations),
        }


@frozen(kw_only=True)
class ParameterSet(Tabular):
    """The parameters of one calculation, by id."""

    id: str
    title: str
    text: str = field(repr=False)
    parameters: tuple[Parameter, ...] = field(default=(), repr=False)

    def find(self, name: str, of: str = "", on: date | None = None) -> Parameter:
        """The parameter of that id, as it stands on a day; without a day the newest.

        ``name`` may be the whole name, ``severity_weight/critical``.

        Raises UnknownParameter if there is none, or none yet on that day.
        """
        whole = f"{name}/{of}" if of else name
        found = [one for one in self.parameters if one.name == whole and _holds(one, on)]
        if not found:
            raise UnknownParameter(whole, close_matches(whole, dict.fromkeys(one.name for one in self.parameters)))
        return max(found, key=lambda one: one.since or date.min)

    def table(self, name: str, on: date | None = None) -> dict[str, Parameter]:
        """The parameters of one id by what tells them apart, in the order of the file. Raises UnknownParameter."""
        keys = dict.fromkeys(one.of for one in self.parameters if one.id == name)
        if not keys:
            raise UnknownParameter(name, close_matches(name, dict.fromkeys(one.id for one in self.parameters)))
        return {key: self.find(name, key, on) for key in keys}

    def changed(self, values: Mapping[str, Fraction | int | str], why: str = "Set by the user.") -> ParameterSet:
        """The same set with some values set otherwise, by name. Their origin is then ``given``.

        Values are exact: a whole number, a Fraction, or text such as ``"0.25"``. One that was dated holds always.

        Raises:
            UnknownParameter: there is none of that name.
            ParameterOutOfRange: the value lies outside the parameter's limits, or is no number.
        """
        return self.under(_set(self.find(name), value, why) for name, value in values.items())

    def under(self, own: Iterable[Parameter]) -> ParameterSet:
        """The same set with other parameters in the place of those of their names, and new ones after them."""
        over: dict[str, list[Parameter]] = {}
        for one in own:
            over.setdefault(one.name, []).append(one)
        kept = [one for one in self.parameters if one.name not in over]
        return evolve(self, parameters=(*kept, *(one for group in over.values() for one in group)))

    def __iter__(self) -> Iterator[Parameter]:
        return iter(self.parameters)

    def __len__(self) -> int:
        return len(self.parameters)

    def rows(self) -> list[dict[str, object]]:
        """One row a parameter, in the order of the file."""
        return [one.row() for one in self.parameters]

    def to_dict(self) -> dict[str, object]:
        """The set and its parameters as plain values."""
        told = {"id": self.id, "title": self.title, "text": self.text}
        return {**told, "parameters": [one.to_dict() for one in self.parameters]}


def _holds(parameter: Parameter, on: date | None) -> bool:
    return on is None or parameter.since is None or parameter.since <= on


def _set(parameter: Parameter, value: Fraction | int | str, why: str) -> Parameter:
    try:
        number = exact(value) if isinstance(value, str) else Fraction(value)
    except ValueError:
        raise ParameterOutOfRange(parameter.name, str(value), "a number") from None
    if not parameter.allows(number):
        raise ParameterOutOfRange(parameter.name, _number(number), parameter.limits())
    return evolve(parameter, value=number, origin=FigureOrigin.GIVEN, why=why, since=None, citations=())


def _number(value: Fraction) -> str:
    """A parameter's value as text: all its decimals, of which the files allow six."""
    text = decimal_text(value, 6)
    return text.rstrip("0").rstrip(".") if "." in text else text
