"""The SQL of a measure as one statement on the whole system, to read or to run elsewhere."""

from __future__ import annotations

from collections.abc import Iterable

from hmis_standards.errors import NoStatement, UnknownMeasure
from hmis_standards.ids import close_matches
from hmis_standards.measure import annual, cohort, overlaps, timeliness
from hmis_standards.measure.hud_counts import condition_of
from hmis_standards.measure.prepare import number_of
from hmis_standards.measure.run import counts_of
from hmis_standards.measure.session import tables_under
from hmis_standards.measure.slices import Ratio, Stated
from hmis_standards.measure.statements import rendered, with_views
from hmis_standards.store import load_catalog

__all__ = ["measure_statement"]

# Days on which a project takes part in HMIS, and of these the days on which it operates: spans that do not touch, each
# from its first day to the day after its last.
_WINDOWS = """WITH cut AS (
    SELECT
        h."ProjectID",
        greatest(h."HMISParticipationStatusStartDate", p.report_start) AS begins,
        least(
            coalesce(h."HMISParticipationStatusEndDate", DATE '9999-12-31'),
            CAST(p.report_end + INTERVAL 1 DAY AS DATE)
        ) AS ends
    FROM "HMISParticipation" AS h
    CROSS JOIN "period" AS p
    WHERE h."HMISParticipationType" = 1 AND h."HMISParticipationStatusStartDate" IS NOT NULL
),
begun AS (
    SELECT
        c.*,
        max(c.ends) OVER (
            PARTITION BY c."ProjectID" ORDER BY c.begins, c.ends ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS covered
    FROM cut AS c
    WHERE c.begins < c.ends
),
numbered AS (
    SELECT
        b.*,
        sum(CASE WHEN b.begins <= b.covered THEN 0 ELSE 1 END) OVER (
            PARTITION BY b."ProjectID" ORDER BY b.begins, b.ends ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS span
    FROM begun AS b
),
joined AS (
    SELECT n."ProjectID", min(n.begins) AS begins, max(n.ends) AS ends
    FROM numbered AS n
    GROUP BY n."ProjectID", n.span
),
operating AS (
    SELECT
        j."ProjectID",
        greatest(j.begins, coalesce(o."OperatingStartDate", DATE '9999-12-31')) AS begins,
        least(j.ends, coalesce(o."OperatingEndDate", DATE '9999-12-31')) AS ends
    FROM joined AS j
    JOIN "Project" AS o ON o."ProjectID" = j."ProjectID"
)
SELECT 'taking part' AS kind, j."ProjectID", j.begins, j.ends
FROM joined AS j
UNION ALL
SELECT 'period' AS kind, o."ProjectID", o.begins, o.ends
FROM operating AS o
WHERE o.begins < o.ends"""
# The tables of parameters that `measure` fills, as they are for the whole of an export.
_PARAMETERS = {
    "period": (
        'SELECT "ExportStartDate" AS report_start, "ExportEndDate" AS report_end, {edition} AS edition, '
        'coalesce("HashStatus" IN (2, 3, 4), FALSE) AS hashed FROM "Export"'
    ),
    "chosen": 'SELECT "ProjectID" FROM "Project" WHERE "ProjectID" IS NOT NULL',
    "slices": 'SELECT \'system\' AS slice, "ProjectID" FROM "Project" WHERE "ProjectID" IS NOT NULL',
    "cocs": 'SELECT CAST(NULL AS VARCHAR) AS "CoCCode" WHERE FALSE',
    "windows": _WINDOWS,
}
_NOTE = (
    "Numerator and denominator on the whole system. The period is that of Export.csv, all projects, no limit to CoCs: "
    "change the first tables for another."
)


def measure_statement(measure: str, *, edition: str = "FY2026", dialect: str = "duckdb") -> str:
    """Numerator and denominator of a measure as one SQL statement, with the prepared views it builds on.

    Args:
        measure: the id of a measure.
        edition: of the export; some rules differ.
        dialect: ``"duckdb"`` or ``"spark"``.

    Raises:
        UnknownMeasure: there is no measure of that id.
        NoStatement: it is no single statement: nights, beds and lengths in order are put together outside the engine.
        ValueError: another dialect.
    """
    known = {one.id: one for one in load_catalog().measures}
    if measure not in known:
        raise UnknownMeasure(measure, close_matches(measure, known))
    above, below = _counted(measure, edition)
    counts = f"SELECT\n    ({above}) AS numerator,\n    ({below}) AS denominator"
    parameters = {name: text.format(edition=edition.removeprefix("FY")) for name, text in _PARAMETERS.items()}
    text = with_views(f"{known[measure].title}\n-- {_NOTE}", parameters, tables_under(counts), counts)
    return rendered(text, dialect)


def _counted(measure: str, edition: str) -> tuple[str, str]:
    """Numerator and denominator, each as a query of one number."""
    rate = counts_of(measure, edition)
    if rate is not None:
        return _of_people(rate[0]), _of_people(rate[1])
    for stated in (timeliness.stated(), annual.stated(), cohort.stated(), overlaps.stated()):
        for ratio in stated.ratios:
            if ratio.id == measure:
                return _of_family(stated, ratio)
    raise _not_stated(measure)


def _of_people(names: Iterable[str]) -> str:
    counts = " + ".join(number_of(condition_of(name)) for name in names)
    return f'SELECT {counts} FROM "people"'


def _of_family(stated: Stated, ratio: Ratio) -> tuple[str, str]:
    above = _sum_of(stated, ratio, ratio.above)
    if ratio.below:
        return above, _sum_of(stated, ratio, ratio.below)
    among = _sum_of(stated, ratio, ratio.among)
    return above, f"SELECT CASE WHEN ({among}) > 0 THEN 1 ELSE 0 END"


def _sum_of(stated: Stated, ratio: Ratio, name: str) -> str:
    """A count added up over the rows of the query that has it."""
    for query, names in stated.queries:
        if name in names:
            return f'SELECT coalesce(sum(q."{name}"), 0) FROM ({query}) AS q'
    raise _not_stated(ratio.id)


def _not_stated(measure: str) -> NoStatement:
    computed = load_catalog().measure(measure).computed
    why = (
        "nights, beds and lengths in order are put together outside the engine" if computed else "it is not calculated"
    )
    return NoStatement(measure, why)
