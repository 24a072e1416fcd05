from __future__ import annotations

import datetime
import re
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from attrs import evolve

from hmis_standards.assess import Assessment, Assessor, Response, plan
from hmis_standards.errors import DocumentSyntaxError, InvalidDocument, MissingExtra
from hmis_standards.exchange import read_assessment, write_assessment, write_plan
from hmis_standards.exchange.excel_layout import letters
from hmis_standards.store import load_catalog
from tests.exchange.sample import CATALOG, DAY, blank, one_of_everything
from tests.small import ALL, CON3, GOV1, GOV2, GOV3

SHEETS = ["Instructions", "Progress", "lead-basics GOV", "lead-basics SEC", "vendor-basics CON", "_meta"]


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
    """The workbook with cells changed: ``lead_basics_GOV__C3="met"``."""
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
    assert [cell.value for cell in sheet[2]] == [
        "Item",
        "What is asked",
        "Answer",
        "Note",
        "Reason (if not applicable)",
        "Evidence",
        "Proposed",
        "Decided by",
    ]
    assert [cell.value for cell in sheet["A"]][2:] == [GOV1, GOV2, GOV3]
    assert sheet["B1"].value == "Lead basics: Section GOV\nMade up."
    assert sheet["B3"].value == "Title of GOV-01\nWhat is asked by GOV-01."
    assert sheet["C4"].value == "partial"
    assert sheet.freeze_panes == "B3"
    assert sheet["B3"].alignment.wrap_text
    assert sheet.print_title_rows == "$1:$2"
    assert sheet.auto_filter.ref == "A2:H5"
    assert prints_to_one_page_width(sheet)


def test_one_document_needs_no_prefix(tmp_path: Path) -> None:
    write_assessment(blank(("lead-basics",)), tmp_path / "a.xlsx")
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames == ["Instructions", "Progress", "GOV", "SEC", "_meta"]


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
    assert names[2:4] == ["a-document-with-a-very-long GOV", "a-document-with-a-very-lo GOV 2"]
    assert max(map(len, names)) <= 31
    assert read_assessment(tmp_path / "a.xlsx", catalog) == a


def offered(book: Any, sheet: Any, row: int) -> list[str]:
    """What the list of a row's answer offers, worked out from its formula as a spreadsheet does."""
    (rule,) = (one for one in sheet.data_validations.dataValidation if f"C{row}" in one.sqref)
    found = re.fullmatch(
        r"OFFSET\(_meta!\$G\$1,(MATCH\(\$A3,_meta!\$D\$1:\$D\$8,0\))-1,0,1,INDEX\(_meta!\$F\$1:\$F\$8,(.*)\)\)",
        rule.formula1,
    )
    assert found
    assert found[1] == found[2]
    assert str(rule.sqref).startswith("C3:")  # the formula is written for row 3, and moves with the row
    meta = book["_meta"]
    place = [cell.value for cell in meta["D"]].index(sheet.cell(row, 1).value) + 1
    return [meta.cell(place, 7 + word).value for word in range(meta.cell(place, 6).value)]


def test_drop_downs_offer_not_applicable_only_where_allowed(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book["lead-basics GOV"]
    words = ["met", "partial", "not met"]
    assert [offered(book, sheet, row) for row in (3, 4, 5)] == [words, [*words, "not applicable"], words]


def test_drop_downs_follow_their_item_when_rows_are_sorted(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book["lead-basics GOV"]
    sheet["A3"], sheet["A4"] = GOV2, GOV1
    assert [len(offered(book, sheet, row)) for row in (3, 4, 5)] == [4, 3, 3]


def test_notes_say_why_what_it_rests_on_and_what_to_show(path: Path) -> None:
    sheet = openpyxl.load_workbook(path)["lead-basics GOV"]
    notes = {cell.coordinate: cell.comment.text for row in sheet for cell in row if cell.comment}
    assert notes["A3"] == "Because.\n\nThis is required. It rests on:\n- Citation of law, (a): Title of law"
    assert notes["E4"] == "Not applicable: Where there is nothing of the kind."
    assert notes["F4"] == (
        "A reviewer asks to see:\ndocument (demanded): The plan, with the date of approval\nlog: A log, if there is one"
    )
    assert set(notes) == {"A3", "A4", "A5", "E4", "F4", "F5"}
    vendor = openpyxl.load_workbook(path)["vendor-basics CON"]
    assert "Citation of draft, (a): Title of draft (binds nobody today)" in vendor["A3"].comment.text


def test_what_is_asked_cannot_be_typed_over_and_all_can_be_sorted(path: Path) -> None:
    sheet = openpyxl.load_workbook(path)["lead-basics GOV"]
    fixed = {str(one.sqref): one.formula1 for one in sheet.data_validations.dataValidation if one.type == "custom"}
    assert fixed == {"A3:A5": "FALSE", "B3:B5": "FALSE"}
    assert sheet.protection.sheet
    locked = {cell.coordinate for row in sheet for cell in row if cell.protection.locked}
    assert {cell for cell in locked if not cell.endswith(("1", "2"))} == set()  # Excel sorts no locked cell
    assert {"A2", "C2", "F2"} <= locked
    assert not sheet.column_dimensions["I"].protection.locked


def test_optional_columns_are_there_where_they_are_needed(tmp_path: Path) -> None:
    def titles(assessment: Assessment) -> list[str]:
        write_assessment(assessment, tmp_path / "a.xlsx")
        return [cell.value for cell in openpyxl.load_workbook(tmp_path / "a.xlsx")["lead-basics GOV"][2]][6:]

    assert titles(blank()) == []
    assert titles(blank().with_responses([Response(item=GOV1, answer="met", proposed=True)])) == ["Proposed"]
    assert titles(blank().with_responses([Response(item=GOV1, answer="met", decided_by="B")])) == ["Decided by"]


def test_colors_are_conditional(path: Path) -> None:
    sheet = openpyxl.load_workbook(path)["lead-basics GOV"]
    ranges = {str(one.sqref): [rule.formula[0] for rule in one.rules] for one in sheet.conditional_formatting}
    assert ranges == {
        "C3:C5": [
            'AND(LEN(TRIM($C3))>0,LOWER(TRIM($G3))="yes")',
            'OR(TRIM($C3&"")="met")',
            'OR(TRIM($C3&"")="partial")',
            'OR(TRIM($C3&"")="not met")',
            'OR(TRIM($C3&"")="not applicable")',
            'LEN(TRIM($C3&""))=0',
        ],
        "E3:E5": ['AND($C3="not applicable",LEN(TRIM($E3))=0)'],
    }


def test_levels_and_counts_have_the_color_of_their_status(tmp_path: Path) -> None:
    documents = ["improvement-matrix", "end-user-training"]
    write_assessment(Assessment.start(load_catalog(), subject="X", on=DAY, documents=documents), tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")

    def formulas(name: str) -> str:
        return " ".join(rule.formula[0] for one in book[name].conditional_formatting for rule in one.rules)

    assert 'TRIM($C3&"")="0"' in formulas("improvement-matrix GOV")
    assert 'TRIM($C3&"")="3 of 3"' in formulas("end-user-training FND")


def test_progress_counts_answers_and_leads_to_each_section(path: Path) -> None:
    sheet = openpyxl.load_workbook(path)["Progress"]
    assert [[cell.value for cell in row] for row in sheet["A2:D5"]] == [
        ["lead-basics GOV", "Section GOV\nMade up.", 3, "=COUNTA('lead-basics GOV'!$C$3:$C$5)"],
        ["lead-basics SEC", "Section SEC\nMade up.", 2, "=COUNTA('lead-basics SEC'!$C$3:$C$4)"],
        ["vendor-basics CON", "Section CON\nMade up.", 3, "=COUNTA('vendor-basics CON'!$C$3:$C$5)"],
        ["All sections", "Counted by the spreadsheet, for you: no score rests on these numbers.", 8, "=SUM(D2:D4)"],
    ]
    assert sheet["A2"].hyperlink.location == "'lead-basics GOV'!A1"
    kept = openpyxl.load_workbook(path, data_only=True)["Progress"]  # for programs that work out nothing
    assert [kept.cell(row, 4).value for row in range(2, 6)] == [2, 1, 1, 4]


def test_only_progress_has_formulas(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book["lead-basics GOV"]
    assert (sheet["D3"].value, sheet["D3"].data_type) == ("=1+1\nsecond line", "s")
    formulas = {cell.value for one in book for row in one for cell in row if cell.data_type == "f"}
    assert {re.sub(r"[^A-Z]*[(].*", "", text) for text in formulas} == {"=COUNTA", "=REPT", "=SUM"}
    assert {cell.data_type for one in book if one.title != "Progress" for row in one for cell in row if cell.value} <= {
        "s",
        "n",  # how many answers an item takes, on the hidden sheet
    }


def test_the_clock_is_not_in_the_file(path: Path) -> None:
    properties = openpyxl.load_workbook(path).properties
    assert properties.created == properties.modified == datetime.datetime(2000, 1, 1)


def test_rows_may_be_sorted_columns_and_sheets_added(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book["lead-basics GOV"]
    rows = [[cell.value for cell in row] for row in sheet]
    sheet.delete_rows(1, 10)
    for row in ([], rows[1], *reversed(rows[2:])):  # an empty row first, then a column of one's own in front
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
        lead_basics_GOV__C3=" Not met ",
        lead_basics_GOV__D3=2026,
        lead_basics_GOV__D4=datetime.datetime(2026, 2, 11),
        vendor_basics_CON__G5=None,
    )
    a = read_assessment(path, CATALOG)
    said = {response.item: response for response in a.responses}
    assert (said[GOV1].answer, said[GOV1].note) == ("not_met", "2026")
    assert said[GOV2].note == "2026-02-11"
    assert not said[CON3].proposed


def test_sheets_renamed_columns_moved_rows_hidden(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book["Instructions"].title, book["Progress"].title = "Read me", "Where we are"
    sheet = book["lead-basics GOV"]
    sheet.title = "Governance"
    for rule in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(rule))
    sheet.insert_cols(1, 2)
    sheet.insert_rows(1, 3)
    sheet["A5"], sheet["A6"] = "Our own", "with words of ours"
    for row in range(5, 9):  # the answers to the far right
        sheet.cell(row, 20).value, sheet.cell(row, 5).value = sheet.cell(row, 5).value, None
    sheet.row_dimensions[6].hidden = sheet.row_dimensions[7].hidden = True
    for cell in (one for row in sheet for one in row if one.data_type == "f"):
        cell.data_type = "s"
    book.move_sheet("Governance", 3)
    book.save(path)
    assert read_assessment(path, CATALOG) == one_of_everything()


@pytest.mark.parametrize(
    ("item", "typed", "kept"),
    [
        ("system-administrator/DQM-06", 0.97, "0.97"),
        ("system-administrator/DQM-06", 1.0, "1"),
        ("system-administrator/DQM-06", "97 %", "0.97"),
        ("system-administrator/DQM-06", " 28  of 30 ", "28 of 30"),
        ("system-administrator/GOV-01", "Not Met\u00a0", "not_met"),
        ("system-administrator/GOV-01", "PARTIAL", "partial"),
        ("system-administrator/GOV-01", "not_met", "not_met"),
        ("system-administrator/GOV-01", "   ", None),
    ],
)
def test_answers_as_excel_turns_them(item: str, typed: Any, kept: str | None, tmp_path: Path) -> None:
    start = Assessment.start(load_catalog(), subject="X", on=DAY, documents=["system-administrator"])
    write_assessment(start, tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    (cell,) = (one for sheet in book for one in sheet["A"] if one.value == item and sheet.title != "_meta")
    cell.parent.cell(cell.row, 3).value = typed
    book.save(tmp_path / "a.xlsx")
    response = read_assessment(tmp_path / "a.xlsx").response(item)
    assert (response.answer if response else None) == kept


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (datetime.date(2026, 2, 3), "'2026-02-03' is not an answer"),
        (True, "'yes' is not an answer"),
        (7, "'7' is not an answer"),
    ],
)
def test_what_is_no_answer_is_told_with_its_cell(path: Path, typed: Any, told: str) -> None:
    assert problems(changed(path, lead_basics_GOV__C3=typed))[0].startswith(f"a.xlsx!lead-basics GOV!C3: {told}")


def test_facts_and_rows_are_judged_together(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book["Instructions"]["B3"] = "soon"
    book["lead-basics GOV"]["C3"] = "yes"
    book.save(path)
    assert [one.split(": ")[0] for one in problems(path)] == ["a.xlsx!Instructions!B3", "a.xlsx!lead-basics GOV!C3"]


def test_truth_in_the_column_proposed_is_yes_or_no(path: Path) -> None:
    changed(path, lead_basics_GOV__G3=True, vendor_basics_CON__G5=False)
    a = read_assessment(path, CATALOG)
    assert {one.item for one in a.responses if one.proposed} == {GOV1}


def test_all_problems_at_once_each_with_its_cell(path: Path) -> None:
    changed(
        path,
        lead_basics_GOV__C3="yes",
        lead_basics_GOV__A4="lead-basics/GOV-99",
        lead_basics_GOV__F5="movie | x",
        lead_basics_SEC__E3=None,
        lead_basics_SEC__A4=GOV1,
        lead_basics_SEC__C4="met",
        vendor_basics_CON__G5="maybe",
    )
    found = problems(path)
    expected = [
        "a.xlsx!lead-basics GOV!F5: 'movie' is not one of document, minutes, agreement, register, record, log, report, "
        "configuration, data, observation, measurement (a line is: kind | title | date | location)",
        "a.xlsx!vendor-basics CON!G5: 'maybe' is not yes, no or empty",
        "a.xlsx!lead-basics GOV!C3: 'yes' is not an answer lead-basics/GOV-01 takes (use one of met, partial, not_met)",
        "a.xlsx!lead-basics GOV!A4: there is no item 'lead-basics/GOV-99' (did you mean lead-basics/GOV-0",
        "a.xlsx!lead-basics SEC!E3: lead-basics/SEC-01: not_applicable needs a reason",
        "a.xlsx!lead-basics SEC!A4: item 'lead-basics/GOV-01' is answered twice (keep one of the two)",
    ]
    assert len(found) == len(expected)
    assert all(problem.startswith(words) for problem, words in zip(found, expected, strict=True))


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"lead_basics_GOV__C2": "Reply"}, "a.xlsx!lead-basics GOV!A1: no header row with the columns Item and Answer"),
        ({"lead_basics_GOV__D2": "Notes"}, "a.xlsx!lead-basics GOV!D2: unknown column 'Notes' (did you mean Note?)"),
        ({"lead_basics_GOV__D2": "Answer"}, "a.xlsx!lead-basics GOV!C2: column 'Answer' stands there twice"),
        ({"lead_basics_GOV__A3": None}, "a.xlsx!lead-basics GOV!A3: the id of the item is missing"),
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
        "format", "edition", "documents", "profile", "subject", "subject_kind", "layout", "content_hash",
    ]  # fmt: skip
    sheet["B3"], sheet["B4"], sheet["B5"] = typed, None, "monitor"
    book.save(path)
    a = read_assessment(path, CATALOG)
    assert (a.date, a.assessor) == (datetime.date(2026, 5, 2), Assessor(kind="monitor"))


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
