from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from hmis_standards.assess import Assessor
from hmis_standards.errors import DocumentSyntaxError, InvalidDocument
from hmis_standards.exchange import read_assessment, write_assessment
from tests.exchange.sample import CATALOG, blank, one_of_everything
from tests.small import GOV1

HEAD = """\
format: hmis-standards/assessment/1
edition: "2026.1"
documents: [lead-basics]
subject: {name: XX-500, kind: coc}
date: "2026-03-01"
"""


def problems(text: str, tmp_path: Path, name: str = "a.yaml") -> list[str]:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidDocument) as caught:
        read_assessment(path, CATALOG)
    return [str(problem).replace(f"{tmp_path}/", "") for problem in caught.value.problems]


def test_the_file_a_person_reads(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    write_assessment(one_of_everything(), path)
    text = path.read_text(encoding="utf-8")
    assert text.startswith(
        "format: hmis-standards/assessment/1\n"
        "edition: '2026.1'\n"
        "documents:\n- lead-basics\n- vendor-basics\n"
        "profile: small-coc\n"
        "subject:\n  name: XX-500\n  kind: implementation\n"
        "assessor:\n  name: A. Reviewer\n  kind: peer\n"
        "date: '2026-03-01'\n"
        "responses:\n"
        "# Title of GOV-01\n"
        "- item: lead-basics/GOV-01\n"
        "  answer: met\n"
        "  note: |-\n    =1+1\n    second line\n"
        "  reason: null\n"
        "  evidence: []\n"
    )
    assert text.count("proposed") == 1


def test_json_has_the_same_keys(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    write_assessment(one_of_everything(), path)
    assert json.loads(path.read_text(encoding="utf-8")) == one_of_everything().to_dict()


def test_only_what_is_needed(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(HEAD + "responses:\n- {item: lead-basics/GOV-01, answer: met}\n", encoding="utf-8")
    a = read_assessment(path, CATALOG)
    assert (a.assessor, a.profile) == (Assessor(name=None, kind="self"), None)
    assert [response.item for response in a.responses] == [GOV1]
    path.write_text(HEAD, encoding="utf-8")
    assert read_assessment(path, CATALOG).responses == ()


def test_all_problems_at_once_each_with_its_line(tmp_path: Path) -> None:
    text = HEAD + (
        "responses:\n"
        "- item: lead-basics/GOV-1\n  answer: met\n"  # 7
        "- item: lead-basics/GOV-02\n  answer: not_aplicable\n"  # 9, 10
        "- item: lead-basics/GOV-03\n  answr: met\n"  # 11
        "- item: lead-basics/SEC-01\n  answer: not_applicable\n"  # 13
        "- item: lead-basics/GOV-02\n  answer: met\n"  # 15
        "- item: vendor-basics/CON-01\n  answer: met\n"  # 17
        "- item: lead-basics/GOV-01\n  answer: not_applicable\n  reason: no\n"  # 19, 20
        "- item: lead-basics/SEC-02\n  evidence:\n  - {kind: log, title: L, need: plan}\n"  # 22, 23
        "- met\n"  # 25
    )
    found = problems(text, tmp_path)
    assert [problem.split(":")[1] for problem in found] == ["11", "25", "7", "10", "13", "15", "17", "20", "23"]
    joined = "\n".join(found)
    for words in (
        "unknown key answr",
        "should be a mapping",
        "there is no item 'lead-basics/GOV-1' at responses/0/item (did you mean lead-basics/GOV-01",
        "'not_aplicable' is not an answer lead-basics/GOV-02 takes at responses/1/answer (did you mean not_appl",
        "lead-basics/SEC-01: not_applicable needs a reason",
        "item 'lead-basics/GOV-02' is answered twice",
        "item 'vendor-basics/CON-01' is not of a document covered at responses/5/item (covered: lead-basics)",
        "'not_applicable' is not an answer lead-basics/GOV-01 takes",
        "lead-basics/SEC-02 has no evidence need 'plan'",
    ):
        assert words in joined


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("assessment/1", "assessment/2"), "a.yaml:1: should be 'hmis-standards/assessment/1'"),
        (
            ("[lead-basics]", "[lead-basic]"),
            "a.yaml:3: there is no document 'lead-basic' at documents (did you mean lead",
        ),
        (("[lead-basics]", "[]"), "a.yaml:3: an assessment covers at least one document"),
        (("kind: coc", "kind: city"), "kind 'city' is not one of coc, agency, vendor, implementation, other"),
        (("name: XX-500", 'name: ""'), "name must not be empty"),
        (('"2026-03-01"', '"1 March"'), "date"),
        (("date:", "day:"), "missing date"),
        (("subject: {name: XX-500, kind: coc}\n", ""), "missing subject"),
        (('"2026-03-01"\n', '"2026-03-01"\nresponses: none\n'), "a.yaml:6: should be a list"),
    ],
)
def test_facts_that_are_wrong(change: tuple[str, str], words: str, tmp_path: Path) -> None:
    assert words in "\n".join(problems(HEAD.replace(*change), tmp_path))


def test_a_problem_in_json_has_its_line_too(tmp_path: Path) -> None:
    data: dict[str, Any] = blank().to_dict()
    data["responses"] = [{"item": "lead-basics/GOV-9", "answer": "met"}]
    text = json.dumps(data, indent=1)
    line = text[: text.index("GOV-9")].count("\n") + 1
    (problem,) = problems(text, tmp_path, "a.json")
    assert problem.startswith(f"a.json:{line}: there is no item")


def test_not_a_mapping_and_not_yaml(tmp_path: Path) -> None:
    assert "should be a mapping" in problems("- met\n", tmp_path)[0]
    assert "should be a mapping" in problems("", tmp_path)[0]
    path = tmp_path / "a.yaml"
    path.write_text(HEAD + "edition: twice\n", encoding="utf-8")
    with pytest.raises(DocumentSyntaxError, match="duplicate key"):
        read_assessment(path, CATALOG)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"answer": True}, "should be text"),
        ({"answer": 7}, "is not an answer"),
        ({"item": 1}, "should be text"),
        ({"item": "lead-basics/GOV-99"}, "there is no item"),
        ({"note": False}, "should be text"),
        ({"note": []}, "should be text"),
        ({"reason": 0}, "should be text"),
        ({"evidence": {}}, "should be a list"),
        ({"evidence": None}, "should be a list"),
        ({"evidence": False}, "should be a list"),
    ],
)
def test_an_entry_that_looks_like_a_plain_answer_is_read_as_strictly(
    changed: dict[str, Any], said: str, tmp_path: Path
) -> None:
    plain: dict[str, Any] = {"item": GOV1, "answer": "not_met", "note": None, "reason": None, "evidence": []}
    data = blank().to_dict()
    for entries in ([plain], [{**plain, **changed}]):
        path = tmp_path / "a.json"
        path.write_text(json.dumps({**data, "responses": entries}), encoding="utf-8")
        if entries == [plain]:
            assert [one.answer for one in read_assessment(path, CATALOG).responses] == ["not_met"]
        else:
            assert any(said in told for told in problems(path.read_text(encoding="utf-8"), tmp_path, "a.json"))
