"""HUD's data quality report, tables Q5a, Q6a, Q6b and Q6e, for FY2024 and FY2026.

The rules are those of HUD's Reporting Terminology Glossary and APR specification in our own reading; every cell is
a count of people, one row a person (the latest active stay), made by the views beside this module.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from attrs import field, frozen

from hmis_standards.errors import ExportError
from hmis_standards.ids import close_matches
from hmis_standards.measure.export import Export
from hmis_standards.measure.periods import outside_of, period_of
from hmis_standards.measure.prepare import Progress, Slice, check_cocs, people_by_slice, projects_of
from hmis_standards.tabular import Plain, Tabular, decimal_text, frame

__all__ = ["COUNTS", "HudReport", "HudRow", "HudTable", "chosen_projects", "hud_dq_report", "tables_from"]

Cell = int | Fraction | None

_Q5A = (
    ("Total number of persons served", "all", "TRUE"),
    ("Number of adults (age 18 or over)", "adults", "adult"),
    ("Number of children (under age 18)", "children", "child"),
    ("Number of persons with unknown age", "unknown_age", "age IS NULL"),
    ("Number of leavers", "leavers", "leaver"),
    ("Number of adult leavers", "adult_leavers", "leaver AND adult"),
    ("Number of adult and head of household leavers", "adult_head_leavers", "leaver AND adult_or_head"),
    ("Number of stayers", "stayers", "NOT leaver"),
    ("Number of adult stayers", "adult_stayers", "NOT leaver AND adult"),
    ("Number of veterans", "veterans", "veteran"),
    ("Number of chronically homeless persons", "chronic", "chronic"),
    ("Number of youth under age 25", "youth", "youth"),
    ("Number of parenting youth under age 25 with children", "parenting_youth", "youth AND with_child_of_head"),
    ("Number of adult heads of household", "adult_heads", "head AND adult"),
    ("Number of child and unknown-age heads of household", "other_heads", "head AND NOT adult"),
    (
        "Heads of households and adult stayers in the project 365 days or more",
        "stayed_a_year",
        "stayed_a_year",
    ),
)
_Q6A = (("Name", "name"), ("SSN", "ssn"), ("DOB", "dob"), ("Race and ethnicity", "race"), ("Gender", "gender"))
_Q6B = (
    ("Veteran status (3.07)", "veteran"),
    ("Project start date (3.10)", "start"),
    ("Relationship to head of household (3.15)", "relationship"),
    ("Enrollment CoC (3.16)", "coc"),
    ("Disabling condition (3.08)", "disabling"),
)
_LAGS = (
    ("< 0 days", "below_0", "< 0"),
    ("0 days", "0", "= 0"),
    ("1-3 days", "1_3", "BETWEEN 1 AND 3"),
    ("4-6 days", "4_6", "BETWEEN 4 AND 6"),
    ("7-10 days", "7_10", "BETWEEN 7 AND 10"),
    ("11+ days", "11", "> 10"),
)
_STATES = {"declined": 1, "missing": 2, "issue": 3}


def _counts() -> dict[str, str]:
    """Every count of the report by name, as a condition on the view ``people``."""
    counted = {name: f"counted AND ({condition})" for _, name, condition in _Q5A}
    everybody = {f"any_{name}": condition for _, name, condition in _Q5A}
    states = {
        f"{element}_{state}": f"counted AND {element}_state = {code}"
        for _, element in (*_Q6A, *_Q6B)
        for state, code in _STATES.items()
    }
    identity = " OR ".join(f"{element}_state > 0" for _, element in _Q6A)
    lags = {
        f"{event}_{name}": f"counted AND {event}_lag {test}" for event in ("start", "exit") for _, name, test in _LAGS
    }
    return {**counted, **everybody, **states, "identity_error": f"counted AND ({identity})", **lags}


COUNTS = _counts()


@frozen(kw_only=True)
class HudRow(Plain):
    """A line of a table: its label, and a count, an exact rate or None (a cell HUD leaves blank) for each column."""

    label: str
    cells: tuple[Cell, ...]


@frozen(kw_only=True)
class HudTable(Tabular):
    """One table of the report; ``header`` names the label column and then each column of figures."""

    name: str
    title: str
    header: tuple[str, ...]
    lines: tuple[HudRow, ...] = field(repr=False)

    def text_rows(self) -> list[list[str]]:
        """Header and lines as text in HUD's form: counts whole, rates with four decimals, blanks empty."""
        return [list(self.header), *([line.label, *map(_cell_text, line.cells)] for line in self.lines)]

    def rows(self) -> list[dict[str, object]]:
        """One dict a line; rates as decimal text."""
        return [dict(zip(self.header, row, strict=True)) for row in self.text_rows()[1:]]

    def to_dict(self) -> dict[str, object]:
        """Name, title, header and lines; rates as decimal text with four places."""
        return {"name": self.name, "title": self.title, "table": self.text_rows()}


@frozen(kw_only=True)
class HudReport:
    """The tables of HUD's data quality report for a period and a set of projects."""

    edition: str
    start: date
    end: date
    projects: tuple[str, ...] = field(repr=False)
    outside: str = field(default="", repr=False)
    tables: tuple[HudTable, ...] = field(repr=lambda tables: "/".join(table.name for table in tables))

    def table(self, name: str) -> HudTable:
        """The table of that name, such as ``"Q6a"``. Raises KeyError."""
        for table in self.tables:
            if table.name == name:
                return table
        raise KeyError(f"no table {name}; there are {', '.join(table.name for table in self.tables)}")

    def to_dict(self) -> dict[str, object]:
        """Edition, period, projects and all tables as plain values."""
        return {
            "edition": self.edition,
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "outside": self.outside,
            "projects": list(self.projects),
            "tables": [table.to_dict() for table in self.tables],
        }

    def to_frame(self) -> object:
        """All tables below one another in long form: table, line, column, value."""
        return frame(
            [
                {"table": table.name, "line": row[0], "column": name, "value": cell}
                for table in self.tables
                for row in table.text_rows()[1:]
                for name, cell in zip(table.header[1:], row[1:], strict=True)
            ]
        )

    def _repr_html_(self) -> str:
        return "".join(f"<h4>{table.name}: {table.title}</h4>{table._repr_html_()}" for table in self.tables)


def hud_dq_report(
    export: Export,
    *,
    start: str | date | None = None,
    end: str | date | None = None,
    projects: Iterable[str] | None = None,
    coc: Iterable[str] | None = None,
    progress: Progress | None = None,
) -> HudReport:
    """HUD's data quality report: Q5a (for data quality, and all active clients), Q6a, Q6b, Q6e.

    Args:
        export: an open export.
        start, end: first and last day of the report; the export's own period if left out.
        projects: ProjectIDs; all projects if left out.
        coc: CoC codes; no limit if left out.
        progress: called with step, number done and number of steps; may raise to cancel.

    Raises:
        ExportError: no such project, or a period that cannot be.
    """
    first, last = period_of(export, start, end)
    chosen = chosen_projects(export, projects)
    check_cocs(export, coc)
    one = Slice(id="report", projects=chosen)
    counts = people_by_slice(export, first, last, [one], coc, COUNTS, progress)["report"]
    return HudReport(
        edition=export.edition,
        start=first,
        end=last,
        projects=chosen,
        outside=outside_of(export, first, last),
        tables=tables_from(counts, export.edition),
    )


def chosen_projects(export: Export, projects: Iterable[str] | None) -> tuple[str, ...]:
    """The ProjectIDs asked for, each of which must exist; all of them if none are given. Raises ExportError."""
    known = tuple(str(row["ProjectID"]) for row in projects_of(export))
    if projects is None:
        return known
    listed = (projects,) if isinstance(projects, str) else projects
    asked = tuple(dict.fromkeys(str(project) for project in listed))
    for project in asked:
        if project not in known:
            near = close_matches(project, known)
            hint = f"; did you mean {' or '.join(near)}?" if near else ""
            raise ExportError(f"Project.csv has no ProjectID {project!r}{hint}")
    return asked


def tables_from(counts: dict[str, int], edition: str) -> tuple[HudTable, ...]:
    """The report's tables from its counts: arithmetic only, no data needed."""
    return (_q5a(counts), _q6a(counts, edition), _q6b(counts), _q6e(counts))


def rate(errors: int, among: int) -> Fraction:
    """HUD prints 0 where there is nobody to count."""
    return Fraction(errors, among) if among else Fraction(0)


def _q5a(counts: dict[str, int]) -> HudTable:
    lines = tuple(HudRow(label=label, cells=(counts[name], counts[f"any_{name}"])) for label, name, _ in _Q5A)
    header = ("Report validations", "Count of clients for DQ", "Count of clients")
    return HudTable(name="Q5a", title="Report validations", header=header, lines=lines)


_ERROR_HEADER = (
    "Client doesn't know / prefers not to answer",
    "Information missing",
    "Data issues",
    "Total",
    "% of issue rate",
)


def _q6a(counts: dict[str, int], edition: str) -> HudTable:
    elements = [pair for pair in _Q6A if pair[1] != "gender" or edition == "FY2024"]
    lines = [_error_line(counts, label, element, counts["all"]) for label, element in elements]
    overall = counts["identity_error"]
    lines.append(HudRow(label="Overall score", cells=(None, None, None, overall, rate(overall, counts["all"]))))
    header = ("Data element", *_ERROR_HEADER)
    return HudTable(name="Q6a", title="Personally identifiable information", header=header, lines=tuple(lines))


def _error_line(counts: dict[str, int], label: str, element: str, among: int) -> HudRow:
    declined, missing, issues = (counts[f"{element}_{state}"] for state in _STATES)
    total = declined + missing + issues
    no_issues = element in {"race", "gender"}
    return HudRow(label=label, cells=(declined, missing, None if no_issues else issues, total, rate(total, among)))


def _q6b(counts: dict[str, int]) -> HudTable:
    among = {
        "veteran": counts["adults"] + counts["children"],
        "coc": counts["adult_heads"] + counts["other_heads"],
    }
    lines = tuple(_error_line(counts, label, name, among.get(name, counts["all"])) for label, name in _Q6B)
    return HudTable(name="Q6b", title="Universal data elements", header=("Data element", *_ERROR_HEADER), lines=lines)


def _q6e(counts: dict[str, int]) -> HudTable:
    lines = tuple(
        HudRow(label=label, cells=(counts[f"start_{name}"], counts[f"exit_{name}"])) for label, name, _ in _LAGS
    )
    header = ("Time for record entry", "Number of project start records", "Number of project exit records")
    return HudTable(name="Q6e", title="Timeliness", header=header, lines=lines)


def _cell_text(cell: Cell) -> str:
    if cell is None:
        return ""
    return decimal_text(cell, 4) if isinstance(cell, Fraction) else str(cell)
