"""No client's name, number or key leaves the measurement, whatever it is turned into."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import pytest

import hmis_standards as hs
from hmis_standards.assess import Assessment
from hmis_standards.measure import check, hud_dq_report, judge, measure, open_export, propose
from hmis_standards.measure.prepare import projects_of

SAMPLE = Path(__file__).resolve().parents[2] / "examples" / "sample" / "hmis-export.zip"
SECRET = ("FirstName", "MiddleName", "LastName", "SSN", "PersonalID", "EnrollmentID", "HouseholdID", "ExitID")


@pytest.fixture(scope="module")
def secrets() -> set[str]:
    """Every name, SSN and key of a person in the sample; short ones cannot be told from ordinary words."""
    found: set[str] = set()
    with zipfile.ZipFile(SAMPLE) as archive:
        for name in archive.namelist():
            if Path(name).stem in {"Client", "Enrollment", "Exit"}:
                for row in csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"))):
                    found |= {row[column].strip() for column in SECRET if row.get(column)}
    assert len(found) > 1000
    return {value for value in found if len(value) >= 3}


@pytest.fixture(scope="module")
def project_words() -> set[str]:
    """Words in the names of projects, which may be shown although somebody has the same name."""
    with open_export(SAMPLE, on_bad_value="report") as export:
        return {word for row in projects_of(export) for word in str(row["ProjectName"]).split()}


@pytest.fixture(scope="module")
def shown() -> dict[str, str]:
    """All that can be made of the sample, as text."""
    with open_export(SAMPLE, on_bad_value="report") as export:
        measures, report = measure(export, by="project"), hud_dq_report(export)
        findings = check(export)
        judgements = judge(measures, hs.load_benchmarks("default"))
        catalog = hs.load_catalog()
        documents = [document.id for document in catalog.documents]
        blank = Assessment.start(catalog, subject="XX-500", on=measures.end, documents=documents)
        assessment = propose(blank, judgements)
        return {
            "facts": json.dumps(export.facts()),
            "export": repr(export),
            "problems": "\n".join(map(str, export.problems)),
            "measures": json.dumps(measures.to_dict()) + repr(measures) + repr(measures.results),
            "measures as a frame": measures.to_frame().to_csv(),
            "report": json.dumps(report.to_dict()) + repr(report) + report._repr_html_(),
            "findings": json.dumps(findings.to_dict()) + repr(findings) + findings._repr_html_(),
            "judgements": json.dumps(judgements.to_dict()) + repr(judgements) + judgements._repr_html_(),
            "proposals": "\n".join(json.dumps(one.to_dict()) + repr(one) for one in assessment.responses),
        }


@pytest.mark.parametrize(
    "what",
    ["facts", "export", "problems", "measures", "measures as a frame", "report", "findings", "judgements", "proposals"],
)
def test_nothing_of_a_person_is_shown(
    what: str, shown: dict[str, str], secrets: set[str], project_words: set[str]
) -> None:
    if what != "problems":
        assert len(shown[what]) > 100
    without_rates = re.sub(r"\b[0-9]\.[0-9]{6}\b", "", shown[what])  # their decimals may look like a key
    words = set(re.findall(r"[^\W_]+(?:[-'][^\W_]+)*", without_rates))
    assert not (words & secrets) - project_words
    assert not [value for value in secrets - project_words if len(value) >= 9 and value in shown[what]]
