"""Commands about vendors: declarations from blank to comparison, evidence from an export, the scorecard."""

from __future__ import annotations

import json
from importlib.resources import as_file
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hmis_standards.cli.app import app
from hmis_standards.errors import InvalidDocument
from hmis_standards.exchange import read_assessment, read_declaration, write_assessment
from hmis_standards.store import sample_root
from tests.toolkit.made_up_vendors import REQUIREMENTS, monitored

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "toolkit"
LANTERN, FERRY = (str(EXAMPLES / f"declaration-{name}.yaml") for name in ("lantern", "ferry"))


def run(*words: object) -> Result:
    return CliRunner().invoke(app, ["toolkit", *map(str, words)])


@pytest.mark.parametrize("suffix", ["yaml", "json", "xlsx"])
def test_a_blank_declaration_can_be_read_and_sealed(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"d.{suffix}"
    facts = ("--vendor", "Quay", "--product", "Quay", "--version", "4", "--by", "Sales", "--on", "2026-10-12")
    made = run("declaration", "new", *facts, "-o", path)
    assert made.exit_code == 0, made.output
    assert f"{len(REQUIREMENTS)} requirements" in made.output
    assert read_declaration(path).claims == ()
    assert run("declaration", "new", *facts, "-o", path).exit_code == 2
    sealed = run("declaration", "seal", path)
    assert sealed.exit_code == 0, sealed.output
    assert str(read_declaration(path).content_hash) in sealed.output


def test_a_blank_yaml_has_every_requirement_to_fill_in(tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    run("declaration", "new", "--vendor", "Q", "--product", "Q", "--version", "4", "--by", "S", "-o", path)
    text = path.read_text()
    assert all(f"# - item: {item.id}\n" in text for item in REQUIREMENTS)


def test_two_declarations_side_by_side() -> None:
    table = run("declaration", "compare", LANTERN, FERRY, "--explain")
    assert table.exit_code == 0, table.output
    assert "required-gap" in table.output
    assert "a convention of this project, not HUD's" in table.output
    told = json.loads(run("declaration", "compare", LANTERN, FERRY, "--format", "json").output)
    assert [one["product"] for one in told["standings"]] == ["Lantern HMIS 8.2", "Ferry 2026.3"]
    csv = run("declaration", "compare", LANTERN, FERRY, "--differing", "--format", "csv").output
    assert csv.startswith("item,title,obligation,Lantern HMIS 8.2,Ferry 2026.3\n")


def test_a_draft_with_mistakes_is_refused_with_lines() -> None:
    result = run("declaration", "compare", EXAMPLES / "declaration-draft.yaml")
    assert isinstance(result.exception, InvalidDocument)
    assert "declaration-draft.yaml:15: there is no module 'cor'" in str(result.exception)


def test_claims_become_proposed_answers(tmp_path: Path) -> None:
    answers, out = tmp_path / "a.yaml", tmp_path / "b.yaml"
    new = ["new", "vendor-capacity", "--subject", "XX-500", "--on", "2026-11-01", "-o", str(answers)]
    assert CliRunner().invoke(app, new).exit_code == 0
    result = run("declaration", "propose", LANTERN, answers, "-o", out)
    assert result.exit_code == 0, result.output
    proposed = [one for one in read_assessment(out).responses if one.proposed]
    assert len(proposed) == len(read_declaration(LANTERN).claims)


def test_an_export_becomes_evidence(tmp_path: Path) -> None:
    answers, out = tmp_path / "a.yaml", tmp_path / "b.yaml"
    write_assessment(monitored(""), answers)
    with as_file(sample_root() / "hmis-export.zip") as export:
        result = run("vendor-evidence", answers, export, "-o", out)
    assert result.exit_code == 0, result.output
    said = read_assessment(out).response("vendor-monitoring/DAT-01")
    assert said is not None
    assert [one.title.partition("(")[2].partition(")")[0] for one in said.evidence] == [
        "file-codes",
        "file-keys",
        "file-rows",
        "file-structure",
        "file-values",
    ]


def test_a_scorecard(tmp_path: Path) -> None:
    now, before = tmp_path / "now.yaml", tmp_path / "before.yaml"
    write_assessment(monitored("met", SEC_07="not_met"), now)
    write_assessment(monitored("met", on="2025-10-01", SEC_07="not_met"), before)
    table = run("scorecard", now, "--earlier", before, "--measured", "reopened=0.04", "--explain")
    assert table.exit_code == 0, table.output
    assert "Critical and not met: vendor-monitoring/SEC-07" in table.output
    told = json.loads(run("scorecard", now, "--earlier", before, "--format", "json").output)
    assert told["rating"] == "corrective-action"
    assert told["actions"][0]["repeat"] is True
    assert run("scorecard", now, "--measured", "reopened").exit_code == 2
    assert run("scorecard", now, "--set", "band/satisfactory=7").exit_code != 0


@pytest.mark.parametrize("empty", ["--vendor", "--product", "--version", "--by"])
def test_a_blank_declaration_says_whose_it_is(tmp_path: Path, empty: str) -> None:
    facts = {"--vendor": "Quay", "--product": "Quay", "--version": "4", "--by": "Sales", empty: " "}
    words = [word for pair in facts.items() for word in pair]
    result = run("declaration", "new", *words, "-o", tmp_path / "d.yaml")
    assert (result.exit_code, list(tmp_path.iterdir())) == (2, [])
    assert f"{empty} must not be empty" in result.output


def test_a_message_names_the_file_that_was_asked_for(tmp_path: Path) -> None:
    """Not the one beside it that is written first."""
    facts = ("--vendor", "Quay", "--product", "Quay", "--version", "4", "--by", "Sales")
    result = run("declaration", "new", *facts, "-o", tmp_path / "d.pdf")
    assert f"{tmp_path / 'd.pdf'}: the name should end in" in result.output


def test_an_altered_declaration_is_sealed_again(tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    path.write_text(Path(LANTERN).read_text().replace("Product manager", "Sales"))
    assert run("declaration", "seal", path).exit_code == 0
    assert read_declaration(path).unaltered is True


@pytest.mark.parametrize("command", ["declaration propose", "vendor-evidence"])
def test_answers_in_another_file_are_not_replaced(tmp_path: Path, command: str) -> None:
    answers, other = tmp_path / "a.yaml", tmp_path / "b.yaml"
    write_assessment(monitored(""), answers)
    other.write_text("somebody's answers")
    with as_file(sample_root() / "hmis-export.zip") as export:
        inputs = (LANTERN, answers) if "propose" in command else (answers, export)
        refused = run(*command.split(), *inputs, "-o", other)
        assert (refused.exit_code, other.read_text()) == (2, "somebody's answers")
        assert "is there already; choose another name" in refused.output
        assert run(*command.split(), *inputs, "-o", answers).exit_code == 0
