"""For every check of the catalog: a planted fault is found, and what only looks like it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from hmis_standards.measure import Finding, check, open_export
from hmis_standards.store import load_checks
from hmis_standards.vocabulary import CheckKind
from tests.measure.planted import case_of, clean, planted_groups, with_rows, write
from tests.measure.whole import write_whole

CHECKS = load_checks()
NAMES = [one.id for one in CHECKS]


def run(name: str, change: str, folder: Path) -> Finding:
    case = case_of(name)
    assert case is not None
    what = getattr(case, change)
    if CHECKS[name].kind is CheckKind.FILE:
        source = write_whole(clean(case.edition), what, folder, case.edition)
    else:
        source = write(with_rows(clean(case.edition), what), folder)
    with open_export(source) as export:
        return check(export, [CHECKS[name]], settings=case.settings)[name]


def test_every_check_has_a_case_and_every_case_a_check() -> None:
    planted = [name for cases in planted_groups().values() for name in cases]
    assert sorted(planted) == sorted(NAMES)


@pytest.mark.parametrize("kind", CheckKind)
def test_the_clean_export_is_clean(kind: CheckKind, tmp_path: Path) -> None:
    """Checks of the files look at one with all files and columns of the format."""
    source = tmp_path / "clean"
    with open_export(write_whole(clean(), {}, source) if kind is CheckKind.FILE else write(clean(), source)) as export:
        found = check(export, CHECKS.select(kind=kind))
    assert {one.check.id: (one.count, one.reason) for one in found if one.count or one.status == "error"} == {}
    assert len(found) == 0 or any(one.status == "ok" for one in found)


@pytest.mark.parametrize("name", NAMES)
def test_a_planted_fault_is_found(name: str, tmp_path: Path) -> None:
    case = case_of(name)
    assert case is not None
    found = run(name, "fault", tmp_path / "fault")
    assert (found.status, found.count) == ("ok", case.count), found.reason


@pytest.mark.parametrize("name", NAMES)
def test_what_only_looks_like_it_is_not_found(name: str, tmp_path: Path) -> None:
    found = run(name, "alike", tmp_path / "alike")
    assert (found.status, found.count) == ("ok", 0), found.reason
