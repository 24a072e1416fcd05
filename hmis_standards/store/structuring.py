"""From plain data to frozen objects, strictly: no value is bent to fit, no key is dropped.

Data that fits is made into objects here, by a maker for each type that is put together on first use. What does not
fit goes to ``store/misfits.py``, which tells every fault: only then is the converter library imported.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import Enum
from fractions import Fraction
from functools import partial
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from hmis_standards.store.raw import Raw
from hmis_standards.store.values import day, fraction, limit, text, truth, whole, word

__all__ = ["maker", "structure"]

T = TypeVar("T")
Maker = Callable[[Any], Any]

# What makes values of a type: of these to begin with, of the others once they have been asked for.
_MAKERS: dict[Any, Maker] = {
    str: text,
    int: whole,
    bool: truth,
    Fraction: fraction,
    date: day,
    Fraction | tuple[Fraction, Fraction]: limit,
}


def structure(raw: Raw, cls: type[T], data: Any = None, at: tuple[str | int, ...] = ()) -> T:
    """``raw.data`` (or ``data``, taken from it at ``at``) as an instance of ``cls``.

    Raises:
        InvalidDocument: with one problem for each value that does not fit, each with its line.
    """
    found = raw.data if data is None else data
    try:
        made: T = maker(cls)(found)
    except (ValueError, TypeError, KeyError):
        from hmis_standards.store.misfits import structure_or_tell

        return structure_or_tell(raw, cls, found, at)
    return made


def maker(kind: Any) -> Maker:
    """What makes a value of a type from plain data. It raises ValueError, TypeError or KeyError for what does not fit.

    Raises TypeError for a type that no YAML can hold.
    """
    found = _MAKERS.get(kind)
    return found if found is not None else _MAKERS.setdefault(kind, _new_maker(kind))


def _new_maker(kind: Any) -> Maker:
    if isinstance(kind, type) and issubclass(kind, Enum):
        return partial(word, words=kind)
    if hasattr(kind, "__attrs_attrs__"):
        return _record(kind)
    if get_origin(kind) is tuple:
        return _sequence(*get_args(kind))
    if get_origin(kind) is UnionType and NoneType in get_args(kind):
        return _perhaps(kind)
    raise TypeError(f"{kind} cannot be read")


def _record(cls: type[Any]) -> Maker:
    """A mapping as an instance of a class; the constructor itself refuses what lacks a field."""
    hints = get_type_hints(cls)
    fields = {one.metadata.get("yaml", one.name): (one.alias, maker(hints[one.name])) for one in cls.__attrs_attrs__}

    def record(data: Any) -> Any:
        if not isinstance(data, dict):
            raise TypeError("should be a mapping")
        given = {}
        for key, value in data.items():
            name, make = fields[key]
            given[name] = make(value)
        return cls(**given)

    return record


def _sequence(*kinds: Any) -> Maker:
    """A list as a tuple: of any length and one kind, or of so many values each of its own kind."""
    makers = [maker(kind) for kind in kinds if kind is not Ellipsis]
    if kinds[1:] == (Ellipsis,):
        return lambda value: tuple(map(makers[0], _listed(value)))
    return lambda value: tuple(make(one) for make, one in zip(makers, _listed(value), strict=True))


def _listed(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    raise TypeError("should be a list")


def _perhaps(kind: Any) -> Maker:
    """None, or what the rest of the union takes."""
    rest = [one for one in get_args(kind) if one is not NoneType]
    make = maker(rest[0] if len(rest) == 1 else rest[0] | rest[1])
    return lambda value: None if value is None else make(value)
