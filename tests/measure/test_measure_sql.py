"""The SQL of a measure as one statement gives what measuring gives on the whole system, and reads as Spark's too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
import sqlglot
from sqlglot import exp

from hmis_standards.errors import NoStatement, UnknownMeasure
from hmis_standards.measure import Export, MeasureResult, measure, measure_statement, open_export
from hmis_standards.measure.columns import NEEDED
from hmis_standards.measure.measure_sql import _WINDOWS
from hmis_standards.store import load_catalog, sample_root

COMPUTED = [one.id for one in load_catalog().measures if one.computed]


def stated(name: str) -> bool:
    try:
        return bool(measure_statement(name))
    except NoStatement:
        return False


STATED = [name for name in COMPUTED if stated(name)]


@pytest.fixture(scope="module")
def sample() -> Iterator[tuple[Export, dict[str, MeasureResult]]]:
    with open_export(Path(str(sample_root())) / "hmis-export.zip") as export:
        yield export, {one.measure: one for one in measure(export) if one.slice == "system"}


def test_most_measures_are_stated() -> None:
    assert len(STATED) > 55


@pytest.mark.parametrize("name", STATED)
def test_it_counts_what_the_measure_counts(name: str, sample: tuple[Export, dict[str, MeasureResult]]) -> None:
    export, results = sample
    (row,) = export.engine.rows(measure_statement(name))
    found = results.get(name)
    if found is not None:
        assert (int(row["numerator"]), int(row["denominator"])) == (found.numerator, found.denominator)


@pytest.mark.parametrize("name", STATED)
def test_it_reads_as_sparks(name: str) -> None:
    (tree,) = sqlglot.parse(measure_statement(name, dialect="spark"), read="spark")
    assert isinstance(tree, exp.Select)
    made = {one.alias for one in tree.find_all(exp.CTE)}
    assert {table.name for table in tree.find_all(exp.Table)} - made <= set(NEEDED)


def test_the_days_of_projects_are_those_that_measuring_fills_in(
    sample: tuple[Export, dict[str, MeasureResult]],
) -> None:
    columns = ("kind", "ProjectID", "begins", "ends")
    filled = sample[0].engine.rows("SELECT * FROM \"windows\" WHERE kind IN ('period', 'taking part')")
    stated = sample[0].engine.rows(_WINDOWS)
    assert len(stated) > 30
    told, wanted = ({tuple(row[name] for name in columns) for row in rows} for rows in (stated, filled))
    assert told == wanted


def test_spans_that_overlap_or_touch_are_one() -> None:
    """Of three spans two touch on the same day; the project opened after the first had begun, and has not closed.

    Participation: Jan 1 to Feb 1, Feb 1 to Mar 1, Apr 1 on. Report: January to June 2025. Open from Jan 10.
    """
    tables = """
        WITH "period" AS (SELECT DATE '2025-01-01' AS report_start, DATE '2025-06-30' AS report_end),
        "Project" AS (
            SELECT
                'a' AS "ProjectID",
                DATE '2025-01-10' AS "OperatingStartDate",
                CAST(NULL AS DATE) AS "OperatingEndDate"
        ),
        "HMISParticipation" AS (
            SELECT
                'a' AS "ProjectID",
                1 AS "HMISParticipationType",
                CAST(v.begins AS DATE) AS "HMISParticipationStatusStartDate",
                CAST(v.ends AS DATE) AS "HMISParticipationStatusEndDate"
            FROM (
                VALUES ('2025-02-01', '2025-03-01'), ('2025-04-01', NULL), ('2024-12-01', '2025-02-01')
            ) AS v(begins, ends)
        )
    """
    rows = duckdb.sql(f"{tables} SELECT * FROM ({_WINDOWS}) ORDER BY kind, begins").fetchall()
    spans = [(kind, str(begins), str(ends)) for kind, _, begins, ends in rows]
    assert spans == [
        ("period", "2025-01-10", "2025-03-01"),
        ("period", "2025-04-01", "2025-07-01"),
        ("taking part", "2025-01-01", "2025-03-01"),
        ("taking part", "2025-04-01", "2025-07-01"),
    ]


def test_editions_have_rules_of_their_own() -> None:
    assert "2022 AS edition" in measure_statement("veteran-error", edition="FY2022")
    assert measure_statement("veteran-error", edition="FY2022") != measure_statement("veteran-error")
    with pytest.raises(NoStatement):
        measure_statement("gender-error")
    assert "gender_state" in measure_statement("gender-error", edition="FY2024")


def test_what_cannot_be_stated() -> None:
    with pytest.raises(NoStatement, match="bed-utilization is no single SQL statement: nights, beds"):
        measure_statement("bed-utilization")
    with pytest.raises(NoStatement, match="median-start-days"):
        measure_statement("median-start-days")
    with pytest.raises(UnknownMeasure, match="did you mean name-error"):
        measure_statement("name-eror")
    with pytest.raises(ValueError, match="duckdb, spark"):
        measure_statement("name-error", dialect="excel")
