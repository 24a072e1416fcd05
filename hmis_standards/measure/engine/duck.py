"""The embedded engine: DuckDB in memory, without access to files or network once the tables are loaded."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from hmis_standards.errors import ExportError, MissingExtra
from hmis_standards.measure.files import NOT_UTF8, text_fault

try:
    import duckdb
except ImportError:
    raise MissingExtra("data") from None

__all__ = ["DuckEngine", "EngineError"]

EngineError: type[Exception] = duckdb.Error
"""Whatever the engine raises; its messages may hold cells, so none of them may be shown."""


class DuckEngine:
    """One private in-memory database. Not shared between exports; close it to let its memory go."""

    name = "duckdb"

    def __init__(self) -> None:
        # Data that outgrow memory are written to a folder only this user can read, and that goes with the engine.
        self._spill = tempfile.TemporaryDirectory(prefix="hmis-")
        self._db: Any = duckdb.connect(":memory:", config={"temp_directory": self._spill.name})
        self.version = str(duckdb.__version__)

    def close(self) -> None:
        """Let go of all tables. What is asked afterwards is an ExportError."""
        self._db.close()
        self._spill.cleanup()

    def seal(self) -> None:
        """From here on no statement can reach a file, the network or an extension."""
        self._db.execute("SET enable_external_access = false")
        self._db.execute("SET lock_configuration = true")

    def load_csv(self, table: str, path: Path, header: Sequence[str]) -> None:
        """The file as a table ``raw_<table>`` of text columns named by ``header``.

        Raises:
            ExportError: the file is not well-formed CSV; names the line, never its content.
        """
        columns = ", ".join(f"{_text(name)}: 'VARCHAR'" for name in header)
        options = (
            f"auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"', columns = {{{columns}}}"
        )
        try:
            source = f"read_csv({_text(_literal(path))}, {options})"
            self._db.execute(f'CREATE TABLE "raw_{table}" AS SELECT * FROM {source}')
        except duckdb.Error as error:
            raise ExportError(text_fault(table, path) or _csv_fault(table, str(error))) from None

    def load_arrow(self, table: str, arrow: Any) -> None:
        """An Arrow table as ``raw_<table>``; every column becomes text.

        Raises:
            ExportError: a column is of a kind that has no text.
        """
        columns = ", ".join(f"CAST({_name(one)} AS VARCHAR) AS {_name(one)}" for one in arrow.column_names)
        try:
            self._db.register("incoming", arrow)
            self._db.execute(f'CREATE TABLE "raw_{table}" AS SELECT {columns} FROM incoming')
            self._db.unregister("incoming")
        except duckdb.Error:
            raise ExportError(f"{table} has a column of a kind that cannot be read as text") from None

    def _execute(self, statement: str) -> Any:
        try:
            return self._db.execute(statement)
        except duckdb.ConnectionException:
            raise ExportError("the export is closed; use it inside its `with` block") from None

    def run(self, statement: str) -> None:
        """Execute a statement that gives nothing back."""
        self._execute(statement)

    def materialize(self, table: str, select: str) -> None:
        """The result of ``select`` as a temporary table, replacing one of that name."""
        self._execute(f'CREATE OR REPLACE TEMP TABLE "{table}" AS {select}')

    def rows(self, select: str) -> list[dict[str, Any]]:
        """All rows of a query, as dicts by column name."""
        result = self._execute(select)
        names = [column[0] for column in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    def fill(self, table: str, columns: str, values: Iterable[Sequence[Any]]) -> None:
        """A temporary table of a few parameters; ``columns`` as in CREATE TABLE."""
        self._execute(f'CREATE OR REPLACE TEMP TABLE "{table}" ({columns})')
        listed = [list(row) for row in values]
        if listed:
            places = ", ".join("?" for _ in listed[0])
            self._db.executemany(f'INSERT INTO "{table}" VALUES ({places})', listed)


def _csv_fault(table: str, told: str) -> str:
    """DuckDB's message holds the faulty line itself, so only the line number is taken from it."""
    line = re.search(r"\bLine: (\d+)", told)
    place = f"{table}.csv, line {line.group(1)}" if line else f"{table}.csv"
    if "unicode" in told.lower() or "utf-8" in told.lower():
        return f"{place}: {NOT_UTF8}"
    columns = re.search(r"Expected Number of Columns: (\d+) Found: (\d+)", told)
    if columns:
        return f"{place}: {columns.group(2)} values where the header has {columns.group(1)} columns"
    if "unterminated quote" in told.lower():
        return f"{place}: a quotation mark is opened and not closed"
    return f"{place}: not readable as CSV; every line must end the same way and every quotation mark have its second"


def _literal(path: Path) -> str:
    """The path with the signs taken literally that DuckDB would read as a pattern of several files."""
    return re.sub(r"([\[*?])", r"[\1]", str(path))


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _name(value: str) -> str:
    return '"' + value.replace('"', '""') + '"'
