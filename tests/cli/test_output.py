from __future__ import annotations

import csv
import io

import pytest

from hmis_standards.cli.output import csv_text


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3", "\t=1", "=", "-"])
def test_no_text_of_a_csv_file_is_a_formula(text: str) -> None:
    rows = list(csv.reader(io.StringIO(csv_text([{"id": text, "count": 3}]), newline="")))
    assert rows == [["id", "count"], [f"'{text}", "3"]]


@pytest.mark.parametrize("value", ["-5", "-0.250000", "+3", -5, 0, "XX-500", "a=b", "'=1", ""])
def test_numbers_and_plain_texts_stay_as_they_are(value: object) -> None:
    rows = list(csv.reader(io.StringIO(csv_text([{"id": value, "count": 3}]), newline="")))
    assert rows[1] == [str(value), "3"]


def test_a_bare_return_does_not_end_the_row() -> None:
    rows = list(csv.reader(io.StringIO(csv_text([{"id": "\r=1", "count": 3}]), newline="")))
    assert rows[1] == ["'\n=1", "3"]
