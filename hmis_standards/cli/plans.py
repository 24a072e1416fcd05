"""What to do about a score: see the gaps, make a plan, try what an answer would change."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from hmis_standards.assess import Gap, Gaps, Plan, gaps, plan, score, what_if
from hmis_standards.assess.plan import METHODS
from hmis_standards.cli.assessments import Percent, as_of_option, day_option, model_option, open_assessment
from hmis_standards.cli.output import csv_text, emit, format_option, json_text, show_table, write_bytes_of, write_text
from hmis_standards.cli.usage import refused_as_usage
from hmis_standards.exchange import write_plan
from hmis_standards.tabular import percent_text

__all__ = ["COMMANDS", "save_plan"]

_FILE = click.Path(path_type=Path, dir_okay=False)


class Target(Percent):
    """A percentage, or the word ``gates``."""

    name = "percent or gates"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return value if value == "gates" else super().convert(value, param, ctx)


class Capacity(click.ParamType):  # type: ignore[type-arg]
    """A number for all actions of a quarter, or ``role=number`` for those of one role."""

    name = "number or role=number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, int]:
        role, _, number = str(value).rpartition("=")
        if not number.isdigit() or int(number) < 1:
            self.fail(f"{value!r} is not a number from 1, or a role with one such as hmis_lead=4.", param, ctx)
        return role or "total", int(number)


class Answer(click.ParamType):  # type: ignore[type-arg]
    """An item and the answer supposed for it, ``document/ITEM=answer``."""

    name = "item=answer"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        item, sign, answer = str(value).partition("=")
        if not (item and sign and answer):
            self.fail(f"{value!r} is not an item and an answer such as lead-standards/GOV-01=met.", param, ctx)
        return item, answer


@click.command("gaps")
@click.argument("file", type=_FILE)
@click.option("--most", type=click.IntRange(min=1), help="Show only the first so many.")
@click.option("--unassessed", is_flag=True, help="Take items without an answer as not met.")
@as_of_option
@format_option
def gaps_command(file: Path, most: int | None, unassessed: bool, as_of: datetime.date | None, form: str) -> None:
    """List what is not met, the most urgent first: what a gate waits for, then most gain for the effort.

    In the table, what has to wait for another gap stands indented under it.
    """
    found = gaps(open_assessment(file), as_of, include_unassessed=unassessed)
    shown = Gaps(found[:most])
    if form == "json":
        click.echo(json_text([gap.to_dict() for gap in shown]), nl=False)
    elif form == "csv":
        emit(shown.rows(), form)
    else:
        walked = [(depth, gap) for branch in shown.tree() for depth, gap in branch.walk()]
        show_table([_gap_row(depth, gap) for depth, gap in walked], title=f"{len(found)} gaps")


def _gap_row(depth: int, gap: Gap) -> dict[str, Any]:
    return {
        "item": f"{'  ' * (depth - 1)}└ {gap.item.id}" if depth else gap.item.id,
        "title": gap.item.title,
        "status": gap.status.label,
        "gain": percent_text(gap.gain, 1),
        "effort": gap.effort.total,
        "gate": "waits" if gap.gated else "",
        "after": ", ".join(gap.blocked_by),
    }


@click.command("plan")
@click.argument("file", type=_FILE)
@click.option(
    "--target",
    type=Target(),
    help="Percentage the low end of the score should reach; gates: what gates wait for; left out: all gaps.",
)
@day_option("--start", required=True, help="First day of the plan.")
@click.option(
    "--capacity",
    type=Capacity(),
    multiple=True,
    help="Actions begun in a quarter, as 8, or of one role, as hmis_lead=4; can be repeated.",
)
@click.option(
    "--method",
    type=click.Choice(METHODS),
    default="auto",
    show_default=True,
    help="How the gaps are chosen: exact finds the cheapest set and needs [optimize], greedy a cheap one.",
)
@click.option("--no-gates", is_flag=True, help="Look at the target only, not at what gates wait for.")
@click.option("--calendar", is_flag=True, help="Quarters of the calendar, not from the first day of the plan.")
@click.option("--unassessed", is_flag=True, help="Take items without an answer as not met.")
@click.option("-o", "--output", type=_FILE, help="File to write: .xlsx, .csv, .json or .md.")
@as_of_option
@format_option
def plan_command(
    file: Path,
    target: Fraction | str | None,
    start: datetime.date,
    capacity: Sequence[tuple[str, int]],
    method: str,
    no_gates: bool,
    calendar: bool,
    unassessed: bool,
    output: Path | None,
    as_of: datetime.date | None,
    form: str,
) -> None:
    """Make an improvement plan: what, who, by when, in an order that respects what must come first."""
    assessment = open_assessment(file)
    known = gaps(assessment, as_of, include_unassessed=unassessed)
    with refused_as_usage():
        made = plan(
            known,
            start=start,
            target=target,
            capacity=dict(capacity) or None,
            score=score(assessment, as_of),
            method=method,
            gates=not no_gates,
            quarters="calendar" if calendar else "start",
        )
    if output is not None:
        save_plan(made, output)
        click.echo(f"{output}: {len(made.actions)} actions. {_told(made)}")
    elif form == "table":
        show_table([_action_row(row) for row in made.rows()], title=f"{len(made.actions)} actions")
        click.echo(f"\n{_told(made)}")
    else:
        click.echo(json_text(made) if form == "json" else csv_text(made.rows()), nl=False)


def _told(made: Plan) -> str:
    return f"{made.note} {made.how}".strip()


def _action_row(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in ("quarter", "item", "title", "role", "start", "due")}


def save_plan(made: Plan, output: Path) -> None:
    """Write a plan by the suffix of the file."""
    suffix = output.suffix.lower()
    if suffix == ".xlsx":
        write_bytes_of(output, lambda path: write_plan(made, path))
    elif suffix == ".csv":
        write_text(output, csv_text(made.rows()))
    elif suffix == ".json":
        write_text(output, json_text(made))
    elif suffix == ".md":
        from hmis_standards.report import plan_markdown

        write_text(output, plan_markdown(made))
    else:
        raise click.UsageError(f"{output}: a plan is written to .xlsx, .csv, .json or .md.")


@click.command("what-if")
@click.argument("file", type=_FILE)
@click.argument("answers", nargs=-1, required=True, type=Answer(), metavar="ITEM=ANSWER...")
@model_option
@as_of_option
@format_option
def what_if_command(
    file: Path, answers: Sequence[tuple[str, str]], model: str, as_of: datetime.date | None, form: str
) -> None:
    """Show what the score, the gates and the items would be if items were answered so. Nothing is written."""
    assessment = open_assessment(file)
    with refused_as_usage():
        found = what_if(assessment, dict(answers), as_of, model=model)
    if form == "json":
        click.echo(json_text(found), nl=False)
    elif form == "csv":
        emit(found.rows(), form)
    else:
        click.echo(found.text())


COMMANDS = (gaps_command, plan_command, what_if_command)
