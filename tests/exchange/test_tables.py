"""Cells of workbooks to be read: typed values, notes, and texts longer than a cell."""

from __future__ import annotations

import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
from hypothesis import given
from hypothesis import strategies as st

from hmis_standards.exchange.tables import Book, Column, Line, Noted, Share, Value, pieces


def table(folder: Path, *rows: tuple[Value, ...], title: str = "Made up") -> Any:
    """The workbook with these rows, of as many columns as the first has."""
    book = Book(title)
    book.table("Table", [Column(f"Column {place}", 12) for place in range(len(rows[0]))], rows)
    book.save(folder / "made.xlsx")
    return openpyxl.load_workbook(folder / "made.xlsx")


def test_values_are_what_they_are(tmp_path: Path) -> None:
    day = datetime.date(2026, 3, 1)
    book = table(tmp_path, ("=1+1", 12, Fraction(1, 4), Share(Fraction(1, 3)), Share(Fraction(1, 3), 2), day, None))
    text, count, number, share, finer, date, nothing = book["Table"][2]
    assert (text.value, text.data_type) == ("=1+1", "s")
    assert (count.value, count.number_format) == (12, "#,##0")
    assert (number.value, number.number_format) == (0.25, "#,##0.0")
    assert (share.value, share.number_format) == (0.3333333333333333, "0.0 %")
    assert finer.number_format == "0.00 %"
    assert date.value == datetime.datetime(2026, 3, 1)
    assert nothing.value is None


def test_a_table_is_nothing_but_a_table(tmp_path: Path) -> None:
    sheet = table(tmp_path, ("a", 1), ("b", 2))["Table"]
    assert [cell.value for cell in sheet[1]] == ["Column 0", "Column 1"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.max_row) == ("B2", "A1:B3", 3)
    assert sheet.print_title_rows == "$1:$1"


def test_a_note_goes_with_its_value(tmp_path: Path) -> None:
    cell = table(tmp_path, (Noted(5, "24 CFR 578.7\x00\u202ereversed"),))["Table"]["A2"]
    assert cell.value == 5
    assert cell.comment.text == "24 CFR 578.7␀⟨U+202E⟩reversed"


def test_a_long_text_goes_on_elsewhere_and_nothing_is_lost(tmp_path: Path) -> None:
    long = "".join(f"{number:06} " for number in range(15_000))  # 105,000 letters: four parts of at most 32,000
    book = table(tmp_path, ("short",), (long,), (long[::-1],))
    assert book.sheetnames == ["Table", "Long texts"]
    rest = list(book["Long texts"].iter_rows(min_row=2, values_only=True))
    for cell, first, last in (("A3", 2, 4), ("A4", 5, 7)):
        begun, _, where = book["Table"][cell].value.rpartition("\n")
        assert where == f"… goes on in the sheet “Long texts”, row {first}"
        parts = [text for place, text in rest if place == f"Table!{cell}"]
        assert begun + "".join(parts) in (long, long[::-1])
        assert [place for place, _ in rest[first - 2 : last - 1]] == [f"Table!{cell}"] * 3


def test_a_long_text_of_emoji_is_cut_where_libreoffice_takes_it(tmp_path: Path) -> None:
    book = table(tmp_path, ("😀" * 5_000,))  # 10,000 units of UTF-16: 8,000 and 2,000
    assert book["Table"]["A2"].value.partition("\n")[0] == "😀" * 4_000
    assert book["Long texts"]["B2"].value == "😀" * 1_000


def test_a_long_note_goes_on_too(tmp_path: Path) -> None:
    book = table(tmp_path, (Noted("cell", "n" * 9_000),))  # 4,000 and 4,000 and 1,000
    note = book["Table"]["A2"].comment.text
    assert note == "n" * 4_000 + "\n… goes on in the sheet “Long texts”, row 2"
    rest = list(book["Long texts"].iter_rows(min_row=2, values_only=True))
    assert rest == [("the note of Table!A2", "n" * 4_000), ("the note of Table!A2", "n" * 1_000)]


def test_the_title_is_in_the_properties(tmp_path: Path) -> None:
    book = table(tmp_path, ("a",), title="XX-500\x00 <b>" + "x" * 300)
    assert book.properties.title.startswith("XX-500␀ <b>x")
    assert len(book.properties.title) == 255


def test_a_page_has_lines_over_its_width_and_pairs(tmp_path: Path) -> None:
    book = Book("Made up")
    book.page(
        "Page",
        [
            Line(label="Title", kind="title"),
            Line(value="=over both columns"),
            Line(label="@label", value=Share(Fraction(3, 5))),
            Line(label="Other", value="text", link="Other"),
        ],
    )
    book.page("Other", [])
    book.save(tmp_path / "made.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "made.xlsx")["Page"]
    assert [cell.value for cell in sheet["A"]] == ["Title", "=over both columns", "@label", "Other"]
    assert (sheet["B3"].value, sheet["B4"].value) == (0.6, "text")
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A2:B2"]
    assert sheet["A4"].hyperlink.location == "'Other'!A1"
    assert not [cell for row in sheet for cell in row if cell.data_type == "f"]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), st.integers(2, 9))
def test_pieces_add_up_and_fit(text: str, most: int) -> None:
    parts = pieces(text, most)
    assert "".join(parts) == text
    assert parts
    for one in parts:
        assert len(one.encode("utf-16-le")) <= 2 * most
    if len(text.encode("utf-16-le")) > 2 * most:
        assert len(parts) > 1


def test_an_emoji_is_never_cut_in_two() -> None:
    # Units of UTF-16: a is 1, each emoji 2. Four units hold a and one emoji; the second would reach from 4 to 5.
    assert pieces("a😀😀b", 4) == ["a😀", "😀b"]
