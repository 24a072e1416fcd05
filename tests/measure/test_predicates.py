"""The gate for the SQL of checks: what passes, and what is refused with which words."""

from __future__ import annotations

from typing import Any

import pytest
import sqlglot
from hypothesis import given
from hypothesis import strategies as st
from sqlglot import exp

from hmis_standards.errors import PredicateError
from hmis_standards.measure.conditions import FINDING_COLUMNS
from hmis_standards.measure.predicates import condition_of, faults_of
from hmis_standards.measure.session import view_columns, view_file, view_names
from hmis_standards.model import Check, Guidance, Reads, TableColumns
from hmis_standards.store import load_checks
from hmis_standards.vocabulary import CheckKind, Confidence, CountedUnit, Dimension, Severity

SETTINGS = {"long_stay_days": 90}


def made(where: str | None = "head", **values: Any) -> Check:
    """A check of enrollments."""
    facts: dict[str, Any] = {
        "id": "made-up",
        "title": "Made up",
        "rule": "Made up.",
        "guidance": Guidance(agency="Made up.", vendor="Made up."),
        "dimension": Dimension.ACCURACY,
        "severity": Severity.ERROR,
        "kind": CheckKind.CLIENT,
        "unit": CountedUnit.ENROLLMENT,
        "view": "enrollments",
        "where": where,
        "reads": Reads(tables=(TableColumns(table="Enrollment", columns=("EntryDate",)),)),
        "citations": (),
        "confidence": Confidence.C,
    }
    return Check(**{**facts, **values})


@pytest.mark.parametrize(
    ("text", "sql"),
    [
        ("head", '"head"'),
        ("ExitDate < EntryDate", '"ExitDate" < "EntryDate"'),
        ("DOBDataQuality IN (8, 9, 99) -- a remark", '"DOBDataQuality" IN (8, 9, 99)'),
        (
            "date_diff('day', EntryDate, ExportDate) > :long_stay_days",
            "DATE_DIFF('DAY', \"EntryDate\", \"ExportDate\") > 90",
        ),
        ("EntryDate < DATE '2017-10-01'", "\"EntryDate\" < CAST('2017-10-01' AS DATE)"),
        ("NOT coalesce(RaceNone, 99) BETWEEN 0 AND 1", 'NOT COALESCE("RaceNone", 99) BETWEEN 0 AND 1'),
        ("CASE WHEN head THEN members ELSE 0 END = -1", 'CASE WHEN "head" THEN "members" ELSE 0 END = -1'),
        ("DOB IS NULL OR length(EnrollmentCoC) <> 6", '"DOB" IS NULL OR LENGTH("EnrollmentCoC") <> 6'),
        ("TRUE", "TRUE"),
    ],
)  # fmt: skip
def test_what_passes_is_written_out_again(text: str, sql: str) -> None:
    assert condition_of(made(text), "where", SETTINGS) == sql


def test_settings_are_filled_in() -> None:
    assert condition_of(made("members > :long_stay_days"), "where", SETTINGS) == '"members" > 90'


def test_a_check_without_a_condition_has_none() -> None:
    assert condition_of(made(), "among", SETTINGS) is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("entrydate IS NULL", "the view has no column 'entrydate'; did you mean EntryDate?"),
        ("ExitDat IS NULL", "did you mean ExitDate?"),
        ("FirstName = 'x'", "the view has no column 'FirstName'"),
        ("e.ExitDate IS NULL", "columns are named without a table"),
        ("members > :long_stay", "there is no setting 'long_stay'; did you mean long_stay_days?"),
        ("members > ?", "a setting has a name"),
        ("members > (SELECT 1)", "SUBQUERY is not allowed"),
        ("members IN (SELECT 1)", "is not allowed"),
        ("EXISTS (SELECT 1)", "should be true or false"),
        ("head AND EXISTS (SELECT 1)", "what AND joins should be true or false"),
        ("count(*) > 1", "the function count is not allowed"),
        ("row_number() OVER () = 1", "WINDOW is not allowed"),
        ("read_csv('x') = 1", "read_csv"),
        ("getenv('x') = 'y'", "the function getenv is not allowed"),
        ("random() > 1", "is not allowed in a condition; functions are coalesce"),
        ("CAST(EntryDate AS INTEGER) = 1", "a cast is not allowed"),
        ("EntryDate = DATE 'x'", "'x' is not a day"),
        ("EntryDate = DATE '2016-02-30'", "is not a day"),
        ("date_diff('year', EntryDate, ExitDate) > 1", "counts days only"),
        ("members / 2 = 1", "DIV is not allowed"),
        ("members = 1.5", "1.5 is not a whole number"),
        ("members + 1", "should be true or false"),
        ("NOT members + 1", "what NOT joins should be true or false"),
        ("head IS EntryDate", "after IS stands NULL, TRUE or FALSE"),
        ("head; DROP TABLE Client", "should be one condition"),
        ("", "should be one condition"),
        ("head AND", "is not a condition in SQL (line 1, column 8 of it)"),
        ("head AS x", "should be true or false"),
        ("EnrollmentCoC LIKE 'X%'", "should be true or false"),
        ("members = ANY([1])", "is not allowed"),
        ("NOT " * 70 + "head", "nested too deeply"),
        ("(" * 500 + "head" + ")" * 500, "is not a condition in SQL"),
        ("head " + "OR head " * 1000, "longer than 4000 characters"),
        ("SELECT 1", "should be true or false"),
    ],
)
def test_what_does_not_pass(text: str, told: str) -> None:
    (fault,) = faults_of(made(text), SETTINGS)
    assert told in fault.reason
    assert (fault.check, fault.key) == ("made-up", "where")
    with pytest.raises(PredicateError, match="check made-up, where: "):
        condition_of(made(text), "where", SETTINGS)


@pytest.mark.parametrize("view", ["enrolments", "people", "../columns"])
def test_a_view_that_is_none_for_checks(view: str) -> None:
    (fault,) = faults_of(made(view=view), SETTINGS)
    assert fault.key == "view"
    assert "there is no view" in fault.reason


def test_both_conditions_are_judged() -> None:
    assert [one.key for one in faults_of(made("x", among="y"), SETTINGS)] == ["where", "among"]


def test_a_fact_that_there_is_not() -> None:
    (fault,) = faults_of(made(None, view=None, fact="no_enrolments", kind=CheckKind.FILE), SETTINGS)
    assert (fault.key, "did you mean no_enrollments?" in fault.reason) == ("fact", True)


@given(st.text(st.sampled_from("headENTRY=<>()',;1 -*/"), max_size=30))
def test_anything_passes_or_is_refused_in_one_sentence(text: str) -> None:
    for fault in faults_of(made(text), SETTINGS):
        assert "\n" not in str(fault)
        assert "\x1b" not in str(fault)


def test_shipped_checks_pass() -> None:
    checks = load_checks()
    settings = {one.id for one in checks.settings}
    assert [str(fault) for one in checks for fault in faults_of(one, settings)] == []


def test_views_for_checks_find_their_rows_again() -> None:
    for view in {one.view for one in load_checks() if one.view}:
        assert view_columns(view)[:5] == FINDING_COLUMNS


def test_the_columns_of_a_view_are_those_a_parser_finds() -> None:
    for view in view_names():
        assert view_columns(view) == tuple(
            sqlglot.parse_one(view_file(view), read="duckdb", into=exp.Select).named_selects
        ), view
