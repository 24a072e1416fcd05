"""The portfolio on the command line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from hmis_standards.cli import main
from tests.made_up_assessments import write_files

NUMBER = 30


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("answers")
    write_files(NUMBER, place, documents=["data-quality-program"])
    return place


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = main([str(word) for word in words])
    told = capsys.readouterr()
    return code, told.out, told.err


def test_tables_for_people_name_nobody(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "portfolio", folder)
    assert (code, err) == (0, "")
    assert out.startswith(f"{NUMBER} organizations, 45 items in common: data-quality-program\n")
    for title in ("Scores", "Ratings", "Verdicts", "Kinds of subject", "Sections", "Common gaps"):
        assert f"\n{title} " in out
    assert "withheld" in out
    assert "Made-up organization" not in out
    assert "Ranking" not in out


def test_ranking_names_them(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "portfolio", folder, "--ranking", "--min-group", 1)
    assert out.count("Made-up organization") == NUMBER
    assert "withheld" not in out


def test_json_and_csv(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "portfolio", *sorted(folder.iterdir()), "--format", "json", "--min-group", "1")
    told = json.loads(out)
    assert (told["organizations"], told["min_group"], told["unread"]) == (NUMBER, 1, [])
    _, out, _ = run(capsys, "portfolio", folder, "--format", "csv", "--min-group", "1")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["item"] for row in rows] == [row["item"] for row in told["items"]]
    assert all(sum(int(row[name]) for name in told["items"][0]["counts"]) == NUMBER for row in rows)


def test_files(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for suffix in ("xlsx", "csv", "json"):
        target = tmp_path / f"portfolio.{suffix}"
        assert run(capsys, "portfolio", folder, "-o", target) == (0, f"{target}\n", "")
    assert (tmp_path / "portfolio.csv").read_text() == run(capsys, "portfolio", folder, "--format", "csv")[1]
    assert (tmp_path / "portfolio.json").read_text() == run(capsys, "portfolio", folder, "--format", "json")[1]
    book = openpyxl.load_workbook(tmp_path / "portfolio.xlsx")
    assert book["All items"].max_row == 45 + 1
    code, _, err = run(capsys, "portfolio", folder, "-o", tmp_path / "portfolio.pdf")
    assert (code, ".xlsx, .csv or .json" in err) == (2, True)


def test_bad_files_are_named_and_the_status_is_1(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad, worse = tmp_path / "bad.json", tmp_path / "worse.csv"
    bad.write_text("{", encoding="utf-8")
    worse.write_text("item,answer\n", encoding="utf-8")
    code, out, err = run(capsys, "portfolio", folder, bad, worse)
    assert code == 1
    assert out.startswith(f"{NUMBER} organizations")
    assert [line.partition(": ")[0] for line in err.splitlines()] == ["not read"] * 2
    assert str(bad) in err.splitlines()[0]
    assert str(worse) in err.splitlines()[1]


def test_bad_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "portfolio", tmp_path)
    assert code == 2
    assert "there is no assessment in" in err
    code, _, err = run(capsys, "portfolio", tmp_path / "none.json")
    assert code == 2
    assert "none.json" in err
    code, _, err = run(capsys, "portfolio", tmp_path, "--share", "0")
    assert code == 2
    assert "share 0 is not over 0" in err
