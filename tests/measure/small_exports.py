"""Tiny HMIS CSV exports made up for tests: a plain one to spoil by hand, and a strategy that makes odd ones.

An export is a dict of table name to rows, each row a dict of text cells. Rows made by the strategy lean towards the
days around the report period, shared households, several heads, repeated keys, odd codes and blanks.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

Row = dict[str, str]
Tables = dict[str, list[Row]]

START, END = date(2024, 10, 1), date(2025, 9, 30)
COCS = ("XX-500", "XX-501")

_RACES = ("AmIndAKNative", "Asian", "BlackAfAmerican", "MidEastNAfrican", "NativeHIPacific", "White")
_GENDERS = ("Woman", "Man", "NonBinary", "CulturallySpecific", "Transgender", "Questioning", "DifferentIdentity")


# --- a plain export ----------------------------------------------------------------------------------------


def client_row(edition: str, key: str = "1", **values: str) -> Row:
    """A person born in 1980 without any error; the number is the specimen once printed on sample cards."""
    row = {
        "PersonalID": key, "FirstName": "Ann", "LastName": "Example", "NameDataQuality": "1", "SSN": "078051120",
        "SSNDataQuality": "1", "DOB": "1980-01-01", "DOBDataQuality": "1", **dict.fromkeys(_RACES, "0"), "White": "1",
        "RaceNone": "", "VeteranStatus": "0", "DateCreated": "2024-10-01 08:00:00", "DateDeleted": "",
    }  # fmt: skip
    if edition == "FY2024":
        row |= {"HispanicLatinaeo": "0", **dict.fromkeys(_GENDERS, "0"), "Woman": "1", "GenderNone": ""}
    else:
        row |= {"HispanicLatinao": "0", "Sex": "0"}
    return row | values


def enrollment_row(key: str = "1", person: str = "1", **values: str) -> Row:
    """A stay of one person alone in project P that began on the first day of the period and has not ended."""
    return {
        "EnrollmentID": key, "PersonalID": person, "ProjectID": "P", "EntryDate": START.isoformat(),
        "HouseholdID": f"H{key}", "RelationshipToHoH": "1", "EnrollmentCoC": "XX-500", "LivingSituation": "116",
        "LengthOfStay": "2",
        "LOSUnderThreshold": "", "PreviousStreetESSH": "", "DateToStreetESSH": "", "TimesHomelessPastThreeYears": "1",
        "MonthsHomelessPastThreeYears": "101", "DisablingCondition": "0", "DateOfEngagement": "", "MoveInDate": "",
        "RentalSubsidyType": "", "DateCreated": "2024-10-02 10:00:00", "DateDeleted": "",
    } | values  # fmt: skip


def exit_row(key: str, day: str, **values: str) -> Row:
    """The end of a stay, typed in on the day itself."""
    return {
        "EnrollmentID": key, "ExitDate": day, "Destination": "410", "DateCreated": day, "DateDeleted": "",
    } | values  # fmt: skip


def project_row(key: str = "P", kind: str = "2", **values: str) -> Row:
    """A continuum project, open for years; transitional housing unless another type is given."""
    return {
        "ProjectID": key, "OrganizationID": "O", "ProjectName": f"Project {key}", "OperatingStartDate": "2010-01-01",
        "OperatingEndDate": "", "ContinuumProject": "1", "ProjectType": kind, "RRHSubType": "", "PITCount": "",
        "DateDeleted": "",
    } | values  # fmt: skip


def inventory_row(project: str = "P", **values: str) -> Row:
    """Ten year-round beds in XX-500."""
    return {
        "ProjectID": project, "CoCCode": "XX-500", "Availability": "", "BedInventory": "10", "UnitInventory": "4",
        "InventoryStartDate": "2010-01-01", "InventoryEndDate": "", "DateDeleted": "",
    } | values  # fmt: skip


def participation_row(project: str = "P", kind: str = "1", **values: str) -> Row:
    """Takes part in HMIS (1) since 2010."""
    return {
        "ProjectID": project, "HMISParticipationType": kind, "HMISParticipationStatusStartDate": "2010-01-01",
        "HMISParticipationStatusEndDate": "", "DateDeleted": "",
    } | values  # fmt: skip


def export_row(edition: str) -> Row:
    """The one row of Export.csv, with the report period."""
    return {
        "ExportID": "1", "ExportStartDate": START.isoformat(), "ExportEndDate": END.isoformat(),
        "CSVVersion": f"{edition.removeprefix('FY')} v1.0", "HashStatus": "1",
    }  # fmt: skip


def plain(edition: str = "FY2026", **tables: list[Row]) -> Tables:
    """Two people in one project, one of whom left; ``tables`` replaces whole tables."""
    return {
        "Export": [export_row(edition)],
        "Client": [client_row(edition), client_row(edition, "2")],
        "Enrollment": [enrollment_row(), enrollment_row("2", "2")],
        "Exit": [exit_row("2", "2025-03-01")],
        "Services": [service_row("1", "2024-10-05", "144")],
        "Disabilities": [need_row("1")],
        "IncomeBenefits": [income_row("1"), income_row("2"), income_row("2", "3", "2025-03-01")],
        "CurrentLivingSituation": [contact_row("1", START.isoformat())],
        "HealthAndDV": [dv_row("1"), dv_row("2")],
        "Funder": [{"ProjectID": "P", "Funder": "2", "DateDeleted": ""}],
        "Project": [project_row()],
        "Organization": [{"OrganizationID": "O", "VictimServiceProvider": "0", "DateDeleted": ""}],
        "ProjectCoC": [{"ProjectID": "P", "CoCCode": "XX-500", "DateDeleted": ""}],
        "Inventory": [inventory_row()],
        "HMISParticipation": [participation_row()],
    } | tables


def service_row(key: str, day: str, kind: str = "200") -> Row:
    """A service; 200 is a bed night."""
    return {"EnrollmentID": key, "DateProvided": day, "RecordType": kind, "DateCreated": day, "DateDeleted": ""}


def need_row(key: str, kind: str = "5", response: str = "0", **values: str) -> Row:
    """An answer on one disability, at project start."""
    return {
        "EnrollmentID": key, "InformationDate": START.isoformat(), "DisabilityType": kind,
        "DisabilityResponse": response, "IndefiniteAndImpairs": "", "DataCollectionStage": "1", "DateDeleted": "",
    } | values  # fmt: skip


INCOME_SOURCES = (
    "Earned", "Unemployment", "SSI", "SSDI", "VADisabilityService", "VADisabilityNonService", "PrivateDisability",
    "WorkersComp", "TANF", "GA", "SocSecRetirement", "Pension", "ChildSupport", "Alimony", "OtherIncomeSource",
)  # fmt: skip


def income_row(key: str, stage: str = "1", day: str = START.isoformat(), **values: str) -> Row:
    """No income from any source."""
    return {
        "EnrollmentID": key, "InformationDate": day, "IncomeFromAnySource": "0", **dict.fromkeys(INCOME_SOURCES, "0"),
        "DataCollectionStage": stage, "DateUpdated": day, "DateDeleted": "",
    } | values  # fmt: skip


def dv_row(key: str, answer: str = "0", stage: str = "1", **values: str) -> Row:
    """No survivor of domestic violence, told at project start."""
    return {
        "EnrollmentID": key, "InformationDate": START.isoformat(), "DomesticViolenceSurvivor": answer,
        "DataCollectionStage": stage, "DateDeleted": "",
    } | values  # fmt: skip


def contact_row(key: str, day: str, **values: str) -> Row:
    """A contact with somebody, who says where they live now."""
    return {"EnrollmentID": key, "InformationDate": day, "DateCreated": day, "DateDeleted": ""} | values


# --- writing -----------------------------------------------------------------------------------------------


def csv_text(rows: list[Row], header: list[str], newline: str = "\n") -> str:
    """The rows as CSV under the header, which may be in any order."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, header, lineterminator=newline, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def texts_of(tables: Tables, newline: str = "\n") -> dict[str, str]:
    """Every table as CSV text; an empty table has the header of the plain export."""
    edition = "FY2024" if "2024" in tables["Export"][0]["CSVVersion"] else "FY2026"
    headers = {name: list(rows[0]) for name, rows in plain(edition).items()}
    headers |= {name: list(rows[0]) for name, rows in tables.items() if rows}
    return {name: csv_text(rows, headers[name], newline) for name, rows in tables.items()}


def write_folder(texts: Mapping[str, str | bytes], folder: Path) -> Path:
    """The texts as CSV files in a folder, made if need be."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.csv").write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


def spoil(path: Path, old: bytes, new: bytes) -> None:
    """Replace bytes of a file; they must be there."""
    text = path.read_bytes()
    assert old in text, path.name
    path.write_bytes(text.replace(old, new))


def write_zip(texts: Mapping[str, str | bytes], path: Path, inside: str = "") -> Path:
    """The texts as CSV files in a zip, each name preceded by ``inside``."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in texts.items():
            archive.writestr(f"{inside}{name}.csv", text)
    return path


# --- the strategy ------------------------------------------------------------------------------------------


def _days(*around: date, reach: int = 1) -> list[str]:
    return [(day + timedelta(days=off)).isoformat() for day in around for off in range(-reach, reach + 1)]


_YEAR_BEFORE = (START - timedelta(days=365), END - timedelta(days=364))
_STAY_DAYS = [*_days(START, END, date(2025, 1, 29), *_YEAR_BEFORE), *_days(END - timedelta(days=90)), "2024-02-29",
              "2016-09-30", "2016-10-01", "2020-02-29", "2025-03-01", "2020-01-01"]  # fmt: skip
_PEOPLE = ("1", "2", "3", "4")
_STAYS = ("1", "2", "3", "4", "5", "6", "10")
_PROJECTS = ("P", "Q", "R")
# Birthdays that make somebody 12, 18, 25 or of the years beside, on the first day of the period or at a start in it.
_BIRTHS = [
    (date(START.year - age, START.month, START.day) + timedelta(days=off)).isoformat()
    for age in (0, 5, 12, 17, 18, 24, 25, 40)
    for off in (-1, 0, 1)
] + ["2006-03-01", "2004-02-29", "1914-12-31", "1915-01-01", "2025-01-29", "", "1980-01-01"]
_NUMBERS = ("078051120", "", "123456789", "098765432", "111111111", "012345678", "000123456", "666123456", "912345678",
            "123004567", "123450000", "12345678", "1234567890", "12345678x", "219099999")  # fmt: skip


def _one(*values: str, often: str = "", weight: int = 3) -> SearchStrategy[str]:
    """One of the values; ``often`` comes ``weight`` times as often as each of the others, if given."""
    return st.sampled_from([*([often] * weight if often else []), *values])


_quality = _one("2", "8", "9", "99", "", "7", often="1", weight=6)
_stay_length = _one("", "2", "3", "4", "8", "10", "11", "99")
_yes_no = _one("0", "1", "8", "9", "99", "")
_deleted = _one("", "", "", "", "", "", "", "", "", "2025-01-01", often="")
_day = st.sampled_from(_STAY_DAYS)


@st.composite
def _clients(draw: DrawFn, edition: str) -> list[Row]:
    rows = []
    for key in draw(st.lists(_one(*_PEOPLE), min_size=2, max_size=5)):
        values = {
            "FirstName": draw(_one("", often="Ann")),
            "LastName": draw(_one("", "  ", often="Example")),
            "NameDataQuality": draw(_quality),
            "SSN": draw(st.sampled_from(_NUMBERS)),
            "SSNDataQuality": draw(_quality),
            "DOB": draw(st.sampled_from(_BIRTHS)),
            "DOBDataQuality": draw(_quality),
            "White": draw(_one("0", "", "99", often="1")),
            "RaceNone": draw(_one("8", "9", "99", "0", "", often="", weight=0)),
            "VeteranStatus": draw(_yes_no),
            "DateCreated": draw(_one(*_STAY_DAYS, "")),
            "DateDeleted": draw(_deleted),
        }
        if edition == "FY2024":
            values |= {"Woman": draw(_one("0", "1", "")), "GenderNone": draw(_one("", "8", "9", "99"))}
            values |= {"HispanicLatinaeo": draw(_one("0", "1"))}
        else:
            values |= {"HispanicLatinao": draw(_one("0", "1"))}
        rows.append(client_row(edition, key, **values))
    return rows


@st.composite
def _enrollments(draw: DrawFn) -> list[Row]:
    rows = []
    starts = [*draw(st.lists(_day, min_size=1, max_size=3)) * 4, ""]
    for key in draw(st.lists(_one(*_STAYS), min_size=3, max_size=8)):
        values = {
            "ProjectID": draw(_one(*_PROJECTS, "nowhere", often="P")),
            "EntryDate": draw(st.sampled_from(starts)),
            "HouseholdID": draw(_one("", f"H{key}", often="H", weight=4)),
            "RelationshipToHoH": draw(_one("2", "3", "4", "5", "6", "99", "", often="1", weight=6)),
            "EnrollmentCoC": draw(_one("XX-501", "", "xx-500", "XX-5000", "XX500", often="XX-500")),
            "LivingSituation": draw(
                _one("", "8", "99", "100", "116", "199", "200", "225", "299", "410", "435", "500", often="")
            ),
            "LengthOfStay": draw(_stay_length),
            "LOSUnderThreshold": draw(_one("", "0", "1", "99")),
            "PreviousStreetESSH": draw(_one("", "0", "1", "99")),
            "DateToStreetESSH": draw(_one("", "2023-02-28", "2023-03-01", "2024-03-01", "2023-10-01", "2023-10-02")),
            "TimesHomelessPastThreeYears": draw(_one("", "1", "9", "3", "8", "99", often="4")),
            "MonthsHomelessPastThreeYears": draw(_one("", "8", "99", "101", "111", "112", "113")),
            "DisablingCondition": draw(_one("0", "0", "0", "0", "1", "1", "1", "1", "8", "9", "99", "", "2")),
            "DateOfEngagement": draw(_one("", *_STAY_DAYS)),
            "MoveInDate": draw(_one("", *_STAY_DAYS)),
            "RentalSubsidyType": draw(_one("", "428")),
            "DateCreated": draw(_one("", *_STAY_DAYS)),
            "DateDeleted": draw(_deleted),
        }
        if values["DateCreated"] and draw(st.booleans()):
            values["DateCreated"] += " 23:59:59"
        rows.append(enrollment_row(key, draw(_one(*_PEOPLE, "nobody", often="1")), **values))
    return rows


@st.composite
def _exits(draw: DrawFn) -> list[Row]:
    keys = draw(st.lists(_one(*_STAYS), max_size=7))
    return [
        exit_row(
            key,
            draw(_one(*_STAY_DAYS, "")),
            Destination=draw(_one("8", "9", "17", "24", "30", "99", "", often="410")),
            DateCreated=draw(_one(*_STAY_DAYS, "")),
            DateDeleted=draw(_deleted),
        )
        for key in keys
    ]


@st.composite
def _services(draw: DrawFn) -> list[Row]:
    keys = draw(st.lists(_one(*_STAYS, "77"), max_size=8))
    nights = _one("", "2024-03-01", often="", weight=0) | st.sampled_from(_days(START, END, *_SILENT))
    return [
        service_row(key, draw(nights), draw(_one("144", "", often="200", weight=6)))
        | {"DateCreated": draw(_one("", "2025-02-03", "2025-09-30"))}
        for key in keys
    ]


@st.composite
def _needs(draw: DrawFn) -> list[Row]:
    keys = draw(st.lists(_one(*_STAYS, "77"), max_size=8))
    return [
        need_row(
            key,
            draw(_one("5", "6", "6", "7", "8", "8", "9", "10", "11", "")),
            draw(_one("0", "2", "3", "8", "", often="1", weight=6)),
            IndefiniteAndImpairs=draw(_one("0", "1", "", "99", often="1")),
            InformationDate=draw(_one(START.isoformat(), "2025-01-01", "")),
            DataCollectionStage=draw(_one("1", "2", "3", "5", often="1")),
            DateDeleted=draw(_deleted),
        )
        for key in keys
    ]


_SILENT = (END - timedelta(days=90),)  # the day before which a contact or night is too long ago


@st.composite
def _incomes(draw: DrawFn, stays: list[Row], exits: list[Row]) -> list[Row]:
    """Records on the days that matter: the start, the exit, the anniversaries and a month around them, and others."""
    days = [row["EntryDate"] for row in stays if row["EntryDate"]] + [
        row["ExitDate"] for row in exits if row["ExitDate"]
    ]
    years = [date.fromisoformat(day) for day in days if day[5:] != "02-29"]
    due = [first.replace(year=year) for first in years for year in (2024, 2025) if year > first.year]
    around = [(day + timedelta(days=off)).isoformat() for day in due for off in (-31, -30, 0, 30, 31)]
    when = st.sampled_from([*days, *days, *around, *_days(*_YEAR_BEFORE), ""])
    keys = draw(st.lists(_one(*_STAYS, "77"), max_size=12))
    return [
        income_row(
            key,
            draw(_one("1", "2", "3", "", often="5")),
            draw(when),
            IncomeFromAnySource=draw(_yes_no),
            Earned=draw(_one("", "1", "99", often="0")),
            OtherIncomeSource=draw(_one("", "1", often="0", weight=6)),
            DateUpdated=draw(_one("", "2025-01-01", "2025-01-02 09:59:59", "2025-01-02 10:00:00")),
            DateDeleted=draw(_deleted),
        )
        for key in keys
    ]


@st.composite
def _contacts(draw: DrawFn) -> list[Row]:
    days = st.sampled_from(_days(START, END, *_SILENT))
    keys = draw(st.lists(_one(*_STAYS, "77"), max_size=5))
    typed = draw(_one("", "2025-09-30", "2025-10-04"))
    return [contact_row(key, draw(_one("") | days), DateCreated=typed, DateDeleted=draw(_deleted)) for key in keys]


@st.composite
def _descriptors(draw: DrawFn) -> Tables:
    """Projects of three kinds, their CoCs, beds and participation."""
    rim = _one("2010-01-01", *_days(date(2025, 1, 29)), "", often="2010-01-01")
    over = _one(*_days(date(2025, 1, 29)), "", "")
    kind = _one("0", "1", "1", "2", "3", "4", "4", "6", "8", "8", "9", "10", "11", "13", "13", "14", "")
    return {
        "Project": [
            project_row(
                key,
                draw(kind),
                RRHSubType=draw(_one("", "1", "2", "99")),
                ContinuumProject=draw(_one("0", "", often="1", weight=6)),
                OperatingStartDate=draw(rim),
                OperatingEndDate=draw(over),
                OrganizationID=draw(_one("O", "V", "unknown", often="O")),
                PITCount=draw(_one("", "0", "3", "12")),
            )
            for key in _PROJECTS
        ],
        "Organization": [
            {"OrganizationID": key, "VictimServiceProvider": draw(_one("0", "1", "")), "DateDeleted": ""}
            for key in "OV"
        ],
        "Funder": [
            {"ProjectID": key, "Funder": draw(_one("2", "21", "")), "DateDeleted": draw(_deleted)}
            for key in draw(st.lists(_one(*_PROJECTS), max_size=4))
        ],
        "ProjectCoC": [
            {"ProjectID": key, "CoCCode": draw(_one("", *COCS)), "DateDeleted": draw(_deleted)}
            for key in draw(st.lists(_one(*_PROJECTS), max_size=5))
        ],
        "Inventory": [
            inventory_row(
                key,
                CoCCode=draw(_one("", *COCS)),
                Availability=draw(_one("", "1", "2", "3")),
                BedInventory=draw(_one("", "0", "1", "7", "50")),
                UnitInventory=draw(_one("", "0", "2")),
                InventoryStartDate=draw(rim),
                InventoryEndDate=draw(over),
                DateDeleted=draw(_deleted),
            )
            for key in draw(st.lists(_one(*_PROJECTS), max_size=5))
        ],
        "HMISParticipation": [
            participation_row(
                key,
                draw(_one("0", "1", "2", "")),
                HMISParticipationStatusStartDate=draw(rim),
                HMISParticipationStatusEndDate=draw(over),
            )
            for key in draw(st.lists(_one(*_PROJECTS), max_size=5))
        ],
    }


@st.composite
def exports(draw: DrawFn) -> Tables:
    """An export of edition FY2024 or FY2026 made of one to ten worlds that share nothing but the file.

    Every table may be odd, none is unreadable. Each key begins with the number of its world and a dash.
    """
    edition = draw(st.sampled_from(["FY2024", "FY2026"]))
    tables: Tables = {"Export": [export_row(edition) | {"HashStatus": draw(_one("1", "", "4", often="1"))}]}
    for number in range(draw(st.integers(1, 10))):
        stays, exits = draw(_enrollments()), draw(_exits())
        world = {
            "Client": draw(_clients(edition)),
            "Enrollment": stays,
            "Exit": exits,
            "IncomeBenefits": draw(_incomes(stays, exits)),
            "CurrentLivingSituation": draw(_contacts()),
            "Services": draw(_services()),
            "HealthAndDV": [
                dv_row(key, draw(_one("1", "8", "99", "", often="0")), draw(_one("3", often="1")))
                for key in draw(st.lists(_one(*_STAYS, "77"), max_size=6))
            ],
            "Disabilities": draw(_needs()),
            **draw(_descriptors()),
        }
        for name, rows in world.items():
            tables.setdefault(name, []).extend(_keyed(row, f"{number}-") for row in rows)
    return tables


_KEYS = ("PersonalID", "EnrollmentID", "HouseholdID", "ProjectID", "OrganizationID")


def _keyed(row: Row, prefix: str) -> Row:
    return {name: prefix + cell if name in _KEYS and cell else cell for name, cell in row.items()}


def worlds(tables: Tables) -> dict[str, Tables]:
    """The worlds of a made export by prefix, each with the row of Export; every row's first cell is a key."""
    head = {"Export": tables["Export"]}
    prefixes = sorted({row["ProjectID"].partition("-")[0] for row in tables["Project"]})
    return {
        number: head
        | {
            name: [row for row in rows if next(iter(row.values())).startswith(f"{number}-")]
            for name, rows in tables.items()
            if name != "Export"
        }
        for number in prefixes
    }
