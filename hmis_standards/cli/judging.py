"""Counts judged against benchmark sets: just measured, or read from a results file."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from hmis_standards.cli.assessments import day_option
from hmis_standards.cli.output import csv_text, emit, format_option, json_text, show_table, write_text
from hmis_standards.cli.usage import refused_as_usage
from hmis_standards.model import BenchmarkSet
from hmis_standards.store import load_benchmarks
from hmis_standards.tabular import decimal_text, percent_text
from hmis_standards.vocabulary import Judged

if TYPE_CHECKING:
    from hmis_standards.measure import Judgement, Judgements, Measures, SideBySide, SideBySideRow

__all__ = ["COMMANDS", "benchmarks_option", "fail_option", "judged_by", "missed", "save_judged", "show_judged"]

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


def _sets(context: click.Context, option: click.Parameter, values: Sequence[str]) -> tuple[BenchmarkSet, ...]:
    """Names or files, several with commas between them or by giving the option again; each once."""
    names = dict.fromkeys(name.strip() for value in values for name in value.split(","))
    return tuple(load_benchmarks(name) for name in names if name)


benchmarks_option = click.option(
    "--benchmarks",
    "sets",
    multiple=True,
    default=("default",),
    show_default=True,
    callback=_sets,
    metavar="SET[,SET]",
    help="A set by name, or a YAML file; several stand side by side.",
)
fail_option = click.option(
    "--fail-on", type=click.Choice(["near", "below"]), help="Exit status 1 if a judgement is this bad or worse."
)


@click.command("judge")
@click.argument("results", type=click.Path(path_type=Path, exists=False))
@benchmarks_option
@day_option("--on", help="Day whose targets apply; the last day of the period measured if left out.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write measures.csv to this file."
)
@fail_option
@format_option
@click.pass_context
def judge_command(
    context: click.Context,
    results: Path,
    sets: tuple[BenchmarkSet, ...],
    on: datetime.date | None,
    output: Path | None,
    fail_on: str | None,
    form: str,
) -> None:
    """Judge counts again, without the export: RESULTS is a results.json of measure -o, or its folder."""
    from hmis_standards.measure import read_measures

    with refused_as_usage():
        found = read_measures(results)
        judged = judged_by(found, sets, on)
    if output is not None:
        write_text(output, csv_text(measure_rows(found, judged), MEASURE_COLUMNS))
    show_judged(found, judged, form)
    if missed(judged, fail_on):
        context.exit(1)


def judged_by(found: Measures, sets: Sequence[BenchmarkSet], on: datetime.date | None = None) -> tuple[Judgements, ...]:
    """The judgements of each set. Raises UsageError where there is no set."""
    from hmis_standards.measure import judge

    if not sets:
        raise click.UsageError("--benchmarks needs the name of a set, or a file.")
    return tuple(judge(found, one, on=on) for one in sets)


def measure_rows(found: Measures, judged: Sequence[Judgements]) -> list[dict[str, Any]]:
    """Every judgement of every set, then every result that no benchmark is about, as rows of measures.csv."""
    rows = [one.row() for own in judged for one in own]
    seen = {id(one.result) for own in judged for one in own if one.result is not None}
    alone = [result.row() for result in found if id(result) not in seen]
    blanks = dict.fromkeys(("benchmark", "met", "near", "profile", "origin", "since", "until"), "")
    return rows + [{**row, **blanks} for row in alone]


def save_judged(found: Measures, judged: Sequence[Judgements], run: dict[str, Any], folder: Path) -> int:
    """Write measures.csv and results.json into a folder; how many rows they have."""
    from hmis_standards.measure.saved import NAME, results_file

    rows = measure_rows(found, judged)
    named = {"benchmarks": ",".join(one.benchmarks.id for one in judged), "judged_on": judged[0].on.isoformat()}
    write_text(folder / "measures.csv", csv_text(rows, MEASURE_COLUMNS))
    write_text(folder / NAME, json_text({"run": run, **named, "results": rows, **results_file(found)}))
    return len(rows)


def missed(judged: Sequence[Judgements], fail_on: str | None) -> bool:
    """Whether a judgement is as bad as the option says, or worse."""
    bad = {None: set(), "below": {Judged.BELOW}, "near": {Judged.BELOW, Judged.NEAR}}[fail_on]
    return any(one.judged in bad for own in judged for one in own)


def show_judged(found: Measures, judged: Sequence[Judgements], form: str) -> None:
    """One set as a matrix, several side by side; for programs the rows of measures.csv."""
    if form != "table":
        emit(measure_rows(found, judged), form)
    elif len(judged) == 1:
        _show_one(found, judged[0])
    else:
        _show_several(found, judged)


# --- one set -----------------------------------------------------------------------------------------------

_MARKS = {Judged.MET: ("", "green"), Judged.NEAR: ("~", "yellow"), Judged.BELOW: ("!", "bold red")}
_LEGEND = "~ near the target, ! below it, * withheld, blank: nobody to count."


def _show_one(found: Measures, judged: Judgements) -> None:
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
    click.echo(f"\n{_LEGEND} {judged.benchmarks.notice}")
    left = [one.benchmark.id for one in judged if one.judged is Judged.NOT_MEASURED]
    if left:
        click.echo(f"Not measured by this version: {', '.join(left)}.")


def _column(one: Judgement) -> str:
    types = "+".join(str(code) for code in one.result.project_types) if one.result else ""
    return TYPE_NAMES.get(types, types)


def _mark(one: Judgement) -> Text | str:
    if one.judged not in _MARKS or one.result is None:
        return "*" if one.judged is Judged.WITHHELD else ""
    mark, style = _MARKS[one.judged]
    value = one.result.value or Fraction(0)
    shown = percent_text(value, 1).replace(" ", "") if one.benchmark.unit == "ratio" else decimal_text(value, 1)
    return Text(f"{shown}{mark}", style=style)


# --- several sets ------------------------------------------------------------------------------------------


def _show_several(found: Measures, judged: Sequence[Judgements]) -> None:
    """A row a result of the system and of project types, a column a set; where they differ, a sign and color."""
    from hmis_standards.measure import side_by_side

    beside = side_by_side(found, [one.benchmarks for one in judged], on=judged[0].on)
    told = zip(beside, beside.rows(), strict=True)
    rows = [_row(beside, one, row) for one, row in told if one.result and one.result.slice != "project"]
    show_table(rows, f"{found.start} to {found.end}; targets of {beside.on}")
    click.echo(f"\n≠ the sets differ: on {len(beside.differing())} of {len(beside)} results.")
    for one in beside.sets:
        click.echo(f"{one.id}: {one.notice}")


def _row(beside: SideBySide, line: SideBySideRow, told: dict[str, Any]) -> dict[str, Any]:
    style = "bold yellow" if line.differs else ""
    shown: dict[str, Any] = {
        "": "≠" if line.differs else "",
        "measure": line.measure,
        "of": TYPE_NAMES.get(told["project_type"], told["project_type"]),
        "count": _count(line),
    }
    for one in beside.sets:
        outcome, target = told[f"{one.id} outcome"], told[f"{one.id} target"]
        shown[one.id] = Text(f"{outcome.replace('_', ' ')}{f' ({target})' if target else ''}", style=style)
    return shown


def _count(line: SideBySideRow) -> str:
    one = line.result
    return "*" if one is None or one.status == Judged.WITHHELD.value else f"{one.numerator:,}/{one.denominator:,}"


COMMANDS = (judge_command,)
