"""A CSV file as batches of text, one after the other, without holding more than a few of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.csv as pc

from hmis_standards.measure.door.plan import Plan
from hmis_standards.measure.door.tally import Reading
from hmis_standards.measure.door.text import Cleaned, Head, Opener, Recovered, encoding_of

__all__ = ["Unsound", "text_batches"]

_BLOCK = 1 << 21
_FEW = pa.dictionary(pa.int32(), pa.string())


class Unsound(Exception):
    """The file cannot be read the quick way; it has to be read again from its start, record by record."""


def text_batches(opener: Opener, head: Head, plan: Plan, reading: Reading, careful: bool) -> Iterator[Any]:
    """Batches with the plan's columns as text: dictionaries where spellings are few, strings elsewhere, blanks null.

    Raises:
        Unsound: not ``careful``, and a record does not fit the header, or the bytes are not UTF-8.
    """
    stream = _stream(opener, head, reading, careful)
    try:
        yield from _batches(stream, head, plan, careful)
    finally:
        cleaned = stream.stream if isinstance(stream, Recovered) else stream
        reading.nuls += cleaned.nuls
        if isinstance(stream, Recovered):
            reading.left_out, reading.lines_left_out = stream.left_out, tuple(stream.lines_left_out)
        stream.close()


def _stream(opener: Opener, head: Head, reading: Reading, careful: bool) -> Cleaned | Recovered:
    if not careful:
        if head.encoding != "utf-8":
            raise Unsound
        return Cleaned(opener, head)
    reading.encoding = encoding_of(opener, head)
    return Recovered(Cleaned(opener, head), reading.encoding, len(head.names))


def _batches(stream: Cleaned | Recovered, head: Head, plan: Plan, careful: bool) -> Iterator[Any]:
    try:
        yield from pc.open_csv(
            pa.PythonFile(stream, mode="r"),
            read_options=pc.ReadOptions(block_size=_BLOCK, column_names=_distinct(head.names)),
            parse_options=pc.ParseOptions(newlines_in_values=True),
            convert_options=_convert(plan),
        )
    except pa.ArrowInvalid as error:
        if "Empty CSV" in str(error):
            return
        if careful:
            raise
        raise Unsound from None  # its text quotes the row


def _distinct(names: tuple[str, ...]) -> list[str]:
    """The names of the header, of which a later one of two alike, or none, gets a name nobody asks for."""
    seen: set[str] = set()
    out = []
    for place, name in enumerate(names):
        out.append(f"\0{place}" if name in seen else name)
        seen.add(name)
    return out


def _convert(plan: Plan) -> Any:
    types = {column.place: _FEW if column.few else pa.string() for column in plan.columns}
    return pc.ConvertOptions(
        column_types=types,
        include_columns=list(types),
        strings_can_be_null=True,
        quoted_strings_can_be_null=True,
        null_values=[""],
    )
