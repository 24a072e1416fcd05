"""Planted faults for the checks of standards_data/checks/file_structure.yaml."""

from __future__ import annotations

from tests.measure.planted import Case

CASES = {
    "no-enrollments": Case(fault={"Enrollment": [], "Exit": []}, alike={"Exit": []}),
}
