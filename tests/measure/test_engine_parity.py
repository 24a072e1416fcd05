"""The same job on a SparkSession gives the same integers as DuckDB: every check, every measure, every cell of HUD's.

Five exports, read in four ways: the sample, HUD's demonstration export, one with the faults planted for all checks, and
two of the earlier editions that were spoiled. Nothing is left out: what is compared is counted against the catalog.
"""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

from hmis_standards.measure import Export, check, hud_dq_report, measure, open_export
from hmis_standards.store import load_catalog, load_checks
from hmis_standards.vocabulary import CheckKind
from tests.measure.planted import Case, clean, planted_groups, with_rows, write
from tests.measure.small_exports import Tables, spoil
from tests.measure.spark_session import PANDAS, left_behind
from tests.shared_data import shared

pytestmark = [pytest.mark.filterwarnings(PANDAS), pytest.mark.xdist_group("spark")]

SAMPLE = Path(__file__).parents[2] / "examples" / "sample" / "hmis-export.zip"
QUESTIONS = ["Q5a", "Q6a", "Q6b", "Q6c", "Q6d", "Q6e", "Q6f"]

# The records behind these are looked at too; for all of them it would take minutes.
_RECORDS = 3


@frozen
class Pair:
    """One export as each engine is given it."""

    duckdb: Any
    spark: Any


# --- the exports -------------------------------------------------------------------------------------------


def sample(spark: Any, folder: Path) -> Pair:
    """A zip, which the driver reads for Spark."""
    return Pair(SAMPLE, SAMPLE)


def demonstration(spark: Any, folder: Path) -> Pair:
    """A folder that Spark's executors read."""
    with zipfile.ZipFile(shared() / "exports" / "demo.zip") as packed:
        packed.extractall(folder)
    return Pair(folder, folder.as_uri())


def planted(spark: Any, folder: Path) -> Pair:
    """The faults of all checks in tables as a warehouse has them: names in small letters, DATE and INT beside text."""
    spark.sql("CREATE DATABASE planted")
    tables = {}
    for path in write(everything_planted(), folder).glob("*.csv"):
        frame = spark.read.csv(str(path), header=True)
        typed = frame.coalesce(1).select(*(_typed(name) for name in frame.columns))
        tables[path.stem] = typed.toArrow()
        typed.toDF(*map(str.lower, frame.columns)).write.saveAsTable(f"planted.{path.stem.lower()}")
    return Pair(tables, "planted")


def everything_planted() -> Tables:
    """The rows planted for the checks in one export: each case in projects, households and people of its own."""
    tables: Tables = {}
    cases = [(name, _rows(name, case)) for group in planted_groups().values() for name, case in group.items()]
    cases.append(("people counted", {"Project": {0: {"PITCount": "20"}}}))  # no fault, but no other export has any
    for name, change in cases:
        for table, rows in with_rows(clean(), change).items():
            named = [{column: _own(name, column, cell) for column, cell in row.items()} for row in rows]
            tables.setdefault(table, []).extend(named)
    return {**tables, "Export": clean()["Export"]}


def _rows(name: str, case: Case) -> Any:
    """The fault as rows; of those for the files as such, and of earlier editions, the clean export instead."""
    whole = load_checks()[name].kind is CheckKind.FILE or case.edition != "FY2026"
    return {} if whole or callable(case.fault) else case.fault


def _own(case: str, column: str, cell: str) -> str:
    return f"{case}:{cell}" if column.endswith("ID") and cell else cell


def _typed(column: str) -> Any:
    from pyspark.sql import functions as F

    kind = {"EntryDate": "date", "ExitDate": "date", "RelationshipToHoH": "int", "ProjectType": "int"}.get(column)
    return (F.col(column).try_cast(kind) if kind else F.col(column)).alias(column)


def spoiled_2024(spark: Any, folder: Path) -> Pair:
    """An export of FY2024 with faults of files and values, read by Spark's executors."""
    return Pair(_spoiled("input-fy24", folder), folder.as_uri())


def spoiled_2022(spark: Any, folder: Path) -> Pair:
    """The same of FY2022, read by the driver."""
    return Pair(_spoiled("input-fy22", folder), folder)


def _spoiled(name: str, folder: Path) -> Path:
    """Bytes of another encoding, NUL bytes, dates and codes that are none, doubled keys, rows that do not fit."""
    shutil.copytree(shared() / "testkit" / "rnd-a" / name, folder, dirs_exist_ok=True)
    spoil(folder / "Client.csv", b"Ann7,", b"Ann\xe9,")
    spoil(folder / "Organization.csv", b"\n", b"\0\n")
    spoil(folder / "Enrollment.csv", b"2023-11-0", b"11/0/2023-")
    spoil(folder / "Exit.csv", b"2024-0", b"2042-0")
    spoil(folder / "IncomeBenefits.csv", b",1,,0,", b",1,none,99,")
    lines = (folder / "Client.csv").read_bytes().splitlines(keepends=True)
    (folder / "Client.csv").write_bytes(b"".join([*lines, *lines[5:25]]))
    with (folder / "Enrollment.csv").open("ab") as file:
        file.write(b'short,row\n"a slip,' + b"," * 30 + b"\n")
    (folder / "Event.csv").write_bytes(b"\n")
    (folder / "notes.txt").write_text("nothing")
    return folder


EXPORTS: dict[str, Callable[[Any, Path], Pair]] = {
    one.__name__: one for one in (sample, demonstration, planted, spoiled_2024, spoiled_2022)
}


# --- what is compared --------------------------------------------------------------------------------------


def told(export: Export) -> dict[str, Any]:
    """All that can be asked of an export, with every option of the checks on."""
    checks = check(export, settings={one.option: 1 for one in load_checks() if one.option})
    flagged = [one.check.id for one in checks if one.count and one.check.view]
    return {
        "edition": export.edition,
        "problems": [str(problem) for problem in export.problems],
        "rows": dict(export.rows),
        "columns": export.found.rows(),
        "links": [link.to_dict() for link in export.found.links],
        "checks": checks.rows(),
        "records": {name: checks.rows(name) for name in flagged[:_RECORDS]},
        "measures": measure(export, by="project").rows(),
        "report": hud_dq_report(export).to_dict(),
    }


@pytest.fixture(scope="module")
def pair(spark: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Pair]]:
    """The export of a name, made once."""
    yield cache(lambda name: EXPORTS[name](spark, tmp_path_factory.mktemp(name) / "export"))
    spark.sql("DROP DATABASE IF EXISTS planted CASCADE")


@pytest.fixture(scope="module")
def on_duckdb(pair: Callable[[str], Pair]) -> Callable[[str], dict[str, Any]]:
    """What DuckDB tells of the export of a name, asked once."""

    @cache
    def asked(name: str) -> dict[str, Any]:
        with open_export(pair(name).duckdb) as export:
            return told(export)

    return asked


@pytest.mark.parametrize("name", EXPORTS)
def test_same_integers(
    name: str, spark: Any, pair: Callable[[str], Pair], on_duckdb: Callable[[str], dict[str, Any]]
) -> None:
    before = left_behind(spark)
    with open_export(pair(name).spark, engine="spark", session=spark) as export:
        theirs = told(export)
    ours = on_duckdb(name)
    for part in ours:  # one by one: a difference in one of thousands of rows has to be readable
        assert differences(ours[part], theirs[part]) == [], part
    assert left_behind(spark) == before
    assert [one["check"] for one in theirs["checks"]] == [one.id for one in load_checks()]
    assert {one["measure"] for one in theirs["measures"]} == computed(theirs["edition"])
    assert [one["name"] for one in theirs["report"]["tables"]] == QUESTIONS


def differences(ours: Any, theirs: Any) -> list[Any]:
    """The first places where two results are not the same; both results where they are not alike."""
    if not isinstance(ours, list) or not isinstance(theirs, list) or len(ours) != len(theirs):
        return [] if ours == theirs else [(ours, theirs)]
    return [(one, other) for one, other in zip(ours, theirs, strict=True) if one != other][:5]


def computed(edition: str) -> set[str]:
    """The measures that the catalog says are computed; FY2026 has no gender."""
    known = {one.id for one in load_catalog().measures if one.computed}
    return known - {"gender-error"} if edition == "FY2026" else known


def test_every_check_is_counted_in_one_of_them(on_duckdb: Callable[[str], dict[str, Any]]) -> None:
    """Or both engines might agree on nothing but why they did not count it."""
    found = [one for name in EXPORTS for one in on_duckdb(name)["checks"]]
    names = {one.id for one in load_checks()}
    assert names - {one["check"] for one in found if one["status"] == "ok"} == set()
    in_rows = {one.id for one in load_checks() if one.view}
    assert in_rows - {one["check"] for one in found if one["count"]} == set()


def test_every_measure_is_counted_in_one_of_them(on_duckdb: Callable[[str], dict[str, Any]]) -> None:
    found = [one for name in EXPORTS for one in on_duckdb(name)["measures"]]
    for slice in ("system", "project_type", "project"):
        counted = {one["measure"] for one in found if one["slice"] == slice and one["status"] == "ok"}
        assert {one["measure"] for one in found if one["slice"] == slice} - counted == set(), slice
    assert {one["measure"] for one in found if one["numerator"]} == computed("FY2024")
