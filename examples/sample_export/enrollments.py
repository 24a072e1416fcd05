"""Client, Enrollment and Exit rows: the journeys put into the form's own codes."""

from __future__ import annotations

from datetime import date, timedelta

from .dice import Dice
from .journeys import HOMELESS, Stay
from .people import RACES, Household, Person
from .tables import PERIOD_END, Row, Tables, age_on

VETERAN_FUNDERS = (20, 33)
THEATERS = (
    "WorldWarII", "KoreanWar", "VietnamWar", "DesertStorm", "AfghanistanOEF", "IraqOIF", "IraqOND", "OtherTheater",
)  # fmt: skip


def add_enrollments(tables: Tables, homes: list[Household], dice: Dice) -> None:
    """Number people in the order given, and enrollments in the order of their start."""
    people = [person for home in homes for person in home.people]
    for number, person in enumerate(people, 1):
        person.id = str(100000 + number)
    stays = sorted((stay for home in homes for stay in home.stays), key=lambda stay: (stay.start, stay.home.head.id))
    for number, stay in enumerate(stays, 1):
        _enroll_household(tables, stay, f"H{number:05d}", dice)
    theirs: dict[str, list[Row]] = {}
    for row in tables["Enrollment"]:
        theirs.setdefault(row["PersonalID"], []).append(row)
    for person in people:
        if person.id in theirs:
            _add_client(tables, person, theirs[person.id], dice)


def _enroll_household(tables: Tables, stay: Stay, household: str, dice: Dice) -> None:
    history = _prior(stay, dice)
    for person in stay.home.people:
        start = max(stay.start, person.dob)
        end = stay.end
        if person.relation > 2 and end and dice.chance(0.1):
            end = max(start, end - timedelta(days=dice.between(5, 60)))  # a partner or relative who left first
        if start > (end or PERIOD_END):
            continue
        row = _enrollment(tables, stay, person, household, start)
        grown = person is stay.home.head or age_on(person.dob, start) >= 18
        row["_grown"] = grown
        if grown:
            row.update(history)
            row["DateOfEngagement"] = _engaged(stay, dice)
        if person is stay.home.head:
            row["MoveInDate"] = stay.move_in
            row.update(_program_answers(stay, dice))
        if end:
            _exit(tables, stay, row, end, dice)


def _enrollment(tables: Tables, stay: Stay, person: Person, household: str, start: date) -> Row:
    return tables.add(
        "Enrollment",
        EnrollmentID=str(500001 + len(tables["Enrollment"])),
        PersonalID=person.id,
        ProjectID=stay.project.id,
        EntryDate=start,
        HouseholdID=household,
        RelationshipToHoH=person.relation,
        EnrollmentCoC=stay.coc,
        DisablingCondition=int(person.disabled),
        _project=stay.project,
        _person=person,
        _exit=None,
    )


def _prior(stay: Stay, dice: Dice) -> Row:
    """3.917 as the whole household's adults answer it."""
    code = _length_code(stay.prior_days)
    answers: Row = {"LivingSituation": stay.prior, "LengthOfStay": code}
    if stay.prior == 435:
        answers["RentalSubsidyType"] = dice.weighted({433: 55.0, 434: 30.0, 420: 15.0})
    if stay.project.asks_street_history or stay.prior in HOMELESS:
        return answers | _street_history(stay, stay.street_since, dice)
    short = code in ((10, 11, 2, 3) if stay.prior < 300 else (10, 11))
    answers["LOSUnderThreshold"] = int(short)
    if short:
        from_street = dice.chance(0.55 if stay.prior < 300 else 0.2)
        answers["PreviousStreetESSH"] = int(from_street)
        if from_street:
            earlier = min(stay.home.street_since, stay.start - timedelta(days=stay.prior_days + 3))
            answers |= _street_history(stay, earlier, dice)
    return answers


def _length_code(days: int) -> int:
    """3.917.2 from days."""
    for limit, code in ((1, 10), (6, 11), (29, 2), (89, 3), (364, 4)):
        if days <= limit:
            return code
    return 5


def _street_history(stay: Stay, since: date, dice: Dice) -> Row:
    """Start of this spell, times and months in three years, made to agree with one another."""
    months = (stay.start.year - since.year) * 12 + stay.start.month - since.month + 1
    times = 1 if months > 36 else stay.times
    if times > 1:
        months = max(months, times) + dice.between(0, 5)
    if times == 4 and dice.chance(0.5):
        months = 13
    return {
        "DateToStreetESSH": since,
        "TimesHomelessPastThreeYears": times,
        "MonthsHomelessPastThreeYears": 100 + min(13, months),
    }


def _engaged(stay: Stay, dice: Dice) -> date | None:
    share = {4: 0.8, 1: 0.5, 6: 0.7}.get(stay.project.type, 0.0)
    day = stay.start + timedelta(days=dice.spread(((0.0, 0), (0.4, 3), (0.8, 21), (1.0, 70))))
    return day if dice.chance(share) and day <= (stay.end or PERIOD_END) else None


def _program_answers(stay: Stay, dice: Dice) -> Row:
    funders = stay.project.funders
    if 33 in funders:
        return {
            "PercentAMI": dice.weighted({1: 60, 2: 30, 3: 10}),
            "VAMCStation": "402",
            "MentalHealthConsultation": dice.weighted({1: 30, 2: 25, 3: 5, 4: 40}),
        }
    if 20 in funders:
        return {"VAMCStation": "402"}
    if 21 in funders:
        enrolled = dice.chance(0.84)
        day = stay.start + timedelta(days=dice.between(0, 14))
        reason = None if enrolled else dice.pick((1, 2, 3))
        fits = day <= (stay.end or PERIOD_END)
        return {
            "DateOfPATHStatus": day if fits else stay.start,
            "ClientEnrolledInPATH": int(enrolled),
            "ReasonNotEnrolled": reason,
        }
    return {}


def _exit(tables: Tables, stay: Stay, row: Row, end: date, dice: Dice) -> None:
    made = tables.add(
        "Exit",
        ExitID=f"X{row['EnrollmentID']}",
        EnrollmentID=row["EnrollmentID"],
        PersonalID=row["PersonalID"],
        ExitDate=end,
        Destination=stay.destination,
        DestinationSubsidyType=stay.subsidy,
        OtherDestination="Vocational boarding campus" if stay.destination == 17 else None,
        _enrollment=row,
    )
    row["_exit"] = made
    if stay.project.type == 12:
        made.update(_housing_assessment(stay, dice))
    if 20 in stay.project.funders:
        made["CMExitReason"] = 3 if (stay.destination or 0) >= 400 else dice.pick((5, 8, 9))


def _housing_assessment(stay: Stay, dice: Dice) -> Row:
    """W5, for homelessness prevention."""
    if stay.destination in (410, 411, 435):
        if dice.chance(0.8):
            return {"HousingAssessment": 1, "SubsidyInformation": 2 if stay.destination == 435 else 1}
        return {"HousingAssessment": 2, "SubsidyInformation": 11 if stay.destination == 435 else 12}
    return {"HousingAssessment": {422: 4, 312: 3, 101: 6}.get(stay.destination or 0, 99)}


def _add_client(tables: Tables, person: Person, enrollments: list[Row], dice: Dice) -> None:
    row = tables.add(
        "Client",
        PersonalID=person.id,
        FirstName=person.first,
        MiddleName=person.middle,
        LastName=person.last,
        NameSuffix="Jr" if person.sex and dice.chance(0.01) else None,
        NameDataQuality=1,
        SSN=person.ssn,
        SSNDataQuality=1,
        DOB=person.dob,
        DOBDataQuality=1,
        Sex=person.sex,
        **{race: int(race in person.races) for race in RACES},
        VeteranStatus=int(person.veteran) if age_on(person.dob, PERIOD_END) >= 18 else 99,
        _enrollment=enrollments[0],
        _project=enrollments[0]["_project"],
        _person=person,
    )
    funders = [funder for one in enrollments for funder in one["_project"].funders]
    if person.veteran and any(funder in VETERAN_FUNDERS for funder in funders):
        row.update(_service(person, dice))


def _service(person: Person, dice: Dice) -> Row:
    entered = person.dob.year + dice.between(18, 22)
    left = min(2024, entered + dice.between(2, 9))
    eras = {"VietnamWar": (1961, 1975), "DesertStorm": (1990, 1991), "AfghanistanOEF": (2001, 2014)}
    eras |= {"IraqOIF": (2003, 2010), "IraqOND": (2010, 2011)}
    served: Row = dict.fromkeys(THEATERS, 0)
    for theater, (begin, finish) in eras.items():
        if entered <= finish and left >= begin and dice.chance(0.35):
            served[theater] = 1
    return served | {
        "YearEnteredService": entered,
        "YearSeparated": left,
        "MilitaryBranch": dice.weighted({1: 52, 2: 13, 3: 18, 4: 14, 6: 3}),
        "DischargeStatus": dice.weighted({1: 76, 2: 17, 6: 4, 7: 3}),
    }
