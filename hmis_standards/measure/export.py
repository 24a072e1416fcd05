"""Opening an HMIS CSV export: edition, period, and typed tables with one set of columns for every edition."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import date
from types import TracebackType
from typing import Any

from attrs import field, frozen

from hmis_standards.errors import BadValue, ExportError, MissingColumn, MissingExtra, MissingTable, UnsupportedSpec
from hmis_standards.ids import close_matches
from hmis_standards.measure.columns import ALIASES, KEYS, NEEDED, OPTIONAL, gender_columns
from hmis_standards.measure.engine.duck import DuckEngine, EngineError
from hmis_standards.measure.files import Limits, as_arrow, find_members, read_header
from hmis_standards.model.hmis_csv import CsvColumn, Spec
from hmis_standards.store import load_hmis_csv
from hmis_standards.tabular import Plain

__all__ = ["SUPPORTED", "ColumnProblem", "Export", "open_export"]

SUPPORTED = ("FY2024", "FY2026")
_FORMS = {
    "int": "whole numbers",
    "date": "dates of the form YYYY-MM-DD (with a four-digit year)",
    "datetime": "dates of the form YYYY-MM-DD (with a four-digit year), with or without a time",
}
_DAY = "^[0-9]{4}-[0-9]{2}-[0-9]{2}([ T].*)?$"
_NO_YEAR = "0000"
_BLANKS = " \t\r\n\u00a0"
_WHOLE = r"^-?[0-9]+(\.0*)?$"


@frozen(kw_only=True)
class ColumnProblem(Plain):
    """Something found while reading: so many of so many rows, and what is the matter. Never a value."""

    table: str
    column: str
    count: int
    rows: int
    what: str

    def __str__(self) -> str:
        return f"{self.table}.csv, column {self.column}: {self.count:,} of {self.rows:,} {self.what}"


@frozen(kw_only=True, eq=False)
class Export:
    """An open export. Use it in a ``with`` block: closing lets go of the data and its temporary copies.

    ``edition`` is ``"FY2024"`` or ``"FY2026"``; ``period`` the dates of Export.csv, or None where they cannot be read;
    ``hashed`` whether names and SSN are digests, which leaves the form of an SSN untestable.
    """

    source: str
    edition: str
    period: tuple[date, date] | None
    hashed: bool
    csv_version: str
    problems: tuple[ColumnProblem, ...]
    rows: Mapping[str, int]
    engine: DuckEngine = field(repr=False)

    def __enter__(self) -> Export:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Forget the data."""
        self.engine.close()

    def facts(self) -> dict[str, Any]:
        """What the export is, for a report or a results file: no client value among it."""
        start, end = self.period or (None, None)
        return {
            "source": self.source,
            "edition": self.edition,
            "csv_version": self.csv_version,
            "period_start": start.isoformat() if start else None,
            "period_end": end.isoformat() if end else None,
            "hashed": self.hashed,
            "rows": dict(self.rows),
            "engine": f"{self.engine.name} {self.engine.version}",
            "problems": [str(problem) for problem in self.problems],
        }


def open_export(
    source: str | os.PathLike[str] | Mapping[str, Any],
    *,
    on_bad_value: str = "refuse",
    limits: Limits | None = None,
) -> Export:
    """Open an HMIS CSV export of edition FY2024 or FY2026.

    Args:
        source: a zip, a folder, or a mapping of table name (``"Client"``) to a pandas, polars or Arrow table.
        on_bad_value: ``"refuse"`` raises BadValue when a date that is read cannot be understood, since the rows
            would fall out of every count unseen; ``"report"`` goes on without such values and lists them in
            ``problems``. Codes that are no whole number are always reported, never refused.
        limits: of the zip's size.

    Raises:
        ExportError: not a zip, damaged, not CSV; MissingTable, MissingColumn, UnsupportedSpec, BadValue among it.
        MissingExtra: DuckDB is not installed.
    """
    if on_bad_value not in {"refuse", "report"}:
        raise ValueError("on_bad_value is 'refuse' or 'report'")
    engine = DuckEngine()
    try:
        name, headers = _load_raw(engine, source, limits or Limits())
        return _typed(engine, name, headers, refuse=on_bad_value == "refuse")
    except EngineError as error:
        engine.close()
        raise ExportError(f"the export cannot be read into {engine.name} ({type(error).__name__})") from None
    except BaseException:
        engine.close()
        raise


# --- raw tables --------------------------------------------------------------------------------------------


def _load_raw(engine: DuckEngine, source: Any, limits: Limits) -> tuple[str, dict[str, tuple[str, ...]]]:
    """Every table the measures read, as text, in the engine; the name of the source and the headers."""
    wanted = frozenset(NEEDED) | {"Export"}
    if isinstance(source, Mapping):
        return "data frames", _load_frames(engine, source, wanted)
    members = find_members(source, wanted, limits)
    try:
        headers = {table: read_header(table, path) for table, path in members.paths.items()}
        _check_tables(headers, members.source)
        for table, path in members.paths.items():
            engine.load_csv(table, path, headers[table])
        return members.source, headers
    finally:
        members.close()


def _check_tables(headers: Mapping[str, tuple[str, ...]], source: str) -> None:
    """Raises MissingTable, or UnsupportedSpec where an older edition lacks the table by design."""
    if "HMISParticipation" not in headers and "HMISParticipatingProject" in headers.get("Project", ()):
        client = headers.get("Client", ())
        raise UnsupportedSpec("FY2020 or older" if "Gender" in client else "FY2022", SUPPORTED)
    missing = next((table for table in ("Export", *NEEDED) if table not in headers), None)
    if missing:
        raise MissingTable(missing, source)


def _load_frames(engine: DuckEngine, frames: Mapping[str, Any], wanted: frozenset[str]) -> dict[str, tuple[str, ...]]:
    try:
        import pyarrow  # noqa: F401
    except ImportError:
        raise MissingExtra("data") from None
    tables = {table: as_arrow(table, frames[table]) for table in sorted(wanted) if table in frames}
    headers = {table: tuple(arrow.column_names) for table, arrow in tables.items()}
    _check_tables(headers, "the mapping of data frames")
    for table, arrow in tables.items():
        engine.load_arrow(table, arrow)
    return headers


# --- edition and typed tables ------------------------------------------------------------------------------


def _typed(engine: DuckEngine, name: str, headers: dict[str, tuple[str, ...]], refuse: bool) -> Export:
    facts = _export_row(engine, headers["Export"])
    edition = _edition(facts.get("CSVVersion") or "", headers)
    if edition not in SUPPORTED:
        raise UnsupportedSpec(edition, SUPPORTED)
    spec = load_hmis_csv(edition)
    problems: list[ColumnProblem] = []
    rows = {}
    for table, columns in _needed(edition).items():
        problems += _type_table(engine, table, _sources(table, columns, headers[table]), spec, refuse)
        rows[table] = int(engine.rows(f'SELECT count(*) AS n FROM "{table}"')[0]["n"])
    problems += _orphans(engine, rows)
    engine.seal()
    return Export(
        source=name,
        edition=edition,
        period=_period(facts),
        hashed=(facts.get("HashStatus") or "").removesuffix(".0") in {"2", "3", "4"},
        csv_version=facts.get("CSVVersion") or "",
        problems=tuple(problem for problem in problems if problem.count),
        rows=rows,
        engine=engine,
    )


def _needed(edition: str) -> dict[str, tuple[str, ...]]:
    genders = gender_columns(edition)
    client = (*NEEDED["Client"], *genders, *(("GenderNone",) if genders else ()))
    return {**NEEDED, "Client": client}


def _export_row(engine: DuckEngine, header: tuple[str, ...]) -> dict[str, str]:
    """The one row of Export.csv."""
    found = engine.rows('SELECT * FROM "raw_Export"')
    if len(found) != 1:
        raise ExportError(f"Export.csv has {len(found)} rows; an export has exactly one")
    return {key: str(value).strip() for key, value in found[0].items() if value is not None}


def _edition(stated: str, headers: dict[str, tuple[str, ...]]) -> str:
    """From ``CSVVersion``; where that says nothing, from columns only one edition has."""
    year = re.search(r"20[0-9]{2}", stated)
    if year:
        return f"FY{year.group()}"
    if "Sex" in headers["Client"]:
        return "FY2026"
    if "Woman" in headers["Client"]:
        return "FY2024"
    if "HMISParticipatingProject" in headers["Project"]:
        return "FY2022"
    raise UnsupportedSpec("of an unknown edition (CSVVersion is blank and the columns fit none)", SUPPORTED)


def _period(facts: dict[str, str]) -> tuple[date, date] | None:
    start, end = (_day(facts.get(key, "")) for key in ("ExportStartDate", "ExportEndDate"))
    return (start, end) if start and end and start <= end else None


def _day(text: str) -> date | None:
    """Only in the form of the format, whatever else this Python reads as a date."""
    if not re.match(_DAY, text):
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _sources(table: str, columns: tuple[str, ...], header: tuple[str, ...]) -> dict[str, str | None]:
    """For each column the views use, the column of the file; None where an optional one is absent."""
    found: dict[str, str | None] = {}
    for column in columns:
        spellings = (column, *ALIASES.get((table, column), ()))
        place = next((one for one in spellings if one in header), None)
        if place is None:
            raise MissingColumn(table, column, close_matches(column, header, most=1))
        found[column] = place
    return {**found, **{column: column if column in header else None for column in OPTIONAL}}


def _type_table(
    engine: DuckEngine, table: str, sources: dict[str, str | None], spec: Spec, refuse: bool
) -> list[ColumnProblem]:
    """The typed table, without deleted rows and with one row a key; and what was wrong in it."""
    types = {column: _type(spec, table, column) for column in sources if column not in OPTIONAL}
    # An unreadable DateDeleted is still a date somebody put there: the row counts as deleted.
    alive = f"WHERE {_cell_sql('DateDeleted')} IS NULL" if sources.get("DateDeleted") else ""
    cells = ", ".join(f'{_cell_sql(str(sources[column]))} AS "{column}"' for column in types)
    cleaned = f'(SELECT {cells} FROM "raw_{table}" {alive})'
    problems = _bad_values(engine, table, cleaned, types, refuse)
    select = ", ".join(f'{_typed_sql(column, kind)} AS "{column}"' for column, kind in types.items())
    engine.run(f'CREATE TABLE "{table}" AS SELECT {select} FROM {cleaned}')
    engine.run(f'DROP TABLE "raw_{table}"')
    problems += _unknown_codes(engine, table, {column: _codes(spec, table, column) for column in types})
    return problems + (_one_row_a_key(engine, table, KEYS[table]) if table in KEYS else [])


def _unknown_codes(engine: DuckEngine, table: str, codes: Mapping[str, tuple[int, ...]]) -> list[ColumnProblem]:
    """Whole numbers that are not in the edition's list of the column: counted, and used as they are."""
    listed = {column: known for column, known in codes.items() if known}
    if not listed:
        return []
    counts = ", ".join(
        f'count(*) FILTER (WHERE "{column}" NOT IN ({", ".join(map(str, known))})) AS "{column}"'
        for column, known in listed.items()
    )
    found = engine.rows(f'SELECT count(*) AS "all rows", {counts} FROM "{table}"')[0]
    what = "values are not among the codes of HUD's list"
    return [
        ColumnProblem(table=table, column=column, count=found[column], rows=found["all rows"], what=what)
        for column in listed
    ]


def _codes(spec: Spec, table: str, column: str) -> tuple[int, ...]:
    """The codes of the column's list, where it has one of whole numbers."""
    found = _column(spec, table, column)
    listed = spec.code_list(found.list) if found and found.list and found.type == "int" else None
    return tuple(int(code) for code, _ in listed.codes if code.isdigit()) if listed else ()


def _type(spec: Spec, table: str, column: str) -> str:
    """The type in the edition's format."""
    found = _column(spec, table, column)
    return found.type if found else "string"


def _column(spec: Spec, table: str, column: str) -> CsvColumn | None:
    """The column in the edition's format, under whichever spelling the edition has it."""
    file = spec.file(table)
    spellings = (column, *ALIASES.get((table, column), ()))
    return next((one for name in spellings if file and (one := file.column(name))), None)


def _cell_sql(column: str) -> str:
    """The cell without blanks around it; null where that leaves nothing."""
    return f"""nullif(trim("{column}", '{_BLANKS}'), '')"""


def _typed_sql(column: str, kind: str) -> str:
    """A cleaned cell as its type; null where it is not of that form."""
    cell = f'"{column}"'
    if kind == "int":
        return f"CASE WHEN regexp_matches({cell}, '{_WHOLE}') THEN try_cast({cell} AS INTEGER) END"
    if kind in {"date", "datetime"}:
        good = f"regexp_matches({cell}, '{_DAY}') AND NOT starts_with({cell}, '{_NO_YEAR}')"
        return f"CASE WHEN {good} THEN try_cast(left({cell}, 10) AS DATE) END"
    return cell


def _bad_values(
    engine: DuckEngine, table: str, cleaned: str, types: dict[str, str], refuse: bool
) -> list[ColumnProblem]:
    """Cells that are there and cannot be read: counted per column in one pass; dates are refused if asked."""
    judged = {column: kind for column, kind in types.items() if kind in _FORMS}
    if not judged:
        return []
    counts = ", ".join(f'count("{c}") - count({_typed_sql(c, kind)}) AS "{c}"' for c, kind in judged.items())
    found = engine.rows(f'SELECT count(*) AS "all rows", {counts} FROM {cleaned}')[0]
    problems = []
    for column, kind in judged.items():
        form = _FORMS[kind]
        problem = ColumnProblem(
            table=table, column=column, count=found[column], rows=found["all rows"], what=f"values are not {form}"
        )
        if refuse and problem.count and kind != "int":
            raise BadValue(table, column, problem.count, problem.rows, form)
        problems.append(problem)
    return problems


def _one_row_a_key(engine: DuckEngine, table: str, key: str) -> list[ColumnProblem]:
    """Where a key stands several times the last row of the file is taken, and the others are counted."""
    found = engine.rows(f'SELECT count(*) AS n, count(*) - count(DISTINCT "{key}") AS extra FROM "{table}"')[0]
    if found["extra"]:
        engine.run(f'DELETE FROM "{table}" WHERE rowid NOT IN (SELECT max(rowid) FROM "{table}" GROUP BY "{key}")')
    what = "rows repeat a key or have none; the last row in the file was taken"
    return [ColumnProblem(table=table, column=key, count=found["extra"], rows=found["n"], what=what)]


_LINKS = (
    (
        "Enrollment",
        "ProjectID",
        "Project",
        "rows name a project that is not in Project.csv and are in no project's figures",
    ),
    (
        "Enrollment",
        "PersonalID",
        "Client",
        "rows name a client who is not in Client.csv; their client fields count as missing",
    ),
)


def _orphans(engine: DuckEngine, rows: Mapping[str, int]) -> list[ColumnProblem]:
    """Enrollments that lead nowhere, or have no start: they cannot be counted and must not vanish unseen."""
    problems = []
    for table, column, other, what in _LINKS:
        there = f'SELECT 1 FROM "{other}" AS o WHERE o."{column}" = t."{column}"'
        query = f'SELECT count(*) AS n FROM "{table}" AS t WHERE NOT EXISTS ({there})'
        problems.append(
            ColumnProblem(table=table, column=column, count=engine.rows(query)[0]["n"], rows=rows[table], what=what)
        )
    blank = engine.rows('SELECT count(*) AS n FROM "Enrollment" WHERE "EntryDate" IS NULL')[0]["n"]
    what = "rows have no start date that can be read and are left out"
    problems.append(
        ColumnProblem(table="Enrollment", column="EntryDate", count=blank, rows=rows["Enrollment"], what=what)
    )
    return problems
