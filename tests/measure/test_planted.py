"""For every check of the catalog: a planted fault is found, and what only looks like it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from hmis_standards.measure import Finding, check, open_export
from hmis_standards.store import load_checks
from tests.measure.planted import Case, case_of, clean, planted_groups, with_rows, write

CHECKS = [one.id for one in load_checks()]


def run(name: str, case: Case, change: str, folder: Path) -> Finding:
    tables = with_rows(clean(case.edition), getattr(case, change))
    with open_export(write(tables, folder)) as export:
        return check(export, [load_checks()[name]], settings=case.settings)[name]


def test_every_check_has_a_case_and_every_case_a_check() -> None:
    planted = [name for cases in planted_groups().values() for name in cases]
    assert sorted(planted) == sorted(CHECKS)


def test_the_clean_export_is_clean(tmp_path: Path) -> None:
    with open_export(write(clean(), tmp_path / "clean")) as export:
        found = check(export)
    assert {one.check.id: (one.count, one.reason) for one in found if one.count or one.status == "error"} == {}
    assert any(one.status == "ok" for one in found)


@pytest.mark.parametrize("name", CHECKS)
def test_a_planted_fault_is_found(name: str, tmp_path: Path) -> None:
    case = case_of(name)
    assert case is not None
    found = run(name, case, "fault", tmp_path / "fault")
    assert (found.status, found.count) == ("ok", case.count), found.reason


@pytest.mark.parametrize("name", CHECKS)
def test_what_only_looks_like_it_is_not_found(name: str, tmp_path: Path) -> None:
    case = case_of(name)
    assert case is not None
    found = run(name, case, "alike", tmp_path / "alike")
    assert (found.status, found.count) == ("ok", 0), found.reason
