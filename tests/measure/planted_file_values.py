"""Planted faults for the checks of standards_data/checks/file_values.yaml. Both rows of a column count once."""

from __future__ import annotations

from tests.measure.planted import Case, Change


def client(**cells: str) -> Change:
    return {"Client": {0: cells, 1: cells}}


def stay(**cells: str) -> Change:
    return {"Enrollment": {0: cells, 1: cells}}


def export(**cells: str) -> Change:
    return {"Export": {0: cells}}


CASES = {
    "unreadable-date-that-matters": Case(fault=stay(EntryDate="01-10-24"), alike=client(DateUpdated="yesterday")),
    "unreadable-date": Case(fault=client(DateUpdated="yesterday"), alike=stay(EntryDate="01-10-24")),
    "date-in-another-form": Case(fault=stay(DateCreated="2024-10-02"), alike=stay(DateCreated="on Monday")),
    "wrong-type-that-matters": Case(fault=stay(LivingSituation="street"), alike=client(LastName="116")),
    "wrong-type": Case(fault=export(ExportPeriodType="monthly"), alike=stay(LivingSituation="street")),
    "blank-that-matters": Case(fault=stay(EntryDate=""), alike=export(SoftwareName="")),
    "blank-not-allowed": Case(fault=export(SoftwareName=""), alike=export(SoftwareVersion="")),
    "forbidden-characters": Case(fault=client(LastName="[Li]"), alike=client(LastName="(Li)")),
    # Fifty characters fit, of however many bytes.
    "text-too-long": Case(fault=client(LastName="i" * 51), alike=client(LastName="í" * 50)),
}
