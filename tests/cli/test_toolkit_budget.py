"""``toolkit budget`` and ``toolkit eligibility``: what they print, and how they answer what is wrong."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hmis_standards.cli import main
from hmis_standards.cli.app import app

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "toolkit" / "budget.yaml"


def run(*options: str) -> Result:
    return CliRunner().invoke(app, ["toolkit", "budget", str(EXAMPLE), *options])


def rows(*options: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(run(*options, "--format", "csv").output)))


def test_the_tables_flags_and_the_note() -> None:
    told = run().output
    assert told.startswith("XX-500, USD")
    for text in ("388414.00", "61443.00", "22177.20", "176.45", "Volunteer trainers"):
        assert text in told
    assert "- Post 3 (lead_training) is charged to ESG county, but the rule keeps it to the HMIS Lead." in told
    assert "[administration-over-cap; regulation]" in told
    assert "not an approval" in told


def test_csv_is_a_row_a_year_and_json_has_everything() -> None:
    assert [(row["year"], row["gap"]) for row in rows()] == [
        ("2027", "32642.00"),
        ("2028", "60096.15"),
        ("2029", "66396.07"),
    ]
    told = json.loads(run("--format", "json").output)
    assert {"subject", "years", "lines", "match", "match_verdicts", "administration", "fees", "flags"} <= set(told)


def test_what_moves_the_gap() -> None:
    found = rows("--sensitivity", "gap")
    assert found[0]["figure"] == "from_coc_hmis_grant_2027"
    assert [float(row["effect"]) for row in found] == sorted((float(row["effect"]) for row in found), reverse=True)
    assert "more move it less" in run("--sensitivity", "total").output
    wide = rows("--sensitivity", "gap", "--range", "fringe=0.10:0.90")
    assert wide[0]["figure"] == "fringe"
    assert (wide[0]["low"], wide[0]["high"]) == ("0.1000", "0.9000")


def test_files_explanations_and_own_numbers(tmp_path: Path) -> None:
    assert run("-o", str(tmp_path / "budget.csv")).exit_code == 0
    assert (tmp_path / "budget.csv").read_text(encoding="utf-8").startswith("year,personnel")
    assert "= match_share * max(0, from_coc_hmis_grant_2027 - leasing)" in run("--explain").output
    assert float(rows("--set", "fringe=0.5")[0]["total"]) > float(rows()[0]["total"])


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--range", "fringe=0:1e999999999"), "is not a name with a low and a high number"),
        (("--range", "fringe=a:b"), "is not a name with a low and a high number"),
        (("--sensitivity", "gap", "--range", "frnge=0:1"), "does not rest on frnge"),
        (("--sensitivity", "gap", "--range", "fringe=1:0"), "upside down"),
        (("--set", "horizn=3"), "did you mean horizon"),
    ],
)
def test_what_cannot_be(options: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["toolkit", "budget", str(EXAMPLE), *options]) in {1, 2}
    assert told in capsys.readouterr().err


def test_a_staffing_file_is_no_budget(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["toolkit", "budget", str(EXAMPLE.with_name("staffing.yaml"))]) == 2
    assert 'staffing.yaml:2: should be "hmis-standards/budget/1"' in capsys.readouterr().err


def test_the_table_of_costs_by_payer() -> None:
    told = CliRunner().invoke(app, ["toolkit", "eligibility", "hosting", "--format", "json"])
    assert [row["answer"] for row in json.loads(told.output)] == ["lead_only", "eligible", "lead_only", "eligible"]
    whole = CliRunner().invoke(app, ["toolkit", "eligibility", "--format", "csv"])
    assert len(list(csv.DictReader(io.StringIO(whole.output)))) == 112


def test_a_category_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["toolkit", "eligibility", "hostin"]) != 0
    assert "did you mean hosting" in capsys.readouterr().err
