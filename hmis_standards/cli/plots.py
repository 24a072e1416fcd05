"""Plots as files, or the numbers they show."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hmis_standards.assess import compare
from hmis_standards.cli.assessments import Command, Percent, day_option, open_assessment
from hmis_standards.cli.data import note_problems, open_from
from hmis_standards.cli.output import csv_text, json_text, progress_bar, write_bytes_of, write_text
from hmis_standards.cli.public import as_public, public_option
from hmis_standards.cli.usage import refused_as_usage
from hmis_standards.exchange import portfolio_of_files
from hmis_standards.store import load_benchmarks

if TYPE_CHECKING:
    from hmis_standards.report import PlotData

__all__ = ["COMMANDS"]

_FILE = click.Path(path_type=Path, dir_okay=False)
_DRAWN = (".png", ".svg", ".pdf")
_WRITTEN = (".csv", ".json")


@click.group("plot")
def plot_group() -> None:
    """Draw a result to a .png, .svg or .pdf file; .csv and .json give the numbers that the plot shows."""


def _suffix(context: click.Context, parameter: click.Parameter, path: Path) -> Path:
    if path.suffix.lower() not in {*_DRAWN, *_WRITTEN}:
        kinds = f"{', '.join(_DRAWN)} to draw it, or {' or '.join(_WRITTEN)} for its numbers"
        raise click.UsageError(f"{path}: a plot is written to {kinds}.")
    return path


_output = click.option(
    "-o", "--output", type=_FILE, required=True, callback=_suffix, help="A .png, .svg, .pdf, .csv or .json file."
)


def _exported(command: Command) -> Command:
    """The argument and options of plots of an export."""
    command = _output(public_option(command))
    command = click.option("--strict", is_flag=True, help="Stop where a date cannot be read.")(command)
    command = day_option("--end", help="Last day to measure; the export's own if left out.")(command)
    command = day_option("--start", help="First day to measure; the export's own if left out.")(command)
    return click.argument("export", type=click.Path(path_type=Path))(command)


@plot_group.command("sections")
@click.argument("file", type=_FILE)
@day_option("--as-of", help="Day on which evidence must still be fresh; that of the assessment if left out.")
@_output
def sections_command(file: Path, as_of: datetime.date | None, output: Path) -> None:
    """The score of each section of the assessment FILE, with its range."""
    from hmis_standards.report import section_scores

    _write(section_scores(open_assessment(file), as_of=as_of), "plot_sections", output)


@plot_group.command("gaps")
@click.argument("file", type=_FILE)
@click.option("--unassessed", is_flag=True, help="Take items without an answer as not met.")
@day_option("--as-of", help="Day on which evidence must still be fresh; that of the assessment if left out.")
@_output
def gaps_command(file: Path, unassessed: bool, as_of: datetime.date | None, output: Path) -> None:
    """The gaps of the assessment FILE by effort and gain."""
    from hmis_standards.report import gap_map

    _write(gap_map(open_assessment(file), as_of=as_of, include_unassessed=unassessed), "plot_gaps", output)


@plot_group.command("change")
@click.argument("old", type=_FILE)
@click.argument("new", type=_FILE)
@_output
def change_command(old: Path, new: Path, output: Path) -> None:
    """What changed the score from OLD to NEW, cause by cause."""
    from hmis_standards.report import change_steps

    _write(change_steps(compare(open_assessment(old), open_assessment(new))), "plot_change", output)


@plot_group.command("trend")
@click.argument("files", nargs=-1, required=True, type=_FILE)
@_output
def trend_command(files: Sequence[Path], output: Path) -> None:
    """The scores of several assessments of one subject over time, with the causes of change."""
    from hmis_standards.report import score_trend

    _write(score_trend([open_assessment(path) for path in files]), "plot_trend", output)


@plot_group.command("portfolio")
@click.argument("paths", nargs=-1, required=True, metavar="FILE|FOLDER...", type=click.Path(path_type=Path))
@click.option("--items", "by_item", is_flag=True, help="The items most often not met, in place of the sections.")
@click.option(
    "--min-group", type=click.IntRange(min=1), default=5, show_default=True, help="Withhold smaller groups than this."
)
@click.option(
    "--share", type=Percent(), default="100", show_default=True, help="Percentage that must have a document in common."
)
@_output
@click.pass_context
def portfolio_command(
    context: click.Context, paths: Sequence[Path], by_item: bool, min_group: int, share: Fraction, output: Path
) -> None:
    """How the scores of many organizations are spread, by section. Nobody is named."""
    from hmis_standards.report import item_shares, portfolio_spread

    with refused_as_usage():
        found = portfolio_of_files(paths, share=share, min_group=min_group)
    if not found.organizations and not found.unread:
        raise click.UsageError(f"there is no assessment in {', '.join(map(str, paths))}.")
    data = item_shares(found) if by_item else portfolio_spread(found)
    _write(data, "plot_portfolio_items" if by_item else "plot_portfolio", output)
    for problem in found.unread:
        click.echo(f"not read: {problem}", err=True)
    context.exit(1 if found.unread else 0)


@plot_group.command("quality")
@_exported
@click.option("--benchmarks", "benchmark_set", default="default", help="A set by name, or a YAML file.")
def quality_command(
    export: Path,
    start: datetime.date | None,
    end: datetime.date | None,
    strict: bool,
    public: bool,
    smallest: int | None,
    output: Path,
    benchmark_set: str,
) -> None:
    """Targets met on the HMIS CSV EXPORT by dimension of data quality and project type."""
    from hmis_standards.measure import judge, measure
    from hmis_standards.report import quality_map

    targets = load_benchmarks(benchmark_set)
    found = _measured(export, strict, lambda opened, tell: measure(opened, start=start, end=end, progress=tell))
    shown = _shown(public, smallest, "measures", found)
    _write(quality_map(judge(shown, targets)), "plot_quality", output)


@plot_group.command("checks")
@click.argument("export", type=click.Path(path_type=Path))
@click.option("--strict", is_flag=True, help="Stop where a date cannot be read.")
@public_option
@_output
def checks_command(export: Path, strict: bool, public: bool, smallest: int | None, output: Path) -> None:
    """Checks of the records of the HMIS CSV EXPORT that found nothing, by dimension and severity."""
    from hmis_standards.measure import check
    from hmis_standards.report import quality_map

    found = _measured(export, strict, lambda opened, tell: check(opened, progress=tell))
    _write(quality_map(_shown(public, smallest, "findings", found)), "plot_quality", output)


@plot_group.command("timeliness")
@_exported
def timeliness_command(
    export: Path,
    start: datetime.date | None,
    end: datetime.date | None,
    strict: bool,
    public: bool,
    smallest: int | None,
    output: Path,
) -> None:
    """How soon project starts and exits of the HMIS CSV EXPORT were recorded: table Q6e of HUD's report."""
    from hmis_standards.measure import hud_dq_report
    from hmis_standards.report import timeliness

    found = _measured(export, strict, lambda opened, tell: hud_dq_report(opened, start=start, end=end, progress=tell))
    _write(timeliness(_shown(public, smallest, "hud", found)), "plot_timeliness", output)


def _measured(export: Path, strict: bool, make: Callable[[Any, Any], Any]) -> Any:
    """What ``make`` gives of the opened export, with notes on what was found while reading it."""
    with progress_bar("measuring") as tell, open_from(export, strict) as opened:
        found = make(opened, tell)
    note_problems(opened, getattr(found, "outside", ""))
    return found


def _shown(public: bool, smallest: int | None, part: str, found: Any) -> Any:
    """The result as it may be shown: with small counts withheld where that was asked for."""
    small = as_public(public, smallest, **{part: found})
    return getattr(small, part) if small else found


def _write(data: PlotData, draw: str, output: Path) -> None:
    """The plot, or its numbers, in the form the suffix names."""
    suffix = output.suffix.lower()
    if suffix == ".csv":
        write_text(output, csv_text(data.rows()))
    elif suffix == ".json":
        write_text(output, json_text(data))
    else:
        from hmis_standards.report import plots

        figure = getattr(plots, draw)(data)
        write_bytes_of(output, lambda path: plots.save_plot(figure, path))


COMMANDS = (plot_group,)
