"""The embedded engine: DuckDB in memory, without access to files or network once the tables are loaded."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from hmis_standards.errors import ExportError, MissingExtra

try:
    import duckdb
    import pyarrow
except ImportError:
    raise MissingExtra("data") from None

__all__ = ["DuckEngine"]


class DuckEngine:
    """One private in-memory database. Not shared between exports; close it to let its memory go."""

    name = "duckdb"
    errors: tuple[type[Exception], ...] = (duckdb.Error,)

    def __init__(self) -> None:
        # Data that outgrow memory are written to a folder only this user can read, and that goes with the engine.
        self._spill = tempfile.TemporaryDirectory(prefix="hmis-")
        settings = {"temp_directory": self._spill.name, "preserve_insertion_order": "false"}
        self._db: Any = duckdb.connect(":memory:", config=settings)
        self._quiet()
        self.version = str(duckdb.__version__)

    def _quiet(self) -> None:
        """No progress bar: it is on where Python is interactive, and it prints.

        In a notebook without ipywidgets it is off, and DuckDB refuses to set it to anything.
        """
        ((shown,),) = self._db.execute("SELECT current_setting('enable_progress_bar')").fetchall()
        if shown:
            self._db.execute("SET enable_progress_bar = false")

    def close(self) -> None:
        """Let go of all tables. What is asked afterwards is an ExportError."""
        self._db.close()
        self._spill.cleanup()

    def source(self, source: Any, wanted: frozenset[str]) -> None:
        """Nothing is read by the engine itself: files pass through the door."""

    def seal(self) -> None:
        """From here on no statement can reach a file, the network or an extension."""
        self._db.execute("SET preserve_insertion_order = true")
        self._db.execute("SET enable_external_access = false")
        self._db.execute("SET lock_configuration = true")

    def load(self, table: str, schema: Any, batches: Iterator[Any]) -> None:
        """A table of that Arrow schema from record batches, replacing one of that name.

        An error in making a batch comes out as it was raised. The order of the rows is not kept: ``_row`` tells it.
        """
        failed: list[BaseException] = []
        reader = pyarrow.RecordBatchReader.from_batches(schema, _watched(batches, failed))
        self._db.register("incoming", reader)
        try:
            self._db.execute(f'CREATE OR REPLACE TABLE "{table}" AS SELECT * FROM incoming')
        except duckdb.Error:
            if failed:
                raise failed[0] from None
            raise
        finally:
            self._db.unregister("incoming")
            pyarrow.default_memory_pool().release_unused()

    def _execute(self, statement: str) -> Any:
        try:
            return self._db.execute(statement)
        except duckdb.ConnectionException:
            raise ExportError("the export is closed; use it inside its `with` block") from None

    def replace(self, table: str, select: str) -> None:
        """The result of ``select``, which may read the table, in its place."""
        self._execute(f'CREATE TABLE "new {table}" AS {select}')
        self._execute(f'DROP TABLE "{table}"')
        self._execute(f'ALTER TABLE "new {table}" RENAME TO "{table}"')

    def drop(self, table: str) -> None:
        """Let go of a table."""
        self._execute(f'DROP TABLE "{table}"')

    def materialize(self, table: str, select: str) -> None:
        """The result of ``select`` as a temporary table, replacing one of that name."""
        self._execute(f'CREATE OR REPLACE TEMP TABLE "{table}" AS {select}')

    def rows(self, select: str) -> list[dict[str, Any]]:
        """All rows of a query, as dicts by column name."""
        result = self._execute(select)
        names = [column[0] for column in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    def rows_of_all(self, selects: Sequence[str]) -> list[dict[str, Any]]:
        """The rows of many queries that have the same columns: one after the other, for the sake of memory."""
        return [row for select in selects for row in self.rows(select)]

    def fill(self, table: str, columns: str, values: Iterable[Sequence[Any]]) -> None:
        """A temporary table of a few parameters; ``columns`` as in CREATE TABLE."""
        self._execute(f'CREATE OR REPLACE TEMP TABLE "{table}" ({columns})')
        listed = [list(column) for column in zip(*values, strict=True)]  # an Arrow table would have pandas imported
        if listed:
            places = ", ".join("unnest(?)" for _ in listed)
            self._db.execute(f'INSERT INTO "{table}" SELECT {places}', listed)


def _watched(batches: Iterator[Any], failed: list[BaseException]) -> Iterator[Any]:
    """The batches, and in ``failed`` what went wrong in making one: the engine would only pass on its text."""
    try:
        yield from batches
    except BaseException as error:
        failed.append(error)
        raise
