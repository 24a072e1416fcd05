"""From plain data to frozen objects, strictly: no value is bent to fit, no key is dropped."""

from __future__ import annotations

import re
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any, TypeVar, get_args

from cattrs import ClassValidationError, Converter, IterableValidationError, transform_error
from cattrs.errors import ForbiddenExtraKeysError
from cattrs.gen import make_dict_structure_fn, override

from hmis_standards.errors import InvalidDocument, Problem
from hmis_standards.ids import close_matches
from hmis_standards.store.raw import Raw

__all__ = ["structure"]

T = TypeVar("T")
_NUMBER = re.compile(r"^-?[0-9]+(\.[0-9]+|/[1-9][0-9]*)?$")


def structure(raw: Raw, cls: type[T], data: Any = None, at: tuple[str | int, ...] = ()) -> T:
    """``raw.data`` (or ``data``, taken from it at ``at``) as an instance of ``cls``.

    Raises:
        InvalidDocument: with one problem for each value that does not fit, each with its line.
    """
    found = raw.data if data is None else data
    if not isinstance(found, dict):
        pointer = "/".join(str(part) for part in at)
        problem = Problem(raw.path, raw.line_of(at), pointer, "should be a mapping")
        raise InvalidDocument(raw.path, (problem,))
    try:
        return _CONVERTER.structure(found, cls)
    except (ClassValidationError, IterableValidationError, ValueError, TypeError, KeyError) as error:
        told = transform_error(error, format_exception=_words)
        raise InvalidDocument(raw.path, tuple(_problem(raw, text, at) for text in told)) from None


def _problem(raw: Raw, told: str, at: tuple[str | int, ...]) -> Problem:
    message, _, path = told.rpartition(" @ $")
    pointer = (*at, *_pointer(path))
    return Problem(raw.path, raw.line_of(pointer), "/".join(str(part) for part in pointer), message or told)


def _pointer(path: str) -> tuple[str | int, ...]:
    """``.items[0].title`` as ``("items", 0, "title")``."""
    return tuple(int(index) if index else name for name, index in re.findall(r"\.([^.\[]+)|\[(\d+)\]", path))


def _words(error: BaseException, type_: type | None) -> str:
    if isinstance(error, KeyError):
        return f"missing {error.args[0]}"
    if isinstance(error, ForbiddenExtraKeysError):
        return f"unknown key {', '.join(sorted(error.extra_fields))}"
    return str(error)


def _text(value: Any, cls: type[str]) -> Any:
    if cls is str and isinstance(value, str):
        return value
    # Words of closed lists are text too, and cattrs asks the hook of their base class.
    if issubclass(cls, Enum):
        return _word(value, cls)
    raise ValueError(f"should be text, is {value!r}")


def _whole(value: Any, _: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise ValueError(f"should be a whole number, is {value!r}")


def _truth(value: Any, _: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise ValueError(f"should be true or false, is {value!r}")


def _fraction(value: Any, _: Any) -> Fraction:
    if isinstance(value, int) and not isinstance(value, bool):
        return Fraction(value)
    if isinstance(value, str) and _NUMBER.match(value):
        return Fraction(value)
    raise ValueError(f'should be a number in quotes such as "0.05" or "1/2", is {value!r}')


def _day(value: Any, _: Any) -> date:
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else _no_day(value)
    except ValueError:
        return _no_day(value)


def _no_day(value: Any) -> date:
    raise ValueError(f'should be a date in quotes such as "2026-03-01", is {value!r}')


def _word(value: Any, cls: type[Any]) -> Any:
    """The member of a closed list."""
    member = cls._value2member_map_.get(value) if isinstance(value, str) else None
    if member is not None:
        return member
    known = [str(one.value) for one in cls]
    close = close_matches(str(value), known, most=1)
    hint = f"; did you mean {close[0]}?" if close else ""
    raise ValueError(f"{value!r} is not one of {', '.join(known)}{hint}")


def _limit(value: Any, _: Any) -> Fraction | tuple[Fraction, Fraction]:
    """A target's limit: one number, or the lowest and the highest."""
    if not isinstance(value, list):
        return _fraction(value, None)
    if len(value) != 2:
        raise ValueError("a range has two numbers, lowest and highest")
    return _fraction(value[0], None), _fraction(value[1], None)


def _sequence(value: Any, cls: Any) -> tuple[Any, ...]:
    inner = get_args(cls)
    if isinstance(value, list) and inner[1:] == (Ellipsis,):
        return tuple(_CONVERTER.structure(value, list[inner[0]]))  # type: ignore[valid-type]
    if isinstance(value, list) and len(value) == len(inner):
        return tuple(_CONVERTER.structure(one, kind) for one, kind in zip(value, inner, strict=True))
    raise ValueError(f"should be a list{'' if inner[1:] == (Ellipsis,) else f' of {len(inner)}'}, is {value!r}")


def _renamed(cls: Any) -> dict[str, Any]:
    """Fields whose key in the YAML is a word of Python, such as ``from``."""
    named = {one.name: one.metadata["yaml"] for one in cls.__attrs_attrs__ if "yaml" in one.metadata}
    return {name: override(rename=key) for name, key in named.items()}


def _converter() -> Converter:
    converter = Converter(forbid_extra_keys=True, detailed_validation=True)
    converter.register_structure_hook(str, _text)
    converter.register_structure_hook(int, _whole)
    converter.register_structure_hook(bool, _truth)
    converter.register_structure_hook(Fraction, _fraction)
    converter.register_structure_hook(date, _day)
    converter.register_structure_hook_func(lambda cls: getattr(cls, "__origin__", None) is tuple, _sequence)
    converter.register_structure_hook_func(lambda cls: cls == Fraction | tuple[Fraction, Fraction], _limit)
    converter.register_structure_hook_func(
        lambda cls: cls == Fraction | tuple[Fraction, Fraction] | None,
        lambda value, cls: None if value is None else _limit(value, cls),
    )
    converter.register_structure_hook_factory(
        lambda cls: hasattr(cls, "__attrs_attrs__"),
        lambda cls: make_dict_structure_fn(cls, converter, _cattrs_forbid_extra_keys=True, **_renamed(cls)),
    )
    return converter


_CONVERTER = _converter()
