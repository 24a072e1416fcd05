"""The parts of several people put together into one assessment."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

import click

from hmis_standards.assess import Merged
from hmis_standards.assess.merge import TAKES
from hmis_standards.cli.assessments import day_option
from hmis_standards.cli.output import emit, format_option, json_text, show_table, write_bytes_of
from hmis_standards.cli.usage import refused_as_usage, warnings_told
from hmis_standards.exchange import merge_files, write_assessment, write_conflicts

__all__ = ["COMMANDS"]

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("merge")
@click.argument("files", nargs=-1, required=True, type=_FILE)
@click.option("-o", "--output", type=_FILE, required=True, help="File to write: .yaml, .json, .csv or .xlsx.")
@click.option(
    "--take",
    type=click.Choice(TAKES),
    default="none",
    show_default=True,
    help="What to take where answers differ: none, the first file's, the latest by date, the most cautious.",
)
@click.option("--conflicts", type=_FILE, help="File for the list of different answers: .csv or .xlsx.")
@day_option("--on", help="Day of the merged assessment; the latest of theirs if left out.")
@click.option("--assessor", help="Who assesses, in the merged file; all their names if left out.")
@click.option("--force", is_flag=True, help="Replace files that are there.")
@format_option
@click.pass_context
def merge_command(
    context: click.Context,
    files: Sequence[Path],
    output: Path,
    take: str,
    conflicts: Path | None,
    on: datetime.date | None,
    assessor: str | None,
    force: bool,
    form: str,
) -> None:
    """Put the FILES that several people filled in together into one assessment.

    Nobody's answer is overwritten in silence: different answers to an item are listed, and stay open unless --take says
    which one stands. Exit status 1 if any stay open.
    """
    for target in (output, conflicts):
        if target is not None and target.exists() and not force:
            raise click.UsageError(f"{target} is there already; choose another name, or --force to replace it.")
    if conflicts is not None and conflicts.resolve() == output.resolve():
        raise click.UsageError("-o and --conflicts name the same file; the one would replace the other.")
    with refused_as_usage(), warnings_told():
        merged = merge_files(files, take=take, on=on, assessor=assessor)
    with refused_as_usage():
        write_bytes_of(output, lambda path: write_assessment(merged.assessment, path))
        if conflicts is not None:
            write_bytes_of(conflicts, lambda path: write_conflicts(merged, path))
    _show(merged, output, form)
    if merged.open:
        context.exit(1)


def _show(merged: Merged, output: Path, form: str) -> None:
    if form == "json":
        click.echo(json_text(merged), nl=False)
    elif form == "csv":
        emit(merged.conflicts.rows(), form)
    else:
        answered = sum(one.answer is not None for one in merged.assessment.responses)
        items = len(merged.assessment.items())
        click.echo(f"{output}: {answered} of {items} items answered, from {', '.join(merged.respondents)}")
        if merged.conflicts:
            show_table(merged.conflicts.rows(), "Different answers", ("item", "said", "state", "answer", "taken_from"))


COMMANDS = (merge_command,)
