"""Measuring an HMIS CSV export: measure and apr."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from hmis_standards._version import __version__
from hmis_standards.cli.assessments import Command, day_option
from hmis_standards.cli.output import csv_text, emit, format_option, json_text, progress_bar, show_table, write_text
from hmis_standards.store import load_benchmarks, load_catalog
from hmis_standards.tabular import percent_text
from hmis_standards.vocabulary import Judged

if TYPE_CHECKING:
    from hmis_standards.measure import Export, HudReport, Judgement, Judgements, Measures

__all__ = ["COMMANDS", "MEASURE_COLUMNS", "measure_rows", "note_problems", "open_from", "run_facts"]

MEASURE_COLUMNS = (
    "measure",
    "dimension",
    "slice",
    "project_type",
    "project_id",
    "numerator",
    "denominator",
    "value",
    "status",
    "reason",
    "benchmark",
    "met",
    "near",
    "profile",
)
TYPE_NAMES = {
    "0": "ES-EE", "1": "ES-NbN", "2": "TH", "3": "PSH", "4": "SO", "6": "SSO", "7": "Other", "8": "SH", "9": "PH",
    "10": "PH-S", "11": "Day", "12": "HP", "13": "RRH", "14": "CE", "0+1": "ES", "9+10": "OPH", "": "system",
}  # fmt: skip
_EXPORT = click.Path(path_type=Path, exists=False)


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


def open_from(source: Path, strict: bool) -> Export:
    """The export, opened as the options say."""
    from hmis_standards.measure import open_export

    return open_export(source, on_bad_value="refuse" if strict else "report")


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
@click.option(
    "--benchmarks", "benchmark_set", default="default", show_default=True, help="A set by name, or a YAML file."
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=False), help="Folder for measures.csv, results.json."
)
@click.option(
    "--fail-on", type=click.Choice(["near", "below"]), help="Exit status 1 if a judgement is this bad or worse."
)
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
    benchmark_set: str,
    output: Path | None,
    fail_on: str | None,
    form: str,
) -> None:
    """Measure data quality on an HMIS CSV export (zip or folder) and judge it against a benchmark set."""
    from hmis_standards.measure import judge, measure

    targets = load_benchmarks(benchmark_set)
    with progress_bar("measuring") as tell, open_from(export, strict) as opened:
        found = measure(opened, start=start, end=end, by=by, projects=project or None, coc=coc or None, progress=tell)
        facts = run_facts(opened, found)
    note_problems(opened, found.outside)
    judged = judge(found, targets)
    rows = measure_rows(found, judged)
    if output is not None:
        write_text(output / "measures.csv", csv_text(rows, MEASURE_COLUMNS))
        write_text(output / "results.json", json_text({"run": facts, "benchmarks": targets.id, "results": rows}))
        click.echo(f"{output / 'measures.csv'}: {len(rows)} rows", err=True)
    if form == "table":
        _show_judged(found, judged)
    else:
        emit(rows, form)
    if fail_on and _bad(judged, fail_on):
        context.exit(1)


def run_facts(export: Export, found: Measures) -> dict[str, Any]:
    """What a results file says of the run: versions, edition, period, engine; no clock."""
    return {
        "library": __version__,
        "catalog": load_catalog().edition,
        "start": found.start.isoformat(),
        "end": found.end.isoformat(),
        "bed_night": found.bed_night.isoformat(),
        "export": export.facts(),
    }


def measure_rows(found: Measures, judged: Judgements) -> list[dict[str, Any]]:
    """Every judgement, then every result that no benchmark is about, as rows of measures.csv."""
    seen = {id(one.result) for one in judged if one.result is not None}
    alone = [result.row() for result in found if id(result) not in seen]
    blanks = dict.fromkeys(("benchmark", "met", "near", "profile"), "")
    return [one.row() for one in judged] + [{**row, **blanks} for row in alone]


def _bad(judged: Judgements, fail_on: str) -> bool:
    bad = {Judged.BELOW} if fail_on == "below" else {Judged.BELOW, Judged.NEAR}
    return any(one.judged in bad for one in judged)


_MARKS = {Judged.MET: ("", "green"), Judged.NEAR: ("~", "yellow"), Judged.BELOW: ("!", "bold red")}


def _show_judged(found: Measures, judged: Judgements) -> None:
    """A matrix for people: a row a benchmark, a column a project type."""
    if not judged.benchmarks.benchmarks:
        click.echo(f"Nothing was judged. {judged.benchmarks.notice}")
        return
    shown = [one for one in judged if one.result is not None and one.result.slice != "project"]
    types = list(dict.fromkeys(_column(one) for one in shown if one.judged in _MARKS))
    types.sort(key=lambda name: list(TYPE_NAMES.values()).index(name) if name in TYPE_NAMES.values() else 99)
    rows: dict[str, dict[str, Any]] = {}
    for one in shown:
        row = rows.setdefault(one.benchmark.id, {"benchmark": one.benchmark.id})
        row[_column(one)] = _mark(one)
    show_table(list(rows.values()), f"{found.start} to {found.end}; beds on {found.bed_night}", ("benchmark", *types))
    click.echo(f"\n~ near the target, ! below it, blank: nobody to count. {judged.benchmarks.notice}")
    left = [one.benchmark.id for one in judged if one.judged is Judged.NOT_MEASURED]
    if left:
        click.echo(f"Not measured by this version: {', '.join(left)}.")


def _column(one: Judgement) -> str:
    types = "+".join(str(code) for code in one.result.project_types) if one.result else ""
    return TYPE_NAMES.get(types, types)


def _mark(one: Judgement) -> Text | str:
    if one.judged not in _MARKS or one.result is None:
        return ""
    mark, style = _MARKS[one.judged]
    return Text(f"{percent_text(one.result.value, 1)}{mark}".replace(" ", ""), style=style)


@click.command("apr")
@click.argument("export", type=_EXPORT)
@_period
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=False), help="Folder for Q5a.csv, Q6a.csv and so on."
)
@format_option
def apr_command(
    export: Path,
    start: datetime.date | None,
    end: datetime.date | None,
    project: Sequence[str],
    coc: Sequence[str],
    strict: bool,
    output: Path | None,
    form: str,
) -> None:
    """HUD's data quality report on an export: tables Q5a and Q6a to Q6f."""
    from hmis_standards.measure import hud_dq_report

    with progress_bar("counting") as tell, open_from(export, strict) as opened:
        made = hud_dq_report(opened, start=start, end=end, projects=project or None, coc=coc or None, progress=tell)
    note_problems(opened, made.outside)
    for lack in made.lacking:
        click.echo(f"note: blank are {lack}", err=True)
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
