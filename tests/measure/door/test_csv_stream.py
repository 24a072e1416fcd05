"""Files read the quick way and cell by cell: the same values and the same facts, wherever Arrow has to give up."""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hmis_standards.measure.door import csv_stream
from hmis_standards.measure.door.batches import numbered, typed_batch
from hmis_standards.measure.door.cells import Judge
from hmis_standards.measure.door.csv_stream import Unsound, text_batches
from hmis_standards.measure.door.plan import Column, Output, Plan, Recoding
from hmis_standards.measure.door.tally import Reading, Tally
from hmis_standards.measure.door.text import read_head
from tests.measure.door.test_batches import TYPES, column_of

SPELLINGS = {
    "code": [
        "", "0", "1", "99", "007", " 1\t", "-0", "2", "1.0", "+1", "0x1", "0X1", "x", "32767", "32768", "-32768", " ",
        "0000000000000000001",
    ],
    "int": ["", "7", "2147483647", "2147483648", "-2147483648", "1e3", "0xFF", "-0x1", "1_000", " 7 ", "٣"],
    "date": ["", "2024-01-31", " 2024-01-31 ", "2024-02-30", "2024-01-31 10:00:00", "0000-01-01", "0001-01-01", "24"],
}  # fmt: skip
ROWS = 60


def through(lines: list[tuple[str, str]], column: Column) -> tuple[list[Any], list[int], Tally, Reading]:
    """Values, numbers of rows, and facts of a column of a file, read the quick way."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([("c", "note"), *lines])
    data = text.getvalue().encode()
    head = read_head(lambda: io.BytesIO(data))
    schema = column_schema(column)
    plan = Plan(table="T", columns=(column,), schema=schema)
    tally, reading = Tally(), Reading(encoding="utf-8")
    batches = text_batches(lambda: io.BytesIO(data), head, plan, reading, careful=False)
    made = [one.to_pydict() for one in numbered((typed_batch(one, plan) for one in batches), tally)]
    return (
        [value for one in made for value in one["C"]], [row for one in made for row in one["_row"]], tally, reading
    )  # fmt: skip


def column_schema(column: Column) -> Any:
    return pa.schema([(one.name, one.type) for one in column.outputs])


@settings(max_examples=200)
@given(st.data(), st.sampled_from(sorted(SPELLINGS)))
def test_a_column_is_read_as_its_cells_one_by_one(data: st.DataObject, kind: str) -> None:
    few = data.draw(st.lists(st.sampled_from(SPELLINGS[kind]), min_size=1, max_size=3))
    cells = data.draw(st.lists(st.sampled_from(few), max_size=8)) * ROWS + data.draw(
        st.lists(st.sampled_from(SPELLINGS[kind]), max_size=3)
    )
    column = column_of(kind)
    judged = [column.judge[cell] for cell in cells]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_stream, "_BLOCK", 256)
        values, rows, tally, _ = through([(cell, "n") for cell in cells], column)
    found = tally.columns["C"] if cells else None
    assert values == [value for value, _ in judged]
    assert rows == [*range(1, len(cells) + 1)]
    assert found is None or +found.faults == Counter(fault for _, faults in judged for fault in faults)
    assert found is None or found.blank == sum(value is None and not faults for value, faults in judged)


@given(st.integers(0, 40))
@example(0)
def test_a_bad_cell_late_in_the_file_neither_loses_nor_repeats_a_row(place: int) -> None:
    cells = ["1"] * place + ["x"] + ["0"] * (40 - place)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_stream, "_BLOCK", 32)
        values, rows, tally, _ = through([(cell, "n") for cell in cells], column_of("code"))
    assert values == [1] * place + [None] + [0] * (40 - place)
    assert rows == [*range(1, 42)]
    assert tally.columns["C"].faults["unreadable"] == 1


def test_a_recoding_applies_to_numbers_that_were_read() -> None:
    recoding = Recoding(codes={1: 101}, others=True)
    column = Column(
        name="C", place="c", kind="code", nullable=True, judge=Judge("code", {0, 1}),
        outputs=(Output(name="C", type=TYPES["code"], codes=recoding),),
    )  # fmt: skip
    assert through([("1", ""), ("0", ""), ("", "n"), ("5", "")], column)[0] == [101, 0, None, 5]


def test_signs_that_are_left_out_are_counted_once_though_the_file_is_read_twice() -> None:
    values, _, _, reading = through([("1", "a\0b"), ("x", "\0"), ("0", "n")], column_of("code"))
    assert values == [1, None, 0]
    assert reading.nuls == 2


def test_a_record_that_does_not_fit_is_for_the_careful_way() -> None:
    data = b"c,note\n1,a\n2\n"
    head = read_head(lambda: io.BytesIO(data))
    plan = Plan(table="T", columns=(column_of("code"),), schema=column_schema(column_of("code")))
    with pytest.raises(Unsound):
        list(text_batches(lambda: io.BytesIO(data), head, plan, Reading(encoding="utf-8"), careful=False))
