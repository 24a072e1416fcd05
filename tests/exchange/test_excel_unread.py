"""What people do to a workbook by which an answer could be lost without a word: each is told, with sheet and cell."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from hmis_standards.assess import Response
from hmis_standards.errors import InvalidDocument
from hmis_standards.exchange import read_assessment, write_assessment
from tests.exchange.sample import CATALOG, blank
from tests.small import GOV1, GOV2

GOV, CON = "lead-basics GOV", "vendor-basics CON"


def filled(folder: Path, change: Callable[[Any], None]) -> Path:
    """A workbook in which the first two items are answered, then changed by a person."""
    path = folder / "a.xlsx"
    said = [Response(item=GOV1, answer="met", note="seen"), Response(item=GOV2, answer="partial")]
    write_assessment(blank().with_responses(said), path)
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return path


def typed(sheet: str, cell: str, value: object) -> Callable[[Any], None]:
    return lambda book: book[sheet].__setitem__(cell, value)


def problems(path: Path) -> list[str]:
    with pytest.raises(InvalidDocument) as caught:
        read_assessment(path, CATALOG)
    return [str(one).removeprefix(f"{path}!") for one in caught.value.problems]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (typed(GOV, "C3", "#N/A"), f"{GOV}!C3: holds an error"),
        (typed(GOV, "D4", '="no" & " value"'), f"{GOV}!D4: holds a formula that no program has calculated"),
        (lambda book: book[GOV].merge_cells("C3:C4"), f"{GOV}!C4: is merged with the cell above"),
        (typed(CON, "C2", "Response"), f"{CON}!A1: no header row"),
        (lambda book: book[GOV].move_range("A2:F2", rows=1), f"{GOV}!A2: an item stands above the header row"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_cell(change: Callable[[Any], None], told: str, tmp_path: Path) -> None:
    def turned(book: Any) -> None:
        if "above the header" in told:  # sorting took the header along
            book[GOV]["A1"] = None
            book[GOV].move_range("A3:F3", rows=20)
            change(book)
            book[GOV]["A2"] = GOV1
        else:
            change(book)

    (found,) = problems(filled(tmp_path, turned))
    assert found.startswith(told)


def test_cells_merged_side_by_side_lose_nothing(tmp_path: Path) -> None:
    read = read_assessment(filled(tmp_path, lambda book: book[GOV].merge_cells("D3:E3")), CATALOG)
    assert [one.note for one in read.responses] == ["seen", None]


def test_a_formula_that_gives_an_empty_text_is_an_empty_cell(tmp_path: Path) -> None:
    path = filled(tmp_path, typed(GOV, "D4", '=""'))
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    with zipfile.ZipFile(path, "w") as book:
        for name, data in parts.items():  # as Excel writes it after calculating
            book.writestr(name, data.replace(b'><f>""</f>', b' t="str"><f>""</f>'))
    assert read_assessment(path, CATALOG).responses[1].note is None


def test_rows_put_above_the_header_do_not_hide_it(tmp_path: Path) -> None:
    read = read_assessment(filled(tmp_path, lambda book: book[GOV].insert_rows(1, 30)), CATALOG)
    assert [one.answer for one in read.responses] == ["met", "partial"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda book: book.remove(book[CON]), r"no row has vendor-basics/CON-01, .*What stood there was not read"),
        (lambda book: book[GOV].delete_rows(3), rf"no row has {GOV1}\. What"),
        (typed(GOV, "D2", "Comments"), f"sheet {GOV} has no column Note"),
    ],
)
def test_rows_and_columns_taken_away_are_told(change: Callable[[Any], None], told: str, tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match=told):
        read_assessment(filled(tmp_path, change), CATALOG)


@pytest.mark.parametrize("row", [("seen by", "Ann"), (None, None), ("1",), (float("inf"), "x")])
def test_the_hidden_sheet_of_texts_may_have_strange_rows(row: tuple[object, ...], tmp_path: Path) -> None:
    long = blank().with_responses([Response(item=GOV1, answer="met", note="n" * 40_000)])
    path = tmp_path / "a.xlsx"
    write_assessment(long, path)
    book = openpyxl.load_workbook(path)
    book["_texts"].append(row)
    book["_texts"]["C1"] = "x"
    book.save(path)
    assert read_assessment(path, CATALOG) == long


def test_a_message_quotes_only_the_beginning_of_what_was_typed(tmp_path: Path) -> None:
    (found,) = problems(filled(tmp_path, typed(GOV, "C3", "a note in the wrong cell " * 1000)))
    assert "is not an answer" in found
    assert len(found) < 250


def test_a_damaged_sheet_is_no_traceback(tmp_path: Path) -> None:
    path = filled(tmp_path, lambda book: None)
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    with zipfile.ZipFile(path, "w") as book:
        for name, data in parts.items():
            book.writestr(name, data.replace(b'r="C3"', b'r="C3" r="C3"').replace(b"<f>", b"<f></f><f>"))
    assert read_assessment(path, CATALOG).responses[0].answer == "met"
