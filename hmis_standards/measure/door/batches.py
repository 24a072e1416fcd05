"""One batch of text becomes one batch of typed columns, and the count of what was wrong in it.

A pure function of the batch and the plan, so that every engine types alike: DuckDB is handed its result, Spark may map
it over partitions. Nothing is done cell by cell: each spelling is judged once, and numbers of cells are looked at only
where a spelling has a fault.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from hmis_standards.measure.door.arrays import array_of, numbers, scalar_of
from hmis_standards.measure.door.cells import BLANKS, FORBIDDEN, moment_faults
from hmis_standards.measure.door.plan import Column, Plan
from hmis_standards.measure.door.tally import ColumnTally, Tally

__all__ = ["ROW", "numbered", "typed_batch"]

ROW = pa.field("_row", pa.int64())
"""The number by which the order of the rows is known."""

_DAY_LENGTH = 10
_MOMENT_LENGTH = scalar_of(19, pa.int32())
_DAY_ONE = -719_162  # the first day of year 1, counted from 1970
_BLANK_BYTES, _FORBIDDEN_BYTES = BLANKS.encode("utf-8"), FORBIDDEN.encode("utf-8")
_FORBIDDEN = "[" + "".join("\\" + sign for sign in FORBIDDEN) + "]"
_MOMENT_FORM = "^[0-9]{4}-[0-9]{2}-[0-9]{2} ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$"
_MICRO = pa.timestamp("us")
_EMPTY, _NOTHING, _YES = scalar_of("", pa.string()), scalar_of(None, pa.string()), scalar_of(True, pa.bool_())


def typed_batch(batch: Any, plan: Plan) -> tuple[Any, Tally]:
    """The kept columns of the batch's rows that are not deleted, typed; and what was found.

    ``batch`` holds text: strings, or dictionaries of strings; a blank may be null. Whole numbers and days may come as
    such. Columns are found by name.
    """
    alive = _alive(batch, plan.deleted)
    tally = Tally(rows=alive.num_rows, deleted=batch.num_rows - alive.num_rows)
    arrays = dict(zip(alive.schema.names, alive.columns, strict=True))
    made: dict[str, Any] = {}
    for column in plan.columns:
        found = tally.columns[column.name] = ColumnTally()
        made |= _typed_column(arrays[column.place], column, found)
    whole = [made[one.name] if one.name in made else pa.nulls(alive.num_rows, one.type) for one in plan.schema]
    return pa.RecordBatch.from_arrays(whole, schema=plan.schema), tally


def numbered(batches: Iterator[tuple[Any, Tally]], tally: Tally, first: int = 0) -> Iterator[Any]:
    """The typed batches with the number of each row, from ``first`` on; what they showed goes into the tally."""
    for batch, found in batches:
        rows = numbers(first + tally.rows + 1, batch.num_rows)
        tally.add(found)
        yield pa.RecordBatch.from_arrays([*batch.columns, rows], schema=batch.schema.append(ROW))


def _alive(batch: Any, deleted: str | None) -> Any:
    """Rows without a DateDeleted. One that cannot be read is still a date somebody put there."""
    if deleted is None or batch.column(deleted).null_count == batch.num_rows:
        return batch
    cells = _plain(batch.column(deleted))
    blank = pc.fill_null(pc.equal(pc.utf8_trim(cells, BLANKS), _EMPTY), _YES)
    return batch.filter(blank)


def _plain(array: Any) -> Any:
    """Strings, whether or not they came as a dictionary."""
    return array.cast(pa.string()) if pa.types.is_dictionary(array.type) else array


def _typed_column(array: Any, column: Column, found: ColumnTally) -> dict[str, Any]:
    if array.null_count == len(array):
        found.blank = len(array)
        return {one.name: pa.nulls(len(array), one.type) for one in column.outputs}
    if pa.types.is_primitive(array.type):
        return _read(array, column, found)
    if column.few or pa.types.is_dictionary(array.type):
        return _few(array if pa.types.is_dictionary(array.type) else array.dictionary_encode(), column, found)
    return (_moments if column.kind == "datetime" else _texts)(array, column, found)


# --- numbers and days that were read already ---------------------------------------------------------------


def _read(array: Any, column: Column, found: ColumnTally) -> dict[str, Any]:
    """As they are, unless one is odd or goes through a recoding: then by way of their text."""
    if any(one.codes for one in column.outputs) or _odd(array, column):
        return _few(array.cast(pa.string()).dictionary_encode(), column, found)
    found.blank = array.null_count
    return dict.fromkeys((one.name for one in column.outputs), array)


def _odd(array: Any, column: Column) -> bool:
    """Whether there is a code that is not in the list, or a day of the year 0."""
    if column.kind == "date":
        return bool(pc.min(array).cast(pa.int32()).as_py() < _DAY_ONE)
    codes = column.judge.codes
    return bool(codes) and not codes.issuperset(code for code in pc.unique(array).to_pylist() if code is not None)


# --- few spellings -----------------------------------------------------------------------------------------


def _few(array: Any, column: Column, found: ColumnTally) -> dict[str, Any]:
    """Judge the dictionary, and take the values by its indices."""
    judged = [column.judge[spelling] for spelling in array.dictionary.to_pylist()]
    found.blank = array.null_count
    if column.tallied or any(value is None or faults for value, faults in judged):
        _count_spellings(array, judged, column, found)
    values = [value for value, _ in judged]
    return {one.name: array_of(_recoded(values, one.codes), one.type).take(array.indices) for one in column.outputs}


def _recoded(values: list[Any], codes: Any) -> list[Any]:
    return values if codes is None else [codes(value) for value in values]


def _count_spellings(array: Any, judged: list[Any], column: Column, found: ColumnTally) -> None:
    for entry in pc.value_counts(array.indices.drop_null()).to_pylist():
        (value, faults), count = judged[entry["values"]], entry["counts"]
        if value is None and not faults:
            found.blank += count
        elif column.tallied:
            found.values[value] += count
        for fault in faults:
            found.faults[fault] += count
        if "unlisted" in faults:
            found.unlisted_codes.add(value)


# --- many spellings ----------------------------------------------------------------------------------------


def _texts(array: Any, column: Column, found: ColumnTally) -> dict[str, Any]:
    """Free text, names, keys: looked at as a whole, and only where a sign is met one by one."""
    data = _data(array)
    length = pc.binary_length if data.isascii() else pc.utf8_length
    span = pc.min_max(length(array)).as_py()
    if span["min"] == 0 or any(sign in data for sign in _BLANK_BYTES):
        array = _trimmed(array)
        span = pc.min_max(length(array)).as_py()
    if any(sign in data for sign in _FORBIDDEN_BYTES):
        found.faults["forbidden"] += _true(pc.match_substring_regex(array, _FORBIDDEN))
    found.blank = array.null_count
    found.lengths(span["min"], span["max"])
    limit = column.judge.max_length
    if limit and (span["max"] or 0) > limit:
        found.faults["too_long"] += _true(pc.greater(length(array), scalar_of(limit, pa.int32())))
    return {one.name: array for one in column.outputs}


def _data(array: Any) -> bytes:
    """The bytes of all cells, one after the other; of a slice perhaps some more."""
    buffer = array.buffers()[2]
    return buffer.to_pybytes() if buffer is not None else b""


def _trimmed(array: Any) -> Any:
    trimmed = pc.utf8_trim(array, BLANKS)
    return pc.if_else(pc.equal(trimmed, _EMPTY), _NOTHING, trimmed)


def _true(mask: Any) -> int:
    return int(pc.sum(mask).as_py() or 0)


# --- days with times ---------------------------------------------------------------------------------------


def _moments(array: Any, column: Column, found: ColumnTally) -> dict[str, Any]:
    """Datetimes: read by Arrow where all of them have a form it knows, else by their parts."""
    try:
        moments = pc.cast(array, _MICRO)
        days = pc.cast(moments, pa.date32(), safe=False)
    except pa.ArrowInvalid:
        moments = days = None
    if days is None or pc.min(days).cast(pa.int32()).as_py() < _DAY_ONE:
        return _odd_moments(array, column, found)
    found.blank = array.null_count
    found.faults["other_form"] += _not_of_form(array)
    return {one.name: moments if one.type == _MICRO else days for one in column.outputs}


def _not_of_form(array: Any) -> int:
    """How many are not written ``YYYY-MM-DD hh:mm:ss``, given that Arrow read all: shorter, longer, or with a T."""
    if b"T" in _data(array):
        return _true(pc.invert(pc.match_substring_regex(array, _MOMENT_FORM)))
    return _true(pc.not_equal(pc.binary_length(array), _MOMENT_LENGTH))


def _odd_moments(array: Any, column: Column, found: ColumnTally) -> dict[str, Any]:
    """Day and time apart, each spelling judged once; where the day or what follows it cannot be read, nothing."""
    array = _trimmed(array)
    found.blank = array.null_count
    days = pc.utf8_slice_codeunits(array, 0, _DAY_LENGTH).dictionary_encode()
    rests = pc.utf8_slice_codeunits(array, _DAY_LENGTH).dictionary_encode()
    read = [column.judge[day][0] for day in days.dictionary.to_pylist()]
    faults = [moment_faults(rest) for rest in rests.dictionary.to_pylist()]
    sound = pc.and_(
        array_of([day is not None for day in read], pa.bool_()).take(days.indices),
        array_of(["unreadable" not in fault for fault in faults], pa.bool_()).take(rests.indices),
    )
    odd = array_of([bool(fault) for fault in faults], pa.bool_()).take(rests.indices)
    found.faults["unreadable"] += len(array) - array.null_count - _true(sound)
    found.faults["other_form"] += _true(pc.and_(sound, odd))
    values = pc.if_else(sound, array_of(read, pa.date32()).take(days.indices), scalar_of(None, pa.date32()))
    return {one.name: _moment_values(values, array, one.type) for one in column.outputs}


def _moment_values(days: Any, array: Any, kind: Any) -> Any:
    """The days, or as moments: with the time where it is in HUD's form, else midnight."""
    if kind != _MICRO:
        return days
    shaped = pc.match_substring_regex(array, _MOMENT_FORM)
    midnight = pc.cast(days, _MICRO)
    timed = pc.if_else(
        pc.and_(shaped, pc.is_valid(days)), pc.utf8_slice_codeunits(array, 0, len("2024-01-31 00:00:00")), _NOTHING
    )
    return pc.coalesce(pc.cast(timed, _MICRO), midnight)
