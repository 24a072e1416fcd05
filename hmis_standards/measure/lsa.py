"""Counts of HUD's Longitudinal System Analysis on the quality of its own data, as far as an export goes."""

from __future__ import annotations

from collections.abc import Mapping

from hmis_standards.measure.prepare import number_of, run_view
from hmis_standards.measure.results import MeasureResult
from hmis_standards.measure.slices import Counts, Ratio, Run, by_slice, results_of
from hmis_standards.vocabulary import Dimension

__all__ = ["lsa"]

PROJECT_TYPES = (0, 1, 2, 3, 8, 13)
"""The types of project the LSA reports on."""

_GROWN = "entered AND (adult OR head)"
_UNKNOWN = '"{0}" IS NULL OR "{0}" IN (8, 9, 99)'

# Each count by name, as a condition on the view, in the order of the rows of the LSA. Household rows are next to them.
_STAYS = {
    "open": "TRUE",
    "not one head": "heads <> 1",
    "entered": "entered",
    "grown": _GROWN,
    "prior unknown": f"{_GROWN} AND ({_UNKNOWN.format('LivingSituation')})",
    "length unknown": f"{_GROWN} AND ({_UNKNOWN.format('LengthOfStay')})",
    "street date wrong": (
        f'{_GROWN} AND ("DateToStreetESSH" > "EntryDate" OR (street_asked AND "DateToStreetESSH" IS NULL))'
    ),
    "times unknown": (
        f"{_GROWN} AND street_asked "
        'AND ("TimesHomelessPastThreeYears" IS NULL OR "TimesHomelessPastThreeYears" NOT BETWEEN 1 AND 4)'
    ),
    "months unknown": (
        f"{_GROWN} AND street_asked "
        'AND ("MonthsHomelessPastThreeYears" IS NULL OR "MonthsHomelessPastThreeYears" NOT BETWEEN 101 AND 113)'
    ),
    "night stays": '"ProjectType" = 1',
    "without a night": '"ProjectType" = 1 AND NOT has_night',
}
_HOMES = {
    "homes": "TRUE",
    "homes without CoC": "heads_in_a_coc = 0",
    "homes entered": "entered = 1",
}

_READS = {
    "Project": ("ContinuumProject", "OperatingStartDate", "OperatingEndDate", "RRHSubType", "OrganizationID"),
    "Organization": ("OrganizationID", "VictimServiceProvider"),
    "HMISParticipation": (
        "ProjectID", "HMISParticipationType", "HMISParticipationStatusStartDate", "HMISParticipationStatusEndDate",
    ),
}  # fmt: skip
_LENGTH = {**_READS, "Enrollment": ("LengthOfStay",)}


def _count(measure: str, above: str, among: str, who: str, dimension: Dimension = Dimension.COMPLETENESS) -> Ratio:
    return Ratio(
        id=measure,
        dimension=dimension,
        above=above,
        among=among,
        who=who,
        project_types=(1,) if among == "night stays" else PROJECT_TYPES,
        reads=_READS,
    )


def _share(
    measure: str,
    above: str,
    dimension: Dimension = Dimension.COMPLETENESS,
    reads: Mapping[str, tuple[str, ...]] = _READS,
) -> Ratio:
    return Ratio(
        id=measure,
        dimension=dimension,
        above=above,
        below="grown",
        who="adults or heads of household",
        project_types=PROJECT_TYPES,
        reads=reads,
    )


_RATIOS = (
    _count("lsa-households-without-coc", "homes without CoC", "homes", "households"),
    _count("lsa-stays-not-one-head", "not one head", "open", "enrollments", Dimension.CONSISTENCY),
    _count("lsa-households", "homes entered", "homes", "households"),
    _count("lsa-stays", "entered", "open", "enrollments"),
    _count("lsa-adult-and-head-stays", "grown", "open", "enrollments"),
    _count("lsa-people-exited", "people gone", "open", "enrollments"),
    _share("lsa-prior-living-unknown", "prior unknown"),
    _share("lsa-length-of-stay-unknown", "length unknown", reads=_LENGTH),
    _share("lsa-street-date-wrong", "street date wrong", Dimension.ACCURACY),
    _share("lsa-times-homeless-unknown", "times unknown"),
    _share("lsa-months-homeless-unknown", "months unknown"),
    _count("lsa-night-stays-without-night", "without a night", "night stays", "night-by-night stays"),
)

_PEOPLE = """
    SELECT l.slice, count(DISTINCT s."PersonalID") AS "people gone"
    FROM "lsa_stays" AS s
    JOIN "slices" AS l ON l."ProjectID" = s."ProjectID"
    WHERE s.entered AND s.leaver
    GROUP BY l.slice
"""


def lsa(run: Run) -> list[MeasureResult]:
    """Rows 905, 907, 909 to 912, 914 to 918 and 921 of the LSA's data quality table, by system, type and project.

    Of enrollments in continuum projects of shelter, safe haven, transitional, rapid re-housing and permanent supportive
    housing that are not run by victim service providers. Rows 909 to 918 are of the cohort alone; row 912 counts people
    once in a slice.
    """
    run_view(run.export, "lsa_stays")
    rows = run.export.engine.rows
    stays = by_slice(run.slices, rows(_asked('"lsa_stays"', _STAYS)), _STAYS)
    homes = by_slice(run.slices, rows(_asked(_homes(), _HOMES)), _HOMES)
    people: Counts = {one.id: {"people gone": 0} for one in run.slices}
    people |= {row["slice"]: {"people gone": int(row["people gone"])} for row in rows(_PEOPLE)}
    counts = {one.id: stays[one.id] | homes[one.id] | people[one.id] for one in run.slices}
    return results_of(run, _RATIOS, counts)


def _asked(table: str, conditions: dict[str, str]) -> str:
    counts = ", ".join(f'{number_of(condition)} AS "{name}"' for name, condition in conditions.items())
    return f'SELECT "ProjectID", {counts} FROM {table} GROUP BY "ProjectID"'


def _homes() -> str:
    return """(
        SELECT
            s."ProjectID",
            s.household,
            max(s.heads_in_a_coc) AS heads_in_a_coc,
            max(CASE WHEN s.entered THEN 1 ELSE 0 END) AS entered
        FROM "lsa_stays" AS s
        GROUP BY s."ProjectID", s.household
    ) AS h"""
