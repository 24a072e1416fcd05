"""How soon events are recorded: exact means, medians and shares from counts of days."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache

from attrs import frozen

from hmis_standards.measure.prepare import run_view
from hmis_standards.measure.results import MeasureResult
from hmis_standards.measure.slices import Counts, Ratio, Run, Stated, results_of
from hmis_standards.tabular import Plain, Tabular
from hmis_standards.vocabulary import Dimension

__all__ = ["CREATED", "Lags", "Records", "business_days", "records_by_event", "stated", "timeliness"]

CREATED: dict[str, dict[str, tuple[str, ...]]] = {
    "start": {"Enrollment": ("DateCreated",)},
    "exit": {"Exit": ("DateCreated",)},
    "night": {"Services": ("EnrollmentID", "DateProvided", "RecordType", "DateCreated")},
    "service": {"Services": ("EnrollmentID", "DateProvided", "RecordType", "DateCreated")},
    "contact": {"CurrentLivingSituation": ("EnrollmentID", "InformationDate", "DateCreated")},
}
"""Kinds of events, and what each reads of the export."""

Records = dict[tuple[str, str], list[tuple[int, int, int]]]
"""By ProjectID and kind of event: weekday of the event, days to the record, number of records."""

_MEETINGS = ("contact", "night")
_SERVICES = ("service", "night")
_EVENTS = tuple(CREATED)


@frozen
class Lags(Tabular, Plain):
    """How many records were made how many days after what they tell of; days below 0 are before it."""

    records: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, pairs: Iterable[tuple[int, int]]) -> Lags:
        """From pairs of days and number of records, in any order and repeated."""
        found: dict[int, int] = {}
        for days, number in pairs:
            found[days] = found.get(days, 0) + number
        return cls(tuple(sorted(found.items())))

    def rows(self) -> list[dict[str, int]]:
        """One row a number of days: the days, and how many records."""
        return [{"days": days, "records": number} for days, number in self.records]

    @property
    def number(self) -> int:
        """All records."""
        return sum(number for _, number in self.records)

    @property
    def due(self) -> int:
        """Records that were not made before the event."""
        return sum(number for days, number in self.records if days >= 0)

    def within(self, most: int) -> int:
        """Records made on the day or up to ``most`` days after it; not those made before it."""
        return sum(number for days, number in self.records if 0 <= days <= most)

    def share_within(self, most: int) -> Fraction | None:
        """``within`` over ``due``, exact; None where no record is due."""
        return Fraction(self.within(most), self.due) if self.due else None

    @property
    def total(self) -> int:
        """All days added up."""
        return sum(days * number for days, number in self.records)

    @property
    def median(self) -> Fraction:
        """The middle value, or the mean of the two in the middle. Raises IndexError where there is no record."""
        places = (self.number + 1) // 2, self.number // 2 + 1
        return Fraction(sum(self._at(place) for place in places), 2)

    def percentile(self, percent: int) -> int:
        """The smallest number of days that at least so many percent of the records do not exceed (nearest rank).

        Raises IndexError where there is no record.
        """
        return self._at(max(1, -(-self.number * percent // 100)))

    @property
    def longest(self) -> int:
        """The most days. Raises IndexError where there is no record."""
        return self.records[-1][0]

    def _at(self, place: int) -> int:
        """The value in that place, counted from 1, of all values in order."""
        for days, number in self.records:
            place -= number
            if place <= 0:
                return days
        raise IndexError("there is no record")


@lru_cache(maxsize=4096)
def business_days(weekday: int, days: int) -> int:
    """Monday to Friday among the days after an event on a weekday (0 is Monday); below 0 where the record came first.

    Holidays differ from place to place and are not left out.
    """
    weeks, rest = divmod(days, 7)
    return weeks * 5 + sum((weekday + one) % 7 < 5 for one in range(1, rest + 1))


def _reads(kinds: Iterable[str]) -> dict[str, tuple[str, ...]]:
    return {table: columns for kind in kinds for table, columns in CREATED[kind].items()}


def _lag(measure: str, above: str, below: str, kinds: tuple[str, ...], who: str, among: str = "") -> Ratio:
    name = " ".join(kinds)
    return Ratio(
        id=measure,
        dimension=Dimension.TIMELINESS,
        above=f"{name} {above}",
        below=f"{name} {below}" if below else "",
        among=f"{name} {among}" if among else "",
        who=who,
        reads=_reads(kinds),
    )


def _of_event(event: str, who: str) -> tuple[Ratio, ...]:
    one = (event,)
    return (
        _lag(f"{event}-within-7-days", "7", "due", one, who),
        _lag(f"mean-{event}-days", "total", "number", one, who),
        _lag(f"median-{event}-days", "median", "halves", one, who, "number"),
        _lag(f"p90-{event}-days", "p90", "", one, who, "number"),
        _lag(f"{event}-days-longest", "longest", "", one, who, "number"),
        _lag(f"{event}-business-days-longest", "business", "", one, who, "number"),
    )


_RATIOS = (
    *_of_event("start", "project starts"),
    *_of_event("exit", "exits"),
    _lag("contact-within-1-day", "1", "due", _MEETINGS, "contacts or bed nights"),
    _lag("contact-days-longest", "longest", "", ("contact",), "contacts", "number"),
    _lag("service-days-longest", "longest", "", _SERVICES, "services", "number"),
    _lag("record-days-longest", "longest", "", _EVENTS, "records", "number"),
    _lag("record-business-days-longest", "business", "", _EVENTS, "records", "number"),
)


def timeliness(run: Run) -> list[MeasureResult]:
    """Shares within some days, mean, median, 90th percentile and the slowest record, of each kind of event.

    Of every enrollment, where Q6e of HUD's report looks at each person's latest stay.
    """
    return results_of(run, _RATIOS, _counts(run, records_by_event(run)))


def records_by_event(run: Run) -> Records:
    """How many records of each event were made how many days after it, by project."""
    run_view(run.export, "entry_lags")
    found: Records = {}
    for row in run.export.engine.rows('SELECT * FROM "entry_lags"'):
        one = (int(row["weekday"]), int(row["lag"]), int(row["records"]))
        found.setdefault((str(row["ProjectID"]), row["kind"]), []).append(one)
    return found


_GROUPS = (("start",), ("exit",), ("contact",), _MEETINGS, _SERVICES, _EVENTS)


def _counts(run: Run, lags: Records) -> Counts:
    return {
        one.id: {
            f"{' '.join(kinds)} {name}": count
            for kinds in _GROUPS
            for name, count in _of([e for p in one.projects for kind in kinds for e in lags.get((p, kind), ())]).items()
        }
        for one in run.slices
    }


def _of(events: list[tuple[int, int, int]]) -> dict[str, int]:
    """Every count that a measure takes, from weekday, days and number of records."""
    lags = Lags.of((days, number) for _, days, number in events)
    median = lags.median if events else Fraction(0)
    return {
        "number": lags.number,
        "due": lags.due,
        "1": lags.within(1),
        "7": lags.within(7),
        "total": lags.total,
        "median": median.numerator,
        "halves": median.denominator,
        "p90": lags.percentile(90) if events else 0,
        "longest": lags.longest if events else 0,
        "business": max((business_days(weekday, days) for weekday, days, _ in events), default=0),
    }


_IN_SQL = {
    "number": ("TRUE", "records"),
    "due": ("lag >= 0", "records"),
    "1": ("lag BETWEEN 0 AND 1", "records"),
    "7": ("lag BETWEEN 0 AND 7", "records"),
    "total": ("TRUE", "lag * records"),
}
"""Of what ``_of`` counts, that which adds up: the condition, and what is added."""


def stated() -> Stated:
    """Shares and means as SQL; what has a place in the order of all lengths is found outside it."""
    sums = {
        f"{' '.join(kinds)} {name}": f"sum(CASE WHEN kind IN ({_quoted(kinds)}) AND {condition} THEN {what} ELSE 0 END)"
        for kinds in _GROUPS
        for name, (condition, what) in _IN_SQL.items()
    }
    asked = ", ".join(f'{text} AS "{name}"' for name, text in sums.items())
    return Stated(_RATIOS, ((f'SELECT {asked} FROM "entry_lags"', tuple(sums)),))


def _quoted(kinds: Iterable[str]) -> str:
    return ", ".join(f"'{kind}'" for kind in kinds)
