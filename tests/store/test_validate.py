"""Everything wrong at once: the shipped tree, a tree with faults in several files, and single files."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hmis_standards.errors import InvalidDocument
from hmis_standards.store import load_benchmarks, validate
from hmis_standards.store.yaml_text import read_raw
from tests.store.trees import SMALL, copied, line_with, plant

SHIPPED = Path(__file__).resolve().parents[2] / "standards_data"
GOV = "documents/small/gov.yaml"

# --- trees -------------------------------------------------------------------------------------------------


def test_the_shipped_data_has_no_problems() -> None:
    assert [str(problem) for problem in validate(SHIPPED)] == []


def test_the_shipped_data_is_validated_within_its_budget() -> None:
    times = []
    for _ in range(5):
        start = time.process_time()
        validate(SHIPPED)
        times.append(time.process_time() - start)
    assert min(times) <= 3.0


def test_the_small_tree_has_no_problems(tmp_path: Path) -> None:
    assert validate(copied(tmp_path)) == []
    assert validate(str(tmp_path / "standards_data")) == []


def test_a_fault_in_one_file_hides_none_in_another(tmp_path: Path) -> None:
    tree = copied(tmp_path)
    syntax = plant(tree, "measures.yaml", "title: Use rate", "title: Use rate: yes")
    shape = plant(tree, "documents/small/document.yaml", "number: 4", "number: ten")
    value = plant(tree, "benchmarks/few.yaml", 'until: "2026-09-30"', 'until: "2026-09-31"')
    rule = plant(tree, GOV, "source: law-1", "source: law-2")
    spec = plant(tree, "hmis_csv/fy2026.yaml", 'list: "3.01.5"', 'list: "3.01.6"')
    told = [str(problem) for problem in validate(tree)]
    assert [one.partition(": ")[0] for one in told] == [
        f"{value}:{line_with(value, 'until')}",
        f"{shape}:{line_with(shape, 'number')}",
        f"{rule}:{line_with(rule, 'law-2')}",
        f"{spec}:{line_with(spec, '3.01.6')}",
        f"{syntax}:{line_with(syntax, 'Use rate')}",
    ]


def test_one_fault_is_told_once(tmp_path: Path) -> None:
    tree = copied(tmp_path)
    plant(tree, GOV, "obligation: required", "obligation: requird")
    (problem,) = validate(tree)
    assert problem.hint == "did you mean required?"


def test_an_empty_section_is_told_once(tmp_path: Path) -> None:
    tree = copied(tmp_path)
    (tree / "documents/small/sec.yaml").write_text(
        "format: hmis-standards/items/1\ndocument: small\nsection: SEC\nitems: []\n"
    )
    assert [problem.line for problem in validate(tree)] == [4]


def test_a_section_without_a_file(tmp_path: Path) -> None:
    tree = copied(tmp_path)
    (tree / "documents/small/sec.yaml").unlink()
    (problem,) = validate(tree)
    assert "documents/small/sec.yaml is not there" in problem.message
    assert problem.path == str(tree / "documents/small/document.yaml")


def test_a_file_of_the_tree_that_is_not_there(tmp_path: Path) -> None:
    tree = copied(tmp_path)
    (tree / "scales.yaml").unlink()
    assert [str(problem) for problem in validate(tree)] == [f"{tree / 'scales.yaml'}: is not there"]


@pytest.mark.parametrize(
    "file", ["documents/small/old.yaml", "documents/other/gov.yaml", "benchmarks/x.yaml", "x.yaml"]
)
def test_a_file_that_nothing_leads_to(file: str, tmp_path: Path) -> None:
    tree = copied(tmp_path)
    (tree / file).parent.mkdir(exist_ok=True)
    (tree / file).write_text("format: hmis-standards/items/1\n")
    assert f"{tree / file}: nothing leads to this file" in "\n".join(str(problem) for problem in validate(tree))


def test_a_file_without_content(tmp_path: Path) -> None:
    tree = copied(tmp_path)
    (tree / "sources.yaml").write_text("")
    told = [str(problem) for problem in validate(tree)]
    assert told == [f"{tree / 'sources.yaml'}: should be a mapping, is null"]


@pytest.mark.parametrize("text", ["", "documents: 3\n", "[", "a: b\n"])
def test_an_index_that_cannot_be_used(text: str, tmp_path: Path) -> None:
    tree = copied(tmp_path)
    (tree / "index.yaml").write_text(text)
    found = validate(tree)
    assert found
    assert {problem.path for problem in found} == {str(tree / "index.yaml")}


def test_the_name_of_an_edition_of_the_hmis_csv(tmp_path: Path) -> None:
    tree = copied(tmp_path)
    (tree / "hmis_csv/fy2026.yaml").rename(tree / "hmis_csv/fy2022.yaml")
    assert ["'FY2026', its name says 'FY2022'" in problem.message for problem in validate(tree)] == [True]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("- {name: NameDataQuality", "- {name: PersonalID", "column of Client PersonalID occurs twice"),
        ('["99", "Data', '["1", "Data', "in list 3.01.5, code 1 occurs twice"),
        ('id: "3.01.5"', 'id: "3.01.6"', "there is no code list '3.01.5' at files/0/columns/1/list (did you mean"),
        ("key: pk", "key: pq", "'pq' is not one of pk, fk"),
    ],
)
def test_faults_inside_the_hmis_csv(old: str, new: str, told: str, tmp_path: Path) -> None:
    tree = copied(tmp_path)
    plant(tree, "hmis_csv/fy2026.yaml", old, new)
    (problem,) = validate(tree)
    assert told in str(problem)


def places(data: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value of the data that is not deeper than a record's own fields."""
    yield at
    if len(at) < 3:
        inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
        for key, below in inside:
            yield from places(below, (*at, key))


def replaced(data: Any, at: tuple[Any, ...], value: Any) -> Any:
    """A copy of the data with another value at one place."""
    if not at:
        return value
    copy = dict(data) if isinstance(data, dict) else list(data)
    copy[at[0]] = replaced(data[at[0]], at[1:], value)
    return copy


@pytest.mark.parametrize("file", sorted(path.relative_to(SMALL).as_posix() for path in SMALL.rglob("*.yaml")))
def test_whatever_stands_in_a_file_is_told_and_not_raised(file: str, tmp_path: Path) -> None:
    tree = copied(tmp_path)
    path = tree / file
    data = read_raw(path).data
    silent = []
    for at in places(data):
        for junk in (None, [], [5], {"id": 5}):
            changed = replaced(data, at, junk)
            path.write_text(json.dumps(changed))
            silent += [] if changed == data or validate(tree) else [(at, junk)]
    # An edition without an end and ratings without gates are right.
    assert silent in ([], [(("effective_to",), None)], [(("gates",), [])])


def test_a_folder_that_is_no_tree(tmp_path: Path) -> None:
    (problem,) = validate(tmp_path)
    assert "it has no index.yaml" in problem.message


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    for name in ("absent.yaml", "absent.txt", "absent"):
        with pytest.raises(FileNotFoundError):
            validate(tmp_path / name)


# --- single files ------------------------------------------------------------------------------------------


def test_a_file_inside_a_tree_is_judged_in_it(tmp_path: Path) -> None:
    tree = copied(tmp_path)
    plant(tree, "sources.yaml", "id: guide-1", "id: guide-2")
    path = tree / GOV
    assert {problem.path for problem in validate(path)} == {str(path)}
    assert "there is no source 'guide-1'" in validate(path)[0].message
    assert validate(tree / "scales.yaml") == []


@pytest.mark.parametrize("file", sorted(path.relative_to(SHIPPED).as_posix() for path in SHIPPED.glob("*.yaml")))
def test_a_shipped_file_alone_has_no_problems(file: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.yaml"
    shutil.copy(SHIPPED / file, copy)
    assert [str(problem) for problem in validate(copy)] == []


def test_files_of_items_and_of_the_hmis_csv_alone(tmp_path: Path) -> None:
    for file in ("documents/system-administrator/gov.yaml", "benchmarks/default.yaml", "hmis_csv/fy2026.yaml"):
        copy = tmp_path / "copy.yaml"
        shutil.copy(SHIPPED / file, copy)
        assert [str(problem) for problem in validate(copy)] == []


def test_items_alone_are_judged_against_the_shipped_register(tmp_path: Path) -> None:
    path = copied(tmp_path) / GOV
    alone = Path(shutil.copy(path, tmp_path / "items.yaml"))
    told = [problem.message for problem in validate(alone)]
    assert "there is no source 'law-1'" in told
    assert "there is no benchmark 'few/ERR-1'" in told


def test_a_set_of_benchmarks_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "ours.yaml"
    text = (SHIPPED / "benchmarks/default.yaml").read_text(encoding="utf-8")
    path.write_text(text.replace("id: default", "id: ours", 1), encoding="utf-8")
    assert validate(path) == []
    assert load_benchmarks(path).id == "ours"
    assert len(load_benchmarks(str(path)).benchmarks) == len(load_benchmarks("default").benchmarks)


def test_a_set_of_ones_own_with_faults_is_refused_with_all_of_them(tmp_path: Path) -> None:
    path = Path(shutil.copy(SHIPPED / "benchmarks/default.yaml", tmp_path / "ours.yaml"))
    plant(tmp_path, "ours.yaml", "id: bed-coverage", "id: bed-covrage")
    plant(tmp_path, "ours.yaml", "unit: ratio", "unit: percent")
    with pytest.raises(InvalidDocument) as caught:
        load_benchmarks(path)
    assert list(caught.value.problems) == validate(path)
    assert [problem.line for problem in validate(path)] == [
        line_with(path, "covrage"),
        line_with(path, "unit: percent"),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("format: hmis-standards/assesment/1\n", "did you mean hmis-standards/assessment/1?"),
        ("format: recipe\n", "unknown format 'recipe'"),
        ("title: a\n", "does not say what it is"),
        ("- a\n", "does not say what it is"),
        ("", "does not say what it is"),
        ("a: [\n", "a.yaml:2: "),
    ],
)
def test_a_file_of_unknown_format_is_one_clear_problem(text: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(text)
    (problem,) = validate(path)
    assert told in str(problem)


def test_another_kind_of_file(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n")
    (problem,) = validate(path)
    assert "cannot be validated" in problem.message


# --- assessments -------------------------------------------------------------------------------------------

ASSESSMENT = """\
format: hmis-standards/assessment/1
edition: "2026.1"
documents: [system-administrator]
profile: null
subject: {name: XX-500, kind: coc}
assessor: {name: A. Reviewer, kind: self}
date: "2026-03-01"
responses:
  - item: system-administrator/GOV-07
    answer: met
    note: Resolution of 11 February
    reason: null
    evidence:
      - {kind: minutes, title: Resolution, date: "2026-02-11", location: board/2026-02.pdf, need: designation}
  - item: system-administrator/GOV-10
    answer: not_applicable
    reason: The Lead is the collaborative applicant.
  - item: system-administrator/GOV-08
    answer: partial
    proposed: true
  - item: system-administrator/GOV-09
    answer: null
"""


def written(tmp_path: Path, old: str = "", new: str = "") -> Path:
    assert old in ASSESSMENT
    path = tmp_path / "answers.yaml"
    path.write_text(ASSESSMENT.replace(old, new, 1) if old else ASSESSMENT)
    return path


def test_an_assessment_without_problems(tmp_path: Path) -> None:
    assert validate(written(tmp_path)) == []


def test_an_assessment_in_json(tmp_path: Path) -> None:
    path = tmp_path / "answers.json"
    data: dict[str, object] = {
        "format": "hmis-standards/assessment/1",
        "edition": "2026.1",
        "documents": ["system-administrator"],
    }
    data |= {"subject": {"name": "XX-500"}, "date": "2026-03-01"}
    responses = [{"item": "system-administrator/GOV-07", "answer": "meet"}]
    path.write_text(json.dumps(data | {"responses": responses}, indent=1))
    (problem,) = validate(path)
    assert str(problem).startswith(f"{path}:{line_with(path, 'meet')}: 'meet' is not an answer of the item")


@pytest.mark.parametrize(
    ("old", "new", "told", "at"),
    [
        ("GOV-07", "GOV-77", "there is no item 'system-administrator/GOV-77'", "GOV-77"),
        ("administrator/GOV-07", "adminstrator/GOV-07", "did you mean system-administrator/GOV-07?", "adminstrator"),
        ("GOV-08", "GOV-07", "'system-administrator/GOV-07' is answered twice, first in", "answer: partial"),
        ("answer: met", "answer: mett", "'mett' is not an answer of the item: met, partial, not_met", "mett"),
        ("answer: met", "answer: mett", "did you mean met?", "mett"),
        ("answer: met", "answer: 2", "2 is not an answer of the item", "answer: 2"),
        ("answer: met", "answer: [met]", "['met'] is not an answer of the item", "[met]"),
        ("answer: met", "answer: true", "should be", "answer: true"),
        ("answer: met", "answer: not_applicable", "applies to everyone", "answer: not_applicable"),
        ("reason: The Lead is the collaborative applicant.", "note: none", "needs a reason", "answer: not_applicable"),
        ("reason: The Lead is the collaborative applicant.", "reason: ' '", "needs a reason", "not_applicable"),
        ('edition: "2026.1"', 'edition: "2025.1"', "is for edition 2025.1, the catalog is 2026.1", "edition"),
        ("[system-administrator]", "[system-administrater]", "did you mean system-administrator?", "documents"),
        ("[system-administrator]", "[data-quality-program]", "that the assessment does not list", "GOV-07"),
        ("need: designation", "need: designaton", "did you mean designation?", "need"),
        ("kind: minutes", "kind: minute", "did you mean minutes?", "kind: minute"),
        ('date: "2026-02-11"', 'date: "2026-02-31"', "is not a day of the calendar", "2026-02-31"),
        ('date: "2026-03-01"', "date: March", "is not what is asked for", "date: March"),
        ("    note:", "    notes:", "unknown key 'notes' at responses/0 (did you mean note?)", "notes"),
        ("kind: self", "kind: selv", "did you mean self?", "selv"),
    ],
)
def test_faults_of_an_assessment(old: str, new: str, told: str, at: str, tmp_path: Path) -> None:
    path = written(tmp_path, old, new)
    found = [str(problem) for problem in validate(path)]
    line = line_with(path, at) - (1 if at == "answer: partial" else 0)
    assert any(one.startswith(f"{path}:{line}: ") and told in one for one in found), found


def test_all_faults_of_an_assessment_come_together(tmp_path: Path) -> None:
    path = written(tmp_path)
    plant(tmp_path, path.name, "answer: met", "answer: yes")
    plant(tmp_path, path.name, "GOV-08", "GOV-88")
    plant(tmp_path, path.name, "kind: coc", "kind: city")
    assert len(validate(path)) == 3
