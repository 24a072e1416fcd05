"""`merge` as a person or a script meets it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

import hmis_standards as hs
from hmis_standards.cli import main

PLAN, BOARD = "lead-standards/PLN-01", "lead-standards/GOV-01"


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    status = main([str(word) for word in words])
    out, err = capsys.readouterr()
    return status, out, err


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Two people's files: they agree on nothing, and share one item."""
    start = hs.Assessment.start(hs.load_catalog(), subject="XX-500", on="2026-03-01", documents=["lead-standards"])
    paths = [tmp_path / "ann.yaml", tmp_path / "bob.xlsx"]
    hs.write_assessment(start.answer(BOARD, "met").answer(PLAN, "met"), paths[0])
    hs.write_assessment(start.answer(PLAN, "partial", note="Draft only."), paths[1])
    return paths


def test_open_conflicts_are_shown_and_are_exit_status_1(files: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    output = files[0].with_name("all.xlsx")
    status, out, err = run(capsys, "merge", *files, "-o", output)
    assert (status, err) == (1, "")
    said = " ".join(out.split())
    assert said.startswith(f"{output}: 1 of 51 items answered, from ann, bob Different answers item said state answer")
    assert f"{PLAN} ann: met; bob: partial open" in said
    merged = hs.read_assessment(output).response(PLAN)
    assert merged is not None
    assert (merged.answer, merged.note) == (None, "ann: met\nbob: partial (Draft only.)")


@pytest.mark.parametrize(("take", "answer"), [("first", "met"), ("cautious", "partial")])
def test_a_rule_settles_them(take: str, answer: str, files: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    output = files[0].with_name("all.json")
    status, out, _ = run(capsys, "merge", *files, "-o", output, "--take", take, "--assessor", "Committee")
    assert status == 0
    assert "taken" in out
    merged = hs.read_assessment(output)
    assert merged.assessor.name == "Committee"
    response = merged.response(PLAN)
    assert response is not None
    assert response.answer == answer


def test_a_file_is_neither_given_nor_written_twice(files: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    output = files[0].with_name("all.csv")
    other = output.parent / "." / output.name
    status, _, err = run(capsys, "merge", *files, "-o", output, "--conflicts", other)
    assert (status, "name the same file" in err, output.exists()) == (2, True, False)
    status, _, err = run(capsys, "merge", files[0], files[0], "-o", output)
    assert (status, "ann.yaml is given twice" in err, output.exists()) == (2, True, False)


def test_files_for_programs(files: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    listed, output = files[0].with_name("conflicts.csv"), files[0].with_name("all.yaml")
    status, out, _ = run(capsys, "merge", *files, "-o", output, "--conflicts", listed, "--format", "json")
    assert status == 1
    assert json.loads(out)["respondents"] == ["ann", "bob"]
    assert [row["Answer"] for row in csv.DictReader(io.StringIO(listed.read_text(encoding="utf-8-sig")))] == [
        "met",
        "partial",
    ]
    _, out, _ = run(capsys, "merge", *files, "-o", output, "--format", "csv", "--force")
    assert [row["said"] for row in csv.DictReader(io.StringIO(out))] == ["ann: met; bob: partial"]


def test_what_is_refused(files: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    folder = files[0].parent
    status, _, err = run(capsys, "merge", *files, "-o", files[0])
    assert status == 2
    assert "is there already; choose another name, or --force" in err
    status, _, err = run(capsys, "merge", files[0], "-o", folder / "x.yaml")
    assert status == 2
    assert "give at least two" in err
    status, _, err = run(capsys, "merge", *files, "-o", folder / "x.yaml", "--conflicts", folder / "c.txt")
    assert status == 2
    assert "c.txt: conflicts are written to .csv or .xlsx" in err
    assert not (folder / "c.txt").exists()


def test_wording_that_changed_since_is_told_and_not_refused(
    files: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    book = openpyxl.load_workbook(files[1])
    digests = {cell.value: cell.row for cell in book["_meta"]["D"]}
    book["_meta"].cell(digests[BOARD], 5).value = "0123456789abcdef"
    book.save(files[1])
    for words in (("score", files[1]), ("validate", files[1]), ("merge", *files, "-o", files[1].with_name("all.yaml"))):
        status, _, err = run(capsys, *words)
        assert status == (1 if words[0] == "merge" else 0)
        told = f"note: {files[1]}: since this workbook was written, items have changed (worded differently: {BOARD})."
        assert err.startswith(told)
        assert err.count("\n") == 1
