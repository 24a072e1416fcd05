"""The command report: cuts, earlier assessments, projects of an agency."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from attrs import evolve

from hmis_standards.exchange import read_assessment, write_assessment
from tests.cli.test_commands import ANSWERS, SAMPLE, refused, run

pytestmark = pytest.mark.xdist_group("reports")


@pytest.mark.parametrize("cut", ["board", "vendor", "auditor"])
def test_a_cut_of_the_sample(cut: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "page.md"
    assert run(capsys, "report", ANSWERS, "--for", cut, "-o", target)[0] == 0
    assert f"For {'the' if cut != 'auditor' else 'an'} " in target.read_text(encoding="utf-8")


def test_several_files_of_the_same_documents_are_change_over_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    today = read_assessment(ANSWERS)
    old, page = tmp_path / "old.yaml", tmp_path / "page.md"
    first = today.responses[0]
    write_assessment(
        evolve(today, date=today.date.replace(year=2024)).with_responses([evolve(first, answer="not_met")]), old
    )
    pages = []
    for words in ((old, ANSWERS), (ANSWERS, old), (ANSWERS, "--before", old)):
        assert run(capsys, "report", *words, "-o", page)[0] == 0
        pages.append(page.read_text(encoding="utf-8"))
    assert pages[0] == pages[1] == pages[2]
    assert "## Change over time" in pages[0]
    assert re.search(r"\| October 20, 2024 \|", pages[0])
    assert "given as the earlier one" in refused(capsys, "report", old, "--before", ANSWERS, "-o", page)


def test_an_agency_gets_its_own_projects(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.md"
    words = ("report", "--export", SAMPLE, "--for", "agency", "--project", "101", "-o", page)
    assert run(capsys, *words)[0] == 0
    own = page.read_text(encoding="utf-8")
    assert "### Harbor Street Nightly Beds (101)" in own
    assert "(102)" not in own
    assert run(capsys, *words, "--public")[0] == 0
    public = page.read_text(encoding="utf-8")
    assert "Harbor Street" not in public
    assert "may be published" in public
    assert "no such ProjectID" in refused(capsys, *words, "--project", "nobody")
    assert "takes an export" in refused(capsys, "report", ANSWERS, "--for", "agency", "-o", page)
    assert "goes with --for agency" in refused(capsys, "report", ANSWERS, "--project", "101", "-o", page)


def test_results_of_an_earlier_period(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, page = tmp_path / "before", tmp_path / "page.md"
    span = ("--start", "2024-10-01", "--end", "2025-03-31")
    assert run(capsys, "measure", SAMPLE, *span, "-o", before)[0] == 0
    words = ("report", "--export", SAMPLE, "--before-results", before / "results.json", "-o", page)
    assert run(capsys, *words)[0] == 0
    assert "### Measured rates" in page.read_text(encoding="utf-8")
    assert "Oct 1, 2024 to Mar 31, 2025" in page.read_text(encoding="utf-8")


def test_results_of_an_earlier_period_need_an_export(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("report", ANSWERS, "--before-results", tmp_path, "-o", tmp_path / "page.md")
    assert "goes with --export" in refused(capsys, *words)


def test_files_of_the_same_name_keep_their_own_digests(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page, old = tmp_path / "page.md", tmp_path / "2024" / Path(ANSWERS).name
    old.parent.mkdir()
    today = read_assessment(ANSWERS)
    write_assessment(evolve(today, date=today.date.replace(year=2024)), old)
    assert run(capsys, "report", ANSWERS, old, "--for", "auditor", "-o", page)[0] == 0
    text = page.read_text(encoding="utf-8")
    for path in (Path(ANSWERS), old):
        assert hashlib.sha256(path.read_bytes()).hexdigest() in text
    assert f"{old.name} (2)" in text.replace("\\", "")
