"""The commands for buying, on the shipped example and on what is wrong."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from hmis_standards.cli import main

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "toolkit" / "proposals.yaml"


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = main(["toolkit", *map(str, arguments)])
    out = capsys.readouterr()
    return code, out.out, out.err


def test_the_example(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "procurement", EXAMPLE, "--on", "2026-04-15")
    assert code == 0
    told = [line.split("proposals.yaml:")[1] for line in err.splitlines()]
    assert [line.partition(" at ")[0] for line in told] == [
        "72: agencies left out vendor of birch",
        "86: cottonwood has no answer on mandatory item data_return",
    ]
    for line in (
        "fails vendor-capacity/REP-01",
        "22.25",
        "simplified acquisition",
        "2026-05-21",
        "Not verified: one consultant's page",
        "36 days are left to decide",
        "not HUD's",
    ):
        assert line in out, line


def test_as_json_and_csv(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, out, _ = run(capsys, "procurement", EXAMPLE, "--on", "2026-04-15", "--format", "json")
    assert code == 0
    told = json.loads(out)
    assert told["purchase"]["method"] == "simplified_acquisition"
    assert [one["rank"] for one in told["evaluation"]["standings"]] == [1, 2, None]
    code, _, _ = run(capsys, "procurement", EXAMPLE, "-o", tmp_path / "out.csv")
    assert code == 0
    rows = list(csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text(encoding="utf-8"))))
    assert [(row["proposal"], row["points"]) for row in rows] == [
        ("alder", "79.92"),
        ("birch", "79.33"),
        ("cottonwood", ""),
    ]


def test_every_number_explained(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "procurement", EXAMPLE, "--explain")
    assert code == 0
    assert "year_5 = $74,283.58" in out
    assert "score_coc_board = 4 score" in out


def test_a_number_of_ones_own(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "procurement", EXAMPLE, "--set", "simplified_limit/federal=100000")
    assert code == 0
    assert "formal (sealed bids or proposals)" in out
    code, _, err = run(capsys, "procurement", EXAMPLE, "--set", "highest_score=4")
    assert code == 2
    assert "proposals.yaml:" in err
    assert "the highest score is 4" in err


def test_what_cannot_be_read(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text(EXAMPLE.read_text(encoding="utf-8").replace("rater: coc_board", "rater: coc_bord"), encoding="utf-8")
    code, out, err = run(capsys, "procurement", bad)
    assert (code, out) == (2, "")
    assert "bad.yaml:28: there is no rater 'coc_bord'" in err
    code, _, err = run(capsys, "procurement", tmp_path / "none.yaml")
    assert code == 2
    assert "none.yaml" in err


def test_the_register(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, out, _ = run(capsys, "requirements", "--section", "REP", "--mandatory", "--format", "json")
    assert code == 0
    assert {row["mandatory"] for row in json.loads(out)} == {"yes"}
    code, out, _ = run(capsys, "requirements", "-o", tmp_path / "register.xlsx")
    assert code == 0
    assert "requirements, 69 of them mandatory" in out
    code, _, err = run(capsys, "requirements", "--section", "XYZ")
    assert code == 2
    assert "has no section XYZ" in err
    code, _, err = run(capsys, "requirements", "-o", tmp_path / "register.txt")
    assert code == 2
    assert ".xlsx or .csv" in err


def test_a_register_with_answers_is_not_replaced(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_text("a bidder's answers")
    code, _, err = run(capsys, "requirements", "-o", path)
    assert (code, path.read_text()) == (2, "a bidder's answers")
    assert "--force replaces it" in err
    assert run(capsys, "requirements", "-o", path, "--force")[0] == 0
