"""Whatever a public function gives becomes plain values, shows itself in a notebook and, if it is a table, a frame."""

from __future__ import annotations

import importlib
import inspect
import json
import sys
import typing
from collections.abc import Callable, Iterator
from datetime import date
from enum import Enum
from types import UnionType
from typing import Any

import pytest
from attrs import evolve

import hmis_standards as hs
from hmis_standards.assess import Assessment, Response, Subject
from hmis_standards.errors import HmisStandardsError
from hmis_standards.exchange import validate
from hmis_standards.measure import Lags, for_public
from hmis_standards.store import load_changes, load_eva_checks, load_parameters
from hmis_standards.tabular import Table, html_table
from tests.report.helpers import Page, found, full, hud, judged, measured
from tests.small import CON1, GOV1, GOV2, small_catalog

PACKAGES = ("assess", "measure", "toolkit", "exchange", "report", "store", "model")
_NEEDED = ("to_dict", "_repr_html_")

# Neither to_dict nor a form for notebooks, for a reason.
NO_FORM = {
    "Figure of another": "a picture of matplotlib; plots of ours have a form of their own",
    "Raw": "the text of a file before anything is made of it",
    "Known": "what the rules of profiles look things up in",
    "Fault": "a step between a rule and a Problem",
    "Tally": "sums to be added up; portfolio() makes the result of them",
    "Export": "an open export; facts() and found are its values",
    "ReportParts": "what a report is made of, given by the caller",
    "Limits": "given by the caller",
    "Traversable of another": "a folder of the standard library",
}
# One record, which is no table.
ONE = {
    "BudgetPlan", "BusinessCalendar", "Credit", "Figure", "ItemVerdict", "Kappa", "ProposalsFile", "Profile",
    "PublicParts", "Scenario", "ScoringModel", "StaffingPlan", "TotalCost", "Availability",
}  # fmt: skip
# Members of what is named after them: the whole is the table.
MEMBERS = {"Activity", "Completion", "Line", "Outage", "Ticket", "User"}
PLAIN = (str, int, float, bool, bytes, type(None), date)


def public_functions() -> Iterator[tuple[str, Callable[..., Any]]]:
    for package in PACKAGES:
        module = importlib.import_module(f"hmis_standards.{package}")
        for name in module.__all__:
            if inspect.isfunction(getattr(module, name)):
                yield f"{package}.{name}", getattr(module, name)


FUNCTIONS = dict(public_functions())


def _names() -> dict[str, Any]:
    """Every public class by its name, for what modules import for type checkers only."""
    found: dict[str, Any] = {}
    for package in PACKAGES:
        module = importlib.import_module(f"hmis_standards.{package}")
        found |= {name: getattr(module, name) for name in module.__all__}
    folders = importlib.import_module("importlib.resources.abc" if sys.version_info >= (3, 11) else "importlib.abc")
    return {**found, "Traversable": folders.Traversable}


def given_by(function: Callable[..., Any]) -> tuple[type, ...]:
    """The classes in what a function says it returns, in its order: each worker must find the same tests."""
    names = {**_names(), **vars(inspect.getmodule(function)), **vars(typing)}
    names |= vars(importlib.import_module("collections.abc")) | {"Fraction": typing.Any}
    for module in ("hmis_standards.assess.lines", "hmis_standards.store.parts"):
        names |= {name: value for name, value in vars(importlib.import_module(module)).items() if name not in names}
    told = function.__annotations__.get("return")
    return tuple(dict.fromkeys(_classes(eval(told, names) if isinstance(told, str) else told)))


def _classes(told: Any) -> Iterator[type]:
    origin = typing.get_origin(told)
    if origin is not None:
        if isinstance(origin, type) and origin not in {tuple, list, dict, UnionType}:
            yield origin
        for one in typing.get_args(told):
            yield from _classes(one)
    elif isinstance(told, type):
        yield told


def results() -> dict[str, type]:
    """Every class of ours, or of another library, that a public function gives."""
    listed = (one for function in FUNCTIONS.values() for one in given_by(function))
    ours = (one for one in listed if one not in PLAIN and not _of_the_language(one))
    return {
        one.__name__ if one.__module__.startswith("hmis") else one.__qualname__ + " of another": one for one in ours
    }


def _of_the_language(one: type) -> bool:
    return one.__module__ in {"builtins", "collections.abc", "typing", "fractions", "datetime"}


RESULTS = results()


def test_the_walk_finds_what_there_is() -> None:
    assert {"Score", "Gaps", "Measures", "Judgements", "Staffing", "Catalog", "SectionScores"} <= set(RESULTS)
    assert len(FUNCTIONS) > 100


@pytest.mark.parametrize("name", RESULTS)
def test_every_result_has_its_forms(name: str) -> None:
    one = RESULTS[name]
    if name in NO_FORM:
        assert [form for form in _NEEDED if not hasattr(one, form)], f"{name} has its forms: take it off the list"
        return
    assert [form for form in _NEEDED if not hasattr(one, form)] == [] or name in MEMBERS
    assert "__repr__" in {word for base in one.__mro__[:-1] for word in vars(base)}
    assert hasattr(one, "to_frame") != (name in ONE | MEMBERS), f"{name}: a table, or one record?"


def test_the_lists_of_exceptions_name_what_is_given() -> None:
    assert (set(NO_FORM) | ONE | MEMBERS) - set(RESULTS) - {"Limits"} == set()


@pytest.mark.parametrize("package", PACKAGES)
def test_every_public_class_that_is_a_value_has_its_forms(package: str) -> None:
    inner = {*NO_FORM, "Part", "Place", "Standing", "Summary"}  # the parts of a tally
    module = importlib.import_module(f"hmis_standards.{package}")
    values = [getattr(module, name) for name in module.__all__ if isinstance(getattr(module, name), type)]
    lacking = [
        one.__name__
        for one in values
        if not issubclass(one, (Enum, HmisStandardsError)) and any(not hasattr(one, form) for form in _NEEDED)
    ]
    assert set(lacking) - inner == set()


# --- what they show ----------------------------------------------------------------------------------------

HOSTILE = "<script>alert(1)</script>\u202e=cmd|'😀'&amp;" + "x" * 100_000


def hostile() -> Assessment:
    one = Assessment.start(
        small_catalog(), subject=Subject(name=HOSTILE[:200]), on="2026-03-01", documents=["lead-basics"]
    )
    return one.with_responses(
        [Response(item=GOV1, answer="met", note=HOSTILE), Response(item=GOV2, answer="not_met", note=HOSTILE)]
    )


SHOWN: dict[str, Callable[[], Any]] = {
    "assessment": hostile,
    "responses": lambda: hostile().responses[0],
    "score": lambda: hs.score(hostile()),
    "gaps": lambda: hs.gaps(hostile()),
    "comparison": lambda: hs.compare(hostile(), evolve(hostile(), date=date(2027, 3, 1))),
    "plan": lambda: hs.plan(hs.gaps(hostile()), start="2026-04-01", target="0.80"),
    "portfolio": lambda: hs.portfolio([hostile()], min_group=1, ranking=True),
    "catalog": small_catalog,
    "items": lambda: small_catalog().select(document="lead-basics"),
    "measures": measured,
    "judgements": judged,
    "findings": found,
    "hud": hud,
    "public": lambda: for_public(measures=measured(), hud=hud(), findings=found()),
    "lags": lambda: Lags.of([(0, 3), (7, 1)]),
    "changes": load_changes,
    "eva": load_eva_checks,
    "parameters": lambda: load_parameters("staffing"),
}


@pytest.mark.parametrize("name", SHOWN)
def test_what_is_shown_is_harmless_small_and_well_formed(name: str) -> None:
    one = SHOWN[name]()
    html = one._repr_html_()
    page = Page(html)
    assert "script" not in {tag for tag, _ in page.tags}
    assert len(html) < 400_000
    assert not [word for word in ("style=", "color", "bgcolor") if word in html.replace(HOSTILE[:200], "")]
    assert all(attrs.get("scope") == "col" for attrs in page.all("th"))
    assert len(repr(one)) < 400_000
    json.dumps(one.to_dict())


def test_a_long_table_says_how_much_is_left_out() -> None:
    html = html_table(({"n": number} for number in range(1000)), most=10)
    assert html.count("<tr>") == 11
    assert "<p>990 more rows</p>" in html


def test_an_assessment_shows_how_far_one_has_come() -> None:
    one = hostile()
    rows = [{**row, "document": ""} for row in one.progress()]
    numbers = {"answered": 2, "proposed": 0, "left": 1}
    assert rows[0] == {"document": "", "section": "Section GOV", "items": 3, **numbers}
    assert rows[1] == {"document": "", "section": "Section SEC", "items": 2, "answered": 0, "proposed": 0, "left": 2}
    proposed = one.with_responses([Response(item=GOV2, answer="met", proposed=True)]).progress()[0]
    assert (proposed["answered"], proposed["proposed"]) == (1, 1)
    assert "2 of 5 items answered" in one._repr_html_()
    assert sum(row["items"] for row in full().progress()) == len(full().items())


def test_a_catalog_shows_its_documents_with_counts() -> None:
    page = Page(small_catalog()._repr_html_())
    assert "Catalog, edition 2026.1: 8 items" in page.text()
    # lead-basics: two sections, five items, of which two are required.
    assert "lead-basics" in page.text()
    assert "2 5 2 1 1 1" in page.text()


def test_what_was_a_tuple_or_a_list_still_is_one(tmp_path: Any) -> None:
    gaps, items = hs.gaps(hostile()), small_catalog().select(document="vendor-basics")
    assert isinstance(gaps, tuple)
    assert gaps == tuple(gaps)
    assert isinstance(items, tuple)
    assert items[0].id == CON1
    assert isinstance(gaps[:1], Table)
    assert len(items.to_frame()) == 3
    file = tmp_path / "a.yaml"
    file.write_text("format: hmis-standards/assessment/1\n", encoding="utf-8")
    problems = validate(file)
    assert isinstance(problems, list)
    assert problems
    assert list(problems.to_frame()["path"]) == [str(file)] * len(problems)
    assert "<table>" in problems._repr_html_()
    hs.write_assessment(full(), tmp_path / "b.yaml")
    assert validate(tmp_path / "b.yaml") == []
    assert validate(tmp_path / "b.yaml")._repr_html_() == "<p>no problems</p>"
