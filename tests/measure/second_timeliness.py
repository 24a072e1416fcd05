"""Days to enter a record a second time: all of them in a sorted list."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from fractions import Fraction

from tests.measure.second_calculation import Tables, all_stays, day
from tests.measure.second_utilization import Share

Event = tuple[str, str, date, date]


def events(tables: Tables, start: date, end: date) -> list[Event]:
    """Project, kind, day and day of the record, of everything that happened in the period."""
    stays = [one for one in all_stays(tables, start, end) if one.entry <= end]
    projects = {one.row["EnrollmentID"]: one.project for one in stays}
    found: list[tuple[str, str, date | None, date | None]] = []
    for one in stays:
        found.append((one.project, "start", one.entry, one.typed))
        found.append((one.project, "exit", one.exit, one.exit_typed))
    for row in tables["Services"]:
        kind = "night" if row["RecordType"] == "200" else "service"
        where = projects.get(row["EnrollmentID"])
        if where is not None:
            found.append((where, kind, day(row["DateProvided"]), day(row["DateCreated"])))
    for row in tables["CurrentLivingSituation"]:
        where = projects.get(row["EnrollmentID"])
        if where is not None:
            found.append((where, "contact", day(row["InformationDate"]), day(row["DateCreated"])))
    return [
        (where, kind, on, typed)
        for where, kind, on, typed in found
        if on is not None and typed is not None and start <= on <= end
    ]


def working_days(on: date, typed: date) -> int:
    """Mondays to Fridays after the first day up to the last; negative where the last comes first."""
    if typed < on:
        return -working_days(typed, on)
    return sum((on + timedelta(days=one)).weekday() < 5 for one in range(1, (typed - on).days + 1))


def timeliness(found: list[Event], projects: Collection[str]) -> dict[str, Share]:
    """The measures of some projects."""
    here = [one for one in found if one[0] in projects]
    measures: dict[str, Share] = {}
    for name in ("start", "exit"):
        mine = [one for one in here if one[1] == name]
        days = lags(mine)
        measures |= {
            f"{name}-within-7-days": within(days, 7),
            f"mean-{name}-days": (sum(days), len(days)),
            f"median-{name}-days": median(days),
            f"p90-{name}-days": at(days, next((n for n in range(1, len(days) + 1) if 10 * n >= 9 * len(days)), 0)),
            f"{name}-days-longest": at(days, len(days)),
            f"{name}-business-days-longest": longest_working(mine),
        }
    contacts = [one for one in here if one[1] == "contact"]
    nights = [one for one in here if one[1] == "night"]
    services = [one for one in here if one[1] in {"night", "service"}]
    return measures | {
        "contact-within-1-day": within(lags([*contacts, *nights]), 1),
        "contact-days-longest": at(lags(contacts), len(contacts)),
        "service-days-longest": at(lags(services), len(services)),
        "record-days-longest": at(lags(here), len(here)),
        "record-business-days-longest": longest_working(here),
    }


def lags(found: list[Event]) -> list[int]:
    return sorted((typed - on).days for _, _, on, typed in found)


def within(days: list[int], most: int) -> Share:
    late_or_not = [one for one in days if one >= 0]
    return sum(one <= most for one in late_or_not), len(late_or_not)


def at(days: list[int], place: int) -> Share:
    return (days[place - 1], 1) if days else (0, 0)


def median(days: list[int]) -> Share:
    if not days:
        return (0, 0)
    middle = Fraction(days[(len(days) - 1) // 2] + days[len(days) // 2], 2)
    return middle.numerator, middle.denominator


def longest_working(found: list[Event]) -> Share:
    return (max(working_days(on, typed) for _, _, on, typed in found), 1) if found else (0, 0)
