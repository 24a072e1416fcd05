"""Planted faults for the checks of standards_data/checks/project_setup.yaml."""

from __future__ import annotations

from tests.measure.planted import Case, Change, beds_row, funder_row
from tests.measure.small_exports import exit_row, participation_row, service_row

BEGINS, ENDS = "HMISParticipationStatusStartDate", "HMISParticipationStatusEndDate"


def project(**cells: str) -> Change:
    return {"Project": {0: cells}}


def gone(day: str) -> Change:
    """Both people left, the last one on that day."""
    left = {"Destination": "410", "DestinationSubsidyType": ""}
    return {"Exit": [exit_row("1", day, **left), exit_row("2", "2025-03-01", **left)]}


def came(day: str) -> Change:
    """Both people came on that day."""
    return {"Enrollment": {0: {"EntryDate": day}, 1: {"EntryDate": day}}}


def between(last: str, first: str) -> list[dict[str, str]]:
    """Beds up to a day, and beds again from another."""
    return [beds_row(InventoryEndDate=last), beds_row(InventoryID="2", InventoryStartDate=first)]


VSP: Change = {"Organization": {0: {"VictimServiceProvider": "1"}}}
COMPARABLE: Change = {"HMISParticipation": {0: {"HMISParticipationType": "2"}}}
NOBODY: Change = {"Enrollment": [], "Exit": []}
OUTSIDE: Change = {"HMISParticipation": {0: {"HMISParticipationType": "0"}}}

CASES = {
    "continuum-project-without-coc": Case(
        fault={"ProjectCoC": {0: {"ProjectID": "Q"}}}, alike={"ProjectCoC": {0: {"CoCCode": ""}}}
    ),
    "housing-type-missing": Case(fault=project(HousingType=""), alike=project(HousingType="3")),
    "rrh-subtype-missing": Case(
        fault=project(ProjectType="13", RRHSubType=""), alike=project(ProjectType="13", RRHSubType="1")
    ),
    "no-inventory": Case(
        fault={"Inventory": {0: {"ProjectID": "Q"}}}, alike={"Inventory": {0: {"InventoryEndDate": "2011-01-01"}}}
    ),
    # Somebody was there in the first time of taking part; in the second, which begins after the exit, nobody was.
    "beds-without-clients": Case(
        fault={
            "HMISParticipation": [
                participation_row(**{ENDS: "2025-04-01"}),
                participation_row(**{BEGINS: "2025-04-02"}),
            ],
            **gone("2025-03-01"),
        },
        alike=gone("2024-10-02"),
    ),
    # Both came on November 1 and left by March 1: between the beds of the year before and those of the spring.
    "no-clients-within-inventory": Case(
        fault={**gone("2025-03-01"), **came("2024-11-01"), "Inventory": between("2024-10-31", "2025-03-02")},
        alike={**gone("2025-03-01"), **came("2024-11-01"), "Inventory": between("2024-11-01", "2025-03-02")},
    ),
    "people-without-beds": Case(
        fault={"Inventory": [beds_row(InventoryEndDate="2024-09-30")]},
        alike={"Inventory": [beds_row(InventoryEndDate="2024-10-01")]},
    ),
    "no-bed-nights-in-shelter": Case(
        fault=project(ProjectType="1"),
        alike={**project(ProjectType="1"), "Services": [service_row("1", "2024-10-01")]},
    ),
    "operating-end-missing": Case(fault=gone("2025-09-04"), alike=gone("2025-09-05")),
    "operating-dates-reversed": Case(
        fault=project(OperatingEndDate="2009-12-31"), alike=project(OperatingEndDate="2010-01-01")
    ),
    "operating-start-in-future": Case(
        fault=project(OperatingStartDate="2025-10-06"), alike=project(OperatingStartDate="2025-10-05")
    ),
    "vsp-takes-part": Case(fault=VSP, alike={**VSP, **COMPARABLE}),
    "clients-in-vsp-project": Case(fault=VSP, alike={**VSP, **NOBODY}),
    "dv-project-in-hmis": Case(fault=project(TargetPopulation="1"), alike={**project(TargetPopulation="1"), **NOBODY}),
    "funder-missing": Case(
        fault={"Funder": [funder_row(EndDate="2024-09-30")]}, alike={"Funder": [funder_row(EndDate="2024-10-01")]}
    ),
    "funders-disagree": Case(
        fault={"Funder": [funder_row(), funder_row(FunderID="2", Funder="2")]},
        alike={"Funder": [funder_row(), funder_row(FunderID="2", Funder="24")]},
    ),
    "participation-incomplete": Case(
        fault={
            "HMISParticipation": [
                participation_row(**{ENDS: "2025-01-01"}),
                participation_row(**{BEGINS: "2025-01-03"}),
            ]
        },
        alike={
            "HMISParticipation": [
                participation_row(**{ENDS: "2025-01-01"}),
                participation_row(**{BEGINS: "2025-01-02"}),
            ]
        },
    ),
    "affiliation-missing": Case(
        fault=project(ResidentialAffiliation="1"),
        alike={
            **project(ResidentialAffiliation="1"),
            "Affiliation": [{"AffiliationID": "1", "ProjectID": "P", "ResProjectID": "P", "DateDeleted": ""}],
        },
    ),
    "va-without-veteran-beds": Case(
        fault={"Funder": [funder_row(Funder="41")]},
        alike={
            "Funder": [funder_row(Funder="41")],
            "Inventory": {0: {"VetBedInventory": "10", "OtherBedInventory": "0"}},
        },
    ),
    "pit-count-missing": Case(fault=OUTSIDE, alike={**OUTSIDE, **project(PITCount="0")}),
}
