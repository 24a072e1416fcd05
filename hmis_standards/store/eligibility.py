"""Loading the table of costs by payer, and its rules."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache
from itertools import chain

from hmis_standards.errors import InvalidDocument, Problem
from hmis_standards.model import Citation, Eligibility
from hmis_standards.store.load import read_tree
from hmis_standards.store.locate import data_root
from hmis_standards.store.parts import Placed
from hmis_standards.store.raw import Raw
from hmis_standards.store.reader import without_format
from hmis_standards.store.references import near
from hmis_standards.store.structuring import structure
from hmis_standards.vocabulary import Payer

__all__ = ["FILE", "check_eligibility", "load_eligibility"]

FILE = "eligibility.yaml"


@lru_cache(maxsize=1)
def load_eligibility() -> Eligibility:
    """The shipped table: which costs of an HMIS the CoC Program and ESG rules list, by who pays.

    Raises InvalidDocument if the file was altered and no longer fits.
    """
    return _read(read_tree(data_root(), "parameters")[FILE])


def _read(raw: Raw) -> Eligibility:
    return structure(raw, Eligibility, without_format(raw.data))


def check_eligibility(raw: Raw, sources: Collection[str]) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """What cannot be read as such a table, and what breaks its rules."""
    try:
        table = _read(raw)
    except InvalidDocument as error:
        return error.problems, ()
    placed = Placed("", table, raw)
    return (), tuple(chain(_payers_are_complete(placed), _answers_are_complete(placed), _cited(placed, sources)))


def _payers_are_complete(table: Placed[Eligibility]) -> Iterator[Problem]:
    """Each kind of money once."""
    listed = [one.id for one in table.value.payers]
    for payer in Payer:
        if listed.count(payer) != 1:
            yield table.problem(f"{payer} is there {listed.count(payer)} times", "payers", hint="once is right")


def _answers_are_complete(table: Placed[Eligibility]) -> Iterator[Problem]:
    """Each category once, with one answer for each payer that the table is about."""
    seen: set[str] = set()
    for place, one in enumerate(table.value.categories):
        if one.id in seen:
            yield table.problem(f"category {one.id!r} is there twice", "categories", place, "id")
        seen.add(one.id)
        answered = [payer for answer in one.answers for payer in answer.payers]
        for payer in table.value.ruled():
            if answered.count(payer) != 1:
                message = f"{one.id} has {answered.count(payer)} answers for {payer}"
                yield table.problem(message, "categories", place, "answers", hint="give it one")


def _cited(table: Placed[Eligibility], sources: Collection[str]) -> Iterator[Problem]:
    places: list[tuple[tuple[str | int, ...], tuple[Citation, ...]]]
    places = [(("payers", place), one.citations) for place, one in enumerate(table.value.payers)]
    places += [
        (("categories", place, "answers", nth), answer.citations)
        for place, one in enumerate(table.value.categories)
        for nth, answer in enumerate(one.answers)
    ]
    for at, citations in places:
        for nth, citation in enumerate(citations):
            if citation.source not in sources:
                message = f"there is no source {citation.source!r}"
                yield table.problem(message, *at, "citations", nth, "source", hint=near(citation.source, sources))
