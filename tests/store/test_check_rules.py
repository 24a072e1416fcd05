"""Files of checks: each rule with a planted fault, in a tree and in a file of one's own; SQL has its line too."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

import hmis_standards as hs
from hmis_standards.errors import InvalidDocument, NotFound
from hmis_standards.store import data_root, load_checks, load_eva_checks
from hmis_standards.store.checks import read_checks
from tests.store.trees import line_with, plant

OWN = """\
format: hmis-standards/checks/1
group: ours
title: Our own checks
text: >-
  Made up.
settings:
  - id: our_days
    value: 30
    unit: days
    origin: convention
    text: >-
      Made up.
checks:
  - id: our-check
    title: A stay is older than it should be
    rule: >-
      Made up.
    guidance:
      agency: >-
        Made up.
      vendor: >-
        Made up.
    dimension: timeliness
    severity: warning
    kind: client
    unit: enrollment
    view: enrollments
    where: >-
      date_diff('day', EntryDate, ExportDate) > :our_days
    among: ExitDate IS NULL
    reads:
      Enrollment: [EntryDate]
      Exit: [ExitDate]
    project_types: [2, 3]
    editions: [FY2024, FY2026]
    option: our_days
    eva: [99]
    citations:
      - source: hud-eva
        at: check 99
    confidence: C
"""


@dataclass(frozen=True)
class Fault:
    """``old`` becomes ``new``; the line with ``at`` is blamed, in words that hold ``told``."""

    old: str
    new: str
    told: str
    at: str


FAULTS = [
    Fault("id: our-check", "id: no-enrollments", "check id 'no-enrollments' is used twice, first in", "id: no-enroll"),
    Fault("source: hud-eva", "source: hud-evaa", "(did you mean hud-eva?)", "hud-evaa"),
    Fault("eva: [99]", "eva: [999]", "Eva has no check 999", "eva:"),
    Fault("Enrollment: [EntryDate]", "Enrolment: [EntryDate]", "has no file 'Enrolment'", "Enrolment:"),
    Fault("[EntryDate]", "[EntryDat]", "(did you mean EntryDate?)", "[EntryDat]"),
    Fault("project_types: [2, 3]", "project_types: [2, 5]", "there is no project type 5", "project_types"),
    Fault("option: our_days", "option: our_day", "(did you mean our_days?)", "option"),
    Fault("view: enrollments", "view: enrolments", "there is no view 'enrolments' for checks", "view:"),
    Fault("    view: enrollments\n", "", "a check needs a view and a condition", "id: our-check"),
    Fault("view: enrollments", "view: enrollments\n    fact: no_enrollments", "only a check of kind file", "fact:"),
    Fault("kind: client", "kind: file\n    fact: no_enrollments", "has no view and no where and no among", "view:"),
    Fault("> :our_days", "> :our_day", "there is no setting 'our_day'; did you mean our_days?", "where:"),
    Fault("ExitDate IS NULL", "ExitDat IS NULL", "the view has no column 'ExitDat'; did you mean ExitDate?", "among:"),
    Fault("severity: warning", "severity: warn", "'warn' is not one of", "severity"),
    Fault("dimension: timeliness", "dimensio: timeliness", "unknown key 'dimensio'", "dimensio:"),
    Fault("      Exit: [ExitDate]", "      Exit: ExitDate", "should be a list", "Exit: ExitDate"),
    Fault("group: ours\n", "", "missing 'group'", "format:"),
]


def own(folder: Path, text: str = OWN) -> Path:
    path = folder / "ours.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_of_ones_own_fits(tmp_path: Path) -> None:
    path = own(tmp_path)
    assert hs.validate(path) == []
    checks = load_checks(path)
    assert [one.id for one in checks] == ["our-check"]
    assert checks["our-check"].reads.to_dict() == {"Enrollment": ["EntryDate"], "Exit": ["ExitDate"]}
    assert [one.value for one in checks.settings] == [30]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.told[:40])
def test_a_planted_fault_is_told_with_its_line(fault: Fault, tmp_path: Path) -> None:
    assert fault.old in OWN
    path = own(tmp_path, OWN.replace(fault.old, fault.new))
    told = [str(one) for one in hs.validate(path)]
    assert any(fault.told in one and one.startswith(f"{path}:{line_with(path, fault.at)}:") for one in told), told


def test_what_is_told_by_validate_is_not_loaded(tmp_path: Path) -> None:
    with pytest.raises(InvalidDocument, match="Eva has no check 999"):
        load_checks(own(tmp_path, OWN.replace("eva: [99]", "eva: [999]")))
    with pytest.raises(NotFound, match=r"nowhere\.yaml"):
        load_checks(tmp_path / "nowhere.yaml")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """The shipped data, to spoil."""
    return Path(shutil.copytree(str(data_root()), tmp_path / "standards_data"))


def test_ids_of_a_tree(tree: Path) -> None:
    path = own(tree / "checks")
    assert hs.validate(tree) == []
    plant(tree, "checks/ours.yaml", "group: ours", "group: our")
    (problem,) = hs.validate(tree)
    assert str(problem) == f"{path}:2: the file says group 'our', its name says 'ours' at group"
    plant(tree, "checks/ours.yaml", "group: our", "group: ours")
    again = path.with_name("zz.yaml")
    again.write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    told = [one.message.split(", first")[0] for one in hs.validate(tree)]
    for name in ("group id 'ours'", "check id 'our-check'", "setting id 'our_days'"):
        assert f"{name} is used twice" in told


def test_sql_in_a_tree_is_judged_with_its_line(tree: Path) -> None:
    path = own(tree / "checks", OWN.replace("ExitDate IS NULL", "foo(ExitDate)"))
    (problem,) = hs.validate(tree)
    assert (problem.path, problem.line, problem.pointer) == (str(path), line_with(path, "among:"), "checks/0/among")
    assert hs.validate(path) == [problem]


def test_eva_ids_occur_once(tree: Path) -> None:
    path = plant(tree, "eva.yaml", "{id: 2,", "{id: 1,")
    told = [str(one) for one in hs.validate(tree)]
    assert any("Eva id '1' is used twice" in one and str(path) in one for one in told)


def test_a_file_that_is_no_list_is_told(tmp_path: Path) -> None:
    path = own(tmp_path, "format: hmis-standards/checks/1\ngroup: ours\ntitle: T\ntext: T\nchecks: none\n")
    assert [one.pointer for one in hs.validate(path)] == ["checks"]
    assert read_checks(path).checks == ()


def test_eva_has_129_checks() -> None:
    known = load_eva_checks()
    assert len({one.id for one in known}) == len(known) == 129


def test_loading_the_catalog_reads_no_checks() -> None:
    from hmis_standards.store.bundle import group_paths

    assert not [path for path in group_paths(data_root(), "catalog") if path.startswith(("checks/", "eva"))]
    assert "eva.yaml" in group_paths(data_root(), "checks")
