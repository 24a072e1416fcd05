"""Assessments: start one, check it, score it, explain the score."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar

import click

from hmis_standards.assess import Assessment, Explanation, Line, Score, score
from hmis_standards.assess.days import as_day
from hmis_standards.assess.models import WEIGHTED_MEAN
from hmis_standards.cli.output import csv_text, emit, format_option, json_text, show_table, write_bytes_of
from hmis_standards.cli.tailored import aligned, alignment_option, note_own_profiles, profile_option, tailored
from hmis_standards.cli.usage import refused_as_usage, warnings_told
from hmis_standards.exchange import read_assessment, validate, write_assessment
from hmis_standards.tabular import exact, percent_text

__all__ = ["COMMANDS", "Percent", "as_of_option", "day_option", "open_assessment"]

Command = TypeVar("Command", bound=Callable[..., Any])

_FILE = click.Path(path_type=Path, dir_okay=False)


class Day(click.ParamType):  # type: ignore[type-arg]
    """A date of the form YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime.date:
        if isinstance(value, datetime.date):
            return value
        try:
            return as_day(value)
        except ValueError:
            self.fail(f"{value!r} is not a date of the form YYYY-MM-DD.", param, ctx)


def day_option(*names: str, **more: Any) -> Callable[[Command], Command]:
    """An option that takes a date."""
    return click.option(*names, type=Day(), metavar="YYYY-MM-DD", **more)


class Percent(click.ParamType):  # type: ignore[type-arg]
    """A percentage from 0 to 100, kept exact."""

    name = "percent"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Fraction:
        try:
            share = exact(str(value).rstrip("%")) / 100
        except ValueError:
            self.fail(f"{value!r} is not a percentage such as 80.", param, ctx)
        if 0 < share < Fraction(1, 100):
            self.fail(f"{value!r} is less than 1 percent; write 80 for 80 percent.", param, ctx)
        if not 0 <= share <= 1:
            self.fail(f"{value!r} is not between 0 and 100.", param, ctx)
        return share


def open_assessment(path: Path) -> Assessment:
    """An assessment file, with a wrong suffix as a usage error."""
    with refused_as_usage(), warnings_told():
        return read_assessment(path)


@click.command("new")
@click.argument("documents", nargs=-1, required=True)
@click.option("--subject", required=True, help="Who is assessed, such as XX-500.")
@click.option("--kind", type=click.Choice(["coc", "agency", "vendor", "implementation", "other"]), default="coc")
@day_option("--on", help="Day of the assessment; today if left out.")
@click.option("-o", "--output", type=_FILE, required=True, help="File to write: .yaml, .json, .csv or .xlsx.")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@profile_option
@alignment_option
def new_command(
    documents: Sequence[str],
    subject: str,
    kind: str,
    on: datetime.date | None,
    output: Path,
    force: bool,
    profiles: Sequence[str],
    alignment: Path | None,
) -> None:
    """Write an empty assessment of one or more DOCUMENTS, to be filled in."""
    from hmis_standards.assess import Subject

    if output.exists() and not force:
        raise click.UsageError(f"{output} is there already; choose another name, or --force to replace it.")
    catalog, numbers = tailored(profiles), aligned(alignment)
    with refused_as_usage():
        who = Subject(name=subject, kind=kind)
        empty = Assessment.start(catalog, subject=who, on=on or datetime.date.today(), documents=documents)
    try:
        write_bytes_of(output, lambda path: write_assessment(empty, path, unanswered=True, alignment=numbers))
    except ValueError as error:
        raise click.UsageError(str(error).replace(f".{output.stem}.", output.stem)) from None
    click.echo(f"{output}: {len(empty.items())} items to answer")
    note_own_profiles(profiles, output)


@click.command("validate")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@format_option
@click.pass_context
def validate_command(context: click.Context, paths: Sequence[Path], form: str) -> None:
    """Check files or a standards_data folder; every problem with file and line. Exit status 1 if there are any."""
    with warnings_told():
        problems = [problem for path in paths for problem in validate(path)]
    if form == "table":
        for problem in problems:
            click.echo(str(problem))
        click.echo(f"{len(problems)} problems" if problems else "no problems", err=bool(problems))
    else:
        emit([problem.to_dict() for problem in problems], form)
    if problems:
        context.exit(1)


def as_of_option(command: Command) -> Command:
    return day_option("--as-of", help="Day on which evidence must still be fresh; the assessment's own if left out.")(
        command
    )


def model_option(command: Command) -> Command:
    return click.option(
        "--model", default="weighted-mean", show_default=True, help="Such as weakest-item or maturity."
    )(command)


@click.command("score")
@click.argument("file", type=_FILE)
@click.option(
    "--by", type=click.Choice(["document", "section", "obligation", "role"]), default="section", show_default=True
)
@model_option
@click.option("--count-proposals", is_flag=True, help="Count answers that a measurement proposed and nobody confirmed.")
@as_of_option
@format_option
def score_command(
    file: Path, by: str, model: str, count_proposals: bool, as_of: datetime.date | None, form: str
) -> None:
    """Score an assessment: value, range, coverage, verdict."""
    found = score(open_assessment(file), as_of, count_proposals=count_proposals, model=model)
    if form == "json":
        click.echo(json_text(found), nl=False)
        return
    rows = [_score_row(name, part) for name, part in found.by(by).items()]
    if form == "csv":
        emit([*rows, _score_row("total", found)], form)
        return
    _headline(found)
    show_table([*rows, _score_row("total", found)])


def _score_row(name: str, part: Score) -> dict[str, Any]:
    return {
        "part": name,
        "score": percent_text(part.value),
        "at least": percent_text(part.low),
        "at most": percent_text(part.high),
        "assessed": percent_text(part.coverage),
        "items": len(part.lines),
    }


def _headline(found: Score) -> None:
    rating = f"{found.rating.label}{' (provisional)' if found.provisional else ''}" if found.rating else "not rated"
    by = "" if found.model == WEIGHTED_MEAN else f" by {found.model.title.lower()}"
    click.echo(f"Score{by} {percent_text(found.value, 1)}, {rating}; verdict: {found.verdict.label}")
    for gate in found.gates:
        if gate.deciding:
            shown = ", ".join(gate.deciding[:5])
            more = f" and {len(gate.deciding) - 5} more" if len(gate.deciding) > 5 else ""
            click.echo(f"  {gate.gate.title}: {gate.verdict.label} because of {shown}{more}")
    click.echo()


@click.command("explain")
@click.argument("file", type=_FILE)
@click.argument("id", default="total")
@as_of_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv", "html"]),
    default="table",
    show_default=True,
    help="How to print.",
)
def explain_command(file: Path, id: str, as_of: datetime.date | None, form: str) -> None:
    """Say where the points come from: of an item, a section (document/SECTION), a document, or the total."""
    assessment = open_assessment(file)
    found = score(assessment, as_of)
    node = _node(found, assessment, id)
    if form == "html":
        click.echo(node.html())
    elif form == "csv":
        click.echo(csv_text([found.line(one.label).row() for one in node.walk() if not one.children]), nl=False)
    elif node.children:
        click.echo(json_text(node) if form == "json" else f"{node.text()}\n", nl=False)
    elif form == "json":
        click.echo(json_text(found.line(id)), nl=False)
    else:
        _explain_item(found, found.line(id))


def _node(found: Score, assessment: Assessment, id: str) -> Explanation:
    """The node of that id. An id that is nowhere is told with those that are close."""
    try:
        return found.explain().find(id)
    except KeyError:
        assessment.response(id)  # raises what is wrong with the id of an item
        raise


def _explain_item(found: Score, line: Line) -> None:
    credit = "no credit counted" if line.verdict.credit is None else f"credit {line.verdict.credit}"
    click.echo(f"{line.item.id}  {line.item.title}")
    click.echo(f"{line.status.label}: {line.verdict.reason or 'as answered'}")
    click.echo(
        f"{credit} of weight {line.weight} ({line.item.obligation.label}); the whole score weighs {found.applicable}"
    )


COMMANDS = (new_command, validate_command, score_command, explain_command)
