"""Measures that come from what checks find, worked by hand: an export that is clean, and faults planted in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from hmis_standards.measure import open_export
from hmis_standards.measure.from_checks import from_checks
from hmis_standards.store import load_hmis_csv
from tests.measure.planted import Change, clean
from tests.measure.small_exports import client_row
from tests.measure.whole import packed, write_whole

FILES = len(load_hmis_csv("FY2026").files)
CLIENTS = [client_row("FY2026", "1"), client_row("FY2026", "2")]


@pytest.mark.parametrize(
    ("change", "projects", "files"),
    [
        ({}, (0, 1), (0, FILES)),
        # Client data in the project of a victim service provider, which takes part in HMIS as well: one project.
        ({"Organization": {0: {"VictimServiceProvider": "1"}}}, (1, 1), (0, FILES)),
        # A continuum project that is in no CoC; the record of another project is an error, but no urgent one.
        ({"ProjectCoC": {0: {"ProjectID": "Q"}}}, (1, 1), (0, FILES)),
        # Three copies of one client are one file; a date in it that cannot be read makes it no second one.
        ({"Client": [*CLIENTS, *CLIENTS, CLIENTS[0] | {"DOB": "Monday"}]}, (0, 1), (1, FILES)),
        ({"Enrollment": {0: {"PersonalID": "9"}}, "Client": [*CLIENTS, CLIENTS[0]]}, (0, 1), (2, FILES)),
    ],
)
def test_projects_and_files_with_a_fault(
    change: Change, projects: tuple[int, int], files: tuple[int, int], tmp_path: Path
) -> None:
    with open_export(write_whole(clean(), change, tmp_path)) as export:
        found = {one.measure: (one.numerator, one.denominator) for one in from_checks(export)}
    assert found == {"descriptor-failures": projects, "file-structure-errors": files}


def test_what_could_not_be_made_is_an_error_and_a_file_that_is_not_there_a_fault(tmp_path: Path) -> None:
    with open_export(write_whole(clean(), packed(HMISParticipation=None), tmp_path)) as export:
        descriptors, structure = from_checks(export)
    assert (descriptors.status, descriptors.value) == ("error", None)
    assert "HMISParticipation.csv is missing from the export" in descriptors.reason
    assert (structure.status, structure.numerator, structure.denominator) == ("ok", 1, FILES)
