"""`compare` and `migrate` as a person or a script meets them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from attrs import evolve

import hmis_standards as hs
from hmis_standards.assess import Assessment, Subject
from hmis_standards.cli import main

ITEM = "vendor-capacity/DAT-03"


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    status = main([str(word) for word in words])
    out, err = capsys.readouterr()
    return status, out, err


def older(profile: str | None = None) -> Assessment:
    catalog = hs.load_catalog("2024.1")
    if profile:
        catalog = hs.tailor(catalog, hs.load_profile(profile))
    one = Assessment.start(catalog, subject="XX-500", on="2025-03-01", documents=["vendor-capacity"])
    for local, answer in (("DAT-01", "not_met"), ("DAT-03", "met"), ("DAT-16", "partial")):
        one = one.answer(f"vendor-capacity/{local}", answer, note="Seen.")
    return one


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "old.yaml"
    hs.write_assessment(older(), path)
    return path


@pytest.mark.parametrize("suffix", [".yaml", ".json", ".csv", ".xlsx"])
def test_there_and_back_through_files(suffix: str, old: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new, back = old.with_name(f"new{suffix}"), old.with_name("back.yaml")
    assert run(capsys, "migrate", old, "--to", "2026.1", "-o", new)[0] == 0
    assert run(capsys, "validate", new)[1] == "no problems\n"
    assert run(capsys, "migrate", new, "--to", "2024.1", "-o", back)[0] == 0
    assert back.read_bytes() == old.read_bytes()


def test_migrate_prints_the_counts_and_what_needs_review(old: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "migrate", old, "-o", old.with_name("new.yaml"))
    assert (status, err) == (0, "")
    counts = dict(line.rsplit(maxsplit=1) for line in out.splitlines()[2:8])
    assert counts == {"carried": "1", "needs review": "1", "split": "0", "merged": "0", "retired": "1", "new": "1"}
    said = " ".join(out.split())
    assert f"item why {ITEM} Reads otherwise since edition 2026.1: Sex (4.21) came" in said
    assert "Kept in the archive item why vendor-capacity/DAT-16 Retired in edition 2026.1" in said
    assert "New, to be answered item why vendor-capacity/DAT-18" in said


def test_migrate_for_programs(old: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("migrate", old, "--to", "2026.1", "-o", old.with_name("new.yaml"), "--force", "--format")
    told = json.loads(run(capsys, *words, "json")[1])
    assert (told["from"], told["to"], told["counts"]["needs_review"]) == ("2024.1", "2026.1", 1)
    rows = list(csv.DictReader(run(capsys, *words, "csv")[1].splitlines()))
    assert [row["outcome"] for row in rows] == ["carried", "needs_review", "retired", "new"]


def test_migrate_replaces_nothing_unless_told_to(old: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = old.read_bytes()
    status, out, err = run(capsys, "migrate", old, "-o", old)
    assert (status, out) == (2, "")
    assert "is there already; choose another name, or --force to replace it" in err
    assert old.read_bytes() == before
    assert run(capsys, "migrate", old, "-o", old, "--force")[0] == 0
    assert hs.read_assessment(old).edition == "2026.1"


def test_migrate_refuses_what_it_cannot_do(old: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = old.with_name("new.yaml")
    status, _, err = run(capsys, "migrate", old, "--to", "2025.1", "-o", output)
    assert status == 2
    assert "there is no edition '2025.1'" in err
    assert run(capsys, "migrate", old, "-o", old.with_name("new.ods"))[0] == 2
    assert run(capsys, "migrate", old.with_name("none.yaml"), "-o", output)[0] == 2
    assert not output.exists()


def test_a_profile_of_ones_own_has_to_lie_beside_the_new_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "ours.yaml").write_text(
        "format: hmis-standards/profile/1\nid: ours\ntitle: Ours\ntext: Ours.\n"
        "exclude:\n  - reason: Not here.\n    items: [vendor-capacity/ANA-04]\n"
    )
    hs.write_assessment(older(str(tmp_path / "ours.yaml")), tmp_path / "old.yaml")
    there = tmp_path / "elsewhere" / "new.yaml"
    status, _, err = run(capsys, "migrate", tmp_path / "old.yaml", "-o", there)
    assert status == 0
    assert f"as {there.parent / 'ours.yaml'}" in err
    assert run(capsys, "migrate", tmp_path / "old.yaml", "-o", tmp_path / "new.yaml")[2] == ""


def test_compare_prints_numbers_parts_and_items(old: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new = old.with_name("new.yaml")
    hs.write_assessment(
        evolve(older(), date=older().date.replace(year=2026)).answer("vendor-capacity/DAT-01", "met"), new
    )
    status, out, err = run(capsys, "compare", old, new)
    assert (status, err) == (0, "")
    assert out.startswith("XX-500 2025-03-01 to 2026-03-01: ")
    said = " ".join(out.split())
    assert "What changed the score, in points of 100" in said
    assert "Improved: 1 vendor-capacity/DAT-01" in said


def test_compare_for_programs(old: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new = old.with_name("new.yaml")
    run(capsys, "migrate", old, "-o", new)
    told = json.loads(run(capsys, "compare", old, new, "--format", "json")[1])
    assert told["editions"] == ["2024.1", "2026.1"]
    assert [part["cause"] for part in told["parts"] if part["items"]] == ["edition"]
    rows = list(csv.DictReader(run(capsys, "compare", old, new, "--format", "csv")[1].splitlines()))
    assert {row["cause"] for row in rows} == {"edition"}


def test_compare_takes_days_and_refuses_other_subjects(old: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = old.with_name("other.yaml")
    hs.write_assessment(evolve(older(), subject=Subject(name="XX-501")), other)
    status, out, err = run(capsys, "compare", old, other)
    assert (status, out) == (2, "")
    assert "one assessment is of XX-500 (coc), the other of XX-501 (coc); --other-subject compares them" in err
    assert run(capsys, "compare", old, other, "--other-subject")[0] == 0
    days = ("--as-of-old", "2025-04-01", "--as-of-new", "2026-04-01")
    assert run(capsys, "compare", old, old, *days)[1].startswith("XX-500 2025-04-01 to 2026-04-01")
