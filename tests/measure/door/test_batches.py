"""A batch of text against the plain reading of each of its cells."""

from __future__ import annotations

import pickle
from collections import Counter
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hmis_standards.measure.door.batches import typed_batch
from hmis_standards.measure.door.cells import BLANKS, FORBIDDEN, Judge
from hmis_standards.measure.door.plan import Column, Output, Plan, Recoding
from hmis_standards.measure.door.tally import ColumnTally, Tally

TYPES = {
    "code": pa.int16(), "int": pa.int32(), "money": pa.decimal128(9, 2), "date": pa.date32(), "datetime": pa.date32(),
    "string": pa.string(),
}  # fmt: skip
SPELLINGS = {
    "code": ["0", "1", "99", "2", "1.0", " 1 ", "x", "", "  ", "70000"],
    "int": ["7", "40000", "-1", "1.5", "", "x"],
    "money": ["1", "1.25", "1.255", "", "$1"],
    "date": ["2024-01-31", "2024-02-30", "2024-01-31 10:00:00", "", " ", "24-01-31", "0000-01-01"],
    "datetime": ["2024-01-31 08:05:00", "2024-01-31", "2024-01-31T08:05:00", "2024-01-31 08:05:00.5", "24-01-31", "",
                 "2024-01-31 08:05:00Z", "0000-01-01 00:00:00", "2024-01-31x", " 2024-01-31 08:05:00 ",
                 "2024-01-31 8pm", "1024-01-31 08:05"],
    "string": ["Ann", " Ann ", "", "   ", "Ann [x]", "Müller", "a\u00a0", "\u00a0", "toolongtext"],
}  # fmt: skip


def column_of(kind: str, *outputs: Output) -> Column:
    judge = Judge(kind, {0, 1, 99} if kind == "code" else (), 8 if kind == "string" else None)
    made = outputs or (Output(name="C", type=TYPES[kind]),)
    return Column(name="C", place="c", kind=kind, nullable=True, judge=judge, outputs=made)


def read(cells: list[str | None], column: Column, coded: bool, **plan: Any) -> tuple[dict[str, list[Any]], Tally]:
    array = pa.array(cells, pa.string())
    fields = {"c": array.dictionary_encode() if coded else array} | plan.pop("more", {})
    schema = pa.schema([(one.name, one.type) for one in column.outputs])
    whole = Plan(table="T", columns=(column,), schema=schema, **plan)
    typed, tally = typed_batch(pa.RecordBatch.from_pydict(fields), pickle.loads(pickle.dumps(whole)))
    return typed.to_pydict(), tally


@settings(max_examples=300)
@given(st.data(), st.sampled_from(sorted(TYPES)), st.booleans())
def test_every_cell_is_read_as_by_itself(data: st.DataObject, kind: str, coded: bool) -> None:
    cells = data.draw(st.lists(st.none() | st.sampled_from(SPELLINGS[kind]) | st.text(max_size=12), max_size=12))
    column = column_of(kind)
    judged = [column.judge[cell or ""] for cell in cells]
    values, tally = read(cells, column, coded)
    found = tally.columns["C"]
    assert values["C"] == [value for value, _ in judged]
    assert found.blank == sum(value is None and not faults for value, faults in judged)
    assert +found.faults == Counter(fault for _, faults in judged for fault in faults)
    assert found.unlisted_codes == {value for value, faults in judged if "unlisted" in faults}
    assert tally.rows == len(cells)


@given(st.lists(st.none() | st.sampled_from([0, 1, 2, 98, 99, -1]), min_size=1, max_size=8))
def test_codes_that_come_as_numbers_are_judged_as_their_text(codes: list[int | None]) -> None:
    column = column_of("code")
    schema = pa.schema([("C", pa.int16())])
    batch = pa.RecordBatch.from_arrays([pa.array(codes, pa.int16())], names=["c"])
    typed, tally = typed_batch(batch, Plan(table="T", columns=(column,), schema=schema))
    values, by_text = read([None if code is None else str(code) for code in codes], column, coded=True)
    assert typed.to_pydict() == values
    assert tally == by_text


@pytest.mark.parametrize("sign", [*BLANKS, *FORBIDDEN])
def test_each_sign_that_matters_is_met_wherever_it_stands(sign: str) -> None:
    """Alone in a batch: so no other sign can have made us look."""
    values, tally = read(["A", f"Bo{sign}"], column_of("string"), coded=False)
    assert values["C"] == ["A", f"Bo{sign}".rstrip(BLANKS)]
    assert tally.columns["C"].faults["forbidden"] == (sign in FORBIDDEN)
    assert tally.columns["C"].longest == len(values["C"][1] or "")


def test_lengths_of_text() -> None:
    _, tally = read(["Ann", None, "  Müllers ", "[", ""], column_of("string"), coded=False)
    assert (tally.columns["C"].shortest, tally.columns["C"].longest) == (1, 7)
    _, empty = read([None, None], column_of("string"), coded=False)
    assert (empty.columns["C"].shortest, empty.columns["C"].longest) == (None, None)


def test_a_code_of_an_older_edition_may_become_two_columns() -> None:
    now = Output(name="Now", type=pa.int16(), codes=Recoding(codes={1: 435, 0: 101}, others=True))
    kind = Output(name="Kind", type=pa.int16(), codes=Recoding(codes={1: 428}, others=False))
    values, _ = read(["1", "0", "99", "", "x"], column_of("code", now, kind), coded=True)
    assert values == {"Now": [435, 101, 99, None, None], "Kind": [428, None, None, None, None]}


def test_a_moment_is_kept_with_its_time_where_asked() -> None:
    day, at = Output(name="D", type=pa.date32()), Output(name="DAt", type=pa.timestamp("us"))
    good, _ = read(["2024-01-31 08:05:00", "2024-01-31"], column_of("datetime", day, at), coded=False)
    assert [str(one) for one in good["DAt"]] == ["2024-01-31 08:05:00", "2024-01-31 00:00:00"]
    odd, _ = read(["2024-01-31 08:05:00", "24-01-31", "2024-01-31 8pm"], column_of("datetime", day, at), coded=False)
    assert [str(one) for one in odd["DAt"]] == ["2024-01-31 08:05:00", "None", "2024-01-31 00:00:00"]
    assert [str(one) for one in odd["D"]] == ["2024-01-31", "None", "2024-01-31"]


@pytest.mark.parametrize("coded", [True, False])
def test_deleted_rows_are_neither_read_nor_judged(coded: bool) -> None:
    deleted = pa.array([None, "2024-01-01", "yes", "", BLANKS])
    more = {"gone": deleted.dictionary_encode() if coded else deleted}
    values, tally = read(["1", "x", "y", "2", "0"], column_of("code"), coded=True, deleted="gone", more=more)
    assert values == {"C": [1, 2, 0]}
    assert (tally.rows, tally.deleted) == (3, 2)
    assert +tally.columns["C"].faults == Counter(unlisted=1)


def test_what_the_file_lacks_is_empty() -> None:
    plan = Plan(table="T", columns=(), schema=pa.schema([("A", pa.int16()), ("B", pa.string())]))
    typed, _ = typed_batch(pa.RecordBatch.from_pydict({"x": pa.array(["1", "2"])}), plan)
    assert typed.to_pydict() == {"A": [None, None], "B": [None, None]}


@given(st.lists(st.sampled_from(SPELLINGS["string"]), max_size=12), st.integers(0, 12))
def test_batches_add_up(cells: list[str], cut: int) -> None:
    column = column_of("string")
    _, whole = read(list(cells), column, coded=False)
    total = Tally()
    for part in (cells[:cut], cells[cut:]):
        total.add(read(list(part), column, coded=False)[1])
    for one in (whole, total):
        one.columns["C"].faults = +one.columns["C"].faults
    assert total == Tally(rows=len(cells), deleted=0, columns={"C": whole.columns["C"]})
    assert isinstance(total.columns["C"], ColumnTally)
