"""The door on Spark's executors: the same typing of batches, in functions for ``DataFrame.mapInArrow``.

Data and facts travel together: a typed table has a column more, which is null but in one row for each part of the data,
where it holds what was found in that part.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

import pyarrow as pa
from attrs import frozen
from pyspark import TaskContext

from hmis_standards.measure.door.batches import ROW, numbered, typed_batch
from hmis_standards.measure.door.csv_stream import Unsound, text_batches
from hmis_standards.measure.door.frames import as_text_batches
from hmis_standards.measure.door.plan import Plan
from hmis_standards.measure.door.source import UNREADABLE, damaged
from hmis_standards.measure.door.tally import Reading, Tally
from hmis_standards.measure.door.text import Head, read_head

__all__ = [
    "FOUND",
    "Found",
    "ddl",
    "door_of_file",
    "door_of_table",
    "heads",
    "pack",
    "packed",
    "typed_schema",
    "unpack",
]

FOUND = pa.field("_found", pa.binary())
_TYPES = {
    "int16": "SMALLINT",
    "int32": "INT",
    "int64": "BIGINT",
    "decimal128(9, 2)": "DECIMAL(9, 2)",
    "date32[day]": "DATE",
    "timestamp[us]": "TIMESTAMP_NTZ",
    "string": "STRING",
    "binary": "BINARY",
}
_PART = 33  # as monotonically_increasing_id: number of the part, then of the row in it

Batches = Iterator[Any]
Mapped = Callable[[Batches], Batches]


@frozen
class Found:
    """What was found in a part of a table."""

    tally: Tally
    reading: Reading


def ddl(schema: Any) -> str:
    """An Arrow schema of the kept tables in Spark's words."""
    return ", ".join(f"`{one.name}` {_TYPES[str(one.type)]}" for one in schema)


def typed_schema(plan: Plan) -> Any:
    """The kept columns of a table, the number of the row, and what was found."""
    return plan.schema.append(ROW).append(FOUND)


# --- batches as bytes --------------------------------------------------------------------------------------


def packed(batch: Any) -> bytes:
    """A record batch as bytes, with its schema."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    return bytes(sink.getvalue().to_pybytes())


def pack(batches: Batches) -> Batches:
    """Record batches as rows of bytes."""
    for batch in batches:
        yield pa.RecordBatch.from_arrays([pa.array([packed(batch)], pa.binary())], names=["payload"])


def unpack(batches: Batches) -> Batches:
    """The record batches that rows of bytes hold."""
    for batch in batches:
        for payload in batch.column(0):
            yield from pa.ipc.open_stream(payload.as_buffer())


# --- typing ------------------------------------------------------------------------------------------------


def door_of_table(plan: Plan) -> Mapped:
    """For the columns of a table of any types: typed, and after the rows of each part what was found in it."""

    def door(batches: Batches) -> Batches:
        tally = Tally()
        first = _part() << _PART
        typed = (typed_batch(batch, plan) for batch in as_text_batches(plan.table, batches, plan))
        yield from _rows(numbered(typed, tally, first))
        yield _found(plan, Found(tally, Reading(encoding="")))

    return door


def door_of_file(plan: Plan, head: Head) -> Mapped:
    """For one row with the ``content`` of a CSV file: its rows typed, and what was found."""

    def door(batches: Batches) -> Batches:
        for batch in batches:
            for content in batch.column("content"):
                rows, found = _through(content.as_buffer(), head, plan)
                yield from _rows(rows)
                yield _found(plan, found)

    return door


def _through(content: Any, head: Head, plan: Plan) -> tuple[list[Any], Found]:
    """A file the quick way, or if that fails from its start again record by record."""
    tally, reading = Tally(), Reading(encoding=head.encoding)
    for careful in (False, True):
        tally, reading = Tally(), Reading(encoding=head.encoding)
        texts = text_batches(partial(pa.BufferReader, content), head, plan, reading, careful)
        try:
            return list(numbered((typed_batch(batch, plan) for batch in texts), tally)), Found(tally, reading)
        except Unsound:
            continue
        except UNREADABLE as error:
            reading = Reading(encoding=head.encoding, fault=damaged(error))
            break
    return [], Found(Tally(), reading)


def _part() -> int:
    context = TaskContext.get()
    return context.partitionId() if context else 0


def _rows(batches: Iterable[Any]) -> Batches:
    for batch in batches:
        nothing = pa.nulls(batch.num_rows, FOUND.type)
        yield pa.RecordBatch.from_arrays([*batch.columns, nothing], schema=batch.schema.append(FOUND))


def _found(plan: Plan, found: Found) -> Any:
    schema = typed_schema(plan)
    blanks = [pa.nulls(1, one.type) for one in schema][:-1]
    return pa.RecordBatch.from_arrays([*blanks, pa.array([pickle.dumps(found)], FOUND.type)], schema=schema)


def heads(batches: Batches) -> Batches:
    """For rows with ``path`` and ``content`` of CSV files: their paths and first lines."""
    for batch in batches:
        found = [pickle.dumps(read_head(partial(pa.BufferReader, one.as_buffer()))) for one in batch.column("content")]
        yield pa.RecordBatch.from_arrays([batch.column("path"), pa.array(found, pa.binary())], names=["path", "head"])
