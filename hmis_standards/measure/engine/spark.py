"""Spark: the same SQL, translated, on a SparkSession; tables live in its memory under names of their own."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from hmis_standards.errors import ExportError, MissingExtra
from hmis_standards.measure.engine.dialect import column_types, translated

try:
    import pyarrow
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession
    from pyspark.sql.types import StructType

    from hmis_standards.measure.engine.spark_door import ddl
except ImportError:
    raise MissingExtra("spark") from None

if TYPE_CHECKING:
    from hmis_standards.measure.door.source import Source

__all__ = ["SparkEngine", "local_session"]


class SparkEngine:
    """The tables of one export in a SparkSession: cached, and reachable only by names that begin with a random prefix.

    So two exports can be open in one session, and nothing of the user's catalog is touched. The session is the
    user's: its settings are not changed, and it is not stopped.
    """

    name = "spark"
    errors: tuple[type[Exception], ...] = (PySparkException, Py4JError)

    def __init__(self, session: Any = None) -> None:
        self.session: Any = session or SparkSession.getActiveSession() or local_session()
        self.version = str(self.session.version)
        self._prefix = f"hmis_{uuid4().hex[:12]}_"
        self._held: dict[str, Callable[[], Any]] = {}
        self._closed = False

    def close(self) -> None:
        """Drop all tables of the export. What is asked afterwards is an ExportError."""
        self._closed = True
        for table in tuple(self._held):
            with suppress(*self.errors, OSError):  # the session may have been stopped, or its Java be gone
                self.drop(table)

    def seal(self) -> None:
        """Nothing to do: a session cannot be cut off from its files. The gate for checks is what keeps them out."""

    def source(self, source: Any, wanted: frozenset[str]) -> Source | None:
        """A folder with a scheme, Spark's own tables or the schema of a catalog; None where the driver reads."""
        from hmis_standards.measure.engine.spark_source import spark_source

        return spark_source(self, source, wanted)

    def load(self, table: str, schema: Any, batches: Iterator[Any]) -> None:
        """A table of that Arrow schema from record batches, in place of one of that name, by way of the driver."""
        whole = pyarrow.Table.from_batches(batches, schema)
        self._keep(table, self.session.createDataFrame(whole, ddl(schema)))

    def hold(self, table: str, frame: Any, release: Callable[[], Any]) -> None:
        """Give a DataFrame the name of a table; ``release`` lets its rows go when another takes the name, or none."""
        if self._closed:
            raise ExportError("the export is closed; use it inside its `with` block")
        before = self._held.pop(table, None)
        self._held[table] = release
        frame.createOrReplaceTempView(self._prefix + table)
        if before is not None:
            before()

    def _sql(self, statement: str) -> Any:
        if self._closed:
            raise ExportError("the export is closed; use it inside its `with` block")
        return self.session.sql(translated(statement, "spark", prefix=self._prefix))

    def replace(self, table: str, select: str) -> None:
        """The result of ``select``, which may read the table, in its place."""
        self.materialize(table, select)

    def drop(self, table: str) -> None:
        """Let go of a table."""
        release = self._held.pop(table)
        self.session.catalog.dropTempView(self._prefix + table)
        release()

    def materialize(self, table: str, select: str) -> None:
        """The result of ``select`` as a temporary table.

        Computed now, and cut off from how it was made: a cached table carries the plans of all tables under it, and
        of views on views on views Spark would plan the whole tree again for every query.
        """
        made = self._sql(select).localCheckpoint()
        self.hold(table, made, partial(_forget, made))

    def rows(self, select: str) -> list[dict[str, Any]]:
        """All rows of a query, as dicts by column name."""
        return [row.asDict() for row in self._sql(select).collect()]

    def rows_of_all(self, selects: Sequence[str]) -> list[dict[str, Any]]:
        """The rows of many queries that have the same columns: all in one, since each takes long to get going."""
        return self.rows(" UNION ALL ".join(selects)) if selects else []

    def fill(self, table: str, columns: str, values: Iterable[Sequence[Any]]) -> None:
        """A temporary table of a few parameters; ``columns`` as in CREATE TABLE."""
        schema, rows = StructType.fromDDL(column_types(columns)), list(values)
        cells = [pyarrow.array([row[place] for row in rows]) for place in range(len(schema))]
        self._keep(table, self.session.createDataFrame(pyarrow.table(cells, schema.names), schema))

    def _keep(self, table: str, frame: Any) -> None:
        cached = frame.persist()
        self.hold(table, cached, cached.unpersist)


def _forget(checkpointed: Any) -> None:
    """Let the rows of a checkpoint go at once. Spark has no call for it, and would wait until Java tidies up."""
    if hasattr(checkpointed, "_jdf"):  # a client of Spark Connect has none; the server lets go with the DataFrame
        checkpointed._jdf.queryExecution().analyzed().rdd().unpersist(False)


def local_session() -> Any:
    """A session on this computer alone, on all its cores: for the command line, and to try things out.

    Raises ExportError where Spark does not start, which needs Java.
    """
    builder = (
        SparkSession.builder.master("local[*]")
        .appName("hmis-standards")
        .config("spark.sql.shuffle.partitions", str(os.cpu_count() or 2))
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.log.level", "ERROR")
    )
    named = os.environ.get("PYSPARK_PYTHON")
    os.environ["PYSPARK_PYTHON"] = (
        named or sys.executable
    )  # read once, when Spark starts: its workers need our packages
    try:
        return builder.getOrCreate()
    except (PySparkException, Py4JError, OSError):
        raise ExportError("Spark does not start on this computer; it needs Java 17 or newer (JAVA_HOME)") from None
    finally:
        if named is None:
            del os.environ["PYSPARK_PYTHON"]
