"""Any text and any answer through a workbook, also after LibreOffice and openpyxl have saved it; and how it prints."""

from __future__ import annotations

import datetime
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import openpyxl
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from hmis_standards.assess import Archived, Assessment, Assessor, Evidence, Response, Subject
from hmis_standards.assess.answers import NOT_APPLICABLE, allowed_words
from hmis_standards.errors import InvalidDocument
from hmis_standards.exchange import read_assessment, write_assessment
from hmis_standards.model import Catalog, Item
from hmis_standards.store import load_catalog
from hmis_standards.vocabulary import EvidenceKind, ScaleKind
from tests.exchange.sample import DAY
from tests.made_up_assessments import made_up_assessments
from tests.programs import as_libreoffice_saves, program

LONG = "A note of a hundred kilobytes. " * 3_300
HOSTILE = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\tindented",
    '=HYPERLINK("https://example.org","x")',
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "<r><t>bold</t></r>",
    "<r></a></r>",
    "&amp; ]]> <![CDATA[",
    "\u202eright to left\u202c",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "\0\x01\x0b\x0c\x1b\x1f",
    "\ufffe\uffff",
    "_x000B_",
    "_x005F_x000B_",
    "'quoted",
    "#N/A",
    "TRUE",
    "1.0",
    "2026-01-01",
    "[the whole text is no. 1 on the hidden sheet _texts]",
    "a\n[the whole text is no. 7 on the hidden sheet _texts]",
    LONG,
    "\U0001f600" * 20_000,
    "x\n" * 20_000 + "x",
)


def one_item_of_each_kind() -> Catalog:
    """The shipped catalog cut down to items that between them have every kind of scale."""
    catalog = load_catalog()
    kept = []
    for name in ("system-administrator", "improvement-matrix", "end-user-training"):
        document = catalog.document(name)
        measured = [one for one in document.items if catalog.scale(one).kind is ScaleKind.MEASURED]
        optional = [one for one in document.items if one.na.allowed][:2]
        kept.append(evolve(document, items=tuple(dict.fromkeys([*document.items[:3], *measured, *optional]))))
    return evolve(catalog, documents=tuple(kept))


CATALOG = one_item_of_each_kind()
ITEMS = [CATALOG[name] for name in CATALOG]


def start(subject: str = "XX-500", assessor: str | None = None) -> Assessment:
    return Assessment.start(
        CATALOG,
        subject=Subject(name=subject),
        on=DAY,
        documents=[one.id for one in CATALOG.documents],
        assessor=Assessor(name=assessor),
    )


def forms_of(item: Item) -> list[str]:
    """Every kind of answer that an item takes, in the form in which it is kept."""
    kind = CATALOG.scale(item).kind
    parts = len(item.parts)
    if kind is ScaleKind.PARTS:
        more = [f"{count} of {parts}" for count in range(parts + 1)] + ["parts 1", "parts 1, 2"]
    elif kind is ScaleKind.MEASURED:
        more = ["3", "0"] if item.goal and item.goal.counts else ["0.97", "1", "0", "28 of 30"]
    else:
        more = []
    return [*allowed_words(CATALOG, item), *more]


def test_the_items_have_every_kind_of_scale() -> None:
    assert {CATALOG.scale(item).kind for item in ITEMS} == set(ScaleKind)
    assert any(NOT_APPLICABLE in forms_of(item) for item in ITEMS)


texts = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(max_size=30),  # of all characters there are, but for lone halves of a pair
    st.text(st.sampled_from("_x00Bb5F\n\r\0=<r>/t[]"), max_size=20),
)
titles = texts.filter(lambda text: bool(text.split()))
pieces = st.builds(
    Evidence,
    kind=st.sampled_from(EvidenceKind),
    title=titles,
    date=st.none() | st.dates(datetime.date(1990, 1, 1), datetime.date(2100, 1, 1)),
    location=st.none() | texts,
)


def said_on(item: Item) -> st.SearchStrategy[Response]:
    return st.builds(
        Response,
        item=st.just(item.id),
        answer=st.sampled_from([None, *forms_of(item)]),
        note=st.none() | texts,
        reason=texts.map(lambda text: f"because {text}"),
        evidence=st.lists(pieces, max_size=2).map(tuple),
        proposed=st.booleans(),
        decided_by=st.none() | texts,
    )


said = st.lists(st.sampled_from(ITEMS), unique=True, max_size=4).flatmap(
    lambda items: st.tuples(*(said_on(item) for item in items))
)


@settings(max_examples=30)
@given(said, titles, st.none() | texts)
def test_any_answer_and_any_text_come_back(responses: tuple[Response, ...], subject: str, assessor: str | None) -> None:
    before = start(subject, assessor).with_responses(responses)
    kept = tuple(Archived(edition="2024.1", response=one) for one in responses[:1] if not one.empty)
    before = evolve(before, archive=kept)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        write_assessment(before, path)
        assert read_assessment(path, CATALOG) == before


def everything() -> Assessment:
    """An assessment with every hostile text as a note, and the others spread over the fields."""
    items = load_catalog().document("vendor-capacity").items
    a = Assessment.start(
        load_catalog(), subject="=2+2 & <b>", on=DAY, documents=["vendor-capacity", "end-user-training"]
    )
    for item, text in zip(items, HOSTILE, strict=False):
        name = " ".join(text.split())[:300] or "x"
        a = a.answer(item.id, "partial", note=text, evidence={"kind": "document", "title": name, "location": name})
    counted = load_catalog().document("end-user-training").items[0].id
    return a.answer(counted, [1, 3], note="=A1", reason="@b")


def test_lone_halves_of_a_pair_do_not_break_the_file(tmp_path: Path) -> None:
    before = start().answer(ITEMS[0].id, "met", note="a\ud800b")
    write_assessment(before, tmp_path / "a.xlsx")
    assert read_assessment(tmp_path / "a.xlsx", CATALOG) == before


def test_a_long_text_can_be_seen_and_is_kept_whole(tmp_path: Path) -> None:
    before = start().answer(ITEMS[0].id, "met", note=LONG)
    write_assessment(before, tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book["_texts"].sheet_state == "hidden"
    shown = book[book.sheetnames[2]]["D3"].value
    assert shown.startswith("A note of a hundred kilobytes. ")
    assert shown.endswith("\n[the whole text is no. 1 on the hidden sheet _texts]")
    assert read_assessment(tmp_path / "a.xlsx", CATALOG) == before


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (
            "Shorter.\n[the whole text is no. 1 on the hidden sheet _texts]",
            "the beginning of a longer text, and was changed",
        ),
        (
            "Shorter.\n[the whole text is no. 2 on the hidden sheet _texts]",
            "its last line names text 2, which is not on",
        ),
    ],
)
def test_a_long_text_that_was_changed_is_told_with_its_cell(typed: str, told: str, tmp_path: Path) -> None:
    write_assessment(start().answer(ITEMS[0].id, "met", note=LONG), tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    name = book.sheetnames[2]
    book[name]["D3"] = typed
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(InvalidDocument, match=rf"a\.xlsx!{name}!D3: .*{told}"):
        read_assessment(tmp_path / "a.xlsx", CATALOG)


def test_without_its_last_line_a_long_text_is_what_is_seen(tmp_path: Path) -> None:
    write_assessment(start().answer(ITEMS[0].id, "met", note=LONG), tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    book[book.sheetnames[2]]["D3"] = "Shorter."
    book.save(tmp_path / "a.xlsx")
    found = read_assessment(tmp_path / "a.xlsx", CATALOG).response(ITEMS[0].id)
    assert found is not None
    assert found.note == "Shorter."


# --- other programs ----------------------------------------------------------------------------------------


def as_openpyxl_saves(path: Path, folder: Path) -> Path:
    book = openpyxl.load_workbook(path)
    for cell in (one for sheet in book for row in sheet for one in row if one.data_type == "f"):
        if cell.parent.title != "Progress":
            cell.data_type = "s"  # openpyxl takes any text that begins with "=" for a formula
    book.save(folder / "again.xlsx")
    return folder / "again.xlsx"


def test_saved_anew_by_openpyxl(tmp_path: Path) -> None:
    write_assessment(everything(), tmp_path / "a.xlsx")
    assert read_assessment(as_openpyxl_saves(tmp_path / "a.xlsx", tmp_path)) == everything()


@pytest.mark.xdist_group("libreoffice-answers")
def test_saved_anew_by_libreoffice(tmp_path: Path) -> None:
    write_assessment(everything(), tmp_path / "a.xlsx")
    (tmp_path / "office").mkdir()
    saved = as_libreoffice_saves(tmp_path / "a.xlsx", tmp_path / "office", "xlsx")
    assert read_assessment(saved) == everything()
    sheet = openpyxl.load_workbook(saved)["vendor-capacity DAT"]
    (rule,) = (one for one in sheet.data_validations.dataValidation if one.type == "list")
    assert "OFFSET(_meta!$G$1" in rule.formula1.replace("$_meta.", "_meta!")


@pytest.mark.xdist_group("libreoffice-answers")
def test_the_largest_document_prints(tmp_path: Path) -> None:
    largest = max(load_catalog().documents, key=lambda one: len(one.items))
    (filled,) = made_up_assessments(1, documents=[largest.id])
    write_assessment(filled, tmp_path / "a.xlsx")
    made = as_libreoffice_saves(tmp_path / "a.xlsx", tmp_path, "pdf")
    command = [program("pdftotext"), "-layout", str(made), "-"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    pages = text.split("\f")[:-1]
    assert all(f"Page {number} of {len(pages)}" in page for number, page in enumerate(pages, start=1))
    front = 2  # instructions and progress, a page each
    assert [item.id for item in largest.items if item.id not in text] == []
    assert all(re.search(r"^ *Item +What is asked +Answer +Note", page, re.M) for page in pages[front:])
    assert len(pages) < len(largest.items) / 3  # at least three to a page: one page wide, and no page is empty


# --- the same bytes ----------------------------------------------------------------------------------------


def test_the_same_bytes_in_another_process_zone_and_order_of_hashes(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from hmis_standards.exchange import write_assessment\n"
        "from tests.exchange.test_excel_hostile import everything\n"
        "write_assessment(everything(), Path(sys.argv[1]))"
    )
    for name, seed, zone in (("a", "1", "UTC"), ("b", "2", "Pacific/Kiritimati")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        subprocess.run([sys.executable, "-c", code, str(tmp_path / f"{name}.xlsx")], check=True, env=environment)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.xlsx") as made:
        assert {entry.date_time for entry in made.infolist()} == {(1980, 1, 1, 0, 0, 0)}
