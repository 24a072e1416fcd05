"""Planted faults for the checks of standards_data/checks/project_places.yaml."""

from __future__ import annotations

from tests.measure.planted import Case, Change, beds_row, funder_row, place_row
from tests.measure.small_exports import participation_row

BEGINS, ENDS = "HMISParticipationStatusStartDate", "HMISParticipationStatusEndDate"


def place(**cells: str) -> Change:
    return {"ProjectCoC": {0: cells}}


def entry(key: str, begins: str, ends: str) -> dict[str, str]:
    """A record of taking part in coordinated entry."""
    days = {"CEParticipationStatusStartDate": begins, "CEParticipationStatusEndDate": ends}
    return {"CEParticipationID": key, "ProjectID": "P", **days, "DateDeleted": ""}


def part(key: str, begins: str, ends: str) -> dict[str, str]:
    return participation_row(**{"HMISParticipationID": key, BEGINS: begins, ENDS: ends})


CASES = {
    "geography-incomplete": Case(fault=place(GeographyType=""), alike=place(GeographyType="99")),
    # A victim service provider need not give its street, and neither need a project without a site.
    "address-incomplete": Case(
        fault=place(Address1=""),
        alike={**place(Address1="", City="", ZIP="12345-6789"), "Project": {0: {"HousingType": "3"}}},
    ),
    "geocode-form": Case(fault=place(Geocode="111111"), alike=place(Geocode="111112")),
    "coc-twice": Case(
        fault={"ProjectCoC": [place_row(), place_row(ProjectCoCID="2")]},
        alike={"ProjectCoC": [place_row(), place_row(ProjectCoCID="2", CoCCode="XX-501")]},
        count=2,
    ),
    "coc-without-inventory": Case(
        fault={"ProjectCoC": [place_row(), place_row(ProjectCoCID="2", CoCCode="XX-501")]},
        alike={
            "ProjectCoC": [place_row(), place_row(ProjectCoCID="2", CoCCode="XX-501")],
            "Inventory": [beds_row(), beds_row(InventoryID="2", CoCCode="XX-501", InventoryEndDate="2024-10-01")],
        },
    ),
    "funder-type-differs": Case(
        fault={"Funder": [funder_row(Funder="2")]},
        # A grant that ran out before the period, beside one that says nothing about the type.
        alike={"Funder": [funder_row(), funder_row(FunderID="2", Funder="2", EndDate="2024-09-30")]},
    ),
    "ce-participation-overlaps": Case(
        fault={"CEParticipation": [entry("1", "2020-01-01", ""), entry("2", "2023-01-01", "")]},
        alike={"CEParticipation": [entry("1", "2020-01-01", "2022-12-31"), entry("2", "2023-01-01", "")]},
    ),
    "participation-overlaps": Case(
        fault={"HMISParticipation": [part("1", "2010-01-01", "2023-01-02"), part("2", "2023-01-01", "")]},
        alike={"HMISParticipation": [part("1", "2010-01-01", "2023-01-01"), part("2", "2023-01-01", "")]},
    ),
}
