"""Bytes to records: sound files come through unchanged, slips cost one line."""

from __future__ import annotations

import csv
import io
from typing import IO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hmis_standards.measure.door.text import Cleaned, Head, Recovered, encoding_of, read_head


def head_of(data: bytes) -> Head:
    return read_head(lambda: io.BytesIO(data))


def recovered(data: bytes) -> tuple[list[list[str]], Recovered]:
    def opener() -> IO[bytes]:
        return io.BytesIO(data)

    head = read_head(opener)
    stream = Recovered(Cleaned(opener, head), encoding_of(opener, head), len(head.names))
    pieces = []
    while piece := stream.read(7):
        pieces.append(piece)
    text = b"".join(pieces).decode()
    return list(csv.reader(io.StringIO(text, newline=""))), stream


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_heads(end: str, encoding: str) -> None:
    data = f'A, "B ",C{end}1,ü,3{end}'.replace(', "B "', ',"B "').encode(encoding)
    head = head_of(data)
    assert head.names == ("A", "B", "C")
    assert data[head.length :].decode(head.encoding) == f"1,ü,3{end}"


def test_odd_heads() -> None:
    assert head_of(b"").names == ()
    assert head_of(b"\n1,2\n").names == ()
    assert head_of(b"A,B").names == ("A", "B")
    assert head_of(b'"A\nx",B\n1,2\n').names == ("A\nx", "B")
    assert head_of(b"A\0,B\n").names == ("A", "B")
    assert head_of(b"\xe4,B\n").names == ("ä", "B")
    wide = ",".join(f"x{place}" for place in range(50_000)).encode()
    assert len(head_of(wide + b"\n1\n").names) == 50_000


_CELLS = st.text(st.sampled_from('ab,"\n\r ü'), max_size=6)


@given(st.lists(st.tuples(_CELLS, _CELLS), max_size=8), st.sampled_from(["\n", "\r\n"]))
def test_sound_records_come_through(rows: list[tuple[str, str]], end: str) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerows([("A", "B"), *rows])
    found, stream = recovered(text.getvalue().encode())
    assert found == [list(row) for row in rows]
    assert stream.left_out == 0


@pytest.mark.parametrize(
    ("lines", "left", "out"),
    [
        (["1,2", "3", "4,5,6", "7,8"], [["1", "2"], ["7", "8"]], [3, 4]),
        (["1,2,,", "3,4,"], [["1", "2"], ["3", "4"]], []),
        (['1,"x', "3,4", "5,6"], [["3", "4"], ["5", "6"]], [2]),
        (['1,"x', '3,"4",5', "5,6"], [["5", "6"]], [2, 3]),
        (['1,"x', 'y"', "5,6"], [["1", "x\ny"], ["5", "6"]], []),
        (['1,a"b', '2,"c""d"'], [["1", 'a"b'], ["2", 'c"d']], []),
        (['1,"a"b'], [["1", "ab"]], []),
        (["", "1,2", "", ""], [["1", "2"]], []),
        (['"'], [], [2]),
    ],
)
def test_slips(lines: list[str], left: list[list[str]], out: list[int]) -> None:
    found, stream = recovered("\n".join(["A,B", *lines]).encode())
    assert found == left
    assert (stream.left_out, stream.lines_left_out) == (len(out), out)


def test_only_the_first_five_lines_left_out_are_named() -> None:
    _, stream = recovered(b"A,B\n" + b"1\n" * 9)
    assert (stream.left_out, stream.lines_left_out) == (9, [2, 3, 4, 5, 6])


def test_a_line_longer_than_any_record() -> None:
    found, stream = recovered(b"A,B\n1,2\n" + b"x" * 5_000_000 + b"\n3,4\n")
    assert found == [["1", "2"], ["3", "4"]]
    assert stream.lines_left_out == [3]


def test_many_open_marks_end_in_reasonable_time() -> None:
    found, stream = recovered(b"A,B\n" + b'1,"x\n' * 3001)
    assert len(found) + stream.left_out <= 3001
    assert stream.left_out > 0


@given(st.binary(max_size=300))
def test_any_bytes_are_read_to_their_end(data: bytes) -> None:
    _, stream = recovered(b"A,B\n" + data)
    assert stream.left_out <= data.count(b"\n") + data.count(b"\r") + 1
    assert stream.read() == b""
