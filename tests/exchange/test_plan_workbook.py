from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from hmis_standards.assess import gaps, plan
from hmis_standards.exchange import write_plan
from tests.exchange.sample import blank
from tests.exchange.test_excel import prints_to_one_page_width
from tests.small import CON1, GOV1, GOV2, SEC1


@pytest.fixture
def book(tmp_path: Path) -> Any:
    a = blank().answer(GOV1, "not_met").answer(GOV2, "partial").answer(SEC1, "not_met").answer(CON1, "not_met")
    # Gains: GOV-01 3, GOV-02 1.5, SEC-01 1 and CON-01 3 of 15.5; it cannot reach 80 percent.
    made = plan(gaps(a), start="2026-04-01", target="0.80", capacity={"total": 2, "vendor": 1})
    write_plan(made, tmp_path / "plan.xlsx")
    write_plan(made, tmp_path / "again.xlsx")
    assert (tmp_path / "plan.xlsx").read_bytes() == (tmp_path / "again.xlsx").read_bytes()
    return openpyxl.load_workbook(tmp_path / "plan.xlsx")


def test_the_actions(book: Any) -> None:
    sheet = book["Plan"]
    header = [cell.value for cell in sheet[1]]
    assert header[:7] == ["What", "Who", "From", "To", "Effort (3–15)", "Gain", "Prerequisites"]
    rows = [dict(zip(header, [cell.value for cell in row], strict=True)) for row in sheet.iter_rows(2, 5)]
    assert {row["Item"] for row in rows} == {GOV1, GOV2, SEC1, CON1}
    assert (rows[0]["What"], rows[0]["Who"], rows[0]["Gate"]) == ("Title of GOV-01", "HMIS Lead", "yes")
    assert (rows[0]["From"], rows[0]["To"]) == (datetime.datetime(2026, 4, 1), datetime.datetime(2026, 4, 15))
    assert rows[0]["Effort (3–15)"] == 3
    assert rows[0]["Gain"] == pytest.approx(3 / 15.5)
    assert next(row for row in rows if row["Item"] == GOV2)["Prerequisites"] == GOV1
    assert [row["Quarter"] for row in rows] == ["Q1", "Q1", "Q2", "Q2"]
    assert sheet.freeze_panes == "B2"
    assert prints_to_one_page_width(sheet)
    assert sheet["A7"].value.startswith("Closing every gap found")
    assert sheet["A8"].value.endswith("the target is 80.0 %.")
    assert sheet["A9"].value == "Every gap found is closed, for 21 points of effort."


def test_the_numbers_by_quarter_and_role(book: Any) -> None:
    rows = [[cell.value for cell in row] for row in book["By quarter"]]
    assert rows == [
        ["Quarter", "Begins", "Actions", "HMIS Lead", "Security officer", "Vendor"],
        ["Q1", "2026-04-01", 2, 2, None, None],
        ["Q2", "2026-07-01", 2, None, 1, 1],
    ]
    assert prints_to_one_page_width(book["By quarter"])


def test_the_summary(book: Any) -> None:
    facts = {row[0].value: row[1].value for row in book["Summary"]}
    assert facts["Goal"] == "target and gates"
    assert facts["Method"] == "Every gap found is closed, for 21 points of effort."
    assert facts["Begun in a quarter"] == "at most 2 in all, 1 of vendor"
    assert facts["Dates"].startswith("2026-04-01 to 2026-")
    assert "origin: convention" in facts["Conventions"]
    assert prints_to_one_page_width(book["Summary"])


def test_no_cell_is_a_formula(book: Any) -> None:
    assert not [cell for sheet in book for row in sheet for cell in row if cell.data_type == "f"]


def test_an_empty_plan(tmp_path: Path) -> None:
    write_plan(plan((), start="2026-04-01"), tmp_path / "plan.xlsx")
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    assert book["Plan"]["A3"].value == "There is nothing to plan: no gap was given."
    assert book["Summary"]["B1"].value == "all gaps"
