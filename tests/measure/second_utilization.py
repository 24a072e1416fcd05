"""Utilization a second time: every night of the period by itself, who was there and what was there to sleep in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta

from tests.measure.second_calculation import Row, Stay, Tables, all_stays, day, edition, project_type

Share = tuple[int, int]
BEDS = {"0", "1", "2", "3", "8", "9", "10", "13"}
MONTHS = {"january": 1, "april": 4, "july": 7, "october": 10}


def active(tables: Tables, start: date, end: date) -> list[Stay]:
    """Stays open on a day of the period by their dates."""
    stays = all_stays(tables, start, end)
    return [one for one in stays if one.entry <= end and (one.exit is None or one.exit >= start)]


def move_ins(tables: Tables) -> dict[str, date]:
    """When housing began, by EnrollmentID: the head's date for the household, later for who came later."""
    year = edition(tables)
    kinds = {row["ProjectID"]: project_type(row, year) for row in tables["Project"]}
    exits = {row["EnrollmentID"]: day(row["ExitDate"]) for row in tables["Exit"]}
    rows = list({row["EnrollmentID"]: row for row in tables["Enrollment"]}.values())
    housed = [row for row in rows if kinds.get(row["ProjectID"]) in {"3", "9", "10", "13"}]
    first: dict[tuple[str, str], date] = {}
    for row in housed:
        moved = own_move_in(row, kinds[row["ProjectID"]], exits.get(row["EnrollmentID"]))
        if row["RelationshipToHoH"] == "1" and moved is not None:
            first[home(row)] = min(moved, first.get(home(row), moved))
    return {
        row["EnrollmentID"]: max(first[home(row)], day(row["EntryDate"]) or date.min)
        for row in housed
        if home(row) in first
    }


def home(row: Row) -> tuple[str, str]:
    return row["ProjectID"], row["HouseholdID"] or "alone " + row["EnrollmentID"]


def own_move_in(row: Row, kind: str, left: date | None) -> date | None:
    entry, moved = day(row["EntryDate"]), day(row.get("MoveInDate"))
    too_early = entry is not None and moved is not None and moved < entry
    if kind != "13" and entry is not None and entry < date(2017, 10, 1) and (moved is None or too_early):
        return entry
    if moved is None or too_early:
        return None
    if left is not None and (moved > left if kind == "13" else moved >= left):
        return None
    return moved


def is_there(stay: Stay, moved: dict[str, date], night: date) -> bool:
    if stay.kind == "1":
        return night in stay.nights
    begins = stay.entry if stay.kind in {"0", "2", "8"} else moved.get(stay.row["EnrollmentID"])
    if stay.kind not in BEDS or begins is None or night < begins:
        return False
    if stay.kind == "13" and begins == stay.exit == night:
        return True
    return stay.exit is None or night < stay.exit


def counts_on(project: Row, night: date, tables: Tables) -> bool:
    """Whether the project operates and takes part on a night."""
    opened, closed = day(project["OperatingStartDate"]), day(project["OperatingEndDate"])
    if opened is None or night < opened or (closed is not None and night >= closed):
        return False
    return takes_part(project["ProjectID"], night, tables)


def takes_part(project: str, night: date, tables: Tables) -> bool:
    for row in tables["HMISParticipation"]:
        begun = day(row["HMISParticipationStatusStartDate"])
        over = day(row["HMISParticipationStatusEndDate"])
        mine = row["ProjectID"] == project and row["HMISParticipationType"] == "1"
        if mine and begun is not None and begun <= night and (over is None or night < over):
            return True
    return False


def supply(project: str, column: str, night: date, tables: Tables) -> int:
    total = 0
    for row in tables["Inventory"]:
        begun, over = day(row["InventoryStartDate"]), day(row["InventoryEndDate"])
        if row["ProjectID"] == project and begun is not None and begun <= night and (over is None or night <= over):
            total += int(row[column] or 0)
    return total


def wednesdays(start: date, end: date) -> dict[str, date]:
    nights = {}
    for offset in range((end - start).days + 1):
        night = start + timedelta(days=offset)
        for name, month in MONTHS.items():
            if night.month == month and night.weekday() == 2 and (night + timedelta(days=7)).month != month:
                nights[name] = night
    return nights


def by_project(tables: Tables, start: date, end: date) -> dict[str, dict[str, int]]:
    """For each project with beds its sums over nights."""
    moved, stays = move_ins(tables), active(tables, start, end)
    mine: dict[str, list[Stay]] = defaultdict(list)
    for stay in stays:
        mine[stay.project].append(stay)
    kinds = household_kinds(stays)
    special = {night: name for name, night in wednesdays(start, end).items()}
    year = edition(tables)
    found: dict[str, dict[str, int]] = {}
    for project in tables["Project"]:
        kind, key = project_type(project, year), project["ProjectID"]
        if kind not in BEDS or (kind == "13" and project.get("RRHSubType") == "1"):
            continue
        own = {
            name: [row for row in tables[name] if row["ProjectID"] == key]
            for name in ("Inventory", "HMISParticipation")
        }
        sums: dict[str, int] = defaultdict(int)
        for offset in range((end - start).days + 1):
            night = start + timedelta(days=offset)
            if not counts_on(project, night, own):
                continue
            there = [stay for stay in mine[key] if is_there(stay, moved, night)]
            tonight = {
                "people": len({stay.person for stay in there}),
                "households": len({stay.household for stay in there}),
                "beds": supply(key, "BedInventory", night, own),
                "units": supply(key, "UnitInventory", night, own),
            }
            for name, number in tonight.items():
                sums[name] += number
                if night in special:
                    sums[f"{special[night]} {name}"] += number
            odd = [stay for stay in there if kinds[stay.project, stay.household] == "unknown"]
            sums["odd"] += len({stay.person for stay in odd})
        found[key] = sums
    return found


def household_kinds(stays: list[Stay]) -> dict[tuple[str, str], str]:
    """The type of each household of a project by the ages of its members."""
    members: dict[tuple[str, str], list[int | None]] = defaultdict(list)
    for stay in stays:
        members[stay.project, stay.household].append(stay.age)
    found = {}
    for key, ages in members.items():
        adult = any(age is not None and age >= 18 for age in ages)
        child = any(age is not None and 0 <= age < 18 for age in ages)
        unknown = any(age is None or age < 0 for age in ages)
        found[key] = "families" if adult and child else "unknown" if unknown else "adults" if adult else "children"
    return found


def utilization(sums: dict[str, dict[str, int]], projects: Collection[str]) -> dict[str, Share]:
    """The measures of some projects."""
    here = [sums[project] for project in projects if project in sums]

    def total(name: str) -> int:
        return sum(one[name] for one in here)

    def share(above: str, below: str) -> Share:
        return (total(above), total(below)) if total(below) else (0, 0)

    four = (sum(total(f"{m} people") for m in MONTHS), sum(total(f"{m} beds") for m in MONTHS))
    supplied = [one for one in here if one["beds"]]
    used = [one for one in here if one["people"]]
    return {
        "bed-utilization": share("people", "beds"),
        "project-utilization": share("people", "beds"),
        "unit-utilization": share("households", "units"),
        "bed-utilization-four-nights": four if four[1] else (0, 0),
        **{f"bed-utilization-{month}": share(f"{month} people", f"{month} beds") for month in MONTHS},
        "projects-unused": (sum(not one["people"] for one in supplied), len(supplied)),
        "projects-without-inventory": (sum(not one["beds"] for one in used), len(used)),
        "bed-nights-unknown-household": share("odd", "people"),
    }
