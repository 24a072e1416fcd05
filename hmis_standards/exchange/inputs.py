"""Files that people fill in for the working tools: one way to read them, and to tell every fault with its line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from hmis_standards.errors import InvalidDocument, Problem
from hmis_standards.ids import close_matches
from hmis_standards.store import Raw, read_raw, structure
from hmis_standards.store.schema import check_shape

__all__ = ["Fault", "Place", "Rules", "input_problems", "named_twice", "near", "read_input"]

T = TypeVar("T")
Place = tuple[str | int, ...]
Fault = tuple[Place, str, str]
"""Where in the file, what is wrong, what to do about it."""
Rules = Callable[[T], Iterable[Fault]]


def read_input(path: str | Path, kind: str, cls: type[T], rules: Rules[T]) -> T:
    """The file as an instance of ``cls``.

    Raises:
        InvalidDocument: the file has another shape, or breaks a rule; all problems are listed with their lines.
        DocumentSyntaxError: it is not readable as YAML or JSON.
        OSError: it cannot be opened.
    """
    raw = read_raw(Path(path))
    problems = [*check_shape(raw, kind)] or input_problems(raw, cls, rules)
    if problems:
        raise InvalidDocument(str(path), tuple(problems))
    return _made(raw, cls)


def input_problems(raw: Raw, cls: type[T], rules: Rules[T]) -> list[Problem]:
    """What is wrong with a file whose shape fits its schema."""
    try:
        found = _made(raw, cls)
    except InvalidDocument as error:
        return list(error.problems)
    return [
        Problem(raw.path, raw.line_of(at), "/".join(map(str, at)), message, hint) for at, message, hint in rules(found)
    ]


def named_twice(at: Place, names: Iterable[str], key: str = "name") -> Iterator[Fault]:
    """A fault for each entry of the list at a place whose name, under a key, stood there before."""
    seen: set[str] = set()
    for place, name in enumerate(names):
        if name in seen:
            yield (*at, place, key), f"{name!r} is there twice", "each needs a name of its own"
        seen.add(name)


def near(name: str, known: Iterable[str]) -> str:
    """A hint at the name that was meant."""
    close = close_matches(name, list(known), most=1)
    return f"did you mean {close[0]}?" if close else ""


def _made(raw: Raw, cls: type[T]) -> T:
    return structure(raw, cls, {key: value for key, value in raw.data.items() if key != "format"})
