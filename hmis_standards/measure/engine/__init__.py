"""Data engines: the only modules that import one. An engine holds typed tables and answers with integers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from hmis_standards.measure.door.source import Source

__all__ = ["ENGINES", "Engine", "engine_named"]

ENGINES = ("duckdb", "spark")


class Engine(Protocol):
    """What an engine must do. SQL is the portable subset that every engine understands."""

    name: str
    version: str
    errors: tuple[type[Exception], ...]
    """Whatever the engine raises; its messages may hold cells, so none of them may be shown."""

    def source(self, source: Any, wanted: frozenset[str]) -> Source | None:
        """The tables of a source that the engine reads by itself; None where they have to be read for it."""

    def load(self, table: str, schema: Any, batches: Iterator[Any]) -> None:
        """A table of that Arrow schema from record batches, replacing one of that name."""

    def replace(self, table: str, select: str) -> None:
        """The result of ``select``, which may read the table, in its place."""

    def drop(self, table: str) -> None:
        """Let go of a table."""

    def materialize(self, table: str, select: str) -> None:
        """The result of ``select`` as a temporary table, replacing one of that name."""

    def rows(self, select: str) -> list[dict[str, Any]]:
        """All rows of a query, as dicts by column name."""

    def rows_of_all(self, selects: Sequence[str]) -> list[dict[str, Any]]:
        """The rows of many queries that have the same columns."""

    def fill(self, table: str, columns: str, values: Iterable[Sequence[Any]]) -> None:
        """A temporary table of a few parameters; ``columns`` as in CREATE TABLE."""

    def seal(self) -> None:
        """From here on no statement can reach a file, the network or an extension."""

    def close(self) -> None:
        """Let go of all tables."""


def engine_named(name: str, session: Any = None) -> Engine:
    """A new engine. ``session`` is a SparkSession, for ``"spark"`` only.

    Raises:
        MissingExtra: its library is not installed.
        ValueError: there is no such engine, or it takes no session.
    """
    if name not in ENGINES:
        raise ValueError(f"engine is one of {', '.join(ENGINES)}, not {name!r}")
    if name == "spark":
        from hmis_standards.measure.engine.spark import SparkEngine

        return SparkEngine(session)
    if session is not None:
        raise ValueError("only the engine 'spark' takes a session")
    from hmis_standards.measure.engine.duck import DuckEngine

    return DuckEngine()
