"""Text and tables of Markdown in which nothing that somebody wrote can act."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from hmis_standards.tabular import visible

__all__ = ["columns", "grid", "text"]

_SPECIAL = re.compile(r"([\\`*_\[\]|~#$])")
_BULLET = re.compile(r"^([-+=])(?=\s|\1|$)")
_NUMBER = re.compile(r"^(\d+)([.)])(?=\s|$)")


def text(value: object) -> str:
    """``value`` on one line, with nothing in it that Markdown or HTML would act on."""
    flat = " ".join(visible(str(value)).split())
    flat = flat.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    flat = _SPECIAL.sub(r"\\\1", flat)
    flat = re.sub(r"(?i)\b(https?|ftp|mailto|www)(:|\.)", r"\1&#8203;\2", flat)
    return _NUMBER.sub(r"\1\\\2", _BULLET.sub(r"\\\1", flat))


def grid(header: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """A table, line by line; every cell is one line and harmless."""
    names = list(header)
    yield "| " + " | ".join(text(name) for name in names) + " |"
    yield "| " + " | ".join("---" for _ in names) + " |"
    for row in rows:
        yield "| " + " | ".join(text(cell) for cell in row) + " |"
    yield ""


def columns(header: tuple[str, ...], rows: Iterable[tuple[object, ...]], last: bool) -> Iterator[str]:
    """The table, without its last column unless that is wanted."""
    end = len(header) if last else -1
    yield from grid(header[:end], (row[:end] for row in rows))
