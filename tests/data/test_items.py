"""Every shipped item, one test each: how its texts are written, and that it can be acted upon."""

from __future__ import annotations

import re

import pytest

from hmis_standards.model import Document, Item
from hmis_standards.store import load_catalog
from hmis_standards.vocabulary import Obligation

CATALOG = load_catalog()
ITEMS = [pytest.param(item, id=item.id) for item in CATALOG.values()]
DOCUMENTS = [pytest.param(document, id=document.id) for document in CATALOG.documents]


def sentences(item: Item) -> dict[str, str]:
    """The texts that are whole sentences, by name."""
    found = {"text": item.text, "why": item.why, "remedy": item.remedy.text}
    optional = {"scope": item.scope, "na": item.na.when}
    return found | {name: text for name, text in optional.items() if text}


def labels(item: Item) -> dict[str, str]:
    """The texts that name something."""
    needs = {f"evidence {need.id}": need.text for need in item.evidence}
    also = {"frequency": item.frequency.also} if item.frequency.also else {}
    return {"title": item.title} | needs | also


@pytest.mark.parametrize("item", ITEMS)
def test_sentences_end_with_a_period(item: Item) -> None:
    assert {name: text for name, text in sentences(item).items() if not text.endswith(".")} == {}


@pytest.mark.parametrize("item", ITEMS)
def test_labels_do_not(item: Item) -> None:
    assert {name: text for name, text in labels(item).items() if text.endswith(".")} == {}


@pytest.mark.parametrize("item", ITEMS)
def test_texts_are_clean(item: Item) -> None:
    for name, text in (sentences(item) | labels(item)).items():
        assert "  " not in text, name
        assert "\n" not in text, name
        assert text == text.strip(), name
        assert not re.search(r" [.,;:]", text), name


@pytest.mark.parametrize("item", ITEMS)
def test_sentences_and_labels_begin_with_a_capital(item: Item) -> None:
    for name, text in (sentences(item) | labels(item)).items():
        assert not text[0].islower(), f"{name}: {text}"


@pytest.mark.parametrize("item", ITEMS)
def test_the_title_fits_a_line(item: Item) -> None:
    assert len(item.title) <= 80


@pytest.mark.parametrize("item", ITEMS)
def test_the_remedy_is_a_step(item: Item) -> None:
    assert len(item.remedy.text) > 40


@pytest.mark.parametrize("item", ITEMS)
def test_a_reviewer_can_ask_for_something(item: Item) -> None:
    assert 1 <= len(item.evidence) <= 3


@pytest.mark.parametrize("item", ITEMS)
def test_what_is_required_binds(item: Item) -> None:
    assert CATALOG.binding(item) == (item.obligation is Obligation.REQUIRED)


@pytest.mark.parametrize("item", ITEMS)
def test_every_citation_is_in_the_register(item: Item) -> None:
    assert item.citations
    for citation in item.citations:
        assert CATALOG.source(citation.source).id == citation.source


@pytest.mark.parametrize("item", ITEMS)
def test_words_we_do_not_use(item: Item) -> None:
    for name, text in (sentences(item) | labels(item)).items():
        # A supportive services or fair housing rule may be called by its name; the score measures no compliance.
        assert not re.search(r"\bensure compliance\b|\bHUD's checklist requires\b", text, re.IGNORECASE), name
        assert not re.search(r"organis|licence\b|authoris|colour|\bprogramme\b", text, re.IGNORECASE), name


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_document_has_items_in_each_section(document: Document) -> None:
    assert {section.id: len(document.section(section.id)) > 0 for section in document.sections} == {
        section.id: True for section in document.sections
    }


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_document_says_that_it_is_ours(document: Document) -> None:
    assert "guidance" in document.notice
    assert "this project" in document.notice


@pytest.mark.parametrize("document", DOCUMENTS)
def test_titles_are_distinct(document: Document) -> None:
    titles = [item.title for item in document.items]
    assert sorted(set(titles)) == sorted(titles)
