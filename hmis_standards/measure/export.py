"""Opening an HMIS CSV export: edition, period, typed tables with one set of columns, and what was wrong in it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from datetime import date
from types import TracebackType
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from hmis_standards.errors import BadValue, ExportError, MissingColumn, MissingExtra, MissingTable
from hmis_standards.ids import close_matches
from hmis_standards.measure.columns import NEEDED
from hmis_standards.measure.engine import Engine, engine_named
from hmis_standards.measure.problems import FORMS, HASHED, ColumnProblem, problems_of
from hmis_standards.measure.session import Session
from hmis_standards.tabular import escape, html_table

if TYPE_CHECKING:
    from hmis_standards.measure.door.facts import Facts
    from hmis_standards.measure.door.load import Progress
    from hmis_standards.measure.door.source import Limits

__all__ = ["ColumnProblem", "Export", "open_export", "require"]


@frozen(kw_only=True, eq=False)
class Export:
    """An open export. Use it in a ``with`` block: closing lets go of the data and its temporary copies.

    ``edition`` is such as ``"FY2026"``; ``period`` the dates of Export.csv, or None where they cannot be read;
    ``hashed`` whether names and SSN are digests, which leaves the form of an SSN untestable. ``found`` holds the facts
    about every file and column, ``problems`` those of them that touch what is measured, in words.
    """

    source: str
    edition: str
    period: tuple[date, date] | None
    hashed: bool
    csv_version: str
    problems: tuple[ColumnProblem, ...]
    rows: Mapping[str, int]
    found: Facts = field(repr=False)
    engine: Engine = field(repr=False)
    session: Session = field(repr=False)
    counted: dict[tuple[Any, ...], dict[str, int]] = field(factory=dict, init=False, repr=False)

    def __enter__(self) -> Export:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Forget the data."""
        self.engine.close()

    def missing(self, reads: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
        """Which of the tables and columns the export does not have: ``"Event.csv"``, ``"Client.DOB"``.

        Columns that the edition does not know are not missing.
        """
        return tuple(name for table, columns in reads.items() for name in self._missing(table, columns))

    def _missing(self, table: str, columns: tuple[str, ...]) -> Iterator[str]:
        file = self.found.file(table)
        if file.expected and (not file.present or file.fault):
            yield f"{table}.csv"
        else:
            yield from (f"{table}.{column}" for column in columns if column in file.lacking)

    def _repr_html_(self) -> str:
        span = f", {self.period[0]} to {self.period[1]}" if self.period else ""
        files = [{"file": f"{table}.csv", "rows": rows} for table, rows in self.rows.items()]
        problems = "".join(f"<li>{escape(str(one))}</li>" for one in self.problems)
        return f"<p>Export, edition {escape(self.edition + span)}</p>{html_table(files)}<ul>{problems}</ul>"

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
    on_bad_value: str = "report",
    engine: str = "duckdb",
    session: Any = None,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> Export:
    """Open an HMIS CSV export.

    What can be measured is measured: a missing column, a row with too few cells, a value that cannot be read are
    facts about the export (``Export.found``), and whatever reads them says so.

    Args:
        source: a zip, a folder of CSV or Parquet files, or a mapping of table name (``"Client"``) to a pandas, polars
            or Arrow table. With ``engine="spark"`` also a folder that Spark reads (``"s3://bucket/export"``, a place
            with a scheme), a mapping of table name to Spark DataFrame, or the name of a schema whose tables are named
            like the files (``"main.hmis"``).
        on_bad_value: ``"report"`` goes on without values that cannot be read and lists them in ``problems``;
            ``"refuse"`` raises BadValue where one of them is a date that is kept.
        engine: ``"duckdb"``, in this process, or ``"spark"``.
        session: the SparkSession to work in; the active one, or a local one, if left out.
        limits: of the zip's size.
        progress: called with step, number done and number of steps; may raise to cancel.

    Raises:
        ExportError: not a zip, damaged, or Export, Client, Enrollment or Project missing or unreadable
            (MissingTable, UnsupportedSpec among it); BadValue if asked for.
        MissingExtra: what the engine needs is not installed.
        ValueError: an option is something else.
    """
    if on_bad_value not in {"refuse", "report"}:
        raise ValueError("on_bad_value is 'refuse' or 'report'")
    made = engine_named(engine, session)
    try:
        export = _opened(made, source, limits, progress)
        if on_bad_value == "refuse":
            _refuse_bad_dates(export)
        return export
    except made.errors as error:
        made.close()
        raise ExportError(f"the export cannot be read into {made.name} ({type(error).__name__})") from None
    except BaseException:
        made.close()
        raise


def _opened(engine: Engine, source: Any, limits: Limits | None, progress: Progress | None) -> Export:
    try:
        import pyarrow  # noqa: F401
    except ImportError:
        raise MissingExtra("data") from None
    from hmis_standards.measure.door.load import read_in, table_names
    from hmis_standards.measure.door.source import Limits, open_source

    wanted = table_names()
    opened = engine.source(source, wanted) or open_source(source, wanted, limits or Limits())
    try:
        found, row = read_in(engine, opened, progress)
    finally:
        opened.close()
    return Export(
        source=opened.name,
        edition=found.edition,
        period=_period(row),
        hashed=found.hash_status in HASHED,
        csv_version=found.csv_version,
        problems=problems_of(found),
        rows={one.table: one.kept for one in found.files if one.table in NEEDED},
        found=found,
        engine=engine,
        session=Session(NEEDED),
    )


def _period(row: Mapping[str, Any]) -> tuple[date, date] | None:
    start, end = row.get("ExportStartDate"), row.get("ExportEndDate")
    return (start, end) if start and end and start <= end else None


def require(export: Export, reads: Mapping[str, tuple[str, ...]]) -> None:
    """Raises MissingTable or MissingColumn for the first thing of ``reads`` that the export does not have."""
    for lack in export.missing(reads):
        table, _, column = lack.partition(".")
        if column == "csv":
            raise MissingTable(table, export.source)
        raise MissingColumn(table, column, close_matches(column, export.found.file(table).extra, most=1))


def _refuse_bad_dates(export: Export) -> None:
    for one in export.found.columns():
        if one.unreadable and one.kept and one.kind in {"date", "datetime"}:
            raise BadValue(one.table, one.column, one.unreadable, one.cells, FORMS[one.kind])
