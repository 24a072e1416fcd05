"""Staffing plans as files: what a good one gives, and each fault with its line."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from hmis_standards.errors import DocumentSyntaxError, InvalidDocument
from hmis_standards.exchange import read_staffing, validate
from hmis_standards.vocabulary import StaffRole
from tests.exchange.planted import told_of
from tests.store.trees import line_with

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "toolkit" / "staffing.yaml"


def test_the_example_reads() -> None:
    plan = read_staffing(EXAMPLE)
    assert validate(EXAMPLE) == []
    assert (plan.subject, plan.workload.users, plan.workload.tickets) == ("XX-500", 250, 1740)
    assert [one.person for one in plan.posts] == ["Post 1", "Post 2", "Post 3"]
    assert plan.posts[0].backup_for == (StaffRole.SYSTEM_ADMINISTRATION,)
    assert plan.posts[1].roles[0].share == Fraction("0.7")
    assert plan.scenarios[2].workload is not None
    assert plan.scenarios[2].workload.cocs == 2


def test_json_has_the_same_keys(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text(
        '{"format": "hmis-standards/staffing/1", "subject": "X",'
        ' "workload": {"users": 1, "organizations": 1, "projects": 1}}',
        encoding="utf-8",
    )
    assert read_staffing(path).workload.cocs == 1


@pytest.mark.parametrize(
    ("old", "new", "at", "told"),
    [
        ("users: 250\n", "users: 250.5\n", "250.5", "should be a whole number"),
        ("share: 0.7", "share: -1", "share: -1", "should be 0 or more, is -1"),
        ("users: 250\n", "user: 250\n", "user: 250", "did you mean users?"),
        ("share: 0.7", "share: a lot", "share: a lot", "'a lot' is not what is asked for: Share of the post's time"),
        ("role: training", "role: trainer", "role: trainer", "'trainer' is not one of help_desk, training"),
        ("months_of_change: 6", "months_of_change: 13", "13", "should be 12 or less, is 13"),
        ("staffing/1", "staffing/2", "staffing/2", 'should be "hmis-standards/staffing/1"'),
        ("role: help_desk", "role: system_administration", "share: 0.4}      #", "is there twice"),
        (
            "name: growth by a tenth",
            "name:  change of software",
            "name:  change",
            "'change of software' is there twice",
        ),
        ("name: growth by a tenth", "name: today", "name: today", "'today' is the name of what there is"),
        ("name: turnover,", "name: turnovr,", "turnovr", "no parameter 'turnovr' at scenarios/2"),
        ("value: 0.42", "value: 4.2", "4.2", "turnover cannot be 4.2: it should be from 0 to 2"),
    ],
)
def test_a_fault_is_told_with_its_line(old: str, new: str, at: str, told: str, tmp_path: Path) -> None:
    path, problems = told_of(EXAMPLE, old, new, tmp_path, read_staffing)
    here = [str(one) for one in problems if one.line == line_with(path, at)]
    assert any(told in one for one in here), problems


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    text = EXAMPLE.read_text(encoding="utf-8").replace("turnover,", "turnovr,").replace("growth by a tenth", "today")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidDocument) as caught:
        read_staffing(path)
    assert len(caught.value.problems) == 2


def test_what_is_no_yaml(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text("a: [", encoding="utf-8")
    with pytest.raises(DocumentSyntaxError):
        read_staffing(path)
    with pytest.raises(OSError, match="none"):
        read_staffing(tmp_path / "none.yaml")
