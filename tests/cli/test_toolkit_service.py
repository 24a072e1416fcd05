"""``toolkit service-levels`` on the shipped logs, and what is wrong."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from hmis_standards.cli import main

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "toolkit"
OUTAGES = ("--outages", EXAMPLES / "outages.csv")
TICKETS = ("--tickets", EXAMPLES / "tickets.csv")
YEAR = ("--from", "2025-01", "--to", "2025-12")


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = main(["toolkit", "service-levels", *map(str, arguments)])
    out = capsys.readouterr()
    return code, out.out, out.err


def test_the_example(capsys: pytest.CaptureFixture[str]) -> None:
    holidays = ("--holidays", EXAMPLES / "holidays.csv")
    code, out, err = run(capsys, *OUTAGES, *TICKETS, *YEAR, "--fee", "4,200", *holidays)
    assert code == 0
    assert "outages.csv:8: is blank at end (its minutes are not counted)" in err
    assert "tickets.csv:33: is before the opening at resolved (line left out)" in err
    for text in (
        "99.462",
        "105.00",
        "2025: 99.907 % over 12 months hides 2025-03, 2025-10",
        "Credits of all months: $210.00",
        "Open for more than 90 days: T-1024.",
        "providers of hosted software outside HMIS",
    ):
        assert text in out, text


def test_one_log_alone_as_json_and_csv(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, *OUTAGES, "--month", "2025-03", "--format", "json")
    assert code == 0
    told = json.loads(out)
    assert told["backlog"] is None
    assert told["months"]["months"][0]["month"] == "2025-03"
    code, out, _ = run(capsys, *TICKETS, *YEAR, "--format", "csv")
    assert code == 0
    rows = list(csv.DictReader(io.StringIO(out)))
    assert len(rows) == 12
    assert {row["availability"] for row in rows} == {""}


def test_numbers_of_ones_own(capsys: pytest.CaptureFixture[str]) -> None:
    """With announced maintenance counted, January has 240 minutes down."""
    code, out, _ = run(capsys, *OUTAGES, "--month", "2025-01", "--set", "announced_excluded=0")
    assert code == 0
    assert "99.462" in out
    code, out, _ = run(capsys, *OUTAGES, "--month", "2025-03", "--set", "availability_target=99", "--explain")
    assert code == 0
    assert "The target was reached." in out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (YEAR, "give --outages, --tickets or both"),
        (OUTAGES, "give --month, or --from and --to"),
        ((*OUTAGES, "--from", "2025-01"), "give --month, or --from and --to"),
        ((*OUTAGES, *YEAR, "--month", "2025-01"), "give --month, or --from and --to"),
        ((*OUTAGES, "--month", "March"), "'March' is not a month such as 2026-03"),
        ((*OUTAGES, "--from", "2025-12", "--to", "2025-01"), "2025-01, is before the first, 2025-12"),
        ((*OUTAGES, *YEAR, "--fee", "much"), "'much' is not an amount such as 4200"),
        ((*OUTAGES, *YEAR, "--fee=-1"), "'-1' is below 0"),
        ((*OUTAGES, *YEAR, "--fee", "1e999999999"), "is not an amount such as 4200"),
        ((*OUTAGES, "--month", "9999-12"), "ends with 9999"),
        ((*OUTAGES, *YEAR, "--set", "credit_cap=200"), "credit_cap cannot be 200"),
        (("--outages", EXAMPLES / "none.csv", *YEAR), "none.csv"),
    ],
)
def test_bad_usage(arguments: tuple[object, ...], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert told in err
