"""``toolkit staffing``: what it prints, and how it answers what is wrong."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hmis_standards.cli import main
from hmis_standards.cli.app import app

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "toolkit" / "staffing.yaml"


def run(*options: str) -> Result:
    return CliRunner().invoke(app, ["toolkit", "staffing", str(EXAMPLE), *options])


def test_the_table_has_total_flags_scenarios_and_the_note() -> None:
    told = run().output
    assert told.startswith("XX-500: 2.79 FTE, 89.73 users per FTE")
    assert (
        "- Post 2 carries 1.1 FTE over all roles, more than a full-time job. [person-over-full-time; convention]"
        in told
    )
    assert "neighbor joins" in told
    assert "HUD publishes no ratio" in told


def test_csv_has_every_role_of_every_scenario() -> None:
    rows = list(csv.DictReader(io.StringIO(run("--format", "csv", "--growth", "20", "--change", "6").output)))
    assert len(rows) == 6 * 8
    assert {"scenario": "today", "role": "total"}.items() <= rows[7].items()
    assert rows[7]["hours"] == "4926.00"


def test_json_has_figures_with_their_inputs() -> None:
    told = json.loads(run("--format", "json").output)
    assert told["subject"] == "XX-500"
    assert told["today"]["fte"]["inputs"][0]["figure"] == "help_desk_fte"
    assert told["scenarios"][0]["scenario"]["name"] == "change of software"


def test_a_file_by_its_suffix(tmp_path: Path) -> None:
    assert run("-o", str(tmp_path / "staff.csv")).exit_code == 0
    assert (tmp_path / "staff.csv").read_text(encoding="utf-8").startswith("scenario,role,hours")
    assert run("-o", str(tmp_path / "staff.json")).exit_code == 0
    assert json.loads((tmp_path / "staff.json").read_text(encoding="utf-8"))["today"]
    wrong = run("-o", str(tmp_path / "staff.xlsx"))
    assert (wrong.exit_code, "should end in .json or .csv" in wrong.output) == (2, True)


def test_explain_prints_formulas() -> None:
    told = run("--explain").output
    assert "= tickets * minutes_per_ticket / 60" in told
    assert "a convention of this project, not HUD's" in told


def test_own_numbers(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(
        "format: hmis-standards/parameters/1\nset: staffing\nparameters:\n"
        '  - {id: minutes_per_ticket, value: "60", why: We timed it.}\n',
        encoding="utf-8",
    )
    by_file, by_option = (
        run("--parameters", str(own), "--format", "csv"),
        run("--set", "minutes_per_ticket=60", "--format", "csv"),
    )
    assert by_file.output == by_option.output
    assert by_file.output != run("--format", "csv").output


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--set", "turnover"), "is not a name and a number"),
        (("--set", "turnover=much"), "turnover cannot be much"),
        (("--set", "turnover=9"), "should be from 0 to 2"),
        (("--change", "13"), "--change"),
        (("--growth", "lots"), "is not a percentage"),
    ],
)
def test_what_cannot_be_set(options: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["toolkit", "staffing", str(EXAMPLE), *options]) in {1, 2}
    assert told in capsys.readouterr().err


def test_a_fault_in_the_file_is_told_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(EXAMPLE.read_text(encoding="utf-8").replace("role: training", "role: trainer"), encoding="utf-8")
    assert main(["toolkit", "staffing", str(path)]) == 2
    assert f"{path}:28: " in capsys.readouterr().err


def test_brackets_are_text(tmp_path: Path) -> None:
    """Not styles of the terminal, and not a fault in them."""
    path = tmp_path / "staff.yaml"
    path.write_text(EXAMPLE.read_text().replace("XX-500", "'[/bold] [red]XX-500'"))
    told = CliRunner().invoke(app, ["toolkit", "staffing", str(path)])
    assert told.output.startswith("[/bold] [red]XX-500: 2.79 FTE")


@pytest.mark.parametrize("options", [("--growth", "1e999999999"), ("--set", "turnover=1e999999999")])
def test_a_number_that_would_fill_the_memory(options: tuple[str, str]) -> None:
    assert main(["toolkit", "staffing", str(EXAMPLE), *options]) == 2
