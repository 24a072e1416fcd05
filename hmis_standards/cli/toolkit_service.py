"""``toolkit service-levels``: what a vendor's logs say against what was promised."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from hmis_standards.cli.assessments import day_option
from hmis_standards.cli.output import format_option, show_table
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
from hmis_standards.exchange import read_holidays, read_outages, read_tickets
from hmis_standards.exchange.logs import Read
from hmis_standards.tabular import exact
from hmis_standards.toolkit import ServiceLevels, service_levels
from hmis_standards.toolkit.service import NOTE

__all__ = ["COMMANDS"]

_FILE = click.Path(path_type=Path, dir_okay=False)


class Month(click.ParamType):  # type: ignore[type-arg]
    """A calendar month, ``2026-03``; its first day."""

    name = "month"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime.date:
        try:
            return datetime.datetime.strptime(str(value), "%Y-%m").date()
        except ValueError:
            self.fail(f"{value!r} is not a month such as 2026-03.", param, ctx)


class Dollars(click.ParamType):  # type: ignore[type-arg]
    """An amount of money, kept exact."""

    name = "dollars"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Fraction:
        try:
            amount = exact(str(value).replace(",", "").lstrip("$"))
        except ValueError:
            self.fail(f"{value!r} is not an amount such as 4200.", param, ctx)
        return amount if amount >= 0 else self.fail(f"{value!r} is below 0.", param, ctx)


@click.command("service-levels")
@click.option("--outages", "outage_log", type=_FILE, help="The outage log, a CSV file: start, end, announced.")
@click.option("--tickets", "ticket_log", type=_FILE, help="The ticket log, a CSV file: id, opened, responded, ...")
@click.option("--month", type=Month(), metavar="YYYY-MM", help="One month.")
@click.option("--from", "first", type=Month(), metavar="YYYY-MM", help="The first of several months.")
@click.option("--to", "last", type=Month(), metavar="YYYY-MM", help="The last of several months.")
@click.option("--fee", type=Dollars(), help="The monthly fee: credits in dollars.")
@click.option("--holidays", type=_FILE, help="A CSV file with a column day: on these nobody works.")
@day_option("--as-of", help="Last day the logs tell of; the end of the period, or the last opening, if left out.")
@parameters_option
@set_option
@explain_option
@format_option
@chart_option
@output_option
def service_levels_command(
    outage_log: Path | None,
    ticket_log: Path | None,
    month: datetime.date | None,
    first: datetime.date | None,
    last: datetime.date | None,
    fee: Fraction | None,
    holidays: Path | None,
    as_of: datetime.date | None,
    parameters: Path | None,
    values: Sequence[tuple[str, str]],
    explain: bool,
    form: str,
    output: Path | None,
    chart: Path | None,
) -> None:
    """Availability, tickets in time and credits by month, from an outage log, a ticket log or both.

    What is wrong in the logs is told on standard error with its line, and never what a cell holds.
    """
    if outage_log is None and ticket_log is None:
        raise click.UsageError("give --outages, --tickets or both.")
    begins, ends = _period(month, first, last)
    numbers = parameters_of("service-levels", parameters, values)
    with refused_as_usage():
        found = service_levels(
            begins,
            ends,
            numbers,
            outages=_found(read_outages(outage_log)) if outage_log else None,
            tickets=_found(read_tickets(ticket_log, numbers)) if ticket_log else None,
            holidays=_found(read_holidays(holidays)) if holidays else (),
            fee=fee,
            until=datetime.datetime.combine(as_of, datetime.time.max) if as_of else None,
        )
    draw(found, chart)
    if explain:
        click.echo(found.explain())
    elif not deliver(found, found.rows(), form, output):
        _show(found)


def _period(
    month: datetime.date | None, first: datetime.date | None, last: datetime.date | None
) -> tuple[datetime.date, datetime.date]:
    if month is not None and first is None and last is None:
        return month, month
    if month is None and first is not None and last is not None:
        return first, last
    raise click.UsageError("give --month, or --from and --to.")


def _found(read: Read[Any]) -> tuple[Any, ...]:
    for problem in read.problems:
        click.echo(f"{problem}", err=True)
    return read.found


def _show(found: ServiceLevels) -> None:
    show_table(found.rows(), "By month, in percent; credits of the monthly fee")
    if found.years:
        click.echo()
        show_table(found.years.rows(), "By calendar year, beside the months")
    if found.severities:
        click.echo()
        show_table(
            [one.row() for one in found.severities], f"Tickets of the whole period, as of {found.until:%Y-%m-%d}"
        )
    click.echo()
    left = found.backlog
    told = (*found.trends, *((left.open, left.old_tickets, left.oldest, left.reopened) if left else ()), found.credits)
    for one in told:
        if one is not None:
            click.echo(f"{one.title}: {one.text}")
    show_flags(found.flags)
    click.echo(NOTE)


COMMANDS = (service_levels_command,)
