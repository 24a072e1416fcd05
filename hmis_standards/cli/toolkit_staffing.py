"""``toolkit staffing``: how many people the work takes, beside the posts there are."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from hmis_standards.cli.assessments import Percent
from hmis_standards.cli.output import format_option, show_table
from hmis_standards.cli.toolkit_options import (
    Range,
    chart_option,
    deliver,
    draw,
    explain_option,
    output_option,
    parameters_of,
    parameters_option,
    range_option,
    set_option,
    show_effects,
    show_flags,
)
from hmis_standards.cli.usage import refused_as_usage
from hmis_standards.exchange import read_staffing
from hmis_standards.toolkit import Scenario, Scenarios, change_of_software, growth, scenarios
from hmis_standards.toolkit.staff import NOTE

__all__ = ["COMMANDS"]


@click.command("staffing")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--change", type=click.IntRange(1, 12), help="Also with so many months around a change of software.")
@click.option("--growth", "share", type=Percent(), help="Also with this growth, in percent.")
@click.option(
    "--sensitivity",
    "sensitive",
    is_flag=True,
    help="Instead: which numbers move the total FTE most, each by 10 percent.",
)
@range_option
@parameters_option
@set_option
@explain_option
@format_option
@chart_option
@output_option
def staffing_command(
    file: Path,
    change: int | None,
    share: Fraction | None,
    sensitive: bool,
    ranges: Sequence[tuple[str, Range]],
    parameters: Path | None,
    values: Sequence[tuple[str, str]],
    explain: bool,
    form: str,
    output: Path | None,
    chart: Path | None,
) -> None:
    """Hours and FTE by role from the workload in FILE, gaps against its posts, and scenarios side by side."""
    plan = read_staffing(file)
    numbers = parameters_of("staffing", parameters, values)
    with refused_as_usage():
        found = scenarios(plan.workload, numbers, [*plan.scenarios, *_asked(change, share)], plan.posts)
    draw(found.today, chart)
    if sensitive:
        show_effects(found.today.fte, numbers, ranges, form, output)
    elif explain:
        click.echo(found.explain() if found.others else found.today.explain())
    elif not deliver({"subject": plan.subject, **found.to_dict()}, _rows(found), form, output):
        _show(plan.subject, found)


def _asked(change: int | None, share: Fraction | None) -> list[Scenario]:
    more = [] if change is None else [change_of_software(change)]
    return more if share is None else [*more, growth(share)]


def _rows(found: Scenarios) -> list[dict[str, Any]]:
    """One row a role; of scenarios, today's row and then theirs."""
    staffings = {"today": found.today, **{one.scenario.name: one.staffing for one in found.others}}
    return [{"scenario": name, **row} for name, one in staffings.items() for row in [*one.rows(), one.total_row()]]


def _show(subject: str, found: Scenarios) -> None:
    now = found.today
    show_table([*now.rows(), now.total_row()], f"{subject}: {now.fte.text}, {now.users_per_fte.text}")
    for one in now.desk:
        click.echo(f"{one.title}: {one.text}")
    show_flags(now.flags)
    if found.others:
        click.echo()
        show_table(_beside(found), "FTE today and in each scenario")
    click.echo(NOTE)


def _beside(found: Scenarios) -> list[dict[str, Any]]:
    """One row a role, the total, the difference and the gap; a column for today and for each scenario."""
    names, *rest = zip(*(row.items() for row in found.rows()), strict=True)
    return [
        {"role": cells[0][0], **{name: cell for (_, name), (_, cell) in zip(names, cells, strict=True)}}
        for cells in rest
    ]


COMMANDS = (staffing_command,)
