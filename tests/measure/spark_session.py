"""One Spark session for the tests: small, quick to get going, and with a warehouse of its own."""

from __future__ import annotations

import os
import shutil
import sys
import warnings
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.programs import without

PANDAS = "ignore:PySpark does not yet fully support pandas:FutureWarning"
"""What PySpark says of the pandas that it finds; it is not used."""

# Little data and many short queries: compiling them, to Java and to machine code, would take most of the time, and so
# would compression and a second task for each step.
_SETTINGS = {
    "spark.broadcast.compress": "false",
    "spark.default.parallelism": "1",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=256m -XX:+UseSerialGC",
    "spark.driver.host": "127.0.0.1",
    "spark.log.level": "ERROR",
    "spark.shuffle.compress": "false",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.inMemoryColumnarStorage.compressed": "false",
    "spark.sql.session.timeZone": "America/Los_Angeles",
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.ui.retainedExecutions": "1",
    "spark.ui.enabled": "false",
    "spark.ui.retainedJobs": "1",
    "spark.ui.retainedStages": "1",
    "spark.ui.showConsoleProgress": "false",
}


def lacking() -> str:
    """What is not there to run Spark with; empty if it is."""
    if find_spec("pyspark") is None:
        return "pyspark is not installed: pip install 'hmis-standards[spark]'"
    home = os.environ.get("JAVA_HOME")
    if not (home and Path(home, "bin", "java").exists()) and not shutil.which("java"):
        return "there is no Java: Spark needs version 17 or newer"
    return ""


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The session, one for all tests."""
    if reason := lacking():
        without(reason)
    session = _started(tmp_path_factory.mktemp("warehouse"))
    yield session
    session.stop()


def _started(warehouse: Path) -> Any:
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]").appName("tests").config("spark.sql.warehouse.dir", str(warehouse))
    for name, value in _SETTINGS.items():
        builder = builder.config(name, value)
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        patch.setenv("PYSPARK_PYTHON", os.environ.get("PYSPARK_PYTHON") or sys.executable)
        warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
        return builder.getOrCreate()


def left_behind(spark: Any) -> tuple[int, list[str]]:
    """Tables still in memory, and names in the catalog."""
    return len(spark.sparkContext._jsc.getPersistentRDDs()), sorted(
        row["tableName"] for row in spark.sql("SHOW TABLES").collect()
    )
