"""Whether data plainly fits a JSON Schema: a quick yes, so that files with nothing wrong never meet the validator.

A schema is put together once, as one small test for each keyword. A keyword, or a value, on which there could be two
opinions raises Unsure: then the validator library decides.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

from hmis_standards.store.locate import schema_text

__all__ = ["plainly_fits"]

Test = Callable[[Any], bool]
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Unsure(Exception):
    """Take a closer look."""


def plainly_fits(data: Any, kind: str) -> bool:
    """Whether data surely fits the schema of a kind; False where it does not, or where that is not plain."""
    try:
        return _of_kind(kind)(data)
    except (Unsure, RecursionError):
        return False


@cache
def _of_kind(kind: str) -> Test:
    schema = json.loads(schema_text(kind))
    return _Whole(schema).test(schema)


class _Whole:
    """A whole schema, into which the references of its parts point, and what makes their tests."""

    def __init__(self, schema: Any) -> None:
        self.schema = schema
        self.referred: dict[str, Test] = {}

    def test(self, schema: Any) -> Test:
        """The test of a schema: that of each of its keywords, in turn."""
        if isinstance(schema, bool):
            return lambda value: schema
        tests = [self.keyword(name, schema) for name in schema if name not in _SAYS_NOTHING]
        return tests[0] if len(tests) == 1 else lambda value: all(test(value) for test in tests)

    def keyword(self, name: str, schema: dict[str, Any]) -> Test:
        if name in _SIMPLE:
            return _SIMPLE[name](schema[name])
        return _NESTED[name](self, schema) if name in _NESTED else _unsure

    def reference(self, schema: dict[str, Any]) -> Test:
        way = schema["$ref"]
        if way not in self.referred:
            found = self.schema
            for name in way.split("/")[1:]:
                found = found[name]
            self.referred[way] = self.test(found)
        return self.referred[way]

    def properties(self, schema: dict[str, Any]) -> Test:
        tests = {name: self.test(one) for name, one in schema["properties"].items()}

        def test(value: Any) -> bool:
            if not isinstance(value, dict):
                return True
            return all(tests[name](one) for name, one in value.items() if name in tests)

        return test

    def other_properties(self, schema: dict[str, Any]) -> Test:
        known = schema.get("properties", {}).keys()
        test = self.test(schema["additionalProperties"])
        return lambda value: not isinstance(value, dict) or all(test(value[name]) for name in value.keys() - known)

    def items(self, schema: dict[str, Any]) -> Test:
        test = self.test(schema["items"])
        return lambda value: not isinstance(value, list) or all(map(test, value))

    def all_of(self, schema: dict[str, Any]) -> Test:
        tests = [self.test(one) for one in schema["allOf"]]
        return lambda value: all(test(value) for test in tests)

    def any_of(self, schema: dict[str, Any]) -> Test:
        tests = [self.test(one) for one in schema["anyOf"]]
        return lambda value: any(test(value) for test in tests)

    def either(self, schema: dict[str, Any]) -> Test:
        which, then, other = (self.test(schema.get(name, True)) for name in ("if", "then", "else"))
        return lambda value: then(value) if which(value) else other(value)


def _unsure(value: Any) -> bool:
    raise Unsure


def _type(wanted: str | list[str]) -> Test:
    kinds = {kind for one in ([wanted] if isinstance(wanted, str) else wanted) for kind in _TYPES[one]}
    return lambda value: type(value) in kinds


def _enum(words: list[Any]) -> Test:
    known = {(type(one), one) for one in words}
    return lambda value: isinstance(value, (str, int, type(None))) and (type(value), value) in known


def _required(names: list[str]) -> Test:
    wanted = frozenset(names)
    return lambda value: not isinstance(value, dict) or wanted <= value.keys()


def _pattern(pattern: str) -> Test:
    found = re.compile(pattern).search
    return lambda value: not isinstance(value, str) or found(value) is not None


def _format(name: str) -> Test:
    return _day if name == "date" else _unsure


def _day(value: Any) -> bool:
    """Whether it is a day; what is no text is left to ``type``, and what is no day to the validator."""
    if not isinstance(value, str):
        return True
    try:
        return _DAY.fullmatch(value) is not None and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _size(kind: type[Any], fits: Callable[[int, int], bool]) -> Callable[[int], Test]:
    return lambda limit: lambda value: not isinstance(value, kind) or fits(len(value), limit)


def _number(fits: Callable[[int, int], bool]) -> Callable[[int], Test]:
    return lambda limit: lambda value: not isinstance(value, int) or isinstance(value, bool) or fits(value, limit)


def _unique(wanted: bool) -> Test:
    def test(value: Any) -> bool:
        if not wanted or not isinstance(value, list):
            return True
        if not all(isinstance(one, (str, int)) for one in value):
            raise Unsure
        return len({(type(one), one) for one in value}) == len(value)

    return test


def _least(value: int, limit: int) -> bool:
    return value >= limit


def _most(value: int, limit: int) -> bool:
    return value <= limit


_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}
_SAYS_NOTHING = frozenset({"$schema", "$id", "$defs", "title", "description", "then", "else"})
_NESTED: dict[str, Callable[[_Whole, dict[str, Any]], Test]] = {
    "$ref": _Whole.reference,
    "properties": _Whole.properties,
    "additionalProperties": _Whole.other_properties,
    "items": _Whole.items,
    "allOf": _Whole.all_of,
    "anyOf": _Whole.any_of,
    "if": _Whole.either,
}
_SIMPLE: dict[str, Callable[[Any], Test]] = {
    "type": _type,
    "enum": _enum,
    "const": lambda one: _enum([one]),
    "required": _required,
    "pattern": _pattern,
    "format": _format,
    "minLength": _size(str, _least),
    "maxLength": _size(str, _most),
    "minItems": _size(list, _least),
    "maxItems": _size(list, _most),
    "minProperties": _size(dict, _least),
    "minimum": _number(_least),
    "maximum": _number(_most),
    "uniqueItems": _unique,
}
