"""Logs of other systems: ordinary mess is told line by line, and no cell is repeated in a message."""

from __future__ import annotations

import contextlib
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hmis_standards.errors import DocumentSyntaxError, InvalidDocument
from hmis_standards.exchange.logs import Column, Log, Unreadable, day, moment, number, one_of, read_log, text

COLUMNS = (
    Column(name="ticket", read=text, needed=True, also=("Ticket #",)),
    Column(name="opened", read=moment, needed=True),
    Column(name="severity", read=one_of(("critical", "high", "low"), urgent="critical")),
    Column(name="hours", read=number),
)
HEAD = "Ticket #,Opened,Severity,Hours,Remark\n"


def read(tmp_path: Path, content: str | bytes) -> Log:
    path = tmp_path / "log.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_log(path, COLUMNS)


def test_a_clean_log(tmp_path: Path) -> None:
    log = read(tmp_path, HEAD + "17,2026-03-31 14:05,Urgent,1.5,\n18,3/31/2026 2:05 PM,,,x\n")
    assert log.problems == ()
    assert [entry.line for entry in log.entries] == [2, 3]
    assert log.entries[0].values == {
        "ticket": "17",
        "opened": datetime(2026, 3, 31, 14, 5),
        "severity": "critical",
        "hours": Fraction(3, 2),
    }
    assert log.entries[1].values["opened"] == datetime(2026, 3, 31, 14, 5)
    assert log.entries[1].values["severity"] is None


def test_ordinary_mess_is_told_by_line_and_column(tmp_path: Path) -> None:
    rows = [
        "17,2026-03-31 14:05,high,1,",
        "17,2026-03-31 14:05,high,1,",  # the same once more
        "18,,high,1,",  # when?
        "19,31.3.2026,high,1,",  # no such form of a day
        "20,2026-04-01,awful,1,",  # a word nobody knows: the ticket still counts
        "21,2026-04-01,low,lots,",
        "22,2026-04-01,low,1,,x",  # one cell too many
        ",2026-04-01,low,1,",
        "",
        "23,2026-04-02",  # a short line is blank to the right
    ]
    log = read(tmp_path, HEAD + "\n".join(rows) + "\n")
    assert [entry.line for entry in log.entries] == [2, 6, 7, 11]
    lines = [(one.line, one.pointer, one.message, one.hint) for one in log.problems]
    assert lines == [
        (3, "", "repeats line 2", "counted once"),
        (4, "opened", "is blank", "line left out"),
        (5, "opened", "is not a time such as 2026-03-31 14:05", "line left out"),
        (6, "severity", "is not one of critical, high, low", "taken as blank"),
        (7, "hours", "is not a number", "taken as blank"),
        (8, "", "has 6 cells, the header has 5", "left out"),
        (9, "ticket", "is blank", "line left out"),
    ]


def test_no_message_repeats_a_cell(tmp_path: Path) -> None:
    log = read(tmp_path, HEAD + "18,Jane Doe 1980,Jane Doe,Jane Doe,\n")
    assert log.problems
    assert "Jane" not in " ".join(map(str, log.problems))


def test_semicolons_and_a_byte_order_mark(tmp_path: Path) -> None:
    log = read(tmp_path, ("\ufeff" + HEAD + "17,2026-03-31,high,1,\n").replace(",", ";"))
    assert len(log.entries) == 1


def test_a_missing_column_is_named_with_what_may_be_meant(tmp_path: Path) -> None:
    with pytest.raises(InvalidDocument, match=r"missing column opened at opened \(is it 'opend'\?\)"):
        read(tmp_path, "Ticket #,Opend\n17,2026-03-31\n")


def test_a_column_that_is_there_twice(tmp_path: Path) -> None:
    with pytest.raises(InvalidDocument, match="column ticket is there 2 times"):
        read(tmp_path, "Ticket #,Opened,Ticket\n17,2026-03-31,17\n")


def test_an_empty_file(tmp_path: Path) -> None:
    with pytest.raises(InvalidDocument, match="the file is empty; it needs a header row"):
        read(tmp_path, "")


@pytest.mark.parametrize(("content", "told"), [(b"Ticket\xff", "not UTF-8"), (b'Ticket,Opened\n"17', "not CSV")])
def test_no_text_and_no_csv(tmp_path: Path, content: bytes, told: str) -> None:
    with pytest.raises(DocumentSyntaxError, match=told):
        read(tmp_path, content)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_days_both_ways(when: date) -> None:
    assert day(when.isoformat()) == day(f"{when.month}/{when.day}/{when.year}") == when
    assert day(f"{when.isoformat()} 23:59") == when


@pytest.mark.parametrize(
    ("cell", "value"), [("95%", "19/20"), ("$1,250.50", "2501/2"), ("-3", "-3"), ("1e3", "1000"), (" 2 ", "2")]
)
def test_numbers_as_people_write_them(cell: str, value: str) -> None:
    assert number(cell) == Fraction(value)


@given(st.binary(max_size=300))
def test_any_bytes_give_a_log_or_an_error_of_ours(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    with contextlib.suppress(InvalidDocument, DocumentSyntaxError):
        read(tmp_path_factory.mktemp("log"), HEAD.encode() + content)


@pytest.mark.parametrize("cell", ["1e999999999", "-1E-999999999", "9" * 5000])
def test_a_number_that_would_fill_the_memory_is_none(cell: str) -> None:
    with pytest.raises(Unreadable, match="a number"):
        number(cell)


def test_blank_cells_beyond_the_header_are_none(tmp_path: Path) -> None:
    """Excel writes them where somebody once typed beside the table."""
    log = read(tmp_path, "Ticket #,Opened\n17,2026-03-31,,\n18,2026-03-31,,x\n")
    assert [entry.line for entry in log.entries] == [2]
    assert [(one.line, one.message) for one in log.problems] == [(3, "has 4 cells, the header has 2")]
