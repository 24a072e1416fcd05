"""The command judge, and several benchmark sets at once."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.cli.test_commands import SAMPLE, refused, run


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that measure -o writes, with results by project."""
    from hmis_standards.cli import main

    folder = tmp_path_factory.mktemp("measured")
    assert main(["measure", str(SAMPLE), "--by", "project", "-o", str(folder), "--format", "csv"]) == 0
    return folder


def test_judged_from_the_file_as_when_it_was_measured(
    measured: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    again = tmp_path / "measures.csv"
    for source in (measured, measured / "results.json"):
        assert run(capsys, "judge", source, "-o", again)[0] == 0
        assert again.read_bytes() == (measured / "measures.csv").read_bytes()
    live = run(capsys, "measure", SAMPLE, "--by", "project")[1]
    assert run(capsys, "judge", measured)[1] == live


def test_judged_by_the_targets_of_another_day(
    measured: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ours = tmp_path / "ours.yaml"
    ours.write_text(OURS)
    words = ("judge", measured, "--benchmarks", ours, "--format", "json")
    now = json.loads(run(capsys, *words)[1])[0]
    then = json.loads(run(capsys, *words, "--on", "2026-01-01")[1])[0]
    assert (now["status"], now["met"], now["origin"], now["until"]) == ("below", "0", "convention", "2025-12-31")
    assert (then["status"], then["met"], then["since"]) == ("met", "1", "2026-01-01")
    early = json.loads(run(capsys, *words, "--on", "2020-01-01")[1])[0]
    assert (early["status"], early["reason"]) == ("not_applicable", "no target is in force on 2020-01-01")


def test_several_sets_side_by_side(measured: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "judge", measured, "--benchmarks", "default,hud-flags", "--benchmarks", "oc-ca")
    assert status == 0
    lines = out.splitlines()
    assert lines[1].split() == ["measure", "of", "count", "default", "hud-flags", "oc-ca"]
    (race,) = [line for line in lines if line.split()[1:3] == ["race-missing", "TH"]]
    assert race.split()[0] == "≠"
    assert "near (at most 1 %)" in race
    assert "below (at most 1 %)" in race
    assert [line.partition(":")[0] for line in lines[-3:]] == ["default", "hud-flags", "oc-ca"]
    status, out, _ = run(capsys, "measure", SAMPLE, "--benchmarks", "default,hud-flags", "--format", "csv")
    assert {row["profile"] for row in csv.DictReader(out.splitlines())} == {"default", "hud-flags", ""}
    status, _, _ = run(capsys, "measure", SAMPLE, "--benchmarks", "default,hud-flags", "-o", tmp_path)
    assert json.loads((tmp_path / "results.json").read_text())["benchmarks"] == "default,hud-flags"


def test_judge_fails_on_request(measured: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "judge", measured, "--fail-on", "below")[0] == 1
    assert run(capsys, "judge", measured, "--benchmarks", "maine", "--fail-on", "near")[0] == 0


def test_judge_refuses(measured: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "no benchmark set 'nothing'" in refused(capsys, "judge", measured, "--benchmarks", "default,nothing")
    assert "needs the name of a set" in refused(capsys, "judge", measured, "--benchmarks", ",")
    assert "results.json" in refused(capsys, "judge", measured / "measures.csv")
    assert "none.json" in refused(capsys, "judge", tmp_path / "none.json")
    data = json.loads((measured / "results.json").read_text())
    data["measures"]["results"][1]["numerator"] = "many"
    (tmp_path / "results.json").write_text(json.dumps(data, indent=2))
    said = refused(capsys, "judge", tmp_path)
    assert "results.json:" in said
    assert "measures/results/1/numerator" in said


OURS = """\
format: hmis-standards/benchmarks/1
id: ours
title: Ours
notice: Of our board.
benchmarks:
  - id: NAME
    title: Names are known
    text: Few names are missing.
    dimension: completeness
    measure:
      id: name-error
    unit: ratio
    direction: at_most
    origin: convention
    citations:
      - source: hud-hdx-flags
    confidence: C
    reason: Ours.
    targets:
      - since: "2024-01-01"
        until: "2025-12-31"
        met: "0"
      - since: "2026-01-01"
        met: "1"
"""
