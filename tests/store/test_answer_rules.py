"""Rules on scales that count or measure, and on gates: a fault is planted and told with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from hmis_standards.store.consistency import check
from hmis_standards.store.reader import collect
from hmis_standards.store.schema import check_shape
from hmis_standards.store.yaml_text import read_raw
from tests.store.trees import copied, line_with, plant, read

SEC, RATINGS = "documents/small/sec.yaml", "ratings.yaml"
SCALES = """\
  - id: {kind}
    title: Another
    kind: {kind}
    origin: convention
    answers:
      - answer: met
        label: Met
        status: met
        credit: "1"
        text: >-
          It is true.
"""
GOAL = """\
    goal:
      of: One out of all
      direction: at_least
      met: "0.9"
      near: "0.8"
      origin: convention
"""
GATE = """\
  - id: minimum
    title: Each section has half
    kind: parts
    by: section
    only: [small/SEC]
    minimum: "0.50"
    origin: convention
    text: >-
      At least half.
"""


def tree_with(folder: Path, *, scale: str = "checklist", goal: str = "", gate: str = "") -> Path:
    """The small tree with a scale of every kind; the item of SEC is answered on one of them."""
    tree = copied(folder)
    scales = tree / "scales.yaml"
    scales.write_text(scales.read_text() + "".join(SCALES.format(kind=one) for one in ("levels", "parts", "measured")))
    plant(tree, SEC, "    scale: checklist\n", f"    scale: {scale}\n{goal}")
    plant(tree, RATINGS, "provisional_below", f"{gate}provisional_below")
    return tree


def told(tree: Path) -> list[str]:
    parts, unfit = collect(read(tree))
    shape = check_shape(read_raw(tree / RATINGS), "ratings") + check_shape(read_raw(tree / SEC), "items")
    return [str(problem) for problem in (*shape, *unfit, *check(parts))]


def test_a_measured_item_with_a_goal_and_a_gate_on_sections_are_right(tmp_path: Path) -> None:
    assert told(tree_with(tmp_path, scale="measured", goal=GOAL, gate=GATE)) == []


@pytest.mark.parametrize(
    ("scale", "goal", "at", "message"),
    [
        ("parts", "", "scale:", "scale 'parts' counts parts, and the item has no objectives"),
        ("levels", "", "scale:", "scale 'levels' is of levels, and the item has none"),
        ("measured", "", "scale:", "the item has no goal to judge it by"),
        ("checklist", GOAL, "goal:", "a goal judges numbers, and the scale takes none"),
        ("measured", GOAL.replace("0.8", "0.95"), "goal:", "near 19/20 is on the good side of met 9/10"),
        ("measured", GOAL.replace("at_least", "at_most"), "goal:", "near 4/5 is on the good side of met 9/10"),
        ("measured", GOAL.replace("0.9", "90"), "goal:", "the limits of a share are between 0 and 1"),
    ],
)
def test_answers_fit_the_item(scale: str, goal: str, at: str, message: str, tmp_path: Path) -> None:
    tree = tree_with(tmp_path, scale=scale, goal=goal)
    found = [one for one in told(tree) if message in one]
    assert len(found) == 1
    assert found[0].startswith(f"{tree / SEC}:{line_with(tree / SEC, at)}: ")


@pytest.mark.parametrize(
    ("old", "new", "at", "message"),
    [
        ("[small/SEC]", "[small/SECC]", "only:", "there is no section 'small/SECC'"),
        ("by: section", "by: document", "only:", "there is no document 'small/SEC'"),
        ('    minimum: "0.50"\n    origin', "    origin", "- id: minimum", "missing 'minimum'"),
        ("    only: [small/SEC]", "    obligation: required", "- id: minimum", "a gate on parts takes no obligation"),
        ('"0.50"\n    origin', '"50"\n    origin', "- id: minimum", "minimum 50 is not between 0 and 1"),
        ("    by: section\n", "", "- id: minimum", "missing 'by'"),
        ("kind: parts", "kind: part", "kind: part", "'part' is not one of"),
        ("id: minimum", "id: required-met", "id: required-met", "gate required-met occurs twice"),
    ],
)
def test_a_gate_that_makes_no_sense_is_told(old: str, new: str, at: str, message: str, tmp_path: Path) -> None:
    tree = tree_with(tmp_path, gate=GATE)
    plant(tree, RATINGS, old, new)
    found = [one for one in told(tree) if message in one]
    assert found, told(tree)
    nth = 2 if new == "id: required-met" else 1
    assert found[0].startswith(f"{tree / RATINGS}:{line_with(tree / RATINGS, at, nth)}: ")
