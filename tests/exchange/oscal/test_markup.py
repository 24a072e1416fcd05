"""What people write stays text: Markdown and HTML show it as it is, and it can be read back."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import cmarkgfm
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hmis_standards import Response, Subject
from hmis_standards.exchange.oscal import oscal_assessment_plan, oscal_assessment_results, oscal_poam
from hmis_standards.exchange.oscal.markup import line, markdown, plain_text
from hmis_standards.exchange.oscal.names import href_of
from tests.exchange.oscal import published
from tests.exchange.oscal.samples import empty, plan_of, walk

pytestmark = pytest.mark.xdist_group("oscal")  # the schema is made ready once

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[here](javascript:alert(1))",
    "![x](https://example.org/x.png)",
    "<https://example.org>",
    "{{ insert: param, ac-1_prm_1 }}",
    "{{insert: param, x}} {% raw %}",
    '*a* _b_ **c** `d` ~~e~~ ^f^ "g" | h |',
    "# heading\n## another",
    "- a\n+ b\n* c\n1. d\n2) e",
    "title\n===\ntitle\n---\n***",
    "    code\n\tcode\n\n    code",
    "```\nfence\n```\n~~~\nfence\n~~~",
    "> quoted\n>> twice",
    "[a]: javascript:alert(1)\n[a]",
    "&lt;b&gt; &amp; &#60; &copy; &nosuch; & alone",
    "ends with a backslash\\",
    "a\\<b \\[c\\] \\\\ \\n",
    "two blanks  \nand on",
    "\u202eright to left\u202c \u200f \u200b \ufeff",
    "\x01\x02\x07\x1b[31m red",
    "🙂👩‍👩‍👧 " * 10,
    "=cmd|' /C calc'!A0",
    "$x$ $$y$$ \\(z\\)",
    "a\n\n\n\nb",
    "| a | b |\n|---|---|\n| c | d |",
    "<!-- comment --> <![CDATA[ x ]]> <?php ?>",
    "x" * 100_000,
    "<b>" * 20_000,
]


class _Shown(HTMLParser):
    """What a page shows of some HTML, and the tags it has."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert attrs == [] or (tag == "a" and str(attrs[0][1]).startswith("https://example.org"))

    def handle_data(self, data: str) -> None:
        self.text += data


def _shown(prose: str) -> _Shown:
    """The prose through the reference implementation of CommonMark, with nothing held back."""
    reader = _Shown()
    reader.feed(cmarkgfm.github_flavored_markdown_to_html(prose, cmarkgfm.cmark.Options.CMARK_OPT_UNSAFE))
    reader.close()
    return reader


def _tokens(text: str) -> list[str]:
    return re.split("[ \t\n]+", text.strip(" \t\n"))


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_shown_as_text(text: str) -> None:
    shown = _shown(markdown(text))
    assert shown.tags <= {"p", "a"} if "http" in text else shown.tags <= {"p"}
    assert _tokens(shown.text) == _tokens(text)
    assert plain_text(markdown(text)) == text
    assert "<" not in markdown(text)
    assert "{{" not in markdown(text)


@given(st.text())
def test_every_text_can_be_read_back(text: str) -> None:
    kept = text.replace("\0", "\ufffd")
    assert plain_text(markdown(text)) == kept
    assert "\n" not in line(text)
    assert plain_text(line(text)) == " ".join(kept.split())


@given(st.text(alphabet="*_`~[](){}<>#+-=.!|&;:\\\"'^$ \n\tab1", max_size=40))
def test_signs_of_markdown_are_shown_as_signs(text: str) -> None:
    shown = _shown(markdown(text))
    assert shown.tags <= {"p"}
    assert _tokens(shown.text) == _tokens(text)


def test_half_a_surrogate_pair_and_nul_become_the_sign_for_what_cannot_be_shown() -> None:
    assert markdown("a\ud800b\0c") == "a\ufffdb\ufffdc"


@pytest.mark.parametrize(
    ("location", "address"),
    [
        ("board/2026.pdf", "board/2026.pdf"),
        ("a b/ü.pdf", "a%20b/%C3%BC.pdf"),
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("HTTP://example.org", "HTTP://example.org"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("https:alert", None),
        ("C:\\Users\\a.pdf", None),
        ("//example.org/a", None),
        ("\\\\server\\share", None),
        ("#uuid", None),
        ("", None),
        (None, None),
    ],
)
def test_only_harmless_places_become_addresses(location: str | None, address: str | None) -> None:
    assert href_of(location) == address


def _texts(node: Any) -> set[str]:
    return {value for one in walk(node) for value in one.values() if isinstance(value, str)}


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_in_every_free_field_stays_valid_and_the_same(text: str) -> None:
    first, second = empty().items()[:2]
    flat = " ".join(text.split()) or "x"
    evidence = [{"kind": "document", "title": flat, "location": flat}]
    hostile = (
        type(empty())
        .start(empty().catalog, subject=Subject(name=flat), on="2026-03-01", documents=[first.document], assessor=flat)
        .answer(first.id, "not_met", note=text, reason=text, evidence=evidence)
        .with_responses([Response(item=second.id, answer="not_met", note=text, decided_by=flat, reason=text)])
    )
    hostile = hostile.answer(first.id, "not_met", note=text, reason=text, evidence=evidence)
    results = oscal_assessment_results(hostile)
    for document in (results, oscal_assessment_plan(hostile), oscal_poam(hostile, plan_of(hostile))):
        published.check(document)
    read = {plain_text(one) for one in _texts(results)}
    kept = text.strip()
    assert any(kept in one for one in read)
    assert flat in read
    assert flat in _texts(results)  # in properties and names, which are no markup, it stands as it is
