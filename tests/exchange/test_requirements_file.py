"""The register for bidders, in Excel and CSV."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest
from attrs import evolve

from hmis_standards.exchange import write_requirements
from hmis_standards.store import load_catalog
from hmis_standards.toolkit import Requirements, requirements

REGISTER = requirements(load_catalog(), sections=["REP"])
HEADINGS = ["Id", "Requirement", "What is asked", "Mandatory", "Rank"]


def test_csv(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    write_requirements(REGISTER, path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0][:5] == HEADINGS
    assert [row[0] for row in rows[1:]] == [one.id for one in REGISTER]
    assert all(row[-3:] == ["", "", ""] for row in rows[1:])


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    write_requirements(Requirements([evolve(REGISTER[0], need="=1+1")]), path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file))[1][1] == "'=1+1"


def test_excel(tmp_path: Path) -> None:
    path = tmp_path / "register.xlsx"
    write_requirements(REGISTER, path)
    sheet = openpyxl.load_workbook(path)["Requirements"]
    rows = list(sheet.iter_rows(values_only=True))
    assert list(rows[0][:5]) == HEADINGS
    assert [row[0] for row in rows[1:]] == [one.id for one in REGISTER]
    assert [str(one.sqref) for one in sheet.data_validations.dataValidation] == [f"I2:I{len(REGISTER) + 1}"]
    before = path.read_bytes()
    write_requirements(REGISTER, path)
    assert path.read_bytes() == before


def test_another_suffix(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"written to \.xlsx or \.csv"):
        write_requirements(REGISTER, tmp_path / "register.docx")
