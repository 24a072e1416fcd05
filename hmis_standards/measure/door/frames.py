"""Tables that are not text: pandas, polars, Arrow, Parquet. Their columns become text, to be judged like a CSV's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from hmis_standards.errors import ExportError
from hmis_standards.measure.door.plan import Plan

__all__ = ["as_arrow", "as_text_batches"]

_FEW = pa.dictionary(pa.int32(), pa.string())
_ROWS = 1 << 17


def as_arrow(table: str, frame: Any) -> Any:
    """A pandas, polars or Arrow table as an Arrow table.

    Raises:
        ExportError: it is none of these, or a column mixes types.
    """
    try:
        if isinstance(frame, pa.Table):
            return frame
        arrow = frame.to_arrow() if hasattr(frame, "to_arrow") else pa.Table.from_pandas(frame, preserve_index=False)
    except (TypeError, AttributeError, ValueError, pa.ArrowException):
        arrow = None
    if not isinstance(arrow, pa.Table):
        raise ExportError(f"{table} is not a pandas, polars or Arrow table, or has columns of mixed types")
    return arrow


def as_text_batches(table: str, batches: Iterator[Any], plan: Plan) -> Iterator[Any]:
    """The plan's columns of record batches of any types, as text.

    Raises:
        ExportError: a column is of a kind that has no text.
    """
    names = [column.place for column in plan.columns]
    for batch in batches:
        places = {name: place for place, name in reversed(list(enumerate(batch.schema.names)))}
        arrays = [_text(table, name, batch.column(places[name])) for name in names]
        yield pa.RecordBatch.from_arrays(arrays, names=names) if names else _no_columns(batch.num_rows)


def _no_columns(rows: int) -> Any:
    return pa.RecordBatch.from_arrays([pa.nulls(rows)], names=["\0"])


def _text(table: str, name: str, array: Any) -> Any:
    """The spellings of a column as a dictionary; strings stay strings."""
    kind = array.type
    if pa.types.is_string(kind):
        return array
    try:
        if pa.types.is_large_string(kind) or str(kind) == "string_view":
            return array.cast(pa.string())
        coded = array if pa.types.is_dictionary(kind) else pc.dictionary_encode(_whole(array))
        return pa.DictionaryArray.from_arrays(coded.indices.cast(pa.int32()), _spelled(coded.dictionary))
    except (pa.ArrowException, UnicodeDecodeError):
        raise ExportError(f"{table} has a column of a kind that cannot be read as text") from None


def _spelled(values: Any) -> Any:
    """Distinct values as text; a moment with its time only where it has one."""
    if pa.types.is_timestamp(values.type):
        values = pc.cast(values, pa.timestamp("us", values.type.tz), safe=False)
        return pc.strftime(pc.cast(values, pa.timestamp("s", values.type.tz), safe=False), "%Y-%m-%d %H:%M:%S")
    return values.cast(pa.string())


def _whole(values: Any) -> Any:
    """Floats and truth values as whole numbers where they are; NaN as null. Other columns as they are."""
    if pa.types.is_boolean(values.type):
        return pc.cast(values, pa.int64())
    if not pa.types.is_floating(values.type):
        return values
    wide = pc.cast(values, pa.float64())
    wide = pc.if_else(pc.is_nan(wide), None, wide)
    whole = pc.and_(pc.equal(pc.floor(wide), wide), pc.less(pc.abs(wide), 2.0**53))
    return pc.cast(wide, pa.int64()) if pc.all(whole).as_py() is not False else wide
