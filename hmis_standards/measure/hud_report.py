"""HUD's data quality report, tables Q5a and Q6a to Q6f.

The rules are those of HUD's Reporting Terminology Glossary and APR specification in our own reading; every cell is
a count of people, one row a person (the latest active stay), made by the views beside this module.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from attrs import field, frozen

from hmis_standards.errors import ExportError
from hmis_standards.ids import close_matches
from hmis_standards.measure.export import Export
from hmis_standards.measure.hud_tables import HudTable, tables_from
from hmis_standards.measure.periods import outside_of, period_of
from hmis_standards.measure.prepare import Progress, check_cocs, lacking, people_by_slice, projects_of, slices_of
from hmis_standards.tabular import frame

__all__ = ["HudReport", "chosen_projects", "hud_dq_report"]


_LINES = {
    "destination": "destination (Q6c)",
    "income": "income (Q6c)",
    "prior": "Q6d",
    "contact": "contacts (Q6f)",
}


@frozen(kw_only=True)
class HudReport:
    """The tables of HUD's data quality report for a period and a set of projects.

    ``lacking`` says which lines are blank because the export has not what they read.
    """

    edition: str
    start: date
    end: date
    projects: tuple[str, ...] = field(repr=False)
    outside: str = field(default="", repr=False)
    lacking: tuple[str, ...] = field(default=(), repr=False)
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
            "lacking": list(self.lacking),
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
    """HUD's data quality report: Q5a (for data quality, and all active clients) and Q6a to Q6f.

    Args:
        export: an open export.
        start, end: first and last day of the report; the export's own period if left out.
        projects: ProjectIDs; all projects if left out.
        coc: CoC codes; no limit if left out.
        progress: called with step, number done and number of steps; may raise to cancel.

    Raises:
        ExportError: no such project, or a period that cannot be; what most lines read is not in the export.
    """
    first, last = period_of(export, start, end)
    chosen = chosen_projects(export, projects)
    check_cocs(export, coc)
    listed = [row for row in projects_of(export) if str(row["ProjectID"]) in chosen]
    # Counting every part of the system costs little more, and the measures need not count again.
    counts = people_by_slice(export, first, last, slices_of(listed, "project"), coc, progress)["system"]
    lacks = lacking(export)
    return HudReport(
        edition=export.edition,
        start=first,
        end=last,
        projects=chosen,
        outside=outside_of(export, first, last),
        lacking=tuple(f"{_LINES[group]}: the export has no {what}" for group, what in lacks.items()),
        tables=tables_from(counts, export.edition, lacks),
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
