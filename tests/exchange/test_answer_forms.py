"""Counts, lists of parts and numbers go through every file, and a wrong one is told with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

import hmis_standards as hs
from hmis_standards.errors import InvalidDocument
from hmis_standards.exchange import validate

TOPICS = [f"end-user-training/T0{number}" for number in range(1, 6)]
RATE, RULE = "system-administrator/DQM-06", "system-administrator/DQM-07"
HEAD = """\
format: hmis-standards/assessment/1
edition: "2026.1"
documents: [end-user-training, system-administrator]
subject: {name: XX-500}
date: "2026-03-01"
responses:
"""


def filled() -> hs.Assessment:
    a = hs.Assessment.start(
        hs.load_catalog(), subject="XX-500", on="2026-03-01", documents=["end-user-training", "system-administrator"]
    )
    answers: tuple[str | list[int], ...] = ("met", "2 of 3", [1, 3], [2], [])
    for topic, given in zip(TOPICS, answers, strict=True):
        a = a.answer(topic, given)
    lease = {"kind": "agreement", "title": "Lease | of a\\|b", "date": "2025-01-01", "valid_until": "2026-12-31"}
    return a.answer(RATE, "97%", evidence=[lease]).answer(RULE, "1 of 250")


@pytest.mark.parametrize("suffix", [".yaml", ".json", ".csv", ".xlsx"])
def test_they_go_through_every_file(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{suffix}"
    hs.write_assessment(filled(), path)
    assert hs.read_assessment(path) == filled()


def test_yaml_is_what_a_person_would_write(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    hs.write_assessment(filled(), path)
    text = path.read_text()
    assert "answer: 2 of 3\n" in text
    assert "answer:\n  - 1\n  - 3\n" in text
    assert "valid_until: '2026-12-31'" in text


@pytest.mark.parametrize(
    ("item", "written", "kept"),
    [
        (TOPICS[0], "2", "2 of 3"),
        (TOPICS[0], "[1, 2]", "parts 1, 2"),
        (TOPICS[0], '["1"]', "parts 1"),
        (TOPICS[0], "[]", "0 of 3"),
        (RATE, "0.97", "0.97"),
        (RATE, '"97 %"', "0.97"),
        (RATE, "1", "1"),
        (RULE, "0", "0"),
    ],
)
def test_forms_of_a_hand_written_file(item: str, written: str, kept: str, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(f"{HEAD}  - item: {item}\n    answer: {written}\n")
    assert validate(path) == []
    said = hs.read_assessment(path).response(item)
    assert said is not None
    assert said.answer == kept


def test_a_json_number_keeps_its_digits(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    hs.write_assessment(filled(), path)
    path.write_text(path.read_text().replace('"0.97"', "0.1"))
    said = hs.read_assessment(path).response(RATE)
    assert said is not None
    assert said.answer == "0.1"


@pytest.mark.parametrize(
    ("item", "written", "told"),
    [
        (TOPICS[0], "4 of 3", "a count from 0 of 3 to 3 of 3"),
        (TOPICS[0], "[1, 4]", "or the parts covered such as [1, 2]"),
        (TOPICS[0], "[1, 1]", "or the parts covered such as [1, 2]"),
        (RATE, "97", "a share from 0 to 1 such as 0.97 or 97%"),
        (RATE, "1.5", "a share from 0 to 1 such as 0.97 or 97%"),
        (RATE, "[1]", "a share from 0 to 1 such as 0.97 or 97%"),
        ("system-administrator/GOV-01", "0.5", "met, partial, not_met"),
        ("system-administrator/GOV-01", "[1]", "met, partial, not_met"),
    ],
)
def test_a_wrong_one_is_told_with_file_and_line(item: str, written: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(f"{HEAD}  - item: {item}\n    answer: {written}\n")
    (problem,) = validate(path)
    assert str(problem).startswith(f"{path}:8: ")
    assert told in str(problem)
    with pytest.raises(InvalidDocument) as caught:
        hs.read_assessment(path)
    assert f"{path}:8: " in str(caught.value)
    assert told in str(caught.value)


def test_a_table_tells_the_cell(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    hs.write_assessment(filled(), path)
    path.write_text(path.read_text(encoding="utf-8-sig").replace("2 of 3", "2 of 4"), encoding="utf-8")
    (problem,) = validate(path)
    assert "'2 of 4' is not an answer end-user-training/T02 takes" in problem.message
    assert problem.line is not None


def test_evidence_cannot_end_before_it_began(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    evidence = '{kind: record, title: T, date: "2026-02-01", valid_until: "2026-01-31"}'
    path.write_text(f"{HEAD}  - item: {RATE}\n    evidence:\n      - {evidence}\n")
    with pytest.raises(InvalidDocument, match="valid_until 2026-01-31 is before its date 2026-02-01"):
        hs.read_assessment(path)
