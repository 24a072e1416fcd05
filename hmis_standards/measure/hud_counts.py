"""The counts behind HUD's data quality report: each a condition on the view ``people``, and a count of people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

__all__ = [
    "BY",
    "COUNTS",
    "GAPS",
    "LAGS",
    "PRIOR_LINES",
    "Q5A",
    "Q6A",
    "Q6B",
    "Q6C",
    "STATES",
    "condition_of",
    "prior_count",
    "summed",
]

Q5A = (
    ("Total number of persons served", "all", "TRUE"),
    ("Number of adults (age 18 or over)", "adults", "adult"),
    ("Number of children (under age 18)", "children", "child"),
    ("Number of persons with unknown age", "unknown_age", "age IS NULL"),
    ("Number of leavers", "leavers", "leaver"),
    ("Number of adult leavers", "adult_leavers", "leaver AND adult"),
    ("Number of adult and head of household leavers", "adult_head_leavers", "leaver AND adult_or_head"),
    ("Number of stayers", "stayers", "NOT leaver"),
    ("Number of adult stayers", "adult_stayers", "NOT leaver AND adult"),
    ("Number of veterans", "veterans", "veteran"),
    ("Number of chronically homeless persons", "chronic", "chronic"),
    ("Number of youth under age 25", "youth", "youth"),
    ("Number of parenting youth under age 25 with children", "parenting_youth", "youth AND with_child_of_head"),
    ("Number of adult heads of household", "adult_heads", "head AND adult"),
    ("Number of child and unknown-age heads of household", "other_heads", "head AND NOT adult"),
    (
        "Heads of households and adult stayers in the project 365 days or more",
        "stayed_a_year",
        "stayed_a_year",
    ),
)
"""Label, name and condition of each line of Q5a."""

# Elements: label and name; the state of each is the column of that name with `_state`.
Q6A = (
    ("Name", "name"),
    ("SSN", "ssn"),
    ("DOB", "dob"),
    ("Race and ethnicity", "race"),
    ("Ethnicity", "ethnicity"),
    ("Gender", "gender"),
)
Q6B = (
    ("Veteran status (3.07)", "veteran"),
    ("Project start date (3.10)", "start"),
    ("Relationship to head of household (3.15)", "relationship"),
    ("Enrollment CoC (3.16)", "coc"),
    ("Disabling condition (3.08)", "disabling"),
)
Q6C = (
    ("Destination (3.12)", "destination"),
    ("Income and sources (4.02) at start", "start_income"),
    ("Income and sources (4.02) at annual assessment", "annual_income"),
    ("Income and sources (4.02) at exit", "exit_income"),
)
STATES = {"declined": 1, "missing": 2, "issue": 3}

LAGS = (
    ("< 0 days", "below_0", "< 0"),
    ("0 days", "0", "= 0"),
    ("1-3 days", "1_3", "BETWEEN 1 AND 3"),
    ("4-6 days", "4_6", "BETWEEN 4 AND 6"),
    ("7-10 days", "7_10", "BETWEEN 7 AND 10"),
    ("11+ days", "11", "> 10"),
)

PRIOR_LINES = (
    ("ES, SH, street outreach", "shelter"),
    ("TH", "transitional"),
    ("PH (all)", "permanent"),
    ("CE", "coordinated"),
    ("SSO, day shelter, HP", "services"),
)
"""The lines of Q6d by project type, as the view ``stays`` names them; those of FY2022 are the first three."""

GAPS = ("institution_gap", "housing_gap", "date_gap", "times_gap", "months_gap")
"""Columns C to G of Q6d; H counts people with any of them."""


def _errors() -> dict[str, str]:
    states = {
        f"{element}_{state}": f"{element}_state = {code}"
        for _, element in (*Q6A, *Q6B, *Q6C)
        for state, code in STATES.items()
    }
    return {**states, "identity_error": " OR ".join(f"{element}_state > 0" for _, element in Q6A)}


def _lags() -> dict[str, str]:
    return {f"{event}_{name}": f"{event}_lag {test}" for event in ("start", "exit") for _, name, test in LAGS}


_TOTALS = {name: condition for _, name, condition in Q5A}
_PRIORS = {"prior": "TRUE", **{gap: gap for gap in GAPS}, "unable": " OR ".join(GAPS)}
# Silence is counted once: that of a night-by-night guest by nights, of others by contacts.
_SILENCE = {
    "contact_due": "contact_due",
    "contact_inactive": "contact_due AND no_contact",
    "night_due": "night_due",
    "night_inactive": "night_due AND no_night",
    "silence_due": "contact_due OR night_due",
    "silent": "CASE WHEN night_due THEN no_night ELSE contact_due AND no_contact END",
}

COUNTS = {**_TOTALS, **_errors(), **_lags(), **_PRIORS, **_SILENCE}
"""Each count by name, as a condition on the view ``people``; made for each group of people by ``BY``."""

BY = ("counted", "prior_line")
"""Columns of ``people`` by which the counts are made: for data quality or not, and the line of Q6d."""


def summed(groups: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """The counts of all groups together.

    ``name`` is of people counted for data quality, ``any_name`` (for the lines of Q5a) of everybody, and
    ``prior_line``, ``prior_line_gap`` and ``prior_line_unable`` are of one line of Q6d.
    """
    counted = [group for group in groups if group["counted"]]
    found = {name: sum(group[name] for group in counted) for name in COUNTS if name not in _PRIORS}
    found |= {f"any_{name}": sum(group[name] for group in groups) for name in _TOTALS}
    for _, line in PRIOR_LINES:
        here = [group for group in counted if group["prior_line"] == line]
        found |= {prior_count(line, name): sum(group[name] for group in here) for name in _PRIORS}
    return found


def prior_count(line: str, name: str = "prior") -> str:
    """The name of a count on a line of Q6d: all its people, or those with a gap, or unable to calculate."""
    return f"prior_{line}" if name == "prior" else f"prior_{line}_{name}"


def condition_of(name: str) -> str:
    """The condition on the view ``people`` behind a count of ``summed``, of people counted for data quality."""
    for _, line in PRIOR_LINES:
        for part, condition in _PRIORS.items():
            if name == prior_count(line, part):
                return f"counted AND prior_line = '{line}' AND ({condition})"
    return f"counted AND ({COUNTS[name]})"
