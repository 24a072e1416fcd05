"""A CSV file as batches of cells, one after the other, without holding more than a few of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.csv as pc

from hmis_standards.measure.door.plan import Plan
from hmis_standards.measure.door.tally import Reading
from hmis_standards.measure.door.text import Cleaned, Head, Opener, Recovered, encoding_of

__all__ = ["Unsound", "text_batches"]

_BLOCK = 1 << 21
_FEW = pa.dictionary(pa.int32(), pa.string())
_READ = {"code": pa.int16(), "int": pa.int32(), "date": pa.date32()}
"""Kinds of columns that Arrow reads as we do, in decimal figures: what it does not read is a fault, or blanks."""


class Unsound(Exception):
    """The file cannot be read the quick way; it has to be read again from its start, record by record."""


class _Decimal(Cleaned):
    """The rows of a file up to a hexadecimal number, which Arrow would read as one and HUD's format does not know."""

    _before = b""

    def read(self, size: int = -1) -> bytes:
        chunk = super().read(size)
        if any(sign in chunk and b"0" + sign in self._before + chunk for sign in (b"x", b"X")):
            raise pa.ArrowInvalid("perhaps a hexadecimal number")
        self._before = chunk[-1:]
        return chunk


def text_batches(opener: Opener, head: Head, plan: Plan, reading: Reading, careful: bool) -> Iterator[Any]:
    """Batches with the plan's columns as text: dictionaries where spellings are few, strings elsewhere, blanks null.

    The quick way codes, whole numbers and days come as Arrow reads them, up to the first cell it cannot read.

    Raises:
        Unsound: not ``careful``, and a record does not fit the header, or the bytes are not UTF-8.
    """
    given = 0
    if not careful and head.encoding == "utf-8":
        try:
            for batch in _through(_Decimal(opener, head), head, plan, reading, _READ):
                given += batch.num_rows
                yield batch
            return
        except pa.ArrowInvalid:  # once more from the start, without what has been given
            pass
    for batch in _texts(opener, head, plan, reading, careful):
        yield batch.slice(min(given, batch.num_rows))
        given -= min(given, batch.num_rows)


def _texts(opener: Opener, head: Head, plan: Plan, reading: Reading, careful: bool) -> Iterator[Any]:
    try:
        yield from _through(_stream(opener, head, reading, careful), head, plan, reading, {})
    except pa.ArrowInvalid:
        if careful:
            raise
        raise Unsound from None  # its text quotes the row


def _through(
    stream: Cleaned | Recovered, head: Head, plan: Plan, reading: Reading, read: Mapping[str, Any]
) -> Iterator[Any]:
    """The whole stream, and what came to light about it in ``reading``; ``read`` are types of columns by kind."""
    try:
        yield from _batches(stream, head, plan, read)
    finally:
        cleaned = stream.stream if isinstance(stream, Recovered) else stream
        reading.nuls = cleaned.nuls
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


def _batches(stream: Cleaned | Recovered, head: Head, plan: Plan, read: Mapping[str, Any]) -> Iterator[Any]:
    try:
        yield from pc.open_csv(
            pa.PythonFile(stream, mode="r"),
            read_options=pc.ReadOptions(block_size=_BLOCK, column_names=_distinct(head.names)),
            parse_options=pc.ParseOptions(newlines_in_values=True),
            convert_options=_convert(plan, read),
        )
    except pa.ArrowInvalid as error:
        if "Empty CSV" not in str(error):
            raise


def _distinct(names: tuple[str, ...]) -> list[str]:
    """The names of the header, of which a later one of two alike, or none, gets a name nobody asks for."""
    seen: set[str] = set()
    out = []
    for place, name in enumerate(names):
        out.append(f"\0{place}" if name in seen else name)
        seen.add(name)
    return out


def _convert(plan: Plan, read: Mapping[str, Any]) -> Any:
    types = {column.place: read.get(column.kind, _FEW if column.few else pa.string()) for column in plan.columns}
    return pc.ConvertOptions(
        column_types=types,
        include_columns=list(types),
        strings_can_be_null=True,
        quoted_strings_can_be_null=True,
        null_values=[""],
    )
