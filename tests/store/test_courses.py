"""A list of courses: read strictly, and every fault told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from hmis_standards.errors import InvalidDocument
from hmis_standards.exchange import validate
from hmis_standards.store import load_courses
from tests.store.trees import line_with

COURSES = """\
format: hmis-standards/courses/1
title: Made up
courses:
  - course: Orientation
    topics: [end-user-training/T01, end-user-training/T02]
  - course: Privacy
    also: [Annual privacy]
    topics: [end-user-training/T03, local/LOCAL-PRV-1]
"""


def written(tmp_path: Path, old: str = "", new: str = "") -> Path:
    path = tmp_path / "courses.yaml"
    assert old in COURSES
    path.write_text(COURSES.replace(old, new, 1) if old else COURSES, encoding="utf-8")
    return path


def test_a_list_of_courses(tmp_path: Path) -> None:
    path = written(tmp_path)
    courses = load_courses(path)
    assert validate(path) == []
    assert courses.courses[1].names == ("Privacy", "Annual privacy")
    assert courses.rows()[0] == {"course": "Orientation", "topics": "end-user-training/T01, end-user-training/T02"}


@pytest.mark.parametrize(
    ("old", "new", "told", "at"),
    [
        ("training/T02", "training/T99", "there is no training topic 'end-user-training/T99'", "T99"),
        ("training/T02", "training/P01", "there is no training topic 'end-user-training/P01'", "P01"),
        ("training/T02", "training/t2", "'end-user-training/t2' is not what is asked for", "t2"),
        ("Annual privacy", "ORIENTATION", "two courses are called 'ORIENTATION'", "course: Privacy"),
        ("    topics: [end-user-training/T01, end-user-training/T02]\n", "", "missing 'topics'", "course: Orientation"),
        ("title:", "titel:", "unknown key 'titel'", "titel"),
        ("training/T02", "training/T01", "stands in the list twice", "T01"),
    ],
)
def test_each_fault_has_its_line(old: str, new: str, told: str, at: str, tmp_path: Path) -> None:
    path = written(tmp_path, old, new)
    problems = [str(one) for one in validate(path)]
    assert any(one.startswith(f"{path}:{line_with(path, at)}: ") and told in one for one in problems), problems
    with pytest.raises(InvalidDocument):
        load_courses(path)
