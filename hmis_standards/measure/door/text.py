"""The bytes of a CSV file: its header, its encoding, and how to get sound records out of an unsound file."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import deque
from collections.abc import Callable, Iterator
from typing import IO, Any

from attrs import frozen

__all__ = ["Cleaned", "Head", "Recovered", "encoding_of", "read_head"]

_HEAD_BYTES = 1 << 16
_MOST_HEAD = 1 << 22
_MOST_LINE = 1 << 20
_MOST_LINES = 100
_ENDS = ("\n", "\r")
_LINE_ENDS = re.compile(rb"\r\n|\n|\r")
_CELL = re.compile(r'(?:^|(?<=,))"(?:[^"]|"")*"')
_OPENS = re.compile(r'(?:^|,)"')
_CLOSES = re.compile(r'(?:[^"]|"")*?"(?!")')
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))

Opener = Callable[[], IO[bytes]]


@frozen(kw_only=True)
class Head:
    """The first record of a file: names of columns, and where the rows begin (in bytes)."""

    names: tuple[str, ...]
    encoding: str
    bom: bool
    length: int


def read_head(opener: Opener) -> Head:
    """Names, encoding and length of the header; no names where the file is empty."""
    with opener() as file:
        start = file.read(_HEAD_BYTES)
        encoding, mark = _start_of(start)
        ends = _end_of_record(start[mark:], encoding)
        while ends is None and len(start) < _MOST_HEAD and (more := file.read(_MOST_HEAD)):
            start += more
            ends = _end_of_record(start[mark:], encoding)
    length = len(start) if ends is None else mark + ends
    text = _decoded(start[mark:length], encoding).replace("\0", "")
    return Head(names=_names(text), encoding=encoding, bom=bool(mark), length=length)


def _start_of(start: bytes) -> tuple[str, int]:
    """The encoding the first bytes speak for, and the length of the mark that says so."""
    for mark, encoding in _BOMS:
        if start.startswith(mark):
            return encoding, len(mark)
    if len(start) > 3 and start[1:2] == start[3:4] == b"\0" != start[:1]:
        return "utf-16-le", 0
    if len(start) > 3 and start[:1] == start[2:3] == b"\0" != start[1:2]:
        return "utf-16-be", 0
    return "utf-8", 0


def _end_of_record(start: bytes, encoding: str) -> int | None:
    """Where the first record ends, its line end included; None if it goes on."""
    if encoding != "utf-8":
        text = start[: len(start) // 2 * 2].decode(encoding, "replace")
        ends = _end_of_record(text.encode("utf-8", "replace"), "utf-8")
        return None if ends is None else len(text.encode("utf-8", "replace")[:ends].decode().encode(encoding))
    for end in _LINE_ENDS.finditer(start):
        if start.count(b'"', 0, end.start()) % 2 == 0:
            return end.end()
    return None


def _decoded(start: bytes, encoding: str) -> str:
    try:
        return start.decode(encoding)
    except UnicodeDecodeError:
        return start.decode("latin-1")


def _names(text: str) -> tuple[str, ...]:
    try:
        names = next(csv.reader(io.StringIO(text, newline="")), [])
    except csv.Error:
        names = text.strip("\r\n").split(",")
    stripped = tuple(name.strip() for name in names)
    return stripped if any(stripped) else ()


class Cleaned(io.RawIOBase):
    """The rows of a file as a stream of bytes: without its header, and without NUL bytes, which are counted."""

    def __init__(self, opener: Opener, head: Head) -> None:
        self._file = opener()
        self._wide = head.encoding.startswith("utf-16")
        self.nuls = 0
        left = head.length
        while left > 0 and (skipped := len(self._file.read(left))):
            left -= skipped

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        chunk = self._file.read(size)
        while chunk and not self._wide and b"\0" in chunk:
            found = chunk.count(b"\0")
            self.nuls += found
            chunk = chunk.replace(b"\0", b"") or self._file.read(size)
        return chunk

    read1 = read

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()


def encoding_of(opener: Opener, head: Head) -> str:
    """What the rows are written in: as the header says if that fits, else Windows' or the plain Latin alphabet."""
    if head.encoding != "utf-8":
        return head.encoding
    for encoding in ("utf-8", "cp1252"):
        if _fits(Cleaned(opener, head), encoding):
            return encoding
    return "latin-1"


def _fits(stream: Cleaned, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with stream:
        try:
            while chunk := stream.read(1 << 20):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


class Recovered(io.RawIOBase):
    """A stream of UTF-8 with the sound records of a file that is not sound: slower, line by line.

    A record of another number of cells than the header is left out and counted, its line number kept; more cells
    than columns are tolerated where they are blank. Where lines that a quotation mark holds together do not make a
    sound record, the mark is taken for a slip: only the line it opens in is left out.
    """

    def __init__(self, stream: Cleaned, encoding: str, width: int) -> None:
        self.stream, self.encoding, self.width = stream, encoding, width
        self.left_out = 0
        self.lines_left_out: list[int] = []
        self._ready = b""
        self._records = self._sound_records()

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        """At least a byte, unless there are no more; at most ``size``."""
        pieces, ready = [self._ready], len(self._ready)
        while ready < size or size < 0:
            record = next(self._records, None)
            if record is None:
                break
            pieces.append(record.encode("utf-8", "replace"))
            ready += len(pieces[-1])
        whole = b"".join(pieces)
        self._ready = whole[size:] if size >= 0 else b""
        return whole[:size] if size >= 0 else whole

    def close(self) -> None:
        self.stream.close()
        super().close()

    def _sound_records(self) -> Iterator[str]:
        lines = self._lines()
        waiting: deque[tuple[int, str]] = deque()
        while taken := _held_together(waiting, lines):
            record = _fitted("".join(text for _, text in taken), self.width)
            if record is None:
                self._leave_out(taken[0][0])
                waiting.extendleft(reversed(taken[1:]))
            elif record:
                yield record + "\n"

    def _leave_out(self, line: int) -> None:
        self.left_out += 1
        if len(self.lines_left_out) < 5:
            self.lines_left_out.append(line)

    def _lines(self) -> Iterator[tuple[int, str]]:
        """Physical lines by number; the header is line 1. Of one longer than any record may be, only the start."""
        reader: Any = io.TextIOWrapper(self.stream, encoding=self.encoding, errors="replace", newline="")
        number = 2
        while text := reader.readline(_MOST_LINE):
            yield number, text.replace("\0", "")
            while text and not text.endswith(_ENDS):
                text = reader.readline(_MOST_LINE)
            number += 1


def _held_together(waiting: deque[tuple[int, str]], lines: Iterator[tuple[int, str]]) -> list[tuple[int, str]]:
    """The next line, and those after it up to where the quotation mark that opens in it closes."""
    taken: list[tuple[int, str]] = []
    inside = False
    while not taken or (inside and len(taken) < _MOST_LINES):
        one = waiting.popleft() if waiting else next(lines, None)
        if one is None:
            break
        taken.append(one)
        inside = _inside_after(one[1], inside)
    return taken


def _inside_after(text: str, inside: bool) -> bool:
    """Whether a quotation mark is open at the end of a line; a mark inside an unquoted cell opens nothing."""
    if '"' not in text:
        return inside
    place = 0
    while found := _CLOSES.match(text, place) if inside else _OPENS.search(text, place):
        inside, place = not inside, found.end()
    return inside


def _fitted(record: str, width: int) -> str | None:
    """The record without its line end, of ``width`` cells; None where it has fewer, or more that are not blank.

    A record with a quotation mark that is not closed is none, nor one without an end that is too long.
    """
    body = record.rstrip("\r\n")
    outside = _CELL.sub("", body) if '"' in body else body
    if len(record) >= _MOST_LINE or _OPENS.search(outside):
        return None
    commas = outside.count(",")
    surplus = commas + 1 - width
    if not body or not surplus:
        return body
    end = body[-surplus:] if surplus > 0 else ""
    return body[:-surplus] if end and not end.strip(",") else None
