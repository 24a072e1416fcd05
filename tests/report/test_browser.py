"""Reports opened in Chromium: accessible by axe-core, no wider than the screen, printable, and safe with hostile text.

Pictures of them go to the folder that HMIS_STANDARDS_PICTURES names, else to a temporary one.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

import hmis_standards as hs
from hmis_standards.assess import Assessor, Evidence, Response, Subject, gaps, plan, score
from hmis_standards.report import CUTS, ReportParts, html_report, report_parts
from hmis_standards.vocabulary import EvidenceKind
from tests.programs import chromium, without
from tests.report.helpers import DAY, catalog, found, hud, judged, measured, worked
from tests.report.test_cuts import agency
from tests.report.test_page import everything
from tests.report.test_trends import before
from tests.small import GOV1, GOV2, SEC1, SEC2

pytestmark = pytest.mark.xdist_group("browser")
WIDE, PHONE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}, {"width": 320, "height": 640}
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
OPEN = "document.querySelectorAll('details').forEach(one => one.open = true)"
AXE = (
    "options => axe.run(document, {resultTypes: ['violations'], ...options})"
    ".then(made => made.violations.map(one => [one.id, one.nodes[0].html]))"
)
CONTRAST = {"runOnly": ["color-contrast"]}  # all that another color scheme can change


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        without("there is no playwright")
    with sync_playwright() as driver:
        made = driver.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield made
        made.close()


@lru_cache(maxsize=1)
def axe() -> str:
    try:
        import axe_playwright_python
    except ImportError:
        without("there is no axe-playwright-python")
    (script,) = Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")
    return script.read_text(encoding="utf-8")


def pictures(tmp_path: Path) -> Path:
    folder = Path(os.environ.get("HMIS_STANDARDS_PICTURES") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def opened(browser: Any, path: Path, size: dict[str, int], scheme: str = "light") -> Any:
    page = browser.new_page(viewport=size, color_scheme=scheme)
    page.goto(path.as_uri())
    return page


def small() -> ReportParts:
    """A bit of everything, small enough that axe takes no time."""
    own = agency()
    return evolve(
        own,
        assessments=(worked(),),
        before=(before(),),
        hud=evolve(hud(), tables=hud().tables[:2]),
        plan=plan(gaps(worked()), start="2026-04-01"),
        export_facts={"source": "export.zip", "edition": "FY2026", "engine": "duckdb 1", "problems": ["a note"]},
    )


@pytest.mark.parametrize("cut", CUTS)
def test_axe_finds_nothing(cut: str, browser: Any, tmp_path: Path) -> None:
    path = tmp_path / f"{cut}.html"
    path.write_text(html_report(small(), cut), encoding="utf-8")
    page = opened(browser, path, WIDE)
    page.evaluate(OPEN)
    page.evaluate(axe())
    for size, scheme, options in ((WIDE, "light", {}), (WIDE, "dark", CONTRAST), (PHONE, "light", {})):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate(AXE, options) == [], (size, scheme)
        assert page.evaluate(OVERFLOW) <= 0
    page.set_viewport_size(NARROW)
    assert page.evaluate(OVERFLOW) <= 0, "WCAG 1.4.10: nothing of the page scrolls sideways at 320 pixels"
    page.close()


def test_axe_would_find_something(browser: Any, tmp_path: Path) -> None:
    """A page with gray text on white, to know that the test above can fail."""
    path = tmp_path / "gray.html"
    path.write_text(html_report(small()).replace("--ink: #1c2228", "--ink: #aaaaaa"), encoding="utf-8")
    page = opened(browser, path, WIDE)
    page.evaluate(axe())
    assert "color-contrast" in {name for name, _ in page.evaluate(AXE, CONTRAST)}
    page.close()


def test_the_keyboard_reaches_what_it_must(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(html_report(small()), encoding="utf-8")
    page = opened(browser, path, WIDE)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0, "it shows when it has the focus"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    stuck = "[...document.querySelectorAll('.scroll')].filter(one => one.tabIndex !== 0 || !one.ariaLabel).length"
    assert page.evaluate(stuck) == 0
    page.close()


def test_pictures_of_a_page(browser: Any, tmp_path: Path) -> None:
    folder = pictures(tmp_path)
    for cut in ("all", "board"):
        path = folder / f"{cut}.html"
        path.write_text(html_report(everything(), cut), encoding="utf-8")
        for name, size, scheme in (("desk", WIDE, "light"), ("dark", WIDE, "dark"), ("phone", PHONE, "light")):
            page = opened(browser, path, size, scheme)
            assert page.evaluate(OVERFLOW) <= 0
            ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
            light = sum(map(int, re.findall(r"\d+", ground)[:3])) > 3 * 128
            assert light is (scheme == "light")
            page.screenshot(path=folder / f"{cut}-{name}.png")
            assert (folder / f"{cut}-{name}.png").stat().st_size > 10_000
            page.close()


def test_paper_cuts_nothing_off(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(html_report(everything()), encoding="utf-8")
    page = opened(browser, path, {"width": 710, "height": 940})  # Letter within its margins, at 96 pixels an inch
    page.emulate_media(media="print")
    assert page.evaluate(OVERFLOW) <= 0
    wide = "[...document.querySelectorAll('table')].filter(one => one.getBoundingClientRect().right > innerWidth + 1)"
    assert page.evaluate(f"{wide}.map(one => one.caption.textContent)") == []
    page.close()


# --- nine documents ------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def nine() -> ReportParts:
    """All documents, answered, with evidence and notes, beside measures."""
    begun = hs.Assessment.start(
        catalog(), subject="XX-500", on=DAY, documents=[document.id for document in catalog().documents]
    )
    words = ("met", "met", "partial", None, "met", "not_met", "met", "met", "partial", "met")
    said = [
        Response(
            item=item.id,
            answer=words[place % 10],
            note="Seen by the data committee at its meeting; the minutes say so." if place % 3 == 0 else None,
            evidence=tuple(
                Evidence(kind=need.kind, title="Shown at the review", date=DAY, need=need.id, location="HMIS, policies")
                for need in item.evidence
            ),
        )
        for place, item in enumerate(begun.items())
        if words[place % 10] and catalog().standing(item, str(words[place % 10]))
    ]
    return report_parts(
        begun.with_responses(said), measures=measured(), judgements=judged(), hud=hud(), findings=found()
    )


def test_all_nine_documents_are_a_small_page_quickly_made() -> None:
    """Under 1 MB; two seconds from answers and counts to the page, and the test allows three times as much."""
    parts = nine()
    html_report(report_parts(worked()))  # templates are read once
    begun = time.process_time()
    text = html_report(evolve(parts, assessments=(evolve(parts.assessments[0]),)))
    assert time.process_time() - begun < 3 * 2
    assert len(text.encode()) < 1_000_000


def test_the_board_gets_two_pages(browser: Any, tmp_path: Path) -> None:
    one = nine().assessments[0]
    year = evolve(one, date=DAY.replace(year=2025), responses=one.responses[::2])
    made = plan(gaps(one), start="2026-04-01", target="0.80", score=score(one))
    folder = pictures(tmp_path)
    path = folder / "nine-board.html"
    path.write_text(html_report(evolve(nine(), before=(year,), plan=made), "board"), encoding="utf-8")
    page = opened(browser, path, WIDE)
    page.pdf(path=folder / "nine-board.pdf", format="Letter", print_background=True)
    page.close()
    assert len(re.findall(rb"/Type\s*/Page\b", (folder / "nine-board.pdf").read_bytes())) == 2


# --- hostile text --------------------------------------------------------------------------------------------

SCRIPT = (
    '<script>window.ran=1</script><img src="https://example.org/x" onerror="window.ran=1"> [a](javascript:window.ran=1)'
)
SIGNS = "\u202egnorw\u2066 \x00\x07 \u05e9\u05dc\u05d5\u05dd 😀 " + "W" * 300
HOSTILE = f"{SCRIPT} {SIGNS}"


def attacked() -> ReportParts:
    evidence = Evidence(kind=EvidenceKind.DOCUMENT, title=HOSTILE, location=HOSTILE, date=DAY)
    long = evolve(worked(), subject=Subject(name=HOSTILE), assessor=Assessor(name=HOSTILE), profile=HOSTILE)
    said = long.with_responses(
        [
            Response(item=GOV1, answer="met", note=HOSTILE + " x" * 50_000),
            Response(item=GOV2, answer="partial", note=HOSTILE, evidence=(evidence,)),
            Response(item=SEC1, answer="met", note="W" * 5_000, evidence=(evidence,), proposed=True),
            Response(item=SEC2, answer="not_applicable", reason=HOSTILE),
        ]
    )
    own = agency()
    assert own.judgements is not None
    named = tuple(
        evolve(one, result=evolve(one.result, project_name=HOSTILE)) if one.result and one.result.project_id else one
        for one in own.judgements
    )
    return evolve(
        own,
        title=HOSTILE,
        assessments=(said,),
        before=(evolve(before(), subject=said.subject),),
        judgements=evolve(own.judgements, judgements=named),
        export_facts={"source": HOSTILE, "edition": HOSTILE, "engine": HOSTILE, "problems": [HOSTILE]},
        files={HOSTILE: HOSTILE},
    )


@pytest.mark.parametrize("cut", CUTS)
def test_hostile_text_does_nothing(cut: str, browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(html_report(attacked(), cut), encoding="utf-8")
    page = browser.new_page(viewport=WIDE)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    page.evaluate(OPEN)
    assert asked == [path.as_uri()]
    assert page.evaluate("window.ran") is None
    assert page.evaluate("document.querySelectorAll('script, img, [onerror]').length") == 0
    assert page.evaluate("[...document.links].filter(one => one.href.startsWith('javascript')).length") == 0
    for size in (WIDE, PHONE, NARROW):
        page.set_viewport_size(size)
        assert page.evaluate(OVERFLOW) <= 0, size
    text = page.evaluate("document.body.textContent")
    assert "window.ran=1" in text, "it is shown as what it is"
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00\x07]", text)
    page.evaluate(axe())
    assert page.evaluate(AXE, {}) == []
    page.close()
