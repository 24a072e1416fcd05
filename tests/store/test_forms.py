"""Forms: what is shipped holds what it promises, and every fault of a file is told with its line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hmis_standards.errors import InvalidDocument, UnknownForm
from hmis_standards.exchange import validate
from hmis_standards.model import FormTable
from hmis_standards.store import data_root, load_catalog, load_form, shipped_forms
from hmis_standards.vocabulary import Obligation
from tests.store.trees import line_with

CATALOG = load_catalog()
OURS = """\
format: hmis-standards/form/1
id: ours
title: Annex
document: lead-standards
text: >-
  An annex.
fields:
  - id: hours
    label: number of hours
sections:
  - id: times
    title: Times
    clauses:
      - id: answer
        text: >-
          The help desk answers within {hours} hours.
        obligation: recommended
        citations:
          - source: hud-sysadmin-checklist
        items: [lead-standards/OPS-04]
    table:
      rows: items
      sections: [lead-standards/GOV]
      items: [lead-standards/PLN-01]
      columns: [Who]
"""


@pytest.mark.parametrize("name", shipped_forms())
def test_a_shipped_form(name: str) -> None:
    form = load_form(name)
    assert form.id == name
    assert form.clauses
    assert CATALOG.document(form.document)
    for clause in form.clauses:
        sources = [CATALOG.source(one.source) for one in clause.citations]
        assert sources
        assert all(item in CATALOG for item in clause.items)
        if clause.obligation is Obligation.REQUIRED:
            assert any(one.in_effect for one in sources), clause.id
    assert not [text for text in form.texts() if re.search(r"HUD requires|HUD's form requires", text)]


def test_the_promised_forms_are_there() -> None:
    promised = {"data-quality-agreement", "participation-agreement", "role-matrix", "training-record"}
    assert promised <= set(shipped_forms())


def test_a_proposed_rule_alone_makes_nothing_required() -> None:
    for name in shipped_forms():
        for clause in load_form(name).clauses:
            sources = [CATALOG.source(one.source) for one in clause.citations]
            if not any(one.in_effect for one in sources):
                assert clause.obligation in {Obligation.RECOMMENDED, Obligation.OPTIONAL}, clause.id


def tables(name: str) -> list[FormTable]:
    return [section.table for section in load_form(name).sections if section.table]


def test_every_form_of_contract_management_is_in_a_form_of_ours() -> None:
    promised = [f"contract-management/{one.id}" for one in CATALOG.document("contract-management").forms]
    shipped = [table.form for name in shipped_forms() for table in tables(name) if table.form]
    assert sorted(shipped) == promised


def test_the_vendor_monitoring_tool_has_every_item_once() -> None:
    form = load_form("vendor-monitoring-tool")
    sections = [name for table in tables(form.id) for name in table.sections]
    assert len(set(sections)) == len(sections)
    items = CATALOG.document("vendor-monitoring").items
    in_tables = {one.id for one in items if f"{one.document}/{one.section}" in sections}
    in_clauses = {name for clause in form.clauses for name in clause.items}
    assert not in_tables & in_clauses
    assert in_tables | in_clauses == {one.id for one in items}


def written(tmp_path: Path, old: str = "", new: str = "") -> Path:
    path = tmp_path / "ours.yaml"
    assert old in OURS
    path.write_text(OURS.replace(old, new, 1) if old else OURS, encoding="utf-8")
    return path


def test_a_form_of_ones_own(tmp_path: Path) -> None:
    path = written(tmp_path)
    assert validate(path) == []
    assert load_form(path).rows()[0]["clause"] == "answer"


@pytest.mark.parametrize(
    ("old", "new", "told", "at"),
    [
        ("id: ours", "id: theirs", "the id is 'theirs', the name of the file says 'ours'", "id: theirs"),
        ("document: lead-standards", "document: lead", "there is no document 'lead'", "document: lead"),
        ("{hours} hours", "{days} days", "{days} is not among the fields", "fields:"),
        ("{hours} hours", "a few hours", "no text has the field {hours}", "id: hours"),
        ("hud-sysadmin-checklist", "hud-sysadmin-list", "there is no source 'hud-sysadmin-list'", "hud-sysadmin-list"),
        ("items: [lead-standards/OPS-04]", "items: [lead-standards/OPS-99]", "there is no item", "OPS-99"),
        ("items: [lead-standards/PLN-01]", "items: [lead-standards/PLN-99]", "there is no item", "PLN-99"),
        ("[lead-standards/GOV]", "[lead-standards/GOW]", "there is no section 'lead-standards/GOW'", "GOW"),
        ("rows: items", "documents: [lead]\n      rows: items", "there is no document 'lead'", "[lead]"),
        ("rows: items", "benchmarks: [default/X]\n      rows: items", "there is no benchmark 'default/X'", "default/X"),
        ("rows: items", "rows: log", "a table of the kind log names the form whose fields it has", "rows: log"),
        ("rows: items", "form: contract-management/F4\n      rows: items", "items takes no form", "F4"),
        ("rows: items", "form: contract-management/F9\n      rows: sheet", "there is no form", "F9"),
        ("recommended", "required", "required, but no source it cites is in effect", "obligation"),
        ("id: answer", "id: times", "the id 'times' is used twice", "id: times"),
        ("rows: items", "rows: item", "(did you mean items?)", "rows: item"),
        ("label:", "lable:", "unknown key 'lable'", "lable"),
        ("        obligation: recommended\n", "", "missing 'obligation'", "id: answer"),
    ],
)
def test_each_fault_has_its_line(old: str, new: str, told: str, at: str, tmp_path: Path) -> None:
    path = written(tmp_path, old, new)
    problems = [str(one) for one in validate(path)]
    assert any(one.startswith(f"{path}:{line_with(path, at)}: ") and told in one for one in problems), problems
    with pytest.raises(InvalidDocument):
        load_form(path)


def test_a_field_that_is_there_twice(tmp_path: Path) -> None:
    path = written(tmp_path, "sections:\n", "  - id: hours\n    label: again\nsections:\n")
    assert any("the field 'hours' is there twice" in str(one) for one in validate(path))


def test_a_form_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnknownForm, match="did you mean role-matrix"):
        load_form("role-matrx")
    with pytest.raises(UnknownForm):
        load_form(tmp_path / "nowhere.yaml")


def test_the_form_in_the_tutorial_is_right(tmp_path: Path) -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "tools" / "forms.md").read_text(encoding="utf-8")
    path = tmp_path / "ours.yaml"
    path.write_text(page.partition("```yaml\n")[2].partition("```")[0], encoding="utf-8")
    assert validate(path) == []


def test_forms_are_judged_as_part_of_the_tree() -> None:
    folder = Path(str(data_root())) / "forms"
    assert validate(folder / "role-matrix.yaml") == []
