"""Working tools about a vendor: its declaration, evidence from its export, the scorecard of a monitoring round."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from hmis_standards.cli.assessments import as_of_option, day_option, open_assessment
from hmis_standards.cli.output import format_option, progress_bar, show_table, write_bytes_of
from hmis_standards.cli.toolkit_options import (
    NameAndNumber,
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
from hmis_standards.model import Declaration
from hmis_standards.model.declaration import REQUIREMENTS
from hmis_standards.store import load_catalog

__all__ = ["COMMANDS"]

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.group("declaration")
def declaration() -> None:
    """What a vendor says of its product, requirement by requirement (product 9)."""


@declaration.command("new")
@click.option("--vendor", required=True, help="The company.")
@click.option("--product", required=True, help="The product.")
@click.option("--version", required=True, help="Its version.")
@click.option("--by", required=True, help="Who answers for the claims: a name or a post.")
@day_option("--on", help="Day of the declaration; today if left out.")
@click.option("-o", "--output", type=_FILE, required=True, help="File to write: .yaml, .json or .xlsx.")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
def new_command(
    vendor: str, product: str, version: str, by: str, on: datetime.date | None, output: Path, force: bool
) -> None:
    """Write an empty declaration for the vendor to fill in."""
    from hmis_standards.exchange import write_declaration

    if output.exists() and not force:
        raise click.UsageError(f"{output} is there already; --force replaces it.")
    for name, said in (("vendor", vendor), ("product", product), ("version", version), ("by", by)):
        if not said.strip():
            raise click.UsageError(f"--{name} must not be empty.")
    catalog = load_catalog()
    blank = Declaration(
        vendor=vendor,
        product=product,
        version=version,
        edition=catalog.edition,
        date=on or datetime.date.today(),
        declared_by=by,
        claims=(),
    )
    with refused_as_usage():
        write_bytes_of(output, lambda path: write_declaration(blank, path, catalog, silent=True))
    asked = len(catalog.document(REQUIREMENTS).items)
    click.echo(f"{output}: {asked} requirements to speak to. Then: hmis-standards toolkit declaration seal {output}")


def _opened(path: Path, *, altered: bool = False) -> Declaration:
    from hmis_standards.exchange import read_declaration

    with refused_as_usage():
        return read_declaration(path, altered=altered)


@declaration.command("seal")
@click.argument("file", type=_FILE)
@click.option("-o", "--output", type=_FILE, help="File to write; the same one if left out.")
def seal_command(file: Path, output: Path | None) -> None:
    """Write the hash of the content into a declaration, and print it: send it to buyers by another way."""
    from hmis_standards.exchange import sealed, write_declaration

    done = sealed(_opened(file, altered=True))
    target = output or file
    catalog = load_catalog(done.edition)
    with refused_as_usage():
        write_bytes_of(target, lambda path: write_declaration(done, path, catalog))
    click.echo(f"{target}: {len(done.claims)} claims, {done.content_hash}")


@declaration.command("compare")
@click.argument("files", nargs=-1, required=True, type=_FILE)
@click.option("--differing", is_flag=True, help="Only requirements on which they do not say the same.")
@explain_option
@chart_option
@output_option
@parameters_option
@set_option
@format_option
def compare_command(
    files: Sequence[Path],
    differing: bool,
    explain: bool,
    output: Path | None,
    chart: Path | None,
    parameters: Path | None,
    values: Sequence[tuple[str, str]],
    form: str,
) -> None:
    """Lay declarations of several vendors side by side. Nobody is ranked."""
    from hmis_standards.toolkit import compare_declarations

    declared = [_opened(file) for file in files]
    taken = parameters_of("declaration", parameters, values)
    with refused_as_usage():
        found = compare_declarations(load_catalog(declared[0].edition), declared, taken)
    draw(found, chart)
    shown = found.differing() if differing else found
    if deliver(shown, shown.rows(), form, output):
        return
    show_table(found.summary(), title="Required functions that are there, and features")
    click.echo()
    if differing:
        show_table(shown.rows())
    else:
        show_flags(found.flags)
    for one in found.standings if explain else ():
        click.echo(f"\n{one.features.explain()}")


@declaration.command("propose")
@click.argument("file", type=_FILE)
@click.argument("answers", type=_FILE)
@click.option("-o", "--output", type=_FILE, required=True, help="Assessment to write.")
def propose_command(file: Path, answers: Path, output: Path) -> None:
    """Put a vendor's claims into an assessment as proposed answers, for people to confirm."""
    from hmis_standards.exchange import propose_claims

    _keep_others(output, answers)
    before = open_assessment(answers)
    with refused_as_usage():
        after = propose_claims(before, _opened(file))
    _write_proposed(after, output)


@click.command("vendor-evidence")
@click.argument("answers", type=_FILE)
@click.argument("export", type=click.Path(path_type=Path))
@day_option("--on", help="Day of the export; the day of the assessment if left out.")
@click.option("-o", "--output", type=_FILE, required=True, help="Assessment to write.")
def evidence_command(answers: Path, export: Path, on: datetime.date | None, output: Path) -> None:
    """Put what checks of an EXPORT found into an assessment of the vendor, for people to confirm.

    An export that does not keep to HUD's format speaks against the item its fault is about.
    """
    from hmis_standards.measure import check, open_export, propose_from_checks

    _keep_others(output, answers)
    before = open_assessment(answers)
    with progress_bar("Checking") as tell, open_export(export, progress=tell) as opened:
        found = check(opened, progress=tell)
    _write_proposed(propose_from_checks(before, found, on=on or before.date), output)


def _keep_others(output: Path, source: Path) -> None:
    """Refuse to replace a file with answers in it, other than the one that was read and is written with more."""
    if output.exists() and not (source.exists() and output.samefile(source)):
        raise click.UsageError(f"{output} is there already; choose another name.")


def _write_proposed(after: Any, output: Path) -> None:
    from hmis_standards.exchange import write_assessment

    with refused_as_usage():
        write_bytes_of(output, lambda path: write_assessment(after, path))
    proposed = sum(one.proposed for one in after.responses)
    click.echo(f"{output}: {proposed} answers are proposed; none counts until somebody confirms it.")


@click.command("scorecard")
@click.argument("file", type=_FILE)
@click.option("--earlier", type=_FILE, help="The last round, for repeated findings and the change.")
@click.option(
    "--measured",
    multiple=True,
    type=NameAndNumber(),
    help="An indicator, as reopened=0.04; can be repeated. `toolkit parameters vendor-monitoring` lists the goals.",
)
@as_of_option
@explain_option
@chart_option
@output_option
@parameters_option
@set_option
@format_option
def scorecard_command(
    file: Path,
    earlier: Path | None,
    measured: Sequence[tuple[str, str]],
    as_of: datetime.date | None,
    explain: bool,
    output: Path | None,
    chart: Path | None,
    parameters: Path | None,
    values: Sequence[tuple[str, str]],
    form: str,
) -> None:
    """The scorecard of a round of vendor monitoring, and the corrective action plan that follows."""
    from hmis_standards.toolkit import indicators, scorecard

    taken = parameters_of("vendor-monitoring", parameters, values)
    with refused_as_usage():
        found = scorecard(
            open_assessment(file),
            taken,
            measured=indicators(dict(measured), taken),
            earlier=open_assessment(earlier) if earlier else None,
            on=as_of,
        )
    draw(found, chart)
    if deliver(found, found.actions.rows(), form, output):
        return
    click.echo(f"{found.text()}\n")
    show_table(found.rows())
    for title, rows in (("Indicators", found.indicators.rows()), ("Corrective actions", found.actions.rows())):
        if rows:
            click.echo()
            show_table(rows, title=title, columns=_COLUMNS[title])
    if explain:
        click.echo(f"\n{found.explain()}")


_COLUMNS = {
    "Indicators": ("title", "value", "goal", "status", "whose_goal"),
    "Corrective actions": ("item", "title", "status", "critical", "repeat", "owner", "answer_by", "cure_by"),
}

COMMANDS = (declaration, evidence_command, scorecard_command)
