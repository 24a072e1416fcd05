"""Declarations as files: round trips in every format, and every fault with its line or cell."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from attrs import evolve
from hypothesis import given, settings

from hmis_standards import exchange
from hmis_standards.errors import InvalidDocument
from hmis_standards.exchange import read_declaration, sealed, write_declaration
from hmis_standards.model import Claim
from hmis_standards.store import validate
from tests.store.trees import line_with
from tests.toolkit.made_up_vendors import CATALOG, claim, claims, declared

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "toolkit"


@given(claims())
@settings(max_examples=25)
def test_any_declaration_comes_back_equal(tmp_path_factory: pytest.TempPathFactory, made: tuple[Claim, ...]) -> None:
    folder = tmp_path_factory.mktemp("declaration")
    one = sealed(declared(*made))
    for suffix in ("yaml", "json"):
        write_declaration(one, folder / f"d.{suffix}", CATALOG, silent=True)
        assert read_declaration(folder / f"d.{suffix}") == one


@given(claims())
@settings(max_examples=5)
def test_a_workbook_comes_back_with_the_same_claims(
    tmp_path_factory: pytest.TempPathFactory, made: tuple[Claim, ...]
) -> None:
    """A workbook has the claims in the order of the requirements; the hash does not mind."""
    path = tmp_path_factory.mktemp("declaration") / "d.xlsx"
    one = sealed(declared(*made))
    write_declaration(one, path, CATALOG)
    back = read_declaration(path)
    assert sorted(back.claims, key=lambda claim: claim.item) == sorted(one.claims, key=lambda claim: claim.item)
    assert back.unaltered is True


def test_the_same_bytes_every_time(tmp_path: Path) -> None:
    one = declared(claim("EXC-01"))
    for suffix in ("yaml", "json", "xlsx"):
        paths = [tmp_path / f"{name}.{suffix}" for name in "ab"]
        for path in paths:
            write_declaration(one, path, CATALOG)
        assert paths[0].read_bytes() == paths[1].read_bytes()


def test_a_workbook_filled_in_as_a_person_would(tmp_path: Path) -> None:
    path = tmp_path / "d.xlsx"
    write_declaration(declared(), path, CATALOG)
    book = openpyxl.load_workbook(path)
    book["Modules"].append(["reports", "Reports", "8.2"])
    sheet = book["Claims"]
    header = [cell.value for cell in sheet[1]]
    row = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == "vendor-capacity/REP-01")
    for title, value in (("Claim", "available"), ("Module", "reports"), ("Method", "standard"),
                         ("Evidence", "report | Test run | 2026-09-01")):  # fmt: skip
        row[header.index(title)].value = value
    sheet.insert_cols(3)
    sheet.cell(1, 3).value = "Our own column"
    book.save(path)
    made = read_declaration(path)
    assert [one.item for one in made.claims] == ["vendor-capacity/REP-01"]
    assert made.claims[0].evidence[0].title == "Test run"
    assert [one.id for one in made.modules] == ["core", "reports"]


def test_a_fault_in_a_workbook_has_its_cell(tmp_path: Path) -> None:
    path = tmp_path / "d.xlsx"
    write_declaration(declared(claim("DAT-01")), path, CATALOG)
    book = openpyxl.load_workbook(path)
    sheet = book["Claims"]
    sheet["D2"].value, sheet["E3"].value = "perhaps", "core"
    book.save(path)
    with pytest.raises(InvalidDocument) as caught:
        read_declaration(path)
    told = [str(one) for one in caught.value.problems]
    assert any(one.startswith(f"{path}!Claims!D2: ") for one in told), told
    assert any(one.startswith(f"{path}!Claims!D3: missing claim") for one in told), told


def test_a_workbook_without_its_header(tmp_path: Path) -> None:
    path = tmp_path / "d.xlsx"
    write_declaration(declared(claim("DAT-01")), path, CATALOG)
    book = openpyxl.load_workbook(path)
    book["Claims"]["D1"].value = "Answer"
    book.save(path)
    with pytest.raises(InvalidDocument, match="missing column 'Claim'"):
        read_declaration(path)


def test_a_suffix_nobody_knows() -> None:
    with pytest.raises(ValueError, match=r"should end in \.yaml, \.yml, \.json, \.xlsx"):
        read_declaration("d.pdf")


SOUND = """\
format: hmis-standards/declaration/1
vendor: Made up
product: Lantern
version: "8.2"
edition: "2026.1"
date: "2026-10-05"
declared_by: Product manager
modules:
  - id: core
    title: Records
claims:
  - item: vendor-capacity/EXC-01
    claim: available
    module: core
    method: standard
    evidence:
      - kind: report
        title: Test run
        date: "2026-09-01"
  - item: vendor-capacity/EXC-05
    claim: planned
    available: "2027-04-01"
  - item: vendor-capacity/CMP-01
    claim: not_applicable
    note: Not sold for that.
"""


@dataclass(frozen=True)
class Fault:
    """``old`` becomes ``new``; the line with ``at`` is blamed, in words that hold ``told``."""

    old: str
    new: str
    told: str
    at: str


FAULTS = [
    Fault("    module: core\n", "    module: cor\n", "there is no module 'cor'", "module: cor"),
    Fault("    method: standard\n", "", "names its method", "item: vendor-capacity/EXC-01"),
    Fault("EXC-01", "EXC-99", "there is no requirement 'vendor-capacity/EXC-99'", "EXC-99"),
    Fault("EXC-05", "EXC-01", "a claim on vendor-capacity/EXC-01 occurs twice", "item: vendor-capacity/EXC-01"),
    Fault('    available: "2027-04-01"\n', "", "needs the day by which it is there", "claim: planned"),
    Fault("2027-04-01", "2026-10-05", "is not after the declaration", "available:"),
    Fault("claim: planned", "claim: not_available", "only something planned has a day", "available:"),
    Fault("2026-09-01", "2026-10-06", "is after the declaration", "2026-10-06"),
    Fault("CMP-01", "EXC-07", "this requirement applies to every product", "claim: not_applicable"),
    Fault("    note: Not sold for that.\n", "", "needs a note that says why", "claim: not_applicable"),
    Fault("  - id: core\n    title: Records\n", "  - id: core\n    title: R\n  - id: core\n    title: S\n",
          "module core occurs twice", "id: core"),
    Fault('edition: "2026.1"', 'edition: "2025.1"', "edition", "edition:"),
]  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS, ids=lambda one: one.told)
def test_a_fault_is_told_with_its_line(tmp_path: Path, fault: Fault) -> None:
    path = tmp_path / "d.yaml"
    path.write_text(SOUND)
    assert validate(path) == []
    assert fault.old in SOUND
    path.write_text(SOUND.replace(fault.old, fault.new, 1))
    problems = validate(path)
    assert len(problems) == 1, problems
    assert fault.told in str(problems[0])
    lines = path.read_text().splitlines()
    near = lines[(problems[0].line or 0) - 1]
    assert fault.at in near, near


def test_an_altered_declaration_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    write_declaration(sealed(declared(claim("EXC-01"))), path, CATALOG)
    path.write_text(path.read_text().replace("method: standard", "method: configuration"))
    with pytest.raises(InvalidDocument, match="the content is not what this hash was made of"):
        read_declaration(path)
    assert validate(path)[0].line == line_with(path, "content_hash")


def test_the_examples() -> None:
    for name in ("lantern", "ferry"):
        assert read_declaration(EXAMPLES / f"declaration-{name}.yaml").unaltered is True
    assert [one.line for one in validate(EXAMPLES / "declaration-draft.yaml")] == [15, 18, 19, 19, 21, 22, 23, 32]


@pytest.mark.parametrize("suffix", ["yaml", "xlsx"])
def test_an_altered_declaration_can_be_sealed_again(tmp_path: Path, suffix: str) -> None:
    """As the message about it says; in a workbook the vendor does not even see the hash."""
    path = tmp_path / f"d.{suffix}"
    write_declaration(evolve(sealed(declared(claim("EXC-01"))), product="Other"), path, CATALOG)
    with pytest.raises(InvalidDocument, match="seal it again if you are the vendor"):
        read_declaration(path)
    again = sealed(read_declaration(path, altered=True))
    assert (again.product, again.unaltered) == ("Other", True)


def test_a_workbook_is_validated_as_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "d.xlsx"
    write_declaration(declared(claim("EXC-01")), path, CATALOG)
    assert exchange.validate(path) == []
    write_declaration(declared(claim("EXC-01", "planned")), path, CATALOG)
    (problem,) = exchange.validate(path)
    assert "d.xlsx!Claims!D" in problem.path
    assert "needs the day" in problem.message
