"""The checks on households, identity, prior living situation, dates and participation, counted a second time.

The tests hold the library's counts against this module. It shares no code with the library: rows of CSV text, one
function a check, in the order in which a person would ask the questions. A function says True for a fault, False for
none, and None for somebody who is not looked at.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations

from tests.measure.second_calculation import Row, Tables, day, whole_years

UNKNOWN = {"8", "9", "99"}
SUBSIDIES = {"419", "420", "428", "431", "433", "434", "436", "437", "438", "439", "440"}
PERMANENT = {"3", "9", "10"}
HOUSING = {*PERMANENT, "13"}
NOT_PREVENTION = {"0", "1", "2", "3", "4", "6", "7", "8", "9", "10", "11", "13", "14"}
FOREVER = date.max
Answer = bool | None
Count = tuple[int, int]


def last_of(rows: Iterable[Row], key: str) -> dict[str, Row]:
    """The last row of each key."""
    return {row[key]: row for row in rows}


class Stay:
    """An enrollment and what belongs to it."""

    def __init__(self, row: Row, files: Files) -> None:
        self.row = row
        self.key, self.person, self.project = row["EnrollmentID"], row["PersonalID"], row["ProjectID"]
        self.client = files.clients.get(self.person)
        self.leaving: Row | None = files.exits.get(self.key)
        self.site = files.projects.get(self.project, {})
        self.kind = self.site.get("ProjectType", "")
        self.entry: date | None = day(row["EntryDate"])
        self.typed = day(row["DateCreated"])
        self.exit = day(self.leaving["ExitDate"]) if self.leaving else None
        self.head: bool = row["RelationshipToHoH"] == "1"
        birth = day(self.client["DOB"]) if self.client else None
        self.age = whole_years(birth, self.entry) if birth and self.entry else None
        self.adult = self.age is not None and self.age >= 18
        self.household = (self.project, row["HouseholdID"] or f"alone {self.key}")
        self.open: bool = self.exit is None or (files.last_day is not None and self.exit >= files.last_day)
        self.nights: set[date] = files.nights[self.key]
        self.moved_in: date | None = None

    def answer(self, column: str) -> str:
        return self.row[column]

    @property
    def asked(self) -> bool:
        """Whether questions for heads and adults are asked of this person."""
        return self.head or self.adult

    @property
    def since_2016(self) -> bool:
        return self.asked and self.entry is not None and self.entry >= date(2016, 10, 1)


class Files:
    """The tables of an export, keys once, and what is derived for all stays together."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        export = tables["Export"][-1]
        self.made, self.last_day = day(export["ExportDate"]), day(export["ExportEndDate"])
        self.clients = last_of(tables["Client"], "PersonalID")
        self.exits = last_of(tables["Exit"], "EnrollmentID")
        self.projects = last_of(tables["Project"], "ProjectID")
        self.nights: dict[str, set[date]] = defaultdict(set)
        for row in tables["Services"]:
            if row["RecordType"] == "200" and row["DateProvided"]:
                self.nights[row["EnrollmentID"]].add(date.fromisoformat(row["DateProvided"]))
        self.stays = [Stay(row, self) for row in last_of(tables["Enrollment"], "EnrollmentID").values()]
        self.by_key = {stay.key: stay for stay in self.stays}
        self.households: dict[tuple[str, str], list[Stay]] = defaultdict(list)
        for stay in self.stays:
            self.households[stay.household].append(stay)
        self.starts: Counter[tuple[str, str, date | None]] = Counter(
            (s.person, s.project, s.entry) for s in self.stays if s.entry
        )
        for stay in self.stays:
            stay.moved_in = moved_in(stay, self.households[stay.household])


def moved_in(stay: Stay, household: list[Stay]) -> date | None:
    """The head's move-in, or a later start of one's own."""
    days = [found for one in household if one.head and (found := own_move_in(one))]
    if stay.kind not in HOUSING or not days:
        return None
    return max(min(days), stay.entry) if stay.entry else min(days)


def own_move_in(stay: Stay) -> date | None:
    given = day(stay.answer("MoveInDate"))
    early = stay.entry is not None and stay.entry < date(2017, 10, 1)
    if stay.kind not in HOUSING:
        return None
    if stay.kind in PERMANENT and early and (given is None or given < stay.entry):  # type: ignore[operator]
        return stay.entry
    if given is None or (stay.entry and given < stay.entry):
        return None
    if stay.exit and (given > stay.exit or (given == stay.exit and stay.kind in PERMANENT)):
        return None
    return given


# --- household and identity --------------------------------------------------------------------------------


def whole_household(ask: Callable[[list[Stay]], Answer]) -> Callable[[Files], Count]:
    """A question on each household."""
    return lambda files: tallied(map(ask, files.households.values()))


def each_stay(ask: Callable[[Stay, Files], Answer]) -> Callable[[Files], Count]:
    """A question on each enrollment."""
    return lambda files: tallied(ask(stay, files) for stay in files.stays)


def tallied(answers: Iterable[Answer]) -> Count:
    listed = [one for one in answers if one is not None]
    return sum(listed), len(listed)


def heads(members: list[Stay]) -> int:
    return sum(one.head for one in members)


def children_only(members: list[Stay]) -> Answer:
    ages = [one.age for one in members]
    return None if None in ages else all(age < 12 for age in ages if age is not None)


def not_collected(stay: Stay, files: Files) -> Answer:
    return stay.answer("RelationshipToHoH") == "99" if heads(files.households[stay.household]) else None


def of_client(column: str, bad: set[str]) -> Callable[[Files], Count]:
    """An answer of the client, at each enrollment."""
    return each_stay(lambda stay, files: None if stay.client is None else stay.client[column] in bad)


def of_age(faulty: Callable[[int], bool]) -> Callable[[Files], Count]:
    return each_stay(lambda stay, files: None if stay.age is None else faulty(stay.age))


def no_birthday(stay: Stay, files: Files) -> Answer:
    if stay.client is None or stay.client["DOBDataQuality"] not in {"1", "2"}:
        return None
    return not stay.client["DOB"]


def veteran(stay: Stay, files: Files) -> Answer:
    if stay.client is None or (stay.age is not None and stay.age < 18):
        return None
    return stay.client["VeteranStatus"] in UNKNOWN


# --- prior living situation --------------------------------------------------------------------------------


def asked_of(stay: Stay) -> bool:
    return stay.asked


def prior(column: str, bad: set[str], asked: Callable[[Stay], bool] = asked_of) -> Callable[[Files], Count]:
    """An answer of those who are asked."""
    return each_stay(lambda stay, files: stay.answer(column) in bad if asked(stay) else None)


def chain(stay: Stay, files: Files) -> Answer:
    if stay.kind not in {"2", "3", "6", "9", "10", "12", "13"} or not stay.since_2016:
        return None
    if not stay.answer("LivingSituation"):
        return None
    situation, length = int(stay.answer("LivingSituation")), stay.answer("LengthOfStay")
    institution, elsewhere = 200 <= situation <= 299, 0 <= situation <= 99 or 300 <= situation <= 499
    if not (institution and length in {"2", "3", "10", "11"}) and not (elsewhere and length in {"10", "11"}):
        return None
    return not stay.answer("LOSUnderThreshold") or not stay.answer("PreviousStreetESSH")


def times_and_months(stay: Stay) -> tuple[str, str]:
    return stay.answer("TimesHomelessPastThreeYears"), stay.answer("MonthsHomelessPastThreeYears")


def times_blank(stay: Stay, files: Files) -> Answer:
    return "" in times_and_months(stay) if stay.since_2016 and stay.kind in {"0", "1", "4", "8"} else None


def times_unknown(stay: Stay, files: Files) -> Answer:
    return bool(UNKNOWN & set(times_and_months(stay))) if stay.since_2016 else None


def began(stay: Stay) -> date | None:
    """The day on which homelessness began, of those for whom it matters."""
    return day(stay.answer("DateToStreetESSH")) if stay.since_2016 and stay.kind in NOT_PREVENTION else None


def began_after(stay: Stay, files: Files) -> Answer:
    first = began(stay)
    return None if first is None or stay.entry is None else first > stay.entry


def workable(stay: Stay, files: Files) -> Answer:
    times, months = times_and_months(stay)
    return months in UNKNOWN if began(stay) and times == "1" else None


def contradicting(stay: Stay, files: Files) -> Answer:
    first, (times, months) = began(stay), times_and_months(stay)
    if first is None or stay.entry is None or times != "1":
        return None
    counted = len(months_between(first, stay.entry))
    if first > stay.entry:
        counted = 2 - len(months_between(stay.entry, first))
    return bool(months) and int(months) != 100 + min(counted, 13)


def months_between(first: date, last: date) -> set[tuple[int, int]]:
    """The calendar months that two days and all between them lie in."""
    found, step = {(last.year, last.month)}, first
    while step <= last:
        found.add((step.year, step.month))
        step += timedelta(days=1)
    return found


def three_years(stay: Stay, files: Files) -> Answer:
    first = began(stay)
    if first is None or stay.entry is None or years_later(first, 3) > stay.entry:
        return None
    times, months = times_and_months(stay)
    return (times not in {"", "1"}) or (months != "" and int(months) < 112)


def years_later(first: date, years: int) -> date:
    """The same day years later; March 1 where February has none."""
    try:
        return first.replace(year=first.year + years)
    except ValueError:
        return date(first.year + years, 3, 1)


# --- dates -------------------------------------------------------------------------------------------------


def of_kind(kinds: set[str], ask: Callable[[Stay, Files], Answer]) -> Callable[[Files], Count]:
    return each_stay(lambda stay, files: ask(stay, files) if stay.kind in kinds else None)


def left_before(stay: Stay, files: Files) -> Answer:
    return None if stay.exit is None else stay.entry is not None and stay.exit < stay.entry


def left_later(stay: Stay, files: Files) -> Answer:
    return None if stay.exit is None else files.made is not None and stay.exit > files.made


def typed_ahead(stay: Stay, files: Files) -> Answer:
    if stay.entry is None or stay.typed is None or (stay.kind in PERMANENT and stay.entry < date(2017, 10, 1)):
        return None
    return stay.entry > stay.typed


def odd_move_in(stay: Stay, files: Files) -> Answer:
    given = day(stay.answer("MoveInDate"))
    if given is None:
        return None
    after = [limit for limit in (stay.exit, files.last_day) if limit]
    return bool(stay.entry and given < stay.entry) or any(given > limit for limit in after)


def without_subsidy(row: Row, situation: str, subsidy: str) -> Answer:
    return row[subsidy] not in SUBSIDIES if row[situation] == "435" else None


def destination(stay: Stay, files: Files) -> Answer:
    return None if stay.leaving is None else stay.leaving["Destination"] in {"8", "9", "30", "99"}


def silent(stay: Stay, files: Files, sign: date | None) -> bool:
    since = sign or stay.entry
    return since is not None and files.made is not None and (files.made - since).days > 90


def contacts(stay: Stay, files: Files) -> Answer:
    if not stay.open or not stay.asked:
        return None
    rows = files.tables["CurrentLivingSituation"]
    days = [day(row["InformationDate"]) for row in rows if row["EnrollmentID"] == stay.key]
    return silent(stay, files, max((one for one in days if one), default=None))


def lengths(waiting: bool) -> Callable[[Files], Count]:
    """Open stays, or waiting households, beyond the percentile of their project type."""

    def count(files: Files) -> Count:
        groups: dict[str, list[int]] = defaultdict(list)
        for stay in files.stays:
            if (waits := waits_or_stays(stay)) is not None and waits == waiting:
                since = stay.moved_in or stay.entry
                if since and files.made:
                    groups[stay.kind].append((files.made - since).days)
        beyond = sum(sum(one > limit_of(kind, days) for one in days) for kind, days in groups.items())
        return beyond, sum(map(len, groups.values()))

    return count


def waits_or_stays(stay: Stay) -> Answer:
    """True for a head who waits for the move-in, False for a stay under way, None for any other."""
    if not stay.open:
        return None
    if stay.kind in HOUSING:
        return False if stay.moved_in else (True if stay.head else None)
    return False if stay.kind in {"0", "2", "8", "12"} else None


def limit_of(kind: str, days: list[int]) -> Fraction:
    """The percentile between two neighbors (type 7)."""
    ordered = sorted(days)
    place = (len(ordered) - 1) * Fraction(99 if kind in PERMANENT else 98, 100)
    below = int(place)
    above = ordered[min(below + 1, len(ordered) - 1)]
    return ordered[below] + (place - below) * (above - ordered[below])


def overlaps(files: Files) -> Count:
    answers: list[Answer] = []
    people: dict[str, list[Stay]] = defaultdict(list)
    for stay in files.stays:
        if stay.person and has_nights(stay):
            people[stay.person].append(stay)
    for stays in people.values():
        answers += [clash(one, other) for one, other in combinations(stays, 2) if not bridging(one, other)]
    return tallied(answers)


def has_nights(stay: Stay) -> bool:
    if stay.kind == "1":
        return bool(stay.nights)
    begins = begin_of(stay)
    return begins is not None and begins < (stay.exit or FOREVER)


def begin_of(stay: Stay) -> date | None:
    if stay.kind in HOUSING:
        return stay.moved_in
    return stay.entry if stay.kind in {"0", "2", "8"} else None


def bridging(one: Stay, other: Stay) -> bool:
    return "13" in {one.kind, other.kind} and bool({one.kind, other.kind} & PERMANENT)


def clash(one: Stay, other: Stay) -> bool:
    """Whether a night belongs to both; two nights between the two sorts of shelter are let pass."""
    if one.kind == other.kind == "1":
        return bool(one.nights & other.nights)
    if "1" in {one.kind, other.kind}:
        guest, house = (one, other) if one.kind == "1" else (other, one)
        shared = sum(in_house(night, house) for night in guest.nights)
        return shared > (2 if house.kind == "0" else 0)
    first, second = begin_of(one), begin_of(other)
    assert first
    assert second
    return max(first, second) < min(one.exit or FOREVER, other.exit or FOREVER)


def in_house(night: date, house: Stay) -> bool:
    begins = begin_of(house)
    return begins is not None and begins <= night < (house.exit or FOREVER)


def first_night(stay: Stay, files: Files) -> Answer:
    rows = files.tables["HMISParticipation"]
    takes_part = any(row["ProjectID"] == stay.project and row["HMISParticipationType"] == "1" for row in rows)
    if not takes_part or not any(files.nights.values()):
        return None
    return stay.entry not in stay.nights


def exit_night(stay: Stay, files: Files) -> Answer:
    return None if stay.exit is None else stay.exit in stay.nights


def referrals(files: Files) -> Count:
    events = [row for row in files.tables["Event"] if row["Event"] in {"10", "11", "12", "13", "14", "15", "17", "18"}]
    late = [
        not row["ResultDate"] and bool(row["EventDate"]) and files.made is not None
        and (files.made - date.fromisoformat(row["EventDate"])).days > 14
        for row in events
    ]  # fmt: skip
    return sum(late), len(events)


# --- participation and operation ---------------------------------------------------------------------------

Period = tuple[date | None, date | None]


def place(stay: Stay, period: Period, made: date | None) -> str:
    """Where a stay lies against a period; an end that is blank or still to come is open."""
    assert stay.entry
    begins, ends = period[0] or date.min, period[1] or FOREVER
    if made and ends > made:
        ends = FOREVER
    leaves = stay.exit or FOREVER
    if stay.entry > ends:
        return "after"
    if stay.entry >= begins:
        return "crosses end" if leaves > ends else "inside"
    if leaves <= begins:
        return "before"
    return "spans" if leaves > ends else "crosses start"


def against_operation(kind: str) -> Callable[[Files], Count]:
    def ask(stay: Stay, files: Files) -> Answer:
        period = (day(stay.site.get("OperatingStartDate", "")), day(stay.site.get("OperatingEndDate", "")))
        if period[1] and files.made and period[1] > files.made:
            period = (period[0], None)
        return None if stay.entry is None or period == (None, None) else place(stay, period, files.made) == kind

    return each_stay(ask)


def against_participation(kind: str) -> Callable[[Files], Count]:
    def ask(stay: Stay, files: Files) -> Answer:
        periods = periods_of(stay.project, files)
        if stay.entry is None or not periods:
            return None
        return place(stay, nearest(stay, periods), files.made) == kind

    return each_stay(ask)


def periods_of(project: str, files: Files) -> list[tuple[date, date]]:
    """Periods of taking part, or of anything if there is none; those that follow on one another as one."""
    begins, ends = "HMISParticipationStatusStartDate", "HMISParticipationStatusEndDate"
    rows = [row for row in files.tables["HMISParticipation"] if row["ProjectID"] == project and row[begins]]
    rows = [row for row in rows if row["HMISParticipationType"] in {"1", "2"}] or rows
    found: list[tuple[date, date]] = []
    for first, last in sorted((date.fromisoformat(row[begins]), day(row[ends]) or FOREVER) for row in rows):
        if found and (first - found[-1][1]).days <= 1:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def nearest(stay: Stay, periods: list[tuple[date, date]]) -> Period:
    assert stay.entry
    leaves = stay.exit or FOREVER
    touched = [one for one in periods if one[0] <= leaves and one[1] >= stay.entry]
    past = [one for one in periods if one[1] < stay.entry]
    return touched[0] if touched else max(past, key=lambda one: one[1]) if past else periods[0]


CHECKS: dict[str, Callable[[Files], Count]] = {
    "duplicate-enrollment": each_stay(lambda s, f: bool(s.entry) and f.starts[s.person, s.project, s.entry] > 1),
    "household-without-head": whole_household(lambda members: heads(members) == 0),
    "several-heads": whole_household(lambda members: heads(members) > 1),
    "relationship-not-collected": each_stay(not_collected),
    "household-of-children": whole_household(children_only),
    "born-after-start": of_age(lambda age: age < 0),
    "over-100-at-start": of_age(lambda age: age > 100),
    "dob-blank-but-reported": each_stay(no_birthday),
    "dob-unknown": of_client("DOBDataQuality", UNKNOWN),
    "name-unknown": of_client("NameDataQuality", {*UNKNOWN, "2"}),
    "ssn-unknown": of_client("SSNDataQuality", UNKNOWN),
    "race-unknown": of_client("RaceNone", UNKNOWN),
    "veteran-status-unknown": each_stay(veteran),
    "enrollment-coc-missing": prior("EnrollmentCoC", {""}, lambda stay: stay.head),
    "disabling-condition-unknown": prior("DisablingCondition", UNKNOWN, lambda stay: True),
    "prior-situation-blank": prior("LivingSituation", {""}),
    "prior-situation-unknown": prior("LivingSituation", UNKNOWN),
    "prior-subsidy-missing": each_stay(lambda s, f: without_subsidy(s.row, "LivingSituation", "RentalSubsidyType")),
    "length-of-stay-blank": prior("LengthOfStay", {""}),
    "length-of-stay-unknown": prior("LengthOfStay", UNKNOWN, lambda stay: stay.since_2016),
    "night-before-blank": prior(
        "PreviousStreetESSH", {""}, lambda stay: stay.since_2016 and stay.answer("LOSUnderThreshold") == "1"
    ),
    "homelessness-start-blank": prior(
        "DateToStreetESSH",
        {""},
        lambda s: s.since_2016 and s.answer("LOSUnderThreshold") == "1" and s.answer("PreviousStreetESSH") == "1",
    ),
    "situation-chain-incomplete": each_stay(chain),
    "times-or-months-blank": each_stay(times_blank),
    "times-or-months-unknown": each_stay(times_unknown),
    "homelessness-start-after-entry": each_stay(began_after),
    "months-can-be-worked-out": each_stay(workable),
    "months-contradict-start": each_stay(contradicting),
    "three-years-not-one-episode": each_stay(three_years),
    "exit-before-start": each_stay(left_before),
    "exit-in-future": each_stay(left_later),
    "start-entered-ahead": each_stay(typed_ahead),
    "move-in-outside-stay": of_kind(HOUSING, odd_move_in),
    "move-in-possibly-missed": lengths(waiting=True),
    "destination-unknown": each_stay(destination),
    "destination-subsidy-missing": each_stay(
        lambda s, f: without_subsidy(s.leaving, "Destination", "DestinationSubsidyType") if s.leaving else None
    ),
    "contact-subsidy-missing": lambda files: tallied(
        without_subsidy(row, "CurrentLivingSituation", "CLSSubsidyType")
        for row in files.tables["CurrentLivingSituation"]
    ),
    "stay-too-long": of_kind({"7", "11"}, lambda s, f: silent(s, f, None) if s.open else None),
    "no-recent-contact": of_kind({"4", "6", "14"}, contacts),
    "no-recent-bed-night": of_kind({"1"}, lambda s, f: silent(s, f, max(s.nights, default=None)) if s.open else None),
    "unusually-long-stay": lengths(waiting=False),
    "overlapping-beds": overlaps,
    "no-bed-night-on-entry": of_kind({"1"}, first_night),
    "bed-night-on-exit": of_kind({"1"}, exit_night),
    "referral-open-too-long": referrals,
    "start-after-participation": against_participation("after"),
    "crosses-participation-start": against_participation("crosses start"),
    "ended-before-participation": against_participation("before"),
    "crosses-participation-end": against_participation("crosses end"),
    "spans-participation": against_participation("spans"),
    "start-after-operation": against_operation("after"),
    "crosses-operation-start": against_operation("crosses start"),
    "ended-before-operation": against_operation("before"),
    "crosses-operation-end": against_operation("crosses end"),
    "spans-operation": against_operation("spans"),
}
