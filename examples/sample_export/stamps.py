"""When each row was keyed, and by whom: `DateCreated`, `DateUpdated`, `UserID`."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from .community import BY_ORGANIZATION, Project
from .dice import Dice
from .rates import EXIT_LAG_FACTOR, LAGS
from .setup_files import users_of
from .tables import EXPORTED, Row, Tables

STAGED = ("IncomeBenefits", "HealthAndDV", "EmploymentEducation", "Disabilities", "YouthEducationStatus")
DATED = {"CurrentLivingSituation": "InformationDate", "Assessment": "AssessmentDate", "Event": "EventDate"}
LAST_DAY = EXPORTED.date() - timedelta(days=1)


class Clock:
    """Remembers what was keyed in one sitting, so that a household's rows share a moment."""

    def __init__(self, dice: Dice) -> None:
        self.dice = dice
        self._sittings: dict[tuple[object, ...], datetime] = {}

    def sitting(self, key: tuple[object, ...], project: Project, day: date, factor: int = 1) -> datetime:
        if key not in self._sittings:
            self._sittings[key] = self._moment(project, day, factor)
        return self._sittings[key]

    def _moment(self, project: Project, day: date, factor: int) -> datetime:
        dice = self.dice
        lag = dice.spread(LAGS[project.lag or BY_ORGANIZATION[project.organization].lag])
        keyed = day + timedelta(days=lag * factor if lag > 0 else lag)
        if keyed > LAST_DAY:  # an export holds nothing keyed after it was made
            room = (LAST_DAY - day).days
            keyed = day + timedelta(days=dice.between(0, room)) if room > 0 else LAST_DAY - timedelta(days=7)
        return datetime.combine(keyed, time(dice.between(8, 17), dice.between(0, 59), dice.between(0, 59)))

    def night(self, project: Project, day: date) -> datetime:
        """Bed lists are keyed for the whole house at once, the same evening or the next morning."""
        key = ("night", project.key, day)
        if key not in self._sittings:
            evening = datetime.combine(day, time(21, self.dice.between(0, 59)))
            self._sittings[key] = evening if self.dice.chance(0.8) else evening + timedelta(hours=10)
        return self._sittings[key]


def stamp_all(tables: Tables, dice: Dice) -> None:
    clock = Clock(dice)
    _stamp_enrollments(tables, clock)
    _stamp_clients(tables)
    for file in STAGED:
        for row in tables[file]:
            _stamp_staged(clock, row)
    for file, column in DATED.items():
        for row in tables[file]:
            _sign(row, _own(clock, row, row[column]))
    for file in ("AssessmentQuestions", "AssessmentResults"):
        for row in tables[file]:
            _sign(row, _own(clock, row, row["_day"]))
    for row in tables["Services"]:
        night = row["RecordType"] == 200
        day = row["DateProvided"]
        _sign(row, clock.night(row["_enrollment"]["_project"], day) if night else _own(clock, row, day))


def _sign(row: Row, created: datetime, updated: datetime | None = None) -> None:
    enrollment = row.get("_enrollment", row)
    users = users_of(enrollment["_project"])
    row["DateCreated"] = created
    row["DateUpdated"] = max(created, updated or created)
    row["UserID"] = users[int(enrollment["EnrollmentID"]) % len(users)]


def _own(clock: Clock, row: Row, day: date) -> datetime:
    """Things of one enrollment on one day are keyed together."""
    return clock.sitting((row["EnrollmentID"], day), row["_enrollment"]["_project"], day)


def _stamp_enrollments(tables: Tables, clock: Clock) -> None:
    for row in tables["Enrollment"]:
        start, left = row["EntryDate"], row["_exit"]
        created = clock.sitting((row["HouseholdID"], start), row["_project"], start)
        if row["_person"].dob == start:
            created = max(created, datetime.combine(start, time(17, 30)))  # nobody is keyed before birth
        closed = None
        if left:
            day = left["ExitDate"]
            closed = clock.sitting((row["HouseholdID"], "exit", day), row["_project"], day, EXIT_LAG_FACTOR)
            closed = max(closed, created)
            _sign(left, closed)
        _sign(row, created, closed)


def _stamp_clients(tables: Tables) -> None:
    stamps: dict[str, list[datetime]] = {}
    for row in tables["Enrollment"]:
        stamps.setdefault(row["PersonalID"], []).extend((row["DateCreated"], row["DateUpdated"]))
    for row in tables["Client"]:
        _sign(row, min(stamps[row["PersonalID"]]), max(stamps[row["PersonalID"]]))


def _stamp_staged(clock: Clock, row: Row) -> None:
    enrollment = row["_enrollment"]
    stage = row["DataCollectionStage"]
    if stage == 1:
        _sign(row, enrollment["DateCreated"])
    elif stage == 3:
        _sign(row, enrollment["_exit"]["DateCreated"])
    else:
        _sign(row, _own(clock, row, row["InformationDate"]))
