"""The same in exports of FY2022: every check of that edition finds its planted fault, and no look-alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from hmis_standards.measure import Finding, check, open_export
from hmis_standards.store import load_checks, load_hmis_csv
from tests.measure.backdated import EDITION, write_2022
from tests.measure.planted import Case, case_of
from tests.measure.planted_file_codes import client, contact, left_to, stay
from tests.measure.whole import packed, with_text

CHECKS = load_checks()
NAMES = [one.id for one in CHECKS if not one.editions or EDITION in one.editions]
VERSION = "2022 v1.2"

# Where FY2022 says it otherwise than the case of FY2026 with other names.
OWN = {
    # The races of FY2022 have a 99.
    "invalid-client-code": Case(
        fault=client(VeteranStatus="7", White="8"), alike=client(VeteranStatus="yes", White="99"), count=2
    ),
    "invalid-prior-living-situation": Case(
        fault=stay(LivingSituation="777"), alike=stay(LivingSituation="435", RentalSubsidyType="440")
    ),
    "invalid-destination": Case(fault=left_to("777"), alike=left_to("24")),
    "invalid-current-living-situation": Case(fault=contact("777"), alike=contact("37")),
    "other-csv-version": Case(
        fault=packed(Export=with_text(VERSION, "")), alike=packed(Export=with_text(VERSION, "HMIS CSV 2022 v1.3"))
    ),
    # A day of the stay is also that of its record in EnrollmentCoC.csv, where nothing depends on it.
    "unreadable-date": Case(
        fault={"Client": {0: {"DateUpdated": "yesterday"}}}, alike={"Enrollment": {0: {"DateCreated": "01-10-24"}}}
    ),
    # Taking part has no dates: beds without anybody are those of a project that nobody ever entered.
    "beds-without-clients": Case(fault={"Enrollment": [], "Exit": []}, alike={"Exit": []}),
}


def run(name: str, which: str, folder: Path) -> tuple[Finding, Case]:
    case = OWN.get(name) or case_of(name)
    assert case is not None
    with open_export(write_2022(getattr(case, which), folder)) as export:
        assert export.edition == EDITION
        return check(export, [CHECKS[name]], settings=case.settings)[name], case


def test_a_whole_export_is_clean(tmp_path: Path) -> None:
    with open_export(write_2022({}, tmp_path)) as export:
        found = check(export)
    assert {one.check.id: (one.count, one.reason) for one in found if one.count or one.status == "error"} == {}
    others = {one.check.id for one in found if one.reason.startswith("not for edition")}
    assert others == {one.id for one in CHECKS} - {*NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_a_planted_fault_is_found(name: str, tmp_path: Path) -> None:
    found, case = run(name, "fault", tmp_path)
    assert (found.status, found.count) == ("ok", case.count), found.reason


@pytest.mark.parametrize("name", NAMES)
def test_what_only_looks_like_it_is_not_found(name: str, tmp_path: Path) -> None:
    found, _ = run(name, "alike", tmp_path)
    assert (found.status, found.count) == ("ok", 0), found.reason


@pytest.mark.parametrize("name", sorted({one.id for one in CHECKS} - {*NAMES}))
def test_what_other_editions_alone_check_reads_what_2022_did_not_have(name: str) -> None:
    """Kinds of subsidy, dates of taking part, coordinated entry, kinds of rapid re-housing, and sex."""
    columns = {(file.name, column.name) for file in load_hmis_csv(EDITION).files for column in file.columns}
    assert {*CHECKS[name].reads} - columns
