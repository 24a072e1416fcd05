"""Counts of active enrollments, households and people: HUD's LSA and its review flags, as far as an export goes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hmis_standards.measure.columns import FURTHER
from hmis_standards.measure.prepare import number_of, run_view
from hmis_standards.measure.results import MeasureResult
from hmis_standards.measure.slices import Counts, Ratio, Run, Stated, by_slice, results_of
from hmis_standards.measure.timeliness import business_days
from hmis_standards.vocabulary import Dimension

__all__ = ["cohort", "stated"]

_COMPLETENESS, _TIMELINESS = Dimension.COMPLETENESS, Dimension.TIMELINESS
_ACCURACY, _CONSISTENCY = Dimension.ACCURACY, Dimension.CONSISTENCY
_PERMANENT_SUPPORTIVE, _NIGHT_BY_NIGHT = (3,), (1,)

# Each count by name, as a condition on the view.
_STAYS = {
    "stays": "TRUE",
    "adults and heads": "adult_or_head",
    "disabling unknown": "adult_or_head AND disabling_state IN (1, 2)",
    "dv missing": "adult_or_head AND NOT dv_told",
    "heads": "head",
    "prior missing": (
        'head AND ("LivingSituation" IS NULL OR "LivingSituation" = 99 '
        'OR ("LivingSituation" = 435 AND "RentalSubsidyType" IS NULL))'
    ),
    "leaving heads": "head AND leaver",
    "destination missing": 'head AND leaver AND ("Destination" IS NULL OR "Destination" IN (17, 30, 99))',
    "adults": "adult",
    "veteran unknown": "adult AND veteran_state IN (1, 2)",
    "relationships invalid": '"RelationshipToHoH" IS NULL OR "RelationshipToHoH" NOT BETWEEN 1 AND 5',
    "after closing": "after_closing",
    "night stays": '"ProjectType" = 1',
    "nights silent": "nights_silent",
    "not taking part": "days_taking_part < days_inside",
    "not open": "days_open < days_inside",
    "impossible": "impossible",
    "open stays": "days_begun IS NOT NULL",
    "met": "last_met IS NOT NULL",
}
_HOUSEHOLDS = {
    "households": "TRUE",
    "not one head": "NOT one_head",
    "without CoC": "coc_wrong",
    "under six": "kind = 'children' AND under_six",
    "children": "kind = 'children'",
    "adults alone": "kind = 'adults'",
    "families": "kind = 'families'",
    "PSH": '"ProjectType" = 3',
    "PSH disabled": '"ProjectType" = 3 AND disabled',
}
_SIZES = {"people of adults": "adults", "people of families": "families", "people of children": "children"}
# Of people, who are counted once in a slice: a condition on the view of enrollments with the type of the household.
_PEOPLE = {
    "people": "TRUE",
    "age unknown": "s.age_unknown",
    "SSN unusable": "s.ssn_unusable",
    "nameless": "s.nameless",
    "type unknown": "h.kind = 'unknown'",
}

_TAKING_PART = {
    "HMISParticipation": (
        "ProjectID", "HMISParticipationType", "HMISParticipationStatusStartDate", "HMISParticipationStatusEndDate",
    ),
}  # fmt: skip
_OPERATING = {"Project": ("OperatingStartDate", "OperatingEndDate")}
_MET = {"CurrentLivingSituation": ("EnrollmentID", "InformationDate"), "Funder": ("ProjectID", "Funder")}


def _ratio(measure: str, dimension: Dimension, above: str, below: str, who: str, **more: Any) -> Ratio:
    return Ratio(id=measure, dimension=dimension, above=above, below=below, who=who, **more)


def _number(measure: str, dimension: Dimension, above: str, among: str, who: str, **more: Any) -> Ratio:
    return Ratio(id=measure, dimension=dimension, above=above, among=among, who=who, **more)


_GROWN = "adults or heads of household"
_RATIOS = (
    _ratio("disabling-unknown", _COMPLETENESS, "disabling unknown", "adults and heads", _GROWN),
    _ratio(
        "dv-missing",
        _COMPLETENESS,
        "dv missing",
        "adults and heads",
        _GROWN,
        reads={"HealthAndDV": ("EnrollmentID", "DataCollectionStage", "DomesticViolenceSurvivor")},
    ),
    _ratio(
        "prior-living-missing",
        _COMPLETENESS,
        "prior missing",
        "heads",
        "heads of household",
        reads={"Enrollment": ("LivingSituation", "RentalSubsidyType")},
    ),
    _ratio(
        "destination-missing",
        _COMPLETENESS,
        "destination missing",
        "leaving heads",
        "heads of household who left",
        reads={"Exit": ("Destination",)},
    ),
    _ratio("veteran-unknown", _COMPLETENESS, "veteran unknown", "adults", "adults"),
    _ratio("ssn-unusable", _ACCURACY, "SSN unusable", "people", "people"),
    _ratio("age-unknown", _COMPLETENESS, "age unknown", "people", "people"),
    _ratio("anonymous-clients", _COMPLETENESS, "nameless", "people", "people"),
    _ratio("household-type-unknown", _COMPLETENESS, "type unknown", "people", "people"),
    _number("household-type-unknown-people", _COMPLETENESS, "type unknown", "people", "people"),
    _ratio("several-household-types", _ACCURACY, "several types", "people", "people"),
    _number("households-not-one-head", _CONSISTENCY, "not one head", "households", "households"),
    _number("households-without-coc", _COMPLETENESS, "without CoC", "heads", "heads of household"),
    _number("households-under-six", _ACCURACY, "under six", "households", "households"),
    _ratio("household-size-adults", _ACCURACY, "people of adults", "adults alone", "households of adults"),
    _ratio("household-size-families", _ACCURACY, "people of families", "families", "households of adults and children"),
    _ratio("household-size-children", _ACCURACY, "people of children", "children", "households of children"),
    _ratio(
        "psh-disabled-households",
        _ACCURACY,
        "PSH disabled",
        "PSH",
        "households in permanent supportive housing",
        project_types=_PERMANENT_SUPPORTIVE,
    ),
    _number("relationships-invalid", _CONSISTENCY, "relationships invalid", "stays", "enrollments"),
    _number("stays-after-closing", _ACCURACY, "after closing", "stays", "enrollments", reads=_OPERATING),
    _number(
        "night-stays-silent",
        _TIMELINESS,
        "nights silent",
        "night stays",
        "night-by-night stays",
        project_types=_NIGHT_BY_NIGHT,
    ),
    _number("stays-outside-participation", _CONSISTENCY, "not taking part", "stays", "enrollments", reads=_TAKING_PART),
    _ratio("outside-operation", _CONSISTENCY, "not open", "stays", "enrollments", reads={**_OPERATING, **_TAKING_PART}),
    _ratio("impossible-dates", _ACCURACY, "impossible", "stays", "enrollments", reads={"Enrollment": ("MoveInDate",)}),
    _ratio("income-conflict", _ACCURACY, "income conflicts", "incomes", "income records", reads=FURTHER["income"]),
    _number("stay-days-longest", _TIMELINESS, "longest stay", "open stays", "open stays"),
    _number("silent-days", _TIMELINESS, "longest silence", "met", "open records with contacts or nights", reads=_MET),
    _number(
        "silent-business-days",
        _TIMELINESS,
        "longest silence in business days",
        "met",
        "open records with contacts or nights",
        reads=_MET,
    ),
    _number(
        "referral-days-longest",
        _TIMELINESS,
        "longest referral",
        "referrals waiting",
        "referrals without an outcome",
        reads={"Event": ("EnrollmentID", "Event", "EventDate", "ResultDate")},
    ),
)

_REFERRALS = """
    SELECT
        s."ProjectID",
        count(*) AS waiting,
        max(date_diff('day', v."EventDate", p.report_end)) AS longest
    FROM "Event" AS v
    JOIN "stays" AS s ON s."EnrollmentID" = v."EnrollmentID"
    CROSS JOIN "period" AS p
    WHERE
        (v."Event" BETWEEN 10 AND 15 OR v."Event" IN (17, 18))
        AND v."EventDate" <= p.report_end
        AND (v."ResultDate" IS NULL OR v."ResultDate" > p.report_end)
    GROUP BY s."ProjectID"
"""
_LONGEST = """
    SELECT
        s."ProjectID",
        max(s.days_begun) AS stay,
        max(date_diff('day', s.last_met, p.report_end)) AS silence
    FROM "active_stays" AS s
    CROSS JOIN "period" AS p
    GROUP BY s."ProjectID"
"""
_INCOMES = """
    SELECT s."ProjectID", count(*) AS "incomes", count(CASE WHEN i.place % 4 = 0 THEN 1 END) AS "income conflicts"
    FROM "income_records" AS i
    JOIN "active_stays" AS s ON s."EnrollmentID" = i."EnrollmentID"
    CROSS JOIN "period" AS p
    WHERE i."InformationDate" BETWEEN p.report_start AND p.report_end
    GROUP BY s."ProjectID"
"""


def cohort(run: Run) -> list[MeasureResult]:
    """Counts of enrollments open on a day of the report by its dates, of their households and of the people in them.

    A household is who shares a HouseholdID in one project; a person counts once in a slice.
    """
    for view in ("active_stays", "active_households", "income_records"):
        run_view(run.export, view)
    rows = run.export.engine.rows
    counts = _together(
        by_slice(run.slices, rows(_by_project("active_stays", _STAYS)), _STAYS),
        by_slice(run.slices, rows(_by_project("active_households", _HOUSEHOLDS, _SIZES)), (*_HOUSEHOLDS, *_SIZES)),
        by_slice(run.slices, rows(_INCOMES), ("incomes", "income conflicts")),
        _people(run),
        _longest(run),
        _referrals(run),
    )
    return results_of(run, _RATIOS, counts)


def _together(*parts: Counts) -> Counts:
    return {one: {name: count for part in parts for name, count in part[one].items()} for one in parts[0]}


def _by_project(view: str, conditions: Mapping[str, str], sizes: Mapping[str, str] | None = None) -> str:
    asked = [f'{number_of(condition)} AS "{name}"' for name, condition in conditions.items()]
    asked += [
        f"sum(CASE WHEN kind = '{kind}' THEN people ELSE 0 END) AS \"{name}\"" for name, kind in (sizes or {}).items()
    ]
    return f'SELECT "ProjectID", {", ".join(asked)} FROM "{view}" GROUP BY "ProjectID"'


def _people_by_slice() -> str:
    """Different people of each slice, and those of them in households of several types.

    Whoever has one stay is the same in all slices that hold its project, and is counted there once.
    """
    names = (*_PEOPLE, "several types")
    flags = ", ".join(f'CASE WHEN {condition} THEN 1 ELSE 0 END AS "{name}"' for name, condition in _PEOPLE.items())
    most = ", ".join(f'max(t."{name}") AS "{name}"' for name in _PEOPLE)
    sums = ", ".join(f'sum(t."{name}") AS "{name}"' for name in _PEOPLE)
    counted = ", ".join(f'c."{name}"' for name in names)
    return f"""
        WITH several AS (
            SELECT s."PersonalID" FROM "active_stays" AS s GROUP BY s."PersonalID" HAVING count(*) > 1
        ),
        told AS (
            SELECT
                s."ProjectID",
                s."PersonalID",
                v."PersonalID" IS NULL AS once,
                CASE WHEN h.kind <> 'unknown' THEN h.kind END AS kind,
                {flags}
            FROM "active_stays" AS s
            JOIN "active_households" AS h ON h."ProjectID" = s."ProjectID" AND h.household = s.household
            LEFT JOIN several AS v ON v."PersonalID" = s."PersonalID"
        ),
        alike AS (
            SELECT t."ProjectID", {sums}, 0 AS "several types"
            FROM told AS t
            WHERE t.once
            GROUP BY t."ProjectID"
        ),
        unlike AS (
            SELECT
                l.slice,
                t."PersonalID",
                {most},
                CASE WHEN min(t.kind) <> max(t.kind) THEN 1 ELSE 0 END AS "several types"
            FROM told AS t
            JOIN "slices" AS l ON l."ProjectID" = t."ProjectID"
            WHERE NOT t.once
            GROUP BY l.slice, t."PersonalID"
        ),
        counts AS (
            SELECT l.slice, {counted} FROM alike AS c JOIN "slices" AS l ON l."ProjectID" = c."ProjectID"
            UNION ALL
            SELECT c.slice, {counted} FROM unlike AS c
        )
        SELECT c.slice, {", ".join(f'sum(c."{name}") AS "{name}"' for name in names)}
        FROM counts AS c
        GROUP BY c.slice
    """


def _people(run: Run) -> Counts:
    found: Counts = {one.id: dict.fromkeys((*_PEOPLE, "several types"), 0) for one in run.slices}
    for row in run.export.engine.rows(_people_by_slice()):
        found[row["slice"]] = {name: int(count) for name, count in row.items() if name != "slice"}
    return found


def _longest(run: Run) -> Counts:
    """The longest stay and the longest silence of each slice."""
    rows = {str(row["ProjectID"]): row for row in run.export.engine.rows(_LONGEST)}
    found: Counts = {}
    for one in run.slices:
        here = [rows[project] for project in one.projects if project in rows]
        silence = max((int(row["silence"]) for row in here if row["silence"] is not None), default=0)
        found[one.id] = {
            "longest stay": max((int(row["stay"]) for row in here if row["stay"] is not None), default=0),
            "longest silence": silence,
            # The report ends on one day: the record that is silent longest is so in business days too.
            "longest silence in business days": business_days((run.end.weekday() - silence) % 7, silence),
        }
    return found


def _referrals(run: Run) -> Counts:
    """Referrals of coordinated entry to shelter or housing that have no outcome by the end of the report."""
    rows = {str(row["ProjectID"]): row for row in run.export.engine.rows(_REFERRALS)}
    found: Counts = {}
    for one in run.slices:
        here = [rows[project] for project in one.projects if project in rows]
        longest = max((int(row["longest"]) for row in here), default=0)
        found[one.id] = {"referrals waiting": sum(int(row["waiting"]) for row in here), "longest referral": longest}
    return found


def stated() -> Stated:
    """The measures as SQL; the longest stays and silences are found outside it, people are counted by another query."""
    return Stated(
        _RATIOS,
        (
            (_by_project("active_stays", _STAYS), tuple(_STAYS)),
            (_by_project("active_households", _HOUSEHOLDS, _SIZES), (*_HOUSEHOLDS, *_SIZES)),
            (_INCOMES, ("incomes", "income conflicts")),
            (_people_by_slice(), (*_PEOPLE, "several types")),
        ),
    )
