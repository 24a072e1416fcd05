"""Planted faults for the checks of standards_data/checks/client_health.yaml."""

from __future__ import annotations

from typing import Any

from tests.measure.planted import Case, Change, funded, record

HEALTH, NEEDS = "HealthAndDV", "Disabilities"
ASKED = ("5", "6", "7", "9", "10")


def need(kind: str, answer: str = "0", stay: str = "1", **cells: str) -> dict[str, str]:
    row = record(NEEDS, stay, DisabilityType=kind, DisabilityResponse=answer)
    return row | {"DisabilitiesID": f"R{stay}-{kind}", **cells}


def needs(*kinds: str, answer: str = "0") -> Change:
    """The second person answered all, the first these."""
    return funded("2", Disabilities=[need(kind, answer) for kind in kinds] + [need(k, "0", "2") for k in ASKED])


def disabled(**cells: str) -> dict[str, Any]:
    """The first person has a disabling condition and a physical disability."""
    return funded("2", Enrollment={0: {"DisablingCondition": "1"}}, Disabilities=[need("5", "1", **cells)])


def health(**cells: str) -> Change:
    return {HEALTH: [record(HEALTH, **cells)]}


CASES = {
    "disabling-condition-without-record": Case(
        fault=disabled(IndefiniteAndImpairs="0"), alike=disabled(IndefiniteAndImpairs="1")
    ),
    # HIV does not stand in for another.
    "disability-answers-missing": Case(fault=needs("5", "6", "7", "8", "9"), alike=needs(*ASKED, answer="8")),
    "indefinite-and-impairs-blank": Case(fault=disabled(), alike=disabled(IndefiniteAndImpairs="8")),
    "domestic-violence-missing": Case(
        fault=funded("2", HealthAndDV=[record(HEALTH, DomesticViolenceSurvivor="0"), record(HEALTH, "2")]),
        alike=funded(
            "2",
            HealthAndDV=[
                record(HEALTH, DomesticViolenceSurvivor="0"),
                record(HEALTH, "2", DomesticViolenceSurvivor="9"),
            ],
        ),
    ),
    "violence-detail-missing": Case(
        fault=health(DomesticViolenceSurvivor="1", WhenOccurred="1"),
        alike=health(DomesticViolenceSurvivor="1", WhenOccurred="1", CurrentlyFleeing="9"),
    ),
    "violence-detail-contradiction": Case(
        fault=health(DomesticViolenceSurvivor="0", CurrentlyFleeing="0"), alike=health(DomesticViolenceSurvivor="0")
    ),
}
