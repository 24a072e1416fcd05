"""HUD's data quality tables and bed coverage, computed a second time.

The tests hold the library's numbers against this module. It shares no code with the library and follows the
rules in the order a person would check them by hand: who is counted, facts about each stay, then one function
a table row. Editions 2022, 2024 and 2026. Speed does not matter here; being easy to read does.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

Row = dict[str, str]
Tables = dict[str, list[Row]]
Cell = int | Fraction | None
Table = list[list[Cell]]
Key = TypeVar("Key")

DK = {"8", "9"}
MISSING = {"99", ""}
NIGHT_BY_NIGHT, OUTREACH = "1", "4"
BED_NIGHT = "200"
RACES = ("AmIndAKNative", "Asian", "BlackAfAmerican", "HispanicLatinaeo", "HispanicLatinao",
         "MidEastNAfrican", "NativeHIPacific", "White")  # fmt: skip
GENDERS = ("Female", "Male", "NoSingleGender", "Woman", "Man", "NonBinary", "CulturallySpecific", "Transgender",
           "Questioning", "DifferentIdentity")  # fmt: skip
SOURCES = ("Earned", "Unemployment", "SSI", "SSDI", "VADisabilityService", "VADisabilityNonService",
           "PrivateDisability", "WorkersComp", "TANF", "GA", "SocSecRetirement", "Pension", "ChildSupport", "Alimony",
           "OtherIncomeSource")  # fmt: skip


# ---------------------------------------------------------------------------------------------- reading


def load(path: str | Path) -> Tables:
    """Read every CSV file of a folder or zip; deleted rows are dropped, cells are stripped of spaces."""
    return {name: _rows(text) for name, text in _files(Path(path))}


def _files(path: Path) -> Iterator[tuple[str, str]]:
    if path.is_dir():
        for file in sorted(path.glob("*.csv")):
            yield file.stem, file.read_text(encoding="utf-8-sig")
        return
    with zipfile.ZipFile(path) as archive:
        for name in sorted(archive.namelist()):
            if name.endswith(".csv"):
                yield Path(name).stem, archive.read(name).decode("utf-8-sig")


def _rows(text: str) -> list[Row]:
    reader = csv.DictReader(io.StringIO(text, newline=""), restval="")
    rows = [{name: cell.strip() for name, cell in row.items() if name is not None} for row in reader]
    return [row for row in rows if not row.get("DateDeleted")]


def edition(tables: Tables) -> str:
    """'2022', '2024' or '2026', from Export.CSVVersion, or else from the columns of Client."""
    version = " ".join(row.get("CSVVersion", "") for row in tables.get("Export", []))
    for year in ("2026", "2024", "2022"):
        if year in version:
            return year
    if "EnrollmentCoC" in tables:
        return "2022"
    return "2026" if any("Sex" in row for row in tables["Client"]) else "2024"


def day(text: str | None) -> date | None:
    """The date part of a date or timestamp."""
    return date.fromisoformat(text[:10]) if text else None


def moment(text: str) -> datetime:
    """A date or timestamp, to the second; of nothing the beginning of time."""
    return datetime.fromisoformat(text[:19]) if text else datetime.min


def whole_years(first: date, last: date) -> int:
    """Birthdays passed between two dates."""
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))


# ------------------------------------------------------------------------------- a stay and its plain facts


class Stay:
    """One enrollment with its client, exit, bed nights and disability rows, seen from one report period."""

    def __init__(self, row: Row, client: Row, leaving: Row, kind: str, year: str, start: date, end: date) -> None:
        self.row, self.client, self.kind, self.year = row, client, kind, year
        self.person, self.project = row["PersonalID"], row["ProjectID"]
        self.household = row["HouseholdID"] or "alone " + row["EnrollmentID"]
        self.nights: set[date] = set()
        self.disabilities: list[Row] = []
        self.incomes: list[Row] = []
        self.contacts: set[date] = set()
        self.coc = row.get("EnrollmentCoC", "")
        self.destination = leaving.get("Destination", "")
        self.start, self.end = start, end

        self.entry = date.fromisoformat(row["EntryDate"][:10])
        self.typed = day(row["DateCreated"])
        self.exit, self.exit_typed = day(leaving.get("ExitDate")), day(leaving.get("DateCreated"))
        self.leaver = self.exit is not None and self.exit <= end
        self.stayer = not self.leaver

        self.birth = day(client.get("DOB"))
        self.age = None if self.birth is None else whole_years(self.birth, max(self.entry, start))
        self.adult = self.age is not None and self.age >= 18
        self.child = self.age is not None and self.age < 18
        self.head = row["RelationshipToHoH"] == "1"
        self.adult_or_head = self.adult or self.head

    def active(self) -> bool:
        if self.entry > self.end or (self.exit is not None and self.exit < self.start):
            return False
        slept = any(max(self.start, self.entry) <= night <= self.end for night in self.nights)
        return self.kind != NIGHT_BY_NIGHT or slept or self.leaver

    def engaged(self) -> bool:
        """True for everything but street outreach without an engagement by the end of the period."""
        engagement = day(self.row["DateOfEngagement"])
        return self.kind != OUTREACH or (engagement is not None and engagement <= self.end)

    def days(self) -> int:
        """Length of stay by the end of the period."""
        if self.kind == NIGHT_BY_NIGHT:
            return sum(self.entry <= night <= self.end for night in self.nights)
        if self.exit is not None and self.exit <= self.end:
            return (self.exit - self.entry).days
        return (self.end - self.entry).days + 1


def all_stays(tables: Tables, start: date, end: date) -> list[Stay]:
    """Every enrollment of the export, whatever its project and dates."""
    clients = {row["PersonalID"]: row for row in tables["Client"]}
    year = edition(tables)
    kinds = {row["ProjectID"]: project_type(row, year) for row in tables["Project"]}
    exits = {row["EnrollmentID"]: row for row in tables["Exit"]}
    stays = {}
    for row in {row["EnrollmentID"]: row for row in tables["Enrollment"]}.values():  # of several, the last
        if not row["EntryDate"] or row["ProjectID"] not in kinds:
            continue  # never active, or in no project that could be selected
        client, leaving = clients.get(row["PersonalID"], {}), exits.get(row["EnrollmentID"], {})
        stays[row["EnrollmentID"]] = Stay(row, client, leaving, kinds[row["ProjectID"]], year, start, end)
    for row in tables["Services"]:
        night = day(row["DateProvided"])
        if row["RecordType"] == BED_NIGHT and night is not None and row["EnrollmentID"] in stays:
            stays[row["EnrollmentID"]].nights.add(night)
    for row in tables["Disabilities"]:
        if row["EnrollmentID"] in stays:
            stays[row["EnrollmentID"]].disabilities.append(row)
    for row in tables.get("IncomeBenefits", []):
        if row["EnrollmentID"] in stays:
            stays[row["EnrollmentID"]].incomes.append(row)
    for row in tables.get("CurrentLivingSituation", []):
        contact = day(row["InformationDate"])
        if contact is not None and row["EnrollmentID"] in stays:
            stays[row["EnrollmentID"]].contacts.add(contact)
    for row in tables.get("EnrollmentCoC", []):
        if row["DataCollectionStage"] == "1" and row["EnrollmentID"] in stays:
            stays[row["EnrollmentID"]].coc = row["CoCCode"]
    return list(stays.values())


def project_type(project: Row, year: str) -> str:
    """As from 2024 on: entry/exit shelter is type 0, night-by-night shelter type 1."""
    kind = project["ProjectType"]
    if year == "2022" and kind == "1":
        return "1" if project["TrackingMethod"] == "3" else "0"
    return kind


def grouped(stays: list[Stay], key: Callable[[Stay], Key]) -> dict[Key, list[Stay]]:
    groups: dict[Key, list[Stay]] = defaultdict(list)
    for stay in stays:
        groups[key(stay)].append(stay)
    return groups


# -------------------------------------------------------------------------------------- who is counted


@dataclass
class Report:
    """The people of one report, and the groups of stays their facts are read from."""

    everybody: list[Stay]  # the latest active stay of each client
    for_dq: list[Stay]  # the same without street outreach stays that are not engaged
    households: dict[str, list[Stay]]  # active stays by household
    ever: dict[str, list[Stay]]  # by household, those over before the period too
    in_project: dict[tuple[str, str], list[Stay]]  # all stays by client and project
    hashed: bool  # names and SSNs are digests
    year: str
    path: set[str]  # projects with money of PATH


def report(
    tables: Tables,
    start: date,
    end: date,
    project_ids: Collection[str] | None,
    coc_codes: Collection[str] | None,
) -> Report:
    stays = all_stays(tables, start, end)
    household = grouped(stays, lambda stay: stay.household)
    project_cocs: dict[str, set[str]] = defaultdict(set)
    for row in tables.get("ProjectCoC", []):
        if row["CoCCode"]:
            project_cocs[row["ProjectID"]].add(row["CoCCode"])

    def selected(stay: Stay) -> bool:
        if project_ids is not None and stay.project not in project_ids:
            return False
        if coc_codes is None:
            return True
        codes = project_cocs[stay.project]
        if len(codes) != 1:  # then the head of the household tells
            members = [member for member in household[stay.household] if member.entry <= end]
            codes = {member.coc for member in members if member.head}
        return not codes.isdisjoint(coc_codes)

    pool = [stay for stay in stays if selected(stay)]
    active = [stay for stay in pool if stay.active()]
    everybody = [latest(mine) for mine in grouped(active, lambda stay: stay.person).values()]
    return Report(
        everybody=everybody,
        for_dq=[stay for stay in everybody if stay.engaged()],
        households=grouped(active, lambda stay: stay.household),
        ever=grouped(pool, lambda stay: stay.household),
        in_project=grouped(stays, lambda stay: (stay.person, stay.project)),
        year=edition(tables),
        path={row["ProjectID"] for row in tables.get("Funder", []) if row["Funder"] == "21"},
        hashed=any(row.get("HashStatus") in {"2", "3", "4"} for row in tables.get("Export", [])),
    )


def latest(stays: list[Stay]) -> Stay:
    """The last to begin; of two begun on one day the open one, or the one that ends later; then the smaller id."""
    in_order = sorted(stays, key=lambda stay: stay.row["EnrollmentID"])
    return max(in_order, key=lambda stay: (stay.entry, stay.exit or date.max))


# ------------------------------------------------------------------------------- chronic homelessness


def is_need(row: Row) -> bool:
    """A Disabilities row that makes a disabling condition."""
    kind, response = row["DisabilityType"], row["DisabilityResponse"]
    lasting = row["IndefiniteAndImpairs"] == "1"
    if kind in {"6", "8"}:
        return response == "1"
    if kind in {"5", "7", "9"}:
        return response == "1" and lasting
    return kind == "10" and response in {"1", "2", "3"} and lasting


def came_from(stay: Stay) -> str:
    """The prior situation: street (or shelter), institution, other; blank for a code beyond all lists."""
    code = stay.row["LivingSituation"]
    if stay.year == "2022":
        return {"16": "street", "1": "street", "18": "street"}.get(
            code, "institution" if code in {"15", "6", "7", "25", "4", "5"} else "other"
        )
    number = int(code or 0)
    if 100 <= number <= 199:
        return "street"
    if 200 <= number <= 299:
        return "institution"
    return "other" if 0 <= number <= 99 or 300 <= number <= 499 else ""


def chronic_alone(stay: Stay) -> bool:
    """Chronically homeless by this person's own answers."""
    row = stay.row
    need_at_start = any(is_need(need) for need in stay.disabilities if need["DataCollectionStage"] == "1")
    if row["DisablingCondition"] != "1" and not need_at_start:
        return False
    if stay.kind not in {"0", "1", "4", "8"}:
        situation = row["LivingSituation"]
        if situation == "":
            return False
        if came_from(stay) != "street" and (
            row["LOSUnderThreshold"] in {"", "0"} or row["PreviousStreetESSH"] in {"", "0"}
        ):
            return False
    since = day(row["DateToStreetESSH"])
    if since is not None and whole_years(since, stay.entry) >= 1:
        return True
    months = row["MonthsHomelessPastThreeYears"]
    return row["TimesHomelessPastThreeYears"] == "4" and months.isdigit() and int(months) >= 112


def chronic(stay: Stay, rep: Report) -> bool:
    """Own status, or that of somebody who began with the household on the same first day.

    Only a *yes* is counted, so the rules that turn one other status into another are not needed here.
    """
    members = rep.ever[stay.household]
    first_day = min(member.entry for member in members)
    beginners = [member for member in members if member.entry == first_day]
    return chronic_alone(stay) or (stay in beginners and any(chronic_alone(member) for member in beginners))


# ------------------------------------------------------------------------------------------- table Q5a


def youth(stay: Stay, rep: Report) -> bool:
    known = [member.age for member in rep.households[stay.household] if member.age is not None]
    return stay.age is not None and stay.age >= 12 and max(known) <= 24


def parenting_youth(stay: Stay, rep: Report) -> bool:
    members = rep.households[stay.household]
    return youth(stay, rep) and any(kid.child and kid.row["RelationshipToHoH"] == "2" for kid in members)


def year_long_stayer(stay: Stay, rep: Report) -> bool:
    heads = [member for member in rep.households[stay.household] if member.head]
    long_head = any(head.stayer and head.days() >= 365 for head in heads)
    return stay.stayer and stay.adult_or_head and (stay.days() >= 365 or long_head)


def q5a_column(stays: list[Stay], rep: Report) -> list[int]:
    flags = [
        [
            True,
            stay.adult,
            stay.child,
            stay.age is None,
            stay.leaver,
            stay.leaver and stay.adult,
            stay.leaver and stay.adult_or_head,
            stay.stayer,
            stay.stayer and stay.adult,
            stay.adult and stay.client.get("VeteranStatus") == "1",
            chronic(stay, rep),
            youth(stay, rep),
            parenting_youth(stay, rep),
            stay.head and stay.adult,
            stay.head and not stay.adult,
            year_long_stayer(stay, rep),
        ]
        for stay in stays
    ]
    return [sum(row[number] for row in flags) for number in range(16)]


# ----------------------------------------------------- tables Q6a and Q6b: each test says B, C, D or nothing

Test = Callable[[Stay, Report], str]


def first_of(dk: bool, missing: bool, issue: bool) -> str:
    """The first column that fits."""
    return "B" if dk else "C" if missing else "D" if issue else ""


def name(stay: Stay, rep: Report) -> str:
    quality = stay.client.get("NameDataQuality", "")
    blank = not stay.client.get("FirstName") or not stay.client.get("LastName")
    return first_of(quality in DK, quality in MISSING or blank, quality == "2")


def ssn(stay: Stay, rep: Report) -> str:
    quality, number = stay.client.get("SSNDataQuality", ""), stay.client.get("SSN", "")
    impossible = not rep.hashed and is_impossible_ssn(number)
    return first_of(quality in DK, quality in MISSING or not number, quality == "2" or impossible)


def is_impossible_ssn(number: str) -> bool:
    if not re.fullmatch("[0-9]{9}", number):
        return True
    if number[:3] in {"000", "666"} or number[0] == "9" or number[3:5] == "00" or number[5:] == "0000":
        return True
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(number)}
    return steps in ({0}, {1}, {9})


def birth(stay: Stay, rep: Report) -> str:
    born, quality = stay.birth, stay.client.get("DOBDataQuality", "")
    if born is None:
        return "B" if quality in DK else "C"
    created = day(stay.client.get("DateCreated"))
    issue = (
        quality in DK | MISSING | {"2"}
        or born < date(1915, 1, 1)
        or (created is not None and born > created)
        or (stay.adult_or_head and born >= stay.entry)
    )
    return "D" if issue else ""


def race(stay: Stay, rep: Report) -> str:
    return nothing_marked(stay.client, RACES, "RaceNone")


def ethnicity(stay: Stay, rep: Report) -> str:
    answer = stay.client.get("Ethnicity", "")
    return first_of(answer in DK, answer in MISSING, False)


def gender(stay: Stay, rep: Report) -> str:
    return nothing_marked(stay.client, GENDERS, "GenderNone")


def nothing_marked(client: Row, columns: Collection[str], reason: str) -> str:
    unmarked = all(client.get(column) != "1" for column in columns)
    return first_of(client.get(reason) in DK, client.get(reason) == "99" or unmarked, False)


def veteran(stay: Stay, rep: Report) -> str:
    status = stay.client.get("VeteranStatus", "")
    if stay.adult:
        return first_of(status in DK, status in MISSING, False)
    return "D" if stay.child and status == "1" else ""


def start_date(stay: Stay, rep: Report) -> str:
    overlap = any(
        other.entry < stay.entry and other.exit is not None and other.exit > stay.entry
        for other in rep.in_project[stay.person, stay.project]
    )
    backwards = rep.year != "2022" and stay.exit is not None and stay.entry > stay.exit
    return "D" if overlap or backwards else ""


def relationship(stay: Stay, rep: Report) -> str:
    relation = stay.row["RelationshipToHoH"]
    heads = {member.person for member in rep.households[stay.household] if member.head}
    return first_of(False, relation == "", relation not in {"1", "2", "3", "4", "5"} or len(heads) != 1)


def location(stay: Stay, rep: Report) -> str:
    code = stay.coc
    if not stay.head:
        return ""
    return first_of(False, code == "", not re.fullmatch("[A-Z]{2}-[0-9]{3}", code))


def disabling_condition(stay: Stay, rep: Report) -> str:
    answer = stay.row["DisablingCondition"]
    last_day = max((row["InformationDate"][:10] for row in stay.disabilities), default="")
    need = last_day != "" and any(is_need(row) for row in stay.disabilities if row["InformationDate"][:10] == last_day)
    return first_of(answer in DK, answer in MISSING, answer == "0" and need)


def error_row(answers: list[str], columns: str, denominator: int) -> list[Cell]:
    """Columns B, C, D (None where the table has a blank), E total and F rate."""
    counts: list[Cell] = [answers.count(column) if column in columns else None for column in "BCD"]
    errors = sum(answer != "" for answer in answers)
    return [*counts, errors, Fraction(errors, denominator) if denominator else None]


def short(row: list[Cell], rep: Report) -> list[Cell]:
    """Q6b and Q6c had only the total and the rate in 2022."""
    return row[-2:] if rep.year == "2022" else row


def q6a(rep: Report) -> Table:
    tests: list[tuple[Test, str]] = [(name, "BCD"), (ssn, "BCD"), (birth, "BCD"), (race, "BC")]
    if rep.year == "2022":
        tests.append((ethnicity, "BC"))
    if rep.year != "2026":
        tests.append((gender, "BC"))
    people = len(rep.for_dq)
    table = [error_row([test(stay, rep) for stay in rep.for_dq], columns, people) for test, columns in tests]
    anything = ["E" if any(test(stay, rep) for test, _ in tests) else "" for stay in rep.for_dq]
    return [*table, error_row(anything, "", people)]


def q6b(rep: Report, q5a: list[int]) -> Table:
    """The denominators come from q5a, column B of that table, in which row 1 is at index 0."""
    tests: list[tuple[Test, str, int]] = [
        (veteran, "BCD", q5a[1] if rep.year == "2022" else q5a[1] + q5a[2]),
        (start_date, "D", q5a[0]),
        (relationship, "CD", q5a[0]),
        (location, "CD", q5a[13] + q5a[14]),
        (disabling_condition, "BCD", q5a[0]),
    ]
    return [
        short(error_row([test(stay, rep) for stay in rep.for_dq], columns, denominator), rep)
        for test, columns, denominator in tests
    ]


# ------------------------------------------------------------------------------------------- table Q6c


def destination(stay: Stay, rep: Report) -> str:
    return first_of(stay.destination in DK, stay.destination in {"30", "99", ""}, False) if stay.leaver else ""


def income_answer(record: Row) -> str:
    answer = record["IncomeFromAnySource"]
    source = any(record[name] == "1" for name in SOURCES)
    contradicts = (answer == "0" and source) or (answer == "1" and not source)
    return first_of(answer in DK, answer in MISSING, contradicts)


def income(stay: Stay, stage: str, first: date, last: date) -> str:
    """The latest record of a stage between two days: missing if there is none."""
    found = []
    for record in stay.incomes:
        on = day(record["InformationDate"])
        if record["DataCollectionStage"] == stage and on is not None and first <= on <= last:
            changed = moment(record["DateUpdated"])
            found.append((on, changed, record))
    if not found:
        return "C"
    newest = max((on, changed) for on, changed, _ in found)
    answers = [income_answer(record) for on, changed, record in found if (on, changed) == newest]
    return min(answers)  # in order before B before C before D, which no text says


def income_at_start(stay: Stay, rep: Report) -> str:
    return income(stay, "1", stay.entry, stay.entry) if stay.adult_or_head else ""


def income_at_exit(stay: Stay, rep: Report) -> str:
    if not stay.adult_or_head or stay.exit is None or stay.stayer:
        return ""
    return income(stay, "3", stay.exit, stay.exit)


def anniversary(entry: date, end: date) -> date | None:
    """The last anniversary by the end of the report."""
    years = whole_years(entry, end)
    if years < 1:
        return None
    try:
        return entry.replace(year=entry.year + years)
    except ValueError:
        return date(entry.year + years, 2, 28)


def income_at_anniversary(stay: Stay, rep: Report) -> str:
    heads = [member.entry for member in rep.households[stay.household] if member.head]
    due = anniversary(max(heads), stay.end) if heads else None
    if due is None or not stay.stayer or not stay.adult_or_head or stay.entry > due:
        return ""
    month = timedelta(days=30)
    return income(stay, "5", due - month, min(due + month, stay.end))


def q6c(rep: Report, q5a: list[int]) -> Table:
    tests: list[tuple[Test, int]] = [
        (destination, q5a[4]),
        (income_at_start, q5a[1] + q5a[14]),
        (income_at_anniversary, q5a[15]),
        (income_at_exit, q5a[6]),
    ]
    return [
        short(error_row([test(stay, rep) for stay in rep.for_dq], "BCD", denominator), rep)
        for test, denominator in tests
    ]


# ------------------------------------------------------------------------------------------- table Q6d

SHELTER = {"0", "1", "4", "8"}
PRIOR_LINES = ({"2"}, {"3", "9", "10", "13"}, {"14"}, {"6", "11", "12"})


def gaps(stay: Stay) -> str:
    """The columns C to G in which a stay is counted."""
    row, came = stay.row, came_from(stay)
    unknown = {name for name in ("LengthOfStay", "TimesHomelessPastThreeYears", "MonthsHomelessPastThreeYears")
               if row[name] in DK | MISSING}  # fmt: skip
    found = ""
    if stay.kind not in SHELTER and "LengthOfStay" in unknown:
        found += {"institution": "C", "other": "D"}.get(came, "")
    short_stay = {"institution": {"10", "11", "2", "3"}, "other": {"10", "11"}}.get(came, set())
    asked = row["PreviousStreetESSH"] == "1" and row["LengthOfStay"] in short_stay
    if stay.kind in SHELTER or came == "street" or asked:
        found += "" if row["DateToStreetESSH"] else "E"
        found += "F" if "TimesHomelessPastThreeYears" in unknown else ""
        found += "G" if "MonthsHomelessPastThreeYears" in unknown else ""
    return found


def q6d(rep: Report) -> Table:
    people = [stay for stay in rep.for_dq if stay.adult_or_head and stay.entry >= date(2016, 10, 1)]
    lines = (SHELTER, *(PRIOR_LINES[:2] if rep.year == "2022" else PRIOR_LINES))
    members = [[gaps(stay) for stay in people if stay.kind in kinds] for kinds in lines]
    table = [
        [len(found), *(column_of(found, column, kinds) for column in "CDEFG"), share_with_any(found)]
        for kinds, found in zip(lines, members, strict=True)
    ]
    everybody = [found for line in members for found in line]
    return [*table, [len(everybody), None, None, None, None, None, share_with_any(everybody)]]


def column_of(found: list[str], column: str, kinds: set[str]) -> Cell:
    return None if column in "CD" and kinds == SHELTER else sum(column in one for one in found)


def share_with_any(found: list[str]) -> Cell:
    return Fraction(sum(one != "" for one in found), len(found)) if found else None


# ------------------------------------------------------------------------------------------- table Q6e


LAGS = ((-99999, -1), (0, 0), (1, 3), (4, 6), (7, 10), (11, 99999))


def q6e(rep: Report) -> Table:
    """Days until the start (column B) or the exit (column C) was typed in; the first line is < 0 days."""
    starts = [(stay.entry, stay.typed) for stay in rep.for_dq if stay.entry >= stay.start]
    exits = [(stay.exit, stay.exit_typed) for stay in rep.for_dq if stay.leaver]
    start_lags = [(typed - event).days for event, typed in starts if typed]
    exit_lags = [(typed - event).days for event, typed in exits if event and typed]
    lines = LAGS[1:] if rep.year == "2022" else LAGS
    return [[sum(least <= lag <= most for lag in lags) for lags in (start_lags, exit_lags)] for least, most in lines]


# ------------------------------------------------------------------------------------------- table Q6f


def q6f(rep: Report) -> Table:
    """Contacts (adults and heads) and bed nights (everybody): people due, people silent for 90 days, share."""
    settled = [stay for stay in rep.for_dq if stay.stayer and stay.entry + timedelta(days=90) <= stay.end]
    by_contact = [stay for stay in settled if stay.adult_or_head and is_contacted(stay, rep)]
    by_night = [stay for stay in settled if stay.kind == NIGHT_BY_NIGHT]
    return [
        silence([lately(stay, stay.contacts) for stay in by_contact]),
        silence([lately(stay, stay.nights) for stay in by_night]),
    ]


def is_contacted(stay: Stay, rep: Report) -> bool:
    if rep.year == "2026":
        return stay.kind == OUTREACH or (stay.kind == "6" and stay.project in rep.path)
    return stay.kind in {OUTREACH, NIGHT_BY_NIGHT}


def lately(stay: Stay, days: set[date]) -> bool:
    return any(stay.end - timedelta(days=90) <= on <= stay.end for on in days)


def silence(seen: list[bool]) -> list[Cell]:
    silent = seen.count(False)
    return [len(seen), silent, Fraction(silent, len(seen)) if seen else None]


def hud_tables(
    tables: Tables,
    start: date,
    end: date,
    project_ids: Collection[str] | None = None,
    coc_codes: Collection[str] | None = None,
) -> dict[str, Table]:
    """Q5a and Q6a to Q6f; None stands for a blank cell and for a rate without a denominator."""
    rep = report(tables, start, end, project_ids, coc_codes)
    column_b, column_c = q5a_column(rep.for_dq, rep), q5a_column(rep.everybody, rep)
    return {
        "Q5a": [list(pair) for pair in zip(column_b, column_c, strict=True)],
        "Q6a": q6a(rep),
        "Q6b": q6b(rep, column_b),
        "Q6c": q6c(rep, column_b),
        "Q6d": q6d(rep),
        "Q6e": q6e(rep),
        "Q6f": q6f(rep),
    }


# ---------------------------------------------------------------------------------------- bed coverage

BED_GROUPS = {"0": "ES", "1": "ES", "2": "TH", "3": "PSH", "8": "SH", "9": "OPH", "10": "OPH", "13": "RRH"}


def bed_coverage(
    tables: Tables, on: date, coc_codes: Collection[str] | None = None
) -> dict[str, dict[str, tuple[int, int]]]:
    """(numerator, denominator) by measure and group, in year-round beds of continuum projects on one day."""
    projects = {row["ProjectID"]: row for row in tables["Project"] if is_bed_project(row, on)}
    vsp = {row["OrganizationID"] for row in tables["Organization"] if row["VictimServiceProvider"] == "1"}
    taking_part = {
        (row["ProjectID"], row["HMISParticipationType"])
        for row in tables["HMISParticipation"]
        if under_way(row["HMISParticipationStatusStartDate"], row["HMISParticipationStatusEndDate"], on)
    }
    hmis = dict.fromkeys(BED_GROUPS.values(), (0, 0))
    nofo = dict.fromkeys(BED_GROUPS.values(), (0, 0))
    for row in tables["Inventory"]:
        key = row["ProjectID"]
        in_coc = coc_codes is None or row["CoCCode"] in coc_codes
        if key not in projects or not in_coc or not is_year_round(row, on):
            continue
        group, beds = BED_GROUPS[projects[key]["ProjectType"]], int(row["BedInventory"] or 0)
        victims = projects[key]["OrganizationID"] in vsp
        in_hmis, comparable = (key, "1") in taking_part and not victims, (key, "2") in taking_part
        if not victims:
            hmis[group] = add(hmis[group], beds, in_hmis)
        nofo[group] = add(nofo[group], beds, in_hmis or comparable)
    return {"cov.hmis_beds": hmis, "cov.nofo": nofo}


def add(share: tuple[int, int], beds: int, covered: bool) -> tuple[int, int]:
    return share[0] + beds * covered, share[1] + beds


def under_way(first: str, last: str, on: date) -> bool:
    """From the first day on, and before the last one."""
    begins, ends = day(first), day(last)
    return begins is not None and begins <= on and (ends is None or ends > on)


def is_bed_project(project: Row, on: date) -> bool:
    kind = project["ProjectType"]
    housing = kind in BED_GROUPS and (kind != "13" or project.get("RRHSubType", "") in {"2", ""})
    operating = under_way(project["OperatingStartDate"], project["OperatingEndDate"], on)
    return housing and operating and project["ContinuumProject"] == "1"


def is_year_round(inventory: Row, on: date) -> bool:
    """The inventory's last day still counts; a blank Availability is year-round."""
    begins, ends = day(inventory["InventoryStartDate"]), day(inventory["InventoryEndDate"])
    active = begins is not None and begins <= on and (ends is None or ends >= on)
    return active and inventory["Availability"] in {"1", ""}
