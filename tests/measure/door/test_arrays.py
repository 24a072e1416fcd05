"""Arrays from bytes are those that pyarrow makes itself, and leave pandas where it is."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hmis_standards.measure.door.arrays import array_of, numbers, scalar_of
from tests.measure.small_exports import plain, texts_of, write_folder

VALUES: dict[Any, st.SearchStrategy[Any]] = {
    pa.int16(): st.integers(-(2**15), 2**15 - 1),
    pa.int32(): st.integers(-(2**31), 2**31 - 1),
    pa.decimal128(9, 2): st.integers(-(10**9) + 1, 10**9 - 1).map(lambda cents: Decimal(cents).scaleb(-2)),
    pa.date32(): st.dates(date(1, 1, 1)),
    pa.bool_(): st.booleans(),
    pa.string(): st.text(),
}


@given(st.data(), st.sampled_from(list(VALUES)))
def test_an_array_is_that_of_pyarrow(data: st.DataObject, kind: Any) -> None:
    values = data.draw(st.lists(st.none() | VALUES[kind], max_size=20))
    assert array_of(values, kind).equals(pa.array(values, kind))
    assert [scalar_of(value, kind).as_py() for value in values] == values


@pytest.mark.parametrize(("first", "count"), [(1, 0), (1, 3), (2**40, 2)])
def test_numbers(first: int, count: int) -> None:
    assert numbers(first, count).to_pylist() == [*range(first, first + count)]


def test_opening_an_export_does_not_import_pandas(tmp_path: Path) -> None:
    """Nor do checks: a third of a second, on a computer that has it."""
    folder = write_folder(texts_of(plain()), tmp_path / "export")
    code = (
        "import sys\nfrom hmis_standards.measure import check, open_export\n"
        f"with open_export({str(folder)!r}) as export: check(export)\n"
        "assert 'pandas' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
