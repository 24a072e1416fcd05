"""Where a file departs from its JSON Schema, in sentences. The validator library is imported only for that."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError, best_match

from hmis_standards.errors import Problem
from hmis_standards.ids import close_matches
from hmis_standards.store.locate import schema_text
from hmis_standards.store.raw import Raw

__all__ = ["shape_faults"]


def shape_faults(raw: Raw, kind: str) -> list[Problem]:
    """All places where the file departs from the schema of its kind, each with its line."""
    errors = sorted(_validator(kind).iter_errors(raw.data), key=lambda e: [str(part) for part in e.absolute_path])
    return [_problem(raw, _innermost(error)) for error in errors]


@cache
def _validator(kind: str) -> Any:
    return Draft202012Validator(json.loads(schema_text(kind)), format_checker=Draft202012Validator.FORMAT_CHECKER)


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
