"""The engine on a SparkSession: what it reads, what it leaves behind, what it refuses, and the options for it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from hmis_standards.errors import ExportError, MissingTable
from hmis_standards.measure import Export, check, open_export
from hmis_standards.store import load_checks
from tests.cli.test_commands import run
from tests.measure.planted import clean, write
from tests.measure.small_exports import plain, spoil, texts_of, write_folder, write_zip
from tests.measure.spark_session import PANDAS, lacking, left_behind
from tests.programs import without

SAMPLE = Path(__file__).parents[2] / "examples" / "sample" / "hmis-export.zip"

pytestmark = [pytest.mark.filterwarnings(PANDAS), pytest.mark.xdist_group("spark")]

# --- reading ----------------------------------------------------------------------------------------------


def test_a_faulty_folder_read_by_the_executors(spark: Any, tmp_path: Path) -> None:
    """Rows that do not fit, a slip of a quotation mark, another encoding, NUL bytes, values of the wrong type."""
    texts = texts_of(plain())
    folder = write_folder(texts, tmp_path / "faulty")
    spoil(folder / "Client.csv", b"Ann", b"Ann\xe9")
    spoil(folder / "Project.csv", b"\n", b"\0\n")
    spoil(folder / "Enrollment.csv", b"2024-10-01", b"10/01/2024")
    with (folder / "Enrollment.csv").open("ab") as file:
        file.write(b'short,row\n"a slip,' + b"," * 30 + b"\n")
    (folder / "Services.csv").write_bytes(b"")
    (folder / "Event.csv").write_bytes(b"\n")
    (folder / "notes.txt").write_text("nothing")
    with open_export(folder) as ours, open_export(folder.as_uri(), engine="spark", session=spark) as theirs:
        assert evolve(theirs.found, form=ours.found.form) == ours.found
        assert theirs.problems == ours.problems
        assert {"left out", "not UTF-8", "NUL bytes"} <= {
            word for word in ("left out", "not UTF-8", "NUL bytes") for one in ours.problems if word in str(one)
        }
        assert dict(theirs.rows) == dict(ours.rows)


def test_repeated_keys_across_parts_of_a_table(spark: Any) -> None:
    """Of several rows with one key one is kept, and rows that are deleted are none."""
    tables = plain()
    people = [
        tables["Client"][0] | {"PersonalID": str(n % 7), "DateDeleted": "2025-01-01" if n > 90 else ""}
        for n in range(100)
    ]
    frames = {name: spark.createDataFrame(rows) for name, rows in tables.items() if rows}
    frames["Client"] = spark.createDataFrame(people).repartition(5)
    with open_export(frames, engine="spark", session=spark) as export:
        file = export.found.file("Client")
        assert (file.rows, file.deleted, file.duplicates, export.rows["Client"]) == (91, 9, 84, 7)
        rows = export.engine.rows(
            'SELECT "PersonalID", count(DISTINCT "_row") AS n FROM "Client" GROUP BY "PersonalID"'
        )
        assert sorted(row["n"] for row in rows) == [1] * 7


def test_names_of_columns_are_those_of_the_editions_whatever_their_case() -> None:
    pytest.importorskip("pyspark", reason=lacking())
    from hmis_standards.measure.engine.spark_source import _spelled

    assert _spelled("ProjectCoC", ["zip", "projectid", "COCCODE", "Zip", "mine"]) == [
        "ZIP", "ProjectID", "CoCCode", "Zip", "mine",
    ]  # fmt: skip
    assert _spelled("Disabilities", ["tcellcount", "TcellCount"]) == ["TCellCount", "TcellCount"]
    assert _spelled("Exit", ["WORKPLACEVIOLENCETHREATS"]) == ["WorkplaceViolenceThreats"]


# --- the session is the user's -----------------------------------------------------------------------------


def test_two_exports_in_one_session_and_a_view_of_the_user(spark: Any, tmp_path: Path) -> None:
    tables = plain()
    two = {**tables, "Client": [*tables["Client"], tables["Client"][0] | {"PersonalID": "9"}]}
    spark.range(3).createOrReplaceTempView("Client")
    before = left_behind(spark)
    options: Mapping[str, Any] = {"engine": "spark", "session": spark}
    first = open_export(write_folder(texts_of(tables), tmp_path / "one"), **options)
    with first, open_export(write_zip(texts_of(two), tmp_path / "two.zip"), **options) as second:
        asked, people = 'SELECT count(*) AS n FROM "Client"', len(tables["Client"])
        assert (first.engine.rows(asked), second.engine.rows(asked)) == ([{"n": people}], [{"n": people + 1}])
        assert spark.sql("SELECT * FROM Client").count() == 3
        first.close()
        assert second.engine.rows(asked) == [{"n": people + 1}]
    assert left_behind(spark) == before
    spark.catalog.dropTempView("Client")
    with pytest.raises(ExportError, match="the export is closed"):
        check(first)
    first.close()


def test_a_check_that_spark_cannot_evaluate_does_not_stop_the_others(spark: Any, tmp_path: Path) -> None:
    good = load_checks()["exit-before-start"]
    bad = evolve(good, id="not-on-spark", where='"EntryDate" - "ExitDate" > 90')
    with open_export(write(clean(), tmp_path / "one"), engine="spark", session=spark) as export:
        found = check(export, (good, bad))
    assert (found["exit-before-start"].status, found["not-on-spark"].status) == ("ok", "error")
    assert found["not-on-spark"].reason == "spark cannot evaluate the condition (AnalysisException)"


def test_the_engine_is_named(spark: Any, tmp_path: Path) -> None:
    with open_export(write(clean(), tmp_path / "one"), engine="spark", session=spark) as export:
        assert export.facts()["engine"] == f"spark {spark.version}"


def test_closing_when_the_session_is_gone(spark: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is left to let go of, and that is no error; a second time neither."""
    export = open_export(SAMPLE, engine="spark", session=spark)
    export.close()
    asked: list[str] = []

    def gone(name: str) -> None:
        asked.append(name)
        raise ConnectionRefusedError

    monkeypatch.setattr(spark.catalog, "dropTempView", gone)
    export = open_export(SAMPLE, engine="spark", session=spark)
    held = dict(export.engine._held)  # type: ignore[attr-defined]
    export.close()
    export.close()
    assert len(asked) == len(held) > 0
    monkeypatch.undo()
    for name, release in zip(asked, held.values(), strict=True):
        spark.catalog.dropTempView(name)
        release()


# --- what cannot be opened ---------------------------------------------------------------------------------


def test_places_without_an_export(spark: Any, tmp_path: Path) -> None:
    def opening(source: Any) -> Any:
        return open_export(source, engine="spark", session=spark)

    with pytest.raises(ExportError, match="Spark cannot read the folder"):
        opening((tmp_path / "nowhere").as_uri())
    zipped = write_zip(texts_of(plain()), tmp_path / "one.zip")
    with pytest.raises(ExportError, match=r"holds no Export\.csv; Spark reads a folder of CSV files, the driver a zip"):
        opening(zipped.as_uri())
    with pytest.raises(ExportError, match="there is no file or folder nosuchschema"):
        opening("nosuchschema")
    with pytest.raises(ExportError, match="Spark tables: no table is named like"):
        opening({"people": spark.range(1)})
    with pytest.raises(ExportError, match=r"there is no Export\.csv|Export") as caught:
        opening({"Client": spark.createDataFrame(plain()["Client"])})
    assert isinstance(caught.value, MissingTable)


def test_a_column_that_is_no_text_is_told_without_its_values(spark: Any) -> None:
    frames = {name: spark.createDataFrame(rows) for name, rows in plain().items() if rows}
    frames["Client"] = frames["Client"].selectExpr("* EXCEPT (FirstName)", "array(FirstName) AS FirstName")
    with pytest.raises(ExportError, match=r"the export cannot be read into spark \(PythonException\)") as caught:
        open_export(frames, engine="spark", session=spark)
    assert "Ann" not in str(caught.value)
    assert left_behind(spark)[0] == 0


# --- on the command line -----------------------------------------------------------------------------------


def test_a_command_prints_the_same(spark: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(clean(), tmp_path / "one")
    ours, theirs = (run(capsys, "apr", path, "--format", "csv", "--engine", one) for one in ("duckdb", "spark"))
    assert theirs[:2] == ours[:2]
    assert ours[0] == 0
    assert "," in ours[1]


@pytest.mark.parametrize("command", ["check", "measure", "apr"])
def test_commands_hand_the_engine_on(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[str] = []

    def opening(source: Any, *, engine: str, **options: Any) -> Export:
        asked.append(engine)
        raise ExportError("no more is needed")

    monkeypatch.setattr("hmis_standards.measure.open_export", opening)
    run(capsys, command, SAMPLE, "--engine", "spark")
    run(capsys, command, SAMPLE)
    assert asked == ["spark", "duckdb"]


def test_a_session_of_its_own(spark: Any, tmp_path: Path) -> None:
    """Where no session is active a local one is started, with workers that have our packages."""
    path = write(clean(), tmp_path / "one")
    code = (
        "import sys; from hmis_standards.measure import open_export\n"
        f"with open_export({str(path)!r}, engine='spark') as export: print('rows', export.rows['Client'])"
    )
    quick = {**os.environ, "JDK_JAVA_OPTIONS": "-XX:TieredStopAtLevel=1"}
    quick.pop("PYSPARK_PYTHON", None)
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=quick).stdout
    assert "rows 2" in told


def test_without_java_it_is_told_what_is_needed(tmp_path: Path) -> None:
    code = (
        "from hmis_standards.errors import ExportError\n"
        "from hmis_standards.measure import open_export\n"
        "try: open_export('x.zip', engine='spark')\n"
        "except ExportError as error: print(error)"
    )
    bare = {**os.environ, "JAVA_HOME": str(tmp_path), "PATH": str(tmp_path)}
    if find_spec("pyspark") is None:
        without(lacking())
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=bare).stdout
    assert told.strip() == "Spark does not start on this computer; it needs Java 17 or newer (JAVA_HOME)"


# --- options -----------------------------------------------------------------------------------------------


def test_options_that_do_not_exist() -> None:
    with pytest.raises(ValueError, match="engine is one of duckdb, spark, not 'sqlite'"):
        open_export(SAMPLE, engine="sqlite")
    with pytest.raises(ValueError, match="only the engine 'spark' takes a session"):
        open_export(SAMPLE, session=object())


def test_without_pyspark_the_message_is_the_command_that_installs_it() -> None:
    code = (
        "import sys; sys.modules['pyspark'] = None\n"
        "from hmis_standards.errors import MissingExtra\n"
        "from hmis_standards.measure import open_export\n"
        "try: open_export('x.zip', engine='spark')\n"
        "except MissingExtra as error: print(error)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told.strip() == "pip install 'hmis-standards[spark]'"


# --- where Spark is not there ------------------------------------------------------------------------------


def test_java_is_missed_where_there_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("JAVA_HOME", "PATH"):
        monkeypatch.setenv(name, str(tmp_path))
    assert "Java" in lacking() or "pyspark" in lacking()
