"""The largest report, all nine documents with measures and a plan, opened by another program than the tests' own."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest

from hmis_standards.assess import gaps, plan, score
from hmis_standards.report import report_parts, write_report
from tests.made_up_assessments import made_up_assessments
from tests.programs import as_libreoffice_saves
from tests.report.helpers import found, hud, judged, measured

pytestmark = pytest.mark.xdist_group("office")


def test_the_largest_report_is_printed_by_libreoffice(tmp_path: Path) -> None:
    a = next(made_up_assessments(1))
    assert len(a.documents) == 9
    made = plan(gaps(a), start="2026-04-01", target="gates", score=score(a), method="greedy")
    parts = report_parts(a, plan=made, measures=measured(), judgements=judged(), hud=hud(), findings=found())
    write_report(parts, tmp_path / "report.xlsx")
    pages = pages_of(as_libreoffice_saves(tmp_path / "report.xlsx", tmp_path, "pdf"))
    assert len(pages) > 2 * len(openpyxl.load_workbook(tmp_path / "report.xlsx").sheetnames)
    assert set(pages) == {(792, 612), (1008, 612)}  # points: Letter and Legal in landscape


def pages_of(pdf: Path) -> list[tuple[int, int]]:
    """Width and height of every page of a PDF, in points."""
    data = pdf.read_bytes()
    boxes = re.findall(rb"/Type/Page\b[^s].*?/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", data, re.DOTALL)
    return [(round(float(width)), round(float(height))) for width, height in boxes]
