"""The scenarios of tests/cases: what was worked on paper is what the library says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import hmis_standards as hs
from hmis_standards.errors import InvalidDocument
from tests.cases.form import Case, paths, read_case
from tests.cases.running import differences, sides

_CASES = {path.stem: path for path in paths()}


@pytest.fixture(params=sorted(_CASES))
def case(request: pytest.FixtureRequest) -> Case:
    """Every case in turn."""
    return read_case(_CASES[request.param])


def test_library_and_paper_agree(case: Case) -> None:
    found = differences(case)
    assert not found, "\n".join(found)


def test_every_document_has_a_case_of_its_own() -> None:
    alone = {read_case(path).documents for path in _CASES.values()}
    assert {(document.id,) for document in hs.load_catalog().documents} <= alone


def test_every_document_has_gaps_and_a_plan() -> None:
    cases = [read_case(path) for path in _CASES.values()]
    assert all(look.gaps for case in cases for look in case.looks)
    planned = {case.documents for case in cases if any(look.plans for look in case.looks)}
    assert {(document.id,) for document in hs.load_catalog().documents} <= planned


def test_both_methods_of_planning_and_all_verdicts_occur() -> None:
    looks = [look for path in _CASES.values() for look in read_case(path).looks]
    assert {method for look in looks for made in look.plans for method in made.methods} == {"exact", "greedy"}
    assert {str(look.verdict) for look in looks} == {"pass", "fail", "cannot_say", "no_gate"}


def test_the_arithmetic_is_in_the_file() -> None:
    for path in _CASES.values():
        comments = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
        assert any(line.startswith("# On paper") for line in comments), path.name
        assert len(comments) > 10, path.name


# --- the runner sees what is wrong -------------------------------------------------------------------------


def test_whatever_the_paper_says_wrong_is_seen(case: Case) -> None:
    """Every single value of the paper, spoiled, and every list without its last entry: none agrees any more."""
    seen = 0
    for _, paper, found in sides(case):
        assert paper == found
        for spoiled in _spoiled(paper):
            assert spoiled != found
            seen += 1
    assert seen > 40


def _spoiled(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield from ({**value, key: other} for other in _spoiled(one))
    elif isinstance(value, list):
        yield value[:-1] if value else ["one more"]
        for place, one in enumerate(value):
            yield from ([*value[:place], other, *value[place + 1 :]] for other in _spoiled(one))
    else:
        yield f"not {value}"


_REFUSED = {
    "an unknown key": ("title: ", "titel: x\ntitle: "),
    "another format": ("hmis-standards/case/1", "hmis-standards/case/2"),
    "a key that is missing": ("    verdict: fail\n    items:", "    items:"),
    "a number that is none": ('gain: "1/10"', "gain: a tenth"),
    "a word that is none": ("status: partial", "status: partly"),
    "nothing that comes out": ("looks:\n", "looks: []\nrest:\n"),
    "a day that is none": ('on: "2026-03-01"', 'on: "2026-02-30"'),
    "a plan by no method": ("methods: [exact, greedy]", "methods: []"),
}


@pytest.mark.parametrize("what", _REFUSED)
def test_a_file_is_read_strictly(what: str, tmp_path: Path) -> None:
    text = _CASES["lead-standards-required-unmet"].read_text(encoding="utf-8")
    right, wrong = _REFUSED[what]
    assert right in text
    spoiled = tmp_path / "case.yaml"
    spoiled.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises((InvalidDocument, ValueError)):
        read_case(spoiled)


def test_a_look_without_items_and_counts_is_refused(tmp_path: Path) -> None:
    text = _CASES["vendor-monitoring-whole-document"].read_text(encoding="utf-8")
    spoiled = tmp_path / "case.yaml"
    spoiled.write_text(re.sub(r"    counts:\n(      - .*\n)+", "", text), encoding="utf-8")
    with pytest.raises((InvalidDocument, ValueError), match="lists either the items"):
        read_case(spoiled)


def test_the_example_of_the_documentation(tmp_path: Path) -> None:
    text = (Path(__file__).parents[1] / "docs" / "authoring.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n(format: hmis-standards/case/1\n.*?)```", text, re.DOTALL)
    path = tmp_path / "case.yaml"
    path.write_text(example, encoding="utf-8")
    assert differences(read_case(path)) == []
