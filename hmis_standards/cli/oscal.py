"""Files for programs that read OSCAL, NIST's language for controls and their assessment."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import click

from hmis_standards.assess import gaps, plan, score
from hmis_standards.cli.assessments import day_option, open_assessment
from hmis_standards.cli.plans import Target
from hmis_standards.cli.tailored import profile_option, tailored
from hmis_standards.cli.usage import refused_as_usage
from hmis_standards.vocabulary import Obligation, Role

__all__ = ["COMMANDS"]


@click.group("export")
def export_group() -> None:
    """Write files for other programs."""


@export_group.command("oscal")
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder to write to."
)
@profile_option
@click.option("--edition", help="Edition of the catalog; the newest if left out.")
@click.option("--target", type=Target(), help="Plan for this percentage, or gates; all gaps if left out.")
@day_option("--start", help="First day of the plan; the day of the assessment if left out.")
def export_oscal_command(
    file: Path | None,
    output: Path,
    profiles: Sequence[str],
    edition: str | None,
    target: Fraction | str | None,
    start: datetime.date | None,
) -> None:
    """Write OSCAL 1.1.3 files: of an assessment FILE the catalog, profile, plan, results and plan of action.

    Without FILE, the catalog and the profile alone. The same input gives the same bytes.
    """
    from hmis_standards.exchange.oscal import write_oscal
    from hmis_standards.exchange.oscal.writing import POAM_FILE

    if file is None:
        if target is not None or start is not None:
            raise click.UsageError("--target and --start are of a plan; give an assessment file.")
        with refused_as_usage():
            written = write_oscal(tailored(profiles, edition), output)
    else:
        if profiles or edition:
            raise click.UsageError(
                "An assessment knows its profiles and its edition; --profile and --edition go without."
            )
        assessment = open_assessment(file)
        with refused_as_usage():
            made = plan(gaps(assessment), start=start or assessment.date, target=target, score=score(assessment))
            written = write_oscal(assessment, output, plan=made)
        if not made.actions:
            click.echo(f"no {POAM_FILE}: the plan has no action, and OSCAL knows no plan without one", err=True)
    for path in written:
        click.echo(str(path))


@click.group("import")
def import_group() -> None:
    """Take over files of other programs."""


@import_group.command("oscal")
@click.argument("catalog", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), required=True, help="Profile: a .yaml file."
)
@click.option(
    "--obligation",
    type=click.Choice([str(one) for one in Obligation]),
    default="recommended",
    show_default=True,
    help="Of every control; required says that the catalog binds you.",
)
@click.option(
    "--role", type=click.Choice([str(one) for one in Role]), default="hmis_lead", show_default=True, help="Who acts."
)
@click.option("--force", is_flag=True, help="Replace a file that is there.")
def import_oscal_command(catalog: Path, output: Path, obligation: str, role: str, force: bool) -> None:
    """Make a profile of an OSCAL CATALOG: its controls as local requirements, to be answered and scored."""
    from hmis_standards.exchange.oscal import convert_oscal_catalog

    if output.exists() and not force:
        raise click.UsageError(f"{output} is there already; choose another name, or --force to replace it.")
    with refused_as_usage():
        made = convert_oscal_catalog(catalog, output, obligation=obligation, role=role)
    click.echo(f"{output}: {len(made.add)} local requirements")


COMMANDS = (export_group, import_group)
