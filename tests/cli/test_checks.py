"""The commands check and sql, and checks in list, show, search and validate."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from hmis_standards.store import load_checks
from tests.cli.test_commands import SAMPLE, refused, run
from tests.measure.planted import clean, write
from tests.measure.whole import write_whole
from tests.store.test_check_rules import OWN
from tests.store.trees import line_with

SUMMARY = "check,title,dimension,severity,count,denominator,status,reason,eva"
FINDINGS = "check,severity,table,project_id,personal_id,enrollment_id,household_id,record_id,detail"
CLIENT_COLUMNS = ("FirstName", "LastName", "SSN", "DOB")


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """A small export with all files and columns in which one stay ends before it begins."""
    return write_whole(clean(), {"Exit": {0: {"ExitDate": "2024-09-30"}}}, tmp_path / "export")


def read(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_check_writes_the_promised_files(faulty: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "check", faulty, "-o", tmp_path / "out", "--rows")
    assert status == 0
    assert "exit-before-start" in out
    summary, findings = tmp_path / "out" / "summary.csv", tmp_path / "out" / "findings.csv"
    assert summary.read_text().splitlines()[0] == SUMMARY
    assert findings.read_text().splitlines()[0] == FINDINGS
    counts = {row["check"]: row for row in read(summary)}
    assert set(counts) == {one.id for one in load_checks()}
    assert (counts["exit-before-start"]["count"], counts["exit-before-start"]["eva"]) == ("1", "99")
    assert counts["prior-situation-unknown"]["eva"] == "64;68"
    assert counts["stay-too-long"]["status"] == "not_applicable"
    rows = read(findings)
    for name, row in counts.items():
        assert sum(one["check"] == name for one in rows) == int(row["count"])
    assert rows == sorted(rows, key=lambda row: list(row.values())[:1] + list(row.values())[3:8])


def test_without_rows_there_are_counts_only(faulty: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "check", faulty, "-o", tmp_path / "out")[0] == 0
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["summary.csv"]
    assert "say where with -o" in refused(capsys, "check", faulty, "--rows")


def test_findings_are_the_same_bytes_and_hold_no_value(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in "ab":
        assert run(capsys, "check", SAMPLE, "-o", tmp_path / name, "--rows")[0] == 0
    for name in ("summary.csv", "findings.csv"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    rows = read(tmp_path / "a" / "findings.csv")
    assert len(rows) > 500
    titles = {one.id: one.title for one in load_checks()}
    columns = {one.id: {column for _, column in one.reads} for one in load_checks()}
    for row in rows:
        named, _, said = row["detail"].partition(": ")
        assert said == titles[row["check"]]
        assert set(named.split(", ")) == columns[row["check"]]


@pytest.mark.parametrize(("severity", "status"), [("high_priority", 0), ("error", 1), ("warning", 1)])
def test_check_fails_on_request(severity: str, status: int, faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "check", faulty)[0] == 0
    assert run(capsys, "check", faulty, "--fail-on", severity)[0] == status


def test_a_check_that_could_not_be_made_is_not_passed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tables = clean()
    del tables["Event"]
    path = write(tables, tmp_path / "export")
    status, out, _ = run(capsys, "check", path, "--fail-on", "warning")
    assert status == 1
    assert "not made: referral-open-too-long: Event.csv is missing from the export" in out


def test_check_takes_ones_own_checks_and_settings(
    faulty: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "ours.yaml"
    own.write_text(OWN.replace("    option: our_days\n", ""), encoding="utf-8")
    status, out, _ = run(capsys, "check", faulty, "--checks", own, "--format", "json", "--set", "our_days=40")
    told = json.loads(out)
    assert (status, told["settings"]["our_days"], told["edition"]) == (0, 40, "FY2026")
    assert {row["check"]: row["count"] for row in told["findings"]}["our-check"] == 1
    assert "there is no setting 'our_day'" in refused(capsys, "check", faulty, "--checks", own, "--set", "our_day=4")
    assert "NAME=NUMBER" in refused(capsys, "check", faulty, "--set", "our_days")


def test_ones_own_checks_are_judged_first(faulty: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = tmp_path / "ours.yaml"
    own.write_text(OWN.replace("ExitDate IS NULL", "EXISTS (SELECT 1)"), encoding="utf-8")
    told = refused(capsys, "check", faulty, "--checks", own)
    assert f"{own}:{line_with(own, 'among:')}: should be true or false for a row" in told
    assert "there is no id" in refused(capsys, "check", faulty, "--checks", tmp_path / "none.yaml")


def test_sql_prints_a_statement(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "sql", "stay-too-long", "--set", "long_stay_days=60")
    assert status == 0
    assert "> 60" in out
    assert 'FROM "enrollments"' in out
    assert "`enrollments`" in run(capsys, "sql", "stay-too-long", "--dialect", "spark")[1]
    assert "has no SQL" in refused(capsys, "sql", "no-enrollments")
    assert "did you mean stay-too-long" in refused(capsys, "sql", "stay-to-long")


def test_sql_prints_the_statement_of_a_measure(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "sql", "destination-error")
    assert status == 0
    assert "destination_state" in out
    assert run(capsys, "sql", "destination-error", "--dialect", "spark")[0] == 0
    assert "no single SQL statement" in refused(capsys, "sql", "bed-utilization")
    assert "has no settings" in refused(capsys, "sql", "destination-error", "--set", "long_stay_days=60")
    assert "destination-error" in refused(capsys, "sql", "destination-eror")


def test_checks_are_listed_shown_and_found(capsys: pytest.CaptureFixture[str]) -> None:
    rows = json.loads(run(capsys, "list", "checks", "--format", "json")[1])
    assert [row["id"] for row in rows] == [one.id for one in load_checks()]
    shown = run(capsys, "show", "overlapping-beds")[1]
    for part in ("Flagged in stay_pairs", "At the agency", "How it is not the same", "check 77"):
        assert part in shown
    assert json.loads(run(capsys, "show", "overlapping-beds", "--format", "json")[1])["eva"] == [77]
    found = json.loads(run(capsys, "search", "two", "beds", "once", "--format", "json")[1])
    assert ("check", "overlapping-beds") in {(row["kind"], row["id"]) for row in found}
    assert "did you mean overlapping-beds" in refused(capsys, "show", "overlaping-beds")
