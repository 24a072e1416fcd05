"""Many organizations together."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import click

from hmis_standards.assess import Portfolio
from hmis_standards.cli.assessments import Percent, day_option
from hmis_standards.cli.output import (
    csv_text,
    format_option,
    json_text,
    progress_bar,
    show_table,
    write_bytes_of,
    write_text,
)
from hmis_standards.cli.usage import refused_as_usage, warnings_told
from hmis_standards.exchange import portfolio_of_files, write_portfolio

__all__ = ["COMMANDS"]

_SUFFIXES = (".xlsx", ".csv", ".json")


@click.command("portfolio")
@click.argument("paths", nargs=-1, required=True, metavar="FILE|FOLDER...", type=click.Path(path_type=Path))
@click.option(
    "--min-group",
    type=click.IntRange(min=1),
    default=5,
    show_default=True,
    help="Withhold what is about fewer organizations than this.",
)
@click.option("--ranking", is_flag=True, help="Name the organizations, in the order of their scores.")
@click.option(
    "--share",
    type=Percent(),
    default="100",
    show_default=True,
    help="Percentage of the assessments that must have a document, and an item, for it to be common.",
)
@click.option(
    "--workers", type=click.IntRange(min=1), default=1, show_default=True, help="Processes that share the files."
)
@day_option("--as-of", help="Day on which evidence must still be fresh; each assessment's own if left out.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="File to write: .xlsx, .csv or .json."
)
@format_option
@click.pass_context
def portfolio_command(
    context: click.Context,
    paths: Sequence[Path],
    min_group: int,
    ranking: bool,
    share: Fraction,
    workers: int,
    as_of: datetime.date | None,
    output: Path | None,
    form: str,
) -> None:
    """Show many organizations together: how scores are spread, common gaps, shares by item. Nobody is named.

    Files that cannot be read are named on standard error; the others count, and the exit status is 1.
    """
    if output is not None and output.suffix.lower() not in _SUFFIXES:
        raise click.UsageError(f"{output}: a portfolio is written to .xlsx, .csv or .json.")
    with progress_bar("Reading") as tell, refused_as_usage(), warnings_told():
        found = portfolio_of_files(
            paths,
            as_of,
            share=share,
            min_group=min_group,
            ranking=ranking,
            workers=workers,
            progress=None if tell is None else lambda done, total: tell(f"{done:,} files", done, total or done),
        )
    if not found.organizations and not found.unread:
        raise click.UsageError(f"there is no assessment in {', '.join(map(str, paths))}.")
    if output is not None:
        _save(found, output)
    else:
        _show(found, form)
    for problem in found.unread:
        click.echo(f"not read: {problem}", err=True)
    context.exit(1 if found.unread else 0)


def _save(found: Portfolio, output: Path) -> None:
    """Write the portfolio by the suffix of the file: a workbook, one row an item, or everything."""
    suffix = output.suffix.lower()
    if suffix == ".xlsx":
        write_bytes_of(output, lambda path: write_portfolio(found, path))
    elif suffix == ".csv":
        write_text(output, csv_text(found.rows()))
    else:
        write_text(output, json_text(found))
    click.echo(str(output))


def _show(found: Portfolio, form: str) -> None:
    if form == "json":
        click.echo(json_text(found), nl=False)
        return
    if form == "csv":
        click.echo(csv_text(found.rows()), nl=False)
        return
    click.echo(f"{found.organizations} organizations, {len(found.items)} items in common: {', '.join(found.documents)}")
    for note in found.notes:
        click.echo(note)
    for title, rows in found.tables().items():
        if rows:
            click.echo()
            show_table(rows, title=title.capitalize())


COMMANDS = (portfolio_command,)
