"""What happens during a stay: nights, contacts, services, coordinated entry."""

from __future__ import annotations

from datetime import date, timedelta

from .community import BY_KEY
from .dice import Dice
from .tables import PERIOD_END, Row, Tables

BED_NIGHT, PATH_SERVICE, PATH_REFERRAL, SSVF_SERVICE, SSVF_MONEY, VOUCHER, MOVING_ON = (
    200, 141, 161, 144, 152, 210, 300,
)  # fmt: skip
# Days between two contacts, by project type.
RHYTHM = {4: (6, 24), 6: (12, 45), 14: (25, 60), 1: (45, 80)}
PLACES = ("Rail yard path", "River park, east bank", "Library steps", "Bus depot", "Under the Fifth Street bridge")
# Living situations for which the questions about leaving within 14 days are asked.
HOUSED = (302, 314, 335, 336, 410, 435)
QUESTIONS = (
    ("Safety", "Has somebody hurt or threatened you since you lost your housing?"),
    ("Health", "Did you go to an emergency room in the past six months?"),
    ("Daily life", "Do you have a place to keep food and medicine cold?"),
)


def add_contacts(tables: Tables, dice: Dice) -> None:
    for row in tables["Enrollment"]:
        project = row["_project"]
        end: date | None = row["_exit"]["ExitDate"] if row["_exit"] else None
        last = end or PERIOD_END
        if project.type == 1:
            _nights(tables, row, end, dice)
        if project.type in RHYTHM and row["_grown"]:
            _living_situations(tables, row, last, dice)
        if row["RelationshipToHoH"] == 1:
            _program_services(tables, row, last, dice)
            if project.type == 14:
                _coordinated_entry(tables, row, last, dice)


def _service(tables: Tables, row: Row, day: date, record: int, kind: int, **more: object) -> None:
    tables.add(
        "Services",
        ServicesID=str(1000001 + len(tables["Services"])),
        EnrollmentID=row["EnrollmentID"],
        PersonalID=row["PersonalID"],
        DateProvided=day,
        RecordType=record,
        TypeProvided=kind,
        _enrollment=row,
        **more,
    )


def _nights(tables: Tables, row: Row, end: date | None, dice: Dice) -> None:
    """A bed each night from the first to the last, but for nights spent elsewhere."""
    night: date = row["EntryDate"]
    final = end - timedelta(days=1) if end else PERIOD_END
    while night <= final:
        if night in (row["EntryDate"], final) or dice.chance(0.86):
            _service(tables, row, night, BED_NIGHT, 200)
        night += timedelta(days=1)


def _living_situations(tables: Tables, row: Row, last: date, dice: Dice) -> None:
    kind = row["_project"].type
    day: date = row["EntryDate"]
    while day <= last:
        _living_situation(tables, row, day, _where(row, kind, dice), dice)
        day += timedelta(days=dice.between(*RHYTHM[kind]))


def _where(row: Row, kind: int, dice: Dice) -> int:
    if kind == 1:
        return 101
    usual: int = row["LivingSituation"]
    return usual if dice.chance(0.8) else dice.weighted({116: 6, 101: 3, 336: 1})


def _living_situation(tables: Tables, row: Row, day: date, where: int, dice: Dice) -> None:
    kind = row["_project"].type
    made = tables.add(
        "CurrentLivingSituation",
        CurrentLivingSitID=str(200001 + len(tables["CurrentLivingSituation"])),
        EnrollmentID=row["EnrollmentID"],
        PersonalID=row["PersonalID"],
        InformationDate=day,
        CurrentLivingSituation=where,
        CLSSubsidyType=row.get("RentalSubsidyType") if where == 435 else None,
        VerifiedBy=row["_project"].name if kind == 14 else None,
        LocationDetails=dice.pick(PLACES) if kind == 4 and where == 116 and dice.chance(0.3) else None,
        _enrollment=row,
    )
    if where in HOUSED:
        leaving = int(dice.chance(0.5))
        made["LeaveSituation14Days"] = leaving
        if leaving:
            for question in ("SubsequentResidence", "ResourcesToObtain", "LeaseOwn60Day", "MovedTwoOrMore"):
                made[question] = int(dice.chance(0.25))


def _program_services(tables: Tables, row: Row, last: date, dice: Dice) -> None:
    funders = row["_project"].funders
    start: date = row["EntryDate"]
    if 21 in funders and row.get("ClientEnrolledInPATH") == 1:
        for _ in range(dice.between(1, 4)):
            _service(tables, row, dice.day(start, last), PATH_SERVICE, dice.pick((1, 2, 4, 5, 6, 14)))
        if dice.chance(0.5):
            referral = dice.pick((1, 2, 3, 6, 7, 8, 10))
            _service(
                tables, row, dice.day(start, last), PATH_REFERRAL, referral,
                ReferralOutcome=dice.weighted({1: 45, 2: 20, 3: 35}),
            )  # fmt: skip
    if 33 in funders:
        _veteran_services(tables, row, last, dice)
    moved = row.get("MoveInDate")
    if 20 in funders and moved:
        _service(tables, row, moved, VOUCHER, 5)
    if 2 in funders and row["_exit"] and row["_exit"]["Destination"] in (410, 435):
        _service(tables, row, max(start, last - timedelta(days=dice.between(10, 70))), MOVING_ON, dice.pick((1, 3, 4)))


def _veteran_services(tables: Tables, row: Row, last: date, dice: Dice) -> None:
    start: date = row["EntryDate"]
    for _ in range(dice.between(2, 5)):
        _service(tables, row, dice.day(start, last), SSVF_SERVICE, dice.pick((1, 2, 2, 10)))
    moved = row.get("MoveInDate")
    if not moved:
        return
    _service(tables, row, moved, SSVF_MONEY, 2, FAAmount=dice.between(12, 24) * 50)
    rent = dice.between(15, 26) * 50
    for month in range(dice.between(1, 4)):
        day = moved + timedelta(days=30 * month)
        if day <= last:
            _service(
                tables, row, day, SSVF_MONEY, 1,
                FAAmount=rent, FAStartDate=day, FAEndDate=day + timedelta(days=29),
            )  # fmt: skip


def _coordinated_entry(tables: Tables, row: Row, last: date, dice: Dice) -> None:
    start: date = row["EntryDate"]
    if dice.chance(0.94):
        _assessment(tables, row, start, 1, dice)
    later = start + timedelta(days=dice.between(2, 24))
    if later <= last and dice.chance(0.66):
        _assessment(tables, row, later, 2, dice)
    for share, kind, wait, where in (
        (0.35, 2, 0, None),
        (0.34, 10, 2, ("recovery", "nightly", "family")),
        (0.24, 13, 30, ("rapid",)),
        (0.09, 14, 45, ("supportive",)),
    ):
        day = start + timedelta(days=dice.between(0, wait))
        if dice.chance(share) and day <= last:
            place = BY_KEY[dice.pick(where)].id if where else None
            _event(tables, row, day, kind, place, dice)


def _assessment(tables: Tables, row: Row, day: date, level: int, dice: Dice) -> None:
    """The questions and the score are invented; no published tool is quoted."""
    listed = dice.weighted({1: 70, 2: 30}) if level == 2 else 2
    keys = {"EnrollmentID": row["EnrollmentID"], "PersonalID": row["PersonalID"], "_enrollment": row, "_day": day}
    made = tables.add(
        "Assessment",
        AssessmentID=str(900001 + len(tables["Assessment"])),
        AssessmentDate=day,
        AssessmentLocation="Front Door office",
        AssessmentType=dice.weighted({1: 35, 2: 10, 3: 55}),
        AssessmentLevel=level,
        PrioritizationStatus=listed,
        **keys,
    )
    score = 0
    for order, (group, question) in enumerate(QUESTIONS if level == 2 else (), 1):
        yes = dice.chance(0.4)
        score += 3 * yes
        tables.add(
            "AssessmentQuestions",
            AssessmentQuestionID=f"{made['AssessmentID']}{order}",
            AssessmentID=made["AssessmentID"],
            AssessmentQuestionGroup=group,
            AssessmentQuestionOrder=order,
            AssessmentQuestion=question,
            AssessmentAnswer="Yes" if yes else "No",
            **keys,
        )
    if level == 2:
        tables.add(
            "AssessmentResults",
            AssessmentResultID=f"{made['AssessmentID']}9",
            AssessmentID=made["AssessmentID"],
            AssessmentResultType="Housing need score",
            AssessmentResult=str(score + dice.between(0, 6)),
            **keys,
        )


def _event(tables: Tables, row: Row, day: date, kind: int, place: str | None, dice: Dice) -> None:
    made = tables.add(
        "Event",
        EventID=str(950001 + len(tables["Event"])),
        EnrollmentID=row["EnrollmentID"],
        PersonalID=row["PersonalID"],
        EventDate=day,
        Event=kind,
        ProbSolDivRRResult=int(dice.chance(0.15)) if kind == 2 else None,
        LocationCrisisOrPHHousing=place,
        _enrollment=row,
    )
    answered = day + timedelta(days=dice.spread(((0.0, 0), (0.6, 4), (0.9, 13), (1.0, 40))))
    if kind != 2 and answered <= PERIOD_END:
        made["ReferralResult"] = dice.weighted({1: 62, 2: 18, 3: 20})
        made["ResultDate"] = answered
