"""Workbooks of older layouts, built here as they were laid out, and of a catalog that has changed since."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from attrs import evolve

import hmis_standards as hs
from hmis_standards.assess import Assessment, Response
from hmis_standards.errors import InvalidDocument
from hmis_standards.exchange import read_assessment, write_assessment
from hmis_standards.exchange.excel_layout import LAYOUT
from hmis_standards.exchange.gather import evidence_text
from tests.exchange.sample import CATALOG, one_of_everything, with_archive
from tests.small import CON1, GOV1

_LABELS = {"date": "Date of assessment", "assessor": "Assessor", "assessor_kind": "Kind of assessor"}


def lay_out_1(assessment: Assessment, path: Path, *, facts_shown: bool = True) -> None:
    """The workbook of an assessment in layout 1, or as it was before date and assessor were shown."""
    facts = {
        "format": "hmis-standards/assessment/1",
        "edition": assessment.edition,
        "documents": "; ".join(assessment.documents),
        "profile": assessment.profile,
        "subject": assessment.subject.name,
        "subject_kind": assessment.subject.kind,
        "assessor": assessment.assessor.name,
        "assessor_kind": assessment.assessor.kind,
        "date": assessment.date.isoformat(),
    }
    book = openpyxl.Workbook()
    front = book.active
    assert front is not None
    front.title = "Instructions"
    front.append([f"Assessment of {assessment.subject.name}"])
    front.append([])
    for name, label in _LABELS.items():
        front.append([label, facts.pop(name)] if facts_shown else ["Answer", "Choose from the list."])
    for document in assessment.documents:
        for section in assessment.catalog.document(document).sections:
            _section_1(book.create_sheet(f"{document} {section.id}"), assessment, document, section.id)
    _archive_1(book, assessment)
    meta = book.create_sheet("_meta")
    for fact in facts.items():
        meta.append(fact)
    meta.sheet_state = "hidden"
    book.save(path)


_TITLES = ["Item", "What is asked", "Answer", "Note", "Reason (if not applicable)", "Evidence", "Citations"]
_MORE = ["Proposed", "Decided by"]


def _section_1(sheet: Any, assessment: Assessment, document: str, section: str) -> None:
    sheet.append([*_TITLES, *_MORE])
    for item in assessment.catalog.document(document).section(section):
        said = assessment.response(item.id) or Response(item=item.id)
        sheet.append(_row_1(said, f"{item.title}\n{item.text}", "Citation of law, (a)"))
        _as_text(sheet)


def _row_1(said: Response, asked: str, citations: str) -> list[str | None]:
    cells = [said.item, asked, said.answer, said.note, said.reason, evidence_text(said.evidence), citations]
    return [*cells, "yes" if said.proposed else None, said.decided_by]


def _as_text(sheet: Any) -> None:
    for cell in sheet[sheet.max_row]:
        if cell.data_type == "f":
            cell.data_type = "s"


def _archive_1(book: Any, assessment: Assessment) -> None:
    if assessment.archive:
        sheet = book.create_sheet("Archive")
        sheet.append([*_TITLES, *_MORE, "Archived from"])
        for one in assessment.archive:
            sheet.append([*_row_1(one.response, "", ""), one.edition])
            _as_text(sheet)


@pytest.mark.parametrize("facts_shown", [True, False])
def test_older_layouts_are_read(facts_shown: bool, tmp_path: Path) -> None:
    lay_out_1(with_archive(), tmp_path / "a.xlsx", facts_shown=facts_shown)
    assert read_assessment(tmp_path / "a.xlsx", CATALOG) == with_archive()


def test_a_wrong_fact_of_an_older_layout_is_told_where_it_stands(tmp_path: Path) -> None:
    lay_out_1(evolve(one_of_everything()), tmp_path / "a.xlsx", facts_shown=False)
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    book["_meta"]["B9"] = "soon"
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(InvalidDocument) as caught:
        read_assessment(tmp_path / "a.xlsx", CATALOG)
    (problem,) = caught.value.problems
    assert str(problem).endswith("a.xlsx!_meta!B9: 'soon' is not a date such as 2026-03-01")


def test_a_newer_layout_is_refused_with_the_reason(tmp_path: Path) -> None:
    write_assessment(one_of_everything(), tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    place = [cell.value for cell in book["_meta"]["A"]].index("layout") + 1
    assert book["_meta"].cell(place, 2).value == LAYOUT
    book["_meta"].cell(place, 2).value = "hmis-standards/assessment-workbook/3"
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(
        InvalidDocument, match=rf"_meta!B{place}: the workbook has the layout .*/3'; known here: .*newer"
    ):
        read_assessment(tmp_path / "a.xlsx", CATALOG)


# --- wording that changed ----------------------------------------------------------------------------------


def reworded(**changes: Any) -> hs.Catalog:
    lead, vendor = CATALOG.documents
    items = tuple(evolve(item, **changes) if item.id == GOV1 else item for item in lead.items)
    return evolve(CATALOG, documents=(evolve(lead, items=items), vendor))


def test_changed_wording_is_told_gently_and_the_answers_are_read(tmp_path: Path) -> None:
    write_assessment(one_of_everything(), tmp_path / "a.xlsx")
    with pytest.warns(UserWarning, match=rf"a.xlsx: .* items have changed \(worded differently: {GOV1}\)") as told:
        found = read_assessment(tmp_path / "a.xlsx", reworded(text="Asked in other words."))
    assert [one.filename for one in told] == [__file__]  # it points at whoever asked for the file
    assert found.responses == one_of_everything().responses


def test_what_nobody_reads_is_no_change(tmp_path: Path) -> None:
    write_assessment(one_of_everything(), tmp_path / "a.xlsx")
    assert read_assessment(tmp_path / "a.xlsx", reworded(tags=("new",), why="Another reason.")) == one_of_everything()


def test_items_that_came_and_went_are_told(tmp_path: Path) -> None:
    lead, vendor = CATALOG.documents
    fewer = evolve(CATALOG, documents=(lead, evolve(vendor, items=vendor.items[2:])))
    write_assessment(one_of_everything(), tmp_path / "a.xlsx")
    with pytest.warns(UserWarning, match="left out: vendor-basics/CON-01, vendor-basics/CON-02"):
        read_assessment(tmp_path / "a.xlsx", fewer)
    write_assessment(evolve(one_of_everything(), catalog=fewer), tmp_path / "b.xlsx")
    with pytest.warns(UserWarning, match="new: vendor-basics/CON-01, vendor-basics/CON-02"):
        read_assessment(tmp_path / "b.xlsx", CATALOG)


def test_an_answer_to_an_item_that_is_gone_is_not_dropped(tmp_path: Path) -> None:
    lead, vendor = CATALOG.documents
    write_assessment(one_of_everything().answer(CON1, "met"), tmp_path / "a.xlsx")
    with pytest.raises(InvalidDocument, match=r"vendor-basics CON!A3: there is no item 'vendor-basics/CON-01'"):
        read_assessment(tmp_path / "a.xlsx", evolve(CATALOG, documents=(lead, evolve(vendor, items=vendor.items[1:]))))
