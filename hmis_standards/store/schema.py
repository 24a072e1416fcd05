"""JSON Schema: the first judge of a file, and the published description of its shape."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator, validators
from jsonschema.exceptions import ValidationError, best_match

from hmis_standards.errors import Problem
from hmis_standards.ids import close_matches
from hmis_standards.store.locate import schema_text
from hmis_standards.store.raw import Raw

__all__ = ["KINDS", "check_shape", "kind_of"]

KINDS = (
    "index",
    "document",
    "items",
    "sources",
    "scales",
    "ratings",
    "measures",
    "benchmarks",
    "crosswalk",
    "changes",
    "retired",
    "hmis_csv",
    "profile",
    "alignment",
    "assessment",
)


def kind_of(raw: Raw) -> str | None:
    """The kind a file says it is (``format: hmis-standards/<kind>/1``), or None."""
    stated = raw.data.get("format") if isinstance(raw.data, dict) else None
    parts = stated.split("/") if isinstance(stated, str) else []
    return parts[1] if len(parts) == 3 and parts[0] == "hmis-standards" and parts[1] in KINDS else None


def check_shape(raw: Raw, kind: str) -> list[Problem]:
    """All places where the file departs from the schema of its kind, each with its line."""
    errors = sorted(_validator(kind).iter_errors(raw.data), key=lambda e: [str(part) for part in e.absolute_path])
    return [_problem(raw, _innermost(error)) for error in errors]


@cache
def _validator(kind: str) -> Any:
    return _Validator(json.loads(schema_text(kind)), format_checker=Draft202012Validator.FORMAT_CHECKER)


def _properties(validator: Any, properties: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
    """The keyword ``properties``, without opening a validator for each text that is plainly right: most are."""
    if not validator.is_type(instance, "object"):
        return
    for name, below in properties.items():
        if name in instance and not _plainly_right(instance[name], below):
            yield from validator.descend(instance[name], below, path=name, schema_path=name)


def _items(validator: Any, items: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
    """The keyword ``items``, in the same way; our schemas have no ``prefixItems`` beside it."""
    if not validator.is_type(instance, "array"):
        return
    for place, one in enumerate(instance):
        if not _plainly_right(one, items):
            yield from validator.descend(one, items, path=place)


def _plainly_right(value: Any, schema: Any) -> bool:
    """Whether a text or a word surely fits; False where that takes a closer look."""
    if not isinstance(value, str) or not isinstance(schema, dict) or not _SIMPLE.issuperset(schema):
        return False
    if "enum" in schema:
        return value in schema["enum"] and len(schema) <= 1 + ("description" in schema)
    right = schema.get("type") == "string" and len(value) >= schema.get("minLength", 0)
    return right and ("pattern" not in schema or re.search(schema["pattern"], value) is not None)


_SIMPLE = frozenset({"description", "enum", "minLength", "pattern", "type"})
_Validator: type[Any] = validators.extend(  # type: ignore[no-untyped-call]
    Draft202012Validator, {"properties": _properties, "items": _items}
)


def _innermost(error: ValidationError) -> ValidationError:
    """For a failed anyOf, the branch that came closest."""
    return best_match([error]) or error


def _problem(raw: Raw, error: ValidationError) -> Problem:
    pointer = (*error.absolute_path, *_extra_keys(error)[:1])
    message, hint = _words(error)
    return Problem(raw.path, raw.line_of(pointer), "/".join(map(str, error.absolute_path)), message, hint)


def _words(error: ValidationError) -> tuple[str, str]:
    """What is wrong in a sentence, and the near miss if there is one."""
    teller = _TELLERS.get(str(error.validator))
    return teller(error) if teller else (f"{_shown(error.instance)} is not {_described(error)}", "")


def _extra_keys(error: ValidationError) -> list[str]:
    if error.validator != "additionalProperties":
        return []
    return [str(key) for key in _instance(error) if key not in _known_keys(error)]


def _known_keys(error: ValidationError) -> list[str]:
    return list(error.schema.get("properties", {})) if isinstance(error.schema, dict) else []


def _instance(error: ValidationError) -> Any:
    return error.instance


def _expected(error: ValidationError) -> Any:
    return error.validator_value


def _described(error: ValidationError) -> str:
    told = error.schema.get("description") if isinstance(error.schema, dict) else None
    return f"what is asked for: {told}" if told else "what is asked for"


def _extra(error: ValidationError) -> tuple[str, str]:
    extra = _extra_keys(error)
    return f"unknown key {', '.join(map(repr, extra))}", _near(extra, _known_keys(error))


def _missing(error: ValidationError) -> tuple[str, str]:
    # jsonschema reports each absent key by itself; its message alone says which one.
    return f"missing {error.message.split(' is a required')[0]}", ""


def _enum(error: ValidationError) -> tuple[str, str]:
    allowed = [str(word) for word in _expected(error)]
    return f"{_shown(error.instance)} is not one of {', '.join(allowed)}", _near([str(error.instance)], allowed)


def _type(error: ValidationError) -> tuple[str, str]:
    value = _expected(error)
    wanted = [value] if isinstance(value, str) else list(value)
    return f"should be {' or '.join(_TYPES.get(one, one) for one in wanted)}, is {_shown(error.instance)}", ""


def _const(error: ValidationError) -> tuple[str, str]:
    return f"should be {_plain(_expected(error))}, is {_shown(error.instance)}", ""


def _few(error: ValidationError) -> tuple[str, str]:
    return f"should have at least {_expected(error)}, has {len(_instance(error))}", ""


def _empty(error: ValidationError) -> tuple[str, str]:
    return "is empty", ""


def _many(error: ValidationError) -> tuple[str, str]:
    return f"should have at most {_expected(error)}, has {len(_instance(error))}", ""


def _twice(error: ValidationError) -> tuple[str, str]:
    return "the same value stands in the list twice", ""


def _low(error: ValidationError) -> tuple[str, str]:
    return f"should be {_expected(error)} or more, is {_shown(error.instance)}", ""


def _high(error: ValidationError) -> tuple[str, str]:
    return f"should be {_expected(error)} or less, is {_shown(error.instance)}", ""


def _day(error: ValidationError) -> tuple[str, str]:
    return f"{_shown(error.instance)} is not a day of the calendar", "write it as year-month-day, such as 2026-03-01"


def _plain(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _shown(value: Any) -> str:
    text = repr(value) if isinstance(value, str) else _plain(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _near(wrong: Iterable[str], known: list[str]) -> str:
    close = [match for word in wrong for match in close_matches(word, known, most=1)]
    return f"did you mean {close[0]}?" if close else ""


_TYPES = {
    "object": "a mapping",
    "array": "a list",
    "string": "text in quotes",
    "integer": "a whole number",
    "boolean": "true or false",
    "null": "empty",
}
_TELLERS = {
    "additionalProperties": _extra,
    "required": _missing,
    "enum": _enum,
    "type": _type,
    "const": _const,
    "format": _day,
    "minItems": _few,
    "minLength": _empty,
    "maxItems": _many,
    "maxLength": _many,
    "uniqueItems": _twice,
    "minimum": _low,
    "maximum": _high,
}
