"""The checks on projects, their places and their beds, counted a second time, in plain Python on rows of CSV text.

Shares no code with the library. A function gets one thing (a project, a record of beds, ...) and says True for a fault,
False for none, and None where it is not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from tests.measure.second_calculation import Row, Tables, day

BED_TYPES = {"0", "1", "2", "3", "8", "9", "10"}
FOREVER = date.max
_FUNDED: tuple[tuple[str, set[str]], ...] = (
    ("8", {"0", "1", "2"}),
    ("13 17 22 27", {"0", "1"}),
    ("3 10", {"13"}),
    ("6 30 38", {"8"}),
    ("5 19 23 24 37 39 40 41", {"2"}),
    ("2 15 20", {"3"}),
    ("33 47", {"0", "1", "13"}),
    ("42", {"9"}),
    ("44", {"2", "13"}),
    ("53", {"0", "1", "2", "13"}),
    ("54", {"2", "3", "13"}),
    ("55", {"0", "1", "2", "3", "13"}),
)
FUNDED = {grant: kinds for grants, kinds in _FUNDED for grant in grants.split()}
ONE_TYPE = [{"8", "13", "17", "22", "27"}, {"3", "10"}, {"6", "30", "38"}, {"2", "15", "20"}, {"42"}, {"44"},
            {"5", "19", "23", "24", "37", "39", "40", "41"}]  # fmt: skip
VETERAN_GRANTS = {"20", "27", "30", "33", "37", "38", "39", "40", "41", "42", "45"}
GROUPS = ("CHVet", "YouthVet", "Vet", "CHYouth", "Youth", "CH", "Other")
Answer = bool | None


def number(text: str) -> int:
    return int(text or 0)


class World:
    """An export, by project."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        export = tables["Export"][-1]
        self.made = day(export["ExportDate"])
        self.first = day(export["ExportStartDate"]) or date.min
        self.last = day(export["ExportEndDate"]) or FOREVER
        exits = {row["EnrollmentID"]: day(row["ExitDate"]) for row in tables["Exit"]}
        enrolled = {row["EnrollmentID"]: row for row in tables["Enrollment"]}
        nights = {
            row["EnrollmentID"] for row in tables["Services"] if row["RecordType"] == "200" and row["DateProvided"]
        }
        projects = {row["ProjectID"]: row for row in tables["Project"]}
        self.organizations = {row["OrganizationID"]: row for row in tables["Organization"]}
        self.projects = {key: Project(row, self) for key, row in projects.items()}
        for key, row in enrolled.items():
            if row["ProjectID"] in self.projects:
                stay = (day(row["EntryDate"]), exits.get(key), key in nights)
                self.projects[row["ProjectID"]].stays.append(stay)

    def of(self, row: Row) -> Project | None:
        return self.projects.get(row["ProjectID"])

    def rows(self, table: str, project: str) -> list[Row]:
        return [row for row in self.tables[table] if row["ProjectID"] == project]

    def meets(self, begins: date | None, ends: date | None) -> bool:
        """Whether a span overlaps the period of the export, ends included."""
        return begins is not None and begins <= self.last and (ends or FOREVER) >= self.first


class Project:
    def __init__(self, row: Row, world: World) -> None:
        self.row, self.world, self.key = row, world, row["ProjectID"]
        self.kind = row["ProjectType"]
        self.opened, self.closed = day(row["OperatingStartDate"]), day(row["OperatingEndDate"])
        self.stays: list[tuple[date | None, date | None, bool]] = []
        owner = world.organizations.get(row["OrganizationID"], {})
        self.vsp = owner.get("VictimServiceProvider") == "1"
        self.has_beds = self.kind in BED_TYPES or (self.kind == "13" and row["RRHSubType"] in {"", "2"})
        self.operating = world.meets(self.opened, self.closed)

    def records(self, table: str) -> list[Row]:
        return self.world.rows(table, self.key)

    def beds(self, own: bool = False) -> list[Row]:
        """Inventory of the period; ``own``: without overflow."""
        return [
            row
            for row in self.records("Inventory")
            if self.world.meets(day(row["InventoryStartDate"]), day(row["InventoryEndDate"]))
            and not (own and row["Availability"] == "3")
        ]

    def spans(self, kinds: str = "012") -> list[tuple[date | None, date]]:
        found = [
            (day(row["HMISParticipationStatusStartDate"]), day(row["HMISParticipationStatusEndDate"]) or FOREVER)
            for row in self.records("HMISParticipation")
            if row["HMISParticipationType"] in tuple(kinds)
        ]
        return [span for span in found if span[0] is not None]

    @property
    def in_hmis(self) -> bool:
        return any(row["HMISParticipationType"] == "1" for row in self.records("HMISParticipation"))

    @property
    def spans_now(self) -> list[tuple[date | None, date]]:
        return [span for span in self.spans("1") if self.world.meets(*span)]

    def grants(self) -> list[str]:
        return [
            row["Funder"]
            for row in self.records("Funder")
            if self.world.meets(day(row["StartDate"]), day(row["EndDate"]))
        ]

    def anybody_between(self, begins: date | None, ends: date | None) -> bool:
        return any(
            entry is not None and begins is not None and entry <= (ends or FOREVER) and (left or FOREVER) >= begins
            for entry, left, _ in self.stays
        )

    def expected(self) -> int:
        grants = set(self.grants())
        return sum(bool(grants & kind) for kind in ONE_TYPE)


def total(rows: Iterable[Row], column: str = "BedInventory") -> int:
    return sum(number(row[column]) for row in rows)


def veterans(row: Row) -> int:
    return sum(number(row[f"{group}BedInventory"]) for group in ("CHVet", "YouthVet", "Vet"))


def chronic(row: Row) -> int:
    return sum(number(row[f"{group}BedInventory"]) for group in ("CHVet", "CHYouth", "CH"))


def among(condition: object, fault: Callable[[], object]) -> Answer:
    return bool(fault()) if condition else None


# --- a project ---------------------------------------------------------------------------------------------


def _within_beds(p: Project) -> bool:
    held = [row for row in p.beds(own=True) if number(row["BedInventory"]) > 0]
    return any(p.anybody_between(day(row["InventoryStartDate"]), day(row["InventoryEndDate"])) for row in held)


def _uncovered(p: Project) -> bool:
    """Day by day, which is slow and plain."""
    assert p.opened is not None
    one, last = max(p.opened, p.world.first), min(p.closed or FOREVER, p.world.last)
    while one <= last:
        if not any(begins is not None and begins <= one <= ends for begins, ends in p.spans()):
            return True
        one += timedelta(days=1)
    return False


def _silent(p: Project) -> bool:
    left = [gone for _, gone, _ in p.stays if gone is not None]
    return len(left) == len(p.stays) and p.world.made is not None and (p.world.made - max(left)).days > 30


PROJECT: dict[str, Callable[[Project], Answer]] = {
    "continuum-project-without-coc": lambda p: among(
        p.row["ContinuumProject"] == "1", lambda: not p.records("ProjectCoC")
    ),
    "housing-type-missing": lambda p: among(
        p.has_beds and (p.kind != "13" or p.row["RRHSubType"] == "2"), lambda: not p.row["HousingType"]
    ),
    "rrh-subtype-missing": lambda p: among(p.kind == "13", lambda: not p.row["RRHSubType"]),
    "no-inventory": lambda p: among(p.has_beds, lambda: not p.records("Inventory")),
    "beds-without-clients": lambda p: among(
        p.spans_now and total(p.beds(own=True)) > 0,
        lambda: any(not p.anybody_between(*span) for span in p.spans_now),
    ),
    "no-clients-within-inventory": lambda p: among(
        p.stays and total(p.beds(own=True)) > 0, lambda: not _within_beds(p)
    ),
    "people-without-beds": lambda p: among(
        p.has_beds and p.anybody_between(p.world.first, p.world.last), lambda: total(p.beds()) == 0
    ),
    "no-bed-nights-in-shelter": lambda p: among(
        p.kind == "1" and p.in_hmis and p.stays, lambda: not any(night for *_, night in p.stays)
    ),
    "operating-end-missing": lambda p: among(p.stays and p.closed is None, lambda: _silent(p)),
    "operating-dates-reversed": lambda p: among(
        p.closed, lambda: p.opened is not None and p.closed is not None and p.closed < p.opened
    ),
    "operating-start-in-future": lambda p: bool(p.opened and p.world.made and p.opened > p.world.made),
    "vsp-takes-part": lambda p: among(p.vsp, lambda: p.in_hmis),
    "clients-in-vsp-project": lambda p: among(p.vsp, lambda: p.stays),
    "dv-project-in-hmis": lambda p: among(p.row["TargetPopulation"] == "1" and p.in_hmis, lambda: p.stays),
    "funder-missing": lambda p: among(
        p.has_beds and p.operating and p.row["ContinuumProject"] == "1", lambda: not p.grants()
    ),
    "funders-disagree": lambda p: among(p.expected() > 0, lambda: p.expected() > 1),
    "participation-incomplete": lambda p: among(p.operating, lambda: _uncovered(p)),
    "affiliation-missing": lambda p: among(
        p.row["ResidentialAffiliation"] == "1", lambda: not p.records("Affiliation")
    ),
    "va-without-veteran-beds": lambda p: among(
        p.has_beds and set(p.grants()) & VETERAN_GRANTS and total(p.beds()) > 0,
        lambda: not any(veterans(row) > 0 for row in p.beds()),
    ),
    "pit-count-missing": lambda p: among(p.has_beds and p.operating and not p.spans_now, lambda: not p.row["PITCount"]),
}


# --- a record of beds --------------------------------------------------------------------------------------


class Beds:
    def __init__(self, row: Row, world: World) -> None:
        self.row, self.project = row, world.of(row)
        self.kind = self.project.kind if self.project else ""
        self.begins, self.ends = day(row["InventoryStartDate"]), day(row["InventoryEndDate"])
        self.active = world.meets(self.begins, self.ends)
        self.shelter = self.kind in {"0", "1"}
        self.cocs = {one["CoCCode"] for one in world.rows("ProjectCoC", row["ProjectID"])}

    @property
    def operates(self) -> bool:
        p = self.project
        spans = p is not None and p.opened is not None and self.begins is not None
        return spans and self.begins <= (p.closed or FOREVER) and (self.ends or FOREVER) >= p.opened  # type: ignore[union-attr,operator]


def _other_bed_type(b: Beds) -> bool:
    housing = b.project.row["HousingType"] if b.project else ""
    return b.row["ESBedType"] not in ({"1", "3"} if housing in {"1", "2"} else {"2"})


BEDS: dict[str, Callable[[Beds], Answer]] = {
    "dedicated-beds-differ": lambda b: among(
        b.project and b.project.has_beds,
        lambda: sum(number(b.row[f"{group}BedInventory"]) for group in GROUPS) != number(b.row["BedInventory"]),
    ),
    "more-units-than-beds": lambda b: among(
        b.active,
        lambda: b.row["UnitInventory"] and b.row["BedInventory"]
        and int(b.row["UnitInventory"]) > int(b.row["BedInventory"]),
    ),
    "inventory-outlives-project": lambda b: among(
        b.active and b.project and b.project.closed, lambda: (b.ends or FOREVER) > b.project.closed  # type: ignore[union-attr,operator]
    ),
    "inventory-before-project": lambda b: among(
        b.active, lambda: b.project and b.project.opened and b.begins and b.begins < b.project.opened
    ),
    "inventory-dates-reversed": lambda b: among(b.ends, lambda: b.begins and b.ends and b.ends < b.begins),
    "seasonal-too-long": lambda b: among(
        b.row["Availability"] == "2", lambda: b.ends is None or (b.begins and (b.ends - b.begins).days > 365)
    ),
    "services-only-with-beds": lambda b: among(
        b.kind == "13",
        lambda: b.project and b.project.row["RRHSubType"] == "1" and number(b.row["BedInventory"]) > 0 and b.operates,
    ),
    "shelter-bed-type-differs": lambda b: among(
        b.shelter and b.project and b.project.row["HousingType"] and b.row["ESBedType"], lambda: _other_bed_type(b)
    ),
    "shelter-bed-type-missing": lambda b: among(
        b.shelter and b.active, lambda: not b.row["ESBedType"] or not b.row["Availability"]
    ),
    "season-outside-shelter": lambda b: among(
        b.kind in {"2", "3", "8", "9", "10", "13"}, lambda: b.row["Availability"] in {"2", "3"}
    ),
    "inventory-coc-unknown": lambda b: among(
        b.active and b.row["CoCCode"], lambda: b.row["CoCCode"] not in b.cocs
    ),
    "chronic-beds-outside-psh": lambda b: among(
        b.kind in {"0", "1", "2", "8", "9", "10", "13"}, lambda: chronic(b.row) > 0
    ),
    "safe-haven-for-families": lambda b: among(
        b.kind == "8", lambda: b.row["HouseholdType"] == "3" and number(b.row["BedInventory"]) > 0
    ),
    "veteran-beds-for-children": lambda b: among(b.row["HouseholdType"] == "4", lambda: veterans(b.row) > 0),
    "dedicated-beds-like-units": lambda b: among(
        b.active and b.row["HouseholdType"] == "3" and b.row["UnitInventory"] and b.row["BedInventory"]
        and int(b.row["UnitInventory"]) < int(b.row["BedInventory"]),
        lambda: any(0 < beds == int(b.row["UnitInventory"]) for beds in (veterans(b.row), chronic(b.row))),
    ),
}  # fmt: skip


# --- other records -----------------------------------------------------------------------------------------


def _address(row: Row, project: Project | None) -> bool:
    if not re.fullmatch(r"[0-9]{5}(-?[0-9]{4})?", row["ZIP"]):
        return True
    excused = project is not None and (project.vsp or project.row["HousingType"] == "3")
    return not excused and not all(row[name] for name in ("Address1", "City", "State"))


def _place(row: Row, world: World) -> dict[str, Answer]:
    project, code = world.of(row), row["Geocode"]
    same = [one for one in world.rows("ProjectCoC", row["ProjectID"]) if one["CoCCode"] == row["CoCCode"]]
    here = [one for one in (project.beds() if project else ()) if one["CoCCode"] == row["CoCCode"]]
    return {
        "geography-incomplete": not all(row[name] for name in ("Geocode", "GeographyType", "CoCCode")),
        "address-incomplete": _address(row, project),
        "geocode-form": among(code, lambda: not re.fullmatch("[0-9]{6}", code) or len(set(code)) == 1),
        "coc-twice": among(row["CoCCode"], lambda: len(same) > 1),
        "coc-without-inventory": among(
            project and project.has_beds and project.records("Inventory"), lambda: not here or not row["CoCCode"]
        ),
    }


def _grant(row: Row, world: World) -> dict[str, Answer]:
    project = world.of(row)
    kinds = FUNDED.get(row["Funder"])
    judged = (
        world.meets(day(row["StartDate"]), day(row["EndDate"]))
        and project is not None
        and project.kind in {*BED_TYPES, "13"}
        and project.row["ContinuumProject"] == "1"
        and kinds
    )
    return {"funder-type-differs": among(judged, lambda: project is not None and project.kind not in (kinds or ()))}


def _overlaps(rows: list[Row], prefix: str, touching: bool) -> tuple[int, int]:
    """Records that begin while an earlier one of the project lasts; blank starts come last and are no fault."""
    faults = 0
    begins = {id(row): day(row[f"{prefix}StatusStartDate"]) for row in rows}
    ordered = sorted(enumerate(rows), key=lambda pair: (begins[id(pair[1])] or FOREVER, pair[0]))
    for place, (_, row) in enumerate(ordered):
        start = begins[id(row)]
        until = [
            day(one[f"{prefix}StatusEndDate"]) or FOREVER
            for _, one in ordered[:place]
            if one["ProjectID"] == row["ProjectID"]
        ]
        if start and until and (start <= max(until) if touching else start < max(until)):
            faults += 1
    return faults, len(rows)


def _tally(answers: Iterable[dict[str, Answer]], names: Iterable[str]) -> dict[str, tuple[int, int]]:
    listed = list(answers)
    asked = {name: [one[name] for one in listed if one[name] is not None] for name in names}
    return {name: (sum(map(bool, found)), len(found)) for name, found in asked.items()}


PLACE = ("geography-incomplete", "address-incomplete", "geocode-form", "coc-twice", "coc-without-inventory")


def counts(tables: Tables) -> dict[str, tuple[int, int]]:
    """Faults and looked at, by check."""
    world = World(tables)
    projects = [{name: ask(one) for name, ask in PROJECT.items()} for one in world.projects.values()]
    beds = [{name: ask(Beds(row, world)) for name, ask in BEDS.items()} for row in tables["Inventory"]]
    return {
        **_tally(projects, PROJECT),
        **_tally(beds, BEDS),
        **_tally((_place(row, world) for row in tables["ProjectCoC"]), PLACE),
        **_tally((_grant(row, world) for row in tables["Funder"]), ("funder-type-differs",)),
        "ce-participation-overlaps": _overlaps(tables["CEParticipation"], "CEParticipation", touching=True),
        "participation-overlaps": _overlaps(tables["HMISParticipation"], "HMISParticipation", touching=False),
    }
