"""The page as a page: whole, offline, inert, readable without color, the same bytes every time."""

from __future__ import annotations

import itertools
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hmis_standards.assess import Assessor, Evidence, Response, Subject, gaps, plan, score
from hmis_standards.errors import MissingExtra
from hmis_standards.report import ReportParts, html_report, markdown_report, report_parts, write_report
from hmis_standards.report.page import _environment
from hmis_standards.vocabulary import EvidenceKind
from tests.report.helpers import DAY, Page, found, full, hud, judged, measured, measurement, worked
from tests.small import GOV3, SEC1, SEC2


def everything() -> ReportParts:
    assessment = full()
    return report_parts(
        assessment,
        measures=measured(),
        judgements=judged(),
        hud=hud(),
        findings=found(),
        export_facts={"source": "/secret/place/export.zip", "edition": "FY2026", "engine": "duckdb 1", "problems": []},
        plan=plan(gaps(assessment), start="2026-04-01", target="0.80", score=score(assessment)),
    )


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(html_report(everything()))


def kinds() -> list[tuple[str, ReportParts]]:
    return [
        ("everything", everything()),
        ("assessment", report_parts(worked())),
        ("two assessments of no answers", report_parts(full().with_responses([]))),
        ("measures", report_parts(measures=measured())),
        ("judgements", report_parts(judgements=judged())),
        ("hud", report_parts(hud=hud())),
        ("findings", report_parts(findings=found())),
        ("nothing", report_parts()),
    ]


@pytest.mark.parametrize("parts", [one for _, one in kinds()], ids=[name for name, _ in kinds()])
def test_any_part_may_be_absent(parts: ReportParts) -> None:
    found = Page(html_report(parts))
    assert len(found.all("h1")) == 1
    assert len(found.all("main")) == 1
    assert found.all("html")[0]["lang"] == "en-US"
    markdown = markdown_report(parts)
    assert markdown.startswith("# ")
    assert "None\n" not in markdown


def test_page_loads_nothing(page: Page) -> None:
    names = {tag for tag, _ in page.tags}
    assert not names & {"script", "link", "img", "iframe", "object", "embed", "use", "image", "form", "base"}
    for tag, attrs in page.tags:
        for name, value in attrs.items():
            if value and re.search(r"https?:|//", value):
                assert (tag, name) == ("a", "href"), (tag, name, value)
            assert not name.startswith("on"), name
    style = html_report(everything()).split("<style>")[1].split("</style>")[0]
    assert "url(" not in style
    assert "@import" not in style


def test_headings_go_down_one_step_at_a_time(page: Page) -> None:
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_ids_are_unique_and_every_anchor_arrives(page: Page) -> None:
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    for attrs in page.all("a"):
        href = attrs["href"] or ""
        assert not href.startswith("#") or href[1:] in ids, href
    for _, attrs in page.tags:
        for one in (attrs.get("aria-labelledby") or "").split():
            assert one in ids


def test_tables_and_drawings_are_described(page: Page) -> None:
    assert len(page.all("table")) == len(page.all("caption"))
    assert all(attrs.get("scope") for attrs in page.all("th"))
    drawings = page.all("svg")
    assert drawings
    assert all(attrs["role"] == "img" for attrs in drawings)
    assert all((attrs["aria-label"] or "").endswith(".") for attrs in drawings)


def test_skip_link_is_first_and_landmarks_are_there(page: Page) -> None:
    assert page.all("a")[0] == {"class": "skip", "href": "#main"}
    assert page.all("header")
    assert page.all("nav")[0]["aria-label"] == "Contents"


def test_status_is_never_told_by_color_alone(page: Page) -> None:
    marks = re.findall(r'<span class="(\w+)"><i aria-hidden="true">(.*?)</i>([^<]*)</span>', html_report(everything()))
    assert {tone for tone, _, _ in marks} == {"good", "near", "bad", "open"}
    assert all(len(shape) == 1 and word.strip() for _, shape, word in marks)
    assert len(marks) > 100


def test_colors_have_enough_contrast() -> None:
    style = html_report(report_parts()).split("<style>")[1]
    light, dark = re.findall(r":root \{(.*?)\}", style, re.S)[:2]
    for block in (light, dark):
        color = dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6})", block))
        for ink in ("ink", "muted", "accent"):
            for ground in ("paper", "raised", "tint"):
                assert _contrast(color[ink], color[ground]) >= 4.5, (ink, ground)


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: str) -> float:
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_a_long_word_breaks_wherever_it_stands() -> None:
    """A name of 250 characters may not push the page wider than a phone."""
    style = html_report(report_parts()).split("<style>")[1].split("</style>")[0]
    rules = [(name.strip(), rule) for name, rule in re.findall(r"([^{}\n]+?) \{([^{}]*)\}", style)]
    wraps = {name: found[1] for name, rule in rules if (found := re.search("overflow-wrap: ([a-z-]+)", rule))}
    assert wraps.pop("body") == "anywhere"
    assert wraps == {"thead th": "break-word", ".bands li": "normal", ".scroll": "break-word"}
    assert any(name == ".scroll" and "overflow-x: auto" in rule for name, rule in rules)
    for name, rule in rules:
        for columns in re.findall(r"grid-template-columns: ([^;]+);", rule):
            bare = re.sub(r"minmax\((?:[^()]|\([^()]*\))*\)", "", columns)
            assert "fr" not in bare, f"{name}: a bare 1fr grows with its longest word"


HOSTILE = (
    '<script>alert("x")</script><img src=x onerror=alert(1)> " onmouseover="x '
    "[a](javascript:alert(1)) | `b` {{ 7*7 }} https://example.org"
)


def _hostile() -> ReportParts:
    evidence = Evidence(kind=EvidenceKind.DOCUMENT, title=HOSTILE, location=HOSTILE, date=DAY)
    base = worked().with_responses(
        [
            Response(item=SEC1, answer="partial", note=HOSTILE, evidence=(evidence,)),
            Response(item=SEC2, answer="not_applicable", reason=HOSTILE),
            Response(item=GOV3, answer="met", note=HOSTILE, evidence=(measurement(HOSTILE),), proposed=True),
        ]
    )
    changed = (
        type(base)
        .start(
            base.catalog,
            subject=Subject(name=HOSTILE),
            on=DAY,
            documents=base.documents,
            assessor=Assessor(name=HOSTILE),
            profile=HOSTILE,
        )
        .with_responses(base.responses)
    )
    facts = {"source": HOSTILE, "edition": HOSTILE, "engine": HOSTILE, "problems": [HOSTILE]}
    return report_parts(changed, title=HOSTILE, measures=measured(), judgements=judged(), export_facts=facts)


def test_hostile_text_is_inert_in_html() -> None:
    text = html_report(_hostile())
    found = Page(text)
    assert "<script" not in text
    assert "<img" not in text
    assert "{{ 7*7 }}" in found.text()
    assert not any(name.startswith("on") for _, attrs in found.tags for name in attrs)
    assert not any("javascript" in (attrs.get("href") or "") for attrs in found.all("a"))
    assert found.text().count("alert(") >= 10


def test_hostile_text_is_inert_in_markdown() -> None:
    text = markdown_report(_hostile())
    assert "<script" not in text
    assert "<img" not in text
    assert not re.search(r"(?<!\\)\]\(", text)
    assert not re.search(r"(?<!<)https://example.org", text)
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert rows
    for block in re.split(r"\n\n", text):
        table = [line for line in block.splitlines() if line.startswith("|")]
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in table}) <= 1


def test_the_place_of_the_export_stays_private(page: Page) -> None:
    assert "export.zip" in page.text()
    assert "/secret" not in page.text()


def test_same_parts_same_bytes_small_and_fast() -> None:
    parts = everything()
    html_report(parts)
    start = time.process_time()
    text = html_report(parts)
    assert time.process_time() - start < 2
    assert text == html_report(everything())
    assert markdown_report(parts) == markdown_report(everything())
    assert len(text.encode()) < 1_000_000


def test_write_report(tmp_path: Path) -> None:
    parts = report_parts(worked())
    write_report(parts, tmp_path / "report.html")
    write_report(parts, str(tmp_path / "report.md"))
    assert (tmp_path / "report.html").read_text(encoding="utf-8") == html_report(parts)
    assert (tmp_path / "report.md").read_text(encoding="utf-8") == markdown_report(parts)


@pytest.mark.parametrize("name", ["report.pdf", "report", "report.htm"])
def test_write_report_refuses_other_suffixes(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match=r"a report is written as \.html, \.md or \.xlsx"):
        write_report(report_parts(worked()), tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_parts_that_do_not_belong_together() -> None:
    with pytest.raises(ValueError, match="shows each document once; lead-basics"):
        report_parts([worked(), worked()])
    other = type(worked()).start(worked().catalog, subject="XX-501", on=DAY, documents=["vendor-basics"])
    with pytest.raises(ValueError, match="XX-500 and XX-501"):
        report_parts([worked(), other])


def test_importing_the_report_imports_neither_jinja_nor_an_engine() -> None:
    names = {"jinja2", "duckdb", "pyarrow", "yaml"}
    code = f"import sys, hmis_standards.report.writing; print(sorted({names} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_without_jinja_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jinja2", None)
    _environment.cache_clear()
    with pytest.raises(MissingExtra, match=r"hmis-standards\[report\]"):
        html_report(report_parts(worked()))
    assert markdown_report(report_parts(worked())).startswith("# XX-500")
