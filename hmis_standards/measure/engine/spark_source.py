"""What Spark reads by itself: a folder of CSV files in a store, DataFrames, or the tables of a schema."""

from __future__ import annotations

import io
import pickle
import re
from collections.abc import Mapping
from functools import reduce
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import unquote

import pyarrow as pa
from attrs import frozen
from pyspark.sql import functions as F

from hmis_standards.errors import ExportError
from hmis_standards.measure.door.load import column_names
from hmis_standards.measure.door.plan import Plan
from hmis_standards.measure.door.source import Member, Source
from hmis_standards.measure.door.tally import Reading, Tally
from hmis_standards.measure.door.text import Head
from hmis_standards.measure.engine.spark_door import (
    FOUND,
    Found,
    ddl,
    door_of_file,
    door_of_table,
    heads,
    pack,
    typed_schema,
    unpack,
)

if TYPE_CHECKING:
    from hmis_standards.measure.engine.spark import SparkEngine

__all__ = ["spark_source"]

_SCHEME = re.compile("[A-Za-z][A-Za-z0-9+.-]+:")
_NO_HEAD = Head(names=(), encoding="utf-8", bom=False, length=0)
_SCHEMA = re.compile(r"[\w-]+(\.[\w-]+)?")


def spark_source(engine: SparkEngine, source: Any, wanted: frozenset[str]) -> Source | None:
    """The tables of a source that Spark reads itself; None where the driver has to.

    Raises ExportError where there are none.
    """
    if isinstance(source, Mapping):
        frames = {str(name): frame for name, frame in source.items() if hasattr(frame, "mapInArrow")}
        return _of_frames(engine, "Spark tables", frames, wanted, len(source) - len(frames)) if frames else None
    text = str(source)
    if _SCHEME.match(text) and not Path(text).exists():
        return _of_folder(engine, text.rstrip("/"), wanted)
    if _SCHEMA.fullmatch(text) and not Path(text).exists() and engine.session.catalog.databaseExists(text):
        return _of_frames(engine, text, _tables(engine, text), wanted, 0)
    return None


# --- DataFrames and tables ---------------------------------------------------------------------------------


def _tables(engine: SparkEngine, schema: str) -> dict[str, Any]:
    place = ".".join(f"`{part}`" for part in schema.split("."))
    listed = engine.session.sql(f"SHOW TABLES IN {place}").collect()
    names = [one["tableName"] for one in listed if not one["isTemporary"]]
    return {name: engine.session.table(f"{place}.`{name}`") for name in names}


def _of_frames(
    engine: SparkEngine, name: str, frames: Mapping[str, Any], wanted: frozenset[str], others: int
) -> Source:
    """Catalogs do not keep the case of names, so tables and columns are known whatever theirs."""
    spelled = {table.lower(): table for table in wanted}
    known = {spelled[found.lower()]: frame for found, frame in frames.items() if found.lower() in spelled}
    if not known:
        raise ExportError(f"{name}: no table is named like an HMIS CSV file (Export, Client, Enrollment and so on)")
    known = {table: frame.toDF(*_spelled(table, frame.columns)) for table, frame in known.items()}
    return Source(
        name=name,
        form="frames",
        members={table: _member(table, frame) for table, frame in known.items()},
        others=others + len(frames) - len(known),
        read=lambda plans: _read(engine, {table: _typed_table(known[table], plan) for table, plan in plans.items()}),
    )


def _spelled(table: str, names: list[str]) -> list[str]:
    """The names of columns as the editions spell them; one that is known as it stands remains."""
    known = column_names(table)
    by_lower = {name.lower(): name for name in known}  # of spellings that only case tells apart the edition's
    return [name if name in known else by_lower.get(name.lower(), name) for name in names]


def _member(table: str, frame: Any) -> Member:
    collected = (lambda: unpack(iter(_payloads(frame)))) if table == "Export" else None
    return Member(table=table, header=tuple(frame.columns), batches=collected)


def _payloads(frame: Any) -> list[Any]:
    rows = frame.mapInArrow(pack, "payload binary").collect()
    return [pa.RecordBatch.from_arrays([pa.array([bytes(row[0]) for row in rows], pa.binary())], names=["payload"])]


def _typed_table(frame: Any, plan: Plan) -> _Typed:
    places = list(dict.fromkeys(column.place for column in plan.columns)) or frame.columns[:1]
    read = frame.select(*(F.col(f"`{place}`") for place in places))
    return _Typed(plan, read.mapInArrow(door_of_table(plan), ddl(typed_schema(plan))))


# --- files in a store --------------------------------------------------------------------------------------


def _of_folder(engine: SparkEngine, place: str, wanted: frozenset[str]) -> Source:
    paths = _paths(engine, place)
    tables = [path for path in paths if path.lower().endswith(".csv") and _table(path) in wanted]
    chosen = {_table(path): path for path in tables}
    if "Export" not in chosen:
        raise ExportError(f"{place} holds no Export.csv; Spark reads a folder of CSV files, the driver a zip")
    if len(chosen) < len(tables):
        raise ExportError(f"{place} holds a table twice; it must hold one export")
    known = _heads(engine, chosen)
    return Source(
        name=PurePosixPath(place).name,
        form="folder",
        members={table: _file(engine, table, path, known[table]) for table, path in chosen.items()},
        others=len(paths) - len(chosen),
        read=lambda plans: _read(
            engine, {table: _typed_file(engine, chosen[table], plan, known[table]) for table, plan in plans.items()}
        ),
    )


def _table(path: str) -> str:
    return PurePosixPath(path).stem


def _paths(engine: SparkEngine, place: str) -> list[str]:
    try:
        return [unquote(path) for path in _files(engine, place).inputFiles()]
    except engine.errors as error:
        raise ExportError(f"Spark cannot read the folder {place} ({type(error).__name__})") from None


def _files(engine: SparkEngine, place: str | list[str]) -> Any:
    return engine.session.read.format("binaryFile").load(place)


def _heads(engine: SparkEngine, chosen: Mapping[str, str]) -> dict[str, Head]:
    """The first line of each file. Spark gives no row for a file of no bytes."""
    read = _files(engine, list(chosen.values())).select("path", "content").mapInArrow(heads, "path string, head binary")
    found = {_table(row[0]): pickle.loads(row[1]) for row in read.collect()}
    return {table: found.get(table, _NO_HEAD) for table in chosen}


def _file(engine: SparkEngine, table: str, path: str, head: Head) -> Member:
    def opener() -> IO[bytes]:
        return io.BytesIO(_files(engine, path).select("content").collect()[0][0])

    return Member(table=table, opener=opener if table == "Export" else None, header=head.names, head=head)


def _typed_file(engine: SparkEngine, path: str, plan: Plan, head: Head) -> _Typed:
    content = _files(engine, path).select("content")
    return _Typed(plan, content.mapInArrow(door_of_file(plan, head), ddl(typed_schema(plan))))


# --- both --------------------------------------------------------------------------------------------------


@frozen
class _Typed:
    """A table on its way through the door: its typed rows, and in the last column what was found."""

    plan: Plan
    frame: Any


def _read(engine: SparkEngine, tables: Mapping[str, _Typed]) -> dict[str, tuple[Tally, Reading]]:
    """All tables in one job, each cached; what was found in each, its parts added up."""
    cached = {table: typed.frame.persist() for table, typed in tables.items()}
    try:
        found = _found_in(cached)
    except BaseException:
        for frame in cached.values():
            frame.unpersist()
        raise
    for table, typed in tables.items():
        if len(typed.plan.schema):
            rows = cached[table].where(F.col(FOUND.name).isNull()).drop(FOUND.name)
            engine.hold(table, rows, cached[table].unpersist)
        else:
            cached[table].unpersist()
    return found


def _found_in(cached: Mapping[str, Any]) -> dict[str, tuple[Tally, Reading]]:
    parts = (
        frame.where(F.col(FOUND.name).isNotNull()).select(F.lit(table).alias("name"), FOUND.name)
        for table, frame in cached.items()
    )
    found: dict[str, tuple[Tally, Reading]] = {}
    for row in reduce(lambda one, other: one.union(other), parts).collect():
        part: Found = pickle.loads(row[1])
        if row[0] in found:
            found[row[0]][0].add(part.tally)
        else:
            found[row[0]] = (part.tally, part.reading)
    return found
