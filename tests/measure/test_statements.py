"""The SQL of a check as one statement gives the count of the check, and reads as Spark's too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

from hmis_standards.errors import PredicateError, UnknownCheck
from hmis_standards.measure import Export, FindingSet, check, open_export
from hmis_standards.measure.columns import NEEDED
from hmis_standards.measure.session import view_file, view_names
from hmis_standards.measure.statements import statement
from hmis_standards.store import load_checks, sample_root

CHECKS = [one.id for one in load_checks() if one.view]


@pytest.fixture(scope="module")
def sample() -> Iterator[tuple[Export, FindingSet]]:
    with open_export(Path(str(sample_root())) / "hmis-export.zip") as export:
        yield export, check(export)


@pytest.mark.parametrize("name", CHECKS)
def test_it_counts_what_the_check_counts(name: str, sample: tuple[Export, FindingSet]) -> None:
    export, found = sample
    (row,) = export.engine.rows(statement(name))
    if found[name].status == "ok":
        assert row == {"flagged": found[name].count, "among": found[name].denominator}
    else:
        assert row["among"] == 0


@pytest.mark.parametrize("name", CHECKS)
def test_it_reads_as_sparks(name: str) -> None:
    (tree,) = sqlglot.parse(statement(name, dialect="spark"), read="spark")
    assert isinstance(tree, exp.Select)
    made = {one.alias for one in tree.find_all(exp.CTE)}
    assert {table.name for table in tree.find_all(exp.Table)} - made <= set(NEEDED)


def test_settings_are_filled_in() -> None:
    assert "> 90" in statement("stay-too-long")
    assert "> 60" in statement("stay-too-long", settings={"long_stay_days": 60})


def test_what_cannot_be_stated() -> None:
    with pytest.raises(PredicateError, match="has no SQL"):
        statement("no-enrollments")
    with pytest.raises(UnknownCheck):
        statement("nothing")
    with pytest.raises(ValueError, match="duckdb, spark"):
        statement("stay-too-long", dialect="excel")


@pytest.mark.parametrize("view", sorted(view_names()))
def test_views_keep_to_what_engines_share(view: str) -> None:
    """Nothing that DuckDB and Spark understand differently, or that one of them does not have."""
    if "{" in view_file(view):
        return
    tree = sqlglot.parse_one(view_file(view), read="duckdb")
    apart = (exp.Qualify, exp.ArgMax, exp.ArgMin, exp.AnyValue, exp.Median, exp.PercentileCont, exp.Quantile, exp.Array,
             exp.Struct, exp.Lambda, exp.Unnest)  # fmt: skip
    assert [one.sql() for one in tree.find_all(*apart)] == []
    assert {one.args["unit"].name.lower() for one in tree.find_all(exp.DateDiff)} <= {"day"}
