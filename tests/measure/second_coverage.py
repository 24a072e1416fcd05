"""Further measures of coverage a second time: other beds, other nights, people counted, organizations."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date

from tests.measure.second_calculation import Row, Tables, under_way

Share = tuple[int, int]
GROUPS = ((0, 1), (8,), (2,), (13,), (3,), (9, 10))
WITHOUT_BEDS = {"4", "6", "11", "12", "14"}


class Night:
    """What is open on a night, victim service providers left out."""

    def __init__(self, tables: Tables, night: date, cocs: Collection[str] | None) -> None:
        shelters = {row["OrganizationID"] for row in tables["Organization"] if row["VictimServiceProvider"] == "1"}
        self.tables, self.night, self.cocs = tables, night, cocs
        self.inside = {row["ProjectID"] for row in tables["ProjectCoC"] if cocs is None or row["CoCCode"] in cocs}
        self.projects = [
            row
            for row in tables["Project"]
            if row["OrganizationID"] not in shelters
            and under_way(row["OperatingStartDate"], row["OperatingEndDate"], night)
        ]
        self.in_hmis = {
            row["ProjectID"]
            for row in tables["HMISParticipation"]
            if row["HMISParticipationType"] == "1"
            and under_way(row["HMISParticipationStatusStartDate"], row["HMISParticipationStatusEndDate"], night)
        }

    def of(self, group: Collection[int], every: bool = False) -> list[Row]:
        return [
            row
            for row in self.projects
            if row["ProjectType"] in map(str, group)
            and (row["ProjectType"] != "13" or row.get("RRHSubType", "") in {"", "2"})
            and (every or row["ContinuumProject"] == "1")
        ]

    def beds(self, project: Row, kinds: Collection[str]) -> int:
        return sum(
            int(row["BedInventory"] or 0)
            for row in self.tables["Inventory"]
            if row["ProjectID"] == project["ProjectID"]
            and row["Availability"] in kinds
            and (self.cocs is None or row["CoCCode"] in self.cocs)
            and row["InventoryStartDate"]
            and row["InventoryStartDate"] <= self.night.isoformat() <= (row["InventoryEndDate"] or "9999")
        )

    def year_round(self, project: Row) -> int:
        return self.beds(project, {"", "1"})

    def placed(self, project: Row) -> bool:
        return self.cocs is None or project["ProjectID"] in self.inside

    def share(self, projects: Collection[Row], size: Callable[[Row], int]) -> Share:
        inside = sum(size(row) for row in projects if row["ProjectID"] in self.in_hmis)
        return inside, sum(size(row) for row in projects)


def coverage(
    tables: Tables, on: date, cocs: Collection[str] | None, four: Collection[date]
) -> dict[str, dict[tuple[int, ...], Share]]:
    """Shares by measure and project types; organizations are of all types together."""
    night = Night(tables, on, cocs)
    nights = [Night(tables, one, cocs) for one in four]
    found: dict[str, dict[tuple[int, ...], Share]] = {}

    def put(measure: str, group: tuple[int, ...], share: Share) -> None:
        found.setdefault(measure, {})[group] = share

    for group in GROUPS:
        mine = night.of(group)
        put("bed-coverage-seasonal", group, night.share(mine, lambda row: night.beds(row, {"2"})))
        put("bed-coverage-overflow", group, night.share(mine, lambda row: night.beds(row, {"3"})))
        every = night.share(night.of(group, every=True), night.year_round)
        put("bed-coverage-every-project", group, every)
        each = [one.share(one.of(group), one.year_round) for one in nights]
        put("bed-coverage-four-nights", group, (sum(a for a, _ in each), sum(b for _, b in each)))
        counted = [row for row in mine if night.placed(row)]
        put("point-in-time-coverage", group, night.share(counted, lambda row: int(row.get("PITCount") or 0)))
    kinds = [kind for group in GROUPS for kind in group] + [int(kind) for kind in WITHOUT_BEDS]
    listed = [row for row in night.of(kinds) if night.placed(row) and row["OrganizationID"]]
    taking = {row["OrganizationID"] for row in listed if row["ProjectID"] in night.in_hmis}
    put("organization-participation", (), (len(taking), len({row["OrganizationID"] for row in listed})))
    return found
