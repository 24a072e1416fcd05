"""What is published: small counts are in no output of --public, not even in the source of the page."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from hmis_standards.store import load_checks
from hmis_standards.vocabulary import CountedUnit
from tests.cli.test_commands import ANSWERS, SAMPLE, refused, run
from tests.report.helpers import Page

NO_PEOPLE = {CountedUnit.PROJECT, CountedUnit.COLUMN, CountedUnit.FILE}


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def small(text: str) -> bool:
    return text.isdecimal() and 0 < int(text) < 11


def test_measure_for_the_public(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "measure", SAMPLE, "--public", "-o", tmp_path)
    assert status == 0
    assert "note: Counts of people and records from 1 to 10 are withheld" in err
    assert re.search(r"COMP-NAME .*\*", out)
    rows = rows_of(tmp_path / "measures.csv")
    assert {row["slice"] for row in rows} == {"system", "project_type", ""}
    withheld = [row for row in rows if row["status"] == "withheld"]
    assert len(withheld) > 100
    assert all(row["numerator"] == row["denominator"] == row["value"] == "" for row in withheld)
    free = ("bed-coverage", "project", "organization", "mean-", "median-", "p90-")
    assert not [row for row in rows if small(row["numerator"]) and not row["measure"].startswith(free)]
    saved = json.loads((tmp_path / "results.json").read_text())
    assert (saved["run"]["export"]["rows"], saved["run"]["export"]["problems"]) == ({}, [])
    assert run(capsys, "judge", tmp_path, "--benchmarks", "default,hud-flags")[0] == 0


def test_apr_for_the_public(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "apr", SAMPLE, "--public", "-o", tmp_path)[0] == 0
    cells = [cell for path in tmp_path.iterdir() for row in rows_of(path) for cell in list(row.values())[1:]]
    assert "withheld" in cells
    assert not [cell for cell in cells if small(cell)]


def test_check_for_the_public(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "check", SAMPLE, "--public", "-o", tmp_path, "--format", "json")
    assert status == 0
    assert json.loads(out)["export"]["rows"] == {}
    units = {one.id: one.unit for one in load_checks()}
    rows = rows_of(tmp_path / "summary.csv")
    assert "withheld" in {row["status"] for row in rows}
    assert not [row for row in rows if small(row["count"]) and units[row["check"]] not in NO_PEOPLE]
    assert run(capsys, "check", SAMPLE, "--public", "--fail-on", "high_priority")[0] == 1


@pytest.mark.parametrize("suffix", ["html", "md"])
def test_the_page_for_the_public_holds_nothing_withheld(
    suffix: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every ``n/m`` and ``n of m`` in the source: nothing from 1 to 10, but of beds, and in notes of the assessment."""
    own, published, notes = (tmp_path / f"{name}.{suffix}" for name in ("own", "published", "notes"))
    assert run(capsys, "report", ANSWERS, "-o", notes)[0] == 0
    assert run(capsys, "report", ANSWERS, "--export", SAMPLE, "-o", own)[0] == 0
    assert run(capsys, "report", ANSWERS, "--export", SAMPLE, "--public", "-o", published)[0] == 0
    source = published.read_text()
    assert "Small counts." in source
    beside = few(notes.read_text()) | BEDS
    assert len(few(own.read_text()) - beside) > 20
    assert few(source) <= beside
    if suffix == "html":
        page = Page(source)
        assert "withheld" in page.text()
        assert len(source.encode()) < 1_000_000


def test_the_workbook_for_the_public_holds_nothing_withheld(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "report.xlsx"
    assert run(capsys, "report", ANSWERS, "--export", SAMPLE, "--public", "-o", target)[0] == 0
    book = openpyxl.load_workbook(target)
    results, checks = table_of(book["Results"]), table_of(book["Checks"])
    free = ("bed-coverage", "project", "organization", "mean-", "median-", "p90-")
    of_people = [row for row in results if not row["Measure"].startswith(free)]
    assert len([row for row in of_people if row["Standing"] == "▫ withheld"]) > 50
    assert not [row for row in of_people if row["Counted"] in range(1, 11) or row["Among"] in range(1, 11)]
    assert all(row["Value"] is None for row in results if row["Standing"] == "▫ withheld")
    units = {one.id: one.unit for one in load_checks()}
    hidden = [row for row in checks if row["Status"] == "withheld"]
    assert hidden
    assert all(row["Found"] is row["Among"] is row["Share"] is None for row in hidden)
    assert not [row for row in checks if row["Found"] in range(1, 11) and units[row["Id"]] not in NO_PEOPLE]
    cells = [cell for row in book["HUD tables"].iter_rows(values_only=True) for cell in row]
    assert "withheld" in cells
    assert not [cell for cell in cells if isinstance(cell, int) and 0 < cell < 11]
    told = (sheet for sheet in book if sheet.title != "All items")  # which has the notes of the assessment
    words = [
        cell for sheet in told for row in sheet.iter_rows(values_only=True) for cell in row if isinstance(cell, str)
    ]
    assert few("\n".join(words)) <= BEDS


def table_of(sheet: Any) -> list[dict[str, Any]]:
    header, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def few(source: str) -> set[str]:
    """Counts of one to ten, or all but so many, as the page writes them: 3/1,974 or 3 of 1,974 enrollments."""
    found = set()
    for above, below in re.findall(r"(?<![\d/,.-])(\d[\d,]*)(?:/| of )(\d[\d,]*)(?![\d/,.-]*[\d/])", source):
        part, whole = int(above.replace(",", "")), int(below.replace(",", ""))
        if whole > 60 and (0 < part < 11 or 0 < whole - part < 11):
            found.add(f"{above} of {below}")
    return found


BEDS = {"62 of 66", "132 of 138"}


def test_what_does_not_go_with_the_public(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "no single projects" in refused(capsys, "measure", SAMPLE, "--public", "--by", "project")
    assert "never for the public" in refused(capsys, "check", SAMPLE, "--public", "--rows", "-o", tmp_path)
    assert "goes with --public" in refused(capsys, "apr", SAMPLE, "--smallest", "6")
    status, _, err = run(capsys, "apr", SAMPLE, "--public", "--smallest", "6")
    assert status == 0
    assert "from 1 to 5 are withheld" in err
