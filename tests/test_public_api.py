"""The public names of each package are an exact list: the API cannot grow or shrink by accident."""

from __future__ import annotations

import ast
import importlib
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

import hmis_standards as hs

PACKAGE = Path(hs.__file__).parent

FACADE = [
    "Agreement",
    "Alignment",
    "Assessment",
    "Assessor",
    "Benchmark",
    "BenchmarkSet",
    "Catalog",
    "Check",
    "CheckSet",
    "Comparison",
    "Document",
    "Evidence",
    "Gap",
    "Item",
    "Merged",
    "Migration",
    "Plan",
    "Portfolio",
    "Profile",
    "Reconciliation",
    "Response",
    "Score",
    "Source",
    "Subject",
    "__version__",
    "agreement",
    "carry_over",
    "compare",
    "gaps",
    "load_alignment",
    "load_benchmarks",
    "load_catalog",
    "load_checks",
    "load_hmis_csv",
    "load_profile",
    "merge_answers",
    "merge_files",
    "migrate",
    "plan",
    "portfolio",
    "portfolio_of_files",
    "read_assessment",
    "reconcile",
    "score",
    "tailor",
    "validate",
    "what_if",
    "write_assessment",
]
MEASURE = [
    "ColumnFacts",
    "ColumnProblem",
    "EntryLags",
    "EntryLagsTable",
    "Export",
    "Facts",
    "FileFacts",
    "Finding",
    "FindingSet",
    "HudReport",
    "HudRow",
    "HudTable",
    "Judgement",
    "Judgements",
    "Lags",
    "Limits",
    "LinkFacts",
    "MeasureResult",
    "Measures",
    "ProjectFinding",
    "ProjectFindings",
    "PublicParts",
    "SMALLEST",
    "SideBySide",
    "SideBySideRow",
    "check",
    "entry_lags",
    "for_public",
    "hud_dq_report",
    "judge",
    "measure",
    "measure_statement",
    "open_export",
    "project_findings",
    "propose",
    "propose_from_checks",
    "read_measures",
    "side_by_side",
    "write_measures",
]


def test_the_facade_is_this_list() -> None:
    assert dir(hs) == FACADE
    assert sorted(hs.__all__) == FACADE


def test_measure_is_this_list() -> None:
    package = importlib.import_module("hmis_standards.measure")
    assert dir(package) == MEASURE


@pytest.mark.parametrize("name", ["hmis_standards", "hmis_standards.store", "hmis_standards.measure",
                                  "hmis_standards.exchange", "hmis_standards.exchange.oscal",
                                  "hmis_standards.report",
                                  "hmis_standards.toolkit"])  # fmt: skip
def test_lazy_packages_show_type_checkers_what_they_give(name: str) -> None:
    package = importlib.import_module(name)
    told = _names_for_type_checkers(Path(str(package.__file__)))
    assert told | {"__version__"} == set(package.__all__) | {"__version__"}
    assert set(dir(package)) == set(package.__all__)
    for one in package.__all__:
        getattr(package, one)


def _names_for_type_checkers(path: Path) -> set[str]:
    """Names imported under ``if TYPE_CHECKING``."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            froms = [one for one in node.body if isinstance(one, ast.ImportFrom)]
            return {alias.asname or alias.name for one in froms for alias in one.names}
    return set()


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'scroe'"):
        hs.scroe  # noqa: B018


@pytest.mark.parametrize("first", ["hmis_standards.store.load", "hmis_standards.measure.run", "hmis_standards.cli.app"])
def test_names_are_callable_whatever_was_imported_first(first: str) -> None:
    """A module of the same name as a public function would hide it, depending on who came first."""
    code = (
        f"import {first}, hmis_standards as hs, hmis_standards.measure as m, hmis_standards.store as s\n"
        "names = [hs.load_catalog, hs.score, hs.gaps, hs.plan, hs.validate, hs.read_assessment, hs.migrate,\n"
        "         hs.compare, m.judge, m.measure, m.read_measures,\n"
        "         m.propose, m.check, m.side_by_side, m.open_export, m.hud_dq_report, s.validate, s.structure,\n"
        "         s.load_catalog]\n"
        "assert all(callable(one) for one in names), names"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_values_of_the_catalog_pickle_and_compare() -> None:
    item = hs.load_catalog()["system-administrator/GOV-01"]
    assert pickle.loads(pickle.dumps(item)) == item


def test_every_error_pickles_compares_and_tells() -> None:
    errors = importlib.import_module("hmis_standards.errors")
    kinds = [getattr(errors, name) for name in errors.__all__]
    for kind in kinds:
        if not issubclass(kind, errors.HmisStandardsError):
            continue
        made = kind(**{name: (name,) if name in {"close", "problems", "searched", "supported", "allowed", "replaced_by"}
                       else 2 if name in {"count", "rows", "line", "column"} and kind is not errors.MissingColumn
                       else name for name in kind.fields})  # fmt: skip
        assert pickle.loads(pickle.dumps(made)) == made
        assert hash(made) == hash(pickle.loads(pickle.dumps(made)))
        assert str(made) or not kind.fields
