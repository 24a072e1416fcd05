"""Text that wants to be more than text, in every free field of reports, plans, portfolios: harmless, and all there."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from attrs import evolve
from python_calamine import CalamineWorkbook

from hmis_standards.assess import (
    Actions,
    Assessment,
    Assessor,
    Evidence,
    Plan,
    Response,
    Subject,
    gaps,
    plan,
    portfolio,
)
from hmis_standards.errors import Problem
from hmis_standards.exchange import write_plan, write_portfolio
from hmis_standards.report import ReportParts, html_report, markdown_report, plan_markdown, report_parts, write_report
from hmis_standards.tabular import visible
from hmis_standards.vocabulary import EvidenceKind
from tests.report.helpers import DAY, Page, judged, measured, measurement, worked
from tests.report.workbooks import texts_of
from tests.small import GOV2, GOV3, SEC1, SEC2

LONG = "".join(f"{number:07},\t" for number in range(100_000 // 9))
HOSTILE = {
    "script": '<script>alert("x")</script><img src=x onerror=alert(1)>',
    "formula": "=HYPERLINK(\"http://example.org\",\"click\")",
    "plus": "+1+cmd|' /C calc'!A0",
    "minus": "-2+3+cmd|' /C calc'!A0",
    "at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "tab before a formula": "\t=1+1",
    "link": "http://example.org/?a=1&b=2",
    "XML of a workbook": "<r><t>x</t></r>",
    "escape of a workbook": "_x0041__x000D_",
    "end of CDATA": "]]> <!-- -->",
    "reversed": "invoice\u202excod.exe\u2066 and on",
    "only helps": "\u200fעברית\u200e and English",
    "control characters": "a\x00b\x08c\x1b[31md\x7fe\x85f",
    "emoji": "👩‍👩‍👧‍👦 🏳️‍🌈 😀",
    "half a character": "half \ud83d of one",
    "no character": "\ufffe and \uffff",
    "template": "{{ 7*7 }} {% raw %} ${7*7}",
    "markdown": "[a](javascript:alert(1)) | `b` **c** # d",
    "long": LONG,
}  # fmt: skip
each = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)


def assessed(text: str) -> Assessment:
    """An assessment with the text in every free field."""
    evidence = Evidence(kind=EvidenceKind.DOCUMENT, title=text, location=text, date=DAY)
    said = [
        Response(item=SEC1, answer="partial", note=text, evidence=(evidence,), decided_by=text),
        Response(item=SEC2, answer="not_applicable", reason=text),
        Response(item=GOV3, answer="met", note=text, evidence=(measurement(text),), proposed=True),
    ]
    base = worked()
    who, by = Subject(name=text), Assessor(name=text)
    begun = Assessment.start(base.catalog, subject=who, on=DAY, documents=base.documents, assessor=by, profile=text)
    return begun.with_responses([one for one in base.responses if one.item not in {SEC1, SEC2}]).with_responses(said)


def attacked(text: str) -> ReportParts:
    facts = {"source": text, "edition": text, "engine": text, "problems": [text]}
    parts = report_parts(assessed(text), title=text, measures=measured(), judgements=judged(), export_facts=facts)
    return evolve(parts, plan=planned(text), withheld=text)


def planned(text: str) -> Plan:
    made = plan(gaps(worked().answer(GOV2, "partial")), start="2026-04-01")
    return evolve(made, actions=Actions(evolve(one, title=text, remedy=text) for one in made.actions), note=text)


def opened(path: Path) -> Any:
    """The workbook, as two libraries read it that have nothing in common with the one that wrote it."""
    book = openpyxl.load_workbook(path)
    assert CalamineWorkbook.from_path(str(path)).sheet_names == book.sheetnames
    cells = [cell for sheet in book for row in sheet for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert not [cell.hyperlink.target for cell in cells if cell.hyperlink and cell.hyperlink.target]
    for one in texts_of(book):
        assert len(one.encode("utf-16-le")) <= 2 * 32_767
    return book


def whole_texts(book: Any) -> list[str]:
    """The texts of all cells; those that go on in the sheet of long texts put together again."""
    if "Long texts" not in book.sheetnames:
        return texts_of(book)
    rest: dict[str, str] = {}
    for place, part in book["Long texts"].iter_rows(min_row=2, values_only=True):
        rest[place] = rest.get(place, "") + part
    told = []
    for place, more in rest.items():
        sheet, _, cell = place.rpartition("!")
        told.append(book[sheet][cell].value.rpartition("\n… goes on")[0] + more)
    return told


@each
def test_the_workbook_of_a_report(text: str, tmp_path: Path) -> None:
    write_report(attacked(text), tmp_path / "report.xlsx")
    book = opened(tmp_path / "report.xlsx")
    holding = [one for one in whole_texts(book) if visible(text).strip() in one]
    assert len(holding) >= 8  # title, subject, assessor, notes, reason, evidence, plan, method
    title = (book.properties.title or "").replace("_x005F_", "_").strip()
    assert title.startswith(visible(text)[:50].strip())


@each
def test_the_workbook_of_a_plan(text: str, tmp_path: Path) -> None:
    write_plan(planned(text), tmp_path / "plan.xlsx")
    book = opened(tmp_path / "plan.xlsx")
    assert len([one for one in whole_texts(book) if visible(text).strip() in one]) >= 3


@each
def test_the_workbook_of_a_portfolio(text: str, tmp_path: Path) -> None:
    found = portfolio([assessed(text)], min_group=1, ranking=True)
    write_portfolio(evolve(found, unread=(Problem(text, None, "", text, text),)), tmp_path / "portfolio.xlsx")
    book = opened(tmp_path / "portfolio.xlsx")
    told = whole_texts(book)
    assert len([one for one in told if visible(text).strip() in one]) >= 3
    assert visible(" ".join(text.split()))[:30_000] in {one.strip()[:30_000] for one in told}  # a name


@each
def test_the_page(text: str, tmp_path: Path) -> None:
    write_report(attacked(text), tmp_path / "report.html")
    source = (tmp_path / "report.html").read_text(encoding="utf-8")
    page = Page(source)
    assert not {"script", "img", "iframe", "object", "r", "t"} & {tag for tag, _ in page.tags}
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
    assert not [one["href"] for one in page.all("a") if (one.get("href") or "").startswith("javascript")]
    assert source.count(html.escape(visible(text), quote=False).replace('"', "&#34;").replace("'", "&#39;")) >= 8
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", source)


@each
def test_markdown(text: str, tmp_path: Path) -> None:
    write_report(attacked(text), tmp_path / "report.md")
    for source in ((tmp_path / "report.md").read_text(encoding="utf-8"), plan_markdown(planned(text))):
        assert not re.search(r"<(script|img|r|t|!--)", source)
        assert not re.search(r"(?<!\\)\]\(", source)
        assert not re.search(r"(?<!<)http://example\.org", source)
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", source)
        for block in source.split("\n\n"):
            table = [line for line in block.splitlines() if line.startswith("|")]
            assert len({len(re.findall(r"(?<!\\)\|", line)) for line in table}) <= 1
    words = re.findall(r"[^\W_]{6,}", visible(text))
    assert all(source.count(word) >= 3 for word in words[:5] + words[-5:])


def test_texts_of_ordinary_people_are_not_touched() -> None:
    said = "Señora Ñandú’s file – “ok” · 50 % · 日本語 · עברית · 😀"
    parts = report_parts(assessed(said))
    assert html_report(parts).count(said) >= 8
    assert markdown_report(parts).count(said) >= 8
