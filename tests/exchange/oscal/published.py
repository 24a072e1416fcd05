"""NIST's published JSON Schema of OSCAL 1.1.3, ready to judge a document."""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import fastjsonschema

__all__ = ["check", "schema"]

_FILE = Path(__file__).parent / "nist" / "oscal_complete_schema.json"
_CLASS = re.compile(r"\\p\{(?P<name>[A-Z])\}")


@cache
def schema() -> dict[str, Any]:
    """The schema, its patterns in the words of Python.

    NIST writes ECMA patterns. Two things are said otherwise in Python: ``\\p{L}`` is not known, and becomes the letters
    themselves; ``$`` would also match before a line end at the end of a text, and becomes ``\\Z``.
    """
    data: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return {name: _translated(one) for name, one in data.items()}


def _translated(node: Any) -> Any:
    if isinstance(node, list):
        return [_translated(one) for one in node]
    if not isinstance(node, dict):
        return node
    # An id that is a mere fragment names nothing that its place does not name already.
    kept = {name: one for name, one in node.items() if not (name == "$id" and str(one).startswith("#"))}
    return {
        name: _pattern(one) if name == "pattern" and isinstance(one, str) else _translated(one)
        for name, one in kept.items()
    }


def _pattern(text: str) -> str:
    found = _CLASS.sub(lambda one: f"[{_members(one['name'])}]", text)
    return found[:-1] + r"\Z" if found.endswith("$") else found


@cache
def _members(group: str) -> str:
    """All characters of a general category of Unicode, as ranges for a class of a pattern."""
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in _ranges(group))


def _ranges(group: str) -> Iterator[tuple[int, int]]:
    first = None
    for number in range(sys.maxunicode + 2):
        inside = number <= sys.maxunicode and unicodedata.category(chr(number))[0] == group
        if inside and first is None:
            first = number
        elif not inside and first is not None:
            yield first, number - 1
            first = None


@cache
def _judge() -> Callable[[Any], Any]:
    made: Callable[[Any], Any] = fastjsonschema.compile(schema(), use_formats=False)
    return made


def check(document: Any) -> None:
    """Raise if the document does not fit the schema."""
    _judge()(document)
