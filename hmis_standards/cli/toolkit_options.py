"""What the commands of the working tools share: parameters of one's own, and where the result goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from hmis_standards.cli.output import csv_text, json_text, show_table, write_text
from hmis_standards.cli.usage import refused_as_usage
from hmis_standards.model import ParameterSet
from hmis_standards.store import load_parameters
from hmis_standards.tabular import exact
from hmis_standards.toolkit import Figure, sensitivity

__all__ = [
    "Range",
    "chart_option",
    "deliver",
    "draw",
    "explain_option",
    "output_option",
    "parameters_of",
    "parameters_option",
    "range_option",
    "set_option",
    "show_effects",
    "show_flags",
]

Range = tuple[Fraction, Fraction]
_MOST = 12


class NameAndNumber(click.ParamType):  # type: ignore[type-arg]
    """A parameter and its value, ``turnover=0.42``."""

    name = "name=number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        name, sign, number = str(value).partition("=")
        if not (name and sign and number):
            self.fail(f"{value!r} is not a name and a number such as turnover=0.42.", param, ctx)
        return name.strip(), number.strip()


class NameAndRange(click.ParamType):  # type: ignore[type-arg]
    """A number and the range it may lie in, ``turnover=0.2:0.5``."""

    name = "name=low:high"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, Range]:
        name, _, ends = str(value).partition("=")
        low, _, high = ends.partition(":")
        try:
            found = (exact(low.strip()), exact(high.strip()))
        except ValueError:
            self.fail(f"{value!r} is not a name with a low and a high number such as turnover=0.2:0.5.", param, ctx)
        return name.strip(), found


parameters_option = click.option(
    "--parameters",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A YAML file with your own numbers, to be used in place of the shipped ones.",
)
set_option = click.option(
    "--set",
    "values",
    type=NameAndNumber(),
    multiple=True,
    help="One number of your own, as turnover=0.42; can be repeated. `toolkit parameters` lists the names.",
)
range_option = click.option(
    "--range",
    "ranges",
    type=NameAndRange(),
    multiple=True,
    help="With --sensitivity: a range of its own for a number, in place of 10 percent; can be repeated.",
)
explain_option = click.option("--explain", is_flag=True, help="Print each number with its formula, inputs and origin.")
chart_option = click.option(
    "--chart", type=click.Path(path_type=Path, dir_okay=False), help="Also draw the result, as an .svg file."
)
output_option = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A .json or .csv file to write instead of printing.",
)


def parameters_of(name: str, path: Path | None, values: Sequence[tuple[str, str]]) -> ParameterSet:
    """The parameters of a calculation, with the file and the values the user gave laid over them."""
    found = load_parameters(name if path is None else path)
    if found.id != name:
        raise click.UsageError(f"{path}: it has numbers for {found.id}, this is about {name}.")
    with refused_as_usage():
        return found.changed(dict(values), why="Set on the command line.")


def deliver(value: Any, rows: Sequence[Mapping[str, Any]], form: str, output: Path | None) -> bool:
    """Write the file that was asked for, or print JSON or CSV; False where a table is to be shown."""
    if output is not None:
        write_text(output, _told(value, rows, _form_of(output)))
        click.echo(f"{output} written", err=True)
        return True
    if form != "table":
        click.echo(_told(value, rows, form), nl=False)
    return form != "table"


def draw(result: Any, path: Path | None) -> None:
    """Write the chart of a result, if one was asked for."""
    from hmis_standards.report import tool_chart

    if path is None:
        return
    if path.suffix.lower() != ".svg":
        raise click.UsageError(f"{path}: a chart is written to .svg.")
    write_text(path, tool_chart(result).svg)
    click.echo(f"{path} written", err=True)


def _told(value: Any, rows: Sequence[Mapping[str, Any]], form: str) -> str:
    return json_text(value) if form == "json" else csv_text(rows)


def _form_of(output: Path) -> str:
    form = output.suffix.lower().removeprefix(".")
    if form not in {"json", "csv"}:
        raise click.UsageError(f"{output}: the name should end in .json or .csv.")
    return form


def show_flags(flags: Sequence[Any]) -> None:
    """What was pointed out, a line each, with whose rule it is."""
    for one in flags:
        click.echo(f"- {one.text} [{one.id}; {one.origin.label}]")


def show_effects(
    result: Figure, numbers: ParameterSet, ranges: Sequence[tuple[str, Range]], form: str, output: Path | None
) -> None:
    """Which numbers move a result most, the first of them as a table or all as a file."""
    with refused_as_usage():
        effects = sensitivity(result, ranges=dict(ranges), within=numbers)
    if deliver(effects, effects.rows(), form, output):
        return
    show_table(effects[:_MOST].rows(), f"{result.title}: {result.text}; each number 10 percent lower and higher")
    if len(effects) > _MOST:
        click.echo(f"{len(effects) - _MOST} more move it less; --format csv lists all.")
