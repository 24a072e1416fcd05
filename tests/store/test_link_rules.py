"""Rules on the crosswalk, on stages and on levels: a fault is planted, and the message is read with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from hmis_standards.store.consistency import check
from hmis_standards.store.reader import collect
from tests.store.trees import copied, line_with, plant, read

LINKS = """\
format: hmis-standards/crosswalk/1
links:
  - source: small/GOV-01
    relation: supports
    target: small/SEC-01
    strength: 2
    reason: >-
      A decision helps.
  - source: small/GOV-02
    relation: equal
    target: small/SEC-01
    strength: 3
    reason: >-
      Both ask for the same.
"""
STAGE = """\
    stage:
      order: 1
      who: [coc]
      inputs:
        - id: needs
          text: >-
            The needs
      deliverables:
        - id: list
          text: >-
            The list
      clauses:
        - id: owner
          text: >-
            The CoC owns the data
          supports: [small/SEC-01]
      forms: [F1]
      exit_criteria:
        - The list is signed
"""
FORMS = """\
forms:
  - id: F1
    title: A form
    text: >-
      For the list.
    fields: [name]
"""
LEVELS = """\
    target: 2
    levels:
      - level: 0
        text: >-
          None.
      - level: 1
        text: >-
          Some.
      - level: 2
        text: >-
          All.
      - level: 3
        text: >-
          More.
"""


def linked_tree(folder: Path) -> Path:
    """The small tree with two links, a stage with a form, and a standard with levels."""
    tree = copied(folder)
    (tree / "crosswalk.yaml").write_text(LINKS)
    head = tree / "documents/small/document.yaml"
    head.write_text(head.read_text() + STAGE + FORMS)
    plant(tree, "documents/small/sec.yaml", "    remedy:\n", f"{LEVELS}    remedy:\n")
    return tree


def told(tree: Path) -> list[str]:
    parts, unfit = collect(read(tree))
    assert unfit == ()
    return [str(problem) for problem in check(parts)]


def test_the_tree_with_links_is_consistent(tmp_path: Path) -> None:
    assert told(linked_tree(tmp_path)) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "message", "at", "nth"),
    [
        ("crosswalk.yaml", "target: small/SEC-01", "target: small/SEC-1", "no item 'small/SEC-1'", "target:", 1),
        ("crosswalk.yaml", "source: small/GOV-02", "source: small/SEC-01", "linked to itself", "target:", 2),
        ("crosswalk.yaml", "source: small/GOV-02", "source: small/GOV-01", "linked already in", "source:", 2),
        ("crosswalk.yaml", "strength: 3", "strength: 4", "the strength 4 is not 1, 2 or 3", "strength: 4", 1),
        ("documents/small/document.yaml", "forms: [F1]", "forms: [F2]", "no form 'F2'", "forms: [F2]", 1),
        (
            "documents/small/document.yaml",
            "supports: [small/SEC-01]",
            "supports: [small/SEC-10]",
            "no item 'small/SEC-10'",
            "supports:",
            1,
        ),
        ("documents/small/sec.yaml", "- level: 1", "- level: 2", "should be 0, 1, 2 and 3 in order", "levels:", 1),
        ("documents/small/sec.yaml", "target: 2", "target: 4", "the target 4 is not one of the levels", "target:", 1),
    ],
)
def test_a_planted_fault_is_told_with_its_place(
    file: str, old: str, new: str, message: str, at: str, nth: int, tmp_path: Path
) -> None:
    tree = linked_tree(tmp_path)
    path = plant(tree, file, old, new)
    (found,) = [one for one in told(tree) if message in one]
    assert found.startswith(f"{path}:{line_with(path, at, nth)}: ")


def test_a_near_miss_is_named(tmp_path: Path) -> None:
    tree = linked_tree(tmp_path)
    plant(tree, "crosswalk.yaml", "target: small/SEC-01", "target: small/sec-1")
    assert any("did you mean small/SEC-01?" in one for one in told(tree))
