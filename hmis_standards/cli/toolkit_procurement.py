"""``toolkit procurement`` and ``toolkit requirements``: buying HMIS software."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

import click

from hmis_standards.cli.assessments import day_option
from hmis_standards.cli.output import emit, format_option, show_table, write_bytes_of
from hmis_standards.cli.tailored import profile_option, tailored
from hmis_standards.cli.toolkit_options import (
    chart_option,
    deliver,
    draw,
    explain_option,
    output_option,
    parameters_of,
    parameters_option,
    set_option,
    show_flags,
)
from hmis_standards.cli.usage import refused_as_usage
from hmis_standards.exchange import read_proposals, write_requirements
from hmis_standards.toolkit import ProcurementReview, procurement_review, requirements

__all__ = ["COMMANDS"]

_FILE = click.Path(path_type=Path, dir_okay=False)
_NOTE = (
    "Criteria, weights, scale and days are conventions of this project, not HUD's, unless you set your own. The panel "
    "decides; no legal advice."
)


@click.command("procurement")
@click.argument("file", type=_FILE)
@day_option("--on", help="Day from which deadlines are seen; today if left out.")
@parameters_option
@set_option
@explain_option
@format_option
@chart_option
@output_option
def procurement_command(
    file: Path,
    on: datetime.date | None,
    parameters: Path | None,
    values: Sequence[tuple[str, str]],
    explain: bool,
    form: str,
    output: Path | None,
    chart: Path | None,
) -> None:
    """Evaluate the proposals in FILE: gates, points, ranking, what the weights decide, method and deadlines.

    What the file leaves open, such as a rater who left a criterion out, is told on standard error with its line.
    """
    numbers = parameters_of("procurement", parameters, values)
    read = read_proposals(file, numbers)
    for problem in read.problems:
        click.echo(f"left open: {problem}", err=True)
    with refused_as_usage():
        found = procurement_review(read.procurement, numbers, on or datetime.date.today())
    draw(found.evaluation, chart)
    if explain:
        click.echo(found.explain())
    elif not deliver(found, found.rows(), form, output):
        _show(found)


def _show(found: ProcurementReview) -> None:
    evaluation, purchase = found.evaluation, found.purchase
    show_table([one.row() for one in evaluation.standings], evaluation.title)
    click.echo()
    show_table(_points(found), "Points by criterion")
    if evaluation.sensitivity:
        click.echo()
        show_table(evaluation.sensitivity.rows(), "How far each weight can move before another vendor wins")
    click.echo(f"\nMethod for {purchase.value.text}, by the limits of {purchase.on}: {purchase.method.label}")
    if found.deadlines is not None:
        click.echo()
        show_table(found.deadlines.rows(), f"Latest safe days before the contract ends on {found.deadlines.ends}")
    click.echo()
    show_flags(found.flags)
    click.echo(_NOTE)


def _points(found: ProcurementReview) -> list[dict[str, str]]:
    """One row a criterion, with a column for each proposal that is ranked."""
    rows = []
    for place, weight in enumerate(found.evaluation.weights):
        points = {one.proposal: one.judged[place].points.number for one in found.evaluation.ranked}
        rows.append({"criterion": weight.title, "weight": weight.number, **points})
    return rows


@click.command("requirements")
@click.option("--document", default="vendor-capacity", show_default=True, help="The document whose items are asked.")
@click.option("--section", "sections", multiple=True, help="Only this section; can be repeated.")
@click.option("--mandatory", is_flag=True, help="Only what an authority in effect requires.")
@profile_option
@click.option("-o", "--output", type=_FILE, help="File for the bidders, with columns for answers: .xlsx or .csv.")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@format_option
def requirements_command(
    document: str,
    sections: Sequence[str],
    mandatory: bool,
    profiles: Sequence[str],
    output: Path | None,
    force: bool,
    form: str,
) -> None:
    """The requirements register: items as demands on those who offer software, each with rank and test."""
    if output is not None and output.exists() and not force:
        raise click.UsageError(f"{output} is there already; --force replaces it.")
    with refused_as_usage():
        register = requirements(tailored(profiles), document, sections)
        register = register.mandatory if mandatory else register
        if output is not None:
            write_bytes_of(output, lambda path: write_requirements(register, path))
    if output is not None:
        click.echo(f"{output}: {len(register)} requirements, {len(register.mandatory)} of them mandatory")
    else:
        emit(register.rows(), form, columns=("id", "need", "priority", "source", "applies"))


COMMANDS = (procurement_command, requirements_command)
