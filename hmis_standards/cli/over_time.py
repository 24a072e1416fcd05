"""Assessments over time: compare two of them, and carry one to another edition."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from hmis_standards.assess import Migration, MigrationEntry, compare
from hmis_standards.cli.assessments import day_option, open_assessment
from hmis_standards.cli.output import emit, format_option, json_text, show_table, write_bytes_of
from hmis_standards.cli.tailored import note_own_profiles
from hmis_standards.cli.usage import refused_as_usage
from hmis_standards.errors import NotComparable
from hmis_standards.exchange import migrate, write_assessment
from hmis_standards.store import shipped_profiles
from hmis_standards.vocabulary import Outcome

__all__ = ["COMMANDS"]

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("compare")
@click.argument("old", type=_FILE)
@click.argument("new", type=_FILE)
@day_option("--as-of-old", help="Day on which evidence of OLD must be fresh; that assessment's own if left out.")
@day_option("--as-of-new", help="Day on which evidence of NEW must be fresh; that assessment's own if left out.")
@click.option("--count-proposals", is_flag=True, help="Count answers that a measurement proposed and nobody confirmed.")
@click.option("--other-subject", is_flag=True, help="Compare although the two are about different subjects.")
@format_option
def compare_command(
    old: Path,
    new: Path,
    as_of_old: datetime.date | None,
    as_of_new: datetime.date | None,
    count_proposals: bool,
    other_subject: bool,
    form: str,
) -> None:
    """Say by how much the score changed from OLD to NEW, and why: the parts add up to the change."""
    before, after = open_assessment(old), open_assessment(new)
    same = not other_subject
    try:
        found = compare(before, after, as_of_old, as_of_new, count_proposals=count_proposals, same_subject=same)
    except NotComparable as error:
        raise click.UsageError(f"{error.reason}{'; --other-subject compares them' if error.hint else ''}.") from None
    if form == "table":
        click.echo(found.text())
    elif form == "json":
        click.echo(json_text(found), nl=False)
    else:
        emit(found.rows(), form)


@click.command("migrate")
@click.argument("file", type=_FILE)
@click.option("--to", metavar="EDITION", help="The edition to go to, such as 2026.1; the newest if left out.")
@click.option("-o", "--output", type=_FILE, required=True, help="File to write: .yaml, .json, .csv or .xlsx.")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@format_option
def migrate_command(file: Path, to: str | None, output: Path, force: bool, form: str) -> None:
    """Carry an assessment to another edition of the catalog. No answer is lost; the file itself is not changed."""
    if output.exists() and not force:
        raise click.UsageError(f"{output} is there already; choose another name, or --force to replace it.")
    with refused_as_usage():
        made = migrate(open_assessment(file), to)
    with refused_as_usage():
        write_bytes_of(output, lambda path: write_assessment(made.assessment, path))
    if form == "json":
        click.echo(json_text(made), nl=False)
    elif form == "csv":
        emit(made.rows(), form)
    else:
        _show(made, output)
    for note in made.notes:
        click.echo(note, err=True)
    note_own_profiles([str(_beside(file, name)) for name in _own(made)], output)


def _own(made: Migration) -> list[str]:
    """The ids of the profiles in use that are not shipped."""
    shipped = shipped_profiles()
    return [name for name in made.assessment.catalog.layers if name not in shipped]


def _beside(file: Path, profile: str) -> Path:
    return file.parent / f"{profile}.yaml"


def _show(made: Migration, output: Path) -> None:
    """The counts, and what a person has to look at."""
    click.echo(f"{output}: edition {made.edition_before} to {made.assessment.edition}")
    show_table([{"outcome": outcome.label, "items": count} for outcome, count in made.counts().items()])
    titles = {
        "To review (proposed, and not counted until confirmed)": made.to_review(),
        "Kept in the archive": [one for one in made.entries if one.outcome is Outcome.RETIRED],
        "New, to be answered": [one for one in made.entries if one.outcome is Outcome.NEW],
    }
    for title, entries in titles.items():
        if entries:
            click.echo()
            show_table([{"item": _ids(one), "why": one.reason} for one in entries], title)


def _ids(one: MigrationEntry) -> str:
    """The id, and the ids it became where they are others."""
    now = ", ".join(one.new)
    return now if one.old is None else one.old if now in {one.old, ""} else f"{one.old} -> {now}"


COMMANDS = (compare_command, migrate_command)
