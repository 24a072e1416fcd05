"""Arrow arrays and scalars of Python values, made from bytes.

Handed a Python value, pyarrow imports pandas where that is installed, only to ask whether the value is one of its own:
a third of a second before the first row is read.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

__all__ = ["array_of", "numbers", "scalar_of"]


def array_of(values: Sequence[Any], kind: Any) -> Any:
    """The values (numbers, days, texts, truths; None where there is none) as an array of that type, by their text."""
    texts = [b"" if value is None else str(value).encode("utf-8") for value in values]
    ends = array("i", [0])
    for text in texts:
        ends.append(ends[-1] + len(text))
    there = "".join("01"[value is not None] for value in reversed(values))
    mask = int(f"0{there}", 2).to_bytes(len(values) // 8 + 1, "little")
    buffers = (pa.py_buffer(one) for one in (ends, b"".join(texts), mask))
    return pa.StringArray.from_buffers(len(values), *buffers).cast(kind)


def scalar_of(value: Any, kind: Any) -> Any:
    """A value as a scalar of that type."""
    return array_of([value], kind)[0]


def numbers(first: int, count: int) -> Any:
    """So many whole numbers, one after the other."""
    ones = pa.repeat(scalar_of(1, pa.int64()), count)
    return pc.cumulative_sum(ones, start=scalar_of(first - 1, pa.int64()))
