from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from attrs import evolve

from hmis_standards.assess import Assessor, plan
from hmis_standards.errors import DocumentSyntaxError, InvalidDocument, MissingExtra
from hmis_standards.exchange import read_assessment, write_assessment, write_plan
from hmis_standards.exchange.excel import letters
from tests.exchange.sample import CATALOG, blank, one_of_everything
from tests.small import ALL, CON3, GOV1, GOV2, GOV3

SHEETS = ["Instructions", "lead-basics GOV", "lead-basics SEC", "vendor-basics CON", "_meta"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    target = tmp_path / "a.xlsx"
    write_assessment(one_of_everything(), target)
    return target


def prints_to_one_page_width(sheet: Any) -> bool:
    setup = sheet.page_setup  # a width of 1 page is the default of the format and not in the file
    return bool(
        setup.orientation == "landscape"
        and sheet.sheet_properties.pageSetUpPr.fitToPage
        and (setup.fitToWidth, setup.fitToHeight) in {(None, 0), (1, 0)}
    )


def changed(path: Path, **cells: Any) -> Path:
    """The workbook with cells changed: ``lead_basics_GOV__C2="met"``."""
    book = openpyxl.load_workbook(path)
    for place, value in cells.items():
        sheet, cell = place.split("__")
        book[sheet.replace("_", " ", 2).replace(" ", "-", 1)][cell] = value
    book.save(path)
    return path


def problems(path: Path) -> list[str]:
    with pytest.raises(InvalidDocument) as caught:
        read_assessment(path, CATALOG)
    return [str(problem).replace(f"{path.parent}/", "") for problem in caught.value.problems]


def test_sheets_and_columns(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == SHEETS
    assert book["_meta"].sheet_state == "hidden"
    sheet = book["lead-basics GOV"]
    assert [cell.value for cell in sheet[1]] == [
        "Item",
        "What is asked",
        "Answer",
        "Note",
        "Reason (if not applicable)",
        "Evidence",
        "Citations",
        "Proposed",
        "Decided by",
    ]
    assert [cell.value for cell in sheet["A"]][1:] == [GOV1, GOV2, GOV3]
    assert sheet["B2"].value == "Title of GOV-01\nWhat is asked by GOV-01."
    assert sheet["G2"].value == "Citation of law, (a)"
    assert sheet.freeze_panes == "B2"
    assert sheet["B2"].alignment.wrap_text
    assert prints_to_one_page_width(sheet)


def test_one_document_needs_no_prefix(tmp_path: Path) -> None:
    write_assessment(blank(("lead-basics",)), tmp_path / "a.xlsx")
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames == ["Instructions", "GOV", "SEC", "_meta"]


def test_sheet_names_are_short_and_differ(tmp_path: Path) -> None:
    long = [
        evolve(document, id=f"a-document-with-a-very-long-name-{n}") for n, document in enumerate(CATALOG.documents)
    ]
    twins = tuple(
        evolve(
            document,
            sections=CATALOG.documents[0].sections[:1],
            items=tuple(
                evolve(item, id=f"{document.id}/{item.id.partition('/')[2]}", document=document.id, section="GOV")
                for item in document.items
            ),
        )
        for document in long
    )
    catalog = evolve(CATALOG, documents=twins)
    a = evolve(blank(), catalog=catalog, documents=tuple(document.id for document in twins))
    write_assessment(a, tmp_path / "a.xlsx")
    names = openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames
    assert names[1:3] == ["a-document-with-a-very-long GOV", "a-document-with-a-very-lo GOV 2"]
    assert max(map(len, names)) <= 31
    assert read_assessment(tmp_path / "a.xlsx", catalog) == a


def test_drop_downs_offer_not_applicable_only_where_allowed(path: Path) -> None:
    sheet = openpyxl.load_workbook(path)["lead-basics GOV"]
    lists = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation if rule.type == "list"}
    assert lists == {
        "C2": '"met,partial,not_met"',
        "C3": '"met,partial,not_met,not_applicable"',
        "C4": '"met,partial,not_met"',
    }
    told = {str(rule.sqref): rule.prompt for rule in sheet.data_validations.dataValidation if rule.prompt}
    assert told["E3"] == "Where there is nothing of the kind."
    assert told["F3"] == ("document (demanded): The plan, with the date of approval\nlog: A log, if there is one")


def test_colors_are_conditional(path: Path) -> None:
    sheet = openpyxl.load_workbook(path)["lead-basics GOV"]
    ranges = {str(one.sqref): len(one.rules) for one in sheet.conditional_formatting}
    assert ranges == {"C2:C4": 4, "E2:E4": 1}


def test_no_cell_is_a_formula(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book["lead-basics GOV"]
    assert (sheet["D2"].value, sheet["D2"].data_type) == ("=1+1\nsecond line", "s")
    kinds = {cell.data_type for one in book for row in one for cell in row if cell.value is not None}
    assert kinds == {"s"}


def test_the_clock_is_not_in_the_file(path: Path) -> None:
    properties = openpyxl.load_workbook(path).properties
    assert properties.created == properties.modified == datetime.datetime(2000, 1, 1)


def test_rows_may_be_sorted_columns_and_sheets_added(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book["lead-basics GOV"]
    rows = [[cell.value for cell in row] for row in sheet]
    sheet.delete_rows(1, 10)
    for row in ([], rows[0], *reversed(rows[1:])):  # an empty row first, then a column of one's own in front
        sheet.append(["ours", *row[::-1]] if row else ["A heading"])
    for cell in (one for line in sheet for one in line if one.data_type == "f"):
        cell.data_type = "s"  # openpyxl takes "=1+1" for a formula
    book.create_sheet("Our notes")["A1"] = GOV1
    sheet.title = "Governance"
    book.save(path)
    assert read_assessment(path, CATALOG) == one_of_everything()


def test_cells_as_people_type_them(path: Path) -> None:
    changed(
        path,
        lead_basics_GOV__C2=" Not met ",
        lead_basics_GOV__D2=2026,
        lead_basics_GOV__D3=datetime.datetime(2026, 2, 11),
        vendor_basics_CON__H4=None,
    )
    a = read_assessment(path, CATALOG)
    said = {response.item: response for response in a.responses}
    assert (said[GOV1].answer, said[GOV1].note) == ("not_met", "2026")
    assert said[GOV2].note == "2026-02-11"
    assert not said[CON3].proposed


def test_all_problems_at_once_each_with_its_cell(path: Path) -> None:
    changed(
        path,
        lead_basics_GOV__C2="yes",
        lead_basics_GOV__A3="lead-basics/GOV-99",
        lead_basics_GOV__F4="movie | x",
        lead_basics_SEC__E2=None,
        lead_basics_SEC__A3=GOV1,
        lead_basics_SEC__C3="met",
        vendor_basics_CON__H4="maybe",
    )
    found = problems(path)
    expected = [
        "a.xlsx!lead-basics GOV!F4: 'movie' is not one of document, minutes, agreement, register, record, log, report, "
        "configuration, data, observation, measurement (a line is: kind | title | date | location)",
        "a.xlsx!vendor-basics CON!H4: 'maybe' is not yes, no or empty",
        "a.xlsx!lead-basics GOV!C2: 'yes' is not an answer lead-basics/GOV-01 takes (use one of met, partial, not_met)",
        "a.xlsx!lead-basics GOV!A3: there is no item 'lead-basics/GOV-99' (did you mean lead-basics/GOV-0",
        "a.xlsx!lead-basics SEC!E2: lead-basics/SEC-01: not_applicable needs a reason",
        "a.xlsx!lead-basics SEC!A3: item 'lead-basics/GOV-01' is answered twice (keep one of the two)",
    ]
    assert len(found) == len(expected)
    assert all(problem.startswith(words) for problem, words in zip(found, expected, strict=True))


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"lead_basics_GOV__C1": "Reply"}, "a.xlsx!lead-basics GOV!A1: no header row with the columns Item and Answer"),
        ({"lead_basics_GOV__D1": "Notes"}, "a.xlsx!lead-basics GOV!D1: unknown column 'Notes' (did you mean Note?)"),
        ({"lead_basics_GOV__D1": "Answer"}, "a.xlsx!lead-basics GOV!C1: column 'Answer' stands there twice"),
        ({"lead_basics_GOV__A2": None}, "a.xlsx!lead-basics GOV!A2: the id of the item is missing"),
    ],
)
def test_headers_and_rows_that_were_broken(path: Path, cells: dict[str, Any], words: str) -> None:
    assert words in "\n".join(problems(changed(path, **cells)))


@pytest.mark.parametrize("typed", [datetime.datetime(2026, 5, 2), datetime.date(2026, 5, 2), "2026-05-02", "5/2/2026"])
def test_date_and_assessor_are_changed_on_the_instructions(path: Path, typed: Any) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book["Instructions"]
    shown = [(sheet.cell(row, 1).value, sheet.cell(row, 2).value) for row in (3, 4, 5)]
    assert shown == [
        ("Date of assessment", "2026-03-01"),
        ("Assessor", "A. Reviewer"),
        ("Kind of assessor", "peer"),
    ]
    assert sheet["B3"].number_format == "General"  # a date typed over it becomes a date
    assert [cell.value for cell in book["_meta"]["A"]] == [
        "format", "edition", "documents", "profile", "subject", "subject_kind",
    ]  # fmt: skip
    sheet["B3"], sheet["B4"], sheet["B5"] = typed, None, "monitor"
    book.save(path)
    a = read_assessment(path, CATALOG)
    assert (a.date, a.assessor) == (datetime.date(2026, 5, 2), Assessor(kind="monitor"))


def test_older_files_have_all_facts_on_the_hidden_sheet(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    for row in (3, 4, 5):
        book["Instructions"].cell(row, 1).value = book["Instructions"].cell(row, 2).value = None
    book["Instructions"]["A7"], book["Instructions"]["B7"] = "Date", "2026-03-01, edition 2026.1"
    for fact in (("assessor", "A. Reviewer"), ("assessor_kind", "peer"), ("date", "2026-03-01")):
        book["_meta"].append(fact)
    book.save(path)
    assert read_assessment(path, CATALOG) == one_of_everything()
    book["_meta"]["B9"] = "soon"
    book.save(path)
    assert problems(path) == ["a.xlsx!_meta!B9: 'soon' is not a date such as 2026-03-01"]


def test_without_its_facts(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book["_meta"]["B2"] = None
    book["Instructions"]["B3"] = "soon"
    book["Instructions"]["B5"] = "friend"
    book.save(path)
    assert problems(path) == [
        "a.xlsx!_meta!B2: missing edition",
        "a.xlsx!Instructions!B5: kind 'friend' is not one of self, peer, monitor, reconciled",
        "a.xlsx!Instructions!B3: 'soon' is not a date such as 2026-03-01",
    ]
    book["Instructions"]["B3"] = None
    book.save(path)
    assert "a.xlsx!Instructions!B3: missing date" in problems(path)
    del book["Instructions"]
    book.save(path)
    assert "a.xlsx!Instructions!A1: missing date" in problems(path)
    del book["_meta"]
    book.save(path)
    assert "a.xlsx!_meta!A1: missing format" in problems(path)


def test_not_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_text("item,answer", encoding="utf-8")
    with pytest.raises(DocumentSyntaxError, match="not an Excel workbook"):
        read_assessment(path, CATALOG)


def test_text_that_no_cell_can_hold(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"40,000 letters does not fit an Excel cell; write a file of another kind"):
        write_assessment(blank().answer(GOV1, "met", note="x" * 40_000), tmp_path / "a.xlsx")


def test_missing_libraries(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, act in (
        ("xlsxwriter", lambda: write_assessment(blank(), path)),
        ("xlsxwriter", lambda: write_plan(plan((), start="2026-04-01"), path)),
        ("python_calamine", lambda: read_assessment(path, CATALOG)),
    ):
        with monkeypatch.context() as patch:
            patch.setitem(sys.modules, name, None)
            with pytest.raises(MissingExtra, match=r"pip install 'hmis-standards\[excel\]'"):
                act()


@pytest.mark.parametrize(("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_letters_of_columns(column: int, name: str) -> None:
    assert letters(column) == name


def test_every_item_has_a_row(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    found = [sheet.cell(row, 1).value for sheet in book for row in range(2, sheet.max_row + 1)]
    assert [one for one in found if one in ALL] == list(ALL)
