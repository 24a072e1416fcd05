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
    assert header[:7] == ["Quarter", "What", "Status", "Person", "Role", "From", "Due"]
    rows = [dict(zip(header, [cell.value for cell in row], strict=True)) for row in sheet.iter_rows(2, 5)]
    assert {row["Item"] for row in rows} == {GOV1, GOV2, SEC1, CON1}
    assert (rows[0]["What"], rows[0]["Role"], rows[0]["Gate"]) == ("Title of GOV-01", "HMIS Lead", "yes")
    assert (rows[0]["From"], rows[0]["Due"]) == (datetime.datetime(2026, 4, 1), datetime.datetime(2026, 4, 15))
    assert rows[0]["Effort (3–15)"] == 3
    assert rows[0]["Gain"] == pytest.approx(3 / 15.5)
    assert {row["Status"] for row in rows} == {"not started"}
    assert next(row for row in rows if row["Item"] == GOV2)["Waits for"] == GOV1
    assert next(row for row in rows if row["Item"] == GOV1)["Opens"] == GOV2
    assert [row["Quarter"] for row in rows] == ["Q1", "Q1", "Q2", "Q2"]
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == "A1:O5"
    assert prints_to_one_page_width(sheet)


def test_the_status_is_chosen_from_a_list_and_shows_by_color(book: Any) -> None:
    sheet = book["Plan"]
    (chosen,) = sheet.data_validations.dataValidation
    assert (str(chosen.sqref), chosen.formula1) == ("C2:C5", '"not started,under way,waiting,done,dropped"')
    rules = {str(area.sqref): [rule.formula[0] for rule in area.rules] for area in sheet.conditional_formatting}
    assert rules["G2:G5"] == ['AND($G2<>"",$G2<TODAY(),$C2<>"done",$C2<>"dropped")']
    assert '$C2="done"' in rules["B2:C5"]


def test_notes_say_what_a_short_cell_cannot(book: Any) -> None:
    sheet = book["Plan"]
    titles = {cell.value: cell.column for cell in sheet[1]}
    notes = {row[titles["Item"] - 1].value: row[titles["Waits for"] - 1].comment for row in sheet.iter_rows(2, 5)}
    assert notes[GOV2].text == f"{GOV1}: Title of GOV-01"
    assert sheet.cell(2, titles["Effort (3–15)"]).comment.text == "Time 1, money 1, skill 1"


def test_ids_of_one_document_go_without_it(tmp_path: Path) -> None:
    a = blank().answer(GOV1, "not_met").answer(GOV2, "partial")
    write_plan(plan(gaps(a), start="2026-04-01"), tmp_path / "plan.xlsx")
    texts = [row[10] for row in openpyxl.load_workbook(tmp_path / "plan.xlsx")["Plan"].iter_rows(values_only=True)]
    assert texts == ["Waits for", None, "GOV-01"]


def test_the_numbers_by_quarter_and_role(book: Any) -> None:
    rows = [[cell.value for cell in row[:6]] for row in book["By quarter"]]
    assert rows == [
        ["Quarter", "Begins", "Actions", "HMIS Lead", "Security officer", "Vendor"],
        ["Q1", datetime.datetime(2026, 4, 1), 2, 2, None, None],
        ["Q2", datetime.datetime(2026, 7, 1), 2, None, 1, 1],
    ]
    assert book["By quarter"]["G1"].value == "Done or dropped"
    assert prints_to_one_page_width(book["By quarter"])


def test_the_first_page(book: Any) -> None:
    assert book.sheetnames == ["About the plan", "Plan", "By quarter"]
    sheet = book["About the plan"]
    facts = {row[0].value: row[1].value for row in sheet}
    assert facts["Goal"] == "target and gates"
    assert facts["Method"] == "Every gap found is closed, for 21 points of effort."
    assert facts["Outcome"].startswith("Closing every gap found")
    assert facts["Begun in a quarter"] == "at most 2 in all, 1 of vendor"
    assert "origin: convention" in facts["Conventions"]
    assert sheet["A2"].value.startswith("4 actions from 2026-04-01 to 2026-")
    assert sheet["A2"].value.endswith("the target is 80.0 %.")
    assert prints_to_one_page_width(sheet)


def test_no_cell_is_a_formula(book: Any) -> None:
    assert not [cell for sheet in book for row in sheet for cell in row if cell.data_type == "f"]


def test_an_empty_plan(tmp_path: Path) -> None:
    write_plan(plan((), start="2026-04-01"), tmp_path / "plan.xlsx")
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    facts = {row[0].value: row[1].value for row in book["About the plan"]}
    assert (facts["Goal"], facts["Outcome"]) == ("all gaps", "There is nothing to plan: no gap was given.")
    assert book["Plan"].max_row == 1
