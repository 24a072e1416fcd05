"""Data engines: the only modules that import one. An engine holds typed tables and answers with integers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol

__all__ = ["Engine"]


class Engine(Protocol):
    """What an engine must do. SQL is the portable subset that every engine understands."""

    name: str
    version: str

    def load(self, table: str, schema: Any, batches: Iterator[Any]) -> None:
        """A table of that Arrow schema from record batches, replacing one of that name."""

    def replace(self, table: str, select: str) -> None:
        """The result of ``select``, which may read the table, in its place."""

    def run(self, statement: str) -> None:
        """Execute a statement that gives nothing back."""

    def materialize(self, table: str, select: str) -> None:
        """The result of ``select`` as a temporary table, replacing one of that name."""

    def drop(self, table: str) -> None:
        """Let go of a table."""

    def rows(self, select: str) -> list[dict[str, Any]]:
        """All rows of a query, as dicts by column name."""

    def fill(self, table: str, columns: str, values: Iterable[Sequence[Any]]) -> None:
        """A temporary table of a few parameters; ``columns`` as in CREATE TABLE."""

    def seal(self) -> None:
        """From here on no statement can reach a file, the network or an extension."""

    def close(self) -> None:
        """Let go of all tables."""
