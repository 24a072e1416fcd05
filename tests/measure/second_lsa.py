"""Rows of the LSA's data quality table a second time: one list a row, night by night."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta

from tests.measure.second_calculation import DK, MISSING, Row, Stay, Tables, day
from tests.measure.second_utilization import Share, active, takes_part

UNKNOWN = {*DK, *MISSING}


def lsa_stays(tables: Tables, start: date, end: date) -> list[Stay]:
    """Enrollments of a day or more, open in the period, in projects the LSA reports on."""
    shelters = {row["OrganizationID"] for row in tables["Organization"] if row["VictimServiceProvider"] == "1"}
    projects = {row["ProjectID"]: row for row in tables["Project"]}

    def reported(project: Row, kind: str) -> bool:
        opened, closed = day(project["OperatingStartDate"]), day(project["OperatingEndDate"])
        rehousing = kind == "13" and project.get("RRHSubType") in {"1", "2"}
        operating = opened is not None and opened <= end and (closed is None or closed > start)
        mine = project["ContinuumProject"] == "1" and project["OrganizationID"] not in shelters
        return mine and operating and (kind in {"0", "1", "2", "3", "8"} or rehousing)

    return [
        stay
        for stay in active(tables, start, end)
        if reported(projects[stay.project], stay.kind) and (stay.exit is None or stay.exit > stay.entry)
    ]


def nights_of(stay: Stay) -> set[date]:
    """Its bed nights, from the start to the day before the exit or the end of the period."""
    last = stay.end if stay.exit is None else min(stay.end, stay.exit - timedelta(days=1))
    return {night for night in stay.nights if stay.entry <= night <= last}


def is_there(stay: Stay, tables: Tables) -> bool:
    if stay.kind == "1" and not any(night >= stay.start for night in nights_of(stay)):
        return False
    over = stay.end + timedelta(days=1) if stay.exit is None else min(stay.end + timedelta(days=1), stay.exit)
    first = max(stay.entry, stay.start)
    mine = {"HMISParticipation": [row for row in tables["HMISParticipation"] if row["ProjectID"] == stay.project]}
    return any(takes_part(stay.project, first + timedelta(days=n), mine) for n in range((over - first).days))


def is_grown(stay: Stay) -> bool:
    """A head, or an adult whose date of birth can be believed."""
    if stay.head:
        return True
    quality = stay.client.get("DOBDataQuality") in {"1", "2"}
    return quality and stay.birth is not None and stay.birth <= stay.entry and 18 <= (stay.age or 0) < 105


def is_asked(stay: Stay) -> bool:
    came = stay.row["LivingSituation"] in {"101", "116", "118"} or stay.row["PreviousStreetESSH"] == "1"
    return stay.kind in {"0", "1", "8"} or came


def street_date(stay: Stay) -> bool:
    on = day(stay.row["DateToStreetESSH"])
    return on > stay.entry if on is not None else is_asked(stay)


class Lsa:
    """The stays, and which of them are in the cohort."""

    def __init__(self, tables: Tables, start: date, end: date) -> None:
        self.stays = lsa_stays(tables, start, end)
        self.homes: dict[tuple[str, str], list[Stay]] = defaultdict(list)
        for stay in self.stays:
            self.homes[stay.project, stay.household].append(stay)
        there = {id(stay) for stay in self.stays if is_there(stay, tables)}
        self.cohort = []
        for home in self.homes.values():
            heads = [stay for stay in home if stay.head]
            if len(heads) == 1 and heads[0].coc and id(heads[0]) in there:
                self.cohort += [s for s in home if id(s) in there and s.row["RelationshipToHoH"] in set("12345")]


def lsa(found: Lsa, projects: Collection[str]) -> dict[str, Share]:
    """The measures of some projects."""
    stays = [stay for stay in found.stays if stay.project in projects]
    homes = [home for (project, _), home in found.homes.items() if project in projects]
    cohort = [stay for stay in found.cohort if stay.project in projects]
    grown = [stay for stay in cohort if is_grown(stay)]
    nights = [stay for stay in stays if stay.kind == "1"]

    def count(number: int, among: Collection[object]) -> Share:
        return (number, 1) if among else (0, 0)

    def share(faulty: Collection[Stay]) -> Share:
        return len(faulty), len(grown)

    asked = [stay for stay in grown if is_asked(stay)]
    months = {str(number) for number in range(101, 114)}
    return {
        "lsa-households-without-coc": count(
            sum(not any(stay.head and stay.coc for stay in home) for home in homes), homes
        ),
        "lsa-stays-not-one-head": count(
            sum(len(home) for home in homes if sum(stay.head for stay in home) != 1), stays
        ),
        "lsa-households": count(len({(stay.project, stay.household) for stay in cohort}), stays),
        "lsa-stays": count(len(cohort), stays),
        "lsa-adult-and-head-stays": count(len(grown), stays),
        "lsa-people-exited": count(len({stay.person for stay in cohort if stay.leaver}), stays),
        "lsa-prior-living-unknown": share([s for s in grown if s.row["LivingSituation"] in UNKNOWN]),
        "lsa-length-of-stay-unknown": share([s for s in grown if s.row["LengthOfStay"] in UNKNOWN]),
        "lsa-street-date-wrong": share([s for s in grown if street_date(s)]),
        "lsa-times-homeless-unknown": share(
            [s for s in asked if s.row["TimesHomelessPastThreeYears"] not in set("1234")]
        ),
        "lsa-months-homeless-unknown": share([s for s in asked if s.row["MonthsHomelessPastThreeYears"] not in months]),
        "lsa-night-stays-without-night": count(sum(not nights_of(stay) for stay in nights), nights),
    }
