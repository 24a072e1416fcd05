"""The embedded engine: small tables of parameters come back as they were given."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from hmis_standards.errors import ExportError
from hmis_standards.measure.engine.duck import DuckEngine

COLUMNS = 'day DATE, "Code" VARCHAR, hashed BOOLEAN, edition INTEGER'


@pytest.fixture
def engine() -> Iterator[DuckEngine]:
    made = DuckEngine()
    made.seal()
    yield made
    made.close()


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [(None, None, None, None)],
        [(None, "it's \u00e9", True, 1), (date.max, None, None, None), (date.min, "", False, -5)],
        [(date(2024, 1, 1), str(number), None, 2**31 - 1) for number in range(3000)],
    ],
    ids=["none", "blank", "some blank", "many"],
)
def test_parameters_come_back_in_order(engine: DuckEngine, rows: list[tuple[Any, ...]]) -> None:
    engine.fill("given", COLUMNS, [(date(2020, 2, 29), "before", True, 0)])
    engine.fill("given", COLUMNS, iter(rows))
    assert [tuple(row.values()) for row in engine.rows('SELECT * FROM "given"')] == rows
    (kinds,) = engine.rows('SELECT typeof(min(day)) AS a, typeof(min(edition)) AS b FROM "given"')
    assert kinds == {"a": "DATE", "b": "INTEGER"}


def test_a_closed_engine_takes_no_parameters(engine: DuckEngine) -> None:
    engine.close()
    with pytest.raises(ExportError, match="closed"):
        engine.fill("given", COLUMNS, [(None, None, None, None)])
