"""Planted faults for the checks of standards_data/checks/client_veterans.yaml: the first client is a veteran."""

from __future__ import annotations

from typing import Any

from tests.measure.planted import Case, funded

WARS = ("WorldWarII", "KoreanWar", "VietnamWar", "DesertStorm", "AfghanistanOEF", "IraqOIF", "IraqOND", "OtherTheater")
SERVED = {
    "VeteranStatus": "1", "YearEnteredService": "2000", "YearSeparated": "2004", **dict.fromkeys(WARS, "0"),
    "MilitaryBranch": "1", "DischargeStatus": "1",
}  # fmt: skip


def veteran(funder: str = "33", **cells: str) -> dict[str, Any]:
    """A veteran in a project of the VA, of whom all is known but for the cells."""
    return funded(funder, "13", Client={0: {**SERVED, **cells}})


def cell(name: str, fault: str, alike: str) -> Case:
    return Case(fault=veteran(**{name: fault}), alike=veteran(**{name: alike}))


CASES = {
    "service-start-blank": cell("YearEnteredService", "", "2000"),
    "service-start-in-future": cell("YearEnteredService", "2026", "2025"),
    "service-end-blank": cell("YearSeparated", "", "2004"),
    "service-end-in-future": cell("YearSeparated", "2026", "2025"),
    "theater-blank": cell("OtherTheater", "", "99"),
    "theater-unknown": cell("KoreanWar", "99", ""),
    "branch-blank": cell("MilitaryBranch", "", "99"),
    "branch-unknown": cell("MilitaryBranch", "99", ""),
    "discharge-blank": cell("DischargeStatus", "", "8"),
    "discharge-unknown": cell("DischargeStatus", "8", ""),
    "va-service-history-missing": Case(
        fault=veteran("20", IraqOND="99"), alike=veteran("20", IraqOND="8", WorldWarII="")
    ),
    "separated-before-entered": cell("YearSeparated", "1999", "2000"),
    # Born in 1980.
    "entered-service-young": cell("YearEnteredService", "1995", "1996"),
}
