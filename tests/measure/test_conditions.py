"""Shipped conditions as SQL without a parser: the same as the gate writes, and nothing but what they may hold."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import sqlglot
from attrs import evolve
from sqlglot import exp

from hmis_standards.errors import PredicateError
from hmis_standards.measure import check, open_export
from hmis_standards.measure.checks import settings_of
from hmis_standards.measure.conditions import is_shipped, plain_condition
from hmis_standards.measure.predicates import condition_of
from hmis_standards.measure.session import view_columns
from hmis_standards.model import Check
from hmis_standards.store import load_checks
from tests.measure.planted import clean, write

ROOT = Path(__file__).resolve().parents[2]
COLUMNS = {"ExitDate", "members", "date"}
SETTINGS = {"long_stay_days": 90, "below": -1}


def conditions() -> list[tuple[Check, str]]:
    return [(one, key) for one in load_checks() for key in ("where", "among") if getattr(one, key)]


def in_one_form(text: str | None) -> str:
    """SQL written by the parser; a number needs no parentheses."""
    tree = sqlglot.parse_one(text or "", read="duckdb")
    return str(tree.transform(lambda node: node.this if _is_number(node) else node).sql("duckdb", comments=False))


def _is_number(node: exp.Expr) -> bool:
    return isinstance(node, exp.Paren) and isinstance(node.this, (exp.Literal, exp.Neg))


def test_shipped_conditions_are_what_the_gate_writes() -> None:
    """With settings that differ from each other, so that none can take the place of another."""
    settings = {name: 1000 + place for place, name in enumerate(settings_of(load_checks(), None))}
    for one, key in conditions():
        plain = plain_condition(getattr(one, key), view_columns(one.view or ""), settings)
        assert in_one_form(plain) == in_one_form(condition_of(one, key, settings)), (one.id, key)


@pytest.mark.parametrize(
    ("text", "sql"),
    [
        ("ExitDate IS NULL -- ; DROP\n OR members > 1", '"ExitDate" IS NULL \n OR "members" > 1'),
        ("members > :long_stay_days", '"members" > (90)'),
        ("members -:below = 0", '"members" -(-1) = 0'),
        ("ExitDate < DATE '2017-10-01'", "\"ExitDate\" < DATE '2017-10-01'"),
        ("date = ':below ExitDate'", "\"date\" = ':below ExitDate'"),
    ],
)
def test_what_is_written(text: str, sql: str) -> None:
    assert plain_condition(text, COLUMNS, SETTINGS) == sql


@pytest.mark.parametrize(
    "text",
    [
        "exitdate IS NULL",
        "members > :long_stay",
        "members > :",
        "members IN (SELECT 1)",
        "getenv('x') = 'y'",
        "members / 2 = 1",
        "members > 1.5",
        "members::DATE IS NULL",
        '"members" = 1',
        "members = 'x",
        "members = 1; TRUE",
        "members = 1 /* x */",
        "1 = $1",
        "members = 1234567890123456",
        "m\u00e9mbers = 1",
    ],
)
def test_what_holds_anything_else_is_left_to_the_gate(text: str) -> None:
    assert plain_condition(text, COLUMNS, SETTINGS) is None


def test_a_check_that_is_like_a_shipped_one_is_not_shipped() -> None:
    one = load_checks()["exit-before-start"]
    assert is_shipped(one)
    assert not is_shipped(evolve(one))


def test_a_shipped_check_that_was_changed_passes_the_gate_before_anything_runs(tmp_path: Path) -> None:
    changed = evolve(load_checks()["exit-before-start"], where="ExitDate < (SELECT EntryDate)")
    told: list[str] = []
    with open_export(write(clean(), tmp_path / "export")) as export, pytest.raises(PredicateError, match="not allowed"):
        check(export, [*load_checks(), changed], progress=lambda step, *_: told.append(step))
    assert told == []


def test_a_shipped_file_that_was_altered_passes_the_gate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    altered = evolve(load_checks()["exit-before-start"], where="ExitDate < (SELECT EntryDate)")
    monkeypatch.setattr("hmis_standards.measure.checks.is_shipped", lambda one: one is altered)
    with open_export(write(clean(), tmp_path / "export")) as export, pytest.raises(PredicateError, match="not allowed"):
        check(export, [altered])


def test_measuring_needs_no_parser() -> None:
    code = (
        "import sys\n"
        "from hmis_standards import measure as m\n"
        "with m.open_export('examples/sample/hmis-export.zip') as export:\n"
        "    found = m.check(export), m.hud_dq_report(export), m.measure(export, by='project')\n"
        "assert all(found)\n"
        "print([name for name in ('sqlglot', 'pandas') if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
