"""Prepared views of one open export: read from their files, made once for the same parameters, remembered.

Checks, measures and HUD's report on one export build on the same views. A view is known by what its text and all the
tables under it were when it was made, so it is made again exactly when one of them has changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Protocol

__all__ = ["Session", "tables_under", "view_columns", "view_file", "view_names", "views_under"]

_FROM = re.compile(r'\b(?:FROM|JOIN)\s+"(\w+)"', re.IGNORECASE)
_COMMENT = re.compile("--.*")
_TOKEN = re.compile(r"""'[^']*'|"[^"]*"|\w+|\S""")


class Engine(Protocol):
    """What a session asks of an engine."""

    def materialize(self, table: str, select: str) -> None: ...
    def drop(self, table: str) -> None: ...
    def fill(self, table: str, columns: str, values: Iterable[Sequence[Any]]) -> None: ...


@cache
def view_file(view: str) -> str:
    """The SQL of a prepared view, as it stands in its file. Raises FileNotFoundError."""
    return (files("hmis_standards.measure") / "views" / f"{view}.sql").read_text(encoding="utf-8")


@cache
def view_names() -> frozenset[str]:
    """All prepared views."""
    folder = files("hmis_standards.measure") / "views"
    return frozenset(one.name.removesuffix(".sql") for one in folder.iterdir() if one.name.endswith(".sql"))


@cache
def view_columns(view: str) -> tuple[str, ...]:
    """The columns of a prepared view, read off its file: what its outermost SELECT names.

    Our own files are plain enough for that; to parse them takes a hundred times as long.
    """
    names: list[str] = []
    depth, listing, last = 0, False, ""
    for token in _TOKEN.findall(_COMMENT.sub("", view_file(view))):
        depth += (token == "(") - (token == ")")
        word = "" if depth else token.upper()
        if word == "SELECT":
            names, listing = [], True
        elif listing and word in {",", "FROM"}:
            names.append(last.strip('"'))
            listing = word == ","
        last = token
    return tuple(names)


@cache
def tables_under(select: str) -> tuple[str, ...]:
    """The tables and views a statement reads, in order: names in quotation marks after FROM and JOIN."""
    return tuple(dict.fromkeys(_FROM.findall(_COMMENT.sub("", select))))


def views_under(*views: str) -> frozenset[str]:
    """These views, and all views they are made of."""
    below = (one for view in views for one in tables_under(view_file(view)) if one in view_names())
    return frozenset(views).union(*map(views_under, below))


class Session:
    """Which prepared views and parameters an engine holds, and in which state."""

    def __init__(self, tables: Iterable[str]) -> None:
        """``tables`` are those of the export, which never change."""
        self._states: dict[str, Hashable] = dict.fromkeys(tables, "as loaded")
        self._counts: dict[Hashable, dict[str, int]] = {}

    def fill(self, engine: Engine, table: str, columns: str, values: Iterable[Sequence[Any]]) -> None:
        """A small table of parameters; as ``fill`` of an engine, and nothing happens if it is there and the same."""
        rows = tuple(tuple(row) for row in values)
        state = (columns, rows)
        if self._states.get(table) != state:
            engine.fill(table, columns, rows)
            self._states[table] = state

    def need(self, engine: Engine, view: str, text: Callable[[str], str] = view_file) -> None:
        """Have a view and all views under it materialized; ``text`` gives the SQL of a view."""
        state = self._state(view, text)
        if self._states.get(view) != state:
            self._need_under(engine, view, text)
            engine.materialize(view, text(view))
            self._states[view] = state

    def source(self, engine: Engine, view: str, text: Callable[[str], str] = view_file) -> str:
        """What to read a view from, once: its table if it is there, else its SQL over the views under it.

        A view that is asked for counts and nothing else need not be written down first.
        """
        if self._states.get(view) == self._state(view, text):
            return f'"{view}"'
        self._need_under(engine, view, text)
        return f'({text(view)}) AS "{view}"'

    def counts(self, view: str) -> dict[str, int]:
        """What has been counted on a view in its present state, by condition; who counts more adds to it."""
        return self._counts.setdefault(self._state(view, view_file), {})

    def drop(self, engine: Engine, views: Iterable[str]) -> None:
        """Let go of those of the views that are there."""
        for view in views:
            if view in view_names() and self._states.pop(view, None) is not None:
                engine.drop(view)

    def _need_under(self, engine: Engine, view: str, text: Callable[[str], str]) -> None:
        for one in tables_under(text(view)):
            if one in view_names():
                self.need(engine, one, text)

    def _state(self, name: str, text: Callable[[str], str]) -> Hashable:
        """The state of a table; of a view the one it has when it is made now."""
        if name not in view_names():
            return self._states.get(name, object())  # of a table filled by others nothing is known: never the same
        select = text(name)
        return (select, *(self._state(one, text) for one in tables_under(select)))
