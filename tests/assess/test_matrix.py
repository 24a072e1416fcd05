"""Matrix standards: a level is an answer, the level aimed at is full credit, and going beyond adds nothing."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from attrs import evolve

import hmis_standards as hs
from hmis_standards.errors import AnswerNotAllowed
from hmis_standards.model import Catalog, Document
from hmis_standards.vocabulary import Status

ITEM = "improvement-matrix/COM-01"


def start(catalog: Catalog | None = None) -> hs.Assessment:
    chosen = catalog or hs.load_catalog()
    return hs.Assessment.start(chosen, subject="XX-500", on="2026-03-01", documents=["improvement-matrix"])


def aiming_at(target: int) -> Catalog:
    """The catalog in which the one standard aims at another level."""
    catalog = hs.load_catalog()

    def changed(document: Document) -> Document:
        items = tuple(evolve(item, target=target) if item.id == ITEM else item for item in document.items)
        return evolve(document, items=items)

    return evolve(catalog, documents=tuple(changed(document) for document in catalog.documents))


@pytest.mark.parametrize(
    ("target", "level", "status", "credit"),
    [
        # at 2, the baseline: nothing, half way, there, and beyond is still 1
        (2, "0", Status.NOT_MET, Fraction(0)),
        (2, "1", Status.PARTIAL, Fraction(1, 2)),
        (2, "2", Status.MET, Fraction(1)),
        (2, "3", Status.MET, Fraction(1)),
        # a community that aims at 3: thirds
        (3, "1", Status.PARTIAL, Fraction(1, 3)),
        (3, "2", Status.PARTIAL, Fraction(2, 3)),
        (3, "3", Status.MET, Fraction(1)),
        # one that begins with 1
        (1, "1", Status.MET, Fraction(1)),
    ],
)
def test_a_level_is_worth_its_share_of_the_way(target: int, level: str, status: Status, credit: Fraction) -> None:
    line = hs.score(start(aiming_at(target)).answer(ITEM, level)).line(ITEM)
    assert (line.status, line.verdict.credit) == (status, credit)


def test_words_of_another_scale_are_refused() -> None:
    with pytest.raises(AnswerNotAllowed, match="use one of 3, 2, 1, 0"):
        start().answer(ITEM, "met")


def test_a_gap_says_which_level_to_reach() -> None:
    (gap,) = [one for one in hs.gaps(start().answer(ITEM, "1")) if one.item.id == ITEM]
    assert gap.to_reach == "2"
    assert hs.gaps(start(aiming_at(3)).answer(ITEM, "2"))[0].to_reach == "3"
    assert hs.gaps(start().answer(ITEM, "2")) == ()


@pytest.mark.parametrize("suffix", [".yaml", ".json", ".csv", ".xlsx"])
def test_levels_go_through_every_file(suffix: str, tmp_path: Path) -> None:
    filled = start()
    for level, item in zip("0123", filled.items(), strict=False):
        filled = filled.answer(item.id, level)
    path = tmp_path / f"matrix{suffix}"
    hs.write_assessment(filled, path)
    assert hs.read_assessment(path) == filled


def test_a_level_written_as_a_number_is_read(tmp_path: Path) -> None:
    path = tmp_path / "matrix.yaml"
    hs.write_assessment(start().answer(ITEM, "2"), path)
    text = path.read_text()
    assert "answer: '2'" in text
    path.write_text(text.replace("answer: '2'", "answer: 2"))
    assert hs.read_assessment(path).response(ITEM) == start().answer(ITEM, "2").response(ITEM)
