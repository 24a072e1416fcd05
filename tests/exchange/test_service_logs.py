"""Outage and ticket logs: the mess of real ones, told by line and column, and what is made of it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from hmis_standards.errors import InvalidDocument, Problem
from hmis_standards.exchange import read_holidays, read_outages, read_tickets
from hmis_standards.store import load_parameters

NUMBERS = load_parameters("service-levels")
EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "toolkit"


def told(problems: tuple[Problem, ...]) -> list[tuple[int | None, str, str, str]]:
    return [(one.line, one.pointer, one.message, one.hint) for one in problems]


def test_outages(tmp_path: Path) -> None:
    path = tmp_path / "outages.csv"
    rows = [
        "Started,Restored,Scheduled,Remark",
        "2025-03-11 09:10,2025-03-11 13:10,no,x",
        "2025-03-12 09:10,,yes,x",
        "2025-03-13 09:10,2025-03-13 09:00,no,x",
        "2025-03-14 09:10,2025-03-14 09:10,,x",
        "2025-03-15 09:10,soon,perhaps,x",
    ]
    path.write_text("\n".join(rows), encoding="utf-8")
    read = read_outages(path)
    assert [(one.start.day, one.end is None, one.announced) for one in read.found] == [
        (11, False, False),
        (12, True, True),
        (14, False, False),
        (15, True, False),
    ]
    assert told(read.problems) == [
        (3, "end", "is blank", "its minutes are not counted"),
        (4, "end", "is before the start", "line left out"),
        (5, "announced", "is blank", "counted as not announced"),
        (6, "end", "is not a time such as 2026-03-31 14:05", "taken as blank"),
        (6, "announced", "is not yes or no", "taken as blank"),
    ]


HEAD = "Ticket #,Created,First response,Closed,Priority,Reopens\n"


def tickets(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "tickets.csv"
    path.write_text(HEAD + "\n".join(rows), encoding="utf-8")
    return path


def test_a_clean_ticket(tmp_path: Path) -> None:
    path = tickets(tmp_path, "7,2025-03-11 09:10,2025-03-11 09:20,2025-03-12 10:00,P1,2")
    read = read_tickets(path, NUMBERS)
    (one,) = read.found
    assert (one.id, one.opened, one.severity, one.reopened) == ("7", datetime(2025, 3, 11, 9, 10), "critical", 2)
    assert one.responded == datetime(2025, 3, 11, 9, 20)
    assert read.problems == ()


def test_what_contradicts_itself(tmp_path: Path) -> None:
    path = tickets(
        tmp_path,
        "1,2025-03-11 09:10,,2025-03-12 10:00,low,no",
        "2,2025-03-11 09:10,2025-03-11 09:00,2025-03-12 10:00,low,yes",
        "3,2025-03-11 09:10,2025-03-11 09:20,2025-03-10 10:00,low,",
        "1,2025-03-20 09:10,2025-03-20 09:20,,low,",
        "4,2025-03-11 09:10,2025-03-11 09:20,,,",
        "5,2025-03-11 09:10,2025-03-11 09:20,,whatever,often",
    )
    read = read_tickets(path, NUMBERS)
    assert [(one.id, one.responded is None, one.severity, one.reopened) for one in read.found] == [
        ("1", True, "low", 0),
        ("2", True, "low", 1),
        ("4", False, None, None),
        ("5", False, None, None),
    ]
    assert told(read.problems) == [
        (2, "responded", "is blank on a resolved ticket", "the resolution counts as answer"),
        (3, "responded", "is before the opening", "taken as blank"),
        (4, "resolved", "is before the opening", "line left out"),
        (5, "id", "is the ticket of line 2", "line left out"),
        (6, "severity", "is blank", "counted for no target"),
        (7, "severity", "is not one of critical, high, medium, low", "taken as blank"),
        (7, "reopened", "is not yes, no or how often", "taken as blank"),
    ]


OWN = """\
format: hmis-standards/parameters/1
set: service-levels
parameters:
  - id: severity_weight
    of: p1
    value: "9"
    why: >-
      Our contract calls them P1.
"""


def test_severities_are_those_of_the_parameters(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(OWN, encoding="utf-8")
    path = tickets(tmp_path, "7,2025-03-11 09:10,2025-03-11 09:20,,P1,")
    assert [one.severity for one in read_tickets(path, load_parameters(own)).found] == ["p1"]


def test_a_needed_column_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "tickets.csv"
    path.write_text("Ticket,Severity\n1,low\n", encoding="utf-8")
    with pytest.raises(InvalidDocument, match="missing column opened"):
        read_tickets(path, NUMBERS)


def test_holidays(tmp_path: Path) -> None:
    path = tmp_path / "holidays.csv"
    path.write_text("Date,Name\n2025-07-04,Independence Day\nsometime,x\n", encoding="utf-8")
    read = read_holidays(path)
    assert read.found == (date(2025, 7, 4),)
    assert [one.line for one in read.problems] == [3]


def test_the_examples_have_the_mess_the_tutorial_tells_of() -> None:
    assert [one.line for one in read_outages(EXAMPLES / "outages.csv").problems] == [6, 8, 9, 13, 14]
    assert [one.line for one in read_tickets(EXAMPLES / "tickets.csv", NUMBERS).problems] == [
        *(9, 20, 28, 33, 39, 44, 52, 64, 65),
    ]
    assert len(read_tickets(EXAMPLES / "tickets.csv", NUMBERS).found) == 59
    assert read_holidays(EXAMPLES / "holidays.csv").problems == ()
