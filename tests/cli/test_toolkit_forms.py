"""toolkit forms and toolkit form."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from hmis_standards.cli import main
from hmis_standards.cli.app import app
from hmis_standards.store import shipped_forms

SAMPLE = Path(__file__).resolve().parents[2] / "examples" / "sample" / "assessment.yaml"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["toolkit", *arguments])


def test_the_list() -> None:
    rows = json.loads(run("forms", "--format", "json").stdout)
    assert [row["form"] for row in rows] == list(shipped_forms())


def test_a_form_is_printed_and_filled() -> None:
    result = run("form", "data-quality-agreement", "--fill", "agency=Harbor = Street", "--assessment", str(SAMPLE))
    assert result.exit_code == 0, result.output
    assert "HMIS Lead of XX-500, and Harbor = Street" in result.stdout
    assert "Clauses to be agreed: 7." in result.stdout
    assert "All six directors" not in result.stdout
    noted = run("form", "data-quality-agreement", "--assessment", str(SAMPLE), "--notes")
    assert "All six directors" in noted.stdout


def test_a_form_is_written(tmp_path: Path) -> None:
    result = run("form", "role-matrix", "-o", str(tmp_path / "roles.md"))
    assert "still open: name and code of the CoC" in result.stderr
    assert (tmp_path / "roles.md").read_text(encoding="utf-8").startswith("# Role matrix\n")
    assert run("form", "role-matrix", "-o", str(tmp_path / "roles.json")).exit_code == 0
    assert json.loads((tmp_path / "roles.json").read_text(encoding="utf-8"))["title"] == "Role matrix"
    assert run("form", "role-matrix", "-o", str(tmp_path / "roles.XLSX")).exit_code == 0
    assert openpyxl.load_workbook(tmp_path / "roles.XLSX")["About"]["A1"].value == "Role matrix"


def test_the_budget_says_what_may_pay_for_what() -> None:
    result = run("form", "hmis-budget")
    assert result.exit_code == 0, result.output
    assert "| Hosting and maintaining software or data | HMIS Lead only. | Eligible. |" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["role-matrx"], "there is no form 'role-matrx'; did you mean role-matrix?"),
        (["role-matrix", "--fill", "agency"], "'agency' is not a field and a text"),
        (["role-matrix", "--fill", "decidd=x"], "there is no field 'decidd'; did you mean decided?"),
        (["role-matrix", "-o", "roles.docx"], "roles.docx: the name should end in .md, .xlsx or .json"),
        (["role-matrix", "--assessment", "nowhere.yaml"], "nowhere.yaml: No such file or directory"),
    ],
)
def test_bad_input_is_one_paragraph(arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["toolkit", "form", *arguments]) == 2
    assert told in capsys.readouterr().err
