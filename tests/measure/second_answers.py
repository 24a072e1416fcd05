"""Answers given of answers due, referrals, and the elements of the report with the highest shares, a second time."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from fractions import Fraction

from tests.measure import second_calculation as second
from tests.measure.second_calculation import DK, GENDERS, MISSING, RACES, Report, Row, Stay, Tables, all_stays, day
from tests.measure.second_clients import wants
from tests.measure.second_utilization import Share, active

NO_ANSWER = {*DK, *MISSING}
Answers = list[bool]


def told(row: Row, column: str, *others: str) -> bool:
    return row.get(column, "") not in {*NO_ANSWER, *others}


def marked(row: Row, columns: Collection[str], reason: str) -> bool:
    return any(row.get(column) == "1" for column in columns) and row.get(reason, "") not in {"8", "9", "99"}


def universal(stay: Stay, exits: dict[str, Row]) -> Answers:
    """Whether each answer that is due is given."""
    client = stay.client
    found = [
        *(told(client, f"{name}DataQuality") for name in ("Name", "SSN", "DOB")),
        marked(client, RACES, "RaceNone"),
        told(stay.row, "DisablingCondition"),
        told(stay.row, "RelationshipToHoH"),
    ]
    if stay.year == "2022":
        found.append(told(client, "Ethnicity"))
    if stay.year < "2026":
        found.append(marked(client, GENDERS, "GenderNone"))
    if stay.adult:
        found.append(told(client, "VeteranStatus"))
    if stay.head:
        found.append(bool(stay.coc))
    if stay.adult_or_head:
        found.append(told(stay.row, "LivingSituation"))
    if stay.leaver:
        found.append(told(exits[stay.row["EnrollmentID"]], "Destination", "30"))
    return found


ELEMENTS = {"income": "Income", "benefits": "Benefits", "insurance": "Insurance"}
KINDS = ("5", "6", "7", "9", "10")


def specific(stay: Stay, stage: str, asked: Callable[[str], bool], tables: Tables) -> Answers:
    """The same of program-specific elements at a stage."""
    found = []
    for element, name in ELEMENTS.items():
        if asked(element) and (element == "insurance" or stay.adult_or_head):
            records = [row for row in stay.incomes if row["DataCollectionStage"] == stage]
            found.append(any(told(row, f"{name}FromAnySource") for row in records))
    if asked("disabilities"):
        needs = [row for row in stay.disabilities if row["DataCollectionStage"] == stage]
        found += [
            any(row["DisabilityType"] == kind and told(row, "DisabilityResponse") for row in needs) for kind in KINDS
        ]
    if stage == "1" and asked("violence") and stay.adult_or_head:
        mine = [row for row in tables["HealthAndDV"] if row["EnrollmentID"] == stay.row["EnrollmentID"]]
        found.append(any(row["DataCollectionStage"] == "1" and told(row, "DomesticViolenceSurvivor") for row in mine))
    return found


class Given:
    """Every answer due of active stays, and the referrals still waiting, by project."""

    def __init__(self, tables: Tables, start: date, end: date) -> None:
        first = tables["Export"][-1]["ExportStartDate"]
        exits = {row["EnrollmentID"]: row for row in tables["Exit"]}
        self.found: list[tuple[str, str, bool]] = []
        for stay in active(tables, start, end):
            money = {
                int(row["Funder"])
                for row in tables["Funder"]
                if row["ProjectID"] == stay.project and row["Funder"] and (not row["EndDate"] or row["EndDate"] > first)
            }

            def asked(element: str, stay: Stay = stay, money: set[int] = money) -> bool:
                return any(wants(funder, stay.kind, element) for funder in money)

            groups = {"universal": universal(stay, exits), "specific-start": specific(stay, "1", asked, tables)}
            if stay.leaver:
                groups["specific-exit"] = specific(stay, "3", asked, tables)
            self.found += [(stay.project, name, one) for name, answers in groups.items() for one in answers]
        places = {one.row["EnrollmentID"]: one.project for one in all_stays(tables, start, end) if one.entry <= end}
        self.waiting = [
            (places[row["EnrollmentID"]], (end - on).days)
            for row in tables["Event"]
            if row["EnrollmentID"] in places
            and row["Event"] in {"10", "11", "12", "13", "14", "15", "17", "18"}
            and (on := day(row["EventDate"])) is not None
            and on <= end
            and (day(row["ResultDate"]) or date.max) > end
        ]


def answers(given: Given, projects: Collection[str]) -> dict[str, Share]:
    """The measures of some projects."""
    days = [waited for project, waited in given.waiting if project in projects]
    found = {"referral-days-longest": (max(days), 1) if days else (0, 0)}
    for group in ("universal", "specific-start", "specific-exit"):
        mine = [one for project, name, one in given.found if name == group and project in projects]
        found[f"{group}-answered"] = (sum(mine), len(mine))
    return found


# --- elements ----------------------------------------------------------------------------------------------


def elements(tables: Tables, start: date, end: date, projects: Collection[str]) -> dict[str, Share]:
    """The highest share missing (column C of the report) and declined (column B)."""
    rep = second.report(tables, start, end, projects, None)
    everybody = rep.for_dq
    tested: list[tuple[Callable[[Stay, Report], str], list[Stay]]] = [
        *((test, everybody) for test in (second.name, second.ssn, second.birth, second.race, second.relationship)),
        (second.disabling_condition, everybody),
        (second.location, [stay for stay in everybody if stay.head]),
        (second.veteran, [stay for stay in everybody if stay.adult]),
        (second.destination, [stay for stay in everybody if stay.leaver]),
        (second.income_at_start, [stay for stay in everybody if stay.adult_or_head]),
        (second.income_at_exit, [stay for stay in everybody if stay.adult_or_head and stay.leaver]),
    ]
    if rep.year == "2022":
        tested.append((second.ethnicity, everybody))
    if rep.year != "2026":
        tested.append((second.gender, everybody))

    def highest(column: str) -> Share:
        shares = [(sum(test(stay, rep) == column for stay in people), len(people)) for test, people in tested if people]
        return max(shares, key=lambda one: (Fraction(*one), one[1])) if shares else (0, 0)

    return {"element-missing-highest": highest("C"), "element-refused-highest": highest("B")}
