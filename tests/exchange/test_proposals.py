"""Files of proposals: every fault with its line, and what was left open told without stopping anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from hmis_standards.errors import InvalidDocument
from hmis_standards.exchange import read_proposals, validate
from hmis_standards.store import load_parameters

GOOD = """\
format: hmis-standards/proposals/1
title: A purchase
published: "2026-03-02"
criteria:
  - {id: work, title: Work, weight: 60, breaks_ties: true}
  - {id: price, title: Price, weight: 40, by_price: true}
mandatory:
  - {id: vendor-capacity/DAT-01}
  - {id: export, text: An export.}
raters: [ann, bo]
proposals:
  - id: alder
    vendor: Alder
    mandatory:
      - {item: vendor-capacity/DAT-01, passed: true}
      - {item: export, passed: true}
    scores:
      - criterion: work
        by: [{rater: ann, score: 4}, {rater: bo, score: "4.5"}]
    costs:
      yearly: [{what: All, price: "1000.50"}]
"""


def problems(path: Path, old: str = "", new: str = "") -> list[str]:
    assert GOOD.count(old) >= 1
    path.write_text(GOOD.replace(old, new, 1) if old else GOOD, encoding="utf-8")
    return [f"{one.line}: {one.message}" for one in validate(path)]


def test_a_good_file(tmp_path: Path) -> None:
    path = tmp_path / "proposals.yaml"
    assert problems(path) == []
    read = read_proposals(path)
    assert read.problems == ()
    assert read.procurement.proposals[0].vendor == "Alder"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("weight: 60", "weight: 50", "4: the weights add up to 90, they should to 100"),
        (
            "weight: 60, breaks_ties: true",
            "weight: 60, by_price: true",
            "4: more than one criterion is judged by price",
        ),
        ("by_price: true", "breaks_ties: true", "4: more than one criterion is to break ties"),
        ("id: price", "id: work", "6: criterion work occurs twice"),
        (
            "{id: vendor-capacity/DAT-01}",
            "{id: vendor-capacity/DAT-99}",
            "8: there is no item 'vendor-capacity/DAT-99'",
        ),
        (", text: An export.", "", "9: a demand of one's own has a text"),
        ("{item: export", "{item: exprot", "16: there is no mandatory item 'exprot'"),
        ("{item: export", "{item: vendor-capacity/DAT-01", "16: answer on vendor-capacity/DAT-01 occurs twice"),
        ("criterion: work", "criterion: price", "18: there is no criterion for raters 'price'"),
        ("rater: bo", "rater: bob", "19: there is no rater 'bob'"),
        ("rater: bo", "rater: ann", "19: score of ann occurs twice"),
        ("score: 4}", "score: 6}", "19: the highest score is 5"),
        ("score: 4}", "score: -1}", "19: should be 0 or more, is -1"),
        ("raters: [ann, bo]", "raters: [ann, ann]", "10: the same value stands in the list twice"),
        ("vendor: Alder\n", "vendro: Alder\n", "13: unknown key 'vendro'"),
        ("published: ", "publishd: ", "3: unknown key 'publishd'"),
    ],
)
def test_each_fault_with_its_line(tmp_path: Path, old: str, new: str, told: str) -> None:
    path = tmp_path / "proposals.yaml"
    assert told in problems(path, old, new)
    with pytest.raises(InvalidDocument):
        read_proposals(path)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("      - {item: export, passed: true}\n", "", "14: alder has no answer on mandatory item export"),
        (', {rater: bo, score: "4.5"}', "", "18: bo left out work of alder"),
        ("criterion: work\n        by: ", "criterion: work\n        by: ", None),
    ],
)
def test_what_is_left_open_is_told_and_does_not_stop(tmp_path: Path, old: str, new: str, told: str | None) -> None:
    path = tmp_path / "proposals.yaml"
    expected = [told] if told else []
    assert problems(path, old, new) == expected
    assert [f"{one.line}: {one.message}" for one in read_proposals(path).problems] == expected


def test_a_criterion_nobody_scored(tmp_path: Path) -> None:
    path = tmp_path / "proposals.yaml"
    scores = GOOD[GOOD.index("    scores:") : GOOD.index("    costs:")]
    assert problems(path, scores, "") == ["12: alder has no scores on work"]


def test_the_scale_is_that_of_the_parameters(tmp_path: Path) -> None:
    path = tmp_path / "proposals.yaml"
    problems(path, "score: 4}", "score: 9}")
    assert read_proposals(path, load_parameters("procurement").changed({"highest_score": 10})).problems == ()
