"""What measuring costs: nothing large is made twice, kept for nothing, or dear beside a bare scan of the files."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from hmis_standards.measure import Export, check, hud_dq_report, measure, open_export
from hmis_standards.measure.columns import NEEDED
from hmis_standards.measure.prepare import SHARED
from hmis_standards.measure.session import view_names
from tests.benchmarks.measure_speed import OURS, SCAN, cost
from tests.measure.small_exports import plain, texts_of, write_folder
from tests.shared_data import shared

MOST = 12
"""Times the CPU of a bare scan. On the demonstration export it is below 4; twelve is for busy computers."""


def views_there(export: Export) -> set[str]:
    """The prepared views that the engine holds."""
    rows = export.engine.rows("SELECT table_name FROM information_schema.tables")
    return {str(row["table_name"]) for row in rows} & view_names() - set(NEEDED)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of all views that are written down from now on, in order."""
    from hmis_standards.measure.engine.duck import DuckEngine

    names: list[str] = []
    keep = DuckEngine.materialize

    def note(engine: DuckEngine, table: str, select: str) -> None:
        names.append(table)
        keep(engine, table, select)

    monkeypatch.setattr(DuckEngine, "materialize", note)
    return names


def test_the_views_that_checks_count_are_not_written_down(made: list[str], tmp_path: Path) -> None:
    with open_export(write_folder(texts_of(plain()), tmp_path / "export")) as export:
        found = check(export)
        counted = {one.check.view for one in found if one.check.view} - SHARED
        assert counted
        assert not counted & set(made)
        assert len(made) == len(set(made))
        assert views_there(export) <= SHARED


def test_report_and_measures_write_views_once_and_leave_what_is_shared(made: list[str], tmp_path: Path) -> None:
    with open_export(write_folder(texts_of(plain()), tmp_path / "export")) as export:
        hud_dq_report(export)
        assert {"stays", "households"} <= set(made)
        assert "people" not in made
        measure(export, by="project")
        assert len(made) == len(set(made))
        assert views_there(export) <= SHARED | {"coverage"}


def test_the_whole_run_stays_near_a_bare_scan(tmp_path: Path) -> None:
    """Best of two, each in a fresh process, against the best of two scans."""
    with zipfile.ZipFile(shared() / "exports" / "demo.zip") as archive:
        archive.extractall(tmp_path)
    scan = min(cost(SCAN, tmp_path)["cpu"] for _ in range(2))
    ours = min(cost(OURS, tmp_path)["cpu"] for _ in range(2))
    assert ours < MOST * scan
