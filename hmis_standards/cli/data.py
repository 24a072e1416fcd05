"""Measuring an HMIS CSV export: measure and apr."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hmis_standards._version import __version__
from hmis_standards.cli.assessments import Command, day_option
from hmis_standards.cli.judging import benchmarks_option, fail_option, judged_by, missed, save_judged, show_judged
from hmis_standards.cli.output import csv_text, format_option, json_text, progress_bar, show_table, write_text
from hmis_standards.cli.public import as_public, public_option
from hmis_standards.measure.engine import ENGINES
from hmis_standards.model import BenchmarkSet
from hmis_standards.store import load_catalog

if TYPE_CHECKING:
    from hmis_standards.measure import Export, HudReport, Measures

__all__ = ["COMMANDS", "engine_option", "note_problems", "open_from", "run_facts"]

_EXPORT = click.Path(path_type=Path, exists=False)

engine_option = click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default="duckdb",
    show_default=True,
    help="What does the counting; spark starts a session on this computer.",
)


def _period(command: Command) -> Command:
    command = click.option("--coc", multiple=True, help="Limit to this CoC code; may be given several times.")(command)
    command = click.option("--project", multiple=True, help="Limit to this ProjectID; may be given several times.")(
        command
    )
    command = click.option(
        "--strict", is_flag=True, help="Stop where a date cannot be read, instead of reporting how many."
    )(command)
    command = day_option("--end", help="Last day of the report; the export's own if left out.")(command)
    return day_option("--start", help="First day of the report; the export's own if left out.")(command)


def open_from(source: Path, strict: bool, engine: str = "duckdb") -> Export:
    """The export, opened as the options say."""
    from hmis_standards.measure import open_export

    return open_export(source, on_bad_value="refuse" if strict else "report", engine=engine)


def note_problems(export: Export, outside: str) -> None:
    """What was found while reading and measuring, on standard error: counts, never a value."""
    if outside:
        click.echo(f"note: {outside}", err=True)
    for problem in export.problems:
        click.echo(f"note: {problem}", err=True)


@click.command("measure")
@click.argument("export", type=_EXPORT)
@_period
@click.option("--by", type=click.Choice(["project"]), help="Also measure each project.")
@benchmarks_option
@public_option
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=False), help="Folder for measures.csv, results.json."
)
@fail_option
@engine_option
@format_option
@click.pass_context
def measure_command(
    context: click.Context,
    export: Path,
    start: datetime.date | None,
    end: datetime.date | None,
    project: Sequence[str],
    coc: Sequence[str],
    strict: bool,
    by: str | None,
    sets: tuple[BenchmarkSet, ...],
    public: bool,
    smallest: int | None,
    output: Path | None,
    fail_on: str | None,
    engine: str,
    form: str,
) -> None:
    """Measure data quality on an HMIS CSV export (zip or folder) and judge it against a benchmark set."""
    from hmis_standards.measure import measure

    if public and by:
        raise click.UsageError("--public shows no single projects; leave out --by project.")
    with progress_bar("measuring") as tell, open_from(export, strict, engine) as opened:
        found = measure(opened, start=start, end=end, by=by, projects=project or None, coc=coc or None, progress=tell)
        facts = run_facts(opened, found, public)
    note_problems(opened, found.outside)
    small = as_public(public, smallest, measures=found)
    found = small.measures if small is not None and small.measures is not None else found
    judged = judged_by(found, sets)
    if output is not None:
        number = save_judged(found, judged, facts, output)
        click.echo(f"{output / 'measures.csv'}: {number} rows", err=True)
    show_judged(found, judged, form)
    if missed(judged, fail_on):
        context.exit(1)


def run_facts(export: Export, found: Measures, public: bool) -> dict[str, Any]:
    """What a results file says of the run: versions, edition, period, engine; no clock. No counts for the public."""
    from hmis_standards.measure.public import public_facts

    return {
        "library": __version__,
        "catalog": load_catalog().edition,
        "start": found.start.isoformat(),
        "end": found.end.isoformat(),
        "bed_night": found.bed_night.isoformat(),
        "export": public_facts(export.facts()) if public else export.facts(),
    }


@click.command("apr")
@click.argument("export", type=_EXPORT)
@_period
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=False), help="Folder for Q5a.csv, Q6a.csv and so on."
)
@public_option
@engine_option
@format_option
def apr_command(
    export: Path,
    start: datetime.date | None,
    end: datetime.date | None,
    project: Sequence[str],
    coc: Sequence[str],
    strict: bool,
    output: Path | None,
    public: bool,
    smallest: int | None,
    engine: str,
    form: str,
) -> None:
    """HUD's data quality report on an export: tables Q5a and Q6a to Q6f."""
    from hmis_standards.measure import hud_dq_report

    with progress_bar("counting") as tell, open_from(export, strict, engine) as opened:
        made = hud_dq_report(opened, start=start, end=end, projects=project or None, coc=coc or None, progress=tell)
    note_problems(opened, made.outside)
    for lack in made.lacking:
        click.echo(f"note: blank are {lack}", err=True)
    small = as_public(public, smallest, hud=made)
    made = small.hud if small is not None and small.hud is not None else made
    if output is not None:
        save_tables(made, output)
    if form == "json":
        click.echo(json_text(made), nl=False)
    elif output is None:
        for table in made.tables:
            show_table(table.rows(), f"{table.name}  {table.title}, {made.start} to {made.end}")
            click.echo()
    else:
        click.echo(f"{output}: {', '.join(table.name for table in made.tables)}")


def save_tables(made: HudReport, folder: Path) -> None:
    """One CSV file a table, in HUD's layout."""
    for table in made.tables:
        write_text(folder / f"{table.name}.csv", csv_text(table.rows(), table.header))


COMMANDS = (measure_command, apr_command)
