"""Answers taken at start, each year and at exit: income, disabilities, health, work, school."""

from __future__ import annotations

from datetime import date, timedelta

from .dice import Dice
from .people import Person
from .tables import PERIOD_END, Row, Tables, age_on, years_later

START, ANNUAL, EXIT = 1, 5, 3

# 4.02: flag to the column of its amount, where it is not simply flag + "Amount".
INCOME = (
    "Earned", "Unemployment", "SSI", "SSDI", "VADisabilityService", "VADisabilityNonService", "PrivateDisability",
    "WorkersComp", "TANF", "GA", "SocSecRetirement", "Pension", "ChildSupport", "Alimony", "OtherIncomeSource",
)  # fmt: skip
BENEFITS = ("SNAP", "WIC", "TANFChildCare", "TANFTransportation", "OtherTANF", "OtherBenefitsSource")
INSURANCE = (
    "Medicaid", "Medicare", "SCHIP", "VHAServices", "EmployerProvided", "COBRA", "PrivatePay", "StateHealthIns",
    "IndianHealthServices", "OtherInsurance",
)  # fmt: skip
NEED_KINDS = (5, 6, 7, 8, 9, 10)
# Project types that take no disability or health records here: day shelter and coordinated entry.
LIGHT_TOUCH = (11, 14)


def amount_column(flag: str) -> str:
    return "OtherIncomeAmount" if flag == "OtherIncomeSource" else f"{flag}Amount"


def add_records(tables: Tables, dice: Dice) -> None:
    visits: dict[tuple[str, int], int] = {}
    for row in tables["Enrollment"]:
        person: Person = row["_person"]
        end = row["_exit"]["ExitDate"] if row["_exit"] else None
        _income_over_time(tables, row, end, visits, dice)
        if row["_project"].type not in LIGHT_TOUCH:
            _disabilities(tables, row, person)
            if row["_grown"]:
                _health(tables, row, person, dice)
        if row["_grown"]:
            _work_and_school(tables, row, person, end, dice)


def _income_over_time(
    tables: Tables, row: Row, end: date | None, visits: dict[tuple[str, int], int], dice: Dice
) -> None:
    """One record at start, one each year around the anniversary (the household together), one at exit."""
    person: Person = row["_person"]
    income = dict(person.income)
    start: date = row["EntryDate"]
    _income_record(tables, row, person, start, START, income)
    if row["_project"].type in LIGHT_TOUCH and not end:
        return
    year = 1
    while years_later(start, year) <= (end or PERIOD_END):
        visit = (row["HouseholdID"], year)
        if visit not in visits:
            visits[visit] = dice.between(-28, 24)
        day = years_later(start, year) + timedelta(days=visits[visit])
        _change(income, person, day, dice)
        if day <= (end or PERIOD_END):
            _income_record(tables, row, person, day, ANNUAL, income)
        year += 1
    if end:
        _change(income, person, end, dice)
        _income_record(tables, row, person, end, EXIT, income)


def _change(income: dict[str, int], person: Person, day: date, dice: Dice) -> None:
    """Some find work, some lose it, some are granted disability income."""
    if age_on(person.dob, day) < 18 or not dice.chance(0.28):
        return
    if "Earned" in income:
        if dice.chance(0.3):
            del income["Earned"]
        else:
            income["Earned"] += 50 * dice.between(1, 8)
    elif person.disabled and not income and dice.chance(0.6):
        income["SSI"] = 967 if day.year >= 2025 else 943
    else:
        income["Earned"] = dice.between(10, 44) * 50


def _income_record(tables: Tables, row: Row, person: Person, day: date, stage: int, income: dict[str, int]) -> None:
    record = tables.add(
        "IncomeBenefits",
        IncomeBenefitsID=str(700001 + len(tables["IncomeBenefits"])),
        EnrollmentID=row["EnrollmentID"],
        PersonalID=person.id,
        InformationDate=day,
        **_flags(INSURANCE, "InsuranceFromAnySource", (person.insurance,) if person.insurance else ()),
        DataCollectionStage=stage,
        _enrollment=row,
    )
    if not row["_grown"] and age_on(person.dob, day) < 18:
        return
    record["IncomeFromAnySource"] = int(bool(income))
    record["TotalMonthlyIncome"] = sum(income.values())
    for flag in INCOME:
        record[flag] = int(flag in income)
        record[amount_column(flag)] = income.get(flag)
    record.update(_flags(BENEFITS, "BenefitsFromAnySource", person.benefits))
    if row["_project"].type == 6 or 33 in row["_project"].funders:
        record["ConnectionWithSOAR"] = int("SSI" in income or "SSDI" in income)


def _flags(names: tuple[str, ...], gate: str, chosen: tuple[str, ...]) -> Row:
    return {gate: int(bool(chosen))} | {name: int(name in chosen) for name in names}


def _disabilities(tables: Tables, row: Row, person: Person) -> None:
    for kind in NEED_KINDS:
        response, lasting = person.needs.get(kind, (0, None))
        tables.add(
            "Disabilities",
            DisabilitiesID=str(800001 + len(tables["Disabilities"])),
            EnrollmentID=row["EnrollmentID"],
            PersonalID=person.id,
            InformationDate=row["EntryDate"],
            DisabilityType=kind,
            DisabilityResponse=response,
            IndefiniteAndImpairs=lasting,
            DataCollectionStage=START,
            _enrollment=row,
        )


def _health(tables: Tables, row: Row, person: Person, dice: Dice) -> None:
    survivor = person.violence is not None
    tables.add(
        "HealthAndDV",
        HealthAndDVID=str(600001 + len(tables["HealthAndDV"])),
        EnrollmentID=row["EnrollmentID"],
        PersonalID=person.id,
        InformationDate=row["EntryDate"],
        DomesticViolenceSurvivor=int(survivor),
        WhenOccurred=person.violence,
        CurrentlyFleeing=int(person.fleeing) if survivor else None,
        GeneralHealthStatus=dice.between(2, 5) if 20 in row["_project"].funders else None,
        DataCollectionStage=START,
        _enrollment=row,
    )


def _work_and_school(tables: Tables, row: Row, person: Person, end: date | None, dice: Dice) -> None:
    funders = row["_project"].funders
    days = [(START, row["EntryDate"])] + ([(EXIT, end)] if end else [])
    for stage, day in days:
        if 20 in funders or 33 in funders:
            _employment(tables, row, person, stage, day, dice)
        if 43 in funders and row["RelationshipToHoH"] == 1:
            _school(tables, row, person, stage, day, dice)


def _employment(tables: Tables, row: Row, person: Person, stage: int, day: date, dice: Dice) -> None:
    works = "Earned" in person.income
    tables.add(
        "EmploymentEducation",
        EmploymentEducationID=str(400001 + len(tables["EmploymentEducation"])),
        EnrollmentID=row["EnrollmentID"],
        PersonalID=person.id,
        InformationDate=day,
        LastGradeCompleted=dice.weighted({4: 14, 5: 42, 7: 16, 10: 18, 11: 5, 12: 3, 14: 2}),
        Employed=int(works),
        EmploymentType=dice.weighted({1: 45, 2: 40, 3: 15}) if works else None,
        NotEmployedReason=None if works else dice.weighted({1: 35, 2: 45, 3: 20}),
        DataCollectionStage=stage,
        _enrollment=row,
    )


def _school(tables: Tables, row: Row, person: Person, stage: int, day: date, dice: Dice) -> None:
    attends = dice.weighted({0: 52, 1: 12, 2: 36})
    tables.add(
        "YouthEducationStatus",
        YouthEducationStatusID=str(300001 + len(tables["YouthEducationStatus"])),
        EnrollmentID=row["EnrollmentID"],
        PersonalID=person.id,
        InformationDate=day,
        CurrentSchoolAttend=attends,
        MostRecentEdStatus=dice.weighted({0: 50, 1: 16, 2: 26, 6: 8}) if attends == 0 else None,
        CurrentEdStatus=dice.weighted({0: 55, 1: 25, 2: 10, 4: 10}) if attends else None,
        DataCollectionStage=stage,
        _enrollment=row,
    )
