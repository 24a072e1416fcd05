"""The ordinary mistakes of ordinary people, planted at the rates of `rates.py` on a truthful export."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from .dice import Dice
from .journeys import Stay
from .people import RACES, Household
from .rates import CARE, Count, Rate
from .tables import PERIOD_END, Row, Tables, age_on

FILLER_SSNS = ("111111111", "123456789", "000450912", "666128450", "999999999", "900551200", "555000000")
STREET_NAMES = ("Red", "Slim", "Mama Bird", "Doc", "Shadow", "Tex")


def care(row: Row) -> float:
    """The multiplier of the project a row belongs to."""
    project = row["_project"] if "_project" in row else row["_enrollment"]["_project"]
    return CARE.get(project.key, 1.0)


def mishap(dice: Dice, row: Row, answers: Mapping[int, float]) -> int | None:
    """One of the answers that are no answer, each with its own rate, or None when all went well."""
    for answer, rate in answers.items():
        if dice.chance(rate * care(row)):
            return answer
    return None


def or_blank(dice: Dice, answer: int) -> int | None:
    """99, where the column allows null, is sometimes left blank instead."""
    return None if answer == 99 and dice.chance(Rate.BLANK_FOR_99) else answer


# Before anything is written: people and stays.


def confuse_people(homes: list[Household], dice: Dice) -> None:
    """Enter a few clients twice, and let a few stays overlap in one project."""
    alone = [home for home in homes if len(home.people) == 1]
    travelers = [home for home in alone if len(home.stays) > 1]
    for home in dice.sample(travelers, Count.TWICE_ENTERED_CLIENTS):
        moved = home.stays.pop()
        twin = Household([replace(home.head)], home.street_since, home.times, [moved])
        moved.home = twin
        homes.append(twin)
    closed = [home.stays[-1] for home in alone if _long_and_closed(home.stays[-1])]
    for stay in dice.sample(closed, Count.OVERLAPPING_STAYS):
        assert stay.end is not None
        begins = stay.end - timedelta(days=dice.between(3, 9))
        ends = stay.end + timedelta(days=dice.between(6, 40))
        again = replace(stay, start=begins, end=ends if ends <= PERIOD_END else None)
        if again.end is None:
            again.destination = again.subsidy = None
        stay.home.stays.append(again)


def _long_and_closed(stay: Stay) -> bool:
    return stay.end is not None and (stay.end - stay.start).days > 14 and stay.project.type in (0, 1, 4, 6, 11)


# After everything is written.


def plant(tables: Tables, dice: Dice) -> None:
    for step in (
        _stale_records, _names, _numbers, _births, _races, _veterans, _disabling, _places, _histories, _destinations,
        _move_ins, _absent_income, _income_answers, _annuals, _disabilities, _violence, _bed_nights, _events,
        _heads, _dates,
    ):  # fmt: skip
        step(tables, dice)


def _names(tables: Tables, dice: Dice) -> None:
    for row in tables["Client"]:
        answer = mishap(dice, row, {2: Rate.NAME_PARTIAL, 9: Rate.NAME_PREFERS_NOT, 99: Rate.NAME_NOT_COLLECTED})
        if answer is None:
            continue
        row["NameDataQuality"] = answer
        row["MiddleName"] = None
        if answer == 2:
            street = dice.chance(0.4)
            row["FirstName"] = dice.pick(STREET_NAMES) if street else row["FirstName"]
            row["LastName"] = row["LastName"][0]
        else:
            row["FirstName"] = row["FirstName"] if answer == 99 and dice.chance(0.5) else None
            row["LastName"] = None


def _numbers(tables: Tables, dice: Dice) -> None:
    rates = {
        2: Rate.SSN_LAST_FOUR,
        8: Rate.SSN_DOES_NOT_KNOW,
        9: Rate.SSN_PREFERS_NOT,
        99: Rate.SSN_NOT_COLLECTED,
    }
    for row in tables["Client"]:
        answer = mishap(dice, row, rates)
        if answer is not None:
            row["SSNDataQuality"] = answer
            row["SSN"] = "xxxxx" + row["SSN"][5:] if answer == 2 else None
        elif dice.chance(Rate.SSN_IMPOSSIBLE * care(row)):
            row["SSN"] = dice.pick(FILLER_SSNS)


def _births(tables: Tables, dice: Dice) -> None:
    rates = {
        2: Rate.DOB_APPROXIMATE,
        8: Rate.DOB_DOES_NOT_KNOW,
        9: Rate.DOB_PREFERS_NOT,
        99: Rate.DOB_NOT_COLLECTED,
    }
    for row in tables["Client"]:
        answer = mishap(dice, row, rates)
        if answer is not None:
            row["DOBDataQuality"] = answer
            row["DOB"] = row["DOB"].replace(month=1, day=1) if answer == 2 else None
        elif dice.chance(Rate.DOB_KEPT_WITH_99 * care(row)):
            row["DOBDataQuality"] = 99


def _races(tables: Tables, dice: Dice) -> None:
    rates = {8: Rate.RACE_DOES_NOT_KNOW, 9: Rate.RACE_PREFERS_NOT, 99: Rate.RACE_NOT_COLLECTED}
    for row in tables["Client"]:
        answer = mishap(dice, row, rates)
        if answer is not None:
            row.update(dict.fromkeys(RACES, 0))
            row["RaceNone"] = or_blank(dice, answer)
        if mishap(dice, row, {99: Rate.SEX_NOT_COLLECTED}):
            row["Sex"] = or_blank(dice, 99)


def _veterans(tables: Tables, dice: Dice) -> None:
    rates = {8: Rate.VETERAN_DOES_NOT_KNOW, 9: Rate.VETERAN_PREFERS_NOT, 99: Rate.VETERAN_NOT_COLLECTED}
    adults = [row for row in tables["Client"] if row["VeteranStatus"] != 99]
    for row in adults:
        answer = None if row.get("MilitaryBranch") else mishap(dice, row, rates)
        row["VeteranStatus"] = row["VeteranStatus"] if answer is None else answer
    teens = [row for row in tables["Client"] if 12 <= age_on(row["_person"].dob, PERIOD_END) < 18 and row["DOB"]]
    for row in dice.sample(teens, Count.CHILD_VETERANS):
        row["VeteranStatus"] = 1


def _disabling(tables: Tables, dice: Dice) -> None:
    rates = {
        8: Rate.DISABLING_DOES_NOT_KNOW,
        9: Rate.DISABLING_PREFERS_NOT,
        99: Rate.DISABLING_NOT_COLLECTED,
    }
    for row in tables["Enrollment"]:
        answer = mishap(dice, row, rates)
        if answer is not None:
            row["DisablingCondition"] = answer
        elif row["DisablingCondition"] == 1 and dice.chance(Rate.DISABLING_CONTRADICTED * care(row)):
            row["DisablingCondition"] = 0


def _places(tables: Tables, dice: Dice) -> None:
    blank: dict[str, bool] = {}
    for row in tables["Enrollment"]:
        home = row["HouseholdID"]
        if home not in blank:
            blank[home] = dice.chance(Rate.COC_BLANK * care(row))
        if blank[home]:
            row["EnrollmentCoC"] = None


def _histories(tables: Tables, dice: Dice) -> None:
    for row in tables["Enrollment"]:
        if not row["_grown"]:
            continue
        situation = mishap(
            dice,
            row,
            {
                8: Rate.SITUATION_DOES_NOT_KNOW,
                9: Rate.SITUATION_PREFERS_NOT,
                99: Rate.SITUATION_NOT_COLLECTED,
            },
        )
        if situation is not None:
            _lose_situation(row, or_blank(dice, situation))
        elif row["LivingSituation"] == 435 and dice.chance(Rate.SUBSIDY_BLANK * care(row)):
            row["RentalSubsidyType"] = None
        if mishap(dice, row, {99: Rate.STAY_LENGTH_NOT_COLLECTED}):
            row["LengthOfStay"] = or_blank(dice, 99)
        if row.get("DateToStreetESSH"):
            _blur_history(row, dice)


def _lose_situation(row: Row, answer: int | None) -> None:
    """Without a prior situation nothing that depends on it is asked, unless the project type always asks."""
    row.update(LivingSituation=answer, RentalSubsidyType=None, LengthOfStay=answer)
    row.update(LOSUnderThreshold=None, PreviousStreetESSH=None)
    if not row["_project"].asks_street_history:
        row.update(DateToStreetESSH=None, TimesHomelessPastThreeYears=None, MonthsHomelessPastThreeYears=None)


def _blur_history(row: Row, dice: Dice) -> None:
    if dice.chance(Rate.STREET_DATE_BLANK * care(row)):
        row["DateToStreetESSH"] = None
    times = mishap(dice, row, {8: Rate.TIMES_DOES_NOT_KNOW, 99: Rate.TIMES_NOT_COLLECTED})
    if times is not None:
        row["TimesHomelessPastThreeYears"] = or_blank(dice, times)
    months = mishap(dice, row, {8: Rate.MONTHS_DOES_NOT_KNOW, 99: Rate.MONTHS_NOT_COLLECTED})
    if months is not None:
        row["MonthsHomelessPastThreeYears"] = or_blank(dice, months)


def _destinations(tables: Tables, dice: Dice) -> None:
    """One interview, or none, for a whole household."""
    rates = {
        30: Rate.DESTINATION_NO_INTERVIEW,
        8: Rate.DESTINATION_DOES_NOT_KNOW,
        9: Rate.DESTINATION_PREFERS_NOT,
        99: Rate.DESTINATION_NOT_COLLECTED,
    }
    known: dict[str, int | None] = {}
    for row in tables["Exit"]:
        home = row["_enrollment"]["HouseholdID"]
        if home not in known:
            known[home] = mishap(dice, row, rates)
        answer = known[home]
        if answer is not None:
            row.update(Destination=answer, DestinationSubsidyType=None, OtherDestination=None)
        elif row["Destination"] == 435 and dice.chance(Rate.SUBSIDY_BLANK * care(row)):
            row["DestinationSubsidyType"] = None


def _move_ins(tables: Tables, dice: Dice) -> None:
    moved = [row for row in tables["Enrollment"] if row.get("MoveInDate")]
    for row in moved:
        if dice.chance(Rate.MOVE_IN_FORGOTTEN * care(row)):
            row["MoveInDate"] = None
    for row in dice.sample([row for row in moved if row["MoveInDate"]], Count.MOVE_INS_OUTSIDE_STAY):
        row["MoveInDate"] = row["EntryDate"] - timedelta(days=dice.between(4, 40))


def _absent_income(tables: Tables, dice: Dice) -> None:
    rates = {1: Rate.INCOME_RECORD_ABSENT_AT_START, 3: Rate.INCOME_RECORD_ABSENT_AT_EXIT}

    def wanted() -> Iterator[Row]:
        for row in tables["IncomeBenefits"]:
            rate = rates.get(row["DataCollectionStage"], 0.0)
            if not dice.chance(rate * care(row)):
                yield row

    tables.keep("IncomeBenefits", wanted())


def _income_answers(tables: Tables, dice: Dice) -> None:
    rates = {8: Rate.INCOME_DOES_NOT_KNOW, 9: Rate.INCOME_PREFERS_NOT, 99: Rate.INCOME_NOT_COLLECTED}
    for row in tables["IncomeBenefits"]:
        if mishap(dice, row, {99: Rate.INSURANCE_NOT_COLLECTED}):
            _blank_group(row, "InsuranceFromAnySource", "OtherInsurance", or_blank(dice, 99))
        if "IncomeFromAnySource" not in row:
            continue
        answer = mishap(dice, row, rates)
        if answer is not None:
            _blank_group(row, "IncomeFromAnySource", "OtherIncomeAmount", or_blank(dice, answer))
        elif dice.chance(Rate.INCOME_CONTRADICTED * care(row)):
            row["IncomeFromAnySource"] = 1 - row["IncomeFromAnySource"]


def _blank_group(row: Row, gate: str, last: str, answer: int | None) -> None:
    """Put a non-answer in the first column of a group, and nothing in the others (rows keep the file's order)."""
    columns = list(row)
    for column in columns[columns.index(gate) : columns.index(last) + 1]:
        row[column] = None
    row[gate] = answer


def _annuals(tables: Tables, dice: Dice) -> None:
    latest: dict[str, Row] = {}
    for row in tables["IncomeBenefits"]:
        if row["DataCollectionStage"] == 5 and not row["_enrollment"]["_exit"]:
            latest[row["EnrollmentID"]] = row
    for row in latest.values():
        row["_gone"] = dice.chance(Rate.ANNUAL_ABSENT * care(row))
        late = row["InformationDate"] + timedelta(days=dice.between(60, 90))
        if dice.chance(Rate.ANNUAL_LATE * care(row)) and late <= PERIOD_END:
            row["InformationDate"] = late
    tables.keep("IncomeBenefits", (row for row in tables["IncomeBenefits"] if not row.get("_gone")))


def _disabilities(tables: Tables, dice: Dice) -> None:
    for row in tables["Disabilities"]:
        if mishap(dice, row, {99: Rate.DISABILITY_NOT_COLLECTED}):
            row.update(DisabilityResponse=99, IndefiniteAndImpairs=None)


def _violence(tables: Tables, dice: Dice) -> None:
    for row in tables["HealthAndDV"]:
        answer = mishap(dice, row, {9: Rate.DV_PREFERS_NOT, 99: Rate.DV_NOT_COLLECTED})
        if answer is not None:
            row.update(DomesticViolenceSurvivor=answer, WhenOccurred=None, CurrentlyFleeing=None)


def _stale_records(tables: Tables, dice: Dice) -> None:
    """Forget some exits of people who left long ago: an open stay without a contact or a bed night for months."""
    rates = {4: Rate.STALE_OUTREACH, 6: Rate.STALE_OUTREACH, 14: Rate.STALE_OUTREACH, 1: Rate.STALE_BED_NIGHTS}
    forgotten: dict[str, bool] = {}
    for row in tables["Enrollment"]:
        if row["_exit"] and row["_exit"]["ExitDate"] < PERIOD_END - timedelta(days=95):
            home, rate = row["HouseholdID"], rates.get(row["_project"].type, 0.0)
            if home not in forgotten:
                forgotten[home] = dice.chance(rate * care(row))
            row["_exit"] = None if forgotten[home] else row["_exit"]
    tables.keep("Exit", (row for row in tables["Exit"] if row["_enrollment"]["_exit"]))
    for file in ("IncomeBenefits", "EmploymentEducation", "YouthEducationStatus"):
        staged = (row for row in tables[file] if row["DataCollectionStage"] != 3 or row["_enrollment"]["_exit"])
        tables.keep(file, staged)


def _bed_nights(tables: Tables, dice: Dice) -> None:
    """Forget some first nights; keep some beds made up on the day of exit."""
    started = {row["EnrollmentID"]: row["EntryDate"] for row in tables["Enrollment"]}
    counts: dict[str, int] = {}
    for row in tables["Services"]:
        counts[row["EnrollmentID"]] = counts.get(row["EnrollmentID"], 0) + 1

    def wanted() -> Iterator[Row]:
        for row in tables["Services"]:
            key = row["EnrollmentID"]
            first = row["RecordType"] == 200 and row["DateProvided"] == started[key] and counts[key] > 2
            if first and dice.chance(Rate.START_NIGHT_ABSENT * care(row)):
                continue
            yield row
            left = row["_enrollment"]["_exit"]
            final = left and left["ExitDate"] - timedelta(days=1) == row["DateProvided"]
            if row["RecordType"] == 200 and final and dice.chance(Rate.NIGHT_ON_EXIT_DATE * care(row)):
                yield row | {"ServicesID": f"{row['ServicesID']}1", "DateProvided": left["ExitDate"]}

    tables.keep("Services", wanted())


def _events(tables: Tables, dice: Dice) -> None:
    for row in tables["Event"]:
        if row.get("ReferralResult") and dice.chance(Rate.REFERRAL_LEFT_OPEN * care(row)):
            row.update(ReferralResult=None, ResultDate=None)
    for row in tables["CurrentLivingSituation"]:
        if mishap(dice, row, {99: Rate.SITUATION_NOW_NOT_COLLECTED}):
            row.update(CurrentLivingSituation=99, CLSSubsidyType=None, LeaveSituation14Days=None)
            for column in ("SubsequentResidence", "ResourcesToObtain", "LeaseOwn60Day", "MovedTwoOrMore"):
                row[column] = None


def _heads(tables: Tables, dice: Dice) -> None:
    members: dict[str, list[Row]] = {}
    for row in tables["Enrollment"]:
        members.setdefault(row["HouseholdID"], []).append(row)
    several = [rows for rows in members.values() if len(rows) > 1]
    chosen = dice.sample(several, Count.HOUSEHOLDS_WITHOUT_HEAD + Count.HOUSEHOLDS_WITH_TWO_HEADS)
    for rows in chosen[: Count.HOUSEHOLDS_WITHOUT_HEAD]:
        rows[0]["RelationshipToHoH"] = dice.pick((3, 4, 99))
    for rows in chosen[Count.HOUSEHOLDS_WITHOUT_HEAD :]:
        rows[1]["RelationshipToHoH"] = 1


def _dates(tables: Tables, dice: Dice) -> None:
    """Exits before their start, and exits in a year that has not come yet."""
    able = [row for row in tables["Exit"] if row["_enrollment"]["_project"].type in (1, 4, 11, 14)]
    able = [row for row in able if row["ExitDate"].year == 2025]
    chosen = dice.sample(able, Count.EXITS_BEFORE_START + Count.FUTURE_EXITS)
    for row in chosen[: Count.EXITS_BEFORE_START]:
        start: date = row["_enrollment"]["EntryDate"]
        _move_exit(tables, row, start - timedelta(days=dice.between(1, 25)))
    for row in chosen[Count.EXITS_BEFORE_START :]:
        _move_exit(tables, row, row["ExitDate"].replace(year=2026))


def _move_exit(tables: Tables, row: Row, day: date) -> None:
    row["ExitDate"] = day
    for record in tables["IncomeBenefits"]:
        if record["EnrollmentID"] == row["EnrollmentID"] and record["DataCollectionStage"] == 3:
            record["InformationDate"] = day
