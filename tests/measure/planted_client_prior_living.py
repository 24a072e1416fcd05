"""Planted faults for the checks of standards_data/checks/client_prior_living.yaml."""

from __future__ import annotations

from tests.measure.planted import Case, Change

SHELTER = {"Project": {0: {"ProjectType": "8"}}}
LONG = {"DateToStreetESSH": "2021-10-01"}


def first(**cells: str) -> Change:
    """The first enrollment's answers."""
    return {"Enrollment": {0: cells}}


def child(**cells: str) -> Change:
    """The same answers of a child, who is not asked."""
    return {
        "Client": {1: {"DOB": "2006-10-02"}},
        "Enrollment": {1: {"HouseholdID": "H1", "RelationshipToHoH": "2", **cells}},
    }


def alike(**cells: str) -> Case:
    """A fault of an adult, which in a child is none."""
    return Case(fault=first(**cells), alike=child(**cells))


CASES = {
    "prior-situation-blank": alike(LivingSituation=""),
    "prior-situation-unknown": alike(LivingSituation="8"),
    "prior-subsidy-missing": Case(
        fault=first(LivingSituation="435", RentalSubsidyType="410"),
        alike=first(LivingSituation="435", RentalSubsidyType="428"),
    ),
    "length-of-stay-blank": alike(LengthOfStay=""),
    "length-of-stay-unknown": Case(
        fault=first(LengthOfStay="99", EntryDate="2016-10-01"), alike=first(LengthOfStay="99", EntryDate="2016-09-30")
    ),
    "night-before-blank": Case(
        fault=first(LOSUnderThreshold="1"), alike=first(LOSUnderThreshold="1", PreviousStreetESSH="0")
    ),
    "homelessness-start-blank": Case(
        fault=first(LOSUnderThreshold="1", PreviousStreetESSH="1", DateToStreetESSH=""),
        alike=first(LOSUnderThreshold="1", PreviousStreetESSH="1"),
    ),
    "situation-chain-incomplete": Case(
        fault=first(LivingSituation="215", LengthOfStay="2", LOSUnderThreshold="1"),
        alike=first(LivingSituation="215", LengthOfStay="2", LOSUnderThreshold="1", PreviousStreetESSH="0"),
    ),
    "times-or-months-blank": Case(
        fault={**SHELTER, **first(TimesHomelessPastThreeYears="")},
        alike={**SHELTER, **first(TimesHomelessPastThreeYears="8")},
    ),
    "times-or-months-unknown": Case(
        fault=first(MonthsHomelessPastThreeYears="99"), alike=first(MonthsHomelessPastThreeYears="")
    ),
    "homelessness-start-after-entry": Case(
        fault=first(DateToStreetESSH="2024-10-02"), alike=first(DateToStreetESSH="2024-10-01")
    ),
    "months-can-be-worked-out": Case(
        fault=first(MonthsHomelessPastThreeYears="99"),
        alike=first(MonthsHomelessPastThreeYears="99", DateToStreetESSH=""),
    ),
    # September and October are two calendar months; more than twelve are one answer.
    "months-contradict-start": Case(
        fault=first(MonthsHomelessPastThreeYears="101"),
        alike=first(MonthsHomelessPastThreeYears="113", DateToStreetESSH="2023-09-30"),
    ),
    "three-years-not-one-episode": Case(
        fault=first(**LONG, MonthsHomelessPastThreeYears="111"),
        alike=first(**LONG, MonthsHomelessPastThreeYears="112"),
    ),
}  # fmt: skip
