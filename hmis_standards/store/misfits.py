"""What is wrong with data that did not fit its class: every fault with its line.

The converter library is the judge; it is imported only when there is something to tell.
"""

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
from hmis_standards.store.raw import Raw
from hmis_standards.store.values import day, fraction, limit, text, truth, whole, word

__all__ = ["structure_or_tell"]

T = TypeVar("T")


def structure_or_tell(raw: Raw, cls: type[T], data: Any, at: tuple[str | int, ...]) -> T:
    """``data``, which stands at ``at`` in the file, as an instance of ``cls``.

    Raises:
        InvalidDocument: with one problem for each value that does not fit, each with its line.
    """
    if not isinstance(data, dict):
        pointer = "/".join(str(part) for part in at)
        problem = Problem(raw.path, raw.line_of(at), pointer, "should be a mapping")
        raise InvalidDocument(raw.path, (problem,))
    try:
        return _CONVERTER.structure(data, cls)
    except (ClassValidationError, IterableValidationError, ValueError, TypeError, KeyError) as error:
        told = transform_error(error, format_exception=_words)
        raise InvalidDocument(raw.path, tuple(_problem(raw, one, at) for one in told)) from None


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
    # Words of closed lists are text too, and cattrs asks the hook of their base class.
    return word(value, cls) if issubclass(cls, Enum) else text(value)


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
    converter.register_structure_hook(int, lambda value, _: whole(value))
    converter.register_structure_hook(bool, lambda value, _: truth(value))
    converter.register_structure_hook(Fraction, lambda value, _: fraction(value))
    converter.register_structure_hook(date, lambda value, _: day(value))
    converter.register_structure_hook_func(lambda cls: getattr(cls, "__origin__", None) is tuple, _sequence)
    converter.register_structure_hook_func(
        lambda cls: cls == Fraction | tuple[Fraction, Fraction], lambda value, _: limit(value)
    )
    converter.register_structure_hook_func(
        lambda cls: cls == Fraction | tuple[Fraction, Fraction] | None,
        lambda value, _: None if value is None else limit(value),
    )
    converter.register_structure_hook_factory(
        lambda cls: hasattr(cls, "__attrs_attrs__"),
        lambda cls: make_dict_structure_fn(cls, converter, _cattrs_forbid_extra_keys=True, **_renamed(cls)),
    )
    return converter


_CONVERTER = _converter()
