"""Data quality checks on an export, and the SQL of one of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.text import Text

from hmis_standards.cli.data import engine_option
from hmis_standards.cli.output import csv_text, emit, format_option, json_text, progress_bar, show_table, write_lines
from hmis_standards.cli.public import as_public, public_option
from hmis_standards.cli.usage import refused_as_usage
from hmis_standards.errors import InvalidDocument, UnknownCheck
from hmis_standards.ids import close_matches
from hmis_standards.model import CheckSet
from hmis_standards.store import load_catalog, load_checks
from hmis_standards.vocabulary import Severity

if TYPE_CHECKING:
    from hmis_standards.measure import Finding, FindingSet

__all__ = ["COMMANDS"]

_SEVERITIES = click.Choice([one.value for one in Severity])
_STYLES = {Severity.HIGH_PRIORITY: "bold red", Severity.ERROR: "red", Severity.WARNING: "yellow"}


def _settings(context: click.Context, option: click.Parameter, values: Sequence[str]) -> dict[str, int]:
    """NAME=NUMBER, as often as given."""
    found: dict[str, int] = {}
    for value in values:
        name, sign, number = value.partition("=")
        try:
            found[name.strip()] = int(number)
        except ValueError:
            raise click.BadParameter(f"{value!r} is not of the form NAME=NUMBER.", context, option) from None
        if not sign:
            raise click.BadParameter(f"{value!r} is not of the form NAME=NUMBER.", context, option)
    return found


_set_option = click.option(
    "--set", "settings", multiple=True, callback=_settings, metavar="NAME=NUMBER", help="Another number for a setting."
)


@click.command("check")
@click.argument("export", type=click.Path(path_type=Path, exists=False))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=False), help="Folder for summary.csv, findings.csv."
)
@click.option("--rows", is_flag=True, help="Also write findings.csv: the ids of the records flagged. Needs -o.")
@click.option(
    "--checks", "own", multiple=True, type=click.Path(path_type=Path, dir_okay=False), help="Also make those of a file."
)
@_set_option
@public_option
@click.option("--fail-on", type=_SEVERITIES, help="Exit status 1 if a check of this severity or worse finds something.")
@engine_option
@format_option
@click.pass_context
def check_command(
    context: click.Context,
    export: Path,
    output: Path | None,
    rows: bool,
    own: Sequence[Path],
    settings: dict[str, int],
    public: bool,
    smallest: int | None,
    fail_on: str | None,
    engine: str,
    form: str,
) -> None:
    """Make all data quality checks on an HMIS CSV export (zip or folder); counts only, unless --rows is given."""
    from hmis_standards.measure import check, open_export
    from hmis_standards.measure.public import public_facts

    if rows and output is None:
        raise click.UsageError("--rows writes findings.csv; say where with -o.")
    if rows and public:
        raise click.UsageError("--rows names records, which are never for the public; leave out one of both.")
    checks = with_own(own)
    with progress_bar("checking") as tell, open_export(export, engine=engine, progress=tell) as opened:
        with refused_as_usage():
            found = check(opened, checks, settings, tell)
        failed = bool(fail_on) and any(_bad(one, Severity(fail_on)) for one in found)
        facts = public_facts(opened.facts()) if public else opened.facts()
        small = as_public(public, smallest, findings=found)
        found = small.findings if small is not None and small.findings is not None else found
        if output is not None:
            _write(found, output, rows)
    for problem in opened.problems:
        click.echo(f"note: {problem}", err=True)
    if form == "table":
        _show(found)
    elif form == "json":
        click.echo(json_text({**found.to_dict(), "export": facts}), nl=False)
    else:
        emit(found.rows(), form)
    if failed:
        context.exit(1)


def with_own(paths: Sequence[Path]) -> CheckSet:
    """The shipped checks, and those of one's own files. Raises InvalidDocument with file and line of every problem."""
    from hmis_standards.exchange import validate

    found = load_checks()
    for path in paths:
        own = load_checks(path)
        problems = validate(path)
        if problems:
            raise InvalidDocument(str(path), tuple(problems))
        with refused_as_usage():
            found = found + own
    return found


def _write(found: FindingSet, folder: Path, rows: bool) -> None:
    from hmis_standards.measure.findings import FINDING_FIELDS, SUMMARY_FIELDS

    write_lines(folder / "summary.csv", [csv_text(found.rows(), SUMMARY_FIELDS)])
    if rows:
        write_lines(folder / "findings.csv", _finding_lines(found, FINDING_FIELDS))


def _finding_lines(found: FindingSet, fields: Sequence[str]) -> Iterator[str]:
    """Header, then the rows of one check after the other, by id."""
    yield csv_text([], fields)
    for name in sorted(one.check.id for one in found):
        yield csv_text(found.rows(name), fields).partition("\n")[2]


def _bad(one: Finding, worst: Severity) -> bool:
    """A check that could not be made has not been passed."""
    order = list(Severity)
    grave = order.index(one.check.severity) <= order.index(worst)
    return grave and (one.count > 0 or one.status == "error")


def _show(found: FindingSet) -> None:
    """For people: what found something, the gravest first."""
    flagged = [one for one in found if one.count]
    order = list(Severity)
    flagged.sort(key=lambda one: (order.index(one.check.severity), -one.count, one.check.id))
    if flagged:
        show_table([_shown(one) for one in flagged])
    unmade = [one for one in found if one.status == "error"]
    for one in unmade:
        click.echo(f"not made: {one.check.id}: {one.reason}")
    hidden = sum(one.status == "withheld" for one in found)
    told = f"{len(flagged)} of {len(found)} checks found something"
    more = f"; {len(unmade)} could not be made" if unmade else ""
    small = f"; {hidden} are withheld" if hidden else ""
    click.echo(f"\n{told}{more}{small}.")


def _shown(one: Finding) -> dict[str, object]:
    severity = one.check.severity
    return {
        "severity": Text(severity.label, style=_STYLES[severity]),
        "check": one.check.id,
        "count": f"{one.count:,}",
        "of": f"{one.denominator:,}",
        "what": one.check.title,
    }


@click.command("sql")
@click.argument("name", metavar="CHECK|MEASURE")
@click.option("--dialect", type=click.Choice(["duckdb", "spark"]), default="duckdb", show_default=True)
@_set_option
def sql_command(name: str, dialect: str, settings: dict[str, int]) -> None:
    """Print the SQL of a check or a measure as one statement, to read or to run elsewhere."""
    with refused_as_usage():
        click.echo(_sql_of(name, dialect, settings), nl=False)


def _sql_of(name: str, dialect: str, settings: dict[str, int]) -> str:
    from hmis_standards.measure.measure_sql import measure_statement
    from hmis_standards.measure.statements import statement

    measures = [one.id for one in load_catalog().measures]
    if name in measures:
        if settings:
            raise click.UsageError(f"{name} is a measure, which has no settings; leave out --set.")
        return measure_statement(name, dialect=dialect)
    checks = [one.id for one in load_checks()]
    if name not in checks:
        raise UnknownCheck(name, close_matches(name, [*checks, *measures]))
    return statement(name, settings=settings, dialect=dialect)


COMMANDS = (check_command, sql_command)
