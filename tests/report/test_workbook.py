"""The report as a workbook: the words of the page, and its numbers as numbers."""

from __future__ import annotations

import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from hmis_standards.errors import MissingExtra
from hmis_standards.exchange.tables import Share
from hmis_standards.measure.results import WITHHELD
from hmis_standards.report import ReportParts, report_parts, write_report
from hmis_standards.report.data_view import system_wide
from hmis_standards.report.standing import all_gaps, total_score
from hmis_standards.report.view import build_view
from hmis_standards.report.workbook import shown
from hmis_standards.vocabulary import Judged
from tests.exchange.test_excel import prints_to_one_page_width
from tests.report.helpers import found, hud, judged, measured, worked
from tests.report.test_page import everything, kinds
from tests.report.test_trends import before
from tests.report.workbooks import rows_of, texts_of, workbook

ALL = [
    *("In plain words", "Verdict and gates", "Score", "Gaps", "Plan", "By quarter", "Data quality", "Results"),
    *("Checks", "HUD tables", "All items", "Sources", "Method and limits"),
]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return workbook(everything(), tmp_path_factory.mktemp("report"))


def test_the_sheets_and_the_way_to_them(book: Any) -> None:
    assert book.sheetnames == ALL
    links = [cell.hyperlink.location for cell in book["In plain words"]["A"] if cell.hyperlink]
    assert links == [f"'{name}'!A1" for name in ALL[1:]]
    assert all(prints_to_one_page_width(sheet) for sheet in book)


def test_the_words_are_those_of_the_page(book: Any) -> None:
    view, told = build_view(everything()), [cell.value for cell in book["In plain words"]["A"]]
    start = told.index("In plain words") + 1
    assert tuple(told[start : start + len(view.words)]) == view.words
    facts = {row[0].value: row[1].value for row in book["In plain words"]}
    assert all(facts[one.label] == one.value for one in view.facts)
    method = {row[0].value: row[1].value for row in book["Method and limits"]}
    assert all(method[note.title] == note.text for note in view.method)


def test_scores_are_numbers(book: Any) -> None:
    total = total_score(everything())
    assert total is not None
    rows = rows_of(book["Score"])
    parts = [total]
    for document in total.by("document").values():
        parts += [document, *document.by("section").values()]
    assert len(rows) == len(parts)
    for row, part in zip(rows, parts, strict=True):
        told = [row[name] for name in ("Score", "Low", "High", "Assessed")]
        exact = [float(one) for one in (part.value, part.low, part.high, part.coverage) if one is not None]
        assert told == [pytest.approx(one) for one in exact]
        counts = ("Met", "Partly met", "Not met", "No confirmed answer", "Does not apply")
        assert sum(row[name] for name in counts) == len(part)
        assert row["Items that apply"] == len(part) - row["Does not apply"]


def test_the_part_worked_by_hand(tmp_path: Path) -> None:
    """4 of 7 assessed points, 2 unknown, one item that does not apply; see ``worked``."""
    book = workbook(report_parts(worked()), tmp_path)
    row = rows_of(book["Score"])[0]
    told = [row[name] for name in ("Score", "Low", "High", "Assessed")]
    assert told == [pytest.approx(one) for one in (4 / 7, 4 / 9, 6 / 9, 7 / 9)]
    assert [row[name] for name in ("Items that apply", "Met", "Not met", "No confirmed answer")] == [4, 2, 1, 1]
    at_a_glance = {line[0].value: line[1].value for line in book["In plain words"] if not line[0].hyperlink}
    assert at_a_glance["Score"] == pytest.approx(4 / 7)
    assert at_a_glance["Verdict"].startswith("○ Fail.")


@pytest.mark.parametrize(
    ("value", "text", "places"),
    [
        (Fraction(4, 7), "57 %", 1),
        (Fraction(59996, 100000), "59.996 %", 3),  # 60.0 % would be another band
        (Fraction(0), "0 %", 1),
        (Fraction(1, 5000), "under 1 %", 1),
    ],
)
def test_a_share_is_never_rounded_across_a_limit(value: Fraction, text: str, places: int) -> None:
    assert shown(value, text) == Share(value, places)


def test_gaps_come_in_the_order_of_the_page(book: Any) -> None:
    parts = everything()
    total = total_score(parts)
    assert total is not None
    gaps, rows = all_gaps(parts, total), rows_of(book["Gaps"])
    assert [row["Item"] for row in rows] == [gap.item.id for gap in gaps]
    assert [row["Adds"] for row in rows] == [pytest.approx(float(gap.gain)) for gap in gaps]
    assert [row["What to do first"] for row in rows] == [gap.remedy for gap in gaps]
    assert [row["Time"] for row in rows] == [gap.effort.time for gap in gaps]


def test_results_are_numbers_with_their_benchmarks(book: Any) -> None:
    rows = rows_of(book["Results"])
    wanted = system_wide(judged())
    assert [row["Benchmark"] for row in rows] == [one.benchmark_id for one in wanted]
    by_hand = next(
        row for row in rows if row["Project types"] == "Emergency shelter" and row["Measure"] == "bed-coverage"
    )
    assert by_hand["Value"] == pytest.approx(130 / 174)
    assert (by_hand["Counted"], by_hand["Among"], by_hand["Asked"]) == (130, 174, "at least 85 %")
    assert by_hand["Standing"] == "○ missed"
    unknown = [row["Benchmark"] for row in rows if row["Standing"] == "? not measured" and row["Value"] is None]
    assert unknown == [one.benchmark_id for one in wanted if one.judged is Judged.NOT_MEASURED]
    assert unknown


def test_results_without_benchmarks(tmp_path: Path) -> None:
    rows = rows_of(workbook(report_parts(measures=measured()), tmp_path)["Results"])
    assert len(rows) == len(measured())
    assert rows[0]["Value"] == 0.03
    assert {row["Standing"] for row in rows} == {"no benchmark asked for"}


def test_checks_come_gravest_first_with_all_that_were_made(book: Any) -> None:
    rows = rows_of(book["Checks"])
    assert len(rows) == len(found())
    assert (rows[0]["Severity"], rows[0]["Found"], rows[0]["Among"]) == ("High priority", 5, 2003)
    assert rows[0]["Share"] == pytest.approx(5 / 2003)
    counts = [row["Found"] for row in rows[1:8]]
    assert counts == [7, 6, 5, 4, 3, 2, 1]
    unmade = {row["Status"]: row["Found"] for row in rows}
    assert unmade["could not be made"] is None
    assert unmade["nothing to look at"] is None


def test_hud_tables_hold_counts(book: Any) -> None:
    cells = list(book["HUD tables"].iter_rows(values_only=True))
    heads = [row[0] for row in cells if row[0] and row[0][:3] in {"Q5a", "Q6a", "Q6e", "Q6f"}]
    assert [head[:3] for head in heads] == ["Q5a", "Q6a", "Q6e", "Q6f"]
    assert next(row for row in cells if row[0] == "0 days")[1] == 3


def test_what_is_withheld_has_no_number(tmp_path: Path) -> None:
    """A result whose counts are still in the object, as nobody should make it: the sheet does not show them."""
    results = tuple(evolve(one, status=WITHHELD) for one in measured())
    hidden = tuple(
        evolve(one, judged=Judged.WITHHELD, result=one.result and evolve(one.result, status=WITHHELD))
        for one in judged()
    )
    findings = evolve(found(), findings=tuple(evolve(one, status=WITHHELD) for one in found()))
    parts = report_parts(
        measures=evolve(measured(), results=results),
        judgements=evolve(judged(), judgements=hidden),
        findings=findings,
        withheld="Small counts are withheld.",
    )
    book = workbook(parts, tmp_path)
    for name in ("Results", "Checks"):
        numbers = [
            cell
            for row in book[name].iter_rows(min_row=2, values_only=True)
            for cell in row
            if isinstance(cell, (int, float))
        ]
        assert numbers == []
    assert "Small counts are withheld." in texts_of(book)


def test_no_cell_is_a_formula(book: Any) -> None:
    assert not [cell for sheet in book for row in sheet for cell in row if cell.data_type == "f"]


def test_citations_are_notes(book: Any) -> None:
    sheet = book["All items"]
    items = {
        item.id: item for document in build_view(everything()).documents for s in document.sections for item in s.items
    }
    rows = list(sheet.iter_rows(min_row=2))
    assert len(rows) == len(items)
    for row in rows:
        assert row[0].comment.text == items[row[0].value].sources
        assert row[1].comment.text == items[row[0].value].text


@pytest.mark.parametrize("parts", [one for _, one in kinds()], ids=[name for name, _ in kinds()])
def test_any_part_may_be_absent(parts: ReportParts, tmp_path: Path) -> None:
    book = workbook(parts, tmp_path)
    assert set(book.sheetnames) <= set(ALL)
    assert {"In plain words", "Method and limits"} <= set(book.sheetnames)


def test_same_parts_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_report(everything(), tmp_path / f"{name}.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_change_over_time_is_told_in_the_words_of_the_page(tmp_path: Path) -> None:
    parts = report_parts(worked(), before=[before()])
    book, view = workbook(parts, tmp_path), build_view(parts)
    assert view.trends is not None
    (trend,) = view.trends.assessed
    sheet = book["Change over time"]
    told = {row[0].value: row[1].value for row in sheet}
    for one in trend.points:
        assert told[one.day].startswith(f"score {one.value}, range {one.range}")
    for step in trend.steps:
        assert step.sentence in told
        for cause in step.causes:
            assert told[cause.label] == f"{cause.change} points of 100, {cause.items}"
        for move in step.moves:
            assert move.why in told[move.item]
    assert "'Change over time'!A1" in [
        cell.hyperlink.location for cell in book["In plain words"]["A"] if cell.hyperlink
    ]


def test_without_the_writer_the_error_names_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(MissingExtra, match=r"hmis-standards\[excel\]"):
        write_report(report_parts(worked()), tmp_path / "report.xlsx")
    assert not list(tmp_path.iterdir())


def test_hud_tables_alone(tmp_path: Path) -> None:
    assert "HUD tables" in workbook(report_parts(hud=hud()), tmp_path).sheetnames
