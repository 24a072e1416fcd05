"""The workbook of a portfolio: its numbers, and nothing that it withholds."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from hmis_standards.assess import Assessment, Portfolio, Subject, portfolio
from hmis_standards.errors import Problem
from hmis_standards.exchange import write_portfolio
from tests.exchange.test_excel import prints_to_one_page_width
from tests.report.workbooks import rows_of, texts_of
from tests.small import CON1, GOV1, GOV2, small_catalog

SHEETS = ["In plain words", "Scores", "Ratings and verdicts", "Common gaps", "All items"]


def assessed(answers: Iterable[str]) -> list[Assessment]:
    """An organization for each answer to GOV-01, all with GOV-02 met; the evens are CoCs, the odd agencies."""
    made = []
    for place, answer in enumerate(answers):
        who = Subject(name=f"Organization {place}", kind="agency" if place % 2 else "coc")
        empty = Assessment.start(small_catalog(), subject=who, on="2026-03-01", documents=["lead-basics"])
        made.append(empty.answer(GOV1, answer).answer(GOV2, "not_met"))
    return made


def written(found: Portfolio, folder: Path) -> Any:
    write_portfolio(found, folder / "portfolio.xlsx")
    return openpyxl.load_workbook(folder / "portfolio.xlsx")


@pytest.fixture
def book(tmp_path: Path) -> Any:
    return written(portfolio(assessed(["met"] * 6 + ["not_met"] * 6)), tmp_path)


def test_the_sheets(book: Any) -> None:
    assert book.sheetnames == SHEETS
    assert all(prints_to_one_page_width(sheet) for sheet in book)
    assert not [cell for sheet in book for row in sheet for cell in row if cell.data_type == "f"]
    links = [cell.hyperlink.location for cell in book["In plain words"]["A"] if cell.hyperlink]
    assert links == [f"'{name}'!A1" for name in SHEETS[1:]]


def test_the_numbers(book: Any) -> None:
    """Half have 3 of the 6 points answered, half none: the median lies between, the quartiles at the ends."""
    rows = {(row["What"], row["Group"]): row for row in rows_of(book["Scores"])}
    whole = rows["All", "all"]
    cuts = [whole[name] for name in ("Minimum", "Lower quartile", "Median", "Upper quartile", "Maximum")]
    assert cuts == [0, 0, 0.25, 0.5, 0.5]
    assert whole["Organizations"] == 12
    assert rows["Kind of subject", "agency"]["Organizations"] == 6
    gaps = rows_of(book["Common gaps"])
    assert [(row["Item"], row["Not met"], row["Not met, share"]) for row in gaps] == [(GOV2, 12, 1), (GOV1, 6, 0.5)]
    facts = [(row[0].value, row[1].value) for row in book["In plain words"]]
    assert ("12 of 12", "Title of GOV-02") in facts
    assert facts[2][0] == "The score in the middle is 25.0 %; half of the scores lie between 0.0 % and 50.0 %."
    verdicts = {row["Name"]: row["Organizations"] for row in rows_of(book["Ratings and verdicts"])}
    assert verdicts["Fail"] == 12


def test_small_groups_are_withheld(tmp_path: Path) -> None:
    """Two of twelve have met GOV-01: their number is withheld, and with it another, so that nobody can take it away."""
    found = portfolio(assessed(["met"] * 2 + ["not_met"] * 10))
    book = written(found, tmp_path)
    row = next(row for row in rows_of(book["All items"]) if row["Item"] == GOV1)
    counts = {name: row[name] for name in ("Met", "Partial", "Not met")}
    assert counts["Met"] == "withheld"
    assert list(row.values()).count("withheld") >= 3
    for one, told in zip(found.items, rows_of(book["All items"]), strict=True):
        assert [told["Met"], told["Not met"]] == [
            "withheld" if one.counts[name] is None else one.counts[name] for name in ("met", "not_met")
        ]


def test_too_few_for_any_number(tmp_path: Path) -> None:
    book = written(portfolio(assessed(["met"] * 3)), tmp_path)
    assert book.sheetnames == ["In plain words"]
    assert any(text.startswith("Withheld: fewer organizations") for text in texts_of(book))


def test_nobody_is_named_unless_asked(tmp_path: Path, book: Any) -> None:
    assert not [text for text in texts_of(book) if "Organization " in text]
    ranked = written(portfolio(assessed(["met"] * 3 + ["not_met"] * 3), ranking=True), tmp_path)
    rows = rows_of(ranked["Ranking"])
    assert [row["Rank"] for row in rows] == [1, 1, 1, 4, 4, 4]
    assert [row["Score"] for row in rows] == [0.5, 0.5, 0.5, 0, 0, 0]
    assert rows[0]["Organization"] == "Organization 0"
    assert "This workbook names organizations. Withholding protects little then." in texts_of(ranked)


def test_files_that_were_not_read(tmp_path: Path) -> None:
    from attrs import evolve

    found = evolve(portfolio(assessed(["met"] * 6)), unread=(Problem("=a.json", 1, "", "is no JSON", "look"),))
    book = written(found, tmp_path)
    assert rows_of(book["Not read"]) == [{"File": "=a.json", "Problem": "is no JSON", "What to do": "look"}]
    assert CON1 not in texts_of(book)
