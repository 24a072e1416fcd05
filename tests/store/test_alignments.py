"""Alignment files: somebody's own HUD numbers. Read strictly, shown where asked for, and shipped by nobody."""

from __future__ import annotations

from pathlib import Path

import pytest

import hmis_standards as hs
from hmis_standards.errors import InvalidDocument
from hmis_standards.report import ReportParts, write_report
from hmis_standards.store import data_root, validate
from tests.store.trees import line_with, plant

FIRST, SECOND = "system-administrator/GOV-01", "system-administrator/GOV-02"
TEXT = f"""\
format: hmis-standards/alignment/1
title: Our copy of the checklist
entries:
  - item: {FIRST}
    number: "12"
    wording: What the row says.
  - item: {SECOND}
    number: "13, 14"
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "hud.yaml"
    file.write_text(TEXT, encoding="utf-8")
    return file


def test_no_alignment_is_shipped() -> None:
    root = Path(str(data_root()))
    named = [one for one in root.rglob("*.yaml") if "hmis-standards/alignment" in one.read_text(encoding="utf-8")]
    assert named == []
    assert list(root.rglob("*align*")) == []


def test_entries_are_found_by_item(path: Path) -> None:
    numbers = hs.load_alignment(path)
    entry = numbers.get(FIRST)
    assert entry is not None
    assert (entry.number, entry.wording, entry.label) == ("12", "What the row says.", "HUD 12")
    assert numbers.label(SECOND) == "HUD 13, 14"
    assert numbers.get("system-administrator/GOV-03") is None
    assert numbers.label("system-administrator/GOV-03") == ""
    assert validate(path) == []


FAULTS = [
    ("GOV-02", "GOV-2", "there is no item 'system-administrator/GOV-2'", "GOV-2"),
    ("GOV-02", "GOV-01", "has two entries", "GOV-01"),
    ('"13, 14"', "13", "should be text in quotes, is 13", "number: 13"),
    ("wording:", "words:", "unknown key 'words'", "words"),
]


@pytest.mark.parametrize(("old", "new", "told", "at"), FAULTS, ids=[told for _, _, told, _ in FAULTS])
def test_a_planted_fault_is_told_with_file_and_line(path: Path, old: str, new: str, told: str, at: str) -> None:
    plant(path.parent, path.name, old, new)
    problem = next(one for one in validate(path) if told in str(one))
    lines = [line_with(path, at, nth) for nth in range(1, path.read_text(encoding="utf-8").count(at) + 1)]
    assert problem.line == lines[-1]
    with pytest.raises(InvalidDocument, match=str(problem.line)):
        hs.load_alignment(path)


@pytest.mark.parametrize("suffix", [".yaml", ".csv", ".xlsx", ".json"])
def test_numbers_are_for_people_and_reading_passes_over_them(path: Path, tmp_path: Path, suffix: str) -> None:
    empty = hs.Assessment.start(hs.load_catalog(), subject="A", on="2026-03-01", documents=["system-administrator"])
    filled = empty.answer(FIRST, "met").answer(SECOND, "not_met")
    target = tmp_path / f"a{suffix}"
    hs.write_assessment(filled, target, alignment=hs.load_alignment(path))
    assert hs.read_assessment(target) == filled
    if suffix == ".yaml":
        assert "# HUD 12: The CoC has a standing committee" in target.read_text(encoding="utf-8")
    if suffix == ".csv":
        lines = target.read_text(encoding="utf-8-sig").splitlines()
        assert any(line.endswith(",proposed,hud_number") for line in lines)
        assert any(line.startswith(FIRST) and line.endswith(",12") for line in lines)
    if suffix == ".xlsx":
        import python_calamine

        rows = python_calamine.CalamineWorkbook.from_path(str(target)).get_sheet_by_name("GOV").to_python()
        assert str(rows[2][1]).startswith("HUD 12: The CoC has a standing committee")


@pytest.mark.parametrize("suffix", [".html", ".md"])
def test_the_report_shows_the_number_beside_the_id(path: Path, tmp_path: Path, suffix: str) -> None:
    empty = hs.Assessment.start(hs.load_catalog(), subject="A", on="2026-03-01", documents=["system-administrator"])
    target = tmp_path / f"report{suffix}"
    write_report(ReportParts(assessments=empty, alignment=hs.load_alignment(path)), target)
    told = target.read_text(encoding="utf-8")
    assert (f"{FIRST} · HUD 12" if suffix == ".html" else f"{FIRST}, HUD 12") in told
    write_report(ReportParts(assessments=empty), target)
    assert "HUD 12" not in target.read_text(encoding="utf-8")
