"""``toolkit budget`` and ``toolkit eligibility``: costs and funding over some years, and what may pay for what."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from hmis_standards.cli.output import emit, format_option, show_table
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
from hmis_standards.exchange import read_budget
from hmis_standards.store import load_eligibility
from hmis_standards.toolkit import Budget, budget
from hmis_standards.toolkit.budgeting import NOTE

__all__ = ["COMMANDS"]

_UNITS = ("per_user", "per_project", "per_organization", "fee_per_license")


@click.command("budget")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option(
    "--sensitivity",
    "of",
    type=click.Choice(["total", "gap"]),
    help="Instead: which numbers move the costs, or the gap, of all years most, each by 10 percent.",
)
@range_option
@parameters_option
@set_option
@explain_option
@format_option
@chart_option
@output_option
def budget_command(
    file: Path,
    of: str | None,
    ranges: Sequence[tuple[str, Range]],
    parameters: Path | None,
    values: Sequence[tuple[str, str]],
    explain: bool,
    form: str,
    output: Path | None,
    chart: Path | None,
) -> None:
    """Project the costs and funding in FILE over some years, and look at what the rules say of them."""
    numbers = parameters_of("budget", parameters, values)
    found = budget(read_budget(file), numbers, load_eligibility())
    draw(found, chart)
    if of is not None:
        show_effects(getattr(found, of), numbers, ranges, form, output)
    elif explain:
        click.echo(found.explain())
    elif not deliver(found, found.rows(), form, output):
        _show(found)


def _show(found: Budget) -> None:
    rows = found.rows()
    show_table(rows, f"{found.subject}, USD", [name for name in rows[0] if name not in _UNITS])
    for title, table in (
        ("Cost of each, and fee for a license that would cover what no other money pays", _units(rows)),
        ("Match", [one.row() for one in found.match]),
        ("What counts as match", [one.row() for one in found.match_verdicts]),
        ("Administration", [one.row() for one in found.administration]),
        ("Fees in the first year", [one.row() for one in found.fees]),
    ):
        if table:
            click.echo()
            show_table(table, title)
    click.echo()
    show_flags(found.flags)
    click.echo(NOTE)


def _units(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"year": row["year"], **{name: row[name] for name in _UNITS}} for row in rows]


@click.command("eligibility")
@click.argument("category", required=False)
@format_option
def eligibility_command(category: str | None, form: str) -> None:
    """List which costs the CoC Program and ESG rules name, by who pays; all, or one CATEGORY."""
    table = load_eligibility()
    wanted = table.category(category).id if category else None
    rows = [row for row in table.rows() if wanted in {None, row["category"]}]
    emit(rows, form, columns=("category", "payer", "answer", "condition", "text_seen", "sources"))
    if form == "table":
        click.echo(table.text)


COMMANDS = (budget_command, eligibility_command)
