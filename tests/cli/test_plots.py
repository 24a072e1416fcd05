"""`plot` as a person meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from attrs import evolve

import hmis_standards as hs
from hmis_standards.assess import Subject
from hmis_standards.cli import main
from hmis_standards.store import sample_root

ANSWERS = str(sample_root() / "assessment.yaml")
EXPORT = str(sample_root() / "hmis-export.zip")


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    status = main([str(word) for word in words])
    out, err = capsys.readouterr()
    return status, out, err


@pytest.mark.parametrize(
    ("words", "rows"),
    [
        (["sections", ANSWERS], 21),
        (["gaps", ANSWERS], 50),
        (["change", ANSWERS, ANSWERS], 2),
        (["trend", ANSWERS, ANSWERS], 2),
    ],
)
def test_plots_of_answers(words: list[str], rows: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for suffix in (".svg", ".csv", ".json"):
        assert run(capsys, "plot", *words, "-o", tmp_path / f"a{suffix}") == (0, "", "")
    assert (tmp_path / "a.svg").read_text(encoding="utf-8").startswith("<?xml")
    assert len((tmp_path / "a.csv").read_text(encoding="utf-8").splitlines()) == rows + 1
    told = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert told["title"].startswith("XX-500")


def test_plots_of_a_portfolio(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = hs.read_assessment(ANSWERS)
    (tmp_path / "many").mkdir()
    for place in range(5):
        named = evolve(one, subject=Subject(name=f"Organization {place}"))
        hs.write_assessment(named, tmp_path / "many" / f"{place}.json")
    (tmp_path / "many" / "broken.json").write_text("{", encoding="utf-8")
    status, _, err = run(capsys, "plot", "portfolio", tmp_path / "many", "-o", tmp_path / "a.png")
    assert status == 1
    assert "not read" in err
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    run(capsys, "plot", "portfolio", tmp_path / "many", "--items", "-o", tmp_path / "a.json")
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["bars"]
    assert run(capsys, "plot", "portfolio", tmp_path / "many", "--min-group", 6, "-o", tmp_path / "b.csv")[0] == 1
    assert (tmp_path / "b.csv").read_text(encoding="utf-8").strip() == ""


def test_plots_of_an_export_for_the_public(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "plot", "timeliness", EXPORT, "-o", tmp_path / "all.csv")[0] == 0
    status, _, err = run(
        capsys, "plot", "timeliness", EXPORT, "--public", "--smallest", 100, "-o", tmp_path / "few.csv"
    )
    assert status == 0
    assert "withheld" in err
    every = [row.split(",")[2] for row in (tmp_path / "all.csv").read_text(encoding="utf-8").splitlines()[1:]]
    few = [row.split(",")[2] for row in (tmp_path / "few.csv").read_text(encoding="utf-8").splitlines()[1:]]
    assert [number for number in few if number and 0 < int(number) < 100] == []
    assert "" in few
    assert all(one in {"", other} for one, other in zip(few, every, strict=True))
    assert run(capsys, "plot", "quality", EXPORT, "--public", "-o", tmp_path / "a.svg")[0] == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["sections", ANSWERS, "-o", "a.gif"], "a plot is written to .png, .svg, .pdf to draw it"),
        (["sections", "nowhere.yaml", "-o", "a.png"], "No such file"),
        (["timeliness", EXPORT, "--smallest", "5", "-o", "a.png"], "--smallest goes with --public"),
        (["trend", "-o", "a.png"], "Missing argument"),
        (["sections", ANSWERS], "Missing option"),
    ],
)
def test_what_cannot_be_drawn_is_said(
    words: list[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    status, out, err = run(capsys, "plot", *words)
    assert (status, out) == (2, "")
    assert told in err
    assert list(tmp_path.iterdir()) == []
