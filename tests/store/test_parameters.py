"""Parameters of calculations: the shipped sets, one's own file over them, each rule with a planted fault."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from attrs import evolve

from hmis_standards.errors import (
    InvalidDocument,
    ParameterOutOfRange,
    UnknownParameter,
    UnknownParameterSet,
)
from hmis_standards.model import Parameter, ParameterSet
from hmis_standards.store import data_root, load_catalog, load_parameters, shipped_parameter_sets, validate
from hmis_standards.vocabulary import FigureOrigin, ItemKind
from tests.store.trees import copied, line_with

TREE = """\
format: hmis-standards/parameters/1
set: desk
title: A desk
text: >-
  Made up.
parameters:
  - id: minutes
    title: Minutes for a ticket
    value: "30"
    unit: minutes
    origin: convention
    why: >-
      Made up.
    minimum: "1"
    maximum: "60"
  - id: threshold
    title: Limit of a purchase
    value: "10000"
    unit: USD
    origin: hud
    why: >-
      Made up.
    citations:
      - source: guide-1
  - id: threshold
    title: Limit of a purchase
    value: "15000"
    unit: USD
    origin: hud
    why: >-
      Made up.
    since: "2025-10-01"
    citations:
      - source: guide-1
"""
OWN = """\
format: hmis-standards/parameters/1
set: staffing
parameters:
  - id: turnover
    value: "0.42"
    why: >-
      Users of 2025 who left, counted.
  - id: productive_hours
    value: "1650"
    origin: measured
    why: >-
      Our payroll.
"""


@dataclass(frozen=True)
class Fault:
    """``old`` becomes ``new``; the ``nth`` line with ``at`` is blamed, in words that hold ``told``."""

    old: str
    new: str
    told: str
    at: str
    nth: int = 1


IN_A_TREE = [
    Fault('value: "30"', 'value: "61"', "61 should be from 1 to 60", "value:"),
    Fault("source: guide-1", "source: nobody-1", "there is no source 'nobody-1'", "nobody-1"),
    Fault(
        "    citations:\n      - source: guide-1\n", "", "a number whose origin is hud cites its source", "origin", 2
    ),
    Fault("origin: convention", "origin: given", "a shipped number is not given by the user", "origin"),
    Fault('    since: "2025-10-01"\n', "", "parameter id 'threshold' is used twice", "id: threshold", 2),
    Fault("set: desk", "set: desks", "the file says set 'desks', its name says 'desk'", "set:"),
    Fault("title: A desk\n", "", "a shipped set has a title and a text", "format:"),
    Fault("    unit: minutes\n", "", "missing unit", "- id: minutes"),
    Fault('value: "30"', "value: 30", "value", "value:"),
    Fault('value: "30"', 'value: "1/3"', "value", "value:"),
]
IN_ONES_OWN = [
    Fault("set: staffing", "set: stafing", "did you mean staffing?", "set:"),
    Fault("id: turnover", "id: turn_over", "did you mean turnover?", "id: turn_"),
    Fault('value: "0.42"', 'value: "42"', "42 should be from 0 to 2", 'value: "42"'),
    Fault("    why: >-\n      Our payroll.\n", "", "missing 'why'", "- id: productive_hours"),
]


@pytest.mark.parametrize("fault", IN_A_TREE, ids=lambda one: one.told)
def test_a_fault_in_a_tree_is_told_with_its_line(tmp_path: Path, fault: Fault) -> None:
    tree = copied(tmp_path)
    (tree / "parameters").mkdir()
    path = tree / "parameters" / "desk.yaml"
    path.write_text(TREE)
    sound = validate(tree)
    assert sound == []
    _blamed(path, TREE, fault, tree)


@pytest.mark.parametrize("fault", IN_ONES_OWN, ids=lambda one: one.told)
def test_a_fault_in_ones_own_file_is_told_with_its_line(tmp_path: Path, fault: Fault) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text(OWN)
    assert validate(path) == []
    _blamed(path, OWN, fault, path)
    with pytest.raises(InvalidDocument):
        load_parameters(path)


def _blamed(path: Path, text: str, fault: Fault, what: Path) -> None:
    assert fault.old in text
    path.write_text(text.replace(fault.old, fault.new, 1))
    problems = [str(one) for one in validate(what)]
    assert len(problems) == 1, problems
    assert problems[0].startswith(f"{path}:{line_with(path, fault.at, fault.nth)}: ")
    assert fault.told in problems[0]


def test_ones_own_file_lies_over_the_shipped_numbers(tmp_path: Path) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text(OWN)
    ours, shipped = load_parameters(path), load_parameters("staffing")
    assert len(ours) == len(shipped)
    turnover = ours.find("turnover")
    assert (turnover.value, turnover.origin) == (Fraction("0.42"), FigureOrigin.GIVEN)
    assert (turnover.title, turnover.unit) == (shipped.find("turnover").title, shipped.find("turnover").unit)
    assert ours.find("productive_hours").origin is FigureOrigin.MEASURED
    assert ours.find("class_size") == shipped.find("class_size")


def test_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnknownParameterSet, match="did you mean staffing"):
        load_parameters("stafing")
    with pytest.raises(FileNotFoundError):
        load_parameters(tmp_path / "none.yaml")


def desk() -> ParameterSet:
    def one(value: str, since: date | None) -> Parameter:
        origin = FigureOrigin.HUD
        return Parameter(id="limit", title="L", value=Fraction(value), unit="USD", origin=origin, why="W", since=since)

    def of(key: str, value: str) -> Parameter:
        return evolve(one(value, None), id="weight", of=key, unit="", minimum=Fraction(0), maximum=Fraction(9))

    dated = (one("10000", None), one("15000", date(2025, 10, 1)))
    return ParameterSet(id="desk", title="Desk", text="T", parameters=(*dated, of("high", "3"), of("low", "1")))


def test_a_dated_number_is_the_one_of_the_day() -> None:
    found = [desk().find("limit", on=day).value for day in (date(2025, 9, 30), date(2025, 10, 1), None)]
    assert found == [10000, 15000, 15000]


def test_several_of_one_id() -> None:
    assert {key: one.value for key, one in desk().table("weight").items()} == {"high": 3, "low": 1}
    assert desk().find("weight/low") == desk().find("weight", "low")
    with pytest.raises(UnknownParameter, match="weight/lo"):
        desk().find("weight", "lo")
    with pytest.raises(UnknownParameter, match="did you mean weight"):
        desk().table("weights")


def test_a_changed_number_is_the_users() -> None:
    changed = desk().changed({"limit": 12000, "weight/high": "2.5"}, why="The county's rule.")
    assert [one.value for one in changed] == [1, 12000, Fraction("2.5")]
    assert changed.find("limit", on=date(2000, 1, 1)).origin is FigureOrigin.GIVEN
    assert changed.find("weight/high").why == "The county's rule."


@pytest.mark.parametrize(
    ("value", "expected"),
    [("10", "from 0 to 9"), ("many", "a number"), ("1/0", "a number"), ("1e999999999", "a number")],
)
def test_a_number_cannot_be_changed_to_anything(value: str, expected: str) -> None:
    with pytest.raises(ParameterOutOfRange, match=f"weight/high cannot be {value}: it should be {expected}"):
        desk().changed({"weight/high": value})


def test_a_table_of_the_shipped_numbers() -> None:
    for name in shipped_parameter_sets():
        found = load_parameters(name)
        assert found.rows()[0].keys() == {"parameter", "title", "value", "unit", "origin", "since", "why", "sources"}
        assert all(row["why"] and row["unit"] for row in found.rows())


def test_no_convention_is_shown_as_a_rule() -> None:
    """A number of HUD's or of a regulation cites one of their texts; one of ours cites no rule as its source."""
    sources = {one.id: one for one in load_catalog().sources}
    for name in shipped_parameter_sets():
        for one in load_parameters(name):
            bases = {sources[cited.source].basis.value for cited in one.citations}
            if one.origin is FigureOrigin.REGULATION:
                assert "regulation" in bases, one.name
            if one.origin is FigureOrigin.HUD:
                assert any(base.startswith(("hud", "federal")) for base in bases), one.name


def test_the_number_of_topics_is_the_catalogs() -> None:
    topics = [item for item in load_catalog().values() if item.kind is ItemKind.TRAINING_TOPIC]
    assert load_parameters("staffing").find("topics").value == len(topics)


def test_files_are_where_they_belong() -> None:
    names = {path.name.removesuffix(".yaml").replace("_", "-") for path in (data_root() / "parameters").iterdir()}
    assert names == set(shipped_parameter_sets())
