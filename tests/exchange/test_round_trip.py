from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from attrs import evolve
from hypothesis import given, settings

from hmis_standards.assess import Assessment
from hmis_standards.errors import EditionMismatch, InvalidDocument
from hmis_standards.exchange import read_assessment, write_assessment
from tests.exchange.sample import CATALOG, assessments, blank, one_of_everything, with_archive
from tests.small import GOV1, SEC1

SUFFIXES = (".yaml", ".yml", ".json", ".csv", ".xlsx")


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("make", [one_of_everything, with_archive, blank, lambda: blank(("vendor-basics",))])
def test_round_trip(make: Callable[[], Assessment], suffix: str, tmp_path: Path) -> None:
    before = make()
    path = tmp_path / f"answers{suffix}"
    write_assessment(before, path)
    assert read_assessment(path, CATALOG) == before
    assert read_assessment(str(path), CATALOG).catalog is CATALOG


@pytest.mark.parametrize("suffix", [".yaml", ".json", ".csv", ".xlsx"])
def test_any_text_survives(suffix: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"answers{suffix}"

        @settings(max_examples=25 if suffix == ".xlsx" else 50)
        @given(assessments)
        def check(before: Assessment) -> None:
            write_assessment(before, path)
            assert read_assessment(path, CATALOG) == before

        check()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_same_assessment_gives_the_same_bytes(suffix: str, tmp_path: Path) -> None:
    path, again = tmp_path / f"a{suffix}", tmp_path / f"b{suffix}"
    write_assessment(with_archive(), path)
    write_assessment(read_assessment(path, CATALOG), again)
    assert path.read_bytes() == again.read_bytes()


@pytest.mark.parametrize("suffix", [".yaml", ".json"])
def test_unanswered_items_can_be_written_to_be_filled_in(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"new{suffix}"
    write_assessment(one_of_everything(), path, unanswered=True)
    text = path.read_text(encoding="utf-8")
    assert all(item.id in text for item in one_of_everything().items())
    assert text.count("null") > 8
    assert read_assessment(path, CATALOG) == one_of_everything()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_who_decided_is_kept(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"decided{suffix}"
    write_assessment(one_of_everything(), path)
    response = read_assessment(path, CATALOG).response(SEC1)
    assert response is not None
    assert (response.decided_by, response.reason) == ("=Board, 2026", "- none here")


def test_files_have_no_place_for_who_decided_where_nobody_did(tmp_path: Path) -> None:
    for suffix in (".yaml", ".json", ".csv"):
        write_assessment(blank().answer(GOV1, "met"), tmp_path / f"a{suffix}")
        assert "decided" not in (tmp_path / f"a{suffix}").read_text(encoding="utf-8")
    write_assessment(blank().answer(GOV1, "met"), tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["lead-basics GOV"]
    assert "Decided by" not in [cell.value for cell in sheet[1]]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_edition_must_be_that_of_the_catalog(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"old{suffix}"
    write_assessment(evolve(blank(), edition="1999.1"), path)
    with pytest.raises(EditionMismatch) as caught:
        read_assessment(path, CATALOG)
    assert (caught.value.found, caught.value.expected) == ("1999.1", "2026.1")
    with pytest.raises(InvalidDocument, match=r"old\..*: there is no edition '1999.1'; did you mean 2024.1 or 2026.1"):
        read_assessment(path)


def test_other_suffixes_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "answers.ods", tmp_path / "answers"):
        with pytest.raises(ValueError, match=r"the name should end in \.yaml, \.yml, \.json, \.csv, \.xlsx"):
            write_assessment(blank(), path)
        with pytest.raises(ValueError, match="the name should end in"):
            read_assessment(path)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_file_that_is_not_there(suffix: str, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_assessment(tmp_path / f"none{suffix}", CATALOG)


def test_importing_the_package_loads_no_library() -> None:
    code = (
        "import sys, hmis_standards.exchange, hmis_standards.exchange.excel as excel; "
        "print([name for name in ('xlsxwriter', 'python_calamine', 'yaml', 'jsonschema') if name in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
