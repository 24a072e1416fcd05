"""Lines that many assessments share, and the whole numbers in which they are added, against the plain way."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest
from attrs import evolve

from hmis_standards.assess import Assessment, Evidence, Response, score, verdict
from hmis_standards.assess.answers import allowed_words
from hmis_standards.assess.lines import Line, Sums, sums, value_of
from hmis_standards.model import Item
from hmis_standards.store import load_catalog
from tests.assess.helpers import DAY
from tests.made_up_assessments import made_up_assessments


def every_way(item: Item, word: str) -> tuple[Response, ...]:
    """The same answer with fresh evidence, with none, with old evidence, and as a proposal."""
    bare = Response(item=item.id, answer=word, reason="None here.")
    fresh = tuple(Evidence(kind=need.kind, title="Shown", date=DAY, need=need.id) for need in item.evidence)
    old = tuple(evolve(one, date=datetime.date(1990, 1, 1)) for one in fresh)
    return evolve(bare, evidence=fresh), bare, evolve(bare, evidence=old), evolve(bare, proposed=True)


def every_answer() -> list[Assessment]:
    """Assessments of the whole catalog which between them have every word of every item given in every way."""
    catalog = evolve(load_catalog())  # one with which nothing has been scored yet
    empty = Assessment.start(catalog, subject="XX-500", on=DAY, documents=[one.id for one in catalog.documents])
    words = {item.id: allowed_words(catalog, item) for item in empty.items()}
    turns = max(map(len, words.values()))
    said = {item.id: [every_way(item, word) for word in words[item.id]] for item in empty.items()}
    return [
        empty.with_responses(ways[turn % len(ways)][way] for ways in said.values())
        for turn in range(turns)
        for way in range(4)
    ]


@pytest.mark.parametrize("backwards", [False, True])
def test_no_line_depends_on_what_was_scored_before(backwards: bool) -> None:
    several = every_answer()
    for one in reversed(several) if backwards else several:
        assert [line.verdict for line in score(one).lines] == [verdict(one, item) for item in one.items()]
        for line in score(one, count_proposals=True).lines:
            assert line.verdict == verdict(one, line.item, count_proposals=True)


def test_a_plain_answer_has_one_line_and_one_with_demanded_evidence_its_own() -> None:
    first, second = (evolve(one) for one in every_answer()[:1] * 2)
    same = [ours is theirs for ours, theirs in zip(score(first).lines, score(second).lines, strict=True)]
    demands = [any(need.demanded for need in item.evidence) for item in first.items()]
    assert {True, False} == set(same)
    assert [one for one, demanded in zip(same, demands, strict=True) if not demanded and not one] == []


def fractions(lines: tuple[Line, ...]) -> list[Fraction]:
    """Earned, assessed and applicable, added up one by one."""
    return [sum((getattr(line, name) for line in lines), Fraction(0)) for name in ("earned", "assessed", "applicable")]


def test_sums_are_those_of_the_fractions() -> None:
    for one in made_up_assessments(3):
        given = enumerate(score(one).lines)
        lines = tuple(line if place % 5 else evolve(line, weight=Fraction(2, 3)) for place, line in given)
        exact = fractions(lines)
        assert sums(lines) == Sums(*exact)
        assert value_of(lines) == exact[0] / exact[1]
    assert value_of(()) is None
    assert sums(()) == Sums(Fraction(0), Fraction(0), Fraction(0))
