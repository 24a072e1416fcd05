"""Answers of other editions in every form of file: kept, and never taken for answers of this one."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from attrs import evolve

import hmis_standards as hs
from hmis_standards.assess import Archived, Response
from hmis_standards.errors import InvalidDocument
from hmis_standards.exchange import read_assessment, validate, write_assessment
from tests.exchange.sample import ARCHIVE, CATALOG, blank, one_of_everything, with_archive

SUFFIXES = (".yaml", ".json", ".csv", ".xlsx")


def test_an_archived_answer_has_the_shape_of_an_answer_and_its_edition() -> None:
    shapes = json.loads((Path(hs.__file__).parent / "schemas" / "assessment.schema.json").read_text())["$defs"]
    assert set(shapes["archived"]["required"]) == {"edition", "item"}
    properties = dict(shapes["archived"]["properties"])
    assert properties.pop("edition")["type"] == "string"
    assert properties == shapes["response"]["properties"]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_archive_is_kept_and_counts_for_nothing(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"answers{suffix}"
    write_assessment(evolve(blank(), archive=ARCHIVE), path)
    again = read_assessment(path, CATALOG)
    assert again.archive == ARCHIVE
    assert again.responses == ()
    assert hs.score(again).value is None


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_without_an_archive_files_are_as_they_were(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"answers{suffix}"
    write_assessment(one_of_everything(), path)
    assert b"rchive" not in path.read_bytes()
    assert read_assessment(path, CATALOG).archive == ()


def test_yaml_tells_the_title_of_what_was_retired(tmp_path: Path) -> None:
    one = hs.Assessment.start(hs.load_catalog("2024.1"), subject="A", on="2025-03-01", documents=["vendor-capacity"])
    made = hs.migrate(one.answer("vendor-capacity/DAT-16", "met", note="Asked once.")).assessment
    path = tmp_path / "answers.yaml"
    write_assessment(made, path)
    text = path.read_text(encoding="utf-8")
    assert text.endswith(
        "archive:\n# Translation need and preferred language are asked once, of the head\n"
        "- edition: '2024.1'\n  item: vendor-capacity/DAT-16\n  answer: met\n  note: Asked once.\n"
        "  reason: null\n  evidence: []\n"
    )
    assert validate(path) == []
    assert read_assessment(path) == made


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ('edition: "2024.1"', ""),
        ("edition: 2024", "archive/0/edition"),
        ("edition: null", "archive/0/edition"),
    ],
)
def test_an_edition_is_text(wrong: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "answers.yaml"
    kept = Archived(edition="2024.1", response=Response(item="vendor-capacity/DAT-16", answer="met"))
    start = hs.Assessment.start(hs.load_catalog(), subject="A", on="2026-03-01", documents=["vendor-capacity"])
    write_assessment(evolve(start, archive=(kept,)), path)
    path.write_text(path.read_text().replace("edition: '2024.1'", wrong))
    if not told:
        assert read_assessment(path).archive == (kept,)
        return
    with pytest.raises(InvalidDocument) as caught:
        read_assessment(path)
    assert [one.pointer for one in caught.value.problems] == [told]
    assert validate(path)


def test_an_archive_that_is_no_list_or_has_a_stray_key_is_told(tmp_path: Path) -> None:
    path = tmp_path / "answers.yaml"
    write_assessment(blank(), path)
    text = path.read_text()
    path.write_text(text + "archive: none\n")
    with pytest.raises(InvalidDocument, match="archive"):
        read_assessment(path, CATALOG)
    path.write_text(text + 'archive:\n- edition: "2024.1"\n  item: lead-basics/OLD-01\n  anwser: met\n')
    with pytest.raises(InvalidDocument, match="unknown key anwser at archive/0"):
        read_assessment(path, CATALOG)


def test_an_archived_row_of_a_table_names_an_item(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    write_assessment(with_archive(), path)
    path.write_text(path.read_text(encoding="utf-8-sig").replace("lead-basics/OLD-01", "the old one"))
    with pytest.raises(InvalidDocument, match="'the old one' is not the id of an item"):
        read_assessment(path, CATALOG)


def test_csv_has_the_column_only_where_it_is_needed(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    write_assessment(with_archive(), path)
    read = csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""))
    header, *rows = [row for row in read if not row[0].startswith("#")]
    assert header[-1] == "archived_from"
    assert [row[-1] for row in rows] == [""] * len(blank().items()) + ["2024.1", "2024.1"]


def test_an_archived_row_that_lost_its_edition_is_not_taken_for_an_answer(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "answers.xlsx"
    write_assessment(blank(), path)
    titles = ["Item", "What is asked", "Answer", "Note", "Archived from"]
    book = xlsxwriter.Workbook(str(path))
    meta = book.add_worksheet("_meta")
    facts = {
        "format": "hmis-standards/assessment/1",
        "edition": "2026.1",
        "documents": "lead-basics",
        "subject": "XX-500",
        "date": "2026-03-01",
    }
    for row, (name, text) in enumerate(facts.items()):
        meta.write_row(row, 0, [name, text])
    sheet = book.add_worksheet("Archive")
    sheet.write_row(0, 0, titles)
    sheet.write_row(1, 0, ["lead-basics/GOV-01", "", "met", "", ""])
    book.close()
    with pytest.raises(InvalidDocument, match=r"Archive!E2: missing the edition the answer was given in"):
        read_assessment(path, CATALOG)
