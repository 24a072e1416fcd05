"""Planted faults for the checks of standards_data/checks/project_inventory.yaml."""

from __future__ import annotations

from tests.measure.planted import Case, Change


def beds(**cells: str) -> Change:
    return {"Inventory": {0: cells}}


def project(kind: str, **cells: str) -> Change:
    return {"Project": {0: {"ProjectType": kind, **cells}}}


CHRONIC = {"CHBedInventory": "4", "OtherBedInventory": "6"}
VETERAN = {"VetBedInventory": "5", "OtherBedInventory": "5"}

CASES = {
    "dedicated-beds-differ": Case(fault=beds(OtherBedInventory="9"), alike=beds(**VETERAN)),
    "more-units-than-beds": Case(fault=beds(UnitInventory="11"), alike=beds(UnitInventory="10")),
    "inventory-outlives-project": Case(
        fault={"Project": {0: {"OperatingEndDate": "2025-09-01"}}},
        alike={"Project": {0: {"OperatingEndDate": "2025-09-01"}}, **beds(InventoryEndDate="2025-09-01")},
    ),
    "inventory-before-project": Case(
        fault=beds(InventoryStartDate="2009-12-31"), alike=beds(InventoryStartDate="2010-01-01")
    ),
    "inventory-dates-reversed": Case(
        fault=beds(InventoryStartDate="2025-01-02", InventoryEndDate="2025-01-01"),
        alike=beds(InventoryStartDate="2025-01-01", InventoryEndDate="2025-01-01"),
    ),
    "seasonal-too-long": Case(
        fault=beds(Availability="2", InventoryStartDate="2024-10-01", InventoryEndDate="2025-10-02"),
        alike=beds(Availability="2", InventoryStartDate="2024-10-01", InventoryEndDate="2025-10-01"),
    ),
    "services-only-with-beds": Case(fault=project("13", RRHSubType="1"), alike=project("13", RRHSubType="2")),
    "shelter-bed-type-differs": Case(
        fault={**project("0"), **beds(ESBedType="2", Availability="1")},
        alike={**project("0"), **beds(ESBedType="3", Availability="1")},
    ),
    "shelter-bed-type-missing": Case(
        fault={**project("0"), **beds(ESBedType="1", Availability="")},
        alike={**project("0"), **beds(ESBedType="1", Availability="1")},
    ),
    "season-outside-shelter": Case(fault=beds(Availability="3"), alike=beds(Availability="1")),
    "inventory-coc-unknown": Case(
        fault=beds(CoCCode="XX-501"), alike={**beds(CoCCode="XX-501"), "ProjectCoC": {0: {"CoCCode": "XX-501"}}}
    ),
    "chronic-beds-outside-psh": Case(fault=beds(**CHRONIC), alike=beds(**VETERAN)),
    "safe-haven-for-families": Case(
        fault={**project("8"), **beds(HouseholdType="3")}, alike={**project("8"), **beds(HouseholdType="4")}
    ),
    "veteran-beds-for-children": Case(fault=beds(HouseholdType="4", **VETERAN), alike=beds(HouseholdType="4")),
    "dedicated-beds-like-units": Case(
        fault=beds(HouseholdType="3", **VETERAN),
        alike=beds(HouseholdType="3", VetBedInventory="6", OtherBedInventory="4"),
    ),
}
