"""The commands around OSCAL."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hmis_standards.cli import main
from hmis_standards.store import sample_root

SAMPLE = str(sample_root() / "assessment.yaml")


def test_export_writes_five_files_and_names_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "oscal"
    assert main(["export", "oscal", SAMPLE, "-o", str(folder), "--start", "2026-04-01", "--target", "gates"]) == 0
    written = capsys.readouterr().out.split("\n")[:-1]
    assert sorted(written) == sorted(str(path) for path in folder.iterdir())
    assert len(written) == 5
    poam = json.loads((folder / "plan-of-action-and-milestones.json").read_text(encoding="utf-8"))
    assert poam["plan-of-action-and-milestones"]["metadata"]["last-modified"] == "2026-04-01T00:00:00Z"


def test_export_without_a_file_writes_catalog_and_profile(tmp_path: Path) -> None:
    assert main(["export", "oscal", "--profile", "small-coc", "-o", str(tmp_path)]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["catalog.json", "profile.json"]


def test_export_says_why_there_is_no_plan_of_action(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answers = tmp_path / "answers.yaml"
    assert main(["new", "lead-standards", "--subject", "XX-500", "--on", "2026-03-01", "-o", str(answers)]) == 0
    assert main(["export", "oscal", str(answers), "-o", str(tmp_path)]) == 0
    assert "the plan has no action" in capsys.readouterr().err


@pytest.mark.parametrize("more", [["--start", "2026-04-01"], ["--target", "80"], [SAMPLE, "--profile", "small-coc"]])
def test_options_that_do_not_fit_are_usage_errors(
    more: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "oscal", "-o", str(tmp_path), *more]) == 2
    assert "--help" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_import_makes_a_profile_that_can_be_answered(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    profile, answers = tmp_path / "ours.yaml", tmp_path / "answers.yaml"
    assert main(["export", "oscal", "-o", str(tmp_path)]) == 0
    assert main(["import", "oscal", str(tmp_path / "catalog.json"), "-o", str(profile), "--role", "coc"]) == 0
    assert "591 local requirements" in capsys.readouterr().out
    edited = profile.read_bytes() + b"# ours\n"
    profile.write_bytes(edited)
    assert main(["import", "oscal", str(tmp_path / "catalog.json"), "-o", str(profile)]) == 2
    assert "--force" in capsys.readouterr().err
    assert profile.read_bytes() == edited
    start = ["new", "local", "--profile", str(profile), "--subject", "XX-500", "--on", "2026-03-01"]
    assert main([*start, "-o", str(answers)]) == 0
    assert main(["validate", str(profile), str(answers)]) == 0
    assert main(["score", str(answers)]) == 0


def test_import_tells_what_is_wrong_in_one_paragraph(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = tmp_path / "wrong.json"
    wrong.write_text('{"profile": {}}', encoding="utf-8")
    assert main(["import", "oscal", str(wrong), "-o", str(tmp_path / "ours.yaml")]) == 2
    assert f"{wrong}:1: is not an OSCAL catalog" in capsys.readouterr().err
    assert main(["import", "oscal", str(wrong), "-o", str(tmp_path / "ours.xlsx")]) == 2
    assert "written to .yaml" in capsys.readouterr().err
