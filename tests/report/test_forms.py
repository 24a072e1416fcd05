"""Forms as Markdown: whole, marked, and harmless whatever was put in."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hmis_standards.assess import Assessment, fill_form
from hmis_standards.report import form_markdown
from hmis_standards.store import load_catalog, load_eligibility, load_form, shipped_forms

CATALOG = load_catalog()
ITEM = "data-quality-program/AGR-02"
HOSTILE = [
    "<script>alert(1)</script>",
    "[click](javascript:alert(1))",
    "![x](http://example.org/x.png)",
    "| a | b |",
    "# heading",
    "`code` **bold** _it_ ~~no~~",
    "line\n\n# two\n- three",
    "{agency} {coc}",
    "&lt;b&gt;",
]


@pytest.mark.parametrize("name", shipped_forms())
def test_a_form_as_text(name: str) -> None:
    template = load_form(name)
    text = form_markdown(fill_form(template, CATALOG, eligibility=load_eligibility()))
    assert text.startswith(f"# {template.title}\n")
    assert "It is not HUD's form" in text
    assert "not legal advice" in text
    for field in template.fields:
        assert f"\\[{field.label}\\]" in text
    for clause in template.clauses:
        for citation in clause.citations:
            assert CATALOG.source(citation.source).citation.split("(")[0].strip().replace("_", "\\_") in text
    assert "To be agreed" not in text


def test_the_same_form_gives_the_same_bytes() -> None:
    assert len({form_markdown(fill_form(load_form("role-matrix"), CATALOG)) for _ in range(2)}) == 1


def filled(text: str) -> str:
    assessment = Assessment.start(CATALOG, subject="XX-500", on="2026-03-31", documents=["data-quality-program"])
    assessment = assessment.answer(ITEM, "partial", note=text)
    form = load_form("data-quality-agreement")
    return form_markdown(fill_form(form, CATALOG, assessment, {"agency": text}, notes=True))


def test_a_clause_that_is_to_be_agreed_says_so() -> None:
    text = filled("Harbor")
    assert "**1.1** **To be agreed.** This agreement is between" in text
    assert f"({ITEM}): partial: Harbor" in text
    assert "Clauses to be agreed: 2." in text  # 1.1 and the one on correction rest on the same item


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_harmless(text: str) -> None:
    _assert_harmless(text)


@given(st.text(alphabet=st.sampled_from("<>[]()!|#*_`~&\\\n-+=1.x:/ {}"), min_size=1).filter(str.strip))
def test_any_marks_are_harmless(text: str) -> None:
    _assert_harmless(text)


def _assert_harmless(text: str) -> None:
    """The same lines as with a plain word, and no sign that acts: each is escaped."""
    found, plain = filled(text).splitlines(), filled("word").splitlines()
    assert len(found) == len(plain)
    for line, other in zip(found, plain, strict=True):
        assert len(re.findall(r"(?<!\\)\|", line)) == len(re.findall(r"(?<!\\)\|", other))
        if line == other:
            continue
        bare = re.sub(r"\\.", "", line)
        assert "<" not in bare
        assert "](" not in bare
        assert bare.count("*") == re.sub(r"\\.", "", other).count("*")
        assert bare.count("`") == 0
