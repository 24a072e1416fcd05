"""Profiles and alignments on the command line: list, show, new, validate, and scoring what was tailored."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.cli.test_commands import refused, run
from tests.store.test_alignments import TEXT
from tests.store.test_profiles import OURS, SHIPPED


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    path = tmp_path / "ours.yaml"
    path.write_text(OURS, encoding="utf-8")
    return path


@pytest.fixture
def numbers(tmp_path: Path) -> Path:
    path = tmp_path / "hud.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_list_profiles(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "list", "profiles", "--format", "json")
    rows = json.loads(out)
    assert status == 0
    assert tuple(row["id"] for row in rows) == SHIPPED
    assert all(row["items"] > 100 and row["text"] for row in rows)
    _, out, _ = run(capsys, "list", "profiles")
    assert "A CoC with one or two HMIS staff" in out


def test_list_items_of_a_profile(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "list", "items", "--profile", "vendor", "--format", "csv")
    documents = {row["id"].split("/")[0] for row in csv.DictReader(out.splitlines())}
    assert documents == {"vendor-monitoring", "vendor-capacity"}


def test_show_a_profile(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "show", "example-local-contract")
    assert status == 0
    assert "Changes system-administrator/HLP-05" in out
    assert "Adds local/LOCAL-01" in out
    _, out, _ = run(capsys, "show", "small-coc", "--format", "json")
    assert json.loads(out)["id"] == "small-coc"


def test_show_prints_what_was_changed_and_why(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "show", "lead-standards/OPS-04", "--profile", "small-coc")
    assert "small-coc changed obligation" in out
    assert "recommended became optional. One point for requests" in " ".join(out.split())
    _, out, _ = run(capsys, "show", "lead-standards/OPS-04", "--profile", "small-coc", "--format", "json")
    assert json.loads(out)["changes"][0]["layer"] == "small-coc"
    _, out, _ = run(capsys, "show", "lead-standards/OPS-04")
    assert "small-coc" not in out


def test_show_puts_huds_number_from_ones_own_file(numbers: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "show", "system-administrator/GOV-01", "--alignment", numbers)
    assert "HUD 12, from your alignment file" in out
    assert "What the row says." in out
    _, out, _ = run(capsys, "show", "system-administrator/GOV-01", "--alignment", numbers, "--format", "json")
    assert json.loads(out)["alignment"]["number"] == "12"
    _, out, _ = run(capsys, "show", "system-administrator/GOV-03", "--alignment", numbers)
    assert "HUD 1" not in out


@pytest.mark.parametrize("suffix", [".yaml", ".xlsx", ".csv", ".json"])
def test_new_and_score_with_profiles(
    ours: Path, numbers: Path, suffix: str, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = ours.parent / f"answers{suffix}"
    words = ["new", "local", "system-administrator", "--subject", "XX-500", "--on", "2026-03-01", "-o", answers]
    status, out, err = run(capsys, *words, "--profile", "small-coc", "--profile", ours, "--alignment", numbers)
    assert status == 0
    assert "items to answer" in out
    assert "small-coc on system-administrator/HLP-05" not in err
    assert run(capsys, "validate", answers)[0] == 0
    status, out, _ = run(capsys, "score", answers, "--format", "json")
    assert status == 0
    items = [row["item"] for row in json.loads(out)["items"]]
    assert "local/LOCAL-01" in items
    assert "system-administrator/PM-02" not in items


def test_conflicts_are_told(ours: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = ours.read_text(encoding="utf-8").replace("obligation: required\n    weight", "roles: [coc]\n    weight", 1)
    ours.write_text(text, encoding="utf-8")
    status, _, err = run(capsys, "list", "items", "--profile", "small-coc", "--profile", ours)
    assert status == 0
    assert "ours and small-coc differ on system-administrator/HLP-05 roles: ours decides" in err


def test_new_says_where_ones_own_profile_has_to_be(ours: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answers = ours.parent / "elsewhere" / "a.yaml"
    words = ["new", "local", "--subject", "XX-500", "--profile", ours, "-o", answers]
    status, _, err = run(capsys, *words)
    assert status == 0
    assert f"keep a copy of {ours} beside it, as {answers.parent / 'ours.yaml'}" in err
    assert "put ours.yaml beside this file" in refused(capsys, "score", answers)


def test_a_document_that_the_profile_leaves_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["new", "lead-standards", "--subject", "V", "--profile", "vendor", "-o", tmp_path / "a.yaml"]
    assert "there is no document 'lead-standards'" in refused(capsys, *words)


def test_validate_knows_both_kinds(ours: Path, numbers: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "validate", ours, numbers)[0] == 0
    ours.write_text(OURS.replace("POL-03", "POL-33"), encoding="utf-8")
    numbers.write_text(TEXT.replace("GOV-02", "GOV-2"), encoding="utf-8")
    status, out, _ = run(capsys, "validate", ours, numbers)
    assert status == 1
    assert f"{ours}:13: there is no item 'system-administrator/POL-33'" in out
    assert f"{numbers}:7: there is no item 'system-administrator/GOV-2'" in out


def test_unknown_profiles_and_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["new", "vendor-capacity", "--subject", "V", "-o", tmp_path / "a.yaml", "--profile"]
    assert "did you mean small-coc?" in refused(capsys, *words, "smal-coc")
    assert "there is no profile" in refused(capsys, *words, tmp_path / "none.yaml")
    assert "none.yaml" in refused(capsys, "show", "vendor-capacity/CMP-01", "--alignment", tmp_path / "none.yaml")


def test_the_report_takes_an_alignment(ours: Path, numbers: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answers, page = ours.parent / "a.yaml", ours.parent / "report.md"
    run(capsys, "new", "system-administrator", "--subject", "XX-500", "--profile", ours, "-o", answers)
    status, _, _ = run(capsys, "report", answers, "--alignment", numbers, "-o", page)
    assert status == 0
    assert "system-administrator/GOV-01, HUD 12" in page.read_text(encoding="utf-8")
